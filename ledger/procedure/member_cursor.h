// SPDX-License-Identifier: Apache-2.0
//
// Reads JSON objects strictly and collects what is wrong with them, each problem with an RFC 6901
// pointer, the name and the mend.
//
//   ObjectCursor rule(value, "/rules/3", problems);
//   const json::Value* id = rule.Need("id");     // "/rules/3: member \"id\" is missing: add it"
//   rule.Finish();                               // what was never asked for is unknown
//
// Pure. The value outlives the cursor.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/procedure/definition.h"

namespace jejak::procedure {

inline constexpr std::size_t kMaxProblems = 200;

class Problems final {
 public:
  void Error(std::string pointer, std::string message);
  void Warn(std::string pointer, std::string message);
  bool any_error() const { return errors_ > 0; }
  std::size_t count() const { return problems_.size(); }
  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  void Add(Problem problem);
  std::vector<Problem> problems_;
  std::size_t errors_ = 0;
};

class ObjectCursor final {
 public:
  // Another kind than an object is a problem, and every member is absent.
  ObjectCursor(const json::Value& value, std::string pointer, Problems& problems);

  // The member, which Finish then knows; Need: its absence is a problem.
  const json::Value* Take(std::string_view name);
  const json::Value* Need(std::string_view name);
  bool Has(std::string_view name) const { return value_.Find(name) != nullptr; }

  // Typed members. Another type is a problem; so, for Need…, is absence.
  std::string NeedText(std::string_view name, bool may_be_empty = false);
  std::string TakeText(std::string_view name);
  std::optional<std::int64_t> TakeCount(std::string_view name);  // an integer >= 0
  bool TakeFlag(std::string_view name);
  std::vector<std::string> TakeTexts(std::string_view name);
  std::vector<std::string> NeedTexts(std::string_view name);
  Words NeedWords(std::string_view name);  // {id, en}; a missing language is a warning
  // One of a few words.
  std::string NeedOneOf(std::string_view name, std::initializer_list<std::string_view> words);

  // Every member that was not taken is unknown.
  void Finish();

  std::string At(std::string_view name) const;
  const std::string& pointer() const { return pointer_; }
  const json::Value& value() const { return value_; }
  bool is_object() const { return value_.is_object(); }

 private:
  const json::Value& value_;
  std::string pointer_;
  Problems& problems_;
  std::set<std::string, std::less<>> taken_;
};

// Texts of an array; what is none is a problem.
std::vector<std::string> ReadTexts(const json::Value& value, const std::string& pointer,
                                   Problems& problems);

}  // namespace jejak::procedure
