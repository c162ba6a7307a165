// SPDX-License-Identifier: Apache-2.0
#include "ledger/registry/signer.h"

#include <utility>

namespace jejak::registry {
namespace {

using Kind = Signer::Kind;
using By = record::Action::By;
using Found = std::variant<Signer, NoSigner>;

Signer Make(Kind kind, const By& by, const crypto::PublicKey& key, std::string holder) {
  return {kind, by.name, by.role, key, std::move(holder), {}, nullptr};
}

Signer Enrolled(Kind kind, const By& by, const KeyRecord& record) {
  return {kind, by.name, by.role, record.key().key, record.holder, record.unit, &record};
}

const std::vector<RootKey>* NewRoots(const Candidate& candidate) {
  if (const auto* create = candidate.body<LogCreate>()) return &create->roots;
  if (const auto* rotate = candidate.body<RootRotate>()) return &rotate->roots;
  return nullptr;
}

// A root in force keeps its key, whatever the body says about its name.
Found FindRootSigner(const By& by, const Candidate& candidate, const Administration& admin) {
  if (const RootRecord* root = admin.FindRootInForce(by.name)) {
    return Make(Kind::kRoot, by, root->key.key, root->holder());
  }
  if (const auto* roots = NewRoots(candidate)) {
    for (const RootKey& root : *roots) {
      if (root.key.name == by.name) return Make(Kind::kNewRoot, by, root.key.key, root.holder);
    }
  }
  return NoSigner{};
}

// `self` is the key that enters by this action, or the one that revokes itself.
Found FindSelf(const By& by, const Candidate& candidate, const Administration& admin) {
  if (const auto* enroll = candidate.body<KeyEnroll>()) {
    if (enroll->key.name != by.name) return NoSigner{};
    Signer self = Make(Kind::kSelf, by, enroll->key.key, enroll->holder);
    self.unit = enroll->unit;
    return self;
  }
  if (candidate.action.stream.kind != record::StreamKind::kKey ||
      candidate.action.stream.name != by.name) {
    return NoSigner{};
  }
  const KeyRecord* record = admin.FindKey(by.name);
  if (const auto* rotate = candidate.body<KeyRotate>()) {
    if (record == nullptr) return Make(Kind::kSelf, by, rotate->key.key, {});
    Signer self = Enrolled(Kind::kSelf, by, *record);
    self.key = rotate->key.key;
    return self;
  }
  if (candidate.body<KeyRevoke>() == nullptr || record == nullptr) return NoSigner{};
  if (record->revoked()) return NoSigner{0, true};
  return Enrolled(Kind::kSelf, by, *record);
}

Found FindOther(const By& by, const Candidate& candidate, const Administration& admin,
                const StreamState* stream) {
  const record::Action::Party* party =
      stream == nullptr ? nullptr : stream->FindParty(by.name, by.role);
  if (party != nullptr) return Make(Kind::kParty, by, party->key.key, by.name);
  for (const record::Action::Party& entering : candidate.action.parties) {
    if (entering.key.name == by.name && entering.role == by.role) {
      return Make(Kind::kNewParty, by, entering.key.key, by.name);
    }
  }
  const KeyRecord* record = admin.FindKey(by.name);
  if (record == nullptr) return NoSigner{};
  if (record->revoked()) return NoSigner{0, true};
  return Enrolled(Kind::kEnrolled, by, *record);
}

}  // namespace

std::variant<std::vector<Signer>, NoSigner> FindSigners(const Candidate& candidate,
                                                        const LedgerView& view) {
  const Administration& admin = view.administration();
  const StreamState* stream = view.Find(candidate.action.stream);
  std::vector<Signer> signers;
  signers.reserve(candidate.action.by.size());
  for (std::size_t i = 0; i < candidate.action.by.size(); ++i) {
    const By& by = candidate.action.by[i];
    Found found = by.role == "root"   ? FindRootSigner(by, candidate, admin)
                  : by.role == "self" ? FindSelf(by, candidate, admin)
                                      : FindOther(by, candidate, admin, stream);
    if (const auto* nobody = std::get_if<NoSigner>(&found)) return NoSigner{i, nobody->revoked};
    signers.push_back(std::get<Signer>(std::move(found)));
  }
  return signers;
}

}  // namespace jejak::registry
