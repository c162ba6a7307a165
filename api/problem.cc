// SPDX-License-Identifier: Apache-2.0
#include "api/problem.h"

#include <utility>

#include "ledger/base/text.h"

namespace jejak::api {
namespace {

std::string TextOf(const json::Value& object, std::string_view name) {
  const json::Value* value = object.Find(name);
  return value == nullptr ? std::string() : value->as_string();
}

std::optional<registry::Position> HeadOf(const json::Value& problem) {
  const json::Value* head = problem.Find("head");
  const json::Value* count = head == nullptr ? nullptr : head->Find("count");
  if (count == nullptr || count->as_integer() < 0) return std::nullopt;
  registry::Position position;
  position.count = static_cast<std::uint64_t>(count->as_integer());
  if (position.count == 0) return position;
  Result<Digest> root = ParseHash(TextOf(*head, "root"));
  if (!root.ok()) return std::nullopt;
  position.root = *root;
  return position;
}

}  // namespace

Problem ProblemOf(const registry::Refusal& refusal) {
  Problem problem{
      refusal.status, refusal.code, refusal.detail, refusal.where, false, refusal.head, 0};
  problem.retryable = refusal.code == "at_in_future";
  return problem;
}

Problem ProblemOf(const Error& error) {
  switch (error.code) {
    case Code::kMalformed:
      return {400, "bad_request", error.detail, {}, false, {}, 0};
    case Code::kForbidden:
      return {403, "forbidden", error.detail, {}, false, {}, 0};
    case Code::kNotFound:
      return {404, "not_found", error.detail, {}, false, {}, 0};
    case Code::kConflict:
      return {409, "conflict", error.detail, {}, false, {}, 0};
    case Code::kRefused:
      return {422, "refused", error.detail, {}, false, {}, 0};
    case Code::kUnavailable:
      return {503, "unavailable", error.detail, {}, true, {}, 2};
    case Code::kUnknownOutcome:
      return {503, "outcome_unknown", error.detail, {}, true, {}, 5};
    case Code::kInternal:
      break;
  }
  return {500, "internal", "a fault of the ledger's own; its log says more", {}, true, {}, 0};
}

Problem NotHere() {
  return {404, "not_found", "there is nothing here; see openapi.json for what is", {}, false, {},
          0};
}

json::Value ProblemValue(const Problem& problem) {
  json::Value value = json::Value::Object();
  value.Add("type", json::Value::String("about:blank"))
      .Add("title", json::Value::String(std::string(ReasonPhrase(problem.status))))
      .Add("status", json::Value::Integer(problem.status))
      .Add("code", json::Value::String(problem.code))
      .Add("detail", json::Value::String(problem.detail))
      .Add("retryable", json::Value::Bool(problem.retryable));
  if (!problem.where.empty()) {
    json::Value errors = json::Value::Array();
    json::Value where = json::Value::Object();
    where.Add(problem.where.front() == '/' ? "pointer" : "line", json::Value::String(problem.where))
        .Add("detail", json::Value::String(problem.detail));
    errors.Push(std::move(where));
    value.Add("errors", std::move(errors));
  }
  if (problem.head) {
    json::Value head = json::Value::Object();
    head.Add("count", json::Value::Integer(static_cast<std::int64_t>(problem.head->count)));
    if (problem.head->count != 0)
      head.Add("root", json::Value::String(EncodeHash(problem.head->root)));
    value.Add("head", std::move(head));
  }
  return value;
}

Response ProblemResponse(const Problem& problem) {
  Response response =
      MakeResponse(problem.status, "application/problem+json", json::Write(ProblemValue(problem)));
  response.Add(FixedField::kNeverStored);
  if (problem.retry_after_s != 0)
    response.headers.push_back({"Retry-After", std::to_string(problem.retry_after_s)});
  return response;
}

Result<Problem> ProblemFrom(const json::Value& value) {
  const json::Value* status = value.Find("status");
  const json::Value* code = value.Find("code");
  if (status == nullptr || code == nullptr || code->as_string().empty())
    return Malformed("the answer is no problem document: status and code are missing");
  Problem problem{static_cast<int>(status->as_integer()),
                  code->as_string(),
                  TextOf(value, "detail"),
                  {},
                  false,
                  HeadOf(value),
                  0};
  if (const json::Value* retryable = value.Find("retryable"))
    problem.retryable = retryable->as_bool();
  if (const json::Value* errors = value.Find("errors"); errors && !errors->items().empty()) {
    const json::Value& first = errors->items().front();
    problem.where = TextOf(first, first.Find("line") != nullptr ? "line" : "pointer");
  }
  return problem;
}

Result<Problem> ParseProblem(std::string_view text) {
  JEJAK_TRY(value, json::Parse(text, json::Rules::kContainer));
  return ProblemFrom(value);
}

}  // namespace jejak::api
