// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "tests/support/temporary_directory.h"
#include "tools/xes/import_keys.h"
#include "tools/xes/mapping.h"
#include "tools/xes/plan.h"

namespace jejak::xes {
namespace {

constexpr const char* kOrigin = "small.jejak.example/1";

TEST(XesMapping, TypesAreWordsOfTheName) {
  EXPECT_EQ(TypeOf("T07-3 Draft intern advice hold for aspect 3").value(),
            "xes.t07_3_draft_intern_advice_hold_for_aspect_3");
  EXPECT_EQ(TypeOf("  Add -- penalty!! ").value(), "xes.add_penalty");
  EXPECT_EQ(TypeOf("01_HOOFD_010").value(), "xes.n01_hoofd_010");
  EXPECT_EQ(TypeOf("caf\xC3\xA9 A").value(), "xes.caf_a");
  EXPECT_TRUE(TypeOf(std::string(60, 'a')).ok());
  EXPECT_FALSE(TypeOf(std::string(61, 'a')).ok());
  EXPECT_FALSE(TypeOf("--").ok());
  EXPECT_FALSE(TypeOf("").ok());
}

TEST(XesMapping, RolesAreWordsOfTheGroupAndNeverAuthority) {
  EXPECT_EQ(RoleOf("Group 4"), "group_4");
  EXPECT_EQ(RoleOf("EMPTY"), "empty");
  EXPECT_EQ(RoleOf("15"), "xes_15");
  for (const char* guarded : {"root", "Self", "REGISTRAR", "Procedure owner"})
    EXPECT_TRUE(RoleOf(guarded)->starts_with("xes_")) << guarded;
  EXPECT_EQ(RoleOf("-"), std::nullopt);
  EXPECT_EQ(RoleOf(std::string(100, 'a')), std::string(64, 'a'));
}

struct Stamp {
  const char* name;
  const char* stamp;
  const char* zone;
  const char* at;  // null: refused
};

class Stamps : public testing::TestWithParam<Stamp> {};

TEST_P(Stamps, BecomeLegalTimes) {
  const auto at = AtOf(GetParam().stamp, GetParam().zone);
  ASSERT_EQ(at.ok(), GetParam().at != nullptr);
  if (!at.ok()) return;
  EXPECT_EQ(FormatAt(at->instant, at->offset_minutes), GetParam().at);
}

constexpr Stamp kStamps[] = {
    {"fraction", "2011-10-11T13:45:40.276+02:00", "", "2011-10-11T13:45:40+02:00"},
    {"fraction_is_cut_not_rounded", "2011-10-11T13:45:40.999+02:00", "",
     "2011-10-11T13:45:40+02:00"},
    {"long_fraction", "2011-10-11T13:45:40.123456789-03:30", "", "2011-10-11T13:45:40-03:30"},
    {"none", "2011-10-11T13:45:40+02:00", "", "2011-10-11T13:45:40+02:00"},
    {"z", "2011-10-11T13:45:40.5Z", "", "2011-10-11T13:45:40+00:00"},
    {"minus_zero", "2011-10-11T13:45:40-00:00", "", "2011-10-11T13:45:40+00:00"},
    {"no_offset", "2011-10-11T13:45:40.276", "", nullptr},
    {"no_offset_with_zone", "2011-10-11T13:45:40.276", "+01:00", "2011-10-11T13:45:40+01:00"},
    {"zone_does_not_replace", "2011-10-11T13:45:40+02:00", "+01:00", "2011-10-11T13:45:40+02:00"},
    {"no_such_day", "2011-02-29T13:45:40+02:00", "", nullptr},
    {"leap_second", "2011-10-11T13:45:60+02:00", "", nullptr},
    {"far_offset", "2011-10-11T13:45:40+15:00", "", nullptr},
    {"basic_offset", "2011-10-11T13:45:40+0200", "", nullptr},
    {"empty_fraction", "2011-10-11T13:45:40.+02:00", "", nullptr},
    {"date", "2011-10-11", "+01:00", nullptr},
    {"before_1970", "1969-12-31T13:45:40+02:00", "", nullptr},
    {"empty", "", "+01:00", nullptr},
};
INSTANTIATE_TEST_SUITE_P(Xes, Stamps, testing::ValuesIn(kStamps),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(XesMapping, KeyNamesAreDistinctAndLegal) {
  const std::vector<std::string> resources{"",
                                           "Resource21",
                                           "portal",
                                           "owner",
                                           "-",
                                           "..",
                                           "a b",
                                           "a~20b",
                                           "a/b",
                                           "\xC3\xA9",
                                           "TEST",
                                           "test",
                                           "r-",
                                           "h-00",
                                           "a\nb",
                                           std::string(200, 'a'),
                                           std::string(201, 'a')};
  std::set<std::string> names{OwnerName("fines")};
  std::set<std::string> holders{HolderOf(OwnerName("fines"))};
  for (const std::string& resource : resources) {
    const std::string name = KeyNameOf("fines", resource);
    EXPECT_TRUE(IsKeyName(name)) << name;
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_TRUE(IsLabel(HolderOf(name)));
    EXPECT_TRUE(holders.insert(HolderOf(name)).second) << name;
  }
  EXPECT_EQ(KeyNameOf("fines", "Resource21"), "xes.fines/r-Resource21");
  EXPECT_EQ(KeyNameOf("fines", ""), PortalName("fines"));
  EXPECT_TRUE(IsKeyName(KeyNameOf(std::string(64, 'p'), std::string(94, 'a'))));
}

// Fixed bytes: an id that changes would import a log a second time.
TEST(XesMapping, CaseIdsFollowFromOriginProcedureAndName) {
  const std::string text =
      "jejak/xes/case/v1\nlog small.jejak.example/1\nprocedure fines\ntrace A1\n";
  const Digest digest = crypto::Sha256(AsBytes(text));
  const std::string id = CaseIdOf(kOrigin, "fines", "A1");
  EXPECT_TRUE(IsCaseId(id));
  EXPECT_EQ(id[0], static_cast<char>('0' + (digest.bytes[0] >> 5)));
  EXPECT_NE(id, CaseIdOf(kOrigin, "fines", "A2"));
  EXPECT_NE(id, CaseIdOf(kOrigin, "permits", "A1"));
  EXPECT_NE(id, CaseIdOf("small.jejak.example/2", "fines", "A1"));
}

TEST(XesMapping, BodiesGiveTheirAttributesBack) {
  const Event event{{{"string", "concept:name", "a \"quoted\" \xE2\x80\xAE name", 0},
                     {"string", "empty", "", 0},
                     {"list", "l", "", 0},
                     {"values", "", "", 1},
                     {"float", "x", "1.50", 2}}};
  const Attributes trace{{"date", "start", "2011-10-11T13:45:40.276+02:00", 0}};
  for (const Attributes* with : {static_cast<const Attributes*>(nullptr), &trace}) {
    const auto body = BodyOf(event, with);
    ASSERT_TRUE(body.ok()) << body.error().detail;
    const auto back = ImportedFrom(json::Parse(*body, json::Rules::kBody).value());
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->event, event);
    EXPECT_EQ(back->trace, with == nullptr ? std::nullopt : std::optional(trace));
  }
}

TEST(XesMapping, RefusesWhatABodyCannotHold) {
  EXPECT_EQ(BodyOf({{{"string", "a", "\xEF\xBF\xBE", 0}}}, nullptr).error().code,
            Code::kMalformed);  // a noncharacter
  EXPECT_EQ(BodyOf({{{"string", "a", std::string(65536, 'a'), 0}}}, nullptr).error().code,
            Code::kRefused);
}

TEST(XesMapping, OtherBodiesAreNotImported) {
  for (const char* body : {R"({})", R"({"xes":1})", R"({"xes":{}})", R"({"xes":{"event":{}}})",
                           R"({"xes":{"event":[1]}})", R"({"xes":{"event":[{"type":"script"}]}})",
                           R"({"xes":{"event":[{"type":"int","key":1}]}})",
                           R"({"xes":{"event":[{"type":"int","more":"a"}]}})",
                           R"({"xes":{"event":[{"type":"int","level":1}]}})",
                           R"({"xes":{"event":[{"type":"int"},{"type":"int","level":2}]}})",
                           R"({"xes":{"event":[{"type":"int","level":-1}]}})"}) {
    EXPECT_FALSE(ImportedFrom(json::Parse(body, json::Rules::kBody).value()).has_value()) << body;
  }
}

Document Fines() {
  return ReadDefinition(R"({"format":"jejak/procedure/v1","id":"fines","version":"1.0",)"
                        R"("calendar":"calendar/none","actions":[{"type":"xes.pay"}]})")
      .value();
}

Event Pay(const std::string& resource = {}, const std::string& group = {}) {
  Event event{{{"string", "concept:name", "Pay", 0},
               {"date", "time:timestamp", "2011-10-11T13:45:40.276+02:00", 0}}};
  if (!resource.empty()) event.attributes.push_back({"string", "org:resource", resource, 0});
  if (!group.empty()) event.attributes.push_back({"string", "org:group", group, 0});
  return event;
}

Trace Named(const std::string& name, std::vector<Event> events) {
  return {{{"string", "concept:name", name, 0}}, std::move(events)};
}

TEST(XesPlan, HasACasePerTraceAndAKeyPerResource) {
  const EventLog log{{Named("A1", {Pay("ann", "Group 1"), Pay("ann", "Group 2"), Pay()}),
                      Named("A2", {}), Named("A3", {Pay("bob")})}};
  const auto plan = PlanImport(log, kOrigin, Fines(), "");
  ASSERT_TRUE(plan.ok()) << plan.error().detail;
  ASSERT_EQ(plan->cases.size(), 2u);
  EXPECT_EQ(plan->events, 4u);
  EXPECT_EQ(plan->empty_traces, 1u);
  EXPECT_EQ(plan->cases[1].trace, 3u);
  EXPECT_EQ(plan->cases[0].id, CaseIdOf(kOrigin, "fines", "A1"));
  EXPECT_EQ(plan->cases[0].actions[2].signer, PortalName("fines"));
  EXPECT_EQ(plan->cases[0].actions[0].type, "xes.pay");
  EXPECT_NE(plan->cases[0].actions[0].body.find("\"trace\""), std::string::npos);
  EXPECT_EQ(plan->cases[0].actions[1].body.find("\"trace\""), std::string::npos);
  const std::map<std::string, std::set<std::string>> signers{
      {"xes.fines/r-ann", {"group_1", "group_2"}},
      {"xes.fines/r-bob", {}},
      {"xes.fines/portal", {}}};
  EXPECT_EQ(plan->signers, signers);
}

TEST(XesPlan, NamesTheTraceAndTheEventAtFault) {
  Event other = Pay();
  other.attributes[0].value = "Something else";
  Event unnamed = Pay();
  unnamed.attributes.erase(unnamed.attributes.begin());
  Event timeless = Pay();
  timeless.attributes.pop_back();
  const std::vector<std::pair<EventLog, const char*>> rows{
      {{}, "no traces"},
      {{{Named("A1", {Pay()}), Named("A1", {Pay()})}}, "trace 2 has the concept:name"},
      {{{Trace{{}, {Pay()}}}}, "trace 1 has no concept:name"},
      {{{Named("A1", {Pay(), other})}}, "trace 1, event 2: its type xes.something_else is not"},
      {{{Named("A1", {unnamed})}}, "event 1: it has no concept:name"},
      {{{Named("A1", {timeless})}}, "event 1: it has no time:timestamp"},
      {{{Named("A1", std::vector<Event>(10'001, Pay()))}}, "10000"}};
  for (const auto& [log, says] : rows) {
    const auto plan = PlanImport(log, kOrigin, Fines(), "");
    ASSERT_FALSE(plan.ok()) << says;
    EXPECT_NE(plan.error().detail.find(says), std::string::npos) << plan.error().detail;
  }
  EXPECT_FALSE(PlanImport({{Named("A1", {Pay()})}}, kOrigin, Fines(), "Z").ok());
}

TEST(XesPlan, ReadsOnlyDefinitionsAndCalendars) {
  EXPECT_FALSE(ReadDefinition("[]").ok());
  EXPECT_FALSE(ReadDefinition(R"({"format":"jejak/calendar/v1","id":"a","version":"1"})").ok());
  EXPECT_FALSE(ReadDefinition(R"({"format":"jejak/procedure/v1","id":"a","version":"1"})").ok());
  EXPECT_FALSE(ReadCalendar(R"({"format":"jejak/calendar/v1","id":"A","version":"1"})").ok());
  EXPECT_TRUE(ReadCalendar(R"({"format":"jejak/calendar/v1","id":"a","version":"1"})").ok());
}

TEST(XesKeys, FollowFromTheSecretOriginAndName) {
  const TemporaryDirectory directory;
  auto keys = ImportKeys::Open(directory / "a", kOrigin);
  ASSERT_TRUE(keys.ok()) << keys.error().detail;
  auto again = ImportKeys::Open(directory / "a", kOrigin);
  auto elsewhere = ImportKeys::Open(directory / "a", "other.example/1");
  auto others = ImportKeys::Open(directory / "b", kOrigin);
  const auto public_key = [](Result<ImportKeys>& from, const char* name) {
    return from->Key(name).secret.public_key();
  };
  EXPECT_EQ(public_key(keys, "a"), public_key(again, "a"));
  EXPECT_NE(public_key(keys, "a"), public_key(keys, "b"));
  EXPECT_NE(public_key(keys, "a"), public_key(elsewhere, "a"));
  EXPECT_NE(public_key(keys, "a"), public_key(others, "a"));
  EXPECT_EQ(keys->BodyKey("p", "b"), again->BodyKey("p", "b"));
  EXPECT_NE(keys->BodyKey("p", "b"), keys->BodyKey("p", "c"));
  EXPECT_NE(keys->BodyKey("p", "b"), keys->BodyKey("q", "b"));
  EXPECT_NE(keys->BodyKey("p", "b"), others->BodyKey("p", "b"));
}

TEST(XesKeys, RefuseASecretThatOthersMayReadOrThatIsNone) {
  const TemporaryDirectory directory;
  ASSERT_TRUE(ImportKeys::Open(directory.path(), kOrigin).ok());
  const std::string path = directory / "xes-import.secret";
  namespace fs = std::filesystem;
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(ImportKeys::Open(directory.path(), kOrigin).error().code, Code::kRefused);
  fs::permissions(path, fs::perms::group_read, fs::perm_options::remove);
  std::ofstream(path) << "00ff\n";
  EXPECT_EQ(ImportKeys::Open(directory.path(), kOrigin).error().code, Code::kMalformed);
}

}  // namespace
}  // namespace jejak::xes
