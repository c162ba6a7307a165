// SPDX-License-Identifier: Apache-2.0
// What a unit hears, from a ledger of three answers.
#include "tools/watch/watch.h"

#include <gtest/gtest.h>

#include <map>

namespace jejak::watch {
namespace {

constexpr auto kIndonesian = presentation::Language::kIndonesian;
constexpr auto kEnglish = presentation::Language::kEnglish;
constexpr std::string_view kCase = "5K3DZZZZZZZZZZZZZZZZZZZZZZ";

// 2026-11-24, 17:30 UTC: in the log's zone it is the 25th already.
class Ledger {
 public:
  Ledger() {
    answers_["/v1/log"] = R"({"zone":"+07:00"})";
    answers_["/v1/cases?overdue=true&limit=1"] = R"({"now":"2026-11-24T17:30:00Z","cases":[]})";
    answers_["/v1/cases?due_until=2026-11-27&limit=200"] =
        R"({"now":"2026-11-24T17:30:00Z","cases":[)"
        R"({"id":"5K3DZZZZZZZZZZZZZZZZZZZZZZ","units":["bkpsdm","inspektorat"],"deadlines":[)"
        R"({"rule":"R09","scope":"officer","instance":"P031","due":"2026-11-20","working_days_late":3,"days_late":5},)"
        R"({"rule":"R10","scope":"officer","instance":"P031","due":"2026-11-26","working_days_late":0,"days_late":0},)"
        R"({"rule":"R11","scope":"officer","instance":"P031","due":"2026-11-27","working_days_late":0,"days_late":0}]}],)"
        R"("cursor":"9.9.1"})";
    answers_["/v1/cases?due_until=2026-11-27&limit=200&cursor=9.9.1"] =
        R"({"now":"2026-11-24T17:30:00Z","cases":[]})";
    answers_["/v1/cases/5K3DZZZZZZZZZZZZZZZZZZZZZZ/conformance"] =
        R"({"conformance":{"rules":[{"id":"R09","scope":"officer","instance":"P031","detail":)"
        R"({"id":"Panggilan terlambat 3 hari kerja.","en":"The summons is 3 working days late."}}]}})";
  }
  Get get() {
    return [this](const std::string& target) -> Result<std::string> {
      ++asked_[target];
      const auto found = answers_.find(target);
      if (found == answers_.end()) return Error{Code::kNotFound, target};
      return found->second;
    };
  }

  std::map<std::string, std::string> answers_;
  std::map<std::string, int> asked_;
};

TEST(Watch, TellsWhatIsLateAndWhatEndsByTomorrow) {
  Ledger ledger;
  const auto notices = Ask(ledger.get(), {}, {});
  ASSERT_TRUE(notices.ok()) << notices.error().detail;
  ASSERT_EQ(notices->size(), 2U);  // R11 ends the day after
  EXPECT_EQ((*notices)[0].Line(kIndonesian),
            "TERLAMBAT  2026-11-20  3 hari kerja  perkara " + std::string(kCase) +
                "  R09 pegawai P031  bkpsdm,inspektorat  Panggilan terlambat 3 hari kerja.");
  EXPECT_EQ((*notices)[1].Line(kIndonesian), "BATAS      2026-11-26  perkara " +
                                                 std::string(kCase) +
                                                 "  R10 pegawai P031  bkpsdm,inspektorat");
}

TEST(Watch, SpeaksEnglishWhenAsked) {
  Ledger ledger;
  Question question;
  question.language = kEnglish;
  const auto notices = Ask(ledger.get(), question, {});
  ASSERT_TRUE(notices.ok());
  EXPECT_EQ(notices->front().Line(kEnglish),
            "LATE  2026-11-20  3 working days  case " + std::string(kCase) +
                "  R09 officer P031  bkpsdm,inspektorat  The summons is 3 working days late.");
  EXPECT_EQ(notices->back().Line(kEnglish), "DUE   2026-11-26  case " + std::string(kCase) +
                                                "  R10 officer P031  bkpsdm,inspektorat");
}

TEST(Watch, WhatWasToldCostsNoSentence) {
  Ledger ledger;
  const auto first = Ask(ledger.get(), {}, {});
  ASSERT_TRUE(first.ok());
  const auto told = ParseTold(WriteTold(*first));
  ASSERT_TRUE(told.ok());
  EXPECT_EQ(told->size(), 2U);
  for (const Notice& notice : *first) EXPECT_TRUE(told->contains(notice.Key()));
  ASSERT_TRUE(Ask(ledger.get(), {}, *told).ok());
  EXPECT_EQ(ledger.asked_["/v1/cases/" + std::string(kCase) + "/conformance"], 1);
}

// What was due and is late by now is news.
TEST(Watch, BecomingLateIsAnotherNotice) {
  Notice notice{"C", "R", "s", "i", "2026-11-26", false, {}, {}, {}};
  const std::string due = notice.Key();
  notice.late = true;
  EXPECT_NE(notice.Key(), due);
}

TEST(Watch, RefusesAFileThatIsNotItsOwn) {
  EXPECT_TRUE(ParseTold("").ok());
  EXPECT_FALSE(ParseTold("{}\n").ok());
  EXPECT_FALSE(ParseTold("jejak/watch/v1\nlate C R").ok()) << "cut in the middle of a line";
}

TEST(Watch, SaysThatAnAnswerIsNoLedgers) {
  Ledger ledger;
  ledger.answers_["/v1/cases?overdue=true&limit=1"] = "<html>";
  const auto notices = Ask(ledger.get(), {}, {});
  ASSERT_FALSE(notices.ok());
  EXPECT_NE(notices.error().detail.find("Jejak ledger"), std::string::npos);
}

// A deadline that no calendar reaches from, and one since which no working day has come.
TEST(Watch, SaysHowLateOnlyWhatIsCounted) {
  Notice notice{"C", "R", "officer", "i", "2026-11-20", true, {}, {}, {}};
  EXPECT_EQ(notice.Line(kEnglish), "LATE  2026-11-20  case C  R officer i  -");
  notice.working_days = 0;
  EXPECT_EQ(notice.Line(kEnglish),
            "LATE  2026-11-20  less than 1 working day  case C  R officer i  -");
  Ledger ledger;
  std::string& cases = ledger.answers_["/v1/cases?due_until=2026-11-27&limit=200"];
  cases.replace(cases.find("\"working_days_late\":3"), 21, "\"working_days_late\":null");
  const auto notices = Ask(ledger.get(), {}, {});
  ASSERT_TRUE(notices.ok()) << notices.error().detail;
  EXPECT_TRUE(notices->front().late);
  EXPECT_EQ(notices->front().working_days, std::nullopt);
}

// In another zone another day would be asked about.
TEST(Watch, GuessesNoZone) {
  for (const char* log : {"{}", R"({"zone":"WIB"})"}) {
    Ledger ledger;
    ledger.answers_["/v1/log"] = log;
    const auto notices = Ask(ledger.get(), {}, {});
    ASSERT_FALSE(notices.ok()) << log;
    EXPECT_EQ(notices.error().code, Code::kMalformed);
    EXPECT_NE(notices.error().detail.find("zone in v1/log"), std::string::npos);
  }
}

TEST(Watch, WithoutDaysAheadOnlyWhatIsLateIsTold) {
  Ledger ledger;
  ledger.answers_["/v1/cases?overdue=true&limit=200"] =
      R"({"now":"2026-11-24T17:30:00Z","cases":[)"
      R"({"id":"5K3DZZZZZZZZZZZZZZZZZZZZZZ","deadlines":[)"
      R"({"rule":"R09","scope":"officer","instance":"P031","due":"2026-11-20","working_days_late":3,"days_late":5},)"
      R"({"rule":"R10","scope":"officer","instance":"P031","due":"2026-11-24","working_days_late":0,"days_late":0}]}]})";
  Question question;
  question.within = 0;
  const auto notices = Ask(ledger.get(), question, {});
  ASSERT_TRUE(notices.ok()) << notices.error().detail;
  ASSERT_EQ(notices->size(), 1U);
  EXPECT_EQ(notices->front().rule, "R09");
}

}  // namespace
}  // namespace jejak::watch
