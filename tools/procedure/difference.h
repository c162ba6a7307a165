// SPDX-License-Identifier: Apache-2.0
//
// What changed between two versions of a definition, in words: before it is published, and before a
// case is bound to it.
//
//   malang-article-2024 1.0.0 → 1.1.0
//   ~ parameter notice_days (rules A10)
//       value: 14 → 7
//   + action report.withdraw “Report withdrawn”
//   ~ action sidak.hold “Surprise inspection by the team”
//       field weather: (none) → text, required; readable by oversight only
//   ~ duty A07.examined
//       as judged: … → …
//
// A parameter that changes changes no rule: the rules that use it are named beside it. Order counts
// only where the language gives it a meaning: in lists of codes. Pure; any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tools/procedure/document.h"
#include "tools/procedure/naming.h"

namespace jejak::guide {

// One thing that a definition declares, taken apart into facts that can be compared.
struct Subject {
  std::string kind;                                        // "action"
  std::string id;                                          // "sidak.hold"
  std::string title;                                       // “…”, or ""
  std::vector<std::pair<std::string, std::string>> facts;  // name, text
  std::string source;  // its own text in the definition; equal texts are no change
};

// Everything that a definition declares, in the order in which a reader wants to know of changes.
std::vector<Subject> Subjects(const Document& document, const Naming& naming);

struct Change {
  enum class Kind : std::uint8_t { kAdded, kRemoved, kChanged };
  struct Fact {
    std::string name, before, after;  // "" = was or is not there
  };
  Kind kind = Kind::kChanged;
  Subject subject;  // the newer one, if there is one
  std::vector<Fact> facts;
};

// O(n log n) in the subjects.
std::vector<Change> Compare(const std::vector<Subject>& before, const std::vector<Subject>& after);

// The whole text, with a line for "nothing changed" if so.
std::string Difference(const Document& before, const Document& after, const Glossary& glossary,
                       Voice voice);

}  // namespace jejak::guide
