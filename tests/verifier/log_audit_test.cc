// SPDX-License-Identifier: Apache-2.0
//
// The audit against logs made here, sound ones and ones that misbehave: each condition has a log
// that breaks it and nothing else.
#include "verifier/log_audit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "ledger/record/action.h"
#include "ledger/record/entry.h"
#include "ledger/record/seal.h"
#include "tests/evidence/golden.h"
#include "tests/support/small_log.h"
#include "tests/verifier/written_log.h"
#include "tools/author/administration.h"
#include "verifier/cli/worker_pool.h"

namespace jejak::verifier::test {
namespace {

using evidence::Trust;
using evidence::Verdict;
using evidence::test::AllLines;
using jejak::test::KeyOf;
using jejak::test::SmallLog;

constexpr UnixSeconds kStart{1767574800};

// A small log with its writer: founded, set up and sealed.
struct Book {
  Book() {
    log.Add(small.create().note);
    for (const record::Envelope& envelope : small.setup()) log.Add(envelope.note);
    log.Seal();
  }

  At Now() const { return ParseAt(FormatAt(log.time(), 420)).value(); }

  // An action of section 8 by both roots.
  std::uint64_t Administer(const registry::AdminBody& body, const std::string& subject = {}) {
    const auto envelope = author::Administer(small.author(), body, subject, Now(),
                                             {{"root", &root_a}, {"root", &root_b}});
    if (!envelope.ok() || !small.author().Logged(*envelope).ok()) std::abort();
    return log.Add(envelope->note);
  }

  Trust trust() const {
    Trust out;
    out.policy.log = key.verifier_key();
    out.policy.genesis = log.genesis();
    out.ignore_conformance = true;
    out.now = UnixSeconds{kStart.value + 86400};
    return out;
  }

  SmallLog small{kStart};
  tlog::PrivateKey key = small.log_key();
  tlog::PrivateKey root_a = KeyOf("small.jejak.example/root-a");
  tlog::PrivateKey root_b = KeyOf("small.jejak.example/root-b");
  WrittenLog log{key, kStart};
};

Verdict Audit(const FileMap& files, const Trust& trust) {
  MemorySource source(files);
  CallerOnly caller;
  return AuditLog(source, trust, caller);
}

// True iff a line of this id and status holds the sentence.
bool Says(const Verdict& verdict, std::string_view id, evidence::Status status,
          std::string_view sentence, std::optional<std::uint64_t> index = {}) {
  return std::any_of(verdict.checks.begin(), verdict.checks.end(),
                     [&](const evidence::CheckLine& line) {
                       return line.id == id && line.status == status &&
                              line.detail.find(sentence) != std::string::npos &&
                              (!index || line.entry_index == index);
                     });
}

// More than two chunks of the pipeline, with a seal after every 96 actions.
const Book& LargeBook() {
  static const Book* const kBook = [] {
    auto* book = new Book;
    for (std::uint64_t i = 0; book->log.size() < 2 * kChunkEntries + 700; ++i) {
      const UnixSeconds now = book->log.time();
      book->log.Add(i % 8 == 0 ? book->small.Open(i / 8, now).note
                               : book->small.AddNote(i / 8, now).note);
      if (i % 96 == 95) book->log.Seal();
    }
    book->log.Seal();
    return book;
  }();
  return *kBook;
}

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
  const Book& book = LargeBook();
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
WrittenLog WithWrongSignature(const Book& book, std::uint64_t at) {
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
  const Book& book = LargeBook();
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
  const Book& book = LargeBook();
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
  const Book& book = LargeBook();
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

TEST(LogAudit, SealsThatLie) {
  Book book;
  book.log.Add(book.small.Open(1, book.log.time()).note);
  WrittenLog left_out = book.log;
  book.log.Seal(1);
  EXPECT_TRUE(Says(Audit(book.log.Files(), book.trust()), "check.seal", evidence::Status::kFail,
                   "the seal counts"));
  left_out.Seal(0, true);
  const Verdict verdict = Audit(left_out.Files(), book.trust());
  EXPECT_EQ(verdict.exit_code, 10);
  EXPECT_TRUE(Says(verdict, "check.seal", evidence::Status::kFail, "leaves an action out"));
  EXPECT_TRUE(Says(verdict, "check.root", evidence::Status::kPass, ""));
}

TEST(LogAudit, TheLastEntryIsASeal) {
  Book book;
  book.log.Add(book.small.Open(1, book.log.time()).note);
  const Verdict verdict = Audit(book.log.Files(), book.trust());
  EXPECT_EQ(verdict.exit_code, 10);
  EXPECT_TRUE(Says(verdict, "check.seal", evidence::Status::kFail,
                   "the last entry of the checkpoint's tree is not a seal", book.log.size() - 1));
}

TEST(LogAudit, WhoseLogItIs) {
  const Book book;
  const FileMap files = book.log.Files();
  EXPECT_EQ(Audit(files, book.trust()).exit_code, 0);
  Trust trust = book.trust();
  trust.policy.genesis.reset();
  EXPECT_EQ(Audit(files, trust).exit_code, 12);
  trust.genesis = Digest{};
  const Verdict other = Audit(files, trust);
  EXPECT_EQ(other.exit_code, 10);
  EXPECT_TRUE(Says(other, "check.genesis", evidence::Status::kFail, "this is another log"));
  trust = book.trust();
  trust.policy.log = KeyOf("other.jejak.example/1").verifier_key();
  const Verdict stranger = Audit(files, trust);
  EXPECT_EQ(stranger.exit_code, 10);
  EXPECT_TRUE(Says(stranger, "check.checkpoint", evidence::Status::kFail, "another log"));
  EXPECT_EQ(stranger.coverage.checked, 0u);
  // The log is re-signed under its own name with a key that entry 0 doesn't name.
  tlog::PrivateKey thief = KeyOf("a thief");
  thief.name = SmallLog::kOrigin;
  WrittenLog resigned(thief, kStart);
  for (const std::string& leaf : book.log.leaves()) {
    const auto entry = record::ParseEntry(leaf);
    if (entry.ok()) {
      resigned.Add(entry->action_note);
    } else {
      resigned.Seal();
    }
  }
  const FileMap stolen = resigned.Files();
  EXPECT_TRUE(Says(Audit(stolen, book.trust()), "check.checkpoint", evidence::Status::kFail,
                   "isn't signed with the log key"));
  trust = book.trust();
  trust.policy.log = thief.verifier_key();
  const Verdict renamed = Audit(stolen, trust);
  EXPECT_EQ(renamed.exit_code, 10);
  EXPECT_TRUE(Says(renamed, "check.log_key", evidence::Status::kFail, "not the one that entry 0"));
}

TEST(LogAudit, ARemovedCosignerIsSeen) {
  Book book;
  const std::string& leaf = book.log.leaves()[1];  // unit.register by two roots
  record::Entry entry = *record::ParseEntry(leaf);
  std::string& note = entry.action_note;
  const std::size_t second = note.find("\nby ", note.find("\nby ") + 1);
  note.erase(second, note.find('\n', second + 1) - second);
  note.erase(note.rfind("\n\xE2\x80\x94 ", note.size() - 2) + 1);
  WrittenLog log(book.key, kStart);
  for (std::size_t i = 0; i < 2; ++i) {
    log.Add(i == 1 ? note : record::ParseEntry(book.log.leaves()[0])->action_note);
  }
  log.Seal();
  const Verdict verdict = Audit(log.Files(), book.trust());
  EXPECT_EQ(verdict.exit_code, 10);
  EXPECT_TRUE(Says(verdict, "check.admission", evidence::Status::kFail, "(authority)", 1))
      << AllLines(verdict);
}

TEST(LogAudit, UnknownRulesEndTheJudgement) {
  Book book;
  const std::uint64_t upgrade = book.Administer(registry::LogUpgrade{2});
  book.log.Seal(5);  // whatever the new rules say a seal counts
  const Verdict verdict = Audit(book.log.Files(), book.trust());
  EXPECT_EQ(verdict.exit_code, 12) << AllLines(verdict);
  EXPECT_TRUE(Says(verdict, "check.rules", evidence::Status::kInconclusive,
                   "what follows it was not judged", upgrade));
  EXPECT_EQ(verdict.coverage.checked, upgrade + 1);
  EXPECT_TRUE(Says(verdict, "check.root", evidence::Status::kPass, ""));
}

TEST(LogAudit, WhatRestsOnACompromisedKeyIsUnknown) {
  Book book;
  const std::uint64_t opened = book.log.Add(book.small.Open(1, book.log.time()).note);
  book.Administer(registry::KeyRevoke{"compromised", opened}, "unit.example/officer");
  book.log.Seal();
  const Verdict verdict = Audit(book.log.Files(), book.trust());
  EXPECT_EQ(verdict.exit_code, 0) << AllLines(verdict);
  EXPECT_TRUE(Says(verdict, "check.compromised", evidence::Status::kNotChecked,
                   "what the key unit.example/officer signed from entry", opened));
  EXPECT_TRUE(std::any_of(verdict.unverified.begin(), verdict.unverified.end(), [](auto& fact) {
    return fact.name == "compromised_unit.example/officer";
  }));
}

TEST(LogAudit, TheLogsClockAgainstItsWitnesses) {
  Book book;
  book.log.Wait(1000);
  book.log.Seal();
  const tlog::PrivateKey witness = KeyOf("witness.example", tlog::kCosignatureKey);
  Trust trust = book.trust();
  trust.policy.witnesses = {{"w", witness.verifier_key(), ""}};
  trust.policy.quorum = "w";
  const std::int64_t last = book.log.time().value - 1;  // the seal's
  FileMap files = book.log.Files();
  const auto cosigned_at = [&](std::int64_t time) {
    files["checkpoint"] = book.log.Checkpoint(book.log.size(), {{&witness, time}});
    return Audit(files, trust);
  };
  EXPECT_EQ(cosigned_at(last - 300).exit_code, 0);
  const Verdict late = cosigned_at(last - 301);
  EXPECT_EQ(late.exit_code, 12);
  EXPECT_TRUE(Says(late, "check.clock", evidence::Status::kInconclusive, "the log's clock failed"));
  // Age: from the cosignature to now.
  trust.max_age_s = 60;
  trust.now = UnixSeconds{last + 60};
  EXPECT_EQ(cosigned_at(last).exit_code, 0);
  trust.now = UnixSeconds{last + 61};
  EXPECT_EQ(cosigned_at(last).exit_code, 12);
  trust.max_age_s.reset();
  // What came after a pinned, cosigned checkpoint is not older than it.
  const std::uint64_t pinned = book.log.size() - 1;
  const auto pinned_at = [&](std::int64_t time) {
    trust.pinned_checkpoint = book.log.Checkpoint(pinned, {{&witness, time}});
    return cosigned_at(last).exit_code;
  };
  EXPECT_EQ(pinned_at(last + 300), 0);
  EXPECT_EQ(pinned_at(last + 301), 12);
  EXPECT_EQ(pinned_at(last - 1000), 0);
  EXPECT_EQ(pinned_at(last - 1000 - 302), 12);  // the entry before it is later than that
  trust.pinned_checkpoint.reset();
  files["checkpoint"] = book.log.Checkpoint(book.log.size());
  EXPECT_EQ(Audit(files, trust).exit_code, 12);
}

TEST(LogAudit, ContentsMayBeDemanded) {
  const Book book;
  Trust trust = book.trust();
  trust.require_contents = true;
  EXPECT_EQ(Audit(book.log.Files(), trust).exit_code, 12);
}

TEST(LogAudit, CasesWithoutTheirDefinitionAreInconclusive) {
  // A log without cases has broken no procedure.
  const Book book;
  Trust trust = book.trust();
  trust.ignore_conformance = false;
  const Verdict empty = Audit(book.log.Files(), trust);
  EXPECT_EQ(empty.exit_code, 0) << AllLines(empty);
  EXPECT_TRUE(Says(empty, "check.conformance", evidence::Status::kPass, "in all 0 cases"));
  const Verdict large = Audit(LargeBook().log.Files(), trust);
  EXPECT_EQ(large.exit_code, 12);
  EXPECT_TRUE(Says(large, "check.conformance", evidence::Status::kInconclusive, "is not held"))
      << AllLines(large);
  ASSERT_TRUE(large.log_conformance);
  EXPECT_GT(large.log_conformance->cases(), 1024u);  // more than one round of judging
  EXPECT_EQ(large.log_conformance->unjudged(), large.log_conformance->cases());
}

TEST(LogAudit, OfALogThatIsNotIntactNoProcedureIsJudged) {
  Trust trust = LargeBook().trust();
  trust.ignore_conformance = false;
  FileMap files = LargeBook().log.Files();
  files.erase("tile/entries/000");
  const Verdict verdict = Audit(files, trust);
  EXPECT_EQ(verdict.exit_code, 3);
  EXPECT_TRUE(Says(verdict, "check.conformance", evidence::Status::kNotChecked, "not judged"));
  EXPECT_FALSE(verdict.log_conformance);
}

}  // namespace
}  // namespace jejak::verifier::test
