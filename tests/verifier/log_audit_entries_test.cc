// SPDX-License-Identifier: Apache-2.0
//
// The audit of entries and seals: each condition has a log that breaks it and nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "ledger/record/entry.h"
#include "tests/evidence/golden.h"
#include "tests/verifier/audited_book.h"
#include "verifier/log_audit.h"

namespace jejak::verifier::test {
namespace {

using evidence::Verdict;
using evidence::test::AllLines;

TEST(LogAudit, SealsThatLie) {
  AuditedBook book;
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
  AuditedBook book;
  book.log.Add(book.small.Open(1, book.log.time()).note);
  const Verdict verdict = Audit(book.log.Files(), book.trust());
  EXPECT_EQ(verdict.exit_code, 10);
  EXPECT_TRUE(Says(verdict, "check.seal", evidence::Status::kFail,
                   "the last entry of the checkpoint's tree is not a seal", book.log.size() - 1));
}

TEST(LogAudit, ARemovedCosignerIsSeen) {
  AuditedBook book;
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
  AuditedBook book;
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
  AuditedBook book;
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

}  // namespace
}  // namespace jejak::verifier::test
