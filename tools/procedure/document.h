// SPDX-License-Identifier: Apache-2.0
//
// Document: a definition together with the text that it was read from. The parsed form is what
// judges; the text keeps what judging has no use for: the order in which fields and roles are
// declared, and which parameter stands where a number is put in.
//
// Values; any thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/base/result.h"
#include "ledger/procedure/definition.h"

namespace jejak::guide {

struct Document {
  procedure::Definition definition;
  json::Value json;

  // The member of the i-th element of a list at the top ("actions", "rules"); nullptr: none.
  const json::Value* Member(std::string_view list, std::size_t index, std::string_view name) const;
  // The names of an object at the top, as declared ("roles", "codes", "parameters").
  std::vector<std::string> Names(std::string_view object) const;
  // Ids of the rules in whose duties "$param.NAME" stands, in order.
  std::vector<std::string> RulesThatUse(std::string_view parameter) const;
};

// kMalformed: the first error of the definition.
Result<Document> ReadDocument(std::string_view text);

}  // namespace jejak::guide
