// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/policy.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "ledger/tlog/cosignature.h"

namespace jejak::tlog {
namespace {

crypto::SecretKey Key(std::uint8_t seed) { return crypto::SecretKey::FromSeed(Bytes(32, seed)); }

VerifierKey LogKey() { return {"log.example/1", kEd25519Key, Key(100).public_key()}; }

VerifierKey WitnessKey(std::uint8_t i) {
  return {"w" + std::to_string(i) + ".example", kCosignatureKey, Key(i).public_key()};
}

const std::string kLog = "log " + EncodeVerifierKey(LogKey()) + "\n";
const std::string kGenesis = "YVDIe/IdaKPgcggMMvap55J5g5/8cFwbIpmgrWZhS10=";

std::string WitnessLine(std::uint8_t i) {
  return "witness n" + std::to_string(i) + " " + EncodeVerifierKey(WitnessKey(i)) + "\n";
}

std::string Witnesses(std::uint8_t count) {
  std::string text;
  for (std::uint8_t i = 0; i < count; ++i) text += WitnessLine(i);
  return text;
}

const std::string kText = "log.example/1\n7\nBDpxh3TFcr2KJa2+sb/NXAJWrhHOz5+cP5JdDlK+r4k=\n";

Note NoteBy(const std::vector<std::uint8_t>& witnesses) {
  Note note{kText, {SignNote(kText, LogKey().name, Key(100))}};
  for (const std::uint8_t i : witnesses) {
    note.signatures.push_back(Cosign(kText, UnixSeconds{1000 + i}, WitnessKey(i), Key(i)));
  }
  return note;
}

bool Accepted(const std::string& policy, const std::vector<std::uint8_t>& witnesses) {
  return JudgeCheckpoint(ParsePolicy(policy).value(), NoteBy(witnesses)).accepted();
}

TEST(Policy, ReadsEveryKindOfLine) {
  const std::string text = "# genesis " + kGenesis + "\n\n  \t\n# a note, caf\xE9\n" +
                           kLog.substr(0, kLog.size() - 1) + "  https://log.example/1/ \n" +
                           WitnessLine(0) + "\t" + WitnessLine(1) + WitnessLine(2) +
                           "group both\tall n0 n1\ngroup any-of any both n2\nquorum any-of\n";
  const Policy policy = ParsePolicy(text).value();
  EXPECT_EQ(policy.log, LogKey());
  EXPECT_EQ(policy.log_url, "https://log.example/1/");
  ASSERT_EQ(policy.witnesses.size(), 3U);
  EXPECT_EQ(policy.witnesses[1].name, "n1");
  EXPECT_EQ(policy.witnesses[1].key, WitnessKey(1));
  EXPECT_EQ(policy.groups,
            (std::vector<Group>{{"both", 2, {"n0", "n1"}}, {"any-of", 1, {"both", "n2"}}}));
  EXPECT_EQ(policy.quorum, "any-of");
  EXPECT_EQ(EncodeHash(policy.genesis.value()), kGenesis);
  EXPECT_EQ(ParsePolicy(EncodePolicy(policy)).value(), policy);
}

TEST(Policy, SupportsManyWitnessesAndGroups) {
  std::string text = kLog + Witnesses(80);
  for (int i = 0; i < 40; ++i) {
    text += "group g" + std::to_string(i) + " any n" + std::to_string(2 * i) + " n" +
            std::to_string(2 * i + 1) + (i == 0 ? "" : " g" + std::to_string(i - 1)) + "\n";
  }
  text += "quorum g39\n";
  EXPECT_TRUE(Accepted(text, {0})) << "through forty groups";
  EXPECT_FALSE(Accepted(text, {}));
}

TEST(Policy, RefusalsNameTheLine) {
  const std::string w = Witnesses(2);
  const std::string twin = EncodeVerifierKey({"twin", kCosignatureKey, Key(0).public_key()});
  const std::string logs_own = EncodeVerifierKey({"x", kCosignatureKey, Key(100).public_key()});
  struct Row {
    const char* what;
    std::string text;
    const char* line;  // in the detail
  };
  const Row rows[] = {
      {"empty", "", "no log"},
      {"no log", "quorum none\n", "no log"},
      {"no quorum", kLog, "no quorum"},
      {"two logs",
       kLog + "log " + EncodeVerifierKey({"b", kEd25519Key, Key(3).public_key()}) +
           "\nquorum none\n",
       "line 2"},
      {"two quorums", kLog + "quorum none\nquorum none\n", "line 3"},
      {"no final line feed", kLog + "quorum none", "line 2"},
      {"an unknown keyword", kLog + "foo\nquorum none\n", "line 2"},
      {"upper case", kLog + "Quorum none\n", "line 2"},
      {"a control character", kLog + "# \x01\nquorum none\n", "line 2"},
      {"a carriage return", kLog + "quorum none\r\n", "line 2"},
      {"a log of type 4", "log " + EncodeVerifierKey(WitnessKey(0)) + "\nquorum none\n", "line 1"},
      {"a witness of type 1",
       kLog + "witness n0 " + EncodeVerifierKey(LogKey()) + "\nquorum none\n", "line 2"},
      {"a log without key", "log\nquorum none\n", "line 1"},
      {"too many words", kLog + "quorum none none\n", "line 2"},
      {"a witness without key", kLog + "witness n0\nquorum none\n", "line 2"},
      {"a log with two URLs", kLog.substr(0, kLog.size() - 1) + " a b\nquorum none\n", "line 1"},
      {"one key twice", kLog + WitnessLine(0) + "witness n9 " + twin + "\nquorum none\n", "line 3"},
      {"the log's key as a witness", kLog + "witness n9 " + logs_own + "\nquorum none\n", "line 2"},
      {"one name twice",
       kLog + WitnessLine(0) + "witness n0 " + EncodeVerifierKey(WitnessKey(1)) + "\nquorum none\n",
       "line 3"},
      {"a group with a witness's name", kLog + w + "group n0 any n1\nquorum none\n", "line 4"},
      {"a group called none", kLog + w + "group none any n1\nquorum none\n", "line 4"},
      {"a witness called none",
       kLog + "witness none " + EncodeVerifierKey(WitnessKey(0)) + "\nquorum none\n", "line 2"},
      {"none as a member", kLog + w + "group g any none\nquorum none\n", "line 4"},
      {"a group without members", kLog + w + "group g any\nquorum none\n", "line 4"},
      {"a member not defined", kLog + w + "group g any n2\nquorum none\n", "line 4"},
      {"a member defined later", kLog + "group g any n0\n" + w + "quorum none\n", "line 2"},
      {"itself as a member", kLog + w + "group g any g\nquorum none\n", "line 4"},
      {"a member twice in a group", kLog + w + "group g any n0 n0\nquorum none\n", "line 4"},
      {"a member of two groups", kLog + w + "group g any n0\ngroup h any n0 n1\nquorum g\n",
       "line 5"},
      {"a threshold of 0", kLog + w + "group g 0 n0\nquorum none\n", "line 4"},
      {"a threshold above the members", kLog + w + "group g 3 n0 n1\nquorum none\n", "line 4"},
      {"a threshold with a zero in front", kLog + w + "group g 01 n0 n1\nquorum none\n", "line 4"},
      {"a quorum not defined", kLog + w + "quorum n2\n", "line 4"},
      {"a quorum defined later", kLog + "quorum n0\n" + w, "line 2"},
      {"two geneses",
       "# genesis " + kGenesis + "\n# genesis " + kGenesis + "\n" + kLog + "quorum none\n",
       "line 2"},
      {"a genesis that is no hash", "# genesis abc\n" + kLog + "quorum none\n", "line 1"},
      {"a genesis without hash", "# genesis\n" + kLog + "quorum none\n", "line 1"},
      {"a genesis with more words", "# genesis " + kGenesis + " x\n" + kLog + "quorum none\n",
       "line 1"},
      {"a genesis without a space", "#genesis " + kGenesis + "\n" + kLog + "quorum none\n",
       "line 1"},
      {"a genesis behind another word", "#genesis x " + kGenesis + "\n" + kLog + "quorum none\n",
       "line 1"},
      {"a delete character", kLog + "# \x7f\nquorum none\n", "line 2"},
      {"too long", kLog + "quorum none\n" + std::string(kMaxPolicyBytes, '\n'), "1 MiB"},
  };
  for (const Row& row : rows) {
    const Result<Policy> policy = ParsePolicy(row.text);
    ASSERT_FALSE(policy.ok()) << row.what;
    EXPECT_EQ(policy.error().code, Code::kMalformed) << row.what;
    EXPECT_NE(policy.error().detail.find(row.line), std::string::npos)
        << row.what << ": " << policy.error().detail;
  }
}

TEST(Policy, OtherCommentsMeanNothing) {
  EXPECT_FALSE(
      ParsePolicy("# the genesis is elsewhere\n#\n #x\n" + kLog + "quorum none\n").value().genesis);
}

TEST(Judge, NoQuorumNeedsTheLogAlone) {
  EXPECT_TRUE(Accepted(kLog + "quorum none\n", {}));
  Note unsigned_by_log{kText, {SignNote(kText, "other", Key(5))}};
  const PolicyOutcome outcome =
      JudgeCheckpoint(ParsePolicy(kLog + "quorum none\n").value(), unsigned_by_log);
  EXPECT_FALSE(outcome.log_signed);
  EXPECT_TRUE(outcome.quorum_met);
  EXPECT_FALSE(outcome.accepted());
}

TEST(Judge, ThresholdsAnyAllAndNumbers) {
  const std::string w = kLog + Witnesses(3);
  EXPECT_TRUE(Accepted(w + "quorum n1\n", {1}));
  EXPECT_FALSE(Accepted(w + "quorum n1\n", {0, 2}));
  EXPECT_TRUE(Accepted(w + "group g any n0 n1 n2\nquorum g\n", {2}));
  EXPECT_FALSE(Accepted(w + "group g any n0 n1 n2\nquorum g\n", {}));
  EXPECT_TRUE(Accepted(w + "group g all n0 n1 n2\nquorum g\n", {2, 0, 1}));
  EXPECT_FALSE(Accepted(w + "group g all n0 n1 n2\nquorum g\n", {0, 1}));
  EXPECT_TRUE(Accepted(w + "group g 2 n0 n1 n2\nquorum g\n", {2, 0}));
  EXPECT_FALSE(Accepted(w + "group g 2 n0 n1 n2\nquorum g\n", {1}));
}

TEST(Judge, GroupsOfGroups) {
  const std::string policy =
      kLog + Witnesses(5) +
      "group x 2 n0 n1 n2\ngroup y any n3 n4\ngroup both all x y\nquorum both\n";
  EXPECT_TRUE(Accepted(policy, {0, 2, 4}));
  EXPECT_FALSE(Accepted(policy, {0, 1, 2}));
  EXPECT_FALSE(Accepted(policy, {0, 3, 4}));
}

TEST(Judge, SaysWhoCosignedWhenAndWhoIsMissing) {
  const Policy policy = ParsePolicy(kLog + Witnesses(3) + "quorum none\n").value();
  const PolicyOutcome outcome = JudgeCheckpoint(policy, NoteBy({2, 0}));
  ASSERT_EQ(outcome.witnesses.size(), 2U);
  EXPECT_EQ(outcome.witnesses[0].name, "n0");
  EXPECT_EQ(outcome.witnesses[0].time.value, 1000);
  EXPECT_EQ(outcome.witnesses[1].name, "n2");
  EXPECT_EQ(outcome.witnesses[1].time.value, 1002);
  EXPECT_EQ(outcome.missing, std::vector<std::string>{"n1"});
}

TEST(Judge, OneWrongSignatureOfAKnownPairRefusesAll) {
  const Policy policy = ParsePolicy(kLog + Witnesses(2) + "quorum none\n").value();
  for (std::size_t line = 0; line < 3; ++line) {
    Note note = NoteBy({0, 1});
    ASSERT_TRUE(JudgeCheckpoint(policy, note).accepted());
    note.signatures[line].signature[20] ^= 1;
    const PolicyOutcome outcome = JudgeCheckpoint(policy, note);
    EXPECT_TRUE(outcome.known_signature_failed);
    EXPECT_EQ(outcome.failed_name, note.signatures[line].name);
    EXPECT_FALSE(outcome.log_signed);
    EXPECT_FALSE(outcome.quorum_met);
    EXPECT_TRUE(outcome.witnesses.empty());
    EXPECT_EQ(outcome.missing.size(), 2U);
  }
}

TEST(Judge, AWitnessCountsOnce) {
  const std::string policy = kLog + Witnesses(2) + "group g all n0 n1\nquorum g\n";
  EXPECT_FALSE(Accepted(policy, {0, 0}));
  const PolicyOutcome outcome = JudgeCheckpoint(ParsePolicy(policy).value(), NoteBy({0, 0}));
  EXPECT_EQ(outcome.witnesses.size(), 1U);
}

TEST(Judge, AnotherOriginOrNoCheckpointIsRefused) {
  const Policy policy = ParsePolicy(kLog + "quorum none\n").value();
  for (const std::string& text :
       {"other.example/1" + kText.substr(kText.find('\n')), std::string("hello\n")}) {
    const Note note{text, {SignNote(text, LogKey().name, Key(100))}};
    const PolicyOutcome outcome = JudgeCheckpoint(policy, note);
    EXPECT_FALSE(outcome.origin_is_log);
    EXPECT_FALSE(outcome.log_signed);
    EXPECT_FALSE(outcome.quorum_met);
  }
}

TEST(Judge, AnEd25519LineIsNoCosignature) {
  const Policy policy = ParsePolicy(kLog + Witnesses(1) + "quorum n0\n").value();
  Note note = NoteBy({});
  note.signatures.push_back(SignNote(kText, WitnessKey(0).name, Key(0)));
  EXPECT_FALSE(JudgeCheckpoint(policy, note).quorum_met) << "another key id: ignored";
  note.signatures.back().key_id = WitnessKey(0).id();
  EXPECT_TRUE(JudgeCheckpoint(policy, note).known_signature_failed);
}

}  // namespace
}  // namespace jejak::tlog
