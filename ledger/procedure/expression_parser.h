// SPDX-License-Identifier: Apache-2.0
//
// Reads the rule language (design/language.md "Grammar"): terms, selectors, conditions and
// requirements, with names made numbers and parameters and codes put in.
//
// Depth is that of the JSON, 16. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/member_cursor.h"

namespace jejak::procedure {

// A name of a duty while it is read: which types it may stand for, or what an item is declared as.
struct NameInfo {
  std::string name;
  bool any_type = false;
  std::vector<std::string> types;
  bool item = false;
  const Declaration* of = nullptr;  // item; nullptr: not known
  bool in_scope = true;             // an item outside its `every` isn't
};

// Where in a duty something stands, which decides what may be said there.
struct Position {
  bool condition = false;   // no `must`
  bool quantified = false;  // no further quantifier
  bool closed = false;      // in `with` or `where`: the candidate, the key and constants only
};

class ExpressionReader final {
 public:
  // `definition` has everything but rules; its `selectors` grow. One reader per definition.
  ExpressionReader(Definition& definition, Problems& problems)
      : definition_(definition), problems_(problems) {}

  // Begins a duty in a scope; its names are counted from 0.
  void Begin(Scope scope);
  // The next name; a name that is taken is a problem.
  int Bind(NameInfo info, const std::string& pointer);
  const std::vector<NameInfo>& names() const { return names_; }

  // A selector; `info` gets its types and its `as`.
  Selector ReadSelector(const json::Value& value, const std::string& pointer, NameInfo& info);
  Expression ReadExpression(const json::Value& value, const std::string& pointer,
                            Position position);
  Term ReadTerm(const json::Value& value, const std::string& pointer, Position position);

 private:
  friend class OperatorReader;

  Term ReadReference(const std::string& text, const std::string& pointer, Position position);
  Term ReadParameter(const std::string& name, const std::string& pointer);
  Term ReadCodes(const std::string& name, const std::string& pointer);
  Term ReadAttribute(Term term, std::string_view attribute, const std::string& pointer);
  Term ReadList(const json::Value& value, const std::string& pointer, Position position);
  void CheckField(const NameInfo& info, const Term& term, const std::string& pointer);
  int NameOf(std::string_view name, const std::string& pointer);
  std::optional<int> TakeName(ObjectCursor& cursor, std::string_view member);
  std::size_t ReadClosed(ObjectCursor& cursor, const NameInfo& info);
  void ReadTypes(ObjectCursor& cursor, NameInfo& info);
  const Declaration* ItemOf(const Term& list) const;

  Definition& definition_;
  Problems& problems_;
  Scope scope_;
  std::vector<NameInfo> names_;
  NameInfo candidate_;                         // of the closed selector being read
  bool uses_key_ = false;                      // it says `$key`
  std::map<std::string, std::size_t> closed_;  // by what was written
};

// Whether a declaration has something at the path; an object that states no fields has anything.
bool Declares(const Definition& definition, const NameInfo& info,
              const std::vector<std::string>& path);

}  // namespace jejak::procedure
