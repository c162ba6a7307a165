// SPDX-License-Identifier: Apache-2.0
//
// Collects what is wrong in one JSON text, each problem with where it stands (RFC 6901).
//
//   ProblemList problems;
//   problems.Error(member.value, "unknown state \"SENT\": declare it in the track");
//   problems.Missing(object, "title", "…");           // at what isn't there
//   return problems.Finish(root);                     // pointers, in the order of the text
//
// A value of the text says where it stands by its address, so nobody carries pointers about: they
// are made at the end, for the few values that have a problem. At most 200 are kept, warnings at
// most 100 of them, so that an error always finds a place; past 1 MiB of pointers and messages the
// rest is left out too, however long the names of the text are.
// For this room's parsers. Threads: none; a list lives on the stack.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/procedure/definition.h"

namespace jejak::procedure {

inline constexpr std::size_t kMaxProblems = 200;

class ProblemList final {
 public:
  // `at` is a value of the text that Finish gets.
  void Error(const json::Value& at, std::string message);
  void Warn(const json::Value& at, std::string message);
  // An error at the member `name`, which `object` lacks.
  void Missing(const json::Value& object, std::string_view name, std::string message);

  bool has_errors() const { return errors_ > 0; }
  // Whether the last error is at this value or within: what it gave is then no further fault.
  bool has_errors_at(const json::Value& at) const;
  // Whether more errors would be left out: a reader may stop.
  bool full() const { return errors_ >= kMaxProblems; }

  // O(problems * depth * log n). Empties the list.
  std::vector<Problem> Finish(const json::Value& root);

 private:
  struct Found {
    bool error;
    const json::Value* at;
    std::string member;  // below `at`, if not empty
    std::string message;
  };
  std::vector<Found> found_;
  std::size_t errors_ = 0, warnings_ = 0;
};

// The first error as one line for people, "/rules/3/id: …"; empty if there is none.
std::string FirstError(const std::vector<Problem>& problems);

// A name of the text within a message: in quotes, at most 40 characters, nothing that a screen
// could show as something else.
std::string Quoted(std::string_view name);
// "a, b, c or d".
std::string OneOf(const std::vector<std::string_view>& names);

}  // namespace jejak::procedure
