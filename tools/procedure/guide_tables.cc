// SPDX-License-Identifier: Apache-2.0
//
// The sections of a guide that are tables: parameters, states, the definition's own tables, lists.
#include <algorithm>
#include <set>

#include "tools/procedure/guide.h"

namespace jejak::guide {
namespace {

using procedure::Cell;
using procedure::Datum;
using procedure::Parameter;
using procedure::Table;
using procedure::Track;

// A text that is the title of something in this definition is told by it: a unit of time, a role,
// a state.
std::string ParameterValue(const Parameter& parameter, const Naming& naming) {
  const Voice& voice = naming.voice();
  const auto word = [&](const std::string& text) -> std::string {
    if (const std::string unit = voice.Unit(text); unit != text) return unit;
    const procedure::Definition& definition = naming.definition();
    if (definition.roles.contains(text)) return naming.Role(text);
    for (std::size_t track = 0; track < definition.tracks.size(); ++track) {
      const auto& states = definition.tracks[track].states;
      if (std::any_of(states.begin(), states.end(),
                      [&text](const auto& state) { return state.first == text; }))
        return naming.State(track, text);
    }
    if (const Result<CivilDate> date = ParseDate(text); date.ok()) return voice.Date(*date);
    return voice.Literal(text);
  };
  const Datum& value = parameter.value;
  if (value.kind == Datum::Kind::kText) return word(value.text);
  if (value.kind != Datum::Kind::kList) return naming.Value(value, {});
  std::vector<std::string> items;
  for (const Datum& item : value.items)
    items.push_back(item.kind == Datum::Kind::kText ? word(item.text) : naming.Value(item, {}));
  return voice.And(items);
}

// What stands in a column: a type, a code of the list of that name, else of the first that has it.
Meaning ColumnMeaning(const procedure::Definition& definition, const std::string& column,
                      const Datum& datum) {
  if (datum.kind != Datum::Kind::kText) return {};
  if (column == "type" && definition.FindAction(datum.text) != nullptr)
    return {Meaning::Kind::kType, "", 0};
  const auto has = [&datum](const std::vector<procedure::CodeName>& codes) {
    return std::any_of(codes.begin(), codes.end(), [&datum](const procedure::CodeName& code) {
      return code.code == datum.text;
    });
  };
  const auto named = definition.codes.find(column);
  if (named != definition.codes.end() && has(named->second))
    return {Meaning::Kind::kCode, column, 0};
  for (const auto& [name, codes] : definition.codes) {
    if (has(codes)) return {Meaning::Kind::kCode, name, 0};
  }
  return {Meaning::Kind::kDate, "", 0};
}

std::string CellText(const Cell* cell, const std::string& column, const Naming& naming) {
  const Voice& voice = naming.voice();
  if (cell == nullptr || cell->any) return voice.Say("apa pun", "any");
  const auto value = [&](const Datum& datum) {
    return naming.Value(datum, ColumnMeaning(naming.definition(), column, datum));
  };
  if (cell->range) {
    if (cell->min && cell->max)
      return value(*cell->min) == value(*cell->max) ? value(*cell->min)
                                                    : value(*cell->min) + "–" + value(*cell->max);
    if (cell->min) return voice.Say("mulai ", "from ") + value(*cell->min);
    if (cell->max) return voice.Say("sampai ", "up to ") + value(*cell->max);
    return voice.Say("apa pun", "any");
  }
  std::vector<std::string> values;
  for (const Datum& datum : cell->one_of) values.push_back(value(datum));
  return voice.Or(values);
}

// As its rows first name them: what is asked before what follows.
std::vector<std::string> Columns(const Document& document, const Table& table) {
  std::vector<std::string> columns;
  const json::Value* tables = document.json.Find("tables");
  const json::Value* rows = tables == nullptr ? nullptr : tables->Find(table.name);
  if (rows == nullptr) return columns;
  for (const json::Value& row : rows->items()) {
    for (const json::Member& member : row.members()) {
      if (std::find(columns.begin(), columns.end(), member.name) == columns.end())
        columns.push_back(member.name);
    }
  }
  return columns;
}

std::string OneTable(const Document& document, const Table& table, const Naming& naming) {
  const std::vector<std::string> columns = Columns(document, table);
  std::vector<std::string> head;
  for (const std::string& column : columns) head.push_back(naming.Word("column:" + column));
  std::string text = "### " + Capital(naming.Word("table:" + table.name)) + " (`" + table.name +
                     "`)\n\n" + TableHead(head);
  for (const auto& row : table.rows) {
    std::vector<std::string> cells;
    for (const std::string& column : columns) {
      const auto found = row.find(column);
      cells.push_back(CellText(found == row.end() ? nullptr : &found->second, column, naming));
    }
    text += TableRow(cells);
  }
  return text + "\n";
}

std::string OneTrack(const Track& track, std::size_t index, const Naming& naming,
                     const std::string& picture) {
  const Voice& voice = naming.voice();
  std::string text = "### " + voice.Say("Status ", "States of the ") + naming.Track(index) + "\n\n";
  if (!picture.empty())
    text += "![" + voice.Say("Status ", "States of the ") + naming.Track(index) + "](" + picture +
            ")\n\n";
  std::vector<std::string> open;
  std::vector<std::string> closed;
  for (const auto& [code, words] : track.states) {
    const bool final = std::find(track.final_states.begin(), track.final_states.end(), code) !=
                       track.final_states.end();
    (final ? closed : open).push_back(voice.Name(voice.Of(words)));
  }
  text += voice.Say("Belum selesai: ", "Still open: ") + Join(open, ", ") + ". " +
          voice.Say("Selesai: ", "Finished: ") + Join(closed, ", ") + ".\n\n";
  if (track.reopens.empty()) return text;
  std::vector<std::string> types;
  for (const std::string& type : track.reopens) types.push_back(naming.Type(type));
  return text + voice.Say("Dibuka kembali oleh ", "Reopened by ") + voice.Or(types) +
         voice.Say(": sejak itu mulai babak baru.\n\n", ": a new segment begins with it.\n\n");
}

}  // namespace

std::string ParameterSection(const Document& document, const Naming& naming) {
  const Voice& voice = naming.voice();
  if (document.definition.parameters.empty()) return "";
  std::string text = "## " + voice.Say("Angka dan pilihan", "Numbers and choices") + "\n\n" +
                     TableHead({voice.Say("nama", "name"), voice.Say("nilai", "value"),
                                voice.Say("sumber", "source"), voice.Say("dasar", "basis"),
                                voice.Say("aturan", "rules")});
  for (const std::string& name : document.Names("parameters")) {
    const auto found = document.definition.parameters.find(name);
    if (found == document.definition.parameters.end()) continue;
    text += TableRow({"`" + name + "`", ParameterValue(found->second, naming),
                      voice.Source(found->second.source), found->second.basis,
                      Join(document.RulesThatUse(name), ", ")});
  }
  return text + "\n";
}

std::string StateSection(const Document& document, const Naming& naming,
                         const std::vector<std::string>& pictures) {
  const std::vector<Track>& tracks = document.definition.tracks;
  if (tracks.empty()) return "";
  std::string text = "## " + naming.voice().Say("Status", "States") + "\n\n";
  for (std::size_t i = 0; i < tracks.size(); ++i)
    text += OneTrack(tracks[i], i, naming, i < pictures.size() ? pictures[i] : "");
  return text;
}

std::string TableSection(const Document& document, const Naming& naming) {
  if (document.definition.tables.empty()) return "";
  std::string text = "## " + naming.voice().Say("Tabel", "Tables") + "\n\n";
  for (const Table& table : document.definition.tables) text += OneTable(document, table, naming);
  return text;
}

std::string ListSection(const Document& document, const Naming& naming) {
  const Voice& voice = naming.voice();
  const procedure::Definition& definition = document.definition;
  std::string text;
  if (!definition.codes.empty()) {
    text += "## " + voice.Say("Daftar pilihan", "Lists of choices") + "\n\n" +
            TableHead({voice.Say("daftar", "list"),
                       voice.Say("pilihan, berurutan", "choices, in order")});
    for (const std::string& name : document.Names("codes")) {
      std::vector<std::string> codes;
      for (const procedure::CodeName& code : definition.codes.at(name))
        codes.push_back(voice.Name(voice.Of(code.words)) + " `" + code.code + "`");
      text += TableRow({naming.Word("codes:" + name), Join(codes, ", ")});
    }
    text += "\n";
  }
  if (definition.roles.empty()) return text;
  text += "## " + voice.Say("Peran", "Roles") + "\n\n" +
          TableHead({voice.Say("peran", "role"), voice.Say("nama di log", "name in the log")});
  for (const std::string& role : document.Names("roles"))
    text += TableRow({naming.Role(role), "`" + role + "`"});
  return text + "\n";
}

}  // namespace jejak::guide
