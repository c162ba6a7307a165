// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/submission.h"

#include <algorithm>
#include <set>
#include <utility>

#include "ledger/crypto/hash.h"

namespace jejak::sequencer {
namespace {

registry::Refusal PartsFault(std::string code, std::string detail, std::string where) {
  return {0, 422, std::move(code), std::move(detail), std::move(where), {}};
}

std::optional<registry::Refusal> OpeningsFault(const record::Action& action,
                                               const json::Value& body,
                                               const std::vector<record::FieldOpening>& openings) {
  std::set<std::string_view> pointers;
  for (const record::FieldOpening& opening : openings) {
    if (!pointers.insert(opening.pointer).second) {
      return PartsFault("body_mismatch", "the envelope opens this field twice; send one opening",
                        opening.pointer);
    }
    if (record::CheckField(action, body, opening) != record::Fit::kFits) {
      return PartsFault(
          "body_mismatch",
          "the opening does not fit the sealed field; send the key and value it was made with",
          opening.pointer);
    }
  }
  return std::nullopt;
}

std::optional<registry::Refusal> BodyFault(const Submission& submission, Contents contents) {
  const record::Action& action = submission.candidate.action;
  if (!submission.body) {
    if (!submission.openings.empty()) {
      return PartsFault("body_mismatch",
                        "openings come without the body that they belong to; send the body too",
                        "opening");
    }
    if (action.body_form != record::BodyForm::kCommitted || contents == Contents::kOptional)
      return std::nullopt;
    return PartsFault(
        "body_missing",
        "the action commits to a body that did not come along; send it in the envelope", "body");
  }
  if (action.body_form != record::BodyForm::kCommitted) {
    return PartsFault("body_mismatch", "the action commits to no body; leave the body part out",
                      "body");
  }
  const record::CheckedBody checked = record::ReadBody(action, *submission.body);
  if (checked.fit != record::Fit::kFits) {
    return PartsFault(
        "body_mismatch",
        checked.fit == record::Fit::kDoesNotFit
            ? "the body does not fit the action's commitment; send the exact bytes and key"
            : "the body is not an object of Body JSON of at most 65536 bytes; mend it and sign "
              "anew",
        "body");
  }
  return OpeningsFault(action, *checked.value, submission.openings);
}

std::optional<registry::Refusal> DocumentFault(const Submission& submission, Contents contents) {
  std::optional<std::pair<std::uint64_t, Digest>> published;
  if (const auto* publish = submission.candidate.body<registry::ProcedurePublish>()) {
    published = {publish->size, publish->sha256};
  }
  if (const auto* publish = submission.candidate.body<registry::CalendarPublish>()) {
    published = {publish->size, publish->sha256};
  }
  if (!submission.document) {
    if (!published || contents == Contents::kOptional) return std::nullopt;
    return PartsFault("document_missing",
                      "the published document did not come along; send it in the envelope",
                      "document");
  }
  if (!published)
    return PartsFault("body_mismatch", "the action publishes no document; leave it out",
                      "document");
  if (submission.document->size() != published->first ||
      crypto::Sha256(AsBytes(*submission.document)) != published->second) {
    return PartsFault("body_mismatch",
                      "the document has not the size and sha256 that the action publishes",
                      "document");
  }
  return std::nullopt;
}

// The key that a `by` line's signature should be under, as far as the administration and the action itself tell; parties of earlier
// actions are the batch builder's to find.
std::optional<crypto::PublicKey> KeyOf(const record::Action& action,
                                       const record::ActionFields::By& by,
                                       const registry::Administration& administration) {
  if (by.role == "root") {
    const registry::RootRecord* root = administration.FindRootInForce(by.name);
    return root == nullptr ? std::nullopt : std::optional(root->key.key);
  }
  for (const record::ActionFields::Party& party : action.parties) {
    if (party.key.name == by.name) return party.key.key;
  }
  const registry::KeyRecord* key = administration.FindKey(by.name);
  return key == nullptr ? std::nullopt : std::optional(key->key().key);
}

}  // namespace

std::variant<Submission, registry::Refusal> ReadSubmission(std::string_view envelope,
                                                           Contents contents) {
  Result<record::Envelope> parts = record::ParseEnvelope(envelope);
  if (!parts.ok())
    return registry::Refusal{1, 400, "malformed", parts.error().detail, "envelope", {}};
  auto parsed = registry::ParseCandidate(parts->note);
  if (auto* refusal = std::get_if<registry::Refusal>(&parsed)) return std::move(*refusal);
  Submission submission{std::get<registry::Candidate>(std::move(parsed)),
                        std::move(parts->body),
                        std::move(parts->openings),
                        std::move(parts->document),
                        {},
                        {}};
  submission.parts_fault = BodyFault(submission, contents);
  if (!submission.parts_fault) submission.parts_fault = DocumentFault(submission, contents);
  return submission;
}

void VerifySignatures(Submission& submission, const registry::Administration& administration) {
  const record::Action& action = submission.candidate.action;
  submission.verified.assign(action.by.size(), std::nullopt);
  for (std::size_t i = 0; i < action.by.size(); ++i) {
    const std::optional<crypto::PublicKey> key = KeyOf(action, action.by[i], administration);
    if (!key || action.signatures[i].signature.size() != 64) continue;
    crypto::Signature signature;
    std::copy_n(action.signatures[i].signature.begin(), signature.bytes.size(),
                signature.bytes.begin());
    if (crypto::Verify(*key, AsBytes(action.text), signature)) submission.verified[i] = key;
  }
}

}  // namespace jejak::sequencer
