// SPDX-License-Identifier: Apache-2.0
//
// What the program writes: JSON of one shape whatever the verdict, text in two languages, nothing
// that a hostile file could do to a terminal.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "tests/evidence/golden.h"
#include "tests/support/temporary_directory.h"
#include "tests/verifier/program.h"
#include "verifier/conformance_text.h"
#include "verifier/report.h"

namespace jejak::verifier::test {
namespace {

using nlohmann::json;

const std::string kCase = Vector("case-A.casefile.json");

std::set<std::string> Members(const json& object) {
  std::set<std::string> names;
  for (const auto& [name, value] : object.items()) names.insert(name);
  return names;
}

void ExpectStrings(const json& facts) {
  ASSERT_TRUE(facts.is_object());
  for (const auto& [name, value] : facts.items()) EXPECT_TRUE(value.is_string()) << name;
}

// The members of interfaces.md, all of them and no other.
void ExpectSchema(const json& report, int exit_code, bool several = false) {
  EXPECT_EQ(Members(report), (std::set<std::string>{"schema_version", "tool", "inputs", "policy",
                                                    "genesis", "verdict", "coverage", "checks",
                                                    "conformance", "verified", "unverified"}));
  EXPECT_EQ(report["schema_version"], 1);
  EXPECT_TRUE(report["tool"].get<std::string>().starts_with("jejak-verify "));
  for (const json& input : report["inputs"]) {
    EXPECT_EQ(Members(input), (std::set<std::string>{"name", "sha256"}));
  }
  const std::string verdict = report["verdict"];
  EXPECT_EQ(verdict, exit_code == 0 ? "pass" : exit_code == 12 ? "inconclusive" : "fail");
  EXPECT_EQ(Members(report["coverage"]), (std::set<std::string>{"total", "checked"}));
  EXPECT_FALSE(report["checks"].empty());
  for (const json& check : report["checks"]) {
    std::set<std::string> members{"id", "status", "detail", "entry_index"};
    if (several) members.insert("input");
    EXPECT_EQ(Members(check), members);
    EXPECT_TRUE(std::set<std::string>({"pass", "fail", "inconclusive", "not_checked"})
                    .contains(check["status"].get<std::string>()));
    EXPECT_TRUE(check["entry_index"].is_null() || check["entry_index"].is_number_unsigned());
  }
  // Where it can't be judged, it says of which case and why; where nobody asked, it is null.
  if (!report["conformance"].is_null()) {
    EXPECT_EQ(exit_code, 12);
    EXPECT_EQ(report["conformance"]["judged"], false);
    EXPECT_EQ(report["conformance"]["procedure"], "golden");
    EXPECT_TRUE(report["conformance"]["why_not"]["id"].is_string());
    EXPECT_TRUE(report["conformance"]["rules"].empty());
  }
  ExpectStrings(report["verified"]);
  ExpectStrings(report["unverified"]);
}

TEST(JsonOutput, HasOneShapeWhateverTheVerdict) {
  struct Row {
    std::vector<std::string> arguments;
    int exit_code;
  };
  const std::string policy = Vector("policy");
  const std::vector<Row> rows = {
      {{"case", "--policy", policy, "--ignore-conformance", kCase}, 0},
      {{"case", "--policy", policy, kCase}, 12},
      {{"case", "--policy", policy, Vector("negative/body-twice.casefile.json")}, 10},
      {{"case", "--policy", policy, Vector("negative/unknown-member.casefile.json")}, 3},
      {{"case", "--policy", policy, "/nowhere/file"}, 3},
      {{"case", "--policy", "/nowhere/policy", kCase}, 2},
      {{"case", kCase}, 2},
      {{"case", "--policy", policy, "--pinned", "/nowhere/file", kCase}, 3},
      {{"receipt", "--policy", policy, Vector("head-A.tlog-proof")}, 0},
      {{"receipt", "--policy", policy, Vector("negative/index-leading-zero.tlog-proof")}, 3},
      {{"log", "--policy", policy, "--ignore-conformance", Vector("log")}, 0},
      {{"log", "--policy", policy, "--ignore-conformance", "--skip-signatures", Vector("log")}, 12},
      {{"log", "--policy", policy, "/nowhere"}, 3},
      {{"log", "--policy", Vector("policy-2-of-3"), "--ignore-conformance", Vector("log")}, 12},
      {{"consistency", "--policy", policy, Vector("log/checkpoint"), Vector("log/checkpoint")}, 0},
      {{"receipt", "--policy", policy, "--frobnicate", kCase}, 2},
      {{"case", "-q", "-v", "--policy", policy, kCase}, 2},
      {{"selftest"}, 0},
  };
  for (const Row& row : rows) {
    std::vector<std::string> arguments = row.arguments;
    arguments.insert(arguments.begin() + 1, {"--json", "--lang", "id"});
    const Outcome outcome = RunProgram(arguments);
    EXPECT_EQ(outcome.exit_code, row.exit_code) << outcome.out << outcome.err;
    const json report = json::parse(outcome.out, nullptr, false);
    ASSERT_TRUE(report.is_object()) << outcome.out;
    SCOPED_TRACE(outcome.out);
    ExpectSchema(report, row.exit_code);
    EXPECT_EQ(outcome.out.find('\n'), outcome.out.size() - 1);
  }
}

TEST(JsonOutput, NamesWhatWentIn) {
  const Outcome outcome =
      RunProgram({"case", "--json", "--ignore-conformance", "--policy", Vector("policy"),
                  "--pinned", Vector("pinned-checkpoint"), kCase});
  const json report = json::parse(outcome.out);
  ASSERT_EQ(report["inputs"].size(), 2u);
  EXPECT_EQ(report["inputs"][0]["name"], kCase);
  const std::string bytes = evidence::test::ReadVector("case-A.casefile.json");
  EXPECT_EQ(report["inputs"][0]["sha256"], EncodeHash(crypto::Sha256(AsBytes(bytes))));
  EXPECT_EQ(report["inputs"][1]["name"], Vector("pinned-checkpoint"));
  EXPECT_EQ(report["policy"]["log"], "golden.jejak.example/1");
  EXPECT_EQ(report["genesis"], "YVDIe/IdaKPgcggMMvap55J5g5/8cFwbIpmgrWZhS10=");
  EXPECT_EQ(report["coverage"]["total"], 30);
  EXPECT_EQ(report["coverage"]["checked"], 30);
  EXPECT_EQ(report["verified"]["size"], "333");
  EXPECT_TRUE(report["unverified"].contains("conformance"));
}

TEST(JsonOutput, SeveralInputsAreOneDocumentOrOneLineEach) {
  const std::string altered = Vector("negative/actions-swapped.casefile.json");
  const auto run = [&](const char* format) {
    return RunProgram({"case", "--format", format, "--ignore-conformance", "--policy",
                       Vector("policy"), kCase, altered});
  };
  const Outcome one = run("json");
  EXPECT_EQ(one.exit_code, 10);
  const json report = json::parse(one.out);
  ExpectSchema(report, 10, true);
  EXPECT_EQ(report["inputs"].size(), 2u);
  EXPECT_EQ(report["coverage"]["total"], 60);
  EXPECT_TRUE(report["verified"].contains("0/origin"));
  EXPECT_FALSE(report["verified"].contains("1/origin"));
  std::set<int> about;
  for (const json& check : report["checks"]) about.insert(check["input"].get<int>());
  EXPECT_EQ(about, (std::set<int>{0, 1}));
  const Outcome lines = run("ndjson");
  EXPECT_EQ(lines.exit_code, 10);
  const std::size_t end = lines.out.find('\n');
  ExpectSchema(json::parse(lines.out.substr(0, end)), 0);
  ExpectSchema(json::parse(lines.out.substr(end + 1)), 10);
}

TEST(TextOutput, SaysTheAnswerFirstInTwoLanguages) {
  const auto first_line = [](std::vector<std::string> arguments) {
    const std::string out = RunProgram(std::move(arguments)).out;
    return out.substr(0, out.find('\n'));
  };
  const std::string policy = Vector("policy");
  const std::string altered = Vector("negative/actions-swapped.casefile.json");
  EXPECT_EQ(first_line({"case", "--policy", policy, "--ignore-conformance", kCase}),
            kCase + ": intact. Whether the procedure was followed was not judged.");
  EXPECT_EQ(first_line({"case", "--lang", "id", "--policy", policy, "--ignore-conformance", kCase}),
            kCase + ": utuh. Apakah prosedur diikuti tidak dinilai.");
  EXPECT_TRUE(first_line({"case", "--lang", "id", "--policy", policy, altered})
                  .starts_with(altered + ": TIDAK utuh: "));
  EXPECT_TRUE(first_line({"case", "--lang", "id", "--policy", policy, "/nowhere/x"})
                  .starts_with("/nowhere/x: tidak dapat dibaca: "));
  EXPECT_TRUE(first_line({"case", "--lang", "id", "--policy", policy, kCase})
                  .starts_with(kCase + ": utuh, tetapi belum dapat disimpulkan (golden 1.0, entri "
                                       "24): apakah prosedur diikuti tidak dapat dinilai: "));
}

TEST(TextOutput, QuietNormalAndVerbose) {
  const auto run = [](const std::string& flag) {
    return RunProgram(
               {"receipt", flag, "--policy", Vector("policy"), Vector("action-A0.tlog-proof")})
        .out;
  };
  EXPECT_EQ(run("-q"), Vector("action-A0.tlog-proof") + ": intact\n");
  EXPECT_NE(run("-v").find("sha256 "), std::string::npos);
  EXPECT_EQ(run("--color=auto").find("sha256 "), std::string::npos);
}

TEST(TextOutput, ColoursOnlyWhereWanted) {
  const std::vector<std::string> judge = {"receipt", "--policy", Vector("policy"),
                                          Vector("action-A0.tlog-proof")};
  EXPECT_EQ(RunProgram(judge).out.find('\x1b'), std::string::npos);
  std::vector<std::string> always = judge;
  always.insert(always.end(), {"--color", "always"});
  EXPECT_NE(RunProgram(always).out.find("\x1b[1;32mintact\x1b[0m"), std::string::npos);
}

TEST(TextOutput, StandardInputAndOutputFile) {
  const TemporaryDirectory directory;
  const std::string receipt = evidence::test::ReadVector("action-A0.tlog-proof");
  const Outcome outcome =
      RunProgram(Invocation{{"receipt", "-q", "--policy", Vector("policy"), "-"}, receipt, {}, 0});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "-: intact\n");
  const Outcome to_file = RunProgram(
      Invocation{{"receipt", "-q", "--policy", Vector("policy"), "-o", directory / "result", "-"},
                 receipt,
                 {},
                 0});
  EXPECT_EQ(to_file.exit_code, 0);
  EXPECT_EQ(to_file.out, "");
  std::ifstream file(directory / "result");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "-: intact\n");
}

TEST(TextOutput, HelpAndVersionAreNoErrors) {
  EXPECT_EQ(RunProgram({"--help"}).exit_code, 0);
  EXPECT_NE(RunProgram({"--help"}).out.find("consistency"), std::string::npos);
  EXPECT_EQ(RunProgram({"case", "--help"}).exit_code, 0);
  EXPECT_TRUE(RunProgram({"--version"}).out.starts_with("jejak-verify 0."));
  // What isn't built is absent, not a stub.
  for (const char* later : {"completion"}) {
    EXPECT_EQ(RunProgram({later}).exit_code, 2) << later;
  }
}

TEST(TextOutput, HostileNamesAreShownHarmless) {
  const Outcome text = RunProgram({"receipt", "--policy", Vector("policy"), "/no\x1b[2Jwhere\xff"});
  EXPECT_EQ(text.exit_code, 3);
  EXPECT_EQ(text.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.out.find('\xff'), std::string::npos);
  const Outcome document =
      RunProgram({"receipt", "--json", "--policy", Vector("policy"), "/no\x1b[2Jwhere\xff"});
  EXPECT_TRUE(json::accept(document.out)) << document.out;
}

TEST(Inspect, ShowsWhatAFileClaimsToBe) {
  struct Row {
    std::string file;
    std::vector<std::string> lines;
  };
  const TemporaryDirectory directory;
  std::ofstream(directory / "vkey")
      << "golden.jejak.example/1+0df0a898+AX3844CGojdpqc0yeGyKiv2dZmF12ucF4JYuy/e08jDy\n";
  for (const Row& row :
       std::vector<Row>{{kCase, {"kind", "case file", "origin", "golden.jejak.example/1"}},
                        {Vector("action-A0.tlog-proof"), {"receipt", "proof_index", "27"}},
                        {Vector("head-A.tlog-proof"), {"receipt", "count", "7"}},
                        {Vector("log/checkpoint"), {"checkpoint", "333"}},
                        {Vector("report.action"), {"envelope", "report.submit", "openings"}},
                        {Vector("policy-2-of-3"), {"policy", "2 of w0 w1 w2", "witness-3.example"}},
                        {directory / "vkey", {"vkey", "ed25519", "strong", "yes"}}}) {
    const Outcome outcome = RunProgram({"inspect", row.file});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    for (const std::string& line : row.lines) {
      EXPECT_NE(outcome.out.find(line), std::string::npos) << line << "\n" << outcome.out;
    }
    EXPECT_NE(outcome.out.find("nothing of this was verified"), std::string::npos);
    const json report = json::parse(RunProgram({"inspect", "--json", row.file}).out);
    EXPECT_EQ(report["facts"][0]["name"], "kind");
  }
  const std::string entry = evidence::test::GoldenLeaves()[27];
  const Outcome piped = RunProgram(Invocation{{"inspect", "-"}, entry, {}, 0});
  EXPECT_NE(piped.out.find("entry"), std::string::npos) << piped.err;
}

TEST(PolicyCheck, SaysWhatIsTrusted) {
  const Outcome outcome = RunProgram({"policy", "check", Vector("policy")});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_NE(outcome.out.find("none: no witness has to confirm"), std::string::npos) << outcome.out;
}

TEST(Text, NamesTheEntriesThatWereVoided) {
  evidence::CaseConformance conformance;
  conformance.judgement.judged = true;
  EXPECT_EQ(CaseConformanceText(conformance, Rows::kDecided, {}).find("voided"), std::string::npos);
  conformance.judgement.voided = {24, 27};
  const std::string text = CaseConformanceText(conformance, Rows::kDecided, {});
  EXPECT_NE(text.find("  voided"), std::string::npos) << text;
  EXPECT_NE(text.find("entries 24, 27\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace jejak::verifier::test
