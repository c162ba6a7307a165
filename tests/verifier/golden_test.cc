// SPDX-License-Identifier: Apache-2.0
//
// The golden evidence through the program: every file has its exit code, whatever the policy, and
// each tampering its sentence.
#include "tests/evidence/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ledger/base/text.h"
#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verify.h"
#include "tests/support/temporary_directory.h"
#include "tests/verifier/program.h"

namespace jejak::verifier::test {
namespace {

using evidence::test::GoldenCase;
using evidence::test::ReadVector;
using evidence::test::ReadVectorJson;

// jejak-verify COMMAND --policy POLICY --ignore-conformance FLAGS… FILE.
Outcome Judge(const std::string& file, std::vector<std::string> flags = {},
              const std::string& policy = "policy") {
  const bool receipt = file.ends_with(".tlog-proof");
  std::vector<std::string> arguments = {receipt ? "receipt" : "case", "--policy", Vector(policy)};
  if (!receipt) arguments.insert(arguments.end(), {"--ignore-conformance", "--jobs", "1"});
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  arguments.push_back(file);
  return RunProgram(arguments);
}

constexpr std::array kGood = {"case-A.casefile.json", "case-A.skeleton.casefile.json",
                              "case-B.casefile.json", "case-c0.casefile.json",
                              "action-A0.tlog-proof", "head-A.tlog-proof",
                              "absent.tlog-proof"};

TEST(GoldenProgram, WhatMustVerifyDoes) {
  for (const char* name : kGood) {
    const Outcome outcome = Judge(Vector(name));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
    EXPECT_TRUE(outcome.out.starts_with(Vector(name) + ": intact")) << outcome.out;
    EXPECT_EQ(outcome.err, "");
  }
}

TEST(GoldenProgram, WhatMustNotVerifyHasItsExitCode) {
  std::size_t files = 0;
  for (const auto& row : ReadVectorJson("negative/expected.json")) {
    const Outcome outcome = Judge(Vector("negative/" + row["file"].get<std::string>()));
    EXPECT_EQ(outcome.exit_code, row["exit"].get<int>()) << row["file"] << outcome.out;
    EXPECT_EQ(outcome.exit_code == 10, outcome.out.find(": NOT intact: ") != std::string::npos);
    ++files;
  }
  EXPECT_EQ(files, 24u);
}

TEST(GoldenProgram, ConformanceNotJudgedIsNeverAPass) {
  const Outcome outcome = RunProgram({"case", "--policy", Vector("policy"), Vector(kGood[0])});
  EXPECT_EQ(outcome.exit_code, 12);
  // The golden documents are no definitions.
  EXPECT_TRUE(outcome.out.starts_with(
      Vector(kGood[0]) +
      ": intact, but inconclusive (golden 1.0, entry 24): whether the procedure was followed can't "
      "be judged: the document of the definition golden 1.0 (entry 24) is not valid: "))
      << outcome.out;
  EXPECT_EQ(RunProgram({"log", "--policy", Vector("policy"), Vector("log")}).exit_code, 12);
}

// A case file with another checkpoint.
std::string WithCheckpoint(const TemporaryDirectory& directory, const std::string& checkpoint) {
  evidence::CaseFile file = GoldenCase();
  file.checkpoint = ReadVector(checkpoint);
  std::ofstream(directory / "case.casefile.json") << evidence::EncodeCaseFile(file);
  return directory / "case.casefile.json";
}

TEST(GoldenProgram, QuorumOfWitnesses) {
  const TemporaryDirectory directory;
  const std::string cosigned = WithCheckpoint(directory, "checkpoint-cosigned");
  EXPECT_EQ(Judge(cosigned, {}, "policy-2-of-3").exit_code, 0);
  const Outcome missing = Judge(cosigned, {}, "policy-3-of-3");
  EXPECT_EQ(missing.exit_code, 12);
  EXPECT_NE(missing.out.find(": no conclusion: the quorum of the policy is not met; missing: w1"),
            std::string::npos)
      << missing.out;
  EXPECT_EQ(Judge(Vector(kGood[0]), {}, "policy-2-of-3").exit_code, 12);
}

TEST(GoldenProgram, AgeIsJudgedAtTheTimeGiven) {
  const TemporaryDirectory directory;
  const std::string cosigned = WithCheckpoint(directory, "checkpoint-cosigned");
  const auto at = [&](const char* now, const char* age) {
    return Judge(cosigned, {"--now", now, "--max-age", age}, "policy-2-of-3").exit_code;
  };
  // witness-1 saw it at 1767576506, 2026-01-05T01:28:26Z.
  EXPECT_EQ(at("2026-01-05T02:28:26Z", "1h"), 0);
  EXPECT_EQ(at("2026-01-05T02:28:27Z", "1h"), 12);
  EXPECT_EQ(at("2026-01-05T09:28:26+07:00", "60m"), 0);
  EXPECT_EQ(at("2026-01-06T01:28:26Z", "1d"), 0);
  EXPECT_EQ(Judge(Vector(kGood[0]), {"--max-age", "52w"}).exit_code, 12);
}

TEST(GoldenProgram, GenesisIsNeededAndMustAgree) {
  const TemporaryDirectory directory;
  std::string policy = ReadVector("policy");
  const std::size_t at = policy.find("# genesis ");
  const std::string genesis = policy.substr(at + 10, 44);
  policy.erase(at, policy.find('\n', at) + 1 - at);
  std::ofstream(directory / "policy") << policy;
  const auto run = [&](const std::string& file, std::vector<std::string> flags) {
    flags.insert(flags.begin(), {"case", "--ignore-conformance", "--policy", file});
    flags.push_back(Vector(kGood[0]));
    return RunProgram(flags);
  };
  EXPECT_EQ(run(directory / "policy", {}).exit_code, 12);
  EXPECT_EQ(run(directory / "policy", {"--genesis", genesis}).exit_code, 0);
  EXPECT_EQ(run(Vector("policy"), {"--genesis", genesis}).exit_code, 0);
  const std::string other = "AAAA" + genesis.substr(4);
  const Outcome wrong = run(directory / "policy", {"--genesis", other});
  EXPECT_EQ(wrong.exit_code, 10);
  EXPECT_NE(wrong.out.find("entry 0 is not the genesis that is trusted: this is another log"),
            std::string::npos);
  const Outcome contradiction = run(Vector("policy"), {"--genesis", other});
  EXPECT_EQ(contradiction.exit_code, 2);
  EXPECT_NE(contradiction.err.find("the genesis given and the policy's `# genesis` differ"),
            std::string::npos);
}

TEST(GoldenProgram, PinnedCheckpointIsProvenAPrefix) {
  const std::string pinned = Vector("pinned-checkpoint");
  EXPECT_EQ(Judge(Vector(kGood[0]), {"--pinned", pinned}).exit_code, 0);
  EXPECT_EQ(Judge(Vector("action-A0.tlog-proof"), {"--pinned", pinned}).exit_code, 12);
  EXPECT_EQ(Judge(Vector("action-A0.tlog-proof"), {"--pinned", Vector("log/checkpoint")}).exit_code,
            0);
  const TemporaryDirectory directory;
  // The older checkpoint is genuine, and older than what is pinned.
  const std::string old = WithCheckpoint(directory, "pinned-checkpoint");
  const Outcome older = Judge(old, {"--pinned", Vector("log/checkpoint")});
  EXPECT_EQ(older.exit_code, 10);  // the entries are not in that tree
  EXPECT_NE(older.out.find("the pinned checkpoint of size 333 is newer than the evidence"),
            std::string::npos);
}

std::string NoteOfSize(std::uint64_t size) {
  const nlohmann::json expected = ReadVectorJson("expected.json");
  for (const auto& row : expected["checkpoints"]) {
    if (row["size"] == size) return row["note"];
  }
  return {};
}

TEST(GoldenProgram, ConsistencyOfCheckpoints) {
  const TemporaryDirectory directory;
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(directory / name, std::ios::binary) << text;
    return directory / name;
  };
  const auto run = [](std::vector<std::string> files) {
    files.insert(files.begin(), {"consistency", "--policy", Vector("policy")});
    return RunProgram(files).exit_code;
  };
  std::size_t checked = 0;
  for (const auto& row : ReadVectorJson("consistency.json")) {
    const std::string from = NoteOfSize(row["from"]);
    const std::string to = NoteOfSize(row["to"]);
    if (from.empty() || to.empty()) continue;
    std::vector<Digest> hashes;
    for (const std::string hex : row["proof"]) hashes.push_back(*DigestFromBytes(*ParseHex(hex)));
    const auto encode = [&] {
      return evidence::EncodeConsistencyProof(row["from"], row["to"], hashes);
    };
    const std::string old_file = write("old", from), new_file = write("new", to);
    EXPECT_EQ(run({old_file, new_file, write("proof", encode())}), 0);
    EXPECT_EQ(run({old_file, new_file}), 12);
    EXPECT_EQ(run({new_file, new_file}), 0);
    hashes[0].bytes[5] ^= 4;
    EXPECT_EQ(run({old_file, new_file, write("wrong", encode())}), 10);
    EXPECT_EQ(run({old_file, new_file, write("none", "{}")}), 3);
    ++checked;
  }
  EXPECT_GT(checked, 0u);
}

// One tampering of golden case A that its writer refits as well as he can without a key.
struct Tampering {
  const char* name;
  std::function<void(evidence::CaseFile&)> apply;
  const char* sentence;
};

void RemoveCosigner(evidence::CaseFile& file) {
  for (std::string& entry : file.streams.front().entries) {
    const std::size_t first = entry.find("\nby ");
    const std::size_t second = entry.find("\nby ", first + 1);
    if (second == std::string::npos) continue;
    entry.erase(second, entry.find('\n', second + 1) - second);
    const std::size_t last_signature = entry.rfind("\n\xE2\x80\x94 ", entry.size() - 2);
    entry.erase(last_signature + 1);
    return;
  }
  FAIL() << "no action of case A has two signers";
}

TEST(GoldenProgram, EachTamperingOfACaseHasItsSentence) {
  const auto checkpoint_of = [](const char* name) {
    return evidence::ParseCaseFile(ReadVector(std::string("negative/") + name))->checkpoint;
  };
  const auto leaves = evidence::test::GoldenLeaves();
  const std::vector<Tampering> tamperings = {
      {"the last action is stripped",
       [&](auto& file) {
         file.streams[0].entries.pop_back();
         evidence::test::RefitInclusion(file, leaves);
       },
       "cut off at the end"},
      {"one in the middle is dropped",
       [&](auto& file) {
         file.streams[0].entries.erase(file.streams[0].entries.begin() + 2);
         evidence::test::RefitInclusion(file, leaves);
       },
       "seq"},
      {"two are swapped",
       [](auto& file) { std::swap(file.streams[0].entries[1], file.streams[0].entries[2]); },
       "the order of its actions was changed"},
      {"a body of another action",
       [](auto& file) { std::swap(file.bodies[0].text, file.bodies[1].text); }, "commitment"},
      {"an opening of another action",
       [](auto& file) { file.openings[0].key = file.bodies[0].key; }, "commitment"},
      {"signed with another log key",
       [&](auto& file) {
         file.checkpoint = checkpoint_of("checkpoint-of-another-key.casefile.json");
       },
       "the checkpoint is not genuine"},
      {"a co-signer is removed", RemoveCosigner, "the checkpoint's tree"},
  };
  const TemporaryDirectory directory;
  for (const Tampering& tampering : tamperings) {
    evidence::CaseFile file = GoldenCase();
    tampering.apply(file);
    std::ofstream(directory / "case.casefile.json") << evidence::EncodeCaseFile(file);
    const Outcome outcome = Judge(directory / "case.casefile.json");
    EXPECT_EQ(outcome.exit_code, 10) << tampering.name << "\n" << outcome.out;
    EXPECT_NE(outcome.out.find(tampering.sentence), std::string::npos) << tampering.name << "\n"
                                                                       << outcome.out;
  }
}

TEST(GoldenProgram, AnEntryInTheMapButNotInTheTree) {
  const Outcome outcome = Judge(Vector("negative/in-the-map-not-in-the-tree.casefile.json"));
  EXPECT_EQ(outcome.exit_code, 10);
  EXPECT_NE(outcome.out.find("check.inclusion"), std::string::npos) << outcome.out;
}

TEST(GoldenProgram, WorstOfSeveralWins) {
  const std::string good = Vector("case-A.casefile.json");
  const std::string altered = Vector("negative/actions-swapped.casefile.json");
  const std::string format = Vector("negative/unknown-member.casefile.json");
  const auto run = [](std::vector<std::string> files, bool ignore = true) {
    files.insert(files.begin(), {"case", "--policy", Vector("policy"), "--jobs", "1"});
    if (ignore) files.emplace_back("--ignore-conformance");
    return RunProgram(files).exit_code;
  };
  EXPECT_EQ(run({good, good}), 0);
  EXPECT_EQ(run({good, format, altered}), 10);
  EXPECT_EQ(run({altered, "/nowhere/file"}), 10);
  EXPECT_EQ(run({good, format}), 3);
  EXPECT_EQ(run({format, good}, false), 3);
  EXPECT_EQ(run({good, "/nowhere/file"}), 3);
  EXPECT_EQ(run({good, good}, false), 12);
}

}  // namespace
}  // namespace jejak::verifier::test
