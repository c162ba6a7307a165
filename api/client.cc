// SPDX-License-Identifier: Apache-2.0
#include "api/client.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/record/envelope.h"

namespace jejak::api {
namespace {

constexpr std::string_view kAgainIsSafe = "; sending the same bytes again is safe";

Error NoLedger() {
  return Malformed("what answers there is no ledger; check the address and the path of the origin");
}

// Statuses after which the same bytes may be sent again at once.
bool WorthAnotherTry(int status) { return status == 429 || status == 503; }

std::chrono::milliseconds PauseOf(const ClientResponse& answer, std::chrono::milliseconds planned) {
  const std::string* field = answer.Find("retry-after");
  if (field == nullptr) return planned;
  const Result<std::uint64_t> seconds = ParseDecimal(*field);
  if (!seconds.ok() || *seconds > 3600) return planned;
  return std::max(planned, std::chrono::milliseconds(*seconds * 1000));
}

Result<SubmitAnswer> AnswerFrom(const json::Value& item) {
  SubmitAnswer answer;
  if (const json::Value* problem = item.Find("problem")) {
    JEJAK_TRY(parsed, ProblemFrom(*problem));
    answer.status = parsed.status;
    answer.problem = std::move(parsed);
    return answer;
  }
  const json::Value* receipt = item.Find("receipt");
  const json::Value* index = item.Find("index");
  if (receipt == nullptr || index == nullptr || index->as_integer() < 0) return NoLedger();
  answer.index = static_cast<std::uint64_t>(index->as_integer());
  answer.receipt = receipt->as_string();
  const json::Value* duplicate = item.Find("duplicate");
  answer.status = duplicate != nullptr && duplicate->as_bool() ? 200 : 201;
  return answer;
}

Error ErrorOf(const ClientResponse& answer) {
  const Result<Problem> problem = ParseProblem(answer.body);
  if (!problem.ok()) return answer.status == 404 ? NotFound(NoLedger().detail) : NoLedger();
  if (answer.status == 404) return NotFound(problem->detail);
  if (WorthAnotherTry(answer.status)) return Unavailable(problem->detail);
  if (answer.status >= 500) return Internal(problem->detail);
  return Malformed(problem->detail);
}

}  // namespace

LedgerClient::LedgerClient(std::string base_url, ClientOptions options, RetryOptions retry)
    : base_url_(std::move(base_url)), retry_(retry), http_(options) {
  while (base_url_.ends_with('/')) base_url_.pop_back();
}

Result<ClientResponse> LedgerClient::Post(std::string_view target, std::string_view body) {
  return http_.Request(
      base_url_, "POST", target,
      {{"Content-Type", "text/plain; charset=utf-8"}, {"Accept", "application/json"}}, body);
}

// A lost answer, a full queue and a limit are all met in the same way: wait and send the same bytes.
Result<ClientResponse> LedgerClient::PostUntilAnswered(std::string_view target,
                                                       std::string_view body) {
  std::chrono::milliseconds pause = retry_.first_pause;
  bool unknown = false;  // some attempt may have been logged
  for (unsigned attempt = 1;; ++attempt) {
    Result<ClientResponse> answer = Post(target, body);
    if (answer.ok() && !WorthAnotherTry(answer->status)) return answer;
    if (!answer.ok() && answer.error().code != Code::kUnavailable &&
        answer.error().code != Code::kUnknownOutcome) {
      return answer;
    }
    std::string why;
    if (answer.ok()) {
      const Result<Problem> problem = ParseProblem(answer->body);
      unknown = unknown || (problem.ok() && problem->code == "outcome_unknown");
      why = problem.ok() ? problem->detail : "the server is busy";
    } else {
      unknown = unknown || answer.error().code == Code::kUnknownOutcome;
      why = answer.error().detail;
    }
    if (attempt >= retry_.attempts) {
      std::string detail = "gave up after " + std::to_string(attempt) + " tries: ";
      detail.append(why).append(unknown ? "; it may be logged" : "").append(kAgainIsSafe);
      return unknown ? UnknownOutcome(std::move(detail)) : Unavailable(std::move(detail));
    }
    const auto wait = answer.ok() ? PauseOf(*answer, pause) : pause;
    std::this_thread::sleep_for(std::min(wait, retry_.longest_pause));
    pause *= 2;
  }
}

Result<SubmitAnswer> LedgerClient::Submit(std::string_view envelope) {
  JEJAK_TRY(answer, PostUntilAnswered("/v1/actions", envelope));
  const Result<json::Value> value = json::Parse(answer.body, json::Rules::kContainer);
  if (!value.ok()) return NoLedger();
  if (answer.status == 200 || answer.status == 201) return AnswerFrom(*value);
  Result<Problem> problem = ProblemFrom(*value);
  if (!problem.ok()) return NoLedger();
  return SubmitAnswer{answer.status, 0, {}, std::move(*problem)};
}

Result<std::vector<SubmitAnswer>> LedgerClient::SubmitBatch(
    const std::vector<std::string>& envelopes) {
  JEJAK_TRY(batch, record::EncodeBatch(envelopes));
  JEJAK_TRY(answer, PostUntilAnswered("/v1/actions:batch", batch));
  if (answer.status != 200) return ErrorOf(answer);
  const Result<json::Value> value = json::Parse(answer.body, json::Rules::kContainer);
  if (!value.ok() || value->items().size() != envelopes.size()) return NoLedger();
  std::vector<SubmitAnswer> answers;
  answers.reserve(envelopes.size());
  for (const json::Value& item : value->items()) {
    JEJAK_TRY(one, AnswerFrom(item));
    answers.push_back(std::move(one));
  }
  return answers;
}

Result<ValidateAnswer> LedgerClient::Validate(std::string_view envelope) {
  JEJAK_TRY(answer, Post("/v1/actions:validate", envelope));
  const Result<json::Value> value = json::Parse(answer.body, json::Rules::kContainer);
  if (!value.ok()) return NoLedger();
  if (WorthAnotherTry(answer.status)) return ErrorOf(answer);
  if (answer.status != 200) {
    Result<Problem> problem = ProblemFrom(*value);
    if (!problem.ok()) return NoLedger();
    return ValidateAnswer{false, std::move(*problem)};
  }
  const json::Value* duplicate = value->Find("duplicate");
  return ValidateAnswer{duplicate != nullptr && duplicate->as_bool(), std::nullopt};
}

Result<std::string> LedgerClient::Get(std::string_view target, const std::vector<Header>& headers) {
  JEJAK_TRY(answer, http_.Request(base_url_, "GET", target, headers, {}));
  if (answer.status != 200) return ErrorOf(answer);
  return std::move(answer.body);
}

}  // namespace jejak::api
