// SPDX-License-Identifier: Apache-2.0
// The verbs of operators as a shell sees them: exit codes, what goes to which stream.
#include <gtest/gtest.h>

#include <filesystem>

#include "ledger/tlog/policy.h"
#include "tests/tools/shell.h"
#include "tests/tools/small_directory.h"

namespace jejak {
namespace {

class OperatorVerbs : public test::ShellTest {
 protected:
  int Run(const std::string& arguments) { return Shell(std::string(JEJAK) + " " + arguments); }
};

TEST_F(OperatorVerbs, ConfigCheckNamesTheLineAndStartsNothing) {
  EXPECT_EQ(Run("config check " + Write("good", "entries = \"public\"\nheartbeat_s = 600\n")), 0);
  EXPECT_EQ(Run("config check " + Write("bad", "entries = \"public\"\nlistne = \"x\"\n")), 3);
  EXPECT_NE(err_.find("line 2"), std::string::npos) << err_;
  EXPECT_NE(err_.find("listne"), std::string::npos) << err_;
  EXPECT_EQ(Run("config check " + Write("none", "heartbeat_s = 600\n")), 3);
  EXPECT_NE(err_.find("entries"), std::string::npos) << err_;
  EXPECT_EQ(Run("config check " + (dir_ / "absent")), 3);
  EXPECT_EQ(Run("config"), 2);
}

TEST_F(OperatorVerbs, FsckBackupAndRestoreOfALog) {
  test::SmallDirectory log(dir_ / "log");
  log.Grow(1, 3);
  EXPECT_EQ(Run("fsck " + log.path()), 3);  // it runs
  EXPECT_EQ(Run("backup " + log.path() + " " + (dir_ / "backup")), 5);
  log.Stop();
  EXPECT_EQ(Run("fsck " + log.path()), 0) << out_;
  EXPECT_NE(out_.find("check.indexes"), std::string::npos) << out_;
  EXPECT_EQ(Run("fsck --json " + log.path()), 0);
  EXPECT_TRUE(out_.starts_with("{") && out_.find("\"pass\"") != out_.npos) << out_;
  tlog::Policy policy = log.policy();
  const std::string other = Write("other", [&] {
    policy.log = test::KeyOf("small.jejak.example/1x").verifier_key();
    return tlog::EncodePolicy(policy);
  }());
  EXPECT_EQ(Run("fsck " + log.path() + " --policy " + other), 10) << out_;
  EXPECT_EQ(Run("fsck " + log.path() + " --policy " + Write("broken", "log\n")), 2);
  EXPECT_EQ(Run("backup " + log.path() + " " + (dir_ / "backup")), 0) << err_;
  EXPECT_EQ(Run("restore " + (dir_ / "backup") + " " + (dir_ / "new")), 4);
  EXPECT_NE(err_.find("--guard"), std::string::npos) << err_;
  std::filesystem::create_directory(dir_ / "new");
  std::filesystem::copy(log.guard_path(), dir_ / "new/guard");
  EXPECT_EQ(Run("restore " + (dir_ / "backup") + " " + (dir_ / "new")), 0) << err_;
  EXPECT_EQ(Run("fsck " + (dir_ / "new")), 0) << out_;
}

TEST_F(OperatorVerbs, MirrorSaysWhyItCanNot) {
  const std::string policy = Write("policy", [] {
    tlog::Policy trusted;
    trusted.log = test::KeyOf(test::SmallLog::kOrigin).verifier_key();
    return tlog::EncodePolicy(trusted);
  }());
  EXPECT_EQ(Run("mirror http://127.0.0.1:1/1 " + (dir_ / "m")), 2);  // no policy
  EXPECT_EQ(Run("mirror http://127.0.0.1:1/1 " + (dir_ / "m") + " --policy " + (dir_ / "no")), 2);
  EXPECT_EQ(Run("mirror http://127.0.0.1:1/1 " + (dir_ / "m") + " --policy " + policy), 5) << err_;
}

}  // namespace
}  // namespace jejak
