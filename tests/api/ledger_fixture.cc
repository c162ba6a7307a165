// SPDX-License-Identifier: Apache-2.0
#include "tests/api/ledger_fixture.h"

#include <stdexcept>

#include "ledger/sequencer/batch.h"
#include "ledger/sequencer/recovery.h"
#include "ledger/store/memory_store.h"
#include "ledger/tlog/policy.h"
#include "tests/support/golden_submission.h"
#include "tests/support/must.h"

namespace jejak::api {
namespace {

using sequencer::BatchBuilder;
using sequencer::LogState;
using test::Must;

struct GoldenCommit {
  std::string head;
  std::vector<store::Write> writes;
};

struct GoldenRows {
  test::GoldenLog log = test::LoadGoldenLog();
  std::vector<GoldenCommit> commits;
};

// Admission, signatures and map are computed here, once; a store takes the rows in no time.
GoldenRows BuildRows() {
  GoldenRows rows;
  store::MemoryStore store;
  LogState state = sequencer::EmptyLog(rows.log.origin);
  std::string before;
  std::string checkpoint;
  for (std::size_t i = 0; i < rows.log.batches.size(); ++i) {
    const test::GoldenBatch& batch = rows.log.batches[i];
    BatchBuilder builder(state, Must(store.Latest()));
    std::vector<sequencer::Submission> submissions;
    std::uint64_t index = state.record.size;
    for (const std::string& note : batch.notes)
      submissions.push_back(test::GoldenSubmission(rows.log, note, index++));
    for (const sequencer::Outcome& outcome : Must(builder.Add(submissions, batch.time))) {
      if (outcome.kind != sequencer::OutcomeKind::kLogged)
        throw std::runtime_error(outcome.refusal.detail);
    }
    sequencer::Batch built = Must(builder.Finish(batch.time));
    // As the sequencer keeps it: the checkpoint before is written with the next batch.
    if (i != 0) {
      built.writes.push_back(
          {store::CheckpointKey(state.record.size), rows.log.checkpoints[i - 1].note});
    }
    const std::string head = store::EncodeHead(built.next.record);
    Must(store.Commit(before, head, built.writes));
    rows.commits.push_back({head, std::move(built.writes)});
    state = std::move(built.next);
    before = head;
  }
  return rows;
}

const GoldenRows& Rows() {
  static const GoldenRows rows = BuildRows();
  return rows;
}

sequencer::Submission LogCreate(const test::SmallLog& log) {
  auto read = sequencer::ReadSubmission(TextOf(log.create()), sequencer::Contents::kRequired);
  return std::get<sequencer::Submission>(std::move(read));
}

}  // namespace

std::string TextOf(const record::Envelope& envelope) {
  return Must(record::EncodeEnvelope(envelope));
}

Config QuietConfig(Entries entries) {
  Config config;
  config.entries = entries;
  config.listen = {"127.0.0.1", 0};
  config.listen_oversight = Endpoint{"127.0.0.1", 0};
  config.passphrase = "test";
  config.heartbeat_s = 0;
  config.actions_per_minute = 0;
  config.low_water_mib = 0;
  config.log_level = LogLevel::kError;
  return config;
}

ClientResponse Ask(std::uint16_t port, std::string_view method, std::string_view path,
                   const std::vector<Header>& headers, std::string_view body) {
  HttpClient client({});
  return Must(
      client.Request("http://127.0.0.1:" + std::to_string(port), method, path, headers, body));
}

std::string FieldOf(const ClientResponse& response, std::string_view name) {
  const std::string* value = response.Find(name);
  return value == nullptr ? std::string() : *value;
}

GoldenServer::GoldenServer(const Config& config) : clock_(Must(ParseTime(kNow))) {
  const GoldenRows& rows = Rows();
  auto store = std::make_unique<store::MemoryStore>();
  std::string before;
  for (const GoldenCommit& commit : rows.commits) {
    Must(store->Commit(before, commit.head, commit.writes));
    before = commit.head;
  }
  auto signer = std::make_unique<sequencer::Signer>(
      rows.log.origin, crypto::SecretKey::FromSeed(rows.log.log_key.seed()),
      Must(sequencer::Guard::Create(directory_ / "guard", rows.log.origin)));
  auto tiles = std::make_unique<sequencer::TileCache>(64);
  auto head = Must(sequencer::Recover(*store, *signer, *tiles, clock_.Wall()));
  server_ = Must(LedgerServer::StartOn(
      {Must(store::DirectoryLock::ForWriting(directory_.path())), std::move(store),
       std::move(signer), std::move(tiles), std::move(head), false},
      config, clock_));
}

SmallServer::SmallServer(Config config, bool with_setup) : config_(std::move(config)) {
  config_.data = directory_ / "log";
  sequencer::NewLog made{log_.log_key(),      std::nullopt,       LogCreate(log_),
                         *config_.passphrase, crypto::kLeastCost, {}};
  { Must(sequencer::CreateLogDirectory(config_.data, std::move(made), kStart)); }
  Restart();
  if (!with_setup) return;
  LedgerClient client(server_->url());
  std::vector<std::string> setup;
  for (const record::Envelope& envelope : log_.setup()) setup.push_back(TextOf(envelope));
  for (const SubmitAnswer& answer : Must(client.SubmitBatch(setup))) {
    if (!answer.logged()) throw std::runtime_error(answer.problem->detail);
  }
}

void SmallServer::Restart() {
  server_.reset();
  server_ = Must(LedgerServer::Start(config_, clock_));
}

tlog::Policy SmallServer::policy() const {
  tlog::Policy policy;
  policy.log = log_.log_key().verifier_key();
  return policy;
}

}  // namespace jejak::api
