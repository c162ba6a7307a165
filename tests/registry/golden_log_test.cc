// SPDX-License-Identifier: Apache-2.0
//
// The golden log and the 178 submissions that an independent implementation judged.
#include <gtest/gtest.h>

#include <map>

#include "ledger/base/text.h"
#include "tests/registry/golden.h"

namespace jejak::registry::test {
namespace {

std::string Hex(const Digest& digest) { return EncodeHex(digest.view()); }

TEST(GoldenLog, EveryEntryIsAdmittedAtItsPositionAndTime) {
  MemoryLedger ledger;
  const auto leaves = GoldenLeaves();
  ASSERT_EQ(leaves.size(), 333u);
  for (const std::string& leaf : leaves) {
    const Admission admission = Replay(leaf, ledger);
    ASSERT_EQ(admission.kind, Admission::kAccepted)
        << leaf << admission.refusal.code << ": " << admission.refusal.detail;
  }
}

TEST(GoldenLog, StreamHeadsAndActionIdsAreTheExpectedOnes) {
  const auto expected = nlohmann::json::parse(ReadVector("expected.json"));
  const MemoryLedger ledger = GoldenLedger();
  const auto& heads = expected.at("stream_heads");
  ASSERT_EQ(ledger.streams().size(), heads.size());
  for (const auto& [stream, held] : ledger.streams()) {
    SCOPED_TRACE(stream.text());
    const auto& head = heads.at(stream.text());
    EXPECT_EQ(held.state.head.count, head.at("count").get<std::uint64_t>());
    EXPECT_EQ(held.state.head.last_index, head.at("last_index").get<std::uint64_t>());
    EXPECT_EQ(Hex(held.state.head.leaf), head.at("leaf").get<std::string>());
    EXPECT_EQ(Hex(held.state.head.root), head.at("root").get<std::string>());
  }
  for (const auto& [index, id] : expected.at("action_ids").items()) {
    const auto bytes = ParseHex(id.get<std::string>());
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(ledger.FindAction(*DigestFromBytes(*bytes)), std::stoull(index));
  }
}

TEST(GoldenLog, ReadersSeeWhatIsInForce) {
  const MemoryLedger ledger = GoldenLedger();
  const Administration& admin = ledger.administration();
  EXPECT_EQ(admin.origin(), "golden.jejak.example/1");
  EXPECT_EQ(admin.threshold(), 2u);
  EXPECT_EQ(admin.rules(), 1u);
  EXPECT_EQ(admin.FindRootInForce("golden.jejak.example/root-3"), nullptr);
  ASSERT_NE(admin.FindRoot("golden.jejak.example/root-3"), nullptr);
  EXPECT_EQ(admin.FindRoot("golden.jejak.example/root-3")->terms[0].until, 42u);
  EXPECT_EQ(admin.FindUnit("arsip")->closed, 10u);
  const KeyRecord* rotated = admin.FindKey("bkpsdm.example/p-07");
  ASSERT_EQ(rotated->terms.size(), 2u);
  EXPECT_EQ(rotated->since(), 18u);
  EXPECT_EQ(rotated->terms[0].until, 44u);
  EXPECT_EQ(rotated->terms[1].since, 44u);
  EXPECT_FALSE(rotated->guarded());
  EXPECT_TRUE(admin.FindKey("hukum.example/owner")->guarded());
  EXPECT_TRUE(admin.FindKey("kecamatan.example/p-99")->revoked());
  EXPECT_FALSE(admin.FindKey("inspektorat.example/p-41")->Holds("ketua_tim"));
  EXPECT_EQ(admin.InForce("golden")->version, "1.1");
  EXPECT_EQ(admin.InForce("old"), nullptr);
  EXPECT_EQ(admin.FindProcedure("old")->retired, 52u);
  EXPECT_EQ(admin.FindCalendar("id-asn")->newest().version, "2026.1");
}

// What a server adds for bodies and documents has no row here: none of the 178 expects it.
TEST(Submissions, EachGetsItsAnswerOnTheGoldenLog) {
  const auto vectors = nlohmann::json::parse(ReadVector("submissions.json"));
  const auto now = ParseTime(vectors.at("now").get<std::string>());
  ASSERT_TRUE(now.ok());
  const MemoryLedger ledger = GoldenLedger();
  std::map<std::string, int> answers;
  for (const auto& submission : vectors.at("submissions")) {
    SCOPED_TRACE(submission.at("name").get<std::string>());
    const auto parsed = ParseCandidate(submission.at("note").get<std::string>());
    std::string answer;
    if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
      answer = refusal->code;
      EXPECT_EQ(refusal->row, 1);
      EXPECT_EQ(refusal->status, 400);
      EXPECT_FALSE(refusal->detail.empty());
    } else {
      const Admission admission =
          Admit(std::get<Candidate>(parsed), 333, *now, ledger, SignatureCheck{});
      answer = admission.kind == Admission::kAccepted    ? "accepted"
               : admission.kind == Admission::kDuplicate ? "duplicate"
                                                         : admission.refusal.code;
      EXPECT_EQ(admission.refusal.head.has_value(), answer == "conflict");
    }
    EXPECT_EQ(answer, submission.at("expect").get<std::string>());
    ++answers[answer];
  }
  EXPECT_EQ(vectors.at("submissions").size(), 178u);
  EXPECT_EQ(answers.size(), 16u) << "every code of the table but log_closed and case_full";
}

}  // namespace
}  // namespace jejak::registry::test
