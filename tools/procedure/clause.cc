// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/clause.h"

namespace jejak::guide {

std::string Inline(const Clause& clause) {
  if (clause.leaf()) return clause.text;
  std::string text;
  for (const Clause& part : clause.parts) {
    if (!text.empty()) text += clause.between.empty() ? "; " : " " + clause.between + " ";
    text += clause.parts.size() == 1 ? Inline(part) : "(" + Inline(part) + ")";
  }
  return clause.between.empty() ? clause.text + " " + text : text;
}

// Bounded by the depth of the rule, which JSON bounds at 16.
std::string Bullets(const Clause& clause, unsigned level) {
  std::string text = clause.text + (clause.leaf() ? "" : ":") + "\n";
  for (const Clause& part : clause.parts)
    text += std::string(std::size_t{2} * level, ' ') + "- " + Bullets(part, level + 1);
  return text;
}

}  // namespace jejak::guide
