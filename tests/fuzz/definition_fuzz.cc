// SPDX-License-Identifier: Apache-2.0
// Definitions of a procedure: a definition or an error, never both; problems are few, and point
// into the text; parsing again gives the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ledger/procedure/definition.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jejak::procedure;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ParsedDefinition parsed = ParseDefinition(text);
  Require(parsed.definition.has_value() == parsed.Explain().empty());
  Require(parsed.problems.size() <= 200);
  const ParsedDefinition again = ParseDefinition(text);
  Require(again.problems.size() == parsed.problems.size());
  for (std::size_t i = 0; i < parsed.problems.size(); ++i) {
    const Problem& problem = parsed.problems[i];
    Require(problem.pointer.empty() || problem.pointer.front() == '/');
    Require(!problem.message.empty() && problem.message == again.problems[i].message);
  }
  if (!parsed.definition) return 0;
  for (const Rule& rule : parsed.definition->rules) {
    for (const Duty& duty : rule.duties) {
      Require(!duty.each || duty.each->closed < parsed.definition->selectors.size());
      for (const Pick& pick : duty.let) {
        Require(static_cast<std::size_t>(pick.name) < duty.names.size());
        Require(pick.selector.closed < parsed.definition->selectors.size());
      }
    }
  }
  return 0;
}
