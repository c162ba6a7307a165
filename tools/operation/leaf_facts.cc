// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/leaf_facts.h"

#include "ledger/record/body.h"
#include "ledger/store/schema.h"

namespace jejak::operation {
namespace {

constexpr std::size_t kOpeningPrefix = 9;  // letter and index, before the pointer

std::optional<std::string> OpeningFault(const record::Action& action, const json::Value& body,
                                        const store::Row& row) {
  const std::string pointer = row.first.substr(kOpeningPrefix);
  Result<store::OpeningValue> opening = store::ParseOpeningValue(row.second);
  if (opening.ok() && record::CheckField(action, body, {pointer, opening->key, opening->text}) ==
                          record::Fit::kFits)
    return std::nullopt;
  return "an opening does not fit the sealed field that it is for";
}

// A body and openings are refused when they arrive unless they fit; one that does not was changed.
std::optional<std::string> ContentFault(const record::Action& action, const StoredLeaf& stored) {
  if (!stored.body) {
    if (stored.openings.empty()) return std::nullopt;
    return "openings are kept without the body that they belong to";
  }
  Result<store::OpeningValue> opening = store::ParseOpeningValue(*stored.body);
  if (!opening.ok()) return "the body's row is torn";
  const record::CheckedBody body = record::ReadBody(action, {opening->key, opening->text});
  if (body.fit != record::Fit::kFits) return "the body does not fit the action's commitment";
  for (const store::Row* row : stored.openings) {
    if (std::optional<std::string> fault = OpeningFault(action, *body.value, *row)) return fault;
  }
  return std::nullopt;
}

void ReadAction(const registry::Candidate& candidate, LeafFacts& facts) {
  const record::Action& action = candidate.action;
  facts.is_action = true;
  facts.is_administration = candidate.admin.has_value();
  facts.stream = action.stream;
  facts.action_id = action.id();
  for (const record::Action::Party& party : action.parties)
    facts.party_keys.push_back(party.key.key);
  if (const auto* publish = candidate.body<registry::ProcedurePublish>())
    facts.publishes = {publish->size, publish->sha256};
  if (const auto* publish = candidate.body<registry::CalendarPublish>())
    facts.publishes = {publish->size, publish->sha256};
  facts.commits_to_body = action.body_form == record::BodyForm::kCommitted;
}

}  // namespace

LeafFacts ReadLeaf(const StoredLeaf& stored) {
  LeafFacts facts;
  facts.leaf = evidence::PrepareLeaf(AsBytes(stored.entry));
  facts.body_held = stored.body.has_value();
  facts.openings_held = stored.openings.size();
  const auto* entry = std::get_if<evidence::PreparedEntry>(&facts.leaf.content);
  const auto* candidate =
      entry == nullptr ? nullptr : std::get_if<registry::Candidate>(&entry->action);
  if (candidate != nullptr) {
    facts.stream_key = entry->stream_key;
    facts.seq = entry->seq;
    ReadAction(*candidate, facts);
    facts.content_fault = ContentFault(candidate->action, stored);
  } else if (stored.body || !stored.openings.empty()) {
    facts.content_fault = "contents are kept beside what is no action";
  }
  return facts;
}

}  // namespace jejak::operation
