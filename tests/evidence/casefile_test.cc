// SPDX-License-Identifier: Apache-2.0
//
// What is the format and what is not: every member, its type, its base64. Whatever a text or a number
// says is not the parser's to judge.
#include "ledger/evidence/casefile.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "ledger/evidence/receipt.h"
#include "ledger/evidence/verify.h"
#include "tests/evidence/golden.h"

namespace jejak::evidence::test {
namespace {

using nlohmann::json;

// The error of the golden case file after a change; empty when it still parses.
std::string ErrorAfter(const std::function<void(json&)>& change) {
  static const json original = ReadVectorJson("case-A.casefile.json");
  json file = original;
  change(file);
  const auto parsed = ParseCaseFile(file.dump());
  if (parsed.ok()) return {};
  EXPECT_EQ(parsed.error().code, Code::kMalformed);
  return parsed.error().detail;
}

TEST(CaseFileFormat, EveryMemberIsNeededAndNoOther) {
  const json file = ReadVectorJson("case-A.casefile.json");
  for (const auto& [name, value] : file.items()) {
    EXPECT_EQ(ErrorAfter([&, key = name](json& f) { f.erase(key); }), "/" + name + " is missing");
  }
  for (const char* list : {"consistency", "streams", "bodies", "openings", "documents"}) {
    const std::string where = "/" + std::string(list) + "/0";
    const json first = file[list][0];
    for (const auto& [name, value] : first.items()) {
      EXPECT_EQ(ErrorAfter([&, key = name](json& f) { f[list][0].erase(key); }),
                where + "/" + name + " is missing");
    }
    EXPECT_EQ(ErrorAfter([&](json& f) { f[list][0]["more"] = 1; }),
              where + " must be an object without unknown members");
    EXPECT_EQ(ErrorAfter([&](json& f) { f[list][0] = "x"; }), where + " must be an object");
    EXPECT_EQ(ErrorAfter([&](json& f) { f[list] = json::object(); }),
              "/" + std::string(list) + " must be an array");
    EXPECT_EQ(ErrorAfter([&](json& f) { f[list] = json::array(); }), "");
  }
  EXPECT_EQ(ErrorAfter([](json& f) { f["more"] = 1; }),
            "the case file must be an object without unknown members");
  EXPECT_EQ(ErrorAfter([](json& f) { f = json::array(); }), "the case file must be an object");
}

TEST(CaseFileFormat, TypesAndBase64) {
  struct Row {
    const char* pointer;
    json value;
    const char* error;
  };
  const std::string hash = "qGLY4vNj0DYAnoxLXdyLtqMxtzV9RV0JdcQZ8q/S0EI=";
  for (const Row& row : std::vector<Row>{
           {"/format", "jejak/casefile/v2", "/format must be jejak/casefile/v1"},
           {"/format", 1, "/format must be a string"},
           {"/stream", nullptr, "/stream must be a string"},
           {"/checkpoint", 1, "/checkpoint must be a string"},
           {"/seal", json::array(), "/seal must be a string"},
           {"/inclusion/0", 1, "/inclusion/0 must be a string"},
           {"/inclusion/0", "", "/inclusion/0 must be the base64 of 32 bytes"},
           {"/inclusion/0", "AAAA", "/inclusion/0 must be the base64 of 32 bytes"},
           {"/inclusion/0", hash.substr(0, 43), "/inclusion/0 must be the base64 of 32 bytes"},
           {"/inclusion/0", hash.substr(0, 42) + "J=", "/inclusion/0 must be the base64"},
           {"/consistency/0/from", "16", "/consistency/0/from must be an integer"},
           {"/consistency/0/from", true, "/consistency/0/from must be an integer"},
           {"/consistency/0/proof", hash, "/consistency/0/proof must be an array"},
           {"/consistency/0/proof/1", 0, "/consistency/0/proof/1 must be a string"},
           {"/streams/1/stream", 0, "/streams/1/stream must be a string"},
           {"/streams/1/entries", "", "/streams/1/entries must be an array"},
           {"/streams/1/entries/3", 0, "/streams/1/entries/3 must be a string"},
           {"/streams/1/path/0", hash, "/streams/1/path/0 must be an array of a bit and a hash"},
           {"/streams/1/path/0", {9}, "/streams/1/path/0 must be an array of a bit and a hash"},
           {"/streams/1/path/0", {9, hash, hash}, "/streams/1/path/0 must be an array of a bit"},
           {"/streams/1/path/0/0", "9", "/streams/1/path/0/0 must be an integer"},
           {"/streams/1/path/0/1", "9", "/streams/1/path/0/1 must be the base64 of 32 bytes"},
           {"/bodies/0/index", "27", "/bodies/0/index must be an integer"},
           {"/bodies/0/key", "x", "/bodies/0/key must be the base64 of 32 bytes"},
           {"/bodies/0/text", json::object(), "/bodies/0/text must be a string"},
           {"/openings/0/index", nullptr, "/openings/0/index must be an integer"},
           {"/openings/0/pointer", 0, "/openings/0/pointer must be a string"},
           {"/openings/0/key", "x", "/openings/0/key must be the base64 of 32 bytes"},
           {"/openings/0/value", json::object(), "/openings/0/value must be a string"},
           {"/documents/0/sha256", "x", "/documents/0/sha256 must be the base64 of 32 bytes"},
           {"/documents/0/text", 0, "/documents/0/text must be a string"},
       }) {
    const std::string error =
        ErrorAfter([&](json& f) { f[json::json_pointer(row.pointer)] = row.value; });
    EXPECT_TRUE(error.starts_with(row.error)) << row.pointer << ": " << error;
  }
}

TEST(CaseFileFormat, NumbersOutOfRangeAreStillTheFormat) {
  for (const char* pointer :
       {"/consistency/0/from", "/streams/0/path/0/0", "/bodies/0/index", "/openings/0/index"}) {
    for (const std::int64_t number : {std::int64_t{-1}, std::int64_t{9007199254740991},
                                      std::int64_t{-9007199254740991}, std::int64_t{-65532}}) {
      json file = ReadVectorJson("case-A.casefile.json");
      file[json::json_pointer(pointer)] = number;
      EXPECT_EQ(VerifyCaseFile(file.dump(), GoldenTrust()).exit_code, kExitIntegrity)
          << pointer << number;
    }
    json file = ReadVectorJson("case-A.casefile.json");
    file[json::json_pointer(pointer)] = std::int64_t{9007199254740992};
    EXPECT_EQ(VerifyCaseFile(file.dump(), GoldenTrust()).exit_code, kExitFormat) << pointer;
  }
}

TEST(CaseFileFormat, AtMost64MiB) {
  std::string bytes = ReadVector("case-A.casefile.json");
  bytes.resize(kMaxCaseFileBytes, ' ');
  EXPECT_TRUE(ParseCaseFile(bytes).ok());
  bytes += ' ';
  EXPECT_EQ(ParseCaseFile(bytes).error().detail, "a case file has at most 64 MiB");
}

TEST(StateExtraFormat, AnEmptyMapHasNoSteps) {
  const std::string begin = "jejak/head/v1\nstream registry\n";
  const std::string step = "step 1 qGLY4vNj0DYAnoxLXdyLtqMxtzV9RV0JdcQZ8q/S0EI=\n";
  EXPECT_TRUE(ParseStateExtra(begin + "\nseal").ok());
  for (const std::string& extra :
       {begin + step + "\nseal", begin + "absent x\n\nseal", begin + "step 1\n\nseal", begin,
        begin + "other\n\nseal", std::string("jejak/head/v1\nregistry\n\nseal"),
        std::string("jejak/head/v1\nstream nothing\n\nseal"), std::string("jejak/head/v1\n"),
        std::string("jejak/head/v2\nstream registry\n\nseal"), std::string()}) {
    EXPECT_FALSE(ParseStateExtra(extra).ok()) << extra;
  }
}

TEST(ConsistencyProofFormat, ExactlyItsMembers) {
  const std::string note = ReadVector("log/checkpoint");
  const auto exit_code = [&](const std::string& proof) {
    return VerifyConsistency(note, note, proof, GoldenTrust()).exit_code;
  };
  EXPECT_EQ(exit_code(R"({"from":1,"to":2,"proof":[]})"), kExitPass) << "equal sizes need no proof";
  EXPECT_EQ(exit_code(R"({"from":1,"proof":[]})"), kExitPass);
  for (const char* proof :
       {R"({"from":1,"proof":[],"more":1})", R"({"from":1,"to":2,"proof":[],"more":1})",
        R"({"from":"1","proof":[]})", R"({"from":1,"to":"2","proof":[]})", R"({"from":1})",
        R"({"proof":[]})", R"({"from":1,"proof":["x"]})", R"({"from":1,"proof":[1]})", "[]", ""}) {
    EXPECT_EQ(exit_code(proof), kExitFormat) << proof;
  }
  EXPECT_EQ(exit_code("{\"from\":1,\"proof\":[]}" + std::string(65536, ' ')), kExitFormat);
}

}  // namespace
}  // namespace jejak::evidence::test
