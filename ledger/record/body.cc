// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/body.h"

#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/commitment.h"

namespace jejak::record {
namespace {

constexpr std::string_view kSealed = "$sealed";

// The commitment of a sealed field; nullopt when `value` isn't one.
std::optional<Digest> SealedCommitment(const json::Value& value) {
  const json::Value* hash = value.Find(kSealed);
  if (hash == nullptr || value.members().size() != 1) return std::nullopt;
  if (hash->kind() != json::Kind::kString) return std::nullopt;
  auto commitment = ParseHash(hash->as_string());
  if (!commitment) return std::nullopt;
  return *commitment;
}

}  // namespace

CheckedBody ReadBody(const Action& action, const BodyOpening& opening) {
  if (action.body_form != BodyForm::kCommitted) return {};
  const Digest commitment =
      crypto::CommitBody(opening.key, action.commitment_prefix(), opening.text);
  if (commitment != action.body_commitment) return {};
  if (opening.text.size() > kMaxBodyBytes) return {Fit::kUnknownContent, std::nullopt};
  auto value = json::Parse(opening.text, json::Rules::kBody);
  if (!value) return {Fit::kUnknownContent, std::nullopt};
  return {Fit::kFits, std::move(*value)};
}

Fit CheckBody(const Action& action, const BodyOpening& opening) {
  return ReadBody(action, opening).fit;
}

Fit CheckField(const Action& action, const json::Value& body, const FieldOpening& opening) {
  const auto field = json::ResolvePointer(body, opening.pointer);
  if (!field || *field == &body) return Fit::kDoesNotFit;
  const auto expected = SealedCommitment(**field);
  if (!expected) return Fit::kDoesNotFit;
  const Digest commitment =
      crypto::CommitSealed(opening.key, action.commitment_prefix(), opening.pointer, opening.value);
  if (commitment != *expected) return Fit::kDoesNotFit;
  if (opening.value.size() > kMaxBodyBytes) return Fit::kUnknownContent;
  return json::ParseSealedValue(opening.value).ok() ? Fit::kFits : Fit::kUnknownContent;
}

json::Value BuildSealedField(std::string_view prefix, const FieldOpening& opening) {
  const Digest commitment =
      crypto::CommitSealed(opening.key, prefix, opening.pointer, opening.value);
  json::Value field = json::Value::Object();
  field.Add(std::string(kSealed), json::Value::String(EncodeHash(commitment)));
  return field;
}

}  // namespace jejak::record
