// SPDX-License-Identifier: Apache-2.0
// The program itself: how it starts, what it says when it can't, how it ends.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "ledger/sequencer/durable_file.h"
#include "tests/api/ledger_fixture.h"

namespace jejak::api {
namespace {

// A child process whose standard error is read to its end.
class Child final {
 public:
  explicit Child(std::vector<std::string> arguments) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDERR_FILENO);
      ::close(ends[0]);
      ::close(ends[1]);
      std::vector<char*> argv{const_cast<char*>(JEJAKD)};
      for (std::string& argument : arguments) argv.push_back(argument.data());
      argv.push_back(nullptr);
      ::execv(JEJAKD, argv.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    error_ = ::fdopen(ends[0], "r");
  }
  ~Child() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    std::fclose(error_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The next line of standard error without its end; empty at the end.
  std::string Line() {
    std::string line;
    for (int c = std::fgetc(error_); c != EOF && c != '\n'; c = std::fgetc(error_))
      line.push_back(static_cast<char>(c));
    return line;
  }
  void Signal(int number) { ::kill(pid_, number); }
  int Exit() {
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
  std::FILE* error_ = nullptr;
};

class JejakdTest : public testing::Test {
 protected:
  void SetUp() override {
    SmallServer made(QuietConfig(), false);  // founds a log, then lets go of it
    made->Stop();
    std::filesystem::copy(made.path() + "/log", directory_ / "log",
                          std::filesystem::copy_options::recursive);
    Write("passphrase", "test\n");
    Write("log/config.toml",
          "entries = \"public\"\nlisten = \"127.0.0.1:0\"\n"
          "listen_oversight = \"127.0.0.1:0\"\nlow_water_mib = 0\n"
          "passphrase_file = \"" +
              directory_.path() + "/passphrase\"\n");
  }
  void Write(const std::string& name, const std::string& text) {
    const auto written = sequencer::ReplaceFile(directory_ / name, text, 0600);
    ASSERT_TRUE(written.ok()) << written.error().detail;
  }
  std::vector<std::string> Data() { return {"--data", directory_ / "log"}; }
  void ExpectExit(std::vector<std::string> arguments, int code, const std::string& words) {
    Child child(std::move(arguments));
    const std::string said = child.Line();
    EXPECT_NE(said.find(words), std::string::npos) << said;
    EXPECT_EQ(child.Exit(), code) << said;
  }

  TemporaryDirectory directory_;
};

TEST_F(JejakdTest, ServesUntilItIsToldToStop) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Child child(Data());
    const auto started = nlohmann::json::parse(child.Line());
    EXPECT_EQ(started["event"], "started");
    LedgerClient client(started["url"]);
    EXPECT_TRUE(client.Get("/checkpoint").ok());
    child.Signal(signal);
    EXPECT_EQ(nlohmann::json::parse(child.Line())["event"], "stopping");
    EXPECT_EQ(nlohmann::json::parse(child.Line())["event"], "stopped");
    EXPECT_EQ(child.Exit(), 0);
  }
}

TEST_F(JejakdTest, WhatWasAcknowledgedIsThereAfterKill) {
  test::SmallLog log(SmallServer::kStart);
  std::string receipt;
  std::string envelope = TextOf(log.setup()[0]);
  {
    Child child(Data());
    LedgerClient client(nlohmann::json::parse(child.Line())["url"]);
    const auto answer = client.Submit(envelope);
    ASSERT_TRUE(answer.ok()) << answer.error().detail;
    receipt = answer->receipt;
  }  // SIGKILL
  Child child(Data());
  LedgerClient client(nlohmann::json::parse(child.Line())["url"]);
  EXPECT_EQ(client.Submit(envelope)->receipt, receipt);
}

TEST_F(JejakdTest, NeverMakesALogAndSaysWhoDoes) {
  ExpectExit({"--data", directory_ / "nothing"}, 3, "jejak init");
  std::filesystem::remove_all(directory_ / "log/db");
  ExpectExit(Data(), 3, "jejak init");
  EXPECT_FALSE(std::filesystem::exists(directory_ / "nothing"));
}

TEST_F(JejakdTest, UsageAndSettingsAreExit2) {
  ExpectExit({}, 2, "--data");
  ExpectExit({"--lisen", "x"}, 2, "--lisen");
  ExpectExit({"--data", directory_ / "log", "--io-threads", "0"}, 2, "io_threads");
  ExpectExit({"--config", directory_ / "none.toml"}, 2, "none.toml");
  Write("log/config.toml", "entires = \"public\"\n");
  ExpectExit(Data(), 2, "entires");
  Write("log/config.toml", "");
  ExpectExit(Data(), 2, "entries is not set");
}

TEST_F(JejakdTest, AWrongPassphraseAndASecondProcessAreExit3) {
  Write("passphrase", "wrong\n");
  ExpectExit(Data(), 3, "passphrase");
  Write("passphrase", "test\n");
  Child child(Data());
  ASSERT_NE(child.Line().find("started"), std::string::npos);
  ExpectExit(Data(), 3, "in use");
}

TEST_F(JejakdTest, AStoreBehindItsGuardIsNotServed) {
  std::filesystem::copy(directory_ / "log/db", directory_ / "old",
                        std::filesystem::copy_options::recursive);
  test::SmallLog log(SmallServer::kStart);
  {
    Child child(Data());
    LedgerClient client(nlohmann::json::parse(child.Line())["url"]);
    ASSERT_TRUE(client.Submit(TextOf(log.setup()[0]))->logged());
    child.Signal(SIGTERM);
    EXPECT_EQ(child.Exit(), 0);
  }
  std::filesystem::remove_all(directory_ / "log/db");
  std::filesystem::rename(directory_ / "old", directory_ / "log/db");
  ExpectExit(Data(), 3, "Restore a newer backup");
}

}  // namespace
}  // namespace jejak::api
