// SPDX-License-Identifier: Apache-2.0
//
// Writes docs/walkthrough.md from the golden log and compares it with the file in the repository, so that the text cannot drift from
// the code. After a change that is meant: JEJAK_WRITE_DOCS=1 build/release/tests/docs/docs_tests.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/crypto/sign.h"
#include "ledger/record/body.h"
#include "ledger/record/envelope.h"
#include "ledger/record/leaf.h"
#include "ledger/registry/admission.h"
#include "ledger/registry/memory_ledger.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/proof.h"
#include "ledger/tlog/tlog_proof.h"
#include "tests/support/golden_log.h"

namespace jejak {
namespace {

constexpr const char* kPath = JEJAK_SOURCE_DIR "/docs/walkthrough.md";
constexpr std::uint64_t kIndex = 27;  // the report that opens case A

std::string Fence(const std::string& text) {
  return "```\n" + text + (text.ends_with('\n') ? "" : "\n") + "```\n\n";
}

std::string Hash(const Digest& digest) { return "`" + EncodeHash(digest) + "`"; }

// Each line with the bytes [from, to) that it takes.
std::string Lines(const std::string& text) {
  std::ostringstream out;
  out << "| bytes | line |\n|---|---|\n";
  std::size_t at = 0;
  LineReader lines(text);
  while (const auto line = lines.Next()) {
    out << "| " << at << "–" << at + line->size() + 1 << " | `" << *line << "` |\n";
    at += line->size() + 1;
  }
  return out.str() + "\n";
}

// The 81 bytes of a stream head as section 5 lays them out.
std::string HeadTable(const statemap::StreamHead& head) {
  const auto bytes = statemap::EncodeStreamHead(head);
  const auto hex = [&bytes](std::size_t from, std::size_t to) {
    return EncodeHex(ByteView(bytes).subspan(from, to - from));
  };
  return "| bytes | hex | meaning |\n|---|---|---|\n| 0–1 | `" + hex(0, 1) +
         "` | version |\n| 1–9 | `" + hex(1, 9) + "` | actions in the stream |\n| 9–17 | `" +
         hex(9, 17) + "` | index of the last entry |\n| 17–49 | `" + hex(17, 49) +
         "` | its leaf hash |\n| 49–81 | `" + hex(49, 81) +
         "` | root over the stream's action ids |\n\n";
}

class Walkthrough final {
 public:
  std::string Write() {
    Envelope();
    Admission();
    Entry();
    SealAndCheckpoint();
    Receipt();
    return out_.str();
  }

 private:
  void Step(const std::string& title, const std::string& functions) {
    out_ << "## " << ++step_ << ". " << title << "\n\n*" << functions << "*\n\n";
  }

  void Envelope() {
    const std::string text = test::ReadVector("report.action");
    const auto envelope = record::ParseEnvelope(text);
    ASSERT_TRUE(envelope.ok());
    const auto action = record::ParseAction(envelope->note);
    ASSERT_TRUE(action.ok());
    out_ << "# One action, byte by byte\n\nA citizen's report of the golden log "
            "(`tests/vectors/jejak`), from the envelope on a desk to a "
            "receipt that anyone can check. Written by `tests/docs/walkthrough_test.cc`; what you "
            "read is what the code computes. Section "
            "numbers are those of [formats.md](formats.md).\n\n";
    Step("The envelope arrives",
         "`api/actions.cc` → `sequencer::ReadSubmission` → `record::ParseEnvelope` (section 11)");
    out_ << text.size()
         << " bytes, sent to `POST v1/actions`: the note, then what is kept beside the log.\n\n"
         << Fence(text);
    Step("The note is parsed", "`registry::ParseCandidate` → `record::ParseAction` (section 2)");
    out_ << "The signed text is the first " << action->text.size()
         << " bytes. Every line has one place and one spelling.\n\n"
         << Lines(action->text)
         << "The action id is the SHA-256 of these bytes: " << Hash(action->id()) << ".\n\n";
    Step("What belongs beside the log is held against it",
         "`record::ReadBody`, `record::CheckField` (section 2)");
    const std::string prefix(action->commitment_prefix());
    const std::string label = "jejak/body/v1\n";
    const std::string& body = envelope->body->text;
    const Digest commitment = crypto::HmacSha256(envelope->body->key.view(),
                                                 {AsBytes(label), AsBytes(prefix), AsBytes(body)});
    EXPECT_EQ(commitment, action->body_commitment);
    out_ << "HMAC-SHA-256 under the body's key over " << label.size() << " bytes of label, the "
         << prefix.size() << " bytes of text before the `body` line, and " << body.size()
         << " bytes of body gives " << Hash(commitment)
         << ": what the `body` line says. The sealed field `" << envelope->openings[0].pointer
         << "` is bound in the same way, under its own key. Erasing either is deleting it with its "
            "key; no proof breaks.\n\n";
    Step("The signatures are verified",
         "`sequencer::VerifySignatures` → `crypto::Verify` (section 1, Ed25519)");
    out_ << "| signer | role | key id | signature |\n|---|---|---|---|\n";
    for (std::size_t i = 0; i < action->by.size(); ++i) {
      const tlog::SignatureLine& line = action->signatures[i];
      Bytes id;
      for (int shift = 24; shift >= 0; shift -= 8)
        id.push_back(static_cast<std::uint8_t>(line.key_id >> shift));
      out_ << "| `" << line.name << "` | " << action->by[i].role << " | `" << EncodeHex(id)
           << "` | `" << EncodeHex(line.signature).substr(0, 16) << "…` |\n";
    }
    out_ << "\nThe second signer is a party: the action brings in its key with a `party` line and "
            "signs with it.\n\n";
  }

  void Admission() {
    for (std::uint64_t i = 0; i < kIndex; ++i) Replay(i);
    const auto leaf = record::ParseLeaf(golden_.leaves[kIndex]);
    const auto& logged = std::get<record::LoggedAction>(*leaf);
    const auto candidate =
        std::get<registry::Candidate>(registry::ParseCandidate(logged.entry.action_note));
    const registry::Admission admission =
        registry::Admit(candidate, kIndex, logged.entry.time, ledger_, registry::SignatureCheck());
    ASSERT_EQ(admission.kind, registry::Admission::kAccepted);
    Step("The queue, and admission",
         "`Sequencer::Submit` → `BatchBuilder::Add` → `registry::Admit` (section 9)");
    out_ << "The build thread takes it from the queue and judges it at position " << kIndex
         << " of the log, rows 2 to 13 of the admission "
         << "table in order: it names this log, its id is new, the log is open, both signers have "
            "keys, the role is held, the signatures are "
            "good, an enrolled key opens the case, `under` names the newest publish of its "
            "procedure, `after 0 -` fits an empty stream, and "
            "its `at` is not in the future. Nothing is refused.\n\n";
  }

  void Entry() {
    const auto leaf = record::ParseLeaf(golden_.leaves[kIndex]);
    const auto& logged = std::get<record::LoggedAction>(*leaf);
    const std::string& bytes = golden_.leaves[kIndex];
    Step("It becomes an entry",
         "`BatchBuilder::Log` → `record::EncodeEntry`, `tlog::LeafHash` (section 3)");
    out_ << "The ledger's header, then the note verbatim: " << bytes.size() << " bytes.\n\n"
         << Lines(bytes.substr(0, bytes.find("\n\n") + 1)) << "`prev` is the leaf hash of entry "
         << kIndex - 1 << ". The leaf hash, SHA-256 of a zero byte and these bytes: "
         << Hash(tlog::LeafHash(AsBytes(bytes))) << ".\n\n";
    Replay(kIndex);
    const registry::StreamState* state = ledger_.Find(logged.action.stream);
    Step("Its stream has a new head",
         "`registry::StreamState::Append`, `statemap::EncodeStreamHead` (section 5)");
    out_ << HeadTable(state->head)
         << "In the state map the key is SHA-256 of `jejak/stream/v1`, a line feed and the "
            "stream's name, "
         << Hash(statemap::StreamKey(logged.action.stream))
         << "; the value is the SHA-256 of the 81 bytes, " << Hash(statemap::HeadValue(state->head))
         << ".\n\n";
  }

  void SealAndCheckpoint() {
    std::uint64_t seal_index = kIndex;
    while (!record::LooksLikeSeal(golden_.leaves[seal_index])) ++seal_index;
    Step("A seal closes the batch",
         "`BatchBuilder::Finish` → `statemap::UpdateMap`, `record::EncodeSeal` (sections 4 and 5)");
    out_ << "Entry " << seal_index << " commits to the state of every stream.\n\n"
         << Fence(golden_.leaves[seal_index]);
    const test::GoldenCheckpoint* checkpoint = nullptr;
    for (const test::GoldenCheckpoint& candidate : golden_.checkpoints) {
      if (candidate.size == seal_index + 1) checkpoint = &candidate;
    }
    ASSERT_NE(checkpoint, nullptr);
    Step("Commit, guard, sign, publish",
         "`Sequencer::MakeDurable` → `store::Store::Commit`, `Guard::Advance`, `Signer::Sign`");
    out_ << "Everything is written and synced in one commit; the guard writes down size and root "
            "and is synced; only then is the checkpoint "
            "signed and the new head published. A crash before the signature loses nothing that "
            "anybody was told.\n\n"
         << Fence(checkpoint->note);
  }

  void Receipt() {
    const std::string text = test::ReadVector("action-A0.tlog-proof");
    const auto proof = tlog::ParseTlogProof(text);
    ASSERT_TRUE(proof.ok());
    const auto note = tlog::ParseNote(proof->checkpoint);
    const auto checkpoint = tlog::ParseCheckpoint(note->text);
    Step("The receipt, and how anyone checks it",
         "`LogReader::ActionReceipt` → `evidence::BuildActionReceipt`; `jejak-verify receipt` → "
         "`evidence::VerifyReceipt` (section 7)");
    out_ << "This one is under the last checkpoint of the golden log, of size " << checkpoint->size
         << "; the submitter's is under the one above. `extra` is the entry. Its leaf hash, joined "
            "with the "
         << proof->path.size()
         << " hashes of the path, must give the root that the checkpoint signs:\n\n| with | gives "
            "|\n|---|---|\n";
    Digest hash = tlog::LeafHash(*proof->extra);
    std::uint64_t index = proof->index;
    std::uint64_t last = checkpoint->size - 1;
    for (const Digest& sibling : proof->path) {
      // RFC 9162 section 2.1.3.2: a lone right edge climbs until it has a sibling on its left.
      const bool left = index % 2 == 1 || index == last;
      hash = left ? tlog::NodeHash(sibling, hash) : tlog::NodeHash(hash, sibling);
      while (left && index % 2 == 0 && index != 0) index /= 2, last /= 2;
      index /= 2;
      last /= 2;
      out_ << "| " << Hash(sibling) << " on the " << (left ? "left" : "right") << " | "
           << Hash(hash) << " |\n";
    }
    EXPECT_EQ(hash, checkpoint->root);
    out_ << "\nThe checkpoint says " << Hash(checkpoint->root)
         << ", and the log's key signs it. The report is in the log.\n";
  }

  void Replay(std::uint64_t index) {
    const auto leaf = record::ParseLeaf(golden_.leaves[index]);
    const auto* logged = std::get_if<record::LoggedAction>(&*leaf);
    if (logged == nullptr) return;
    const auto candidate =
        std::get<registry::Candidate>(registry::ParseCandidate(logged->entry.action_note));
    ledger_.Apply(candidate, index, tlog::LeafHash(AsBytes(golden_.leaves[index])));
  }

  test::GoldenLog golden_ = test::LoadGoldenLog();
  registry::MemoryLedger ledger_;
  std::ostringstream out_;
  int step_ = 0;
};

TEST(Walkthrough, IsWhatTheCodeComputes) {
  const std::string text = Walkthrough().Write();
  if (std::getenv("JEJAK_WRITE_DOCS") != nullptr) std::ofstream(kPath, std::ios::binary) << text;
  std::ifstream file(kPath, std::ios::binary);
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(kept, text) << "docs/walkthrough.md has drifted; if the change is meant, run this with "
                           "JEJAK_WRITE_DOCS=1";
}

}  // namespace
}  // namespace jejak
