// SPDX-License-Identifier: Apache-2.0
//
// Seeded single changes of case file, receipt and checkpoint. The exit code follows from what the
// change did: no longer the format 3, another value 10, a cosignature lost 12; 0 only where the
// value is the same, where optional contents were left out, or where what changed proves nothing.
// Never 11, and never a crash.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>
#include <string>

#include "ledger/evidence/verify.h"
#include "ledger/tlog/note.h"
#include "ledger/tlog/tlog_proof.h"
#include "tests/evidence/golden.h"

namespace jejak::evidence::test {
namespace {

using Random = std::mt19937_64;

std::size_t Below(Random& random, std::size_t bound) { return random() % bound; }

// One change of one place: replaced, removed, inserted, doubled or swapped with its neighbour.
std::string ChangeByte(const std::string& text, Random& random) {
  static constexpr std::string_view kLikely = "0123456789abcABC=+/ \"\\{}[],:\n-";
  std::string out = text;
  const std::size_t at = Below(random, out.size());
  const char likely = kLikely[Below(random, kLikely.size())];
  switch (Below(random, 6)) {
    case 0:
      out[at] = static_cast<char>(random());
      break;
    case 1:
      out[at] = likely;
      break;
    case 2:
      out.erase(at, 1);
      break;
    case 3:
      out.insert(at, 1, likely);
      break;
    case 4:
      out.insert(at, 1, out[at]);
      break;
    default:
      if (at + 1 < out.size()) std::swap(out[at], out[at + 1]);
  }
  return out;
}

// A case file without what proves nothing unless it is pinned.
std::string Binding(CaseFile file) {
  file.consistency.clear();
  return EncodeCaseFile(file);
}

bool ProofFormsHold(const CaseFile& file) {
  std::map<std::int64_t, int> froms;
  for (const EarlierSize& earlier : file.consistency) {
    if (earlier.from < 1 || earlier.from >= 333 || ++froms[earlier.from] > 1) return false;
  }
  return true;
}

TEST(Mutations, OfACaseFilesBytes) {
  const std::string original = ReadVector("case-A.casefile.json");
  const CaseFile before = GoldenCase();
  const Trust trust = GoldenTrust();
  Random random(20260105);
  std::map<int, int> seen;
  for (int round = 0; round < 600; ++round) {
    const std::string bytes = ChangeByte(original, random);
    const auto file = ParseCaseFile(bytes);
    int expected = kExitIntegrity;
    if (!file.ok()) {
      expected = kExitFormat;
    } else if (Binding(*file) == Binding(before) && ProofFormsHold(*file)) {
      expected = kExitPass;
    }
    // Another reader of JSON agrees where it refuses.
    if (!nlohmann::json::accept(bytes)) {
      EXPECT_EQ(expected, kExitFormat) << round;
    }
    const Verdict verdict = VerifyCaseFile(bytes, trust);
    ASSERT_EQ(verdict.exit_code, expected) << "round " << round << "\n" << AllLines(verdict);
    ++seen[expected];
  }
  EXPECT_GT(seen[kExitPass], 10);
  EXPECT_GT(seen[kExitFormat], 100);
  EXPECT_GT(seen[kExitIntegrity], 200);
}

// One change of a parsed case file and the exit code that it must have.
struct Change {
  const char* name;
  int exit;
  std::function<void(CaseFile&, Random&)> apply;
};

template <class T>
T& Any(std::vector<T>& items, Random& random) {
  return items[Below(random, items.size())];
}

template <class T>
void Remove(std::vector<T>& items, Random& random) {
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(Below(random, items.size())));
}

void Flip(Digest& digest, Random& random) {
  digest.bytes[Below(random, 32)] ^= static_cast<std::uint8_t>(1 << Below(random, 8));
}

// Another ASCII character in the place of one, so that the file stays UTF-8.
void Replace(std::string& text, Random& random) {
  std::size_t at = Below(random, text.size());
  while (static_cast<unsigned char>(text[at]) > 0x7f) at = Below(random, text.size());
  text[at] = text[at] == 'x' ? 'y' : 'x';
}

void Move(std::int64_t& number, Random& random) {
  number += random() % 2 == 0 ? static_cast<std::int64_t>(random() % 1000 + 1) : -1000;
}

std::vector<Change> Changes() {
  return {
      {"stream", 10, [](auto& f, auto& r) { Replace(f.stream, r); }},
      {"checkpoint", 10, [](auto& f, auto& r) { Replace(f.checkpoint, r); }},
      {"seal", 10, [](auto& f, auto& r) { Replace(f.seal, r); }},
      {"inclusion flipped", 10, [](auto& f, auto& r) { Flip(Any(f.inclusion, r), r); }},
      {"inclusion removed", 10, [](auto& f, auto& r) { Remove(f.inclusion, r); }},
      {"stream removed", 10, [](auto& f, auto& r) { Remove(f.streams, r); }},
      {"stream renamed", 10, [](auto& f, auto& r) { Replace(Any(f.streams, r).stream, r); }},
      {"entry changed", 10,
       [](auto& f, auto& r) { Replace(Any(Any(f.streams, r).entries, r), r); }},
      {"entry removed", 10, [](auto& f, auto& r) { Remove(Any(f.streams, r).entries, r); }},
      {"entry doubled", 10,
       [](auto& f, auto& r) {
         auto& entries = Any(f.streams, r).entries;
         entries.push_back(Any(entries, r));
       }},
      {"bit moved", 10, [](auto& f, auto& r) { Move(Any(Any(f.streams, r).path, r).bit, r); }},
      {"sibling flipped", 10,
       [](auto& f, auto& r) { Flip(Any(Any(f.streams, r).path, r).sibling, r); }},
      {"step removed", 10, [](auto& f, auto& r) { Remove(Any(f.streams, r).path, r); }},
      {"body text", 10, [](auto& f, auto& r) { Replace(Any(f.bodies, r).text, r); }},
      {"body key", 10, [](auto& f, auto& r) { Flip(Any(f.bodies, r).key, r); }},
      {"body index", 10, [](auto& f, auto& r) { Move(Any(f.bodies, r).index, r); }},
      {"body left out", 0,
       [](auto& f, auto& r) {
         f.openings.clear();
         Remove(f.bodies, r);
       }},
      {"opening index", 10, [](auto& f, auto& r) { Move(Any(f.openings, r).index, r); }},
      {"opening pointer", 10, [](auto& f, auto& r) { Replace(Any(f.openings, r).pointer, r); }},
      {"opening key", 10, [](auto& f, auto& r) { Flip(Any(f.openings, r).key, r); }},
      {"opening value", 10, [](auto& f, auto& r) { Replace(Any(f.openings, r).value, r); }},
      {"opening left out", 0, [](auto& f, auto& r) { Remove(f.openings, r); }},
      {"document text", 10, [](auto& f, auto& r) { Replace(Any(f.documents, r).text, r); }},
      {"document hash", 10, [](auto& f, auto& r) { Flip(Any(f.documents, r).sha256, r); }},
      {"document left out", 0, [](auto& f, auto& r) { Remove(f.documents, r); }},
      {"unpinned proof flipped", 0,
       [](auto& f, auto& r) { Flip(Any(Any(f.consistency, r).proof, r), r); }},
      {"unpinned proof left out", 0, [](auto& f, auto& r) { Remove(f.consistency, r); }},
      {"proof from beyond", 10,
       [](auto& f, auto& r) {
         const auto beyond = static_cast<std::int64_t>(333 + Below(r, 999));
         Any(f.consistency, r).from = Below(r, 2) == 0 ? beyond : -beyond;
       }},
  };
}

TEST(Mutations, OfACaseFilesValues) {
  const Trust trust = GoldenTrust();
  Random random(20260106);
  const std::vector<Change> changes = Changes();
  for (std::size_t round = 0; round < 20 * changes.size(); ++round) {
    const Change& change = changes[round % changes.size()];
    CaseFile file = GoldenCase();
    change.apply(file, random);
    const Verdict verdict = VerifyCaseFile(EncodeCaseFile(file), trust);
    ASSERT_EQ(verdict.exit_code, change.exit) << change.name << "\n" << AllLines(verdict);
  }
}

TEST(Mutations, OfReceipts) {
  const Trust trust = GoldenTrust();
  Random random(20260107);
  std::map<int, int> seen;
  for (const char* name : {"action-A0.tlog-proof", "head-A.tlog-proof", "absent.tlog-proof"}) {
    const std::string original = ReadVector(name);
    for (int round = 0; round < 600; ++round) {
      const std::string bytes = ChangeByte(original, random);
      if (bytes == original) continue;
      const int expected = tlog::ParseTlogProof(bytes).ok() ? kExitIntegrity : kExitFormat;
      const Verdict verdict = VerifyReceipt(bytes, trust);
      ASSERT_EQ(verdict.exit_code, expected) << name << round << "\n" << AllLines(verdict);
      ++seen[expected];
    }
  }
  EXPECT_GT(seen[kExitFormat], 500);
  EXPECT_GT(seen[kExitIntegrity], 300);
}

// Changes of what `extra` says, which the proof's own lines carry unharmed.
TEST(Mutations, OfWhatAReceiptIsAbout) {
  const Trust trust = GoldenTrust();
  Random random(20260108);
  for (const char* name : {"action-A0.tlog-proof", "head-A.tlog-proof", "absent.tlog-proof"}) {
    const auto original = *tlog::ParseTlogProof(ReadVector(name));
    for (int round = 0; round < 200; ++round) {
      auto proof = original;
      const std::string extra = ChangeByte(std::string(AsText(*original.extra)), random);
      proof.extra = Bytes(AsBytes(extra).begin(), AsBytes(extra).end());
      if (proof == original) continue;
      const Verdict verdict = VerifyReceipt(tlog::EncodeTlogProof(proof), trust);
      ASSERT_EQ(verdict.exit_code, kExitIntegrity) << name << round << "\n" << AllLines(verdict);
    }
  }
}

// The log's line and the two witnesses' of checkpoint-cosigned, under a quorum of both.
int ExpectedOfCheckpoint(const std::string& bytes, const tlog::Note& original) {
  const auto note = tlog::ParseNote(bytes);
  if (!note.ok() || note->text != original.text) return kExitIntegrity;
  bool log = false;
  std::size_t cosigned = 0;
  for (const tlog::SignatureLine& line : note->signatures) {
    for (std::size_t i = 0; i < original.signatures.size(); ++i) {
      const tlog::SignatureLine& known = original.signatures[i];
      if (line.name != known.name || line.key_id != known.key_id) continue;
      if (line.signature != known.signature) return kExitIntegrity;
      if (i == 0) log = true;
      if (i > 0) ++cosigned;
    }
  }
  if (!log) return kExitIntegrity;
  return cosigned == 2 ? kExitPass : kExitInconclusive;
}

TEST(Mutations, OfACheckpoint) {
  const Trust trust = GoldenTrust("policy-2-of-3");
  const std::string original = ReadVector("checkpoint-cosigned");
  const tlog::Note note = *tlog::ParseNote(original);
  auto receipt = *tlog::ParseTlogProof(ReadVector("action-A0.tlog-proof"));
  Random random(20260109);
  std::map<int, int> seen;
  for (int round = 0; round < 800; ++round) {
    receipt.checkpoint = ChangeByte(original, random);
    const int expected = ExpectedOfCheckpoint(receipt.checkpoint, note);
    const Verdict verdict = VerifyReceipt(tlog::EncodeTlogProof(receipt), trust);
    ASSERT_EQ(verdict.exit_code, expected) << round << receipt.checkpoint << "\n"
                                           << AllLines(verdict);
    ++seen[expected];
  }
  EXPECT_GT(seen[kExitIntegrity], 400);
  EXPECT_GT(seen[kExitInconclusive], 20);
}

TEST(Mutations, OfACheckpointsSignatureLines) {
  const Trust trust = GoldenTrust("policy-2-of-3");
  const tlog::Note note = *tlog::ParseNote(ReadVector("checkpoint-cosigned"));
  auto receipt = *tlog::ParseTlogProof(ReadVector("action-A0.tlog-proof"));
  const auto exit_code = [&](const tlog::Note& changed) {
    receipt.checkpoint = tlog::EncodeNote(changed);
    return VerifyReceipt(tlog::EncodeTlogProof(receipt), trust).exit_code;
  };
  tlog::Note changed = note;
  changed.signatures.push_back({"stranger.example", 7, Bytes(72, 1)});
  EXPECT_EQ(exit_code(changed), kExitPass) << "the line of an unknown key";
  changed.signatures.back().signature[5] ^= 1;
  EXPECT_EQ(exit_code(changed), kExitPass) << "changed, it proves as little";
  for (const std::size_t lost : {std::size_t{1}, std::size_t{2}}) {
    changed = note;
    changed.signatures.erase(changed.signatures.begin() + static_cast<std::ptrdiff_t>(lost));
    EXPECT_EQ(exit_code(changed), kExitInconclusive) << "a cosignature lost";
  }
  changed = note;
  changed.signatures.erase(changed.signatures.begin());
  EXPECT_EQ(exit_code(changed), kExitIntegrity) << "the log's signature lost";
}

}  // namespace
}  // namespace jejak::evidence::test
