// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/small_directory.h"

#include <algorithm>
#include <future>
#include <stdexcept>

#include "ledger/base/text.h"
#include "ledger/sequencer/batch.h"

namespace jejak::test {
namespace {

using sequencer::Submission;

template <class T>
T Must(Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.error().detail);
  return std::move(result).value();
}

Submission Read(const record::Envelope& envelope) {
  auto read = sequencer::ReadSubmission(Must(record::EncodeEnvelope(envelope)),
                                        sequencer::Contents::kRequired);
  if (const auto* refusal = std::get_if<registry::Refusal>(&read))
    throw std::runtime_error(refusal->detail);
  return std::get<Submission>(std::move(read));
}

}  // namespace

SmallDirectory::SmallDirectory(const std::string& path, const std::string& guard)
    : path_(path), guard_(guard) {
  sequencer::NewLog log{log_.log_key(),     {},   Read(log_.create()), kPassphrase,
                        crypto::kLeastCost, guard};
  open_ = std::make_unique<sequencer::OpenLog>(
      Must(sequencer::CreateLogDirectory(path, std::move(log), kNow)));
  sequencer::SequencerOptions options;
  options.heartbeat_s = 0;
  sequencer_ = std::make_unique<sequencer::Sequencer>(*open_->store, *open_->signer, clock_,
                                                      *open_->tiles, open_->head, options);
  Send(log_.setup());
}

void SmallDirectory::Stop() {
  sequencer_.reset();
  open_.reset();
}

Result<void> SmallDirectory::TryStart() {
  Stop();
  JEJAK_TRY(opened, sequencer::OpenLogDirectory(path_, kPassphrase, guard_, clock_.Wall()));
  open_ = std::make_unique<sequencer::OpenLog>(std::move(opened));
  sequencer::SequencerOptions options;
  options.heartbeat_s = 0;
  sequencer_ = std::make_unique<sequencer::Sequencer>(*open_->store, *open_->signer, clock_,
                                                      *open_->tiles, open_->head, options);
  return {};
}

void SmallDirectory::Start() {
  if (const Result<void> started = TryStart(); !started.ok())
    throw std::runtime_error(started.error().detail);
}

std::vector<std::string> SmallDirectory::Send(const std::vector<record::Envelope>& envelopes) {
  std::vector<Submission> submissions;
  for (const record::Envelope& envelope : envelopes) submissions.push_back(Read(envelope));
  std::promise<sequencer::Completed> promise;
  const Result<void> queued = sequencer_->Submit(
      std::move(submissions), [&](sequencer::Completed c) { promise.set_value(std::move(c)); });
  if (!queued.ok()) throw std::runtime_error(queued.error().detail);
  const sequencer::Completed done = promise.get_future().get();
  if (done.error) throw std::runtime_error(done.error->detail);
  std::vector<std::string> receipts;
  for (const sequencer::Outcome& outcome : done.outcomes) {
    if (outcome.kind == sequencer::OutcomeKind::kRefused)
      throw std::runtime_error(outcome.refusal.detail);
    receipts.push_back(
        Must(sequencer::LogReader(done.head, *open_->tiles).ActionReceipt(outcome.index)));
  }
  return receipts;
}

void SmallDirectory::CommitUnsigned(const std::vector<record::Envelope>& envelopes) {
  const sequencer::HeadPointer head = sequencer_->head();
  sequencer_.reset();
  sequencer::BatchBuilder builder(head->log, head->view);
  std::vector<Submission> submissions;
  for (const record::Envelope& envelope : envelopes) submissions.push_back(Read(envelope));
  for (const sequencer::Outcome& outcome : Must(builder.Add(submissions, kNow))) {
    if (outcome.kind != sequencer::OutcomeKind::kLogged)
      throw std::runtime_error(outcome.refusal.detail);
  }
  sequencer::Batch batch = Must(builder.Finish(kNow));
  batch.writes.push_back({store::CheckpointKey(head->size()), head->checkpoint});
  const Result<void> done = open_->store->Commit(
      store::EncodeHead(head->log.record), store::EncodeHead(batch.next.record), batch.writes);
  if (!done.ok()) throw std::runtime_error(done.error().detail);
}

void SmallDirectory::Grow(std::uint64_t n, int notes) {
  Send({log_.Open(n, kNow)});
  for (int i = 0; i < notes; ++i) Send({log_.AddNote(n, kNow, std::to_string(i))});
}

sequencer::LogReader SmallDirectory::Reader() {
  return sequencer::LogReader(sequencer_->head(), *open_->tiles);
}

std::string SmallDirectory::guard_path() const {
  return guard_.empty() ? path_ + "/guard" : guard_;
}

tlog::Policy SmallDirectory::policy() const {
  tlog::Policy policy;
  policy.log = log_.log_key().verifier_key();
  return policy;
}

Result<std::string> LogUpstream::Get(const std::string& path) {
  sequencer::LogReader reader = log_.Reader();
  if (path == "checkpoint") return reader.head().checkpoint;
  if (path.starts_with("v1/documents/")) {
    std::string hash = path.substr(13);
    std::replace(hash.begin(), hash.end(), '-', '+');
    std::replace(hash.begin(), hash.end(), '_', '/');
    JEJAK_TRY(sha256, ParseHash(hash));
    JEJAK_TRY(text, reader.Document(sha256));
    if (!text) return NotFound("no such document");
    return std::move(*text);
  }
  JEJAK_TRY(tile, tlog::ParseTilePath(path));
  return reader.Tile(tile);
}

}  // namespace jejak::test
