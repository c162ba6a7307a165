// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/table_parser.h"

namespace jejak::procedure {
namespace {

// An integer or the text of a date; null is an open end.
std::optional<Datum> ParseEnd(const json::Value* value, ProblemList& problems) {
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (value->is_integer()) return Datum::Integer(value->as_integer());
  if (value->is_string() && ParseDate(value->as_string()).ok()) {
    return Datum::Text(value->as_string());
  }
  problems.Error(*value, "an end of a range must be an integer, a date YYYY-MM-DD, or null");
  return std::nullopt;
}

Cell ParseRange(const json::Value& value, ProblemList& problems) {
  Cell cell;
  cell.range = true;
  MemberCursor in(value, "a range", problems);
  cell.min = ParseEnd(in.Required("min"), problems);
  cell.max = ParseEnd(in.Required("max"), problems);
  in.Finish();
  if (!cell.min || !cell.max) return cell;
  if (cell.min->kind != cell.max->kind) {
    problems.Error(value, "min and max must both be integers, or both dates");
  } else if (cell.max->integer < cell.min->integer || cell.max->text < cell.min->text) {
    problems.Error(value, "max is before min: exchange them");
  }
  return cell;
}

Cell ParseCell(const json::Value& value, ProblemList& problems) {
  if (value.is_object()) return ParseRange(value, problems);
  Cell cell;
  cell.any = value.is_string() && value.as_string() == "*";
  if (cell.any) return cell;
  if (value.is_array()) {
    for (const json::Value& item : value.items()) {
      cell.one_of.push_back(ParseConstant(item, false, problems));
    }
    if (value.items().empty()) problems.Error(value, "the list is empty: name a value, or \"*\"");
  } else {
    cell.one_of.push_back(ParseConstant(value, false, problems));
  }
  return cell;
}

}  // namespace

Datum ParseConstant(const json::Value& value, bool lists, ProblemList& problems) {
  if (value.is_string()) return Datum::Text(value.as_string());
  if (value.is_integer()) return Datum::Integer(value.as_integer());
  if (value.is_bool()) return Datum::Bool(value.as_bool());
  if (!lists || !value.is_array()) {
    problems.Error(value, lists ? "it must be a text, an integer, true, false, or a list of these"
                                : "it must be a text, an integer, true or false");
    return {};
  }
  Datum list;
  list.kind = Datum::Kind::kList;
  for (const json::Value& item : value.items()) {
    list.items.push_back(ParseConstant(item, false, problems));
  }
  return list;
}

void ParseTables(const json::Value* tables, DefinitionDraft& draft) {
  if (tables == nullptr) return;
  if (!tables->is_object()) return draft.problems.Error(*tables, "it must be an object of tables");
  for (const json::Member& member : tables->members()) {
    Table& table = draft.definition.tables.emplace_back();
    table.name = member.name;
    if (!member.value.is_array()) {
      draft.problems.Error(member.value, "a table must be a list of rows");
      continue;
    }
    for (const json::Value& row : member.value.items()) {
      auto& cells = table.rows.emplace_back();
      if (!row.is_object()) draft.problems.Error(row, "a row must be an object of cells by column");
      for (const json::Member& cell : row.members()) {
        cells.emplace(cell.name, ParseCell(cell.value, draft.problems));
      }
    }
  }
}

}  // namespace jejak::procedure
