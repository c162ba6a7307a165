// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/rule_parser.h"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/procedure/expression_parser.h"
#include "ledger/procedure/operand_lint.h"

namespace jejak::procedure {
namespace {

constexpr std::array<std::string_view, 2> kSeverities{"C", "M"};
constexpr std::array<std::string_view, 3> kChecks{"P", "S", "P/S"};

// "case", or the name of a track.
Scope ReadScope(const json::Value* value, DefinitionDraft& draft) {
  if (value == nullptr) return std::nullopt;
  if (value->is_string() && value->as_string() == "case") return std::nullopt;
  const auto& tracks = draft.definition.tracks;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    if (value->is_string() && tracks[i].name == value->as_string()) return i;
  }
  draft.problems.Error(*value, "unknown scope " + Quoted(value->as_string()) +
                                   ": it must be case, or the name of a track");
  return std::nullopt;
}

class DutyParser final {
 public:
  DutyParser(const json::Value& value, Scope scope, DefinitionDraft& draft, KnownFields& fields)
      : in_(value, "a duty", draft.problems),
        draft_(draft),
        names_(duty_),
        around_{draft, fields, names_, scope},
        expressions_(around_) {}

  Duty Parse() {
    if (!in_.value().is_object()) return {};
    duty_.id = in_.Text("id", IsName, "a name of letters, digits and _");
    if (const json::Value* scope = in_.Optional("scope")) around_.scope = ReadScope(scope, draft_);
    duty_.scope = around_.scope;
    if (const json::Value* each = in_.Optional("each")) ParseEach(*each);
    if (const json::Value* let = in_.Optional("let")) {
      in_.Members(let, [&](const json::Member& pick) { ParsePick(pick); });
    }
    if (const json::Value* when = in_.Optional("when")) ParseWhen(*when);
    if (const json::Value* require = in_.Required("require")) ParseRequire(*require);
    duty_.says = draft_.ReadWords(in_.Required("says"), true);
    in_.Finish();
    for (const BoundName& name : names_.all()) LintPick(name);
    return std::move(duty_);
  }

 private:
  void Error(const json::Value& at, std::string message) {
    draft_.problems.Error(at, std::move(message));
  }

  // Binds the first name, so it stands before everything that may name it.
  void ParseEach(const json::Value& each) {
    TypeSet types;
    std::string name;
    duty_.each = expressions_.ParseSelector(each, types, &name);
    ++around_.quantifiers;
    LintTracks(each, types);
    BoundName* bound = names_.Bind(name.empty() ? "x" : name, each);
    bound->types = std::move(types);
  }

  // An act of another track has no instance of this one to be judged in.
  void LintTracks(const json::Value& each, const TypeSet& types) {
    if (!around_.scope) return;
    for (const std::string& type : types.types) {
      const ActionType* action = draft_.definition.FindAction(type);
      if (action == nullptr || !action->track || action->track == around_.scope) continue;
      const auto& tracks = draft_.definition.tracks;
      Error(*each.Find("type"), "each on " + Quoted(type) + " of another track, " +
                                    Quoted(tracks[*action->track].name) + ": change the scope");
    }
  }

  void ParsePick(const json::Member& member) {
    MemberCursor in(member.value, "a pick", draft_.problems);
    if (!member.value.is_object()) return;
    const json::Value* first = in.Optional("first");
    const json::Value* last = in.Optional("last");
    if ((first == nullptr) == (last == nullptr)) {
      Error(member.value, "a pick must be {\"first\":…} or {\"last\":…}");
    }
    in.Finish();
    const json::Value* selector = first != nullptr ? first : last;
    if (selector == nullptr) return;
    Pick pick;
    pick.last = first == nullptr;
    TypeSet types;
    expressions_.InPick(true);
    pick.selector = expressions_.ParseSelector(*selector, types);
    expressions_.InPick(false);
    if (!IsBindable(member.name)) {
      return Error(member.value,
                   Quoted(member.name) + " won't do: it must be " + std::string(kBindable));
    }
    BoundName* bound = names_.Bind(member.name, member.value);
    if (bound == nullptr) {
      return Error(member.value, Quoted(member.name) + " is bound already: use another name");
    }
    pick.name = bound->number;
    bound->is_pick = true;
    bound->types = std::move(types);
    duty_.let.push_back(pick);
  }

  void ParseWhen(const json::Value& when) {
    duty_.when = expressions_.ParseCondition(when);
    if (Constant(*duty_.when) == false) {
      draft_.problems.Warn(when, "when is never true, so the duty is never asked");
    }
  }

  void ParseRequire(const json::Value& require) {
    duty_.require = expressions_.ParseRequirement(require);
    if (Constant(duty_.require) == true) {
      draft_.problems.Warn(require, "require is always true, so the duty asks nothing");
    }
  }

  // Picks that only bound other picks need no guard: what they don't find, those don't either.
  void LintPick(const BoundName& name) {
    if (!name.is_pick || name.in_found || (name.bounds_pick && !name.used)) return;
    const std::string& called = duty_.names[static_cast<std::size_t>(name.number)];
    draft_.problems.Warn(*name.bound_at,
                         "no found names the pick " + Quoted(called) + ": guard it with found");
  }

  MemberCursor in_;
  DefinitionDraft& draft_;
  Duty duty_;
  DutyNames names_;
  Surroundings around_;
  ExpressionParser expressions_;
};

Rule ParseRule(const json::Value& value, DefinitionDraft& draft, KnownFields& fields) {
  MemberCursor in(value, "a rule", draft.problems);
  Rule rule;
  if (!value.is_object()) return rule;
  rule.id = in.Text("id", IsName, "a name of letters, digits and _");
  rule.severity = kSeverities[in.Word("severity", {kSeverities.begin(), kSeverities.end()})];
  rule.check = kChecks[in.Word("check", {kChecks.begin(), kChecks.end()})];
  const Scope scope = ReadScope(in.Required("scope"), draft);
  rule.source = ReadSource(in);
  in.Items(in.Required("basis"), [&](const json::Value& item) {
    rule.basis.push_back(ReadText(item, IsAnyText, "a text", draft.problems));
  });
  rule.title = draft.ReadWords(in.Required("title"), true);
  const json::Value* duties = in.Required("duties");
  std::set<std::string> ids;
  in.Items(duties, [&](const json::Value& item) {
    if (draft.problems.full()) return;
    rule.duties.push_back(DutyParser(item, scope, draft, fields).Parse());
    const std::string& id = rule.duties.back().id;
    if (!id.empty() && !ids.insert(id).second) {
      draft.problems.Error(*item.Find("id"), Quoted(id) + " is used twice: change one");
    }
  });
  if (duties != nullptr && duties->is_array() && duties->items().empty()) {
    draft.problems.Error(*duties, "a rule needs at least one duty: add it, or remove the rule");
  }
  in.Finish();
  return rule;
}

}  // namespace

void ParseRules(const json::Value* rules, DefinitionDraft& draft) {
  if (rules == nullptr) return;
  if (!rules->is_array()) return draft.problems.Error(*rules, "it must be a list of rules");
  KnownFields fields(draft.definition);
  std::set<std::string> ids;
  for (const json::Value& item : rules->items()) {
    if (draft.problems.full()) return;
    draft.definition.rules.push_back(ParseRule(item, draft, fields));
    const std::string& id = draft.definition.rules.back().id;
    if (!id.empty() && !ids.insert(id).second) {
      draft.problems.Error(*item.Find("id"), Quoted(id) + " is used twice: change one");
    }
  }
}

}  // namespace jejak::procedure
