// SPDX-License-Identifier: Apache-2.0
//
// The harness itself: a story becomes the record that it describes, and an edit edits what it says.
#include "tests/procedure/story_record.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "ledger/base/text.h"

namespace jejak::procedure::story {
namespace {

const UnixSeconds kLater = *ParseTime("2025-01-31T05:00:00Z");

// Four actions: a report with a party and sealed fields, an inspection, an assent to the report, and
// a void of the inspection.
Json SmallStory() {
  return Json::parse(R"({
    "procedure": "malang-article-2024.json", "calendar": [{"file": "id-asn.calendar.json"}],
    "signers": {"p-10": {"unit": "inspektorat", "holder": "h-10", "roles": ["petugas"]},
                "r1": {"party": true, "roles": ["pelapor"]},
                "root-1": {"root": true, "holder": "h-1", "roles": ["root"]}},
    "actions": [
      {"type": "report.submit", "at": "2024-05-13T08:00:00+07:00",
       "by": [["r1", "pelapor"], ["p-10", "petugas"]],
       "body": {"report": "r1", "text": {"$seal": "x"}, "proof": [{"$attach": "abc"}]}},
      {"type": "sidak.hold", "about": ["P1"], "at": "2024-05-13T09:00:00+07:00",
       "by": [["p-10", "petugas"]], "entered": "2024-05-13T07:00:00+07:00", "body": "no JSON"},
      {"type": "case.assent", "at": "2024-05-14T08:00:00+07:00", "by": [["r1", "pelapor"]],
       "seen": 1},
      {"type": "record.void", "at": "2024-05-15T08:00:00+07:00", "by": [["root-1", "root"]],
       "body": {"target": {"$action": 2}, "reason": "x"}}]})");
}

Record Edited(const char* edits, const Holdings& holdings = {}) {
  StoryRecord record(SmallStory());
  record.Apply(Json::parse(edits));
  return record.AsOf(kLater, holdings);
}

TEST(StoryRecord, SignersAreKeysPartiesAndRoots) {
  const Record record = Edited("[]");
  ASSERT_EQ(record.acts.size(), 4u);
  const Act& report = record.acts[0];
  const std::string party = "5MG3Z0FSDG8122AFHMEK5J0EY2/r1";
  ASSERT_EQ(report.by.size(), 2u);
  EXPECT_EQ(report.by[0].name, party);
  EXPECT_EQ(report.by[0].holder, party);
  EXPECT_EQ(report.by[0].unit, "");
  EXPECT_EQ(report.by[0].party, "r1");
  EXPECT_EQ(report.by[1].name, "p-10");
  EXPECT_EQ(report.by[1].holder, "h-10");
  EXPECT_EQ(report.by[1].unit, "inspektorat");
  EXPECT_EQ(report.by[1].party, "");
  ASSERT_EQ(report.parties.size(), 1u);
  EXPECT_EQ(report.parties[0], (std::pair<std::string, std::string>{"pelapor", "r1"}));
  EXPECT_TRUE(record.acts[2].parties.empty());
  EXPECT_EQ(record.acts[3].by[0].holder, "h-1");
  EXPECT_EQ(record.acts[3].by[0].unit, "");
}

TEST(StoryRecord, PlacesAndTimesAreTheLogs) {
  const Record record = Edited("[]");
  const char* const entered[] = {"2024-05-13T01:01:00Z", "2024-05-13T01:01:00Z",
                                 "2024-05-14T01:01:00Z", "2024-05-15T01:01:00Z"};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(FormatTime(record.acts[i].entered), entered[i]) << i;
    EXPECT_EQ(record.acts[i].seq, i);
    EXPECT_EQ(record.numbers.at(record.acts[i].index), static_cast<int>(i) + 1);
  }
  EXPECT_TRUE(record.acts[1].after);
  EXPECT_EQ(record.acts[1].position, 1u);
  EXPECT_FALSE(record.acts[2].after);
  EXPECT_EQ(record.acts[2].position, 1u);
  EXPECT_EQ(StoryRecord(SmallStory()).AsOf(record.acts[2].entered, {}).acts.size(), 3u);
  EXPECT_EQ(StoryRecord(SmallStory()).AsOf({record.acts[2].entered.value - 1}, {}).acts.size(), 2u);
}

TEST(StoryRecord, ContentsAreWhatIsHeld) {
  const Record all = Edited("[]");
  EXPECT_EQ(all.acts[0].body_state, BodyState::kPresent);
  EXPECT_EQ(all.acts[1].body_state, BodyState::kUnfit);
  EXPECT_EQ(all.acts[2].body_state, BodyState::kNone);
  ASSERT_EQ(all.acts[0].opened.size(), 2u);
  EXPECT_EQ(all.acts[0].opened[0].pointer, "/text");
  EXPECT_EQ(all.acts[0].opened[0].value->as_string(), "x");
  EXPECT_EQ(all.acts[0].opened[1].pointer, "/proof/0");
  EXPECT_EQ(all.acts[0].opened[1].value->Find("size")->as_integer(), 3);
  EXPECT_NE(all.acts[0].body.Find("text")->Find("$sealed"), nullptr);
  const Record no_sealed = Edited("[]", Holdings::Named("no_sealed"));
  EXPECT_EQ(no_sealed.acts[0].body_state, BodyState::kPresent);
  EXPECT_TRUE(no_sealed.acts[0].opened.empty());
  const Record none = Edited("[]", Holdings::Named("none"));
  EXPECT_EQ(none.acts[0].body_state, BodyState::kAbsent);
  EXPECT_EQ(none.acts[1].body_state, BodyState::kAbsent);
  EXPECT_EQ(none.acts[2].body_state, BodyState::kNone);
}

TEST(StoryRecord, NamesFollowWhatTheyNamed) {
  const Record record = Edited(R"([
    {"op": "insert", "before": 1, "value": {"type": "info.note", "at": "2024-05-13T07:00:00+07:00",
                                            "by": [["p-10", "petugas"]]}},
    {"op": "move", "action": 2, "before": 5}])");
  ASSERT_EQ(record.acts.size(), 5u);
  const char* const types[] = {"info.note", "report.submit", "case.assent", "record.void",
                               "sidak.hold"};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(record.acts[i].type, types[i]);
  EXPECT_EQ(record.acts[2].position, 2u);
  EXPECT_EQ(record.acts[3].body.Find("target")->as_string(), EncodeHash(record.acts[4].id));
  EXPECT_EQ(record.acts[4].position, 4u);
  EXPECT_EQ(record.acts[4].entered, record.acts[3].entered);
}

TEST(StoryRecord, EditsSetUnsetAndRemove) {
  const Record record = Edited(R"([
    {"op": "set", "action": 1, "path": "/body/mode", "value": "named"},
    {"op": "unset", "action": 1, "path": "/body/report"},
    {"op": "remove", "action": 2}, {"op": "remove", "action": 4},
    {"op": "signer", "name": "p-11", "value": {"unit": "u", "holder": "h-11", "roles": []}},
    {"op": "set", "action": 3, "path": "/by", "value": [["p-11", "petugas"]]}])");
  ASSERT_EQ(record.acts.size(), 2u);
  EXPECT_EQ(record.acts[0].body.Find("mode")->as_string(), "named");
  EXPECT_EQ(record.acts[0].body.Find("report"), nullptr);
  EXPECT_EQ(record.acts[1].by[0].holder, "h-11");
}

TEST(StoryRecord, EditsThatMissAreFaults) {
  for (const char* edits : {R"([{"op": "remove", "action": 5}])",
                            R"([{"op": "unset", "action": 1, "path": "/body/nothing"}])",
                            R"([{"op": "rename", "action": 1, "path": "/type"}])",
                            R"([{"op": "remove", "action": 1}])"}) {
    EXPECT_THROW(Edited(edits), std::runtime_error) << edits;
  }
}

TEST(StoryRecord, CalendarsStandWhereTheyWereEntered) {
  const Record record = Edited(R"([{"op": "calendar", "value": [
    {"file": "id-asn.calendar.json"},
    {"file": "id-asn-holiday.calendar.json", "entered": "2024-05-14T08:01:00+07:00"},
    {"file": "id-asn-2024.calendar.json", "entered": "2025-02-01T08:00:00+07:00"}]}])");
  ASSERT_EQ(record.calendars->size(), 2u);
  EXPECT_LT(record.calendars->at(0).index, record.acts[0].index);
  EXPECT_LT(record.calendars->at(0).entered, record.acts[0].entered);
  EXPECT_GT(record.calendars->at(1).index, record.acts[1].index);
  EXPECT_LT(record.calendars->at(1).index, record.acts[2].index);
  EXPECT_EQ(record.bindings.at(0).calendars.size(), 2u);
}

TEST(StoryRecord, BindingsAreTheOpeningAndEachRebinding) {
  const Record record = Edited(R"([{"op": "insert", "before": 3, "value":
    {"type": "case.rebind", "at": "2024-05-13T10:00:00+07:00", "by": [["root-1", "root"]],
     "under": "malang-article-2024-1.1.0.json"}}])");
  ASSERT_EQ(record.bindings.size(), 2u);
  EXPECT_EQ(record.bindings[0].act, 0u);
  EXPECT_EQ(record.bindings[0].definition->version, "1.0.0");
  EXPECT_EQ(record.bindings[1].act, 2u);
  EXPECT_EQ(record.bindings[1].definition->version, "1.1.0");
}

}  // namespace
}  // namespace jejak::procedure::story
