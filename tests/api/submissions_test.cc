// SPDX-License-Identifier: Apache-2.0
// The 178 golden submissions, each judged alone by a running server whose log is the golden log.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "ledger/base/text.h"
#include "ledger/evidence/verify.h"
#include "tests/api/ledger_fixture.h"

namespace jejak::api {
namespace {

using nlohmann::json;

std::string EnvelopeOf(const json& row) {
  std::string envelope = row["note"];
  if (!row["body"].is_null()) {
    envelope += "\nbody " + row["body"]["key"].get<std::string>() + "\n" +
                row["body"]["text"].get<std::string>() + "\n";
  }
  if (!row["document"].is_null()) envelope += "\ndocument\n" + row["document"].get<std::string>();
  return envelope;
}

const std::map<std::string, int>& StatusOf() {
  static const std::map<std::string, int> statuses = {
      {"malformed", 400},       {"weak_key", 400},      {"unknown_rules", 400},
      {"other_log", 403},       {"log_closed", 403},    {"unknown_key", 403},
      {"revoked_key", 403},     {"role_not_held", 403}, {"bad_signature", 403},
      {"authority", 403},       {"state", 409},         {"procedure_not_in_force", 409},
      {"conflict", 409},        {"at_in_future", 422},  {"expired", 422},
      {"case_full", 422},       {"body_mismatch", 422}, {"body_missing", 422},
      {"document_missing", 422}};
  return statuses;
}

void ExpectProblem(const ClientResponse& answer, const std::string& code) {
  ASSERT_TRUE(StatusOf().contains(code)) << code;
  EXPECT_EQ(answer.status, StatusOf().at(code)) << answer.body;
  EXPECT_EQ(FieldOf(answer, "content-type"), "application/problem+json");
  EXPECT_EQ(FieldOf(answer, "cache-control"), "no-store");
  const Result<Problem> problem = ParseProblem(answer.body);
  ASSERT_TRUE(problem.ok()) << answer.body;
  EXPECT_EQ(problem->code, code) << problem->detail;
  EXPECT_FALSE(problem->detail.empty());
  EXPECT_EQ(problem->head.has_value(), code == "conflict");
  EXPECT_EQ(problem->retryable, code == "at_in_future");
}

TEST(Submissions, EachGetsItsCodeAtALiveServer) {
  const json file = json::parse(test::ReadVector("submissions.json"));
  ASSERT_EQ(file["now"], GoldenServer::kNow);
  ASSERT_EQ(file["submissions"].size(), 178u);
  std::optional<GoldenServer> server;
  std::set<std::string> codes;
  for (const json& row : file["submissions"]) {
    SCOPED_TRACE(row["name"].get<std::string>());
    const std::string expect = row["expect"];
    if (!server) server.emplace();
    const std::uint64_t before = (*server)->sequencer().head()->size();
    const ClientResponse answer =
        Ask((*server)->port(), "POST", "/1/v1/actions", {}, EnvelopeOf(row));
    const bool accepted = expect == "accepted";
    if (accepted || expect == "duplicate") {
      EXPECT_EQ(answer.status, accepted ? 201 : 200) << answer.body;
      EXPECT_TRUE(answer.body.starts_with("c2sp.org/tlog-proof@v1\n"));
    } else {
      ExpectProblem(answer, expect);
    }
    codes.insert(expect);
    const std::uint64_t after = (*server)->sequencer().head()->size();
    EXPECT_EQ(after, before + (accepted ? 2 : 0));
    if (accepted || after != before) server.reset();  // the next one gets the golden log anew
  }
  EXPECT_GT(codes.size(), 15u);
}

TEST(Submissions, ValidateSaysTheSameAndLogsNothing) {
  const json file = json::parse(test::ReadVector("submissions.json"));
  GoldenServer server;
  const std::uint64_t before = server->sequencer().head()->size();
  for (const json& row : file["submissions"]) {
    SCOPED_TRACE(row["name"].get<std::string>());
    const std::string expect = row["expect"];
    const ClientResponse answer =
        Ask(server->port(), "POST", "/1/v1/actions:validate", {}, EnvelopeOf(row));
    if (expect == "accepted") {
      // `conformance` comes after these, for actions of cases.
      EXPECT_TRUE(answer.body.starts_with(R"({"admitted":true,"duplicate":false)")) << answer.body;
    } else if (expect == "duplicate") {
      EXPECT_EQ(answer.body, R"({"admitted":true,"duplicate":true})");
    } else {
      ExpectProblem(answer, expect);
    }
  }
  EXPECT_EQ(server->sequencer().head()->size(), before);
}

// The first is refused and paid for all the same; the second would be logged.
TEST(Submissions, PartiesOfEarlierActionsHaveTheirLimitToo) {
  const json file = json::parse(test::ReadVector("submissions.json"));
  Config config = QuietConfig();
  config.actions_per_minute = 1;
  GoldenServer server(config);
  for (const auto& [name, status] :
       {std::pair("party_brings_party", 403), {"ok_party_alone", 429}}) {
    for (const json& row : file["submissions"]) {
      if (row["name"] != name) continue;
      EXPECT_EQ(Ask(server->port(), "POST", "/1/v1/actions", {}, EnvelopeOf(row)).status, status);
    }
  }
}

TEST(Submissions, ABatchAnswersEachAsAlone) {
  const json file = json::parse(test::ReadVector("submissions.json"));
  GoldenServer server;
  std::vector<std::string> envelopes;
  std::vector<std::string> expects;
  for (const json& row : file["submissions"]) {
    if (row["expect"] == "accepted") continue;  // would change what the others meet
    envelopes.push_back(EnvelopeOf(row));
    expects.push_back(row["expect"]);
  }
  LedgerClient client(server->url());
  const auto answers = client.SubmitBatch(envelopes);
  ASSERT_TRUE(answers.ok()) << answers.error().detail;
  for (std::size_t i = 0; i < expects.size(); ++i) {
    const SubmitAnswer& answer = (*answers)[i];
    EXPECT_EQ(answer.problem ? answer.problem->code : "duplicate", expects[i]) << i;
  }
}

}  // namespace
}  // namespace jejak::api
