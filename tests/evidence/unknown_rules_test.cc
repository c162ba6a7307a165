// SPDX-License-Identifier: Apache-2.0
//
// Logs with rules that this program doesn't know, and with keys that were declared compromised.
#include <gtest/gtest.h>

#include <string>

#include "ledger/evidence/log_replay.h"
#include "ledger/evidence/verify.h"
#include "tests/evidence/book.h"
#include "tests/evidence/golden.h"

namespace jejak::evidence::test {
namespace {

const Book::Signers kOfficer = {{"u.example/p1", "officer"}};
const Book::Signers kTwoRoots = {{"book.example/root-1", "root"}, {"book.example/root-2", "root"}};

std::uint64_t Upgrade(Book& book, const Book::Signers& by = kTwoRoots) {
  return book.Append(book.Admin("registry", "log.upgrade", by, R"({"rules":2})"));
}

TEST(UnknownRules, AreInconclusiveAndEndTheJudgement) {
  Book book;
  Upgrade(book);
  // What follows may be of any shape; neither it nor the map is judged.
  book.AppendNote(*record::ParseStream("registry"), "jejak/action/v2\nwhatever\n", Digest{});
  book.Seal();
  CaseFile file = book.Case();
  file.streams[0].path.clear();
  file.bodies[0].text = "{}";
  const Verdict verdict = Verify(file, book.trust());
  EXPECT_EQ(verdict.exit_code, kExitInconclusive) << AllLines(verdict);
  EXPECT_EQ(StatusOf(verdict, "check.rules"), Status::kInconclusive);
  EXPECT_EQ(StatusOf(verdict, "check.stream"), Status::kNotChecked);
  EXPECT_EQ(verdict.coverage.checked, 9u);
  EXPECT_EQ(verdict.coverage.total, 10u);
}

TEST(UnknownRules, AFaultBeforeOrInTheUpgradeIsAFailure) {
  Book before;
  before.Append(before.Act("note.add", {{"u.example/p1", "judge"}}));
  Upgrade(before);
  before.Seal();
  EXPECT_EQ(Verify(before.Case(), before.trust()).exit_code, kExitIntegrity);
  Book in;
  Upgrade(in, {kTwoRoots[0]});
  in.Seal();
  EXPECT_EQ(Verify(in.Case(), in.trust()).exit_code, kExitIntegrity);
  Book after;
  Upgrade(after);
  after.Append(after.Act("note.add", {{"u.example/p1", "judge"}}));
  after.Seal();
  EXPECT_EQ(Verify(after.Case(), after.trust()).exit_code, kExitInconclusive);
}

TEST(UnknownRules, TreeChainAndHeadersAreStillChecked) {
  Book book;
  Upgrade(book);
  const std::uint64_t late = book.Append(book.Act("note.add", kOfficer));
  book.Seal();
  const CaseFile good = book.Case();
  CaseFile file = good;
  file.inclusion[0].bytes[0] ^= 1;
  EXPECT_EQ(Verify(file, book.trust()).exit_code, kExitIntegrity);
  file = good;
  std::string& entry = file.streams[0].entries.back();
  entry.replace(entry.find("seq 2"), 5, "seq 3");
  EXPECT_TRUE(Verify(file, book.trust()).Failed("check.headers")) << late;
}

TEST(UnknownRules, ReceiptOfTheUpgradeIsInconclusive) {
  Book book;
  const std::uint64_t index = Upgrade(book);
  book.Seal();
  EXPECT_EQ(VerifyReceipt(book.ActionReceipt(index), book.trust()).exit_code, kExitInconclusive);
}

TEST(UnknownRules, LogReplayGoesOnWithTheTreeAlone) {
  Book book;
  const std::uint64_t index = Upgrade(book);
  book.AppendNote(*record::ParseStream("registry"), "jejak/action/v2\nwhatever\n", Digest{});
  book.Seal();
  const registry::SignatureCheck verifying;
  LogReplay replay{std::string(kBookOrigin), verifying};
  for (const std::string& leaf : book.leaves()) {
    ASSERT_TRUE(replay.Feed(PrepareLeaf(AsBytes(leaf)))) << replay.fault()->detail;
  }
  EXPECT_EQ(replay.unknown_rules(), index);
}

std::uint64_t Revoke(Book& book, const std::string& name, std::uint64_t since) {
  return book.Append(book.Admin(
      "key/" + name, "key.revoke", kTwoRoots,
      "{\"reason\":\"compromised\",\"compromised_since\":" + std::to_string(since) + "}"));
}

TEST(CompromisedKey, WhatRestsOnItIsListedAsUnknown) {
  Book book;  // the case's actions are entries 8 and 9, by u.example/p1, which is enrolled at 4
  Revoke(book, "u.example/p1", 9);
  book.Seal();
  const Verdict verdict = Verify(book.Case(), book.trust());
  EXPECT_EQ(verdict.exit_code, kExitPass) << AllLines(verdict);
  EXPECT_FALSE(Lists(verdict, "compromised_8"));
  EXPECT_TRUE(Lists(verdict, "compromised_9"));
}

TEST(CompromisedKey, TaintsTheKeysThatItEnrolled) {
  Book book;
  const std::string name = "u.example/p2";
  book.Append(book.Admin(
      "key/" + name, "key.enroll", {{"u.example/reg", "registrar"}, kTwoRoots[0], {name, "self"}},
      "{\"key\":\"" + book.Vkey(name) + "\",\"unit\":\"u\",\"holder\":\"h-9\",\"grants\":[]}"));
  const std::uint64_t act = book.Append(book.Act("note.add", {{name, "-"}}));
  Revoke(book, "u.example/reg", 10);
  book.Seal();
  const Verdict verdict = Verify(book.Case(), book.trust());
  EXPECT_EQ(verdict.exit_code, kExitPass) << AllLines(verdict);
  EXPECT_TRUE(Lists(verdict, "compromised_10"));
  EXPECT_TRUE(Lists(verdict, "compromised_" + std::to_string(act)));
  EXPECT_FALSE(Lists(verdict, "compromised_9"));
}

}  // namespace
}  // namespace jejak::evidence::test
