// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/glossary.h"

#include <embedded/procedure_words.h>

#include "ledger/base/json.h"

namespace jejak::guide {

Result<Glossary> Glossary::Parse(std::string_view text) {
  JEJAK_TRY(value, json::Parse(text, json::Rules::kContainer));
  if (!value.is_object()) return Malformed("a glossary is an object of words");
  Glossary glossary;
  for (const json::Member& member : value.members()) {
    const json::Value* id = member.value.Find("id");
    const json::Value* en = member.value.Find("en");
    if (id == nullptr || en == nullptr || !id->is_string() || !en->is_string())
      return Malformed("glossary: \"" + member.name + "\" needs the texts id and en");
    glossary.words_[member.name] = {id->as_string(), en->as_string()};
  }
  return glossary;
}

const Glossary& Glossary::BuiltIn() {
  static const Glossary built_in = [] {
    // A test parses the file; a faulty one shows identifiers.
    auto parsed = Parse(embedded::procedure_words().front().contents);
    return parsed.ok() ? *std::move(parsed) : Glossary();
  }();
  return built_in;
}

const procedure::Words* Glossary::Field(std::string_view type, std::string_view name) const {
  const procedure::Words* special = Find(std::string(type) + "/" + std::string(name));
  return special != nullptr ? special : Find(name);
}

const procedure::Words* Glossary::Find(std::string_view key) const {
  const auto found = words_.find(key);
  return found == words_.end() ? nullptr : &found->second;
}

}  // namespace jejak::guide
