// SPDX-License-Identifier: Apache-2.0
#include "api/reads.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/evidence/verify.h"
#include "ledger/tlog/proof.h"
#include "tests/api/ledger_fixture.h"

namespace jejak::api {
namespace {

using nlohmann::json;

constexpr std::string_view kImmutable = "public, max-age=31536000, immutable";
constexpr std::string_view kCaseA = "case/5MG3Z0FSDG8122AFHMEK5J0EY2";

class ReadsTest : public testing::Test {
 protected:
  ClientResponse Get(const std::string& path, const std::vector<Header>& headers = {}) {
    return Ask(server_->port(), "GET", path, headers);
  }

  void ExpectProblem(const std::string& path, int status, const std::string& code) {
    const ClientResponse answer = Get(path);
    EXPECT_EQ(answer.status, status) << path;
    EXPECT_EQ(FieldOf(answer, "content-type"), "application/problem+json") << path;
    EXPECT_EQ(FieldOf(answer, "cache-control"), "no-store") << path;
    const Result<Problem> problem = ParseProblem(answer.body);
    ASSERT_TRUE(problem.ok()) << path << ": " << answer.body;
    EXPECT_EQ(problem->code, code) << path;
  }

  GoldenServer server_;
};

TEST_F(ReadsTest, CheckpointIsTheGoldenOneAndShortLived) {
  const ClientResponse answer = Get("/1/checkpoint");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, test::ReadVector("log/checkpoint"));
  EXPECT_EQ(FieldOf(answer, "cache-control"), "public, max-age=2");
  EXPECT_EQ(FieldOf(answer, "content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(FieldOf(answer, "access-control-allow-origin"), "*");
  EXPECT_EQ(FieldOf(answer, "x-content-type-options"), "nosniff");
}

TEST_F(ReadsTest, TilesAreTheGoldenOnes) {
  for (const char* path : {"tile/0/000", "tile/0/001.p/77", "tile/1/000.p/1", "tile/entries/000",
                           "tile/entries/001.p/77"}) {
    const ClientResponse answer = Get("/1/" + std::string(path));
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.body, test::ReadVector("log/" + std::string(path))) << path;
    EXPECT_EQ(FieldOf(answer, "content-type"), "application/octet-stream");
    const bool full = std::string_view(path).find(".p/") == std::string_view::npos;
    EXPECT_EQ(FieldOf(answer, "cache-control"), full ? kImmutable : "public, max-age=600") << path;
  }
  // A narrower tile is a prefix of the wider one and stays valid.
  EXPECT_EQ(Get("/1/tile/0/001.p/5").body, test::ReadVector("log/tile/0/001.p/77").substr(0, 160));
}

TEST_F(ReadsTest, TilesThatAreNotThereOrNotCanonicalAre404) {
  for (const char* path :
       {"tile/0/001", "tile/0/001.p/78", "tile/0/1", "tile/0/000.p/256", "tile/0/x000/000",
        "tile/00/000", "tile/8/000", "tile/0/002.p/1", "tile/0/000/", "tile/", "tile",
        "tile/entries/001", "tile/0/000.p/0", "checkpoint/", "Checkpoint"}) {
    ExpectProblem("/1/" + std::string(path), 404, "not_found");
  }
}

TEST_F(ReadsTest, RoutesStandUnderThePathOfTheOriginOnly) {
  for (const char* path : {"/checkpoint", "/v1/log", "/2/checkpoint", "/11/checkpoint",
                           "/1checkpoint", "/1/1/checkpoint"}) {
    ExpectProblem(path, 404, "not_found");
  }
  for (const char* path : {"/livez", "/1/livez", "/readyz", "/1/readyz", "/", "/1", "/1/",
                           "/style.css", "/1/style.css", "/openapi.json", "/1/openapi.json"}) {
    EXPECT_EQ(Get(path).status, 200) << path;
  }
}

TEST_F(ReadsTest, EntriesAreTheExactBytes) {
  const test::GoldenLog golden = test::LoadGoldenLog();
  for (const std::uint64_t index : {0u, 27u, 255u, 256u, 332u}) {
    const ClientResponse answer = Get("/1/v1/entries/" + std::to_string(index));
    EXPECT_EQ(answer.body, golden.leaves[index]) << index;
    EXPECT_EQ(FieldOf(answer, "cache-control"), kImmutable);
  }
  for (const char* path : {"333", "-1", "01", "x", "", "27/", "27/proof", "27/proof/27",
                           "27/proof/334", "27/proof/x", "27/proof/39/1", "9007199254740992"}) {
    ExpectProblem("/1/v1/entries/" + std::string(path), 404, "not_found");
  }
}

TEST_F(ReadsTest, InclusionProofsLeadToTheRoot) {
  const test::GoldenLog golden = test::LoadGoldenLog();
  for (const test::GoldenCheckpoint& checkpoint : golden.checkpoints) {
    for (const std::uint64_t index : {std::uint64_t{0}, checkpoint.size / 2, checkpoint.size - 1}) {
      const ClientResponse answer = Get("/1/v1/entries/" + std::to_string(index) + "/proof/" +
                                        std::to_string(checkpoint.size));
      const json proof = json::parse(answer.body);
      EXPECT_EQ(proof["index"], index);
      EXPECT_EQ(proof["size"], checkpoint.size);
      std::vector<Digest> path;
      for (const json& hash : proof["proof"])
        path.push_back(ParseHash(hash.get<std::string>()).value());
      const auto root = DigestFromBytes(ParseHex(checkpoint.root_hex).value());
      EXPECT_TRUE(tlog::VerifyInclusion(index, checkpoint.size,
                                        tlog::LeafHash(AsBytes(golden.leaves[index])), path, *root))
          << index << " in " << checkpoint.size;
      EXPECT_EQ(FieldOf(answer, "cache-control"), kImmutable);
    }
  }
}

TEST_F(ReadsTest, ConsistencyIsWhatTheVerifierReads) {
  const test::GoldenLog golden = test::LoadGoldenLog();
  evidence::Trust trust;
  trust.policy = tlog::ParsePolicy(test::ReadVector("policy")).value();
  trust.now = server_.clock().Wall();
  for (const test::GoldenCheckpoint& old : golden.checkpoints) {
    if (old.size == 333) continue;
    const ClientResponse answer = Get("/1/v1/consistency/" + std::to_string(old.size) + "/333");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(FieldOf(answer, "cache-control"), kImmutable);
    const evidence::Verdict verdict = evidence::VerifyConsistency(
        old.note, test::ReadVector("log/checkpoint"), answer.body, trust);
    EXPECT_EQ(verdict.exit_code, 0) << old.size;
  }
  for (const char* path : {"0/333", "333/333", "39/16", "16/334", "16", "16/", "16/39/1", "a/b"})
    ExpectProblem("/1/v1/consistency/" + std::string(path), 404, "not_found");
}

TEST_F(ReadsTest, StreamProofsAreTheGoldenReceipts) {
  const ClientResponse head = Get("/1/v1/streams/proof?stream=" + std::string(kCaseA));
  EXPECT_EQ(head.body, test::ReadVector("head-A.tlog-proof"));
  evidence::Trust trust;
  trust.policy = tlog::ParsePolicy(test::ReadVector("policy")).value();
  trust.now = server_.clock().Wall();
  const ClientResponse absent = Get("/1/v1/streams/proof?stream=case/0000000000000000000000000A");
  EXPECT_EQ(absent.status, 200);
  EXPECT_EQ(evidence::VerifyReceipt(absent.body, trust).exit_code, 0);
  const std::string tag = FieldOf(head, "etag");
  EXPECT_EQ(
      Get("/1/v1/streams/proof?stream=" + std::string(kCaseA), {{"If-None-Match", tag}}).status,
      304);
  ExpectProblem("/1/v1/streams/proof", 400, "bad_request");
  ExpectProblem("/1/v1/streams/proof?stream=nothing", 400, "bad_request");
  ExpectProblem("/1/v1/streams/proof?stream=registry&at=1", 400, "bad_request");
}

TEST(StreamProof, IsOfTheNewestStateAndItsTagWithIt) {
  SmallServer server(QuietConfig(), false);
  const auto proof = [&](std::vector<Header> fields = {}) {
    return Ask(server->port(), "GET", "/1/v1/streams/proof?stream=registry", fields);
  };
  const ClientResponse before = proof();
  EXPECT_EQ(before.status, 200);
  EXPECT_EQ(proof().body, before.body);
  const Header known{"If-None-Match", FieldOf(before, "etag")};
  EXPECT_EQ(proof({known}).status, 304);
  ASSERT_EQ(
      Ask(server->port(), "POST", "/1/v1/actions", {}, TextOf(server.log().setup()[0])).status,
      201);
  const ClientResponse after = proof({known});
  EXPECT_EQ(after.status, 200);
  EXPECT_NE(after.body, before.body);
  EXPECT_NE(FieldOf(after, "etag"), known.value);
  EXPECT_EQ(proof().body, after.body);  // this one from what is kept
}

TEST_F(ReadsTest, DocumentsAreServedUnderTheirHash) {
  const test::GoldenLog golden = test::LoadGoldenLog();
  ASSERT_FALSE(golden.documents.empty());
  for (const auto& [sha256, text] : golden.documents) {
    std::string path = sha256;
    for (char& c : path) c = c == '+' ? '-' : c == '/' ? '_' : c;
    if (path != sha256) ExpectProblem("/1/v1/documents/" + sha256, 404, "not_found");
    const ClientResponse answer = Get("/1/v1/documents/" + path);
    EXPECT_EQ(answer.body, text);
    EXPECT_EQ(FieldOf(answer, "cache-control"), kImmutable);
    EXPECT_EQ(FieldOf(answer, "x-content-type-options"), "nosniff");
  }
  for (const char* path : {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    ExpectProblem("/1/v1/documents/" + std::string(path), 404, "not_found");
  }
}

TEST_F(ReadsTest, RegisterTellsWhatIsEnrolledAndInForce) {
  const json keys = json::parse(Get("/1/v1/keys").body)["keys"];
  const sequencer::HeadPointer head = server_->sequencer().head();
  ASSERT_EQ(keys.size(), head->administration().keys().size());
  bool rotated = false;
  bool revoked = false;
  for (const json& key : keys) {
    const auto* record = head->administration().FindKey(key["name"].get<std::string>());
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(key["terms"].back()["key"], tlog::EncodeVerifierKey(record->key()));
    EXPECT_EQ(key["revoked"], record->revoked());
    rotated = rotated || key["terms"].size() > 1;
    revoked = revoked || key["revoked"] == true;
  }
  EXPECT_TRUE(rotated && revoked);
  EXPECT_EQ(json::parse(Get("/1/v1/units").body)["units"].size(),
            head->administration().units().size());
  const json procedures = json::parse(Get("/1/v1/procedures").body)["procedures"];
  EXPECT_EQ(procedures.size(), 2u);
  for (const json& procedure : procedures) {
    const auto* in_force = head->administration().InForce(procedure["id"].get<std::string>());
    ASSERT_EQ(procedure.contains("in_force"), in_force != nullptr);
    if (in_force == nullptr) continue;
    EXPECT_EQ(procedure["in_force"]["action_id"], EncodeHash(in_force->action_id));
  }
  EXPECT_EQ(json::parse(Get("/1/v1/calendars").body)["calendars"].size(), 1u);
}

TEST(Register, FollowsTheAdministration) {
  SmallServer server(QuietConfig(), false);
  EXPECT_EQ(Ask(server->port(), "GET", "/1/v1/units").body, R"({"units":[]})");
  ASSERT_EQ(
      Ask(server->port(), "POST", "/1/v1/actions", {}, TextOf(server.log().setup()[0])).status,
      201);
  EXPECT_NE(Ask(server->port(), "GET", "/1/v1/units").body, R"({"units":[]})");
}

TEST_F(ReadsTest, LogNamesItsKeyAndGenesis) {
  const json log = json::parse(Get("/1/v1/log").body);
  const json expected = json::parse(test::ReadVector("expected.json"));
  EXPECT_EQ(log["origin"], expected["origin"]);
  EXPECT_EQ(log["log_key"], expected["log_vkey"]);
  EXPECT_TRUE(test::ReadVector("policy").find("genesis " + log["genesis"].get<std::string>()) !=
              std::string::npos);
  EXPECT_EQ(log["size"], 333);
  EXPECT_EQ(log["entries"], "public");
}

TEST_F(ReadsTest, HeadAnswersAsGetWithoutTheBody) {
  for (const char* path : {"/1/checkpoint", "/1/v1/log", "/1/v1/cases", "/1/v1/entries/999"}) {
    const ClientResponse get = Get(path);
    const ClientResponse head = Ask(server_->port(), "HEAD", path);
    EXPECT_EQ(head.status, get.status) << path;
    EXPECT_EQ(FieldOf(head, "content-length"), std::to_string(get.body.size())) << path;
    EXPECT_TRUE(head.body.empty()) << path;
  }
}

TEST_F(ReadsTest, OtherMethodsAre405AndNameTheRightOnes) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"}) {
    const ClientResponse answer = Ask(server_->port(), method, "/1/v1/log");
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(FieldOf(answer, "allow"), "GET, HEAD") << method;
  }
  for (const char* path : {"/1/v1/actions", "/1/v1/actions:batch", "/1/v1/actions:validate"}) {
    const ClientResponse answer = Get(path);
    EXPECT_EQ(answer.status, 405) << path;
    EXPECT_EQ(FieldOf(answer, "allow"), "POST") << path;
  }
}

TEST_F(ReadsTest, UnknownParametersAreRefused) {
  for (const char* path : {"/1/checkpoint?x=1", "/1/v1/log?lang=id", "/livez?a=b",
                           "/1/v1/entries/27?a=1", "/1/v1/keys?a&b", "/1/v1/cases?state=open"}) {
    ExpectProblem(path, 400, "bad_request");
  }
  const ClientResponse post = Ask(server_->port(), "POST", "/1/v1/actions?x=1", {}, "x");
  EXPECT_EQ(ParseProblem(post.body)->code, "bad_request");
}

}  // namespace
}  // namespace jejak::api
