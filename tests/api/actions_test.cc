// SPDX-License-Identifier: Apache-2.0
#include "api/actions.h"

#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "ledger/base/text.h"
#include "ledger/evidence/verify.h"
#include "ledger/tlog/merkle.h"
#include "tests/api/ledger_fixture.h"

namespace jejak::api {
namespace {

using nlohmann::json;

class ActionsTest : public testing::Test {
 protected:
  ClientResponse Post(std::string_view route, std::string_view body,
                      const std::vector<Header>& headers = {}) {
    return Ask(server_->port(), "POST", "/1/v1/" + std::string(route), headers, body);
  }
  std::string Open(std::uint64_t n) {
    return TextOf(server_.log().Open(n, server_.clock().Wall()));
  }
  std::string Note(std::uint64_t n) {
    return TextOf(server_.log().AddNote(n, server_.clock().Wall()));
  }
  void ExpectVerifies(const std::string& receipt) {
    evidence::Trust trust;
    trust.policy = server_.policy();
    trust.now = server_.clock().Wall();
    const evidence::Verdict verdict = evidence::VerifyReceipt(receipt, trust);
    EXPECT_TRUE(verdict.exit_code == 0 || verdict.exit_code == 12) << verdict.word;
    for (const evidence::CheckLine& line : verdict.checks)
      EXPECT_NE(line.status, evidence::Status::kFail) << line.detail;
  }

  SmallServer server_;
};

TEST_F(ActionsTest, ALoggedActionIsAnsweredWithItsReceipt) {
  const std::string envelope = Open(1);
  const ClientResponse answer = Post("actions", envelope);
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(FieldOf(answer, "content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(FieldOf(answer, "cache-control"), "no-store");
  ExpectVerifies(answer.body);
  const std::string entry = Ask(server_->port(), "GET", FieldOf(answer, "location")).body;
  EXPECT_TRUE(entry.find(envelope.substr(0, envelope.find("\n\n"))) != std::string::npos);
}

TEST_F(ActionsTest, TheSameBytesGetTheFirstReceiptForEver) {
  const std::string first = Open(1);
  const ClientResponse logged = Post("actions", first);
  for (std::uint64_t n = 2; n < 300; ++n) ASSERT_EQ(Post("actions", Open(n)).status, 201);
  const ClientResponse again = Post("actions", first);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, logged.body);
  server_.Restart();
  EXPECT_EQ(Post("actions", first).body, logged.body);
}

TEST_F(ActionsTest, ReceiptsAsJson) {
  const std::string envelope = Open(1);
  const ClientResponse answer = Post("actions", envelope, {{"Accept", "application/json"}});
  EXPECT_EQ(answer.status, 201);
  const json value = json::parse(answer.body);
  EXPECT_EQ(value["duplicate"], false);
  EXPECT_EQ(value["size"], server_->sequencer().head()->size());
  EXPECT_EQ(value["index"], server_->sequencer().head()->size() - 2);
  ExpectVerifies(value["receipt"]);
  const json again = json::parse(
      Post("actions", envelope, {{"Accept", "text/html;q=0.1, application/json;q=0.9"}}).body);
  EXPECT_EQ(again["duplicate"], true);
  EXPECT_EQ(again["receipt"], value["receipt"]);
  EXPECT_EQ(again["size"], value["size"]);
  EXPECT_TRUE(Post("actions", envelope, {{"Accept", "application/json;q=0, */*"}})
                  .body.starts_with("c2sp.org/"));
}

TEST_F(ActionsTest, ABatchIsAnsweredInOrder) {
  std::vector<std::string> envelopes;
  envelopes.push_back(Open(1));
  envelopes.push_back("nonsense");
  envelopes.push_back(Note(1));
  envelopes.push_back(envelopes[0]);
  const ClientResponse answer = Post("actions:batch", record::EncodeBatch(envelopes).value());
  EXPECT_EQ(answer.status, 200);
  const json items = json::parse(answer.body);
  ASSERT_EQ(items.size(), 4u);
  ExpectVerifies(items[0]["receipt"]);
  EXPECT_EQ(items[1]["problem"]["code"], "malformed");
  EXPECT_EQ(items[1]["problem"]["status"], 400);
  ExpectVerifies(items[2]["receipt"]);
  EXPECT_EQ(items[2]["index"], items[0]["index"].get<int>() + 1);
  EXPECT_EQ(items[3]["duplicate"], true);
  EXPECT_EQ(items[3]["receipt"], items[0]["receipt"]);
  // One seal for all of them, and the first receipt is what a later question gets.
  EXPECT_EQ(items[2]["size"], items[0]["size"]);
  EXPECT_EQ(Post("actions", envelopes[2]).body, items[2]["receipt"].get<std::string>());
}

TEST_F(ActionsTest, ABatchOfManyTilesHasReceiptsThatAllVerify) {
  std::vector<std::string> envelopes;
  for (std::uint64_t n = 0; n < 700; ++n) envelopes.push_back(Open(n));
  LedgerClient client(server_->url());
  const auto answers = client.SubmitBatch(envelopes);
  ASSERT_TRUE(answers.ok()) << answers.error().detail;
  for (std::size_t i = 0; i < answers->size(); ++i) {
    ExpectVerifies((*answers)[i].receipt);
    if (i % 50 != 0) continue;
    EXPECT_EQ(client.Submit(envelopes[i])->receipt, (*answers)[i].receipt);
  }
}

TEST_F(ActionsTest, BatchesThatAreNoneAreRefusedWhole) {
  EXPECT_EQ(json::parse(Post("actions:batch", "").body), json::array());
  for (const char* body : {"x", "5\nabc", "0\n", "01\na", "3\nabc4\n"}) {
    const ClientResponse answer = Post("actions:batch", body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(ParseProblem(answer.body)->code, "malformed") << body;
  }
  std::string many;
  for (std::size_t i = 0; i <= kMaxBatchEnvelopes; ++i) many += "1\nx";
  EXPECT_EQ(Post("actions:batch", many).status, 413);
}

TEST_F(ActionsTest, LimitsOfSizeAre413) {
  const std::string envelope = Open(1);
  EXPECT_EQ(Post("actions", std::string(kMaxDocumentedBytes + 1, 'x')).status, 413);
  // Within the limit with a document, but it brings none: openings are not a document.
  std::string openings = envelope;
  while (openings.size() <= kMaxEnvelopeBytes)
    openings += "\nopening /x " + EncodeHash(Digest{}) + "\n\"" + std::string(60000, 'x') + "\"\n";
  const ClientResponse answer = Post("actions", openings);
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(ParseProblem(answer.body)->code, "body_too_large");
  EXPECT_EQ(Post("actions:batch", std::string(kMaxBatchBytes + 1, '1')).status, 413);
}

TEST_F(ActionsTest, PartsThatDoNotFitAreRefusedAndNothingIsLogged) {
  record::Envelope envelope = server_.log().Open(1, server_.clock().Wall());
  const std::uint64_t before = server_->sequencer().head()->size();
  record::Envelope bodiless = envelope;
  bodiless.body.reset();
  bodiless.openings.clear();
  EXPECT_EQ(ParseProblem(Post("actions", TextOf(bodiless)).body)->code, "body_missing");
  record::Envelope wrong = envelope;
  wrong.body->key.bytes[0] ^= 1;
  EXPECT_EQ(ParseProblem(Post("actions", TextOf(wrong)).body)->code, "body_mismatch");
  EXPECT_EQ(server_->sequencer().head()->size(), before);
  EXPECT_EQ(Post("actions", TextOf(envelope)).status, 201);
}

TEST_F(ActionsTest, BodiesMayBeKeptElsewhere) {
  server_.config().bodies_elsewhere = true;
  server_.Restart();
  record::Envelope bodiless = server_.log().Open(1, server_.clock().Wall());
  bodiless.body.reset();
  bodiless.openings.clear();
  EXPECT_EQ(Post("actions", TextOf(bodiless)).status, 201);
}

TEST_F(ActionsTest, AConflictNamesTheHead) {
  ASSERT_EQ(Post("actions", Open(1)).status, 201);
  Note(1);                             // never sent
  const std::string second = Note(1);  // after 2, but the log has 1
  const ClientResponse answer = Post("actions", second);
  EXPECT_EQ(answer.status, 409);
  const json problem = json::parse(answer.body);
  EXPECT_EQ(problem["code"], "conflict");
  EXPECT_EQ(problem["retryable"], false);
  EXPECT_EQ(problem["head"]["count"], 1);
  EXPECT_EQ(problem["errors"][0]["line"], "after");
  EXPECT_EQ(problem["title"], "Conflict");
  EXPECT_EQ(problem["type"], "about:blank");
  const auto state = sequencer::LogReader(server_->sequencer().head(), server_->tiles())
                         .Stream(test::SmallLog::CaseStream(1))
                         .value();
  EXPECT_EQ(problem["head"]["root"], EncodeHash(state->head.root));
}

TEST_F(ActionsTest, AKeyHasItsActionsPerMinute) {
  server_.config().actions_per_minute = 5;
  server_.Restart();
  for (std::uint64_t n = 0; n < 5; ++n) ASSERT_EQ(Post("actions", Open(n)).status, 201);
  const std::string sixth = Open(5);
  const ClientResponse answer = Post("actions", sixth);
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(FieldOf(answer, "retry-after"), "12");
  EXPECT_EQ(ParseProblem(answer.body)->code, "too_many_actions");
  EXPECT_TRUE(ParseProblem(answer.body)->retryable);
  // A dry run is free, and so is what carries no good signature of that key.
  EXPECT_EQ(Post("actions:validate", sixth).status, 200);
  server_.clock().Advance(12);
  EXPECT_EQ(Post("actions", sixth).status, 201);
}

TEST_F(ActionsTest, ForgedSignaturesDoNotUseUpAKeysActions) {
  server_.config().actions_per_minute = 5;
  server_.Restart();
  const std::string good = Open(1);
  std::string forged = good;
  const std::size_t signature = forged.find("\n\n") + 40;
  forged[signature] = forged[signature] == 'A' ? 'B' : 'A';
  for (int i = 0; i < 20; ++i) EXPECT_GE(Post("actions", forged).status, 400);
  EXPECT_EQ(Post("actions", good).status, 201);
}

TEST_F(ActionsTest, ManyAtOnceAreAllLoggedOnceAndInOrderPerCase) {
  std::vector<std::vector<std::string>> work(4);
  for (std::uint64_t n = 0; n < 4; ++n) {
    work[n].push_back(Open(n));
    for (int i = 0; i < 40; ++i) work[n].push_back(Note(n));
  }
  std::vector<std::thread> threads;
  std::atomic<int> logged{0};
  for (const auto& envelopes : work) {
    threads.emplace_back([&envelopes, &logged, this] {
      LedgerClient client(server_->url());
      for (const std::string& envelope : envelopes) {
        const auto answer = client.Submit(envelope);
        if (answer.ok() && answer->status == 201) ++logged;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(logged, 4 * 41);
}

}  // namespace
}  // namespace jejak::api
