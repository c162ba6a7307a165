// SPDX-License-Identifier: Apache-2.0
#include "tools/xes/batch_sender.h"

#include <algorithm>
#include <set>
#include <thread>

namespace jejak::xes {
namespace {

// With the length line of the batch form.
std::size_t SizeInBatch(const std::string& envelope) { return envelope.size() + 12; }

Error RefusalOf(const api::Problem& problem, const std::string& stream) {
  std::string sentence =
      "the ledger refused an action of " + stream + ": " + problem.code + ": " + problem.detail;
  if (!problem.where.empty()) sentence += " (" + problem.where + ")";
  return Refused(std::move(sentence));
}

}  // namespace

Result<void> BatchSender::Add(std::string stream, std::string envelope) {
  const std::size_t size = SizeInBatch(envelope);
  if (size > limits_.bytes)
    return Malformed("an action of " + stream + " is larger than a batch may be");
  if (waiting_.size() == limits_.envelopes || bytes_ + size > limits_.bytes) JEJAK_CHECKED(Flush());
  bytes_ += size;
  waiting_.push_back({std::move(stream), std::move(envelope)});
  return {};
}

Result<void> BatchSender::Flush() {
  std::vector<Waiting> waiting = std::move(waiting_);
  waiting_.clear();
  bytes_ = 0;
  unsigned idle = 0;
  std::chrono::milliseconds pause = limits_.first_pause;
  while (!waiting.empty()) {
    const std::size_t before = waiting.size();
    JEJAK_TRY(left, SendOnce(std::move(waiting)));
    waiting = std::move(left);
    if (progress_) progress_(logged_ + duplicates_);
    if (waiting.empty()) break;
    idle = waiting.size() == before ? idle + 1 : 0;
    if (idle == limits_.idle_rounds)
      return Unavailable("the ledger takes no more actions now; give the same import again later");
    if (idle == 0) pause = limits_.first_pause;
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, limits_.longest_pause);
  }
  return {};
}

Result<std::vector<BatchSender::Waiting>> BatchSender::SendOnce(std::vector<Waiting> waiting) {
  std::vector<std::string> envelopes;
  for (const Waiting& one : waiting) envelopes.push_back(one.envelope);
  JEJAK_TRY(answers, client_.SubmitBatch(envelopes));
  std::vector<Waiting> left;
  std::set<std::string> held;  // streams of which an earlier action was not taken
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const api::SubmitAnswer& answer = answers[i];
    if (answer.logged()) {
      ++(answer.duplicate() ? duplicates_ : logged_);
      continue;
    }
    const bool later = answer.problem->retryable && answer.status != 409;
    if (!later && !held.contains(waiting[i].stream))
      return RefusalOf(*answer.problem, waiting[i].stream);
    held.insert(waiting[i].stream);
    left.push_back(std::move(waiting[i]));
  }
  return left;
}

}  // namespace jejak::xes
