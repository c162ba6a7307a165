// SPDX-License-Identifier: Apache-2.0
//
// The audit as a pipeline: many hands and one say the same, wherever in the log a fault, a pinned size
// or a lost file stands.
#include "verifier/log_audit.h"

#include <gtest/gtest.h>

#include <string>

#include "ledger/record/entry.h"
#include "tests/evidence/golden.h"
#include "tests/verifier/audited_book.h"
#include "verifier/cli/worker_pool.h"

namespace jejak::verifier::test {
namespace {

using evidence::Trust;
using evidence::Verdict;
using evidence::test::AllLines;

class Steps final : public Progress {
 public:
  void Report(std::uint64_t count, std::uint64_t total) override {
    EXPECT_GE(count, last);
    EXPECT_LE(count, total);
    last = count;
    ++calls;
  }
  std::uint64_t last = 0;
  int calls = 0;
};

TEST(LogAudit, ManyHandsAndOneSayTheSame) {
  const AuditedBook& book = LargeBook();
  const FileMap files = book.log.Files();
  MemorySource source(files);
  Steps steps;
  WorkerPool pool(3);
  const Verdict many = AuditLog(source, book.trust(), pool, &steps);
  EXPECT_EQ(many.exit_code, 0) << AllLines(many);
  EXPECT_EQ(many.coverage.total, book.log.size());
  EXPECT_EQ(many.coverage.checked, book.log.size());
  EXPECT_EQ(steps.last, book.log.size());
  EXPECT_GE(steps.calls, 3);
  const Verdict one = Audit(files, book.trust());
  EXPECT_EQ(AllLines(one), AllLines(many));
  EXPECT_TRUE(Says(one, "check.tiles", evidence::Status::kPass, "all 68 hash tiles"))
      << AllLines(one);
}

TEST(LogAudit, SkippedSignaturesAreNeverAPass) {
  Trust trust = LargeBook().trust();
  trust.skip_signatures = true;
  const Verdict verdict = Audit(LargeBook().log.Files(), trust);
  EXPECT_EQ(verdict.exit_code, 12);
  EXPECT_TRUE(Says(verdict, "check.signatures", evidence::Status::kInconclusive, "as asked"));
}

// An entry with another byte in its signature line, everything after it refitted.
WrittenLog WithWrongSignature(const AuditedBook& book, std::uint64_t at) {
  WrittenLog log(book.key, kStart);
  for (const std::string& leaf : book.log.leaves()) {
    const auto entry = record::ParseEntry(leaf);
    if (!entry.ok()) {
      log.Seal();
      continue;
    }
    std::string note = entry->action_note;
    if (log.size() == at) {
      char& character = note[note.size() - 20];
      character = character == 'A' ? 'B' : 'A';
    }
    log.Add(note);
  }
  return log;
}

TEST(LogAudit, AWrongSignatureIsFoundWhereverItStands) {
  const AuditedBook& book = LargeBook();
  for (const std::uint64_t at : {std::uint64_t{3}, kChunkEntries + 100, 2 * kChunkEntries + 200}) {
    std::uint64_t index = at;
    while (!record::ParseEntry(book.log.leaves()[index]).ok()) ++index;
    const WrittenLog log = WithWrongSignature(book, index);
    Trust trust = book.trust();
    const FileMap files = log.Files();
    MemorySource source(files);
    WorkerPool pool(2);
    const Verdict verdict = AuditLog(source, trust, pool);
    EXPECT_EQ(verdict.exit_code, 10);
    EXPECT_TRUE(Says(verdict, "check.admission", evidence::Status::kFail,
                     "doesn't verify (bad_signature)", index))
        << AllLines(verdict);
    EXPECT_EQ(verdict.coverage.checked, index);
    // The log itself signed this: the tree says so.
    EXPECT_TRUE(Says(verdict, "check.root", evidence::Status::kPass, ""));
    trust.skip_signatures = true;
    EXPECT_EQ(Audit(files, trust).exit_code, 12);
  }
}

TEST(LogAudit, PinnedSizesInsideAndAtTheEdgesOfChunks) {
  const AuditedBook& book = LargeBook();
  const FileMap files = book.log.Files();
  Trust trust = book.trust();
  trust.skip_signatures = true;
  for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{256}, kChunkEntries - 1,
                                   kChunkEntries, kChunkEntries + 77, book.log.size() - 1}) {
    trust.pinned_checkpoint = book.log.Checkpoint(size);
    const Verdict verdict = Audit(files, trust);
    EXPECT_TRUE(Says(verdict, "check.pinned", evidence::Status::kPass,
                     "the pinned checkpoint of size " + std::to_string(size) + " is a prefix"))
        << AllLines(verdict);
  }
  WrittenLog other = WithWrongSignature(book, 3);
  trust.pinned_checkpoint = other.Checkpoint(kChunkEntries);
  const Verdict forked = Audit(files, trust);
  EXPECT_EQ(forked.exit_code, 10);
  EXPECT_TRUE(Says(forked, "check.pinned", evidence::Status::kFail, "rewritten or is forked"));
  trust.pinned_checkpoint = other.Checkpoint(other.size());
  EXPECT_TRUE(Says(Audit(files, trust), "check.pinned", evidence::Status::kFail, "forked"));
}

TEST(LogAudit, ReadsOnPastAFaultAndNotPastWhatCannotBeRead) {
  const AuditedBook& book = LargeBook();
  FileMap files = book.log.Files();
  Trust trust = book.trust();
  trust.skip_signatures = true;
  const std::string lost = "tile/entries/040";  // in the second chunk
  files.erase(lost);
  const Verdict verdict = Audit(files, trust);
  EXPECT_EQ(verdict.exit_code, 3);
  EXPECT_EQ(verdict.word, "fail");
  EXPECT_EQ(verdict.coverage.checked, 40 * 256u);
  EXPECT_TRUE(Says(verdict, "check.format", evidence::Status::kInconclusive, lost));
  EXPECT_TRUE(Says(verdict, "check.root", evidence::Status::kNotChecked, ""));
  EXPECT_TRUE(verdict.verified.empty());
  // A fault before it is worse than a lost file.
  files["tile/0/002"][5] ^= 1;
  EXPECT_EQ(Audit(files, trust).exit_code, 10);
  files = book.log.Files();
  files["tile/0/002"][5] ^= 1;
  files["tile/0/050"][5] ^= 1;
  files["tile/1/000.p/" + std::to_string(book.log.size() / 256)][5] ^= 1;
  EXPECT_TRUE(Says(Audit(files, trust), "check.tiles", evidence::Status::kFail,
                   "tile/0/002: hash 0 is not the one that the entries give; and 2 more"));
  files = book.log.Files();
  files.erase("tile/1/000.p/" + std::to_string(book.log.size() / 256));
  files.erase("tile/0/050");
  const Verdict tiles = Audit(files, trust);
  EXPECT_EQ(tiles.exit_code, 3);
  EXPECT_TRUE(Says(tiles, "check.format", evidence::Status::kInconclusive, "tile/0/050"));
  EXPECT_TRUE(Says(tiles, "check.root", evidence::Status::kPass, ""));
}

}  // namespace
}  // namespace jejak::verifier::test
