// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/store_audit.h"

#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/record/leaf.h"
#include "ledger/store/schema.h"
#include "tools/operation/store_replay.h"

namespace jejak::operation {
namespace {

using evidence::Verdict;

std::string Number(std::uint64_t number) { return std::to_string(number); }

// Everything that one audit looks at.
struct Audit {
  const store::View& view;
  const StoreTrust& trust;
  tlog::VerifierKey log_key;
  store::HeadRecord head;
  StoreReplay& pass;
  Verdict& verdict;
};

// The entries in themselves. False when the state that they lead to is not known.
bool SayEntries(Audit& audit) {
  const evidence::LogReplay& replay = audit.pass.replay();
  Verdict& verdict = audit.verdict;
  if (const auto& wrong = audit.pass.wrong_signature()) {
    verdict.Fail("check.admission",
                 "entry " + Number(wrong->first) + ": the signature of " + wrong->second +
                     " doesn't verify (bad_signature)",
                 wrong->first);
  }
  if (const auto& fault = replay.fault()) {
    verdict.Fail(fault->id, "entry " + Number(fault->index) + ": " + fault->detail, fault->index);
    return false;
  }
  if (audit.pass.missing_entry()) {
    verdict.Fail("check.entries", *audit.pass.missing_entry());
    return false;
  }
  if (const auto& unknown = replay.unknown_rules()) {
    verdict.Inconclusive("check.rules",
                         "entry " + Number(*unknown) +
                             " brings in rules that this program doesn't know; use a newer one",
                         *unknown);
    return false;
  }
  verdict.Pass("check.entries", "entries 0 to " + Number(replay.size() - 1) + " are there");
  if (!replay.sealed()) verdict.Fail("check.seal", "the newest entry is not a seal");
  if (!verdict.Failed("check.admission")) {
    verdict.Pass("check.admission", "headers, chain, admission and seals are right; " +
                                        Number(audit.pass.signatures()) + " signatures verify");
  }
  return true;
}

void SayHead(Audit& audit) {
  const evidence::LogReplay& replay = audit.pass.replay();
  const statemap::MapRoot& map = audit.pass.map().root();
  const store::HeadRecord right{replay.size(),       replay.Root(), audit.pass.last_leaf(),
                                replay.time().value, map.root,      map.version,
                                map.streams};
  if (audit.head == right) {
    audit.verdict.Pass("check.head", "the head record is what the entries give: size " +
                                         Number(right.size) + ", root " + EncodeHash(right.root));
  } else {
    audit.verdict.Fail("check.head", "the head record is not what the entries give");
  }
}

void SayGuard(Audit& audit) {
  Verdict& verdict = audit.verdict;
  if (audit.trust.guard_fault) {
    const std::string& detail = audit.trust.guard_fault->detail;
    if (audit.trust.guard_fault->code == Code::kRefused) return verdict.Fail("check.guard", detail);
    return verdict.Inconclusive("check.guard", detail);
  }
  if (!audit.trust.guard) return;
  const sequencer::GuardState& guard = *audit.trust.guard;
  const std::string sizes = "the store holds " + Number(audit.head.size) +
                            " entries, the guard has seen " + Number(guard.size) + " signed";
  if (guard.size > audit.head.size) {
    return verdict.Fail("check.guard", sizes +
                                           "; acknowledged entries are missing here: restore with "
                                           "`jejak restore --from-mirror`");
  }
  const Digest* root = audit.pass.RootAt(guard.size);
  if (guard.size != 0 && (root == nullptr || *root != guard.root))
    return verdict.Fail("check.guard", sizes + ", but under another root: this store is a fork");
  verdict.Pass("check.guard", sizes + ", under the same root");
}

void SayTrust(Audit& audit) {
  const evidence::LogReplay& replay = audit.pass.replay();
  Verdict& verdict = audit.verdict;
  if (!audit.trust.policy) {
    return verdict.NotChecked("check.genesis",
                              "without --policy nobody says which log this should be; its genesis "
                              "is " +
                                  EncodeHash(*replay.genesis()));
  }
  if (audit.trust.policy->log != replay.ledger().administration().created()->log_key) {
    verdict.Fail("check.log_key", "the log key of the policy is not the one that entry 0 names", 0);
  }
  if (!audit.trust.policy->genesis) {
    verdict.NotChecked("check.genesis", "the policy names no genesis");
  } else if (*audit.trust.policy->genesis != *replay.genesis()) {
    verdict.Fail("check.genesis", "entry 0 is not the genesis that is trusted", 0);
  } else {
    verdict.Pass("check.genesis", "entry 0 is the genesis that is trusted");
  }
}

// Streams are known to the replay by their keys only, so their rows are asked, not told.
Result<void> CompareStreams(Audit& audit) {
  RowCheck& rows = audit.pass.rows();
  const auto& ledger = audit.pass.replay().ledger();
  std::uint64_t right = 0;
  const auto visit = [&](const std::string& key, const std::string& value) {
    const Result<record::Stream> stream = record::ParseStream(std::string_view(key).substr(1));
    const registry::StreamState* state = stream.ok() ? ledger.Find(*stream) : nullptr;
    if (state == nullptr) {
      rows.Add('S', "the states of streams hold a stream that the log does not have");
    } else if (AsText(registry::EncodeStreamState(*state)) != value) {
      rows.Add('S', "the state of " + stream->text() + " is not what the log gives");
    } else {
      ++right;
    }
  };
  JEJAK_CHECKED(ForEachRow(audit.view, 'S', visit));
  if (!rows.Finding('S') && right != ledger.streams())
    rows.Add('S', Number(ledger.streams() - right) + " states of streams are missing");
  return {};
}

void SayRows(Audit& audit, const std::string& id, std::string_view letters,
             const std::string& right) {
  bool passed = true;
  for (const char letter : letters) {
    const std::optional<std::string> finding = audit.pass.rows().Finding(letter);
    if (!finding) continue;
    audit.verdict.Fail(id, *finding);
    passed = false;
  }
  if (passed) audit.verdict.Pass(id, right);
}

// What is wrong with one kept checkpoint; nullopt: it is the log's own, of the right root.
std::optional<std::string> CheckpointFault(const Audit& audit, const tlog::Policy& policy,
                                           std::uint64_t size, const std::string& note,
                                           bool& quorum_met) {
  const std::string which = "the kept checkpoint of size " + Number(size);
  const Digest* root = audit.pass.RootAt(size);
  if (root == nullptr) return which + " ends in no seal";
  const Result<tlog::Note> parsed = tlog::ParseNote(note);
  const Result<tlog::Checkpoint> checkpoint =
      parsed.ok() ? tlog::ParseCheckpoint(parsed->text) : Result<tlog::Checkpoint>(parsed.error());
  if (!checkpoint.ok()) return which + " is not a checkpoint";
  if (checkpoint->size != size || checkpoint->root != *root)
    return which + " names another tree than the log had then";
  const tlog::PolicyOutcome outcome = tlog::JudgeCheckpoint(policy, *parsed);
  if (outcome.known_signature_failed)
    return which + " bears a wrong signature of " + outcome.failed_name;
  if (!outcome.origin_is_log || !outcome.log_signed) return which + " is not signed by the log";
  quorum_met = outcome.quorum_met;
  return std::nullopt;
}

Result<void> SayCheckpoints(Audit& audit) {
  tlog::Policy policy;
  policy.log = audit.log_key;
  if (audit.trust.policy) policy = *audit.trust.policy;
  std::uint64_t right = 0;
  std::optional<std::string> fault;
  bool quorum_met = true;  // of the newest one
  const auto visit = [&](const std::string& key, const std::string& value) {
    const Result<std::uint64_t> size = store::NumberOfKey(key);
    std::optional<std::string> found =
        size.ok() && key == store::CheckpointKey(*size)
            ? CheckpointFault(audit, policy, *size, value, quorum_met)
            : "a row of the signed checkpoints has no size";
    right += found ? 0 : 1;
    if (!fault) fault = std::move(found);
  };
  JEJAK_CHECKED(ForEachRow(audit.view, 'C', visit));
  Verdict& verdict = audit.verdict;
  if (fault) {
    verdict.Fail("check.checkpoints", *fault);
    return {};
  }
  // The newest is in memory until the next batch is committed.
  const std::uint64_t wanted = audit.pass.seals().empty() ? 0 : audit.pass.seals().size() - 1;
  if (right < wanted) {
    verdict.Inconclusive(
        "check.checkpoints",
        Number(wanted - right) + " of " + Number(wanted) +
            " checkpoints were not kept: receipts under them can't be given again");
  } else {
    verdict.Pass("check.checkpoints", Number(right) + " kept checkpoints are the log's own");
  }
  if (!quorum_met) {
    verdict.Inconclusive(
        "check.policy",
        "the newest kept checkpoint lacks cosignatures of the policy's quorum " + policy.quorum);
  }
  return {};
}

Result<void> SayDocuments(Audit& audit) {
  const auto& published = audit.pass.published();
  std::uint64_t right = 0;
  std::optional<std::string> fault;
  const auto visit = [&](const std::string& key, const std::string& value) {
    const Digest sha256 = crypto::Sha256(AsBytes(value));
    const auto publish = published.find(sha256);
    if (key != store::DocumentKey(sha256)) {
      fault = "a document does not fit its SHA-256";
    } else if (publish == published.end() || publish->second != value.size()) {
      fault = "a document is kept that nothing published";
    } else {
      ++right;
    }
  };
  JEJAK_CHECKED(ForEachRow(audit.view, 'D', visit));
  if (fault) {
    audit.verdict.Fail("check.documents", *fault);
  } else if (right != published.size()) {
    audit.verdict.Inconclusive("check.documents", Number(published.size() - right) + " of " +
                                                      Number(published.size()) +
                                                      " published documents are not here");
  } else {
    audit.verdict.Pass("check.documents", Number(right) + " published documents are here");
  }
  return {};
}

// Rows between the letters of the schema.
Result<void> SayUnknownRows(Audit& audit) {
  for (unsigned first = 1; first < 256; ++first) {
    const std::string from(1, static_cast<char>(first));
    if (!RowKind(from[0]).empty()) continue;
    const std::string to =
        first == 255 ? std::string(64, '\xff') : std::string(1, static_cast<char>(first + 1));
    JEJAK_TRY(rows, audit.view.Scan(from, to, 1));
    if (!rows.empty()) {
      audit.verdict.Fail("check.store", "the store holds a row of no known kind");
      return {};
    }
  }
  return {};
}

Result<void> JudgeRows(Audit& audit) {
  RowCheck& rows = audit.pass.rows();
  JEJAK_CHECKED(rows.Finish("ABEIKLOQTZ"));
  JEJAK_CHECKED(CompareStreams(audit));
  JEJAK_CHECKED(audit.pass.map().Compare(audit.view, rows));
  SayRows(audit, "check.entries", "E", "no entry lies beyond the head");
  SayRows(audit, "check.tiles", "T",
          Number(rows.expected('T')) + " hash tiles are those of the entries");
  SayRows(audit, "check.map", "MX", "every page of the state map is what the seals give");
  SayRows(audit, "check.indexes", "AQSILKZ",
          "all indexes lead where the entries stand: " + Number(rows.expected('A')) +
              " actions in " + Number(audit.pass.replay().ledger().streams()) + " streams");
  SayRows(audit, "check.contents", "BO",
          "bodies and openings fit what commits to them; " + Number(audit.pass.held_bodies()) +
              " of " + Number(audit.pass.committed_bodies()) +
              " bodies are here, the others erased or kept elsewhere");
  JEJAK_CHECKED(SayCheckpoints(audit));
  JEJAK_CHECKED(SayDocuments(audit));
  return SayUnknownRows(audit);
}

Result<void> RunAudit(Audit& audit, verifier::Progress* progress) {
  JEJAK_CHECKED(audit.pass.Run(audit.head.size, progress));
  audit.verdict.coverage = {audit.head.size, audit.pass.replay().size()};
  if (!SayEntries(audit)) return {};
  SayTrust(audit);
  SayHead(audit);
  SayGuard(audit);
  return JudgeRows(audit);
}

}  // namespace

Result<tlog::VerifierKey> LogKeyOf(const store::View& view) {
  if (view.head().empty()) return NotFound("the store holds no log");
  const std::string key = store::EntryKey(0);
  JEJAK_TRY(values, view.Read(std::span(&key, 1)));
  if (!values[0]) return Internal("entry 0 is missing");
  JEJAK_TRY(leaf, record::ParseLeaf(*values[0]));
  const auto* logged = std::get_if<record::LoggedAction>(&leaf);
  if (logged == nullptr) return Internal("entry 0 is a seal");
  const Result<registry::AdminBody> body = registry::ParseAdminBody(logged->action);
  const auto* create = body.ok() ? std::get_if<registry::LogCreate>(&*body) : nullptr;
  if (create == nullptr) return Internal("entry 0 does not create a log");
  return create->log_key;
}

Verdict AuditStore(const store::View& view, const StoreTrust& trust, verifier::Workers& workers,
                   verifier::Progress* progress) {
  Verdict verdict;
  const Result<tlog::VerifierKey> log_key = LogKeyOf(view);
  const Result<store::HeadRecord> head = store::ParseHead(view.head());
  if (!log_key.ok() && log_key.error().code == Code::kNotFound)
    return evidence::NotTheFormat(log_key.error());
  if (!log_key.ok() || !head.ok() || head->size == 0) {
    verdict.Fail(
        log_key.ok() ? "check.head" : "check.entries",
        log_key.ok() ? "the head record is not one" : "entry 0: " + log_key.error().detail);
    verdict.Close();
    return verdict;
  }
  StoreReplay pass(view, log_key->name, workers);
  Audit audit{view, trust, *log_key, *head, pass, verdict};
  if (const Result<void> ran = RunAudit(audit, progress); !ran.ok())
    verdict.Fail("check.store", ran.error().detail);
  verdict.Close();
  return verdict;
}

}  // namespace jejak::operation
