// SPDX-License-Identifier: Apache-2.0
#include "ledger/registry/admission.h"

#include <algorithm>
#include <utility>

#include "ledger/record/entry.h"
#include "ledger/registry/judging.h"

namespace jejak::registry {
namespace {

using Answer = std::optional<Refusal>;

Refusal Refuse(int row, int status, std::string code, std::string where, std::string detail) {
  return {row, status, std::move(code), std::move(detail), std::move(where), std::nullopt};
}

// The length of the note that EncodeAction would give: a blank line, and per signature an em dash,
// two spaces, the name, base64 of 68 bytes and a line feed.
std::size_t NoteBytes(const record::Action& action) {
  constexpr std::size_t kLineWithoutNameBytes = 3 + 2 + 92 + 1;
  std::size_t bytes = action.text.size() + 1;
  for (const tlog::SignatureLine& line : action.signatures) {
    bytes += kLineWithoutNameBytes + line.name.size();
  }
  return bytes;
}

// Row 1 has seen the note alone; the header's length is known only here.
Answer CheckSize(const Judging& j) {
  if (record::FitsEntry(j.index, j.count(), NoteBytes(j.action))) return std::nullopt;
  return Refuse(1, 400, "malformed", "note", "the entry would be longer than 48,000 bytes");
}

Answer CheckLog(const Judging& j) {
  const std::string& origin = j.admin.origin();
  if (origin.empty() || origin == j.action.log) return std::nullopt;
  return Refuse(2, 403, "other_log", "log", "the action is for another log; send it there");
}

Answer CheckOpen(const Judging& j) {
  if (!j.admin.closed()) return std::nullopt;
  return Refuse(4, 403, "log_closed", "log", "the log is closed; sign for its successor");
}

Answer FillSigners(Judging& j) {
  auto found = FindSigners(j.candidate, j.view);
  if (const auto* missing = std::get_if<NoSigner>(&found)) {
    const std::string line = "`by` line " + std::to_string(missing->by + 1);
    if (missing->revoked) {
      return Refuse(5, 403, "revoked_key", "by", line + " names a key that is revoked");
    }
    return Refuse(5, 403, "unknown_key", "by",
                  line + " names nobody who may sign here in this role");
  }
  j.signers = std::get<std::vector<Signer>>(std::move(found));
  return std::nullopt;
}

Answer CheckRoles(const Judging& j) {
  for (std::size_t i = 0; i < j.signers.size(); ++i) {
    const Signer& signer = j.signers[i];
    if (signer.kind != Signer::Kind::kEnrolled || signer.role == "-") continue;
    if (signer.record->Holds(signer.role)) continue;
    return Refuse(6, 403, "role_not_held", "by",
                  "`by` line " + std::to_string(i + 1) +
                      " claims a role that the key is not granted; claim - or have it granted");
  }
  return std::nullopt;
}

Answer CheckSignatures(const Judging& j) {
  for (std::size_t i = 0; i < j.signers.size(); ++i) {
    const Signer& signer = j.signers[i];
    const std::uint32_t id = tlog::KeyId(signer.name, tlog::kEd25519Key, signer.key.view());
    if (j.action.signatures[i].key_id == id && j.check.Verify(j.action, i, signer.key)) continue;
    return Refuse(7, 403, "bad_signature", "by",
                  "signature line " + std::to_string(i + 1) +
                      " is not this text signed with the signer's key of today");
  }
  return std::nullopt;
}

Answer CheckProcedure(const Judging& j) {
  if (!j.action.under) return std::nullopt;
  const Publication* in_force = j.admin.InForce(j.action.under->id);
  if (in_force != nullptr && in_force->action_id == j.action.under->publish) return std::nullopt;
  return Refuse(10, 409, "procedure_not_in_force", "under",
                "it must name the newest publish of a procedure that is not retired");
}

// The root over the stream's first `n` actions; nullopt when it has fewer. The view is asked only
// for what the stream's state does not say itself.
std::optional<Digest> RootOfFirst(const Judging& j, std::uint64_t n) {
  if (n > j.count()) return std::nullopt;
  if (n == j.count()) return j.stream == nullptr ? Digest{} : j.stream->head.root;
  return j.view.RootAt(j.action.stream, n);
}

Answer CheckPosition(const Judging& j) {
  const bool after = j.action.position == record::PositionKind::kAfter;
  const std::uint64_t n = j.action.position_count;
  const bool fits = after && n != j.count() ? false
                    : n == 0                ? true
                                            : RootOfFirst(j, n) == j.action.position_root;
  if (fits) return std::nullopt;
  Refusal refusal = Refuse(11, 409, "conflict", after ? "after" : "seen",
                           after ? "the stream has moved on; read its head and sign after that"
                                 : "the stream's first actions are not these; read them again");
  refusal.head.emplace();
  if (j.stream != nullptr) refusal.head = {j.stream->head.count, j.stream->head.root};
  return refusal;
}

Answer CheckTime(const Judging& j) {
  if (j.action.at.instant.value > j.time.value + kMaxClockSkewSeconds) {
    return Refuse(12, 422, "at_in_future", "at",
                  "it is more than 300 s later than the ledger's clock; correct the time");
  }
  if (j.action.until && j.time > j.action.until->instant) {
    return Refuse(12, 422, "expired", "until", "it has passed; sign again with a later one");
  }
  return std::nullopt;
}

Answer CheckRoom(const Judging& j) {
  if (!j.action.stream.is_case() || j.count() < kCaseActionsForParties) return std::nullopt;
  if (j.count() >= kMaxCaseActions) {
    return Refuse(13, 422, "case_full", "stream", "the case has 10,000 actions; open another");
  }
  const bool enrolled = std::any_of(j.signers.begin(), j.signers.end(), [](const Signer& signer) {
    return signer.kind == Signer::Kind::kEnrolled;
  });
  if (enrolled) return std::nullopt;
  return Refuse(13, 422, "case_full", "stream",
                "the case has 9,000 actions; only enrolled keys may add to it");
}

Admission Refused(Refusal refusal) { return {Admission::kRefused, std::move(refusal), 0}; }

}  // namespace

Admission Admit(const Candidate& candidate, std::uint64_t index, UnixSeconds time,
                const LedgerView& view, const SignatureCheck& check) {
  Judging j{candidate,
            candidate.action,
            index,
            time,
            view,
            view.administration(),
            view.Find(candidate.action.stream),
            check,
            {}};
  if (auto refusal = CheckSize(j)) return Refused(*std::move(refusal));
  if (auto refusal = CheckLog(j)) return Refused(*std::move(refusal));
  // Row 3 is no refusal, and it comes before signatures are looked at.
  if (const auto first = view.FindAction(candidate.action.id())) {
    return {Admission::kDuplicate, {}, *first};
  }
  if (auto refusal = CheckOpen(j)) return Refused(*std::move(refusal));
  if (auto refusal = FillSigners(j)) return Refused(*std::move(refusal));
  for (const auto row : {CheckRoles, CheckSignatures, CheckAuthority, CheckState, CheckProcedure,
                         CheckPosition, CheckTime, CheckRoom}) {
    if (auto refusal = row(j)) return Refused(*std::move(refusal));
  }
  return {Admission::kAccepted, {}, 0};
}

}  // namespace jejak::registry
