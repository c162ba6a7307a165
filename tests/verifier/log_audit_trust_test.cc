// SPDX-License-Identifier: Apache-2.0
//
// The audit against what its caller trusts and asks for: whose log it is, what its witnesses saw, and
// whether contents and the procedure count.
#include <gtest/gtest.h>

#include <string>

#include "ledger/record/entry.h"
#include "tests/evidence/golden.h"
#include "tests/verifier/audited_book.h"
#include "verifier/log_audit.h"

namespace jejak::verifier::test {
namespace {

using evidence::Trust;
using evidence::Verdict;
using evidence::test::AllLines;
using jejak::test::KeyOf;
using jejak::test::SmallLog;

TEST(LogAudit, WhoseLogItIs) {
  const AuditedBook book;
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

TEST(LogAudit, TheLogsClockAgainstItsWitnesses) {
  AuditedBook book;
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
  const AuditedBook book;
  Trust trust = book.trust();
  trust.require_contents = true;
  EXPECT_EQ(Audit(book.log.Files(), trust).exit_code, 12);
}

TEST(LogAudit, CasesWithoutTheirDefinitionAreInconclusive) {
  // A log without cases has broken no procedure.
  const AuditedBook book;
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
