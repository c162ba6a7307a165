// SPDX-License-Identifier: Apache-2.0
//
// Glossary: words for what a definition names only by identifier, its fields, tracks and columns.
//
//   {"letter_claimed":{"id":"mengajukan surat","en":"letter claimed"},
//    "exam.summon/letter":{"id":"surat panggilan","en":"summons letter"},
//    "track:officer":{"id":"pegawai","en":"officer"}}
//
// A definition has no place for them, and judging needs none: these are for reading only. What the
// glossary lacks is shown by its identifier. docs/procedure/words.json is compiled in.
// Values; any thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "ledger/base/result.h"
#include "ledger/procedure/definition.h"

namespace jejak::guide {

class Glossary final {
 public:
  // kMalformed: not an object of {"id","en"} texts.
  static Result<Glossary> Parse(std::string_view text);
  // The one of this program.
  static const Glossary& BuiltIn();

  // The words of "TYPE/name", else of "name"; nullptr if there are none.
  const procedure::Words* Field(std::string_view type, std::string_view name) const;
  const procedure::Words* Find(std::string_view key) const;

 private:
  std::map<std::string, procedure::Words, std::less<>> words_;
};

}  // namespace jejak::guide
