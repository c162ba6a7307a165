// SPDX-License-Identifier: Apache-2.0
//
// Which fields the actions of a selector may have, by what their types declare.
//
//   {report.reject, report.transfer}, path "reason"  ->  known, two declarations
//   {sidak.record}, path "minutes.sha256"            ->  known: a member of an attachment
//   {sidak.record}, path "minuts"                    ->  not known: no definition
//
// A field is known if any of the types has it. The types understood everywhere have the members
// that design/procedure.md names; case.rebind and case.assent have none. Threads: const is free.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ledger/procedure/definition.h"

namespace jejak::procedure {

using Fields = std::map<std::string, Declaration>;

// What a name may stand for: actions of these types, each by its fields.
struct TypeSet {
  bool any = false;  // "*"
  std::vector<std::string> types;
};

struct KnownField {
  bool known = false;
  bool open = false;  // known, and somewhere of a type that nothing declares
  std::vector<const Declaration*> declared;
  std::vector<const Declaration*> passed;  // `declared`, and those of the members on the way
};

class KnownFields final {
 public:
  explicit KnownFields(const Definition& definition) : definition_(definition) {}

  // O(types * length of the path). After ten million of these steps every field is `open`, and
  // exhausted() is true: the text is then refused, whatever else is in it.
  KnownField OfActions(const TypeSet& types, std::span<const std::string> path);
  // Of the items of lists: each declaration is that of an item.
  KnownField OfItems(std::span<const Declaration* const> items, std::span<const std::string> path);

  bool exhausted() const { return steps_ > kMaxSteps; }

 private:
  static constexpr std::uint64_t kMaxSteps = 10'000'000;

  void Walk(const Fields& fields, std::span<const std::string> path, KnownField& found);

  const Definition& definition_;
  std::uint64_t steps_ = 0;
};

}  // namespace jejak::procedure
