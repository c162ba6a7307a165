// SPDX-License-Identifier: Apache-2.0
// The top of a definition: everything but actions and rules, in the order in which they are needed.
#include <algorithm>
#include <optional>
#include <utility>

#include "ledger/procedure/action_parser.h"
#include "ledger/procedure/corrections.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/member_cursor.h"
#include "ledger/procedure/rule_parser.h"

namespace jejak::procedure {
namespace {

std::optional<Datum> ConstantOf(const json::Value& value) {
  if (value.is_string()) return Datum::Text(value.as_string());
  if (value.is_integer()) return Datum::Integer(value.as_integer());
  if (value.is_bool()) return Datum::Bool(value.as_bool());
  if (!value.is_array()) return std::nullopt;
  Datum list;
  list.kind = Datum::Kind::kList;
  for (const json::Value& item : value.items()) {
    if (item.is_array()) return std::nullopt;
    auto read = ConstantOf(item);
    if (!read) return std::nullopt;
    list.items.push_back(std::move(*read));
  }
  return list;
}

class DefinitionReader final {
 public:
  DefinitionReader(const json::Value& root, Problems& problems)
      : cursor_(root, "", problems), problems_(problems) {}

  Definition Read() {
    ReadHead();
    ReadEach("parameters", [&](const std::string& name, const json::Value& value,
                               const std::string& at) { ReadParameter(name, value, at); });
    ReadLags();
    ReadEach("codes", [&](const std::string& name, const json::Value& value,
                          const std::string& at) { ReadCodes(name, value, at); });
    ReadEach("tables", [&](const std::string& name, const json::Value& value,
                           const std::string& at) { ReadTable(name, value, at); });
    ReadEach("tracks", [&](const std::string& name, const json::Value& value,
                           const std::string& at) { ReadTrack(name, value, at); });
    ReadEach("roles",
             [&](const std::string& name, const json::Value& value, const std::string& at) {
               (void)at;
               ObjectCursor words(value, at, problems_);
               definition_.roles[name] = {words.NeedText("id"), words.NeedText("en")};
               words.Finish();
             });
    definition_.closes = cursor_.NeedTexts("closes");
    if (const json::Value* actions = cursor_.Need("actions")) {
      ReadActions(*actions, cursor_.At("actions"), definition_, problems_);
    }
    CheckTypeLists();
    if (const json::Value* rules = cursor_.Need("rules")) {
      ReadRules(*rules, cursor_.At("rules"), definition_, problems_);
    }
    cursor_.Finish();
    return std::move(definition_);
  }

 private:
  template <class Reader>
  void ReadEach(std::string_view name, Reader&& reader) {
    const json::Value* object = cursor_.Need(name);
    if (object == nullptr) return;
    if (!object->is_object()) problems_.Error(cursor_.At(name), "this must be an object");
    for (const json::Member& member : object->members()) {
      reader(member.name, member.value, PointerBelow(cursor_.At(name), member.name));
    }
  }

  void ReadHead() {
    const std::string format = cursor_.NeedText("format");
    if (!format.empty() && format != kDefinitionFormat) {
      problems_.Error(
          "/format", "the format is unknown: this program reads " + std::string(kDefinitionFormat));
    }
    definition_.id = cursor_.NeedText("id");
    definition_.version = cursor_.NeedText("version");
    definition_.title = cursor_.NeedWords("title");
    definition_.source = cursor_.NeedText("source");
    ReadZone();
    definition_.calendar = cursor_.NeedText("calendar");
    constexpr std::string_view kPrefix = "calendar/";
    const bool named =
        definition_.calendar.starts_with(kPrefix) && definition_.calendar.size() > kPrefix.size();
    if (!definition_.calendar.empty() && !named) {
      problems_.Error("/calendar", "this must be \"calendar/\" and the calendar's id");
    }
  }

  void ReadZone() {
    const json::Value* zone = cursor_.Need("zone");
    if (zone == nullptr) return;
    if (zone->is_string()) {
      AddZone({0}, *zone, "/zone");
      return;
    }
    if (!zone->is_array() || zone->items().empty()) {
      problems_.Error("/zone", "this must be an offset as \"+07:00\", or a list of {from, offset}");
    }
    for (std::size_t i = 0; i < zone->items().size(); ++i) {
      ObjectCursor part(zone->items()[i], PointerBelow("/zone", std::to_string(i)), problems_);
      const std::string from = part.NeedText("from");
      UnixSeconds start{0};
      if (const auto time = ParseTime(from); time.ok()) {
        start = *time;
      } else if (const auto at = ParseAt(from); at.ok()) {
        start = at->instant;
      } else {
        problems_.Error(part.At("from"), "this must be a time as \"2024-01-01T00:00:00Z\"");
      }
      if (!definition_.zone.empty() && start <= definition_.zone.back().first) {
        problems_.Error(part.At("from"), "the list must be in time order");
      }
      if (const json::Value* offset = part.Need("offset"))
        AddZone(start, *offset, part.At("offset"));
      part.Finish();
    }
  }

  void AddZone(UnixSeconds from, const json::Value& offset, const std::string& pointer) {
    const auto minutes = ParseZone(offset.as_string());
    if (!minutes.ok()) {
      problems_.Error(pointer, "this must be an offset as \"+07:00\", from -12:00 to +14:00");
      return;
    }
    definition_.zone.emplace_back(from, *minutes);
  }

  void ReadParameter(const std::string& name, const json::Value& value, const std::string& at) {
    ObjectCursor cursor(value, at, problems_);
    Parameter parameter;
    if (const json::Value* given = cursor.Need("value")) {
      const auto constant = ConstantOf(*given);
      if (constant) {
        parameter.value = *constant;
      } else {
        problems_.Error(cursor.At("value"),
                        "this must be a text, an integer, true, false or a list of them");
      }
    }
    parameter.source = cursor.NeedOneOf("source", {"law", "article", "policy", "unverified"});
    parameter.basis = cursor.NeedText("basis");
    cursor.Finish();
    definition_.parameters.emplace(name, std::move(parameter));
  }

  void ReadLags() {
    const auto read = [&](const char* name, std::optional<std::int64_t>& to) {
      const auto found = definition_.parameters.find(name);
      if (found == definition_.parameters.end()) return;
      const Datum& value = found->second.value;
      if (value.kind == Datum::Kind::kInteger && value.integer >= 0) {
        to = value.integer;
      } else {
        problems_.Error("/parameters/" + std::string(name) + "/value",
                        "this must be a number of working days, not negative");
      }
    };
    read("max_entry_lag", definition_.max_entry_lag);
    read("max_assent_lag", definition_.max_assent_lag);
  }

  void ReadCodes(const std::string& name, const json::Value& value, const std::string& at) {
    std::vector<CodeName> codes;
    if (!value.is_array()) problems_.Error(at, "this must be a list of {code, id, en}");
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      ObjectCursor cursor(value.items()[i], PointerBelow(at, std::to_string(i)), problems_);
      CodeName code;
      code.code = cursor.NeedText("code");
      code.words = {cursor.NeedText("id"), cursor.NeedText("en")};
      cursor.Finish();
      const bool twice = std::any_of(codes.begin(), codes.end(), [&](const CodeName& other) {
        return other.code == code.code;
      });
      if (twice) problems_.Error(cursor.At("code"), "code \"" + code.code + "\" is there twice");
      codes.push_back(std::move(code));
    }
    definition_.codes.emplace(name, std::move(codes));
  }

  void ReadTable(const std::string& name, const json::Value& value, const std::string& at) {
    Table table;
    table.name = name;
    if (!value.is_array()) problems_.Error(at, "this must be a list of rows");
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      const std::string row_at = PointerBelow(at, std::to_string(i));
      const json::Value& row = value.items()[i];
      if (!row.is_object()) problems_.Error(row_at, "a row is an object: column to cell");
      std::map<std::string, Cell> cells;
      for (const json::Member& cell : row.members()) {
        cells.emplace(cell.name, ReadCell(cell.value, PointerBelow(row_at, cell.name)));
      }
      table.rows.push_back(std::move(cells));
    }
    definition_.tables.push_back(std::move(table));
  }

  Cell ReadCell(const json::Value& value, const std::string& at) {
    Cell cell;
    if (value.is_string() && value.as_string() == "*") {
      cell.any = true;
      return cell;
    }
    if (value.is_object()) {
      ObjectCursor range(value, at, problems_);
      cell.range = true;
      cell.min = ReadBound(range, "min");
      cell.max = ReadBound(range, "max");
      range.Finish();
      return cell;
    }
    const auto constant = ConstantOf(value);
    if (!constant) {
      problems_.Error(at, "a cell is a value, a list of values, {min, max} or \"*\"");
    } else if (constant->kind == Datum::Kind::kList) {
      cell.one_of = constant->items;
    } else {
      cell.one_of = {*constant};
    }
    return cell;
  }

  std::optional<Datum> ReadBound(ObjectCursor& range, std::string_view name) {
    const json::Value* bound = range.Take(name);
    if (bound == nullptr || bound->is_null()) return std::nullopt;
    const bool date = bound->is_string() && ParseDate(bound->as_string()).ok();
    if (!bound->is_integer() && !date) {
      problems_.Error(range.At(name), "a bound is an integer, a date, or null for open");
    }
    return ConstantOf(*bound);
  }

  void ReadTrack(const std::string& name, const json::Value& value, const std::string& at) {
    ObjectCursor cursor(value, at, problems_);
    Track track;
    track.name = name;
    if (name == "case")
      problems_.Error(at, "a track can't be called \"case\": choose another name");
    const std::string key = cursor.NeedText("key");
    const std::vector<std::string> tokens = PointerTokens(key);
    if (key.starts_with('/') && tokens.size() == 1 && !tokens[0].empty()) {
      track.key_field = tokens[0];
    } else if (!key.empty() && key != "about") {
      problems_.Error(cursor.At("key"),
                      "this must be \"about\", or a field at the top as \"/report\"");
    }
    track.initial = cursor.NeedText("initial");
    if (const json::Value* states = cursor.Need("states")) {
      if (!states->is_object()) problems_.Error(cursor.At("states"), "this must be an object");
      for (const json::Member& state : states->members()) {
        ObjectCursor words(state.value, PointerBelow(cursor.At("states"), state.name), problems_);
        track.states.emplace_back(state.name, Words{words.NeedText("id"), words.NeedText("en")});
        words.Finish();
      }
    }
    track.final_states = cursor.NeedTexts("final");
    for (const std::string& state : track.final_states) {
      const bool known = std::any_of(track.states.begin(), track.states.end(),
                                     [&](const auto& one) { return one.first == state; });
      if (!known) {
        problems_.Error(cursor.At("final"), "state \"" + state + "\" is not one of the states");
      }
    }
    track.reopens = cursor.TakeTexts("reopens");
    cursor.Finish();
    definition_.tracks.push_back(std::move(track));
  }

  void CheckTypeLists() {
    const auto check = [&](const std::vector<std::string>& types, const std::string& pointer) {
      for (const std::string& type : types) {
        if (definition_.by_type.contains(type)) continue;
        problems_.Error(pointer, "type \"" + type + "\" is unknown: declare it in /actions");
      }
    };
    // `closes` may name a type that isn't declared, as the definitions of event logs do.
    for (const Track& track : definition_.tracks) {
      check(track.reopens, PointerBelow("/tracks", track.name) + "/reopens");
    }
  }

  ObjectCursor cursor_;
  Problems& problems_;
  Definition definition_;
};

}  // namespace

std::string ParsedDefinition::Explain() const {
  for (const Problem& problem : problems) {
    if (problem.error) return problem.pointer + ": " + problem.message;
  }
  return {};
}

ParsedDefinition ParseDefinition(std::string_view text) {
  ParsedDefinition parsed;
  json::Fault fault;
  const auto root = json::Parse(text, json::Rules::kContainer, &fault);
  if (!root.ok()) {
    parsed.problems.push_back(
        {true, fault.pointer, "this is not JSON as the formats admit it: " + root.error().detail});
    return parsed;
  }
  Problems problems;
  Definition definition = DefinitionReader(*root, problems).Read();
  if (!problems.any_error()) parsed.definition = std::move(definition);
  parsed.problems = problems.Take();
  return parsed;
}

}  // namespace jejak::procedure
