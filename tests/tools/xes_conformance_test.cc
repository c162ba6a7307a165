// SPDX-License-Identifier: Apache-2.0
//
// The two public event logs judged by the definitions that describe them, against the table that the test data give, which was also
// counted without an engine (tools/examples/count_deadlines.py). The logs are not in the repository: where they are not beside it,
// this is skipped.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "ledger/procedure/replay.h"
#include "tools/xes/mapping.h"
#include "tools/xes/plan.h"
#include "tools/xes/reader.h"

namespace jejak::xes {
namespace {

using procedure::Act;
using procedure::Binding;
using procedure::Outcome;

const std::string kProcedures = JEJAK_SOURCE_DIR "/docs/procedures/";
const std::string kLogs = JEJAK_SOURCE_DIR "/../shared/data/eventlogs/";

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Act ActOf(const PlannedAction& action, std::uint64_t seq) {
  Act act;
  act.index = act.seq = act.position = seq;
  act.id.bytes[0] = static_cast<std::uint8_t>(seq);
  act.type = action.type;
  act.at = action.at;
  act.entered = action.at.instant;
  act.by.push_back({action.signer, "-", HolderOf(action.signer), "imports", ""});
  act.body_state = procedure::BodyState::kPresent;
  act.body = json::Parse(action.body, json::Rules::kBody).value();
  return act;
}

// Per rule how many cases have which outcome.
using Counts = std::map<std::string, std::array<int, 5>>;

struct Judged {
  Counts counts;
  std::size_t checks = 0;
  std::size_t unjudged = 0;
};

// `definition_text` judges every case of the log, as of 2020.
Judged JudgeLog(const std::string& log_name, const std::string& definition_text) {
  const auto log = ParseXes(ReadXesText(kLogs + log_name).value());
  const auto document = ReadDefinition(definition_text);
  const auto plan = PlanImport(log.value(), "small.jejak.example/1", document.value(), "");
  auto definition = procedure::ParseDefinition(definition_text);
  const std::vector<procedure::CalendarVersion> calendars{
      {0, UnixSeconds{0},
       *procedure::ParseCalendar(Read(kProcedures + "none.calendar.json")).calendar}};
  const UnixSeconds now = ParseTime("2020-01-01T00:00:00Z").value();
  Judged judged;
  for (const PlannedCase& one : plan.value().cases) {
    std::vector<Act> acts;
    for (const PlannedAction& action : one.actions) acts.push_back(ActOf(action, acts.size()));
    const std::array bindings{Binding{0, &*definition.definition, 0, calendars}};
    const procedure::Judgement judgement = procedure::Replay(acts, bindings, now);
    if (!judgement.judged) ++judged.unjudged;
    judged.checks += judgement.checks.size();
    std::map<std::string, Outcome> outcomes;
    for (const procedure::RuleVerdict& verdict : judgement.rules)
      outcomes[verdict.rule] = verdict.outcome;
    for (const procedure::Rule& rule : definition.definition->rules)
      ++judged.counts[rule.id][static_cast<std::size_t>(outcomes[rule.id])];
  }
  return judged;
}

// not applicable, pass, pending, unknown, fail: as Outcome counts.
const Counts kReceipt{{"P1", {134, 1299, 0, 0, 1}},   {"P2", {131, 1303, 0, 0, 0}},
                      {"P3", {131, 262, 0, 0, 1041}}, {"P4", {1397, 34, 3, 0, 0}},
                      {"P5", {0, 1244, 0, 0, 190}},   {"P6", {0, 1434, 0, 0, 0}}};
const Counts kFines{{"F1", {27, 47, 0, 0, 26}}, {"F2", {99, 1, 0, 0, 0}},
                    {"F3", {43, 57, 0, 0, 0}},  {"F4", {64, 36, 0, 0, 0}},
                    {"F5", {99, 1, 0, 0, 0}},   {"F6", {0, 100, 0, 0, 0}}};

class XesConformance : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kLogs))
      GTEST_SKIP() << "no event logs in " << kLogs
                   << ": download receipt.xes.gz and roadtraffic100traces.xes into it from where "
                      "docs/examples/permit-receipt.md and road-fines.md say";
  }
};

TEST_F(XesConformance, ThePermitLogIsJudgedAsCounted) {
  const Judged judged = JudgeLog("receipt.xes.gz", Read(kProcedures + "permit-receipt.json"));
  EXPECT_EQ(judged.counts, kReceipt);
  EXPECT_EQ(judged.checks, 0u);
  EXPECT_EQ(judged.unjudged, 0u);
}

TEST_F(XesConformance, TheFineLogIsJudgedAsCounted) {
  const Judged judged =
      JudgeLog("roadtraffic100traces.xes", Read(kProcedures + "fine-notification.json"));
  EXPECT_EQ(judged.counts, kFines);
  EXPECT_EQ(judged.checks, 0u);
  EXPECT_EQ(judged.unjudged, 0u);
}

TEST_F(XesConformance, AnotherDeadlineGivesOtherCounts) {
  std::string text = Read(kProcedures + "fine-notification.json");
  const std::string days = "\"notify_days\": {\"value\": 90";
  ASSERT_NE(text.find(days), text.npos);
  text.replace(text.find(days), days.size(), "\"notify_days\": {\"value\": 60");
  const Judged judged = JudgeLog("roadtraffic100traces.xes", text);
  EXPECT_GT(judged.counts.at("F1")[4], kFines.at("F1")[4]);
  EXPECT_EQ(judged.counts.at("F2"), kFines.at("F2"));
}

}  // namespace
}  // namespace jejak::xes
