// SPDX-License-Identifier: Apache-2.0
// jejak watch as cron sees it, against the demo log.
#include "ledger/base/time.h"
#include "tests/support/manual_clock.h"
#include "tests/tools/demo_server.h"

namespace jejak {
namespace {

class WatchVerb : public test::DemoServerTest {
 protected:
  void ServeOversight() {
    api::Config config = DemoConfig();
    config.listen_oversight = api::Endpoint{"127.0.0.1", 0};
    Serve(config, clock_);
  }
  int Watch(const std::string& options) {
    return Run("watch --overdue " + server_->oversight_url() + options);
  }

  // After the stories of the demo log, and within its calendar.
  test::ManualClock clock_{ParseTime("2026-12-15T00:00:00Z").value()};
};

TEST_F(WatchVerb, TellsEachNoticeOnceAndEndsWithTheRightCode) {
  ASSERT_NO_FATAL_FAILURE(MakeDemo());
  ASSERT_NO_FATAL_FAILURE(ServeOversight());
  ASSERT_EQ(Watch(" --state told"), 11) << out_ << err_;
  EXPECT_EQ(out_.find("TERLAMBAT  "), 0U) << out_;
  EXPECT_NE(out_.find("hari kerja  perkara "), std::string::npos) << out_;
  EXPECT_EQ(out_.find("LATE"), std::string::npos) << out_;
  ASSERT_EQ(Watch(" --lang en"), 11) << out_ << err_;
  EXPECT_EQ(out_.find("LATE  "), 0U) << out_;
  EXPECT_NE(out_.find("working days  case "), std::string::npos) << out_;
  EXPECT_EQ(out_.find("TERLAMBAT"), std::string::npos) << out_;
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
