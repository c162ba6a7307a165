// SPDX-License-Identifier: Apache-2.0
// An erasure that dies in the middle (T41), at calls spread over all that change a file: the same
// command ends it, nothing of what was erased is left, and the log is whole.
//
// JEJAK_ERASE_CRASHES: how many (10 unless set; ctest label long: 200).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/tools/erasable_log.h"
#include "tests/tools/shell.h"

namespace jejak {
namespace {

namespace fs = std::filesystem;
using test::ErasableLog;
using test::Residue;

constexpr int kKilled = 137;  // as a shell says it

int Crashes() {
  const char* text = std::getenv("JEJAK_ERASE_CRASHES");
  return text == nullptr ? 10 : std::atoi(text);
}

class EraseCrashTest : public test::ShellTest {
 protected:
  void SetUp() override {
    ErasableLog log;
    log.server().stories().Restart();  // some of it lies in tables, what follows in the log
    log.server().stories().Stop();
    id_ = log.entry("report.submit").id;
    words_ = log.ContentsOf(log.entry("report.submit").index);
    fs::copy(log.path(), dir_ / "base", fs::copy_options::recursive);
    ASSERT_NE(Residue(dir_ / "base", words_), "");
  }

  // A fresh copy of the log, erased from until the n-th call; 0: to the end.
  int EraseUntil(int call) {
    fs::remove_all(dir_ / "log");
    fs::copy(dir_ / "base", dir_ / "log", fs::copy_options::recursive);
    return Shell(std::string("sh -c '" ERASE_UNTIL " log ") + id_ + " " + std::to_string(call) +
                 "; exit $?'");
  }

  std::string id_;
  std::vector<std::string> words_;
};

TEST_F(EraseCrashTest, TheSameCommandEndsIt) {
  ASSERT_EQ(EraseUntil(0), 0) << err_;
  const int calls = std::stoi(out_);
  ASSERT_GT(calls, 20);
  EXPECT_EQ(Residue(dir_ / "log", words_), "");
  const int crashes = Crashes();
  int unfinished = 0, deleted = 0;
  for (int i = 0; i < crashes; ++i) {
    const int call = crashes >= calls ? 1 + i % calls : 1 + i * calls / crashes;
    ASSERT_EQ(EraseUntil(call), kKilled) << call << " of " << calls << err_;
    unfinished += Residue(dir_ / "log", words_).empty() ? 0 : 1;
    ASSERT_EQ(Shell(JEJAK " erase log --yes --action " + id_), 0)
        << call << " of " << calls << ": " << err_;
    deleted += out_.find("already erased") == out_.npos ? 0 : 1;
    ASSERT_EQ(Residue(dir_ / "log", words_), "") << call << " of " << calls;
    ASSERT_EQ(Shell(JEJAK " fsck log"), 0) << call << " of " << calls << ": " << out_;
  }
  // Some died with the rows deleted and the bytes still there, or this tests nothing.
  EXPECT_GT(deleted + unfinished, crashes);
}

}  // namespace
}  // namespace jejak
