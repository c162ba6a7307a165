// SPDX-License-Identifier: Apache-2.0
//
// What users get wrong: each mistake has its exit code and a sentence that names it and the mend.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/evidence/golden.h"
#include "tests/support/temporary_directory.h"
#include "tests/verifier/program.h"

namespace jejak::verifier::test {
namespace {

struct Mistake {
  std::vector<std::string> arguments;
  int exit_code;
  const char* sentence;  // on standard output or standard error
};

void Expect(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    const Outcome outcome = RunProgram(mistake.arguments);
    std::string line;
    for (const std::string& argument : mistake.arguments) line += argument + " ";
    EXPECT_EQ(outcome.exit_code, mistake.exit_code) << line << outcome.out << outcome.err;
    EXPECT_NE((outcome.out + outcome.err).find(mistake.sentence), std::string::npos)
        << line << outcome.out << outcome.err;
  }
}

const std::string kPolicy = Vector("policy");
const std::string kCase = Vector("case-A.casefile.json");
const std::string kReceipt = Vector("action-A0.tlog-proof");
const std::string kNote = Vector("log/checkpoint");

TEST(WrongInput, CommandLine) {
  Expect({{{}, 2, "subcommand is required"},
          {{"verify", kCase}, 2, "verify"},
          {{"case", "--policy", kPolicy, "--frobnicate", kCase}, 2, "--frobnicate"},
          {{"case", "--policy", kPolicy, "--jobs", "0", kCase}, 2, "--jobs takes 1 to 256"},
          {{"case", "--policy", kPolicy, "--jobs", "many", kCase}, 2, "--jobs"},
          {{"case", "--policy", kPolicy, "--format", "xml", kCase}, 2, "json|ndjson|text"},
          {{"case", "--policy", kPolicy, "-q", "-v", kCase}, 2, "-q and -v exclude each other"},
          {{"case", "--policy", kPolicy, "--skip-signatures", kCase}, 2, "--skip-signatures"}});
}

TEST(WrongInput, Trust) {
  const TemporaryDirectory directory;
  const std::string damaged = directory / "policy";
  std::string text = evidence::test::ReadVector("policy");
  text[text.find("log golden") + 30] ^= 1;
  std::ofstream(damaged) << text;
  Expect({{{"case", kCase}, 2, "no policy: give --policy FILE"},
          {{"case", "--policy", "/nowhere/policy", kCase}, 2, "/nowhere/policy does not exist"},
          {{"case", "--policy", damaged, kCase}, 2, "policy line"},
          {{"case", "--policy", kCase, kCase}, 2, "policy line"},
          {{"case", "--policy", "/", kCase}, 2, "can't be read"},
          {{"case", "--policy", kPolicy, "--genesis", "abc", kCase}, 2, "44 characters"},
          {{"case", "--policy", kPolicy, "--now", "yesterday", kCase}, 2, "2026-06-19T02:31:07Z"},
          {{"case", "--policy", kPolicy, "--max-age", "24", kCase}, 2, "30m, 24h or 7d"},
          {{"case", "--policy", kPolicy, "--max-age", "999999999999w", kCase}, 2, "30m"},
          {{"case", "--policy", kPolicy, "--pinned", "/nowhere/cp", kCase}, 3, "/nowhere/cp"},
          {{"case", "--policy", kPolicy, "--pinned", kCase, kCase}, 3, "is not a checkpoint"},
          {{"case", "--policy", "-", "-"}, 2, "more than once"}});
}

TEST(WrongInput, Case) {
  Expect({{{"case", "--policy", kPolicy}, 2, "FILE is required"},
          {{"case", "--policy", kPolicy, "/nowhere/a.json"}, 3, "/nowhere/a.json does not exist"},
          {{"case", "--policy", kPolicy, Vector("log")}, 3, "can't be read"},
          {{"case", "--policy", kPolicy, kReceipt}, 3, "can't be read: "},
          {{"case", "--policy", kPolicy, "/dev/zero"}, 3, "is longer than"}});
}

TEST(WrongInput, Receipt) {
  Expect({{{"receipt", "--policy", kPolicy}, 2, "FILE is required"},
          {{"receipt", "--policy", kPolicy, "/nowhere/r"}, 3, "/nowhere/r does not exist"},
          {{"receipt", "--policy", kPolicy, kCase}, 3, "can't be read: "},
          {{"receipt", kReceipt}, 2, "no policy"}});
}

TEST(WrongInput, Log) {
  Expect({{{"log", "--policy", kPolicy}, 2, "DIR is required"},
          {{"log", "--policy", kPolicy, "/nowhere"}, 3, "/nowhere/checkpoint does not exist"},
          {{"log", "--policy", kPolicy, Vector("negative")}, 3, "checkpoint does not exist"},
          {{"log", "--policy", kPolicy, kCase}, 3, "checkpoint does not exist"},
          {{"log", "--policy", kPolicy, Vector("log"), Vector("log")}, 2, "DIR: At Most 1"}});
}

TEST(WrongInput, Consistency) {
  Expect({{{"consistency", "--policy", kPolicy, kNote}, 2, "OLD NEW PROOF"},
          {{"consistency", "--policy", kPolicy, kNote, "/nowhere/new"}, 3, "/nowhere/new"},
          {{"consistency", "--policy", kPolicy, kCase, kNote}, 3, "the old checkpoint is not"},
          {{"consistency", "--policy", kPolicy, kNote, kNote, kReceipt}, 3, "can't be read: "}});
}

TEST(WrongInput, InspectAndPolicy) {
  Expect({{{"inspect"}, 2, "FILE is required"},
          {{"inspect", "/nowhere/x"}, 3, "/nowhere/x does not exist"},
          {{"inspect", Vector("log/tile/0/000")}, 3, "this is none of: case file, receipt"},
          {{"inspect", Vector("expected.json")}, 3, "expected.json: "},
          {{"policy"}, 2, "subcommand is required"},
          {{"policy", "check"}, 2, "FILE is required"},
          {{"policy", "check", "/nowhere/policy"}, 2, "/nowhere/policy does not exist"},
          {{"policy", "check", kCase}, 2, "policy line"},
          {{"selftest", kCase}, 2, "case-A"},
          {{"selftest", "--jobs", "2"}, 2, "--jobs"}});
}

TEST(WrongInput, AKeyOutsideThePrimeOrderSubgroupIsNoPolicy) {
  const TemporaryDirectory directory;
  // The point of order 2: y = -1.
  std::ofstream(directory / "policy")
      << "log weak.example/1+9e67c6aa+Aez///////////////////////////////////////9/\nquorum none\n";
  Expect({{{"policy", "check", directory / "policy"}, 2, "the log's key is weak"}});
}

TEST(WrongInput, AResultThatCannotBeWrittenIsNotAPass) {
  const std::vector<std::string> judge = {"receipt", "--policy", kPolicy, kReceipt};
  std::vector<std::string> full = judge;
  full.insert(full.end(), {"-o", "/dev/full"});
  Expect({{full, 1, "/dev/full can't be written: "}});
  full = judge;
  full.insert(full.end(), {"-o", "/nowhere/out"});
  Expect({{full, 1, "/nowhere/out can't be written: "}});
}

TEST(WrongInput, AnInterruptIs130) {
  // It waits on a pipe that nobody writes to: standard input is a terminal's, as it were.
  const TemporaryDirectory directory;
  const std::string pipe = directory / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const Outcome outcome =
      RunProgram(Invocation{{"receipt", "--policy", kPolicy, pipe}, {}, {}, 300});
  EXPECT_EQ(outcome.exit_code, 130);
  EXPECT_NE(outcome.err.find("interrupted"), std::string::npos);
}

}  // namespace
}  // namespace jejak::verifier::test
