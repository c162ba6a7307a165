// SPDX-License-Identifier: Apache-2.0
// What clients are told when storing fails: never a receipt, never a refusal, always whether the
// same bytes may be sent again.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ledger/sequencer/batch.h"
#include "ledger/store/memory_store.h"
#include "tests/api/ledger_fixture.h"
#include "tests/support/fault_store.h"

namespace jejak::api {
namespace {

using store::FaultStore;

constexpr UnixSeconds kStart{1767574800};

class FaultsTest : public testing::Test {
 protected:
  void SetUp() override {
    auto guard = sequencer::Guard::Create(directory_ / "guard", test::SmallLog::kOrigin);
    auto owned = std::make_unique<FaultStore>(std::make_shared<store::MemoryStore>());
    store_ = owned.get();
    auto signer = std::make_unique<sequencer::Signer>(test::SmallLog::kOrigin,
                                                      log_.log_key().secret, std::move(*guard));
    auto create = sequencer::ReadSubmission(TextOf(log_.create()), sequencer::Contents::kRequired);
    auto head =
        sequencer::CreateLog(*store_, *signer, std::get<sequencer::Submission>(create), kStart);
    ASSERT_TRUE(head.ok()) << head.error().detail;
    auto lock = store::DirectoryLock::ForWriting(directory_.path());
    auto server = LedgerServer::StartOn({std::move(*lock), std::move(owned), std::move(signer),
                                         std::make_unique<sequencer::TileCache>(8), *head, false},
                                        config_, clock_);
    ASSERT_TRUE(server.ok()) << server.error().detail;
    server_ = std::move(*server);
  }

  ClientResponse Post(std::size_t setup_envelope) {
    return Ask(server_->port(), "POST", "/1/v1/actions", {}, TextOf(log_.setup()[setup_envelope]));
  }
  void ExpectUnavailable(const ClientResponse& answer, const std::string& code) {
    EXPECT_EQ(answer.status, 503) << answer.body;
    const auto problem = ParseProblem(answer.body);
    ASSERT_TRUE(problem.ok());
    EXPECT_EQ(problem->code, code) << problem->detail;
    EXPECT_TRUE(problem->retryable);
    EXPECT_NE(FieldOf(answer, "retry-after"), "");
    EXPECT_EQ(FieldOf(answer, "cache-control"), "no-store");
  }
  nlohmann::json Readyz() {
    return nlohmann::json::parse(Ask(server_->port(), "GET", "/readyz").body);
  }

  TemporaryDirectory directory_;
  test::SmallLog log_{kStart};
  test::ManualClock clock_{kStart};
  Config config_ = QuietConfig();
  FaultStore* store_ = nullptr;
  std::unique_ptr<LedgerServer> server_;
};

TEST_F(FaultsTest, AnUnknownOutcomeSaysThatResubmittingIsSafe) {
  store_->FailAt(2, FaultStore::Fault::kFailStored);
  const ClientResponse answer = Post(0);
  ExpectUnavailable(answer, "outcome_unknown");
  EXPECT_NE(answer.body.find("safe"), std::string::npos);
  // From now on nothing more is taken, and reads go on from the last published state.
  ExpectUnavailable(Post(0), "unavailable");
  EXPECT_EQ(Readyz()["state"], "CORRUPT");
  EXPECT_EQ(Ask(server_->port(), "GET", "/readyz").status, 503);
  EXPECT_EQ(Ask(server_->port(), "GET", "/livez").status, 200);
  EXPECT_TRUE(Ask(server_->port(), "GET", "/1/checkpoint")
                  .body.starts_with(std::string(test::SmallLog::kOrigin) + "\n2\n"));
  EXPECT_NE(Ask(server_->port(), "GET", "/metrics").body.find("jejak_state{state=\"CORRUPT\"} 1"),
            std::string::npos);
}

TEST_F(FaultsTest, AnotherWriterStopsTheLedgerAndNothingIsAcknowledged) {
  store_->FailAt(2, FaultStore::Fault::kConflict);
  const ClientResponse answer = Post(0);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(server_->sequencer().head()->size(), 2u);
}

TEST_F(FaultsTest, ABatchWhoseOutcomeIsUnknownIsUnknownAsAWhole) {
  store_->FailAt(2, FaultStore::Fault::kFailUnstored);
  std::vector<std::string> envelopes{TextOf(log_.setup()[0]), TextOf(log_.setup()[1])};
  const ClientResponse answer = Ask(server_->port(), "POST", "/1/v1/actions:batch", {},
                                    record::EncodeBatch(envelopes).value());
  ExpectUnavailable(answer, "outcome_unknown");
}

TEST_F(FaultsTest, TheClientGivesUpAndSaysThatItMayBeLogged) {
  store_->FailAt(2, FaultStore::Fault::kFailStored);
  LedgerClient client(server_->url(), {},
                      {2, std::chrono::milliseconds(1), std::chrono::milliseconds(2)});
  const auto answer = client.Submit(TextOf(log_.setup()[0]));
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, Code::kUnknownOutcome);
  EXPECT_NE(answer.error().detail.find("may be logged"), std::string::npos);
  EXPECT_NE(answer.error().detail.find("safe"), std::string::npos);
}

TEST_F(FaultsTest, AClockThatJumpedIsReadOnlyUntilConfirmed) {
  ASSERT_EQ(Post(0).status, 201);
  clock_.JumpWall(3600);
  for (int i = 0; i < 50 && Readyz()["state"] == "OK"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(Readyz()["state"], "READ_ONLY");
  ExpectUnavailable(Post(1), "unavailable");
  EXPECT_EQ(Post(0).status, 200) << "what is logged is answered whatever the state";
  server_->sequencer().ConfirmClock();
  EXPECT_EQ(Readyz()["state"], "OK");
  EXPECT_EQ(Post(1).status, 201);
}

TEST_F(FaultsTest, StoppingFinishesWhatIsQueuedAndRefusesTheRest) {
  std::vector<std::thread> clients;
  std::atomic<int> receipts{0};
  std::atomic<int> others{0};
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&, this] {
      HttpClient http({});
      const auto answer =
          http.Request(server_->url(), "POST", "/v1/actions", {}, TextOf(log_.setup()[0]));
      ++(answer.ok() && answer->status < 300 ? receipts : others);
    });
  }
  server_->Stop();
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(receipts + others, 8);
  // Who has a receipt has it under what the server last published.
  EXPECT_EQ(server_->sequencer().head()->size(),
            receipts > 0 ? 4u : server_->sequencer().head()->size());
  server_->Stop();
}

}  // namespace
}  // namespace jejak::api
