// SPDX-License-Identifier: Apache-2.0
#include "tests/procedure/edge_case.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"

namespace jejak::procedure::edge {
namespace {

constexpr std::int64_t kMonday = 1717380000;  // 2024-06-03T09:00:00+07:00
constexpr std::int64_t kDay = 86400;

constexpr std::string_view kFields = R"({"text":{"type":"string"},"n":{"type":"integer"},
  "day":{"type":"date"},"when":{"type":"time"},"unit":{"type":"string"},
  "list":{"type":"list","of":{"type":"string"},"default":[]},
  "more":{"type":"list","of":{"type":"string"}},
  "things":{"type":"list"},"thing":{"type":"object"},"secret":{"type":"string","sealed":true},
  "level":{"type":"code","codes":"level"}})";

std::string Action(const std::string& type, const std::string& more) {
  return R"({"type":")" + type + R"(","title":{"id":"t","en":"t"},"roles":[])" + more + "}";
}

std::string Actions() {
  const std::string fields = R"(,"fields":)" + std::string(kFields);
  const std::string officer = R"(,"track":"officer")";
  std::string all;
  all += Action("t.note", fields) + ",";
  all += Action("t.ask", fields) + ",";
  all += Action("t.reply", fields) + ",";
  all += Action("t.shut", fields) + ",";
  all += Action("t.name", officer + R"(,"to":"N")" + fields) + ",";
  all +=
      Action("t.move", officer + R"(,"to":{"field":"text","is":{"n":"N","x":"X"}})" + fields) + ",";
  all += Action("t.step", officer + R"(,"from":["-"])" + fields) + ",";
  all += Action("t.late", officer + R"(,"from":["N"],"requires":["t.name"])" + fields) + ",";
  all += Action("t.back", officer + fields) + ",";
  all += Action("t.file", R"(,"track":"report","fields":{"report":{"type":"list"}})") + ",";
  all += R"({"type":"t.sign","title":{"id":"t","en":"t"},"roles":["a"],"min_signers":2})";
  return all;
}

CalendarVersion Version(std::uint64_t index, UnixSeconds entered, const std::string& holidays) {
  auto parsed = ParseCalendar(
      R"({"format":"jejak/calendar/v1","id":"c","version":"1","title":{"id":"t","en":"t"},)"
      R"("source":"s","zone":"+07:00","from":"2024-01-01","to":"2024-12-31",)"
      R"("working_week":["mon","tue","wed","thu","fri"],"holidays":[)" +
      holidays + "]}");
  EXPECT_TRUE(parsed.calendar) << parsed.Explain();
  return {index, entered, parsed.calendar ? std::move(*parsed.calendar) : Calendar{}};
}

}  // namespace

json::Value Json(std::string_view text) {
  auto value = json::Parse(text, json::Rules::kBody);
  EXPECT_TRUE(value.ok()) << text;
  return value.ok() ? std::move(*value) : json::Value();
}

Definition DefinitionWith(const std::string& duty, const std::string& scope,
                          const std::string& parameters) {
  auto parsed = ParseDefinition(
      R"({"format":"jejak/procedure/v1","id":"edge","version":"1","title":{"id":"t","en":"t"},
      "source":"s","zone":"+07:00","calendar":"calendar/c","parameters":{)" +
      parameters + R"(},"codes":{"level":[{"code":"low","id":"l","en":"l"},
      {"code":"high","id":"h","en":"h"}]},"tables":{},
      "tracks":{"officer":{"key":"about","initial":"-","states":{"N":{"id":"n","en":"n"},
      "X":{"id":"x","en":"x"}},"final":[],"reopens":["t.back"]},
      "report":{"key":"/report","initial":"-","states":{},"final":[]}},
      "roles":{"a":{"id":"a","en":"a"},"b":{"id":"b","en":"b"}},"closes":["t.shut"],"actions":[)" +
      Actions() + R"(],"rules":[{"id":"R","severity":"C","check":"S","scope":")" + scope +
      R"(","source":"policy","basis":["b"],"title":{"id":"t","en":"t"},"duties":[{"id":"d",)" +
      duty + R"(,"says":{"id":"s","en":"s"}}]}]})");
  EXPECT_TRUE(parsed.definition) << parsed.Explain();
  return parsed.definition ? std::move(*parsed.definition) : Definition{};
}

EdgeCase::EdgeCase(const std::string& duty, const std::string& scope,
                   const std::string& parameters) {
  definitions_.push_back(DefinitionWith(duty, scope, parameters));
  calendars_.push_back(Version(1, {0}, ""));
}

Act& EdgeCase::Add(std::string_view type, std::string_view body, std::vector<std::string> about) {
  Act act;
  act.seq = acts_.size();
  act.index = 10 + 2 * act.seq;
  act.position = act.seq;
  for (std::size_t i = 0; i < 8; ++i)
    act.id.bytes[i] = static_cast<std::uint8_t>(act.index >> (8 * i));
  act.type = type;
  act.about = std::move(about);
  act.at.instant = {kMonday + day * kDay};
  act.entered = act.at.instant;
  act.by = {{"u/p-1", "a", "h-1", "u", ""}};
  if (body == "?") {
    act.body_state = BodyState::kAbsent;
  } else if (!body.empty()) {
    act.body_state = BodyState::kPresent;
    act.body = Json(body);
  }
  acts_.push_back(std::move(act));
  return acts_.back();
}

Act& EdgeCase::Void(const Act& target) {
  return Add(kVoid, R"({"target":")" + EncodeBase64(target.id.bytes) + R"(","reason":"r"})");
}

Act& EdgeCase::Correct(const Act& target, const std::string& pointer, const std::string& value) {
  return Add(kCorrect, R"({"target":")" + EncodeBase64(target.id.bytes) + R"(","pointer":")" +
                           pointer + R"(","value":)" + value + R"(,"reason":"r"})");
}

void EdgeCase::Rebind(const std::string& duty, const std::string& scope,
                      const std::string& parameters) {
  rebound_at_.push_back(acts_.size());
  Add(kRebind);
  definitions_.push_back(DefinitionWith(duty, scope, parameters));
}

void EdgeCase::AddCalendar(UnixSeconds entered, const std::string& holidays) {
  calendars_.push_back(Version(11 + 2 * acts_.size(), entered, holidays));
}

Judgement EdgeCase::Judge() const {
  const std::vector<Act> acts(acts_.begin(), acts_.end());
  std::vector<Binding> bindings;
  for (std::size_t i = 0; i < definitions_.size(); ++i) {
    bindings.push_back({i == 0 ? 0 : rebound_at_[i - 1], &definitions_[i], 2, calendars_});
  }
  return Replay(acts, bindings, {kMonday + now * kDay});
}

std::string EdgeCase::Outcome(std::string_view rule, std::string_view instance) const {
  const Judgement judgement = Judge();
  if (!judgement.judged) return "not judged";
  const RuleVerdict* verdict = Find(judgement, rule, instance);
  if (verdict == nullptr) return "not_applicable";
  std::string text(OutcomeWord(verdict->outcome));
  if (verdict->due) text += " due " + verdict->due->text;
  if (verdict->causes.contents) text += " contents";
  if (verdict->causes.other) text += " other";
  if (verdict->remedied) text += " remedied";
  if (verdict->corrected) text += " corrected";
  if (verdict->kept) text += " kept";
  return text;
}

std::string EdgeCase::Checks(const Act& act) const {
  std::string text;
  for (const CheckVerdict& check : Judge().checks) {
    if (check.entry != act.index) continue;
    text += (text.empty() ? "" : ", ") + check.id + " " + std::string(OutcomeWord(check.outcome));
    if (check.kept) text += " kept";
  }
  return text;
}

const RuleVerdict* Find(const Judgement& judgement, std::string_view rule,
                        std::string_view instance) {
  for (const RuleVerdict& verdict : judgement.rules) {
    if (verdict.rule == rule && verdict.instance == instance) return &verdict;
  }
  return nullptr;
}

}  // namespace jejak::procedure::edge
