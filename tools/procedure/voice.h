// SPDX-License-Identifier: Apache-2.0
//
// Voice: in which language, and with what marks, a procedure is told to people.
//
//   Voice{Language::kEnglish, Markup::kMarkdown}
//     .Name("Clarification")              *Clarification*
//     .Or({"a", "b", "c"})                a, b or c
//     .Amount(14, "calendar_days")        14 calendar days
//   Voice{Language::kIndonesian, Markup::kPlain}
//     .Name("Klarifikasi")                "Klarifikasi"
//     .Date({2024, 8, 17})                17 Agustus 2024
//
// Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/procedure/definition.h"

namespace jejak::guide {

enum class Language : std::uint8_t { kIndonesian, kEnglish };
enum class Markup : std::uint8_t { kPlain, kMarkdown };

struct Voice {
  Language language = Language::kIndonesian;
  Markup markup = Markup::kMarkdown;

  bool indonesian() const { return language == Language::kIndonesian; }

  // The one of two texts that is in this language.
  std::string Say(std::string_view id, std::string_view en) const;
  std::string Of(const procedure::Words& words) const;

  // The title of an action, state, role or code, told apart from the words around it.
  std::string Name(std::string_view title) const;
  // The name of a field.
  std::string Quote(std::string_view word) const;
  // Something as it stands in the definition.
  std::string Literal(std::string_view text) const;
  std::string Bold(std::string_view text) const;

  std::string Or(const std::vector<std::string>& items) const;
  std::string And(const std::vector<std::string>& items) const;

  std::string Date(CivilDate date) const;
  // `unit` as the rule language names it; another stays as it is.
  std::string Unit(std::string_view unit, bool one = false) const;
  std::string Amount(std::int64_t count, std::string_view unit) const;
  // Where a number or a rule comes from: "law", "article", "policy", "unverified".
  std::string Source(std::string_view source) const;
};

// "a" or "an", by how the English word is written.
std::string WithArticle(std::string_view word, std::string_view marked);
// The first letter as a capital; marks and all else stay.
std::string Capital(std::string text);
std::string Join(const std::vector<std::string>& items, std::string_view between);

}  // namespace jejak::guide
