// SPDX-License-Identifier: Apache-2.0
//
// Reads the members of one JSON object that the grammar names, and nothing else.
//
//   MemberCursor in(value, "a track", problems);
//   track.initial = in.Text("initial", IsAnyText, "a state");
//   const json::Value* reopens = in.Optional("reopens");
//   in.Finish();                         // refuses members that nobody asked for
//
// Every fault becomes a problem with its place and its mend, and reading goes on with empty values,
// so that one reading shows many faults. Of a value that is no object, that alone is said.
// For this room's parsers. Threads: none; a cursor lives on the stack.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/procedure/problem_list.h"

namespace jejak::procedure {

using Lexical = bool (*)(std::string_view);

// Any text but the empty one.
bool IsAnyText(std::string_view text);
// A letter, then letters, digits and "_"; at most 64: what "$name", "{parameter}" are made of.
bool IsName(std::string_view text);

class MemberCursor final {
 public:
  // `what` completes "… must be an object", as "a track". Both outlive the cursor.
  MemberCursor(const json::Value& value, std::string_view what, ProblemList& problems);

  const json::Value& value() const { return object_; }

  // nullptr if absent; `Required` then says so.
  const json::Value* Optional(std::string_view name);
  const json::Value* Required(std::string_view name);

  // Empty if absent or faulty. `what` completes "it must be …".
  std::string Text(std::string_view name, Lexical is, std::string_view what);
  bool Flag(std::string_view name);  // optional; absent: false
  // Index of the text in `words`; 0 if absent or faulty.
  std::size_t Word(std::string_view name, const std::vector<std::string_view>& words);
  std::optional<std::int64_t> Amount(std::string_view name, bool required);  // integer >= 0

  // Of a list, or of nullptr or what isn't one (said, unless nullptr): `read` takes each item.
  void Items(const json::Value* list, const std::function<void(const json::Value&)>& read);
  // Of an object of free names: `read` takes each member.
  void Members(const json::Value* object, const std::function<void(const json::Member&)>& read);

  // Refuses every member that was not asked for, and names those that were.
  void Finish();

 private:
  const json::Value& object_;
  ProblemList& problems_;
  std::vector<std::string_view> asked_;
};

// A text that obeys, or empty with a problem.
std::string ReadText(const json::Value& value, Lexical is, std::string_view what,
                     ProblemList& problems);

}  // namespace jejak::procedure
