// SPDX-License-Identifier: Apache-2.0
//
// Naming: how the parts of a definition are called, in one voice. Identifiers become the titles
// that the definition gives them; what has no title gets the word of the glossary.
//
//   Type("sidak.hold")                     *Surprise inspection by the team*
//   State(officer, "FOUND")                *Found*
//   Role("asisten_1")                      Assistant 1
//   Field("clarify.hold", {"letter","issuer"})   “letter › issuer”
//
// Borrows definition and glossary. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/procedure/definition.h"
#include "tools/procedure/glossary.h"
#include "tools/procedure/voice.h"

namespace jejak::guide {

// What a text in a rule stands for, so that it can be told by its title.
struct Meaning {
  enum class Kind : std::uint8_t { kPlain, kCode, kRole, kState, kType, kDate };
  Kind kind = Kind::kPlain;
  std::string codes;      // kCode
  std::size_t track = 0;  // kState
};

class Naming final {
 public:
  Naming(const procedure::Definition& definition, const Glossary& glossary, Voice voice)
      : definition_(definition), glossary_(glossary), voice_(voice) {}

  const procedure::Definition& definition() const { return definition_; }
  const Voice& voice() const { return voice_; }

  // The title without marks, and marked.
  std::string Title(std::string_view type) const;
  std::string Type(std::string_view type) const { return voice_.Name(Title(type)); }
  std::string State(std::size_t track, std::string_view state) const;
  std::string Role(std::string_view role) const;
  std::string Code(std::string_view codes, std::string_view code) const;
  // What a list of codes, a table's column or a track is about.
  std::string Word(std::string_view key) const;
  std::string Track(std::size_t track) const;
  // A field of an action, or of a member within it.
  std::string FieldWord(std::string_view type, const std::vector<std::string>& path) const;
  std::string Field(std::string_view type, const std::vector<std::string>& path) const;

  // A value with its title, if it has one.
  std::string Value(const procedure::Datum& datum, const Meaning& meaning) const;

  // What values of a declaration stand for.
  static Meaning MeaningOf(const procedure::Declaration& declaration);

 private:
  std::string Text(const std::string& text, const Meaning& meaning) const;

  const procedure::Definition& definition_;
  const Glossary& glossary_;
  Voice voice_;
};

}  // namespace jejak::guide
