// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/lint.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "ledger/procedure/known_fields.h"

namespace jejak::procedure {
namespace {

// What names a field that tells who somebody is; whole words between "_".
constexpr std::array<std::string_view, 22> kPersonal{
    "name",    "names",  "identity", "contact", "nik",       "nip",     "phone", "address",
    "email",   "nama",   "alamat",   "telepon", "identitas", "kontak",  "ktp",   "passport",
    "surname", "mobile", "hp",       "birth",   "birthday",  "domicile"};
// Above it, rows are not compared two by two.
constexpr std::size_t kMaxComparedRows = 1000;

bool IsPersonal(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find('_', at), name.size());
    const std::string_view word = name.substr(at, end - at);
    if (std::find(kPersonal.begin(), kPersonal.end(), word) != kPersonal.end()) return true;
    at = end + 1;
  }
  return false;
}

bool TellsSomething(FieldType type) {
  return type == FieldType::kString || type == FieldType::kObject || type == FieldType::kList ||
         type == FieldType::kInteger;
}

// The fields of one action, each beside where it stands in the text.
class FieldLint final {
 public:
  explicit FieldLint(DefinitionDraft& draft) : draft_(draft) {}

  // A key must be readable by everyone, so it is not asked to be sealed.
  void Check(const Fields& fields, const json::Value* written, bool sealed,
             const std::string& key) {
    if (written == nullptr) return;
    for (const json::Member& member : written->members()) {
      const auto field = fields.find(member.name);
      if (field == fields.end()) continue;
      const bool hidden = sealed || field->second.sealed;
      CheckOptional(field->second, member);
      if (!hidden && member.name != key) CheckPersonal(field->second, member);
      CheckInside(field->second, member.value, hidden);
    }
  }

 private:
  void CheckInside(const Declaration& declared, const json::Value& written, bool sealed) {
    Check(declared.fields, written.Find("fields"), sealed, {});
    for (const Declaration& item : declared.of) {
      if (const json::Value* of = written.Find("of"); of != nullptr) {
        CheckInside(item, *of, sealed || item.sealed);
      }
    }
  }

  void CheckOptional(const Declaration& declared, const json::Member& member) {
    if (declared.required || declared.default_value) return;
    if (!draft_.fields_read.contains(&declared) || draft_.fields_asked.contains(&declared)) return;
    draft_.problems.Warn(member.value, "a rule reads the optional field " + Quoted(member.name) +
                                           ", and no has asks for it: ask, require it, or give "
                                           "a default");
  }

  void CheckPersonal(const Declaration& declared, const json::Member& member) {
    if (!IsPersonal(member.name) || !TellsSomething(declared.type)) return;
    draft_.problems.Warn(member.value, "the field " + Quoted(member.name) +
                                           " may tell who somebody is, and isn't sealed: seal it");
  }

  DefinitionDraft& draft_;
};

// The states that actions of each track lead to, its initial one included.
std::vector<std::set<std::string>> ReachedStates(const Definition& definition) {
  std::vector<std::set<std::string>> reached;
  for (const Track& track : definition.tracks) reached.push_back({track.initial});
  for (const ActionType& action : definition.actions) {
    if (!action.track || !action.to) continue;
    std::set<std::string>& states = reached[*action.track];
    if (!action.to->to.empty()) states.insert(action.to->to);
    for (const auto& [value, state] : action.to->is) states.insert(state);
  }
  return reached;
}

void LintStates(DefinitionDraft& draft) {
  const auto reached = ReachedStates(draft.definition);
  const json::Value* tracks = draft.root.Find("tracks");
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const json::Value* states = tracks->members()[i].value.Find("states");
    if (states == nullptr) continue;
    for (const json::Member& state : states->members()) {
      if (reached[i].contains(state.name)) continue;
      draft.problems.Warn(state.value, "no action reaches the state " + Quoted(state.name) +
                                           ": lead to it, or remove it");
    }
  }
  for (std::size_t i = 0; i < draft.definition.actions.size(); ++i) {
    const ActionType& action = draft.definition.actions[i];
    if (!action.track || !action.from || action.from->empty()) continue;
    const bool possible = std::any_of(
        action.from->begin(), action.from->end(),
        [&](const std::string& state) { return reached[*action.track].contains(state); });
    if (possible) continue;
    draft.problems.Warn(*draft.root.Find("actions")->items()[i].Find("from"),
                        "no action reaches these states, so " + Quoted(action.type) +
                            " never follows the procedure, nor fires what is based on it");
  }
}

bool LessThan(const Datum& a, const Datum& b) {
  return a.kind == Datum::Kind::kInteger ? a.integer < b.integer : a.text < b.text;
}

bool IsWithin(const Datum& value, const Cell& range) {
  for (const auto* end : {&range.min, &range.max}) {
    if (*end && (*end)->kind != value.kind) return false;
  }
  return (!range.min || !LessThan(value, *range.min)) &&
         (!range.max || !LessThan(*range.max, value));
}

// Whether some value fits both.
bool Overlap(const Cell& a, const Cell& b) {
  if (a.any || b.any) return true;
  if (a.range && b.range) {
    const auto apart = [](const std::optional<Datum>& max, const std::optional<Datum>& min) {
      return max && min && (max->kind != min->kind || LessThan(*max, *min));
    };
    return !apart(a.max, b.min) && !apart(b.max, a.min);
  }
  const Cell& list = a.range ? b : a;
  const Cell& other = a.range ? a : b;
  return std::any_of(list.one_of.begin(), list.one_of.end(), [&](const Datum& value) {
    if (other.range) return IsWithin(value, other);
    return std::any_of(other.one_of.begin(), other.one_of.end(), [&](const Datum& one) {
      return one.kind == value.kind && one.text == value.text && one.integer == value.integer;
    });
  });
}

// A table's columns in the order in which its rows first write them, and which of them are results:
// those after the last range, or without any range the last one. The text says no more about it.
struct Columns {
  std::vector<std::string> conditions, results;
};

Columns ColumnsOf(const Table& table, const json::Value& written) {
  std::vector<std::string> order;
  std::set<std::string_view> seen;
  for (const json::Value& row : written.items()) {
    for (const json::Member& cell : row.members()) {
      if (seen.insert(cell.name).second) order.push_back(cell.name);
    }
  }
  const auto is_range = [&](const std::string& column) {
    return std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
      const auto cell = row.find(column);
      return cell != row.end() && cell->second.range;
    });
  };
  const auto last = std::find_if(order.rbegin(), order.rend(), is_range).base();
  const auto first_result = last == order.begin() && !order.empty() ? order.end() - 1 : last;
  return {{order.begin(), first_result}, {first_result, order.end()}};
}

bool OverlapIn(const std::map<std::string, Cell>& a, const std::map<std::string, Cell>& b,
               const std::vector<std::string>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
    const auto left = a.find(column);
    const auto right = b.find(column);
    return left == a.end() || right == b.end() || Overlap(left->second, right->second);
  });
}

void LintTable(const Table& table, const json::Value& written, ProblemList& problems) {
  if (table.rows.size() > kMaxComparedRows) return;
  const Columns columns = ColumnsOf(table, written);
  if (columns.conditions.empty()) return;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!OverlapIn(table.rows[i], table.rows[j], columns.conditions)) continue;
      if (OverlapIn(table.rows[i], table.rows[j], columns.results)) continue;
      problems.Warn(written.items()[i], "the row overlaps with row " + std::to_string(j) +
                                            " and gives another result: part their conditions");
      break;
    }
  }
}

}  // namespace

void Lint(DefinitionDraft& draft) {
  const Definition& definition = draft.definition;
  if (const json::Value* actions = draft.root.Find("actions"); actions != nullptr) {
    for (std::size_t i = 0; i < definition.actions.size(); ++i) {
      const ActionType& action = definition.actions[i];
      const std::string key = action.track ? definition.tracks[*action.track].key_field : "";
      FieldLint(draft).Check(action.fields, actions->items()[i].Find("fields"), false, key);
    }
  }
  LintStates(draft);
  const json::Value* tables = draft.root.Find("tables");
  for (std::size_t i = 0; i < definition.tables.size(); ++i) {
    LintTable(definition.tables[i], tables->members()[i].value, draft.problems);
  }
}

}  // namespace jejak::procedure
