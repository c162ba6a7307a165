// SPDX-License-Identifier: Apache-2.0
//
// Definition: a procedure as data (design/procedure.md "Definition", design/language.md), read
// strictly. No number, rule, role or sanction of any law is in this code: all of it comes in here.
//
//   {"format":"jejak/procedure/v1","id":"malang-article-2024","version":"1.0.0",…,
//    "tracks":{"report":{"key":"/report",…},"officer":{"key":"about",…}},
//    "actions":[{"type":"sidak.hold","track":"officer","from":["-"],…}],"rules":[{"id":"A01",…}]}
//
// What parses obeys the grammar and has no error of the Lint section: every name is bound, every
// selector closed, every type, field, table, column, code, parameter, role, state and track known.
// A faulty text gives every fault that was found, each with pointer, name and mend.
// Plain values, immutable once parsed: share them between threads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/procedure/datum.h"
#include "ledger/procedure/expression.h"

namespace jejak::procedure {

inline constexpr std::string_view kDefinitionFormat = "jejak/procedure/v1";
// Understood in every procedure, without a track.
inline constexpr std::string_view kAssent = "case.assent", kRebind = "case.rebind",
                                  kCorrect = "record.correct", kVoid = "record.void";
bool IsUnderstoodEverywhere(std::string_view type);

// Whether a list of types, roles or states names one.
bool Contains(const std::vector<std::string>& names, std::string_view name);

// One text in both languages.
struct Words {
  std::string id, en;
  bool operator==(const Words&) const = default;
};

enum class FieldType : std::uint8_t {
  kString,
  kCode,
  kDate,
  kTime,
  kInteger,
  kBoolean,
  kList,
  kObject,
  kAttachment
};

enum class Audience : std::uint8_t { kPublic, kParty, kOversight };

// What a field of a body, an item of a list or a member of an object may hold.
struct Declaration {
  FieldType type = FieldType::kString;
  std::string codes;                          // kCode: in Definition::codes
  std::vector<Declaration> of;                // kList: exactly one, or none if not stated
  std::map<std::string, Declaration> fields;  // kObject
  bool fields_stated = false;                 // kObject: without `fields` any member may appear
  bool required = false;
  bool sealed = false;  // must be; an attachment always is
  std::optional<json::Value> default_value;
  std::optional<Audience> audience;  // default: the action's
};

struct ActionType {
  struct Move {
    std::string to;  // a fixed state; "" = by the field
    std::string field;
    std::map<std::string, std::string> is;  // value as text -> state
  };
  struct Deadline {
    std::string from;  // a type
    std::int64_t max = 0;
    std::string unit, kind;
  };

  std::string type;
  Words title;
  std::optional<std::size_t> track;  // in Definition::tracks
  std::optional<std::vector<std::string>> from;
  std::optional<Move> to;
  std::vector<std::string> roles;
  std::uint64_t min_signers = 0;
  std::vector<std::vector<std::string>> requires_groups;  // each: one of these types
  bool must_be_after = false;
  std::vector<std::string> parties;
  std::map<std::string, Declaration> fields;
  Audience audience = Audience::kOversight;
  std::optional<Deadline> deadline;
};

struct Track {
  std::string name;
  std::string key_field;  // of "/report": "report"; "" = the about lines
  std::string initial;
  std::vector<std::pair<std::string, Words>> states;  // as declared
  std::vector<std::string> final_states;
  std::vector<std::string> reopens;

  bool by_about() const { return key_field.empty(); }
};

struct Parameter {
  Datum value;
  std::string source, basis;
};

struct CodeName {
  std::string code;
  Words words;
};

// One cell of a row: any value of `one_of`, or within [min, max]; `any` = "*".
struct Cell {
  bool any = false;
  bool range = false;
  std::vector<Datum> one_of;
  std::optional<Datum> min, max;  // integers, or texts that are dates
};

struct Table {
  std::string name;
  std::vector<std::map<std::string, Cell>> rows;  // an absent column is any value
};

struct Pick {
  int name = 0;
  bool last = false;  // else first
  Selector selector;
};

// Where a duty is judged: once for the case, or per instance of a track.
using Scope = std::optional<std::size_t>;  // in Definition::tracks; nullopt = the case

struct Duty {
  std::string id;
  Scope scope;
  std::vector<std::string> names;  // what each number is called
  std::optional<Selector> each;    // binds name 0
  std::vector<Pick> let;
  std::optional<Expression> when;
  Expression require;
  Words says;  // parameters put in
};

struct Rule {
  std::string id, severity, check, source;
  std::vector<std::string> basis;
  Words title;  // parameters put in
  std::vector<Duty> duties;
};

struct Definition {
  std::string id, version, source, calendar;  // calendar: "calendar/<id>"
  Words title;
  // (from, offset in minutes), in time order; before the first `from`, the first offset.
  std::vector<std::pair<UnixSeconds, int>> zone;
  std::map<std::string, Parameter> parameters;
  std::map<std::string, std::vector<CodeName>> codes;
  std::vector<Table> tables;
  std::vector<Track> tracks;
  std::map<std::string, Words> roles;
  std::vector<std::string> closes;
  std::vector<ActionType> actions;  // as declared; FindAction looks one up
  std::vector<Rule> rules;
  std::vector<Closed> selectors;                              // what Selector::closed points at
  std::optional<std::int64_t> max_entry_lag, max_assent_lag;  // working days

  // O(log n) in the number of types.
  const ActionType* FindAction(std::string_view type) const;
  // The offset at an instant, and the local date there.
  int OffsetAt(UnixSeconds instant) const;
  CivilDate LocalDate(UnixSeconds instant) const;

  std::map<std::string, std::size_t, std::less<>> by_type;  // for FindAction
};

// What is wrong in a definition or calendar, or may be. `pointer` is RFC 6901 into the text.
struct Problem {
  bool error = true;  // else a warning
  std::string pointer;
  std::string message;  // names the fault and the mend; one sentence
};

struct ParsedDefinition {
  std::optional<Definition> definition;  // iff no problem is an error
  std::vector<Problem> problems;         // in the order of the text; at most 200
  // The first error as one line for people: "/rules/3/duties/0/when: …".
  std::string Explain() const;
};

// Never fails otherwise than by problems. O(n log n) in the text.
ParsedDefinition ParseDefinition(std::string_view text);

}  // namespace jejak::procedure
