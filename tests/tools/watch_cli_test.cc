// SPDX-License-Identifier: Apache-2.0
// jejak watch as cron sees it, against the demo log.
#include "api/ledger_server.h"
#include "ledger/base/time.h"
#include "ledger/sequencer/clock.h"
#include "tests/support/manual_clock.h"
#include "tests/tools/shell.h"

namespace jejak {
namespace {

class WatchVerb : public test::ShellTest {
 protected:
  // Serves the demo log as of a moment: its stories are of 2024 to 2026.
  void Serve(const std::string& now) {
    if (server_ != nullptr) server_->Stop();
    server_.reset();
    clock_ = std::make_unique<test::ManualClock>(ParseTime(now).value());
    api::Config config;
    config.data = demo_;
    config.entries = api::Entries::kPublic;
    config.listen.port = 0;
    config.listen_oversight = api::Endpoint{"127.0.0.1", 0};
    config.passphrase_file = demo_ + "/passphrase";
    config.log_level = api::LogLevel::kError;
    auto server = api::LedgerServer::Start(config, *clock_);
    ASSERT_TRUE(server.ok()) << server.error().detail;
    server_ = std::move(*server);
  }
  void TearDown() override {
    if (server_ != nullptr) server_->Stop();
  }
  int Run(const std::string& arguments) { return Shell(std::string(JEJAK) + " " + arguments); }
  int Watch(const std::string& options) {
    return Run("watch --overdue " + server_->oversight_url() + options);
  }

  const std::string demo_ = dir_ / "demo";
  std::unique_ptr<test::ManualClock> clock_;
  std::unique_ptr<api::LedgerServer> server_;
};

TEST_F(WatchVerb, TellsEachNoticeOnceAndEndsWithTheRightCode) {
  ASSERT_EQ(Run("demo " + demo_), 0) << err_;
  ASSERT_NO_FATAL_FAILURE(Serve("2027-06-01T00:00:00Z"));
  ASSERT_EQ(Watch(" --state told"), 11) << out_ << err_;
  EXPECT_EQ(out_.find("LATE  "), 0U) << out_;
  EXPECT_NE(out_.find("hari kerja"), std::string::npos) << out_;
  EXPECT_EQ(Watch(" --state told"), 0) << out_ << err_;
  EXPECT_EQ(out_, "");
  EXPECT_EQ(Watch(""), 11) << "without a file it knows nothing of before";
  EXPECT_EQ(Watch(" --unit nobody"), 0) << out_;
}

TEST_F(WatchVerb, SaysWhatIsWrongWithItsInput) {
  EXPECT_EQ(Run("watch http://127.0.0.1:1/1"), 2);
  EXPECT_NE(err_.find("--overdue"), std::string::npos) << err_;
  EXPECT_EQ(Run("watch --overdue http://127.0.0.1:1/1"), 5) << err_;
  EXPECT_EQ(Run("watch --overdue --unit 'A B' http://127.0.0.1:1/1"), 2) << err_;
  Write("told", "something else\n");
  EXPECT_EQ(Run("watch --overdue --state told http://127.0.0.1:1/1"), 3) << err_;
  EXPECT_NE(err_.find("told: "), std::string::npos) << err_;
}

}  // namespace
}  // namespace jejak
