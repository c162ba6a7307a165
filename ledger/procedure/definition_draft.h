// SPDX-License-Identifier: Apache-2.0
//
// A definition while it is read: what is known so far, what is wrong so far, and how much may still
// be copied. The parts are read in the order in which they need each other, whatever their order in
// the text: parameters, codes, roles, tables, the names of the types, tracks, actions, rules.
//
//   {id} -> "laporan dalam {days} hari"  ->  "laporan dalam 5 hari"     Fill, with parameter days
//
// A hostile text may name one long list a thousand times. What is put in from parameters and codes
// is therefore counted, over the whole text, and too much of it is an error.
// For this room's parsers. Threads: none.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/member_cursor.h"
#include "ledger/procedure/problem_list.h"

namespace jejak::procedure {

// The member `source` of a rule or parameter: where it comes from.
std::string ReadSource(MemberCursor& in);

struct DefinitionDraft {
  explicit DefinitionDraft(const json::Value& whole) : root(whole) {}

  const json::Value& root;
  Definition definition;
  ProblemList problems;

  // What rules read as a value, and what they ask for with `has`: for the lint of optional fields.
  std::set<const Declaration*> fields_read, fields_asked;

  // Closed selectors by what is written in them, with their places in Definition::selectors.
  std::map<std::string, std::size_t> shared;

  // A text in both languages: an object of `id` and `en`. One of them missing or empty is a
  // warning, and it is then the empty text; both are an error. `filled`: parameters are put in.
  Words ReadWords(const json::Value* value, bool filled);

  // The codes of each name, and the states of each track with its initial one, for looking up.
  std::map<std::string, std::set<std::string, std::less<>>> code_sets;
  std::vector<std::set<std::string, std::less<>>> state_sets;

  bool KnowsState(std::size_t track, std::string_view state) const {
    return state_sets[track].contains(state);
  }
  bool KnowsCode(const std::string& codes, std::string_view code) const;
  bool KnowsType(std::string_view type) const;
  bool KnowsRole(const std::string& role) const { return definition.roles.contains(role); }
  // Lists of types or roles: known and distinct, as written. nullptr gives none.
  std::vector<std::string> ReadTypes(MemberCursor& in, const json::Value* list);
  std::vector<std::string> ReadRoles(MemberCursor& in, const json::Value* list);

  // Whether `items` values, or `bytes` of text, may still be put in; else an error at `at`.
  bool MayCopy(std::size_t items, const json::Value& at);
  bool MayFill(std::size_t bytes, const json::Value& at);
  // Whether one more condition may be kept; each is large beside the text "true".
  bool MayAsk(const json::Value& at);

 private:
  std::string Language(const json::Value& words, std::string_view name, bool filled);
  std::string Fill(const json::Value& text);
  // `kind` and where it is `declared_in` complete "unknown …: declare it in …".
  std::vector<std::string> ReadNames(MemberCursor& in, const json::Value* list,
                                     std::string_view kind, std::string_view declared_in,
                                     const std::function<bool(const std::string&)>& knows);

  std::size_t copied_items_ = 0, filled_bytes_ = 0, conditions_ = 0;
};

}  // namespace jejak::procedure
