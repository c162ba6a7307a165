// SPDX-License-Identifier: Apache-2.0
#include "api/actions.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "api/caching.h"
#include "api/case_conformance.h"
#include "ledger/record/envelope.h"
#include "ledger/sequencer/batch.h"

namespace jejak::api {
namespace {

using sequencer::Completed;
using sequencer::LogReader;
using sequencer::Outcome;
using sequencer::OutcomeKind;
using sequencer::Submission;

// The size of the checkpoint in a receipt of ours: the second line after the first blank one.
std::string_view SizeIn(std::string_view receipt) {
  const std::size_t note = receipt.find("\n\n");
  const std::size_t origin_end = note == receipt.npos ? note : receipt.find('\n', note + 2);
  const std::size_t end =
      origin_end == receipt.npos ? origin_end : receipt.find('\n', origin_end + 1);
  return end == receipt.npos ? "0" : receipt.substr(origin_end + 1, end - origin_end - 1);
}

// {"index":27,"size":29,"duplicate":false,"receipt":"c2sp.org/tlog-proof@v1\n..."}; `size` is that
// of the checkpoint in the receipt.
std::string ReceiptJson(std::uint64_t index, bool duplicate, const std::string& receipt) {
  std::string json = "{\"index\":" + std::to_string(index);
  json.append(",\"size\":").append(SizeIn(receipt));
  json.append(duplicate ? ",\"duplicate\":true" : ",\"duplicate\":false");
  return json.append(",\"receipt\":").append(json::Write(json::Value::String(receipt))).append("}");
}

struct Form {
  bool json = false;
  std::string location;  // empty: the entry can't be read where the answer goes
};

Response ReceiptResponse(const Form& form, std::uint64_t index, bool duplicate,
                         std::string receipt) {
  Response response = form.json ? JsonAnswer(ReceiptJson(index, duplicate, receipt))
                                : TextAnswer(std::move(receipt));
  response.status = duplicate ? 200 : 201;
  if (!form.location.empty())
    response.headers.push_back({"Location", form.location + std::to_string(index)});
  return WithFreshness(std::move(response), Freshness::kNever);
}

Response OutcomeResponse(const Form& form, const Outcome& outcome, Result<std::string> receipt) {
  if (outcome.kind == OutcomeKind::kRefused) return ProblemResponse(ProblemOf(outcome.refusal));
  if (!receipt.ok()) return ProblemResponse(ProblemOf(receipt.error()));
  return ReceiptResponse(form, outcome.index, outcome.kind == OutcomeKind::kDuplicate,
                         std::move(receipt).value());
}

Problem TooLong() {
  return {413,
          "body_too_large",
          "an envelope may have 256 KiB, and 1.1 MiB in all with a document; send less",
          {},
          false,
          {},
          0};
}

// {"admitted":true,"duplicate":false,"conformance":{…}}; `conformance` for actions of cases that
// aren't logged yet.
Response Admitted(bool duplicate, std::optional<json::Value> conformance) {
  json::Value value = json::Value::Object();
  value.Add("admitted", json::Value::Bool(true)).Add("duplicate", json::Value::Bool(duplicate));
  if (conformance) value.Add("conformance", std::move(*conformance));
  return WithFreshness(JsonAnswer(json::Write(value)), Freshness::kNever);
}

Response Busy() {
  return ProblemResponse(
      ProblemOf(Unavailable("the ledger is busy; send the same bytes again in a moment")));
}

// Signatures of parties of earlier actions, whom the administration does not know.
Result<void> VerifyParties(Submission& submission, LogReader& reader) {
  const record::Action& action = submission.candidate.action;
  std::optional<registry::StreamState> state;
  for (std::size_t i = 0; i < action.by.size(); ++i) {
    if (submission.verified[i] || !action.stream.is_case()) continue;
    if (!action.by[i].name.starts_with(action.stream.name)) continue;
    if (!state) {
      JEJAK_TRY(found, reader.Stream(action.stream));
      if (!found) return {};
      state = std::move(found);
    }
    const auto* party = state->FindParty(action.by[i].name, action.by[i].role);
    if (party != nullptr &&
        tlog::VerifySignature(action.text, party->key, action.signatures[i].signature)) {
      submission.verified[i] = party->key.key;
    }
  }
  return {};
}

}  // namespace

Actions::Actions(const Ledger& ledger, ReceiptDesk& desk, WorkQueue& work)
    : ledger_(ledger), desk_(desk), work_(work), limiter_(ledger.config.actions_per_minute) {}

Actions::Reading Actions::Read(std::string_view envelope, LogReader& reader) {
  if (envelope.size() > kMaxDocumentedBytes) return TooLong();
  auto read = sequencer::ReadSubmission(envelope, ledger_.config.bodies_elsewhere
                                                      ? sequencer::Contents::kOptional
                                                      : sequencer::Contents::kRequired);
  if (auto* refusal = std::get_if<registry::Refusal>(&read)) return ProblemOf(*refusal);
  auto& submission = std::get<Submission>(read);
  const std::size_t beside = submission.document ? submission.document->size() : 0;
  if (envelope.size() - beside > kMaxEnvelopeBytes) return TooLong();
  const record::Action& action = submission.candidate.action;
  if (action.log == ledger_.origin) {
    const Result<std::optional<std::uint64_t>> first = reader.FindAction(action.id());
    if (!first.ok()) return ProblemOf(first.error());
    if (*first) return Known{**first};
  }
  sequencer::VerifySignatures(submission, reader.head().administration());
  if (Result<void> parties = VerifyParties(submission, reader); !parties.ok())
    return ProblemOf(parties.error());
  return std::move(submission);
}

Actions::Reading Actions::ReadAndCount(std::string_view envelope, LogReader& reader) {
  Reading reading = Read(envelope, reader);
  const auto* submission = std::get_if<Submission>(&reading);
  if (submission == nullptr) return reading;
  const auto now_ms = static_cast<std::uint64_t>(ledger_.clock.MonotonicSeconds()) * 1000;
  for (const std::optional<crypto::PublicKey>& key : submission->verified) {
    if (!key || limiter_.Take(*key, now_ms)) continue;
    return Problem{429,
                   "too_many_actions",
                   "this key has submitted its actions for now; wait and send the same bytes",
                   "by",
                   true,
                   {},
                   limiter_.retry_after_s()};
  }
  return reading;
}

void Actions::Submit(const Request& request, Responder respond) {
  LogReader reader(ledger_.sequencer.head(), ledger_.tiles);
  Reading reading = ReadAndCount(request.body, reader);
  if (const auto* problem = std::get_if<Problem>(&reading))
    return respond(ProblemResponse(*problem));
  Form form{WantsJson(request), {}};
  if (ledger_.ShowsCases(request)) form.location = ledger_.prefix() + "/v1/entries/";
  if (const auto* known = std::get_if<Known>(&reading)) {
    return respond(OutcomeResponse(form, {OutcomeKind::kDuplicate, known->index, {}},
                                   reader.ActionReceipt(known->index)));
  }
  std::vector<Submission> one;
  one.push_back(std::get<Submission>(std::move(reading)));
  // Shared, because completions are copied about; it is used once.
  struct Waiter {
    Form form;
    Responder respond;
  };
  auto waiter = std::make_shared<Waiter>(Waiter{std::move(form), std::move(respond)});
  const Result<void> queued =
      ledger_.sequencer.Submit(std::move(one), [this, waiter](Completed done) {
        if (done.error) return waiter->respond(ProblemResponse(ProblemOf(*done.error)));
        ReceiptDesk::Job job{
            std::move(done.head), std::move(done.batch), std::move(done.outcomes),
            [waiter](const std::vector<Outcome>& outcomes, ReceiptDesk::Receipts receipts) {
              waiter->respond(
                  OutcomeResponse(waiter->form, outcomes.front(), std::move(receipts.front())));
            }};
        done.alone ? desk_.AnswerNow(std::move(job)) : desk_.Post(std::move(job));
      });
  if (!queued.ok()) waiter->respond(ProblemResponse(ProblemOf(queued.error())));
}

// One request of many envelopes on its way: what each is answered, and which wait.
class Actions::Batch final {
 public:
  Batch(Request req, Responder resp) : request(std::move(req)), respond(std::move(resp)) {}

  void Fill(std::size_t slot, std::uint64_t index, bool duplicate,
            const Result<std::string>& receipt) {
    if (!receipt.ok()) return Fill(slot, ProblemOf(receipt.error()));
    items[slot] = ReceiptJson(index, duplicate, *receipt);
  }
  void Fill(std::size_t slot, const Problem& problem) {
    items[slot] = "{\"problem\":" + json::Write(ProblemValue(problem)) + "}";
  }
  void Answer() {
    std::size_t bytes = 2;
    for (const std::string& item : items) bytes += item.size() + 1;
    std::string json = "[";
    json.reserve(bytes);
    for (const std::string& item : items) json.append(json.size() > 1 ? "," : "").append(item);
    respond(WithFreshness(JsonAnswer(json.append("]")), Freshness::kNever));
  }

  Request request;
  Responder respond;
  std::vector<std::string> items;
  std::vector<std::size_t> waiting;  // slots of what was queued, in order
};

void Actions::SubmitBatch(Request request, Responder respond) {
  const auto batch = std::make_shared<Batch>(std::move(request), std::move(respond));
  if (work_.Post([this, batch] { RunBatch(batch); })) return;
  batch->respond(Busy());
}

void Actions::RunBatch(const std::shared_ptr<Batch>& batch) {
  const Result<std::vector<std::string_view>> envelopes = record::ParseBatch(batch->request.body);
  if (!envelopes.ok()) {
    return batch->respond(
        ProblemResponse({400, "malformed", envelopes.error().detail, "batch", false, {}, 0}));
  }
  if (envelopes->size() > kMaxBatchEnvelopes) {
    return batch->respond(ProblemResponse({413,
                                           "body_too_large",
                                           "a batch may have 8192 envelopes; send several",
                                           {},
                                           false,
                                           {},
                                           0}));
  }
  LogReader reader(ledger_.sequencer.head(), ledger_.tiles);
  batch->items.resize(envelopes->size());
  std::vector<Submission> submissions;
  submissions.reserve(envelopes->size());
  for (std::size_t slot = 0; slot < envelopes->size(); ++slot) {
    Reading reading = ReadAndCount((*envelopes)[slot], reader);
    if (const auto* problem = std::get_if<Problem>(&reading)) {
      batch->Fill(slot, *problem);
    } else if (const auto* known = std::get_if<Known>(&reading)) {
      batch->Fill(slot, known->index, true, reader.ActionReceipt(known->index));
    } else {
      batch->waiting.push_back(slot);
      submissions.push_back(std::get<Submission>(std::move(reading)));
    }
  }
  if (submissions.empty()) return batch->Answer();
  const auto finish = [batch](const std::vector<Outcome>& outcomes,
                              const ReceiptDesk::Receipts& receipts) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const Outcome& outcome = outcomes[i];
      if (outcome.kind == OutcomeKind::kRefused) {
        batch->Fill(batch->waiting[i], ProblemOf(outcome.refusal));
      } else {
        batch->Fill(batch->waiting[i], outcome.index, outcome.kind == OutcomeKind::kDuplicate,
                    receipts[i]);
      }
    }
    batch->Answer();
  };
  const Result<void> queued =
      ledger_.sequencer.Submit(std::move(submissions), [this, batch, finish](Completed done) {
        if (done.error) return batch->respond(ProblemResponse(ProblemOf(*done.error)));
        desk_.Post({std::move(done.head), std::move(done.batch), std::move(done.outcomes), finish});
      });
  if (!queued.ok()) batch->respond(ProblemResponse(ProblemOf(queued.error())));
}

void Actions::Validate(Request request, Responder respond) {
  struct Asked {
    Request request;
    Responder respond;
  };
  const auto asked = std::make_shared<Asked>(Asked{std::move(request), std::move(respond)});
  if (work_.Post([this, asked] { asked->respond(Foresee(asked->request)); })) return;
  asked->respond(Busy());
}

// On the newest head, without the batch that may be on its way: an answer for people, no promise.
Response Actions::Foresee(const Request& request) {
  const sequencer::HeadPointer head = ledger_.sequencer.head();
  LogReader reader(head, ledger_.tiles);
  Reading reading = Read(request.body, reader);
  if (const auto* problem = std::get_if<Problem>(&reading)) return ProblemResponse(*problem);
  if (std::holds_alternative<Known>(reading)) return Admitted(true, std::nullopt);
  auto& submission = std::get<Submission>(reading);
  sequencer::BatchBuilder builder(head->log, head->view);
  const Result<std::vector<Outcome>> outcomes =
      builder.Add(std::span(&submission, 1), ledger_.clock.Wall());
  if (!outcomes.ok()) return ProblemResponse(ProblemOf(outcomes.error()));
  const Outcome& outcome = outcomes->front();
  if (outcome.kind == OutcomeKind::kRefused) return ProblemResponse(ProblemOf(outcome.refusal));
  if (outcome.kind == OutcomeKind::kDuplicate) return Admitted(true, std::nullopt);
  if (!submission.candidate.action.stream.is_case()) return Admitted(false, std::nullopt);
  Result<json::Value> conformance = Conformance(reader, submission, request);
  if (!conformance.ok()) return ProblemResponse(ProblemOf(conformance.error()));
  return Admitted(false, std::move(conformance).value());
}

Result<json::Value> Actions::Conformance(LogReader& reader, const Submission& submission,
                                         const Request& request) {
  JEJAK_TRY(published, ledger_.published.At(reader, reader.size()));
  return ForeseeConformance(reader, *published, submission, ledger_.clock.Wall(),
                            ledger_.ShowsBodies(request));
}

}  // namespace jejak::api
