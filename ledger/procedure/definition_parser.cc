// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "ledger/base/lexical.h"
#include "ledger/procedure/action_parser.h"
#include "ledger/procedure/definition_draft.h"
#include "ledger/procedure/lint.h"
#include "ledger/procedure/rule_parser.h"
#include "ledger/procedure/table_parser.h"

namespace jejak::procedure {
namespace {

bool IsCalendarStream(std::string_view text) {
  constexpr std::string_view kPrefix = "calendar/";
  return text.starts_with(kPrefix) && IsId(text.substr(kPrefix.size()));
}

// The parts that come before actions and rules.
class HeadParser final {
 public:
  HeadParser(MemberCursor& in, DefinitionDraft& draft)
      : in_(in), draft_(draft), definition_(draft.definition) {}

  void Parse() {
    in_.Text(
        "format", [](std::string_view text) { return text == kDefinitionFormat; },
        "jejak/procedure/v1, the one format that is understood");
    definition_.id = in_.Text("id", IsId, "an id of a-z, 0-9 and -");
    definition_.version = in_.Text("version", IsVersion, "a version like 1.2");
    definition_.source = in_.Text("source", IsAnyText, "a text that names the source");
    ParseZone();
    definition_.calendar = in_.Text("calendar", IsCalendarStream, "calendar/ and a calendar's id");
    in_.Members(in_.Required("parameters"), [&](const json::Member& m) { ParseParameter(m); });
    definition_.title = draft_.ReadWords(in_.Required("title"), true);
    definition_.max_entry_lag = Lag("max_entry_lag");
    definition_.max_assent_lag = Lag("max_assent_lag");
    in_.Members(in_.Required("codes"), [&](const json::Member& m) { ParseCodes(m); });
    in_.Members(in_.Required("roles"), [&](const json::Member& m) { ParseRole(m); });
    ParseTables(in_.Required("tables"), draft_);
  }

 private:
  void Error(const json::Value& at, std::string message) {
    draft_.problems.Error(at, std::move(message));
  }

  void ParseZone() {
    const json::Value* zone = in_.Required("zone");
    if (zone == nullptr) return;
    if (zone->is_array()) {
      for (const json::Value& item : zone->items()) ParseZonePart(item);
      if (zone->items().empty()) Error(*zone, "the list is empty: name at least one offset");
      return;
    }
    const auto minutes = jejak::ParseZone(zone->as_string());
    if (!zone->is_string() || !minutes.ok()) {
      return Error(*zone, "it must be an offset like +07:00, or a list of {from, offset}");
    }
    definition_.zone.emplace_back(UnixSeconds{}, *minutes);
  }

  void ParseZonePart(const json::Value& value) {
    MemberCursor in(value, "a part of zone", draft_.problems);
    const auto is_instant = [](std::string_view text) {
      return ParseTime(text).ok() || ParseAt(text).ok();
    };
    const std::string from = in.Text("from", is_instant, "a time like 2024-03-31T01:00:00Z");
    const std::string offset = in.Text("offset", IsZone, "an offset like +07:00");
    in.Finish();
    if (from.empty() || offset.empty()) return;
    const auto time = ParseTime(from);
    const UnixSeconds instant = time.ok() ? *time : ParseAt(from)->instant;
    if (!definition_.zone.empty() && instant <= definition_.zone.back().first) {
      Error(*value.Find("from"), "it is not after the one before: put them in time order");
    }
    definition_.zone.emplace_back(instant, *jejak::ParseZone(offset));
  }

  void ParseParameter(const json::Member& member) {
    if (!IsName(member.name)) {
      Error(member.value, "the parameter name " + Quoted(member.name) +
                              " won't do: use letters, digits and _, a letter first");
    }
    MemberCursor in(member.value, "a parameter", draft_.problems);
    Parameter parameter;
    if (const json::Value* value = in.Required("value"); value != nullptr) {
      parameter.value = ParseConstant(*value, true, draft_.problems);
    }
    parameter.source = ReadSource(in);
    parameter.basis = in.Text("basis", IsAnyText, "a text that names the basis");
    in.Finish();
    definition_.parameters.emplace(member.name, std::move(parameter));
  }

  // Of the two parameters that are understood.
  std::optional<std::int64_t> Lag(const std::string& name) {
    const auto found = definition_.parameters.find(name);
    if (found == definition_.parameters.end()) return std::nullopt;
    const Datum& value = found->second.value;
    if (value.kind == Datum::Kind::kInteger && value.integer >= 0) return value.integer;
    const json::Value* parameter = draft_.root.Find("parameters")->Find(name);
    if (const json::Value* at = parameter->Find("value"); at != nullptr) {
      Error(*at, "it must be a number of working days, an integer of 0 or more");
    }
    return std::nullopt;
  }

  void ParseCodes(const json::Member& member) {
    if (!IsName(member.name)) {
      Error(member.value, "the name " + Quoted(member.name) +
                              " won't do: use letters, digits and _, a letter first");
    }
    std::vector<CodeName>& codes = definition_.codes[member.name];
    auto& seen = draft_.code_sets[member.name];
    in_.Items(&member.value, [&](const json::Value& item) {
      MemberCursor in(item, "a code", draft_.problems);
      CodeName name;
      name.code = in.Text("code", IsAnyText, "a code");
      if (item.is_object()) name.words = ReadCodeWords(in);
      in.Finish();
      if (!name.code.empty() && !seen.insert(name.code).second) {
        Error(*item.Find("code"), Quoted(name.code) + " is declared twice: declare it once");
      }
      codes.push_back(std::move(name));
    });
  }

  // {"code":…,"id":…,"en":…}: the texts stand beside the code.
  Words ReadCodeWords(MemberCursor& in) {
    Words words;
    const auto read = [&](std::string_view language, std::string& text) {
      const json::Value* value = in.Optional(language);
      if (value == nullptr) return;
      if (!value->is_string()) return Error(*value, "it must be a text");
      text = value->as_string();
    };
    read("id", words.id);
    read("en", words.en);
    if (words.id.empty() && words.en.empty()) {
      Error(in.value(), "the code has no text: add \"id\" and \"en\"");
    } else if (words.id.empty() || words.en.empty()) {
      draft_.problems.Warn(in.value(),
                           std::string("the code has a text in one language only: add ") +
                               (words.id.empty() ? "\"id\"" : "\"en\""));
    }
    return words;
  }

  void ParseRole(const json::Member& member) {
    if (!IsWord(member.name)) {
      Error(member.value,
            "the role " + Quoted(member.name) + " won't do: use a-z, 0-9 and _, a letter first");
    }
    definition_.roles.emplace(member.name, draft_.ReadWords(&member.value, false));
  }

  MemberCursor& in_;
  DefinitionDraft& draft_;
  Definition& definition_;
};

// A type in `closes` may be one that nobody declared: then nothing that is understood closes.
void ParseCloses(MemberCursor& in, DefinitionDraft& draft) {
  in.Items(in.Required("closes"), [&](const json::Value& item) {
    const std::string type = ReadText(item, IsType, "a type like case.close", draft.problems);
    if (type.empty()) return;
    if (!draft.KnowsType(type)) {
      draft.problems.Warn(item, "no action " + Quoted(type) + " is declared, so it closes nothing");
    }
    draft.definition.closes.push_back(type);
  });
}

// What JSON refuses. Of a name that occurs twice it tells where its second value begins; the name
// stands before that.
Problem OfJson(std::string_view text, const json::Fault& fault, std::string detail) {
  if (detail.find("occurs twice") == detail.npos) return {true, fault.pointer, std::move(detail)};
  const std::string_view before = text.substr(0, fault.offset);
  const std::size_t end = before.find_last_of('"');
  std::size_t begin = end;
  do {
    begin = begin == 0 || begin == before.npos ? before.npos : before.find_last_of('"', begin - 1);
  } while (begin != before.npos && begin > 0 && before[begin - 1] == '\\');
  if (begin == before.npos) return {true, fault.pointer, std::move(detail)};
  const std::string name(before.substr(begin + 1, end - begin - 1));
  return {true, fault.pointer + "/" + name,
          "the member " + Quoted(name) + " is given twice: remove one"};
}

void ParseWhole(DefinitionDraft& draft) {
  MemberCursor in(draft.root, "a definition", draft.problems);
  if (!draft.root.is_object()) return;
  const json::Value* actions = in.Required("actions");
  ParseTypeNames(actions, draft);
  HeadParser(in, draft).Parse();
  ParseTracks(in.Required("tracks"), draft);
  ParseActions(actions, draft);
  ParseCloses(in, draft);
  ParseRules(in.Required("rules"), draft);
  in.Finish();
  Lint(draft);
}

}  // namespace

ParsedDefinition ParseDefinition(std::string_view text) {
  ParsedDefinition parsed;
  json::Fault fault;
  const auto root = json::Parse(text, json::Rules::kContainer, &fault);
  if (!root.ok()) {
    parsed.problems.push_back(OfJson(text, fault, root.error().detail));
    return parsed;
  }
  DefinitionDraft draft(*root);
  ParseWhole(draft);
  if (!draft.problems.has_errors()) parsed.definition = std::move(draft.definition);
  parsed.problems = draft.problems.Finish(*root);
  return parsed;
}

std::string ParsedDefinition::Explain() const { return FirstError(problems); }

}  // namespace jejak::procedure
