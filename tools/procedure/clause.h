// SPDX-License-Identifier: Apache-2.0
//
// Clause: a sentence, or the head of a list of them, however deep. A rule in words has the depth of
// the rule; a list keeps "and" and "or" apart where a sentence would blur them.
//
//   For every *Case closed*, this must hold: all of the following
//     - the state of every officer … is *Cleared* or *Coached*
//     - the state of every report … is *Answered*
//
// Values; any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace jejak::guide {

struct Clause {
  std::string text;
  std::vector<Clause> parts;
  // How the parts belong together when they must stand in one line.
  std::string between;

  Clause() = default;
  explicit Clause(std::string sentence) : text(std::move(sentence)) {}
  Clause(std::string head, std::vector<Clause> list, std::string word)
      : text(std::move(head)), parts(std::move(list)), between(std::move(word)) {}

  bool leaf() const { return parts.empty(); }
};

// One line: "(A) and (B)" of a list whose `between` is "and".
std::string Inline(const Clause& clause);

// The head as a line, the parts as a Markdown list below it, indented by level.
std::string Bullets(const Clause& clause, unsigned level = 0);

}  // namespace jejak::guide
