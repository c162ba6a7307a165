// SPDX-License-Identifier: Apache-2.0
#include "api/case_words.h"

#include <algorithm>

#include "ledger/presentation/words.h"

namespace jejak::api {
namespace {

using presentation::Wording;
using presentation::WordingOf;

// Puts it where its code belongs, in the place of an older version's.
void Name(std::vector<CaseWords::Named>& list, const std::string& code, Wording words) {
  const auto at = std::ranges::lower_bound(list, code, {}, &CaseWords::Named::code);
  if (at != list.end() && at->code == code) {
    at->words = words;
  } else {
    list.insert(at, {code, words});
  }
}

}  // namespace

Result<CaseWords> CaseWords::Read(Call& call) {
  JEJAK_TRY(published, call.ledger.published.At(call.reader, call.reader.size()));
  const registry::Administration& administration = call.reader.head().administration();
  CaseWords words;
  for (const auto& [id, document] : administration.procedures()) {
    for (const registry::Publication& version : document.versions) {
      words.Add(published->Bind({id, version.action_id}));
    }
  }
  for (const auto& [name, unit] : administration.units()) {
    const registry::Title& title = unit.title;
    Name(words.units_, name, {title.id, title.en.empty() ? title.id : title.en});
  }
  return words;
}

void CaseWords::Add(std::shared_ptr<const evidence::BoundVersion> version) {
  if (version->definition == nullptr || !version->definition->definition) return;
  const procedure::Definition& definition = *version->definition->definition;
  definitions_[{version->procedure, version->version}] = &definition;
  for (const procedure::Track& track : definition.tracks) {
    for (const auto& [state, says] : track.states) Name(stages_, state, WordingOf(says));
  }
  for (const procedure::Rule& rule : definition.rules) Name(rules_, rule.id, WordingOf(rule.title));
  versions_.push_back(std::move(version));
}

const procedure::Definition* CaseWords::Of(const std::string& procedure,
                                           const std::string& version) const {
  const auto found = definitions_.find({procedure, version});
  return found == definitions_.end() ? nullptr : found->second;
}

const CaseWords::Named* CaseWords::Find(const std::vector<Named>& list, std::string_view code) {
  const auto at = std::ranges::lower_bound(list, code, {}, &Named::code);
  return at == list.end() || at->code != code ? nullptr : &*at;
}

}  // namespace jejak::api
