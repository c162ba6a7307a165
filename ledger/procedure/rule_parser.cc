// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/rule_parser.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "ledger/procedure/corrections.h"
#include "ledger/procedure/expression_parser.h"

namespace jejak::procedure {
namespace {

std::string AsText(const Datum& datum) {
  switch (datum.kind) {
    case Datum::Kind::kInteger:
      return std::to_string(datum.integer);
    case Datum::Kind::kBool:
      return datum.integer != 0 ? "true" : "false";
    case Datum::Kind::kList: {
      std::string list;
      for (const Datum& item : datum.items) list += (list.empty() ? "" : ", ") + AsText(item);
      return list;
    }
    default:
      return datum.text;
  }
}

class RuleReader final {
 public:
  RuleReader(Definition& definition, Problems& problems)
      : definition_(definition), problems_(problems), expressions_(definition, problems) {}

  Rule Read(const json::Value& value, const std::string& pointer) {
    ObjectCursor cursor(value, pointer, problems_);
    Rule rule;
    rule.id = cursor.NeedText("id");
    rule.severity = cursor.NeedOneOf("severity", {"C", "M"});
    rule.check = cursor.NeedText("check");
    rule.source = cursor.NeedOneOf("source", {"law", "article", "policy", "unverified"});
    rule.basis = cursor.NeedTexts("basis");
    rule.title = PutIn(cursor.NeedWords("title"), cursor.At("title"));
    const Scope scope = ReadScope(cursor, true);
    ReadDuties(cursor, scope, rule);
    cursor.Finish();
    return rule;
  }

 private:
  // `{p}` becomes the value of parameter p.
  std::string PutIn(const std::string& text, const std::string& pointer) {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t open = std::min(text.find('{', at), text.size());
      const std::size_t close = text.find('}', open);
      out += text.substr(at, open - at);
      if (open == text.size() || close == std::string::npos) return out + text.substr(open);
      const std::string name = text.substr(open + 1, close - open - 1);
      const auto found = definition_.parameters.find(name);
      if (found == definition_.parameters.end()) {
        problems_.Error(pointer,
                        "parameter \"" + name + "\" is unknown: declare it in /parameters");
      } else {
        out += AsText(found->second.value);
      }
      at = close + 1;
    }
    return out;
  }

  Words PutIn(Words words, const std::string& pointer) {
    return {PutIn(words.id, pointer), PutIn(words.en, pointer)};
  }

  Scope ReadScope(ObjectCursor& cursor, bool needed) {
    const std::string name = needed ? cursor.NeedText("scope") : cursor.TakeText("scope");
    if (name.empty() || name == "case") return std::nullopt;
    for (std::size_t i = 0; i < definition_.tracks.size(); ++i) {
      if (definition_.tracks[i].name == name) return i;
    }
    problems_.Error(cursor.At("scope"),
                    "track \"" + name + "\" is unknown: use \"case\" or a track of /tracks");
    return std::nullopt;
  }

  void ReadDuties(ObjectCursor& cursor, Scope scope, Rule& rule) {
    const json::Value* duties = cursor.Need("duties");
    if (duties == nullptr) return;
    if (!duties->is_array() || duties->items().empty()) {
      problems_.Error(cursor.At("duties"), "this must be a list of at least one duty");
    }
    std::set<std::string> ids;
    for (std::size_t i = 0; i < duties->items().size(); ++i) {
      const std::string at = PointerBelow(cursor.At("duties"), std::to_string(i));
      rule.duties.push_back(ReadDuty(duties->items()[i], at, scope));
      if (!ids.insert(rule.duties.back().id).second) {
        problems_.Error(at + "/id", "duty \"" + rule.duties.back().id + "\" is there twice");
      }
    }
  }

  Duty ReadDuty(const json::Value& value, const std::string& pointer, Scope scope) {
    ObjectCursor cursor(value, pointer, problems_);
    Duty duty;
    duty.id = cursor.NeedText("id");
    duty.scope = cursor.Has("scope") ? ReadScope(cursor, false) : scope;
    cursor.Take("scope");
    expressions_.Begin(duty.scope);
    ReadEach(cursor, duty);
    ReadLet(cursor, duty);
    if (const json::Value* when = cursor.Take("when")) {
      duty.when = expressions_.ReadExpression(*when, cursor.At("when"), {.condition = true});
    }
    if (const json::Value* require = cursor.Need("require")) {
      duty.require = expressions_.ReadExpression(*require, cursor.At("require"), {});
    }
    duty.says = PutIn(cursor.NeedWords("says"), cursor.At("says"));
    for (const NameInfo& info : expressions_.names()) duty.names.push_back(info.name);
    cursor.Finish();
    return duty;
  }

  void ReadEach(ObjectCursor& cursor, Duty& duty) {
    const json::Value* each = cursor.Take("each");
    if (each == nullptr) return;
    NameInfo info;
    duty.each = expressions_.ReadSelector(*each, cursor.At("each"), info);
    for (const std::string& type : info.types) {
      const ActionType* action = definition_.FindAction(type);
      if (!duty.scope || action == nullptr || !action->track || action->track == duty.scope)
        continue;
      problems_.Error(cursor.At("each"), "type \"" + type + "\" belongs to track " +
                                             definition_.tracks[*action->track].name +
                                             ": give the duty that scope, or scope case");
    }
    expressions_.Bind(std::move(info), cursor.At("each"));
  }

  void ReadLet(ObjectCursor& cursor, Duty& duty) {
    const json::Value* let = cursor.Take("let");
    if (let == nullptr) return;
    if (!let->is_object()) problems_.Error(cursor.At("let"), "this must be an object of picks");
    for (const json::Member& member : let->members()) {
      const std::string at = PointerBelow(cursor.At("let"), member.name);
      ObjectCursor picked(member.value, at, problems_);
      Pick pick;
      pick.last = picked.Has("last");
      const std::string_view which = pick.last ? "last" : "first";
      const json::Value* selector = picked.Need(which);
      picked.Finish();
      if (selector == nullptr) continue;
      NameInfo info;
      pick.selector = expressions_.ReadSelector(*selector, picked.At(which), info);
      info.name = member.name;
      pick.name = expressions_.Bind(std::move(info), at);
      duty.let.push_back(std::move(pick));
    }
  }

  Definition& definition_;
  Problems& problems_;
  ExpressionReader expressions_;
};

}  // namespace

void ReadRules(const json::Value& value, const std::string& pointer, Definition& definition,
               Problems& problems) {
  if (!value.is_array()) problems.Error(pointer, "this must be a list of rules");
  RuleReader reader(definition, problems);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    const std::string at = PointerBelow(pointer, std::to_string(i));
    definition.rules.push_back(reader.Read(value.items()[i], at));
    if (!ids.insert(definition.rules.back().id).second) {
      problems.Error(at + "/id", "rule \"" + definition.rules.back().id + "\" is there twice");
    }
  }
}

}  // namespace jejak::procedure
