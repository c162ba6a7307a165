// SPDX-License-Identifier: Apache-2.0
//
// The golden evidence: what must verify does, what must not says why, with the exit code agreed.
#include "tests/evidence/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

#include "ledger/base/text.h"
#include "ledger/evidence/receipt.h"
#include "ledger/evidence/verify.h"
#include "ledger/tlog/tlog_proof.h"

namespace jejak::evidence::test {
namespace {

Verdict VerifyVector(const std::string& name, const Trust& trust) {
  const std::string bytes = ReadVector(name);
  return name.ends_with(".tlog-proof") ? VerifyReceipt(bytes, trust) : VerifyCaseFile(bytes, trust);
}

constexpr std::array kGood = {"case-A.casefile.json", "case-A.skeleton.casefile.json",
                              "case-B.casefile.json", "case-c0.casefile.json",
                              "action-A0.tlog-proof", "head-A.tlog-proof",
                              "absent.tlog-proof"};

TEST(GoldenEvidence, WhatMustVerifyDoes) {
  for (const char* name : kGood) {
    const Verdict verdict = VerifyVector(name, GoldenTrust());
    EXPECT_EQ(verdict.exit_code, kExitPass) << name << "\n" << AllLines(verdict);
    EXPECT_EQ(verdict.word, "pass") << name;
    EXPECT_EQ(verdict.coverage.checked, verdict.coverage.total) << name;
  }
}

TEST(GoldenEvidence, WhatMustNotVerifyHasItsExitCode) {
  for (const auto& row : ReadVectorJson("negative/expected.json")) {
    const std::string name = row["file"];
    const Verdict verdict = VerifyVector("negative/" + name, GoldenTrust());
    EXPECT_EQ(verdict.exit_code, row["exit"].get<int>()) << name << ": " << row["why"] << "\n"
                                                         << AllLines(verdict);
  }
}

TEST(GoldenEvidence, CaseFileSurvivesBeingWritten) {
  for (const char* name : {"case-A.casefile.json", "case-c0.casefile.json"}) {
    const std::string written = EncodeCaseFile(GoldenCase(name));
    const auto again = ParseCaseFile(written);
    ASSERT_TRUE(again.ok()) << name;
    EXPECT_EQ(EncodeCaseFile(*again), written);
    EXPECT_EQ(VerifyCaseFile(written, GoldenTrust()).exit_code, kExitPass) << name;
    EXPECT_EQ(nlohmann::json::parse(written), ReadVectorJson(name));
  }
}

TEST(GoldenEvidence, ReceiptsAreRebuiltByteForByte) {
  for (const char* name : {"head-A.tlog-proof", "absent.tlog-proof"}) {
    const std::string bytes = ReadVector(name);
    const auto proof = tlog::ParseTlogProof(bytes);
    ASSERT_TRUE(proof.ok()) << name;
    const auto state = ParseStateExtra(AsText(*proof->extra));
    ASSERT_TRUE(state.ok()) << name;
    EXPECT_EQ(BuildStateReceipt(*state, proof->index, proof->path, proof->checkpoint), bytes);
  }
  const std::string bytes = ReadVector("action-A0.tlog-proof");
  const auto proof = tlog::ParseTlogProof(bytes);
  ASSERT_TRUE(proof.ok());
  EXPECT_EQ(BuildActionReceipt(GoldenLeaves()[27], 27, proof->path, proof->checkpoint), bytes);
}

TEST(GoldenEvidence, ConformanceNotJudgedIsNeverAPass) {
  Trust trust = GoldenTrust();
  trust.ignore_conformance = false;
  const Verdict verdict = VerifyVector("case-A.casefile.json", trust);
  EXPECT_EQ(verdict.exit_code, kExitInconclusive);
  EXPECT_EQ(verdict.word, "inconclusive");
  // A receipt is about one fact; no procedure is judged by it.
  EXPECT_EQ(VerifyVector("action-A0.tlog-proof", trust).exit_code, kExitPass);
}

TEST(GoldenEvidence, AbsentContentsAreListedAndMayBeDemanded) {
  Trust trust = GoldenTrust();
  const Verdict skeleton = VerifyVector("case-A.skeleton.casefile.json", trust);
  const auto listed =
      std::count_if(skeleton.unverified.begin(), skeleton.unverified.end(),
                    [](const Fact& fact) { return fact.name.starts_with("absent_body_"); });
  EXPECT_EQ(listed, 6);
  trust.require_contents = true;
  EXPECT_EQ(VerifyVector("case-A.skeleton.casefile.json", trust).exit_code, kExitInconclusive);
  // A body whose sealed field nobody opens is incomplete too: entries 33 and 39 of case A.
  CaseFile file = GoldenCase();
  EXPECT_EQ(VerifyCaseFile(EncodeCaseFile(file), trust).exit_code, kExitInconclusive);
  const Verdict full = VerifyVector("case-A.casefile.json", GoldenTrust());
  const auto unopened =
      std::count_if(full.unverified.begin(), full.unverified.end(), [](const Fact& fact) {
        return fact.name == "absent_openings_33" || fact.name == "absent_openings_39";
      });
  EXPECT_EQ(unopened, 2);
}

TEST(GoldenEvidence, SkippedSignaturesAreNeverAPass) {
  Trust trust = GoldenTrust();
  trust.skip_signatures = true;
  EXPECT_EQ(VerifyVector("case-A.casefile.json", trust).exit_code, kExitInconclusive);
}

TEST(GoldenPolicy, QuorumOfWitnesses) {
  CaseFile file = GoldenCase();
  struct Row {
    const char* policy;
    bool cosigned;
    int exit;
  };
  for (const Row& row : {Row{"policy", false, 0}, Row{"policy", true, 0},
                         Row{"policy-2-of-3", false, 12}, Row{"policy-2-of-3", true, 0},
                         Row{"policy-3-of-3", false, 12}, Row{"policy-3-of-3", true, 12}}) {
    file.checkpoint = ReadVector(row.cosigned ? "checkpoint-cosigned" : "log/checkpoint");
    const Verdict verdict = VerifyCaseFile(EncodeCaseFile(file), GoldenTrust(row.policy));
    EXPECT_EQ(verdict.exit_code, row.exit) << row.policy << row.cosigned << AllLines(verdict);
  }
}

TEST(GoldenPolicy, AgeIsKnownFromCosignaturesOnly) {
  Trust trust = GoldenTrust("policy-2-of-3");
  CaseFile file = GoldenCase();
  file.checkpoint = ReadVector("checkpoint-cosigned");
  // witness-1 saw it at 1767576506, witness-3 at 1767576514: two of three at the former.
  const auto at = [&](std::int64_t now, std::int64_t max_age) {
    trust.now = UnixSeconds{now};
    trust.max_age_s = max_age;
    return VerifyCaseFile(EncodeCaseFile(file), trust).exit_code;
  };
  EXPECT_EQ(at(1767576506 + 100, 100), 0);
  EXPECT_EQ(at(1767576506 + 101, 100), 12);
  EXPECT_EQ(at(1767576506 - 300, 100), 0);
  EXPECT_EQ(at(1767576506 - 301, 100), 12);
  trust.policy.quorum = "none";
  EXPECT_EQ(at(1767576514 + 100, 100), 0);
  EXPECT_EQ(at(1767576514 + 101, 100), 12);
  file.checkpoint = ReadVector("log/checkpoint");
  EXPECT_EQ(at(1767576514, 100), 12);
}

TEST(GoldenPolicy, GenesisIsNeededAndMustAgree) {
  Trust trust = GoldenTrust();
  const Digest genesis = *trust.policy.genesis;
  trust.policy.genesis.reset();
  for (const char* name : kGood) {
    EXPECT_EQ(VerifyVector(name, trust).exit_code, kExitInconclusive) << name;
  }
  trust.genesis = genesis;
  for (const char* name : kGood) EXPECT_EQ(VerifyVector(name, trust).exit_code, 0) << name;
  trust.policy.genesis = genesis;
  EXPECT_TRUE(AgreedGenesis(trust).ok());
  trust.genesis->bytes[0] ^= 1;
  EXPECT_FALSE(AgreedGenesis(trust).ok());
  for (const char* name : kGood) {
    EXPECT_EQ(VerifyVector(name, trust).exit_code, kExitUsage) << name;
  }
  trust.policy.genesis.reset();
  const Verdict verdict = VerifyVector("case-A.casefile.json", trust);
  EXPECT_EQ(verdict.exit_code, kExitIntegrity);
  EXPECT_NE(Faults(verdict).find("check.genesis: entry 0 is not the genesis that is trusted"),
            std::string::npos);
}

TEST(GoldenPinned, PinnedCheckpointIsProvenAPrefix) {
  Trust trust = GoldenTrust();
  trust.pinned_checkpoint = ReadVector("pinned-checkpoint");
  EXPECT_EQ(VerifyVector("case-A.casefile.json", trust).exit_code, 0);
  CaseFile file = GoldenCase();
  auto proof = std::find_if(file.consistency.begin(), file.consistency.end(),
                            [](const EarlierSize& earlier) { return earlier.from == 39; });
  ASSERT_NE(proof, file.consistency.end());
  proof->proof[3].bytes[7] ^= 1;
  const Verdict wrong = VerifyCaseFile(EncodeCaseFile(file), trust);
  EXPECT_EQ(wrong.exit_code, kExitIntegrity);
  EXPECT_NE(Faults(wrong).find("check.pinned: the consistency proof does not show"),
            std::string::npos);
  file.consistency.erase(proof);
  EXPECT_EQ(VerifyCaseFile(EncodeCaseFile(file), trust).exit_code, kExitInconclusive);
  // A receipt brings no consistency proof.
  EXPECT_EQ(VerifyVector("action-A0.tlog-proof", trust).exit_code, kExitInconclusive);
  trust.pinned_checkpoint = ReadVector("log/checkpoint");
  EXPECT_EQ(VerifyVector("action-A0.tlog-proof", trust).exit_code, kExitPass);
}

TEST(GoldenPinned, WhatIsPinnedMustBeACheckpointOfTheLog) {
  Trust trust = GoldenTrust();
  trust.pinned_checkpoint = "no note\n";
  EXPECT_EQ(VerifyVector("case-A.casefile.json", trust).exit_code, kExitFormat);
  EXPECT_EQ(VerifyVector("negative/forged-root.casefile.json", trust).exit_code, kExitIntegrity);
  std::string pinned = ReadVector("pinned-checkpoint");
  pinned.replace(pinned.find("\n39\n"), 4, "\n40\n");
  trust.pinned_checkpoint = pinned;
  EXPECT_EQ(VerifyVector("case-A.casefile.json", trust).exit_code, kExitIntegrity);
}

std::string NoteOfSize(std::uint64_t size) {
  const nlohmann::json expected = ReadVectorJson("expected.json");
  for (const auto& row : expected["checkpoints"]) {
    if (row["size"] == size) return row["note"];
  }
  return {};
}

TEST(GoldenConsistency, CheckpointsOfOneLog) {
  const Trust trust = GoldenTrust();
  std::size_t checked = 0;
  for (const auto& row : ReadVectorJson("consistency.json")) {
    const std::string old_note = NoteOfSize(row["from"]);
    const std::string new_note = NoteOfSize(row["to"]);
    if (old_note.empty() || new_note.empty()) continue;
    std::vector<Digest> hashes;
    for (const std::string hex : row["proof"]) hashes.push_back(*DigestFromBytes(*ParseHex(hex)));
    const std::string proof = EncodeConsistencyProof(row["from"], row["to"], hashes);
    EXPECT_EQ(VerifyConsistency(old_note, new_note, proof, trust).exit_code, 0) << proof;
    EXPECT_EQ(VerifyConsistency(old_note, new_note, {}, trust).exit_code, 12);
    EXPECT_EQ(VerifyConsistency(new_note, old_note, proof, trust).exit_code, 12);
    EXPECT_EQ(VerifyConsistency(new_note, new_note, {}, trust).exit_code, 0);
    hashes[0].bytes[0] ^= 1;
    const std::string wrong = EncodeConsistencyProof(row["from"], row["to"], hashes);
    EXPECT_EQ(VerifyConsistency(old_note, new_note, wrong, trust).exit_code, 10);
    const std::string other = EncodeConsistencyProof(17, row["to"], hashes);
    EXPECT_EQ(VerifyConsistency(old_note, new_note, other, trust).exit_code, 12);
    const std::string beyond = EncodeConsistencyProof(row["from"], 9999, hashes);
    EXPECT_EQ(VerifyConsistency(old_note, new_note, beyond, trust).exit_code, 12);
    EXPECT_EQ(VerifyConsistency("x", new_note, wrong, trust).exit_code, 3);
    EXPECT_EQ(VerifyConsistency(old_note, "", wrong, trust).exit_code, 3);
    EXPECT_EQ(VerifyConsistency(old_note, new_note, "{}", trust).exit_code, 3);
    ++checked;
  }
  EXPECT_EQ(checked, 2u);
}

}  // namespace
}  // namespace jejak::evidence::test
