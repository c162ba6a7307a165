// SPDX-License-Identifier: Apache-2.0
//
// Evidence of logs that we write ourselves: unknown rules, compromised keys, clocks, unknown
// contents, entries that should not have been admitted.
#include "tests/evidence/book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <string>

#include "ledger/base/text.h"
#include "ledger/evidence/inspect.h"
#include "ledger/evidence/log_replay.h"
#include "ledger/evidence/receipt.h"
#include "ledger/evidence/verify.h"
#include "ledger/record/entry.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/note.h"
#include "ledger/tlog/tlog_proof.h"
#include "tests/evidence/golden.h"

namespace jejak::evidence::test {
namespace {

const Book::Signers kOfficer = {{"u.example/p1", "officer"}};
const Book::Signers kTwoRoots = {{"book.example/root-1", "root"}, {"book.example/root-2", "root"}};

TEST(Book, BuildsWhatVerifies) {
  Book book;
  book.Seal();
  const Verdict verdict = Verify(book.Case(), book.trust());
  EXPECT_EQ(verdict.exit_code, kExitPass) << AllLines(verdict);
  EXPECT_EQ(verdict.coverage.total, 8u);  // not the seal, nor a key that nobody needs
  for (std::uint64_t index = 0; index < book.size(); ++index) {
    const Verdict receipt = VerifyReceipt(book.ActionReceipt(index), book.trust());
    const bool seal = book.leaves()[index].starts_with("jejak/seal/");
    EXPECT_EQ(receipt.exit_code, seal ? kExitIntegrity : kExitPass) << AllLines(receipt);
  }
  for (const char* stream : {"registry", "key/u.example/p1", "key/u.example/nobody"}) {
    const auto parsed = record::ParseStream(stream);
    const Verdict receipt = VerifyReceipt(book.StateReceipt(*parsed), book.trust());
    EXPECT_EQ(receipt.exit_code, kExitPass) << stream << AllLines(receipt);
  }
}

TEST(Book, ReceiptOfTheFirstEntryChecksTheGenesis) {
  Book book;
  book.Seal();
  EXPECT_EQ(StatusOf(VerifyReceipt(book.ActionReceipt(0), book.trust()), "check.genesis"),
            Status::kPass);
  EXPECT_EQ(StatusOf(VerifyReceipt(book.ActionReceipt(1), book.trust()), "check.genesis"),
            Status::kNotChecked);
  Trust trust = book.trust();
  trust.genesis->bytes[5] ^= 1;
  EXPECT_EQ(VerifyReceipt(book.ActionReceipt(0), trust).exit_code, kExitIntegrity);
}

TEST(Book, LogKeyIsTheOneThatEntry0Names) {
  Book book;
  book.Seal();
  // The same checkpoint re-signed with another key, and a policy that was made for that key.
  CaseFile file = book.Case();
  Trust trust = book.trust();
  const Digest seed = {};
  const auto other = crypto::SecretKey::FromSeed(seed.view());
  trust.policy.log.key = other.public_key();
  const std::string text = tlog::ParseNote(file.checkpoint)->text;
  file.checkpoint = tlog::EncodeNote({text, {tlog::SignNote(text, kBookOrigin, other)}});
  const Verdict verdict = Verify(file, trust);
  EXPECT_EQ(verdict.exit_code, kExitIntegrity);
  EXPECT_EQ(Faults(verdict),
            "check.log_key: the log key of the policy is not the one that entry 0 names\n");
}

TEST(Book, EntriesThatShouldNotHaveBeenAdmitted) {
  struct Row {
    const char* code;
    std::function<void(Book&)> add;
  };
  for (const Row& row : std::vector<Row>{
           {"role_not_held",
            [](Book& b) {
              b.Append(b.Act("note.add", {{"u.example/p1", "judge"}}));
            }},
           {"unknown_key",
            [](Book& b) {
              b.Append(b.Act("note.add", {{"book.example/root-3", "root"}}));
            }},
           {"conflict",
            [](Book& b) {
              auto fields = b.Act("note.add", kOfficer);
              fields.position = record::PositionKind::kSeen;
              fields.position_count = 1;
              fields.until = *ParseAt("2026-02-01T00:00:00+07:00");
              b.Append(fields);
            }},
           {"at_in_future",
            [](Book& b) {
              auto fields = b.Act("note.add", kOfficer);
              fields.at = *ParseAt("2027-02-01T00:00:00+07:00");
              b.Append(fields);
            }},
           {"authority",
            [](Book& b) {
              b.Append(b.Admin("registry", "unit.close", {kTwoRoots[0]}, R"({"unit":"u"})"));
            }},
           {"state",
            [](Book& b) {
              b.Append(b.Admin("registry", "unit.close", kTwoRoots, R"({"unit":"v"})"));
            }},
       }) {
    Book book;
    row.add(book);
    book.Seal();
    const Verdict verdict = Verify(book.Case(), book.trust());
    EXPECT_EQ(verdict.exit_code, kExitIntegrity) << row.code;
    const std::string faults = Faults(verdict);
    EXPECT_TRUE(faults.starts_with("check.admission: entry 10 should not have been admitted: ") ||
                faults.find("check.admission: entry 10") != std::string::npos)
        << row.code << faults;
    EXPECT_NE(faults.find(std::string("(") + row.code + ")"), std::string::npos) << row.code << "\n"
                                                                                 << faults;
  }
}

TEST(Book, AnActionLoggedTwice) {
  Book book;
  const std::string entry = book.leaves()[9];
  const std::string note = record::ParseEntry(entry)->action_note;
  const auto action = record::ParseAction(note);
  book.AppendNote(action->stream, note, action->id());
  book.Seal();
  const Verdict verdict = Verify(book.Case(), book.trust());
  EXPECT_EQ(verdict.exit_code, kExitIntegrity);
  EXPECT_EQ(Faults(verdict), "check.admission: entry 10 repeats the action of entry 9\n");
}

TEST(Book, HeadThatNamesAnEntryAfterTheSeal) {
  Book book;
  const auto registry = *record::ParseStream("registry");
  const statemap::StreamHead head{2, 10, {}, {}};  // the seal is entry 10
  book.SetHead(registry, head);
  book.Seal();
  auto proof = *tlog::ParseTlogProof(book.StateReceipt(registry));
  StateExtra state = *ParseStateExtra(AsText(*proof.extra));
  state.head = head;
  const std::string receipt = BuildStateReceipt(state, proof.index, proof.path, proof.checkpoint);
  EXPECT_EQ(Faults(VerifyReceipt(receipt, book.trust())),
            "check.stream: registry: the head names an entry that is not before the seal\n");
}

TEST(Book, EntryZeroIsWhatItShouldBe) {
  Book book;
  book.Seal();
  CaseFile file = book.Case();
  auto registry = std::find_if(file.streams.begin(), file.streams.end(),
                               [](const HeldStream& held) { return held.stream == "registry"; });
  std::string& first = registry->entries[0];
  const std::string log_create = first;
  first = registry->entries[1];
  first.replace(first.find("index 1"), 7, "index 0");
  EXPECT_NE(Faults(Verify(file, book.trust())).find("check.log_key: entry 0 does not create a log"),
            std::string::npos);
  auto proof = *tlog::ParseTlogProof(book.ActionReceipt(0));
  std::string changed = log_create;
  changed.replace(changed.find("prev 47"), 7, "prev 48");
  proof.extra = Bytes(AsBytes(changed).begin(), AsBytes(changed).end());
  const std::string faults = Faults(VerifyReceipt(tlog::EncodeTlogProof(proof), book.trust()));
  EXPECT_NE(faults.find("check.chain: entry 0 must have the hash of nothing"), std::string::npos);
  EXPECT_NE(faults.find("check.genesis: entry 0 is not the genesis"), std::string::npos);
}

TEST(Book, OldCheckpointOfAnotherKeyIsNoPredecessor) {
  Book book;
  book.Seal();
  const std::string note = book.Checkpoint();
  const std::string text = tlog::ParseNote(note)->text;
  const Digest seed = {};
  const std::string forged = tlog::EncodeNote(
      {text, {tlog::SignNote(text, kBookOrigin, crypto::SecretKey::FromSeed(seed.view()))}});
  EXPECT_EQ(VerifyConsistency(note, note, {}, book.trust()).exit_code, kExitPass);
  EXPECT_EQ(VerifyConsistency(forged, note, {}, book.trust()).exit_code, kExitIntegrity);
  EXPECT_EQ(VerifyConsistency(note, forged, {}, book.trust()).exit_code, kExitIntegrity);
}

TEST(Clock, SealLaterThanItsCosignatureIsInconclusive) {
  Book book;
  book.Seal();
  const std::int64_t sealed = book.now - 1;
  const auto exit_code = [&](std::int64_t w1, std::int64_t w2) {
    return Verify(book.Case(book.Checkpoint({{"w1", w1}, {"w2", w2}})), book.trust()).exit_code;
  };
  EXPECT_EQ(exit_code(sealed - 300, sealed + 9999), kExitPass);
  EXPECT_EQ(exit_code(sealed - 301, sealed + 9999), kExitInconclusive);
  EXPECT_EQ(exit_code(sealed + 9999, sealed - 301), kExitInconclusive);
}

TEST(Clock, TimesAtTheEndOfTheWorldAreNoTrouble) {
  Book book;
  book.Seal();
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  const CaseFile file = book.Case(book.Checkpoint({{"w1", kLast}, {"w2", kLast}}));
  Trust trust = book.trust();
  EXPECT_EQ(Verify(file, trust).exit_code, kExitPass);
  trust.max_age_s = 0;
  EXPECT_EQ(StatusOf(Verify(file, trust), "check.age"), Status::kInconclusive);
  trust.max_age_s.reset();
  trust.pinned_checkpoint = file.checkpoint;
  EXPECT_EQ(Verify(file, trust).exit_code, kExitPass);
}

TEST(Clock, EntryEarlierThanThePinnedCosignatureIsInconclusive) {
  Book book;
  book.Seal();
  const std::uint64_t from = book.size();
  const std::int64_t sealed = book.now - 1;
  const auto pinned = [&](std::int64_t time) { return book.Checkpoint({{"w1", time}}); };
  const std::string close = pinned(sealed + 1 + 300);
  const std::string far = pinned(sealed + 1 + 301);
  book.Append(book.Act("note.add", kOfficer));
  book.Seal();
  CaseFile file = book.Case();
  LeafTree tree(book.leaves());
  file.consistency.push_back(
      {static_cast<std::int64_t>(from), *tlog::BuildConsistency(tree, from, book.size())});
  Trust trust = book.trust();
  trust.pinned_checkpoint = close;
  EXPECT_EQ(Verify(file, trust).exit_code, kExitPass) << AllLines(Verify(file, trust));
  trust.pinned_checkpoint = far;
  EXPECT_EQ(Verify(file, trust).exit_code, kExitInconclusive);
}

TEST(Clock, EntryLaterThanThePinnedCosignatureOverItIsInconclusive) {
  Book book;
  book.Seal();
  const std::uint64_t from = book.size();
  const std::int64_t last = book.now - 2;  // the last held entry that the pinned checkpoint covers
  const std::string close = book.Checkpoint({{"w1", last - 300}});
  const std::string far = book.Checkpoint({{"w1", last - 301}});
  book.Seal();
  CaseFile file = book.Case();
  LeafTree tree(book.leaves());
  file.consistency.push_back(
      {static_cast<std::int64_t>(from), *tlog::BuildConsistency(tree, from, book.size())});
  Trust trust = book.trust();
  trust.pinned_checkpoint = close;
  EXPECT_EQ(Verify(file, trust).exit_code, kExitPass) << AllLines(Verify(file, trust));
  trust.pinned_checkpoint = far;
  EXPECT_EQ(Verify(file, trust).exit_code, kExitInconclusive);
}

TEST(UnknownContent, IsListedAndBreaksNoProof) {
  Book book;
  const std::uint64_t index =
      book.AppendWithBody(book.Act("note.add", kOfficer), "this is not Body JSON");
  book.Seal();
  CaseFile file = book.Case();
  const Verdict verdict = Verify(file, book.trust());
  EXPECT_EQ(verdict.exit_code, kExitPass) << AllLines(verdict);
  EXPECT_TRUE(Lists(verdict, "unknown_content_" + std::to_string(index)));
  file.openings.push_back({static_cast<std::int64_t>(index), "/x", Digest{}, "1"});
  const Verdict into = Verify(file, book.trust());
  EXPECT_EQ(into.exit_code, kExitIntegrity);
  EXPECT_NE(Faults(into).find("is into unknown content"), std::string::npos);
}

TEST(Signatures, ARunnerDecides) {
  class Refusing final : public SignatureRunner {
   public:
    std::vector<std::size_t> Run(std::span<const SignatureJob> jobs) const override {
      return jobs.empty() ? std::vector<std::size_t>{} : std::vector<std::size_t>{jobs.size() - 1};
    }
  };
  Book book;
  book.Seal();
  const Verdict verdict = VerifyCaseFile(EncodeCaseFile(book.Case()), book.trust(), Refusing());
  EXPECT_EQ(verdict.exit_code, kExitIntegrity);
  EXPECT_EQ(
      verdict.checks.size() > 0 && Faults(verdict).find("(bad_signature)") != std::string::npos,
      true);
}

TEST(Verdicts, AHostileFileDoesNotWriteTheReport) {
  Book book;
  book.Seal();
  CaseFile file = book.Case();
  for (std::int64_t i = 0; i < 5000; ++i) file.bodies.push_back({100 + i, Digest{}, "{}"});
  const Verdict verdict = Verify(file, book.trust());
  EXPECT_EQ(verdict.exit_code, kExitIntegrity);
  EXPECT_LT(verdict.checks.size(), kMaxLines + 50);
}

TEST(Verdicts, WorstOfSeveralInputs) {
  EXPECT_EQ(WorseExit(0, 11), 11);
  EXPECT_EQ(WorseExit(11, 12), 12);
  EXPECT_EQ(WorseExit(3, 12), 3);
  EXPECT_EQ(WorseExit(3, 10), 10);
  EXPECT_EQ(WorseExit(10, 2), 2);
  EXPECT_EQ(WorseExit(0, 0), 0);
}

TEST(Inspection, NamesWhatAFileClaimsToBe) {
  for (const auto& [name, kind] :
       std::vector<std::pair<std::string, std::string>>{{"case-A.casefile.json", "case file"},
                                                        {"action-A0.tlog-proof", "receipt"},
                                                        {"absent.tlog-proof", "receipt"},
                                                        {"log/checkpoint", "checkpoint"},
                                                        {"report.action", "envelope"}}) {
    const auto facts = Inspect(ReadVector(name));
    ASSERT_TRUE(facts.ok()) << name << facts.error().detail;
    EXPECT_EQ(facts->front().name, "kind");
    EXPECT_EQ(facts->front().detail, kind) << name;
    EXPECT_GT(facts->size(), 3u);
  }
  EXPECT_EQ(Inspect(GoldenLeaves()[27])->front().detail, "entry");
  EXPECT_EQ(Inspect(GoldenLeaves()[332])->front().detail, "seal");
  EXPECT_FALSE(Inspect("").ok());
  EXPECT_FALSE(Inspect("{}").ok());
  EXPECT_FALSE(Inspect("c2sp.org/tlog-proof@v1\n").ok());
}

}  // namespace
}  // namespace jejak::evidence::test
