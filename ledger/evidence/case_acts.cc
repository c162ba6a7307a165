// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/case_acts.h"

#include <optional>
#include <string>
#include <utility>

#include "ledger/base/json.h"

namespace jejak::evidence {
namespace {

// The holder of a root whose term covers the entry: it began before it and hadn't ended then.
std::string RootHolder(const registry::Administration& administration, const std::string& name,
                       std::uint64_t index) {
  const registry::RootRecord* root = administration.FindRoot(name);
  if (root == nullptr) return {};
  for (const registry::RootRecord::Term& term : root->terms) {
    if (term.since < index && (!term.until || index <= *term.until)) return term.holder;
  }
  return {};
}

// Names of parties begin with the case's id and a slash, and no other name does (formats.md,
// section 9, row 9).
procedure::SignerLine SignerOf(const record::Action::By& by, const std::string& party_prefix,
                               std::uint64_t index,
                               const registry::Administration& administration) {
  procedure::SignerLine signer{by.name, by.role, {}, {}, {}};
  if (by.role == "root") {
    signer.holder = RootHolder(administration, by.name, index);
  } else if (by.name.starts_with(party_prefix)) {
    signer.holder = by.name;
    signer.party = by.name.substr(party_prefix.size());
  } else if (const registry::KeyRecord* key = administration.FindKey(by.name)) {
    signer.holder = key->holder;
    signer.unit = key->unit;
  }
  return signer;
}

}  // namespace

procedure::Act BuildAct(const record::ActionFields& action, const Digest& id, std::uint64_t index,
                        std::uint64_t seq, UnixSeconds entered,
                        const registry::Administration& administration) {
  procedure::Act act;
  act.index = index;
  act.seq = seq;
  act.id = id;
  act.type = action.type;
  act.about = action.about;
  act.at = action.at;
  act.entered = entered;
  act.after = action.position == record::PositionKind::kAfter;
  act.position = action.position_count;
  const std::string party_prefix = action.stream.name + "/";
  for (const record::Action::Party& party : action.parties) {
    const bool prefixed = party.key.name.starts_with(party_prefix);
    act.parties.emplace_back(party.role, party.key.name.substr(prefixed ? party_prefix.size() : 0));
  }
  act.by.reserve(action.by.size());
  for (const record::Action::By& by : action.by) {
    act.by.push_back(SignerOf(by, party_prefix, index, administration));
  }
  act.body_state = action.body_form == record::BodyForm::kNone ? procedure::BodyState::kNone
                                                               : procedure::BodyState::kAbsent;
  return act;
}

void AddContents(const record::Action& action, const record::BodyOpening& body,
                 std::span<const record::FieldOpening> openings, procedure::Act& act) {
  record::CheckedBody checked = record::ReadBody(action, body);
  if (checked.fit == record::Fit::kDoesNotFit) return;
  if (checked.fit == record::Fit::kUnknownContent) {
    act.body_state = procedure::BodyState::kUnfit;
    return;
  }
  act.body_state = procedure::BodyState::kPresent;
  act.body = std::move(*checked.value);
  for (const record::FieldOpening& opening : openings) {
    const record::Fit fit = record::CheckField(action, act.body, opening);
    if (fit == record::Fit::kDoesNotFit) continue;
    procedure::OpenedField opened{opening.pointer, std::nullopt};
    if (fit == record::Fit::kFits) opened.value = std::move(*json::ParseSealedValue(opening.value));
    act.opened.push_back(std::move(opened));
  }
}

}  // namespace jejak::evidence
