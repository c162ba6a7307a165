// SPDX-License-Identifier: Apache-2.0
#include "api/status.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "api/address_limits.h"
#include "api/audience.h"
#include "api/caching.h"
#include "api/case_record.h"
#include "api/page_frame.h"
#include "api/problem.h"
#include "api/status_json.h"
#include "api/status_page.h"
#include "ledger/record/receipt_code.h"
#include "ledger/sequencer/case_file_builder.h"

namespace jejak::api {
namespace {

using sequencer::LogReader;

constexpr std::uint64_t kMostDummyActions = 200;  // of the case that a wrong code is measured by

Response AsFile(std::string_view type, std::string_view name, std::string content) {
  return WithFreshness(WithFileName(MakeResponse(200, type, std::move(content)), name),
                       Freshness::kNever);
}

// What a request says. kMalformed: not in the form that its route takes.
struct Fields {
  std::string code;
  Language language = Language::kIndonesian;
  StatusPart part = StatusPart::kStatus;
};

Result<Fields> ReadJson(std::string_view body) {
  const Error wrong = Malformed("the body must be a JSON object with the one text member code");
  const Result<json::Value> value = json::Parse(body, json::Rules::kContainer);
  if (!value.ok() || value->members().size() != 1) return wrong;
  const json::Value* code = value->Find("code");
  if (code == nullptr || !code->is_string()) return wrong;
  Fields fields;
  fields.code = code->as_string();
  return fields;
}

// A form that is filled in wrongly is one with a wrong code.
Fields ReadForm(std::string_view body) {
  Fields fields;
  const Result<QueryParameters> form = QueryParameters::Parse(body);
  if (!form.ok()) return fields;
  const auto text = [&](std::string_view name) {
    const std::string* value = form->Find(name);
    return value == nullptr ? std::string() : *value;
  };
  fields.code = text("code");
  fields.language = LanguageOf(*form);
  if (text("part") == "proof") fields.part = StatusPart::kProof;
  if (text("part") == "casefile") fields.part = StatusPart::kCaseFile;
  return fields;
}

// Whether a file may be given that shows the whole case's headers: not to one examined while
// another party's line is among them.
bool MayHaveCaseFile(const CodeHolder& holder, const evidence::CaseRecord& record) {
  if (!holder.examined) return true;
  return std::all_of(record.acts.begin(), record.acts.end(), [&](const procedure::Act& act) {
    return std::all_of(act.parties.begin(), act.parties.end(),
                       [&](const auto& party) { return party.second == holder.label; });
  });
}

}  // namespace

struct StatusDesk::Asked {
  StatusForm form;
  Request request;
  Responder respond;
  StepTimer::Clock::time_point start;
};

// A code as the log knows it; of one that is none, something of the same size.
struct StatusDesk::Question {
  bool well_formed = false;
  std::string tag;
  crypto::PublicKey key;
  Language language = Language::kIndonesian;
  StatusPart part = StatusPart::kStatus;
};

struct StatusDesk::Found {
  std::uint64_t entry = 0;
  evidence::CaseRecord record;
  evidence::CaseConformance conformance;
  CodeHolder holder;
  record::Stream stream;
};

std::optional<StatusForm> StatusFormOf(std::string_view path) {
  if (path == "v1/status") return StatusForm{StatusPart::kStatus, false};
  if (path == "v1/status/proof") return StatusForm{StatusPart::kProof, false};
  if (path == "v1/status/casefile") return StatusForm{StatusPart::kCaseFile, false};
  if (path == "status") return StatusForm{StatusPart::kStatus, true};
  return std::nullopt;
}

StatusDesk::StatusDesk(const Ledger& ledger, WorkQueue& work)
    : ledger_(ledger),
      work_(work),
      index_(ledger.sequencer, ledger.tiles, ledger.events),
      limiter_(AddressLimitsOf(ledger.config).status),
      timer_(std::chrono::milliseconds(ledger.config.status_step_ms)) {}

void StatusDesk::Post(StatusForm form, Request request, Responder respond) {
  const auto start = StepTimer::Clock::now();
  const auto now_ms = static_cast<std::uint64_t>(ledger_.clock.MonotonicSeconds()) * 1000;
  const auto asked =
      std::make_shared<Asked>(Asked{form, std::move(request), std::move(respond), start});
  // The page's refusal is in the language of its form.
  const auto language = [&] {
    return form.page ? ReadForm(asked->request.body).language : Language::kIndonesian;
  };
  if (!limiter_.Take(asked->request.peer, now_ms))
    return asked->respond(Refused(*asked, language(), 429));
  const bool queued = work_.Post([this, asked] {
    Response response = Answer(*asked);
    response.Add(FixedField::kNosniff);
    timer_.Answer(asked->start, std::move(asked->respond), std::move(response));
  });
  if (!queued) asked->respond(Refused(*asked, language(), 503));
}

Response StatusDesk::Answer(const Asked& asked) {
  Fields fields;
  if (asked.form.page) {
    fields = ReadForm(asked.request.body);
  } else {
    Result<Fields> read = ReadJson(asked.request.body);
    if (!read.ok()) return ProblemResponse(ProblemOf(read.error()));
    fields = std::move(read).value();
    fields.part = asked.form.part;
  }
  const Result<record::ReceiptCode> code = record::ParseReceiptCode(fields.code);
  const record::ReceiptCode used = code.ok() ? *code : record::CodeFrom({});
  const crypto::SecretKey key =
      crypto::SecretKey::FromSeed(record::PartySeed(used, ledger_.origin).view());
  return AnswerTo(asked, {code.ok(), record::LookupTag(used, ledger_.origin), key.public_key(),
                          fields.language, fields.part});
}

Response StatusDesk::AnswerTo(const Asked& asked, const Question& question) {
  Result<std::optional<Response>> found = Look(asked, question);
  if (found.ok() && *found) return std::move(**found);
  if (found.ok()) return Refused(asked, question.language, 404);
  if (found.error().code == Code::kInternal)
    ledger_.events.Write(LogLevel::kError, "status_failed", {{"reason", found.error().detail}});
  return Refused(asked, question.language, found.error().code == Code::kUnavailable ? 503 : 500);
}

// A wrong code is put to the work of a right one, over the first case of the log.
Result<std::optional<Response>> StatusDesk::Look(const Asked& asked, const Question& question) {
  LogReader reader(ledger_.sequencer.head(), ledger_.tiles);
  JEJAK_TRY(place, index_.Find(question.tag, question.key, reader));
  std::optional<std::uint64_t> entry = place.by_key ? place.by_key : place.by_tag;
  const bool right = question.well_formed && entry;
  if (!right) {
    JEJAK_TRY(first, reader.Cases(0, 1));
    if (first.empty()) return std::optional<Response>();
    JEJAK_TRY(state, reader.Stream({record::StreamKind::kCase, first[0].second}));
    if (!state || state->head.count > kMostDummyActions) return std::optional<Response>();
    entry = first[0].first;
  }
  JEJAK_TRY(found, Open(reader, *entry, right && place.by_key ? &question.key : nullptr));
  if (!found) return std::optional<Response>();
  const bool own = place.by_key || found->holder.instance.key == question.tag;
  JEJAK_TRY(written, Write(asked, question, reader, std::move(*found)));
  return right && own ? std::move(written) : std::optional<Response>();
}

Result<std::optional<StatusDesk::Found>> StatusDesk::Open(LogReader& reader, std::uint64_t index,
                                                          const crypto::PublicKey* by_key) {
  JEJAK_TRY(text, reader.Entry(index));
  JEJAK_TRY(logged, ParseLogged(text));
  JEJAK_TRY(published, ledger_.published.At(reader, reader.size()));
  const record::Stream stream = logged.action.stream;
  JEJAK_TRY(record, ReadCase(reader, *published, stream, reader.size(), Contents::kHeld));
  evidence::CaseConformance conformance = evidence::JudgeRecord(record, ledger_.clock.Wall());
  std::optional<CodeHolder> holder = FindHolder(record, conformance, logged, by_key);
  if (!holder) return std::optional<Found>();
  return std::optional<Found>(
      Found{index, std::move(record), std::move(conformance), std::move(*holder), stream});
}

Result<std::optional<Response>> StatusDesk::Write(const Asked& asked, const Question& question,
                                                  LogReader& reader, Found found) {
  const bool whole = MayHaveCaseFile(found.holder, found.record);
  if (question.part == StatusPart::kProof) {
    JEJAK_TRY(receipt, reader.ActionReceipt(found.entry));
    return std::optional(
        AsFile("text/plain; charset=utf-8", "bukti.tlog-proof", std::move(receipt)));
  }
  if (question.part == StatusPart::kCaseFile) {
    if (!whole) return std::optional(Refused(asked, question.language, 403));
    JEJAK_TRY(file, sequencer::BuildCaseFile(reader, found.stream, {},
                                             DisclosureTo(found.holder.audience(), found.record)));
    return std::optional(AsFile("application/json", "berkas.casefile.json", std::move(file)));
  }
  JEJAK_TRY(state, reader.Stream(found.stream));
  if (!state) return Internal("a case has no record in the store");
  const StatusView view = BuildStatusView(std::move(found.holder), found.record, found.conformance,
                                          ledger_.clock.Wall());
  if (asked.form.page)
    return std::optional(
        StatusPage({ledger_, asked.request.oversight, question.language}, view, whole));
  return std::optional(WithFreshness(
      JsonAnswer(StatusJson(view, {ledger_.origin, reader.size(), found.stream, std::move(*state)},
                            whole)),
      Freshness::kNever));
}

// By its status and the language of the form alone.
Response StatusDesk::Refused(const Asked& asked, Language language, int status) {
  const unsigned wait = status == 429 ? limiter_.retry_after_s() : 0;
  if (asked.form.page)
    return StatusRefusal({ledger_, asked.request.oversight, language}, status, wait);
  switch (status) {
    case 403:
      return ProblemResponse({403,
                              "not_for_this_party",
                              "this file shows other parties of the case, so this code doesn't "
                              "open it; the proof is open to it",
                              {},
                              false,
                              {},
                              0});
    case 404:
      return ProblemResponse(
          {404, "unknown_code", "this code was not found; check its spelling", {}, false, {}, 0});
    case 429:
      return ProblemResponse({429,
                              "too_many_attempts",
                              "codes were tried too often for now; wait and ask again",
                              {},
                              true,
                              {},
                              wait});
    case 503:
      return ProblemResponse(ProblemOf(Unavailable("the ledger is busy; ask again in a moment")));
    default:
      return ProblemResponse(ProblemOf(Internal("")));
  }
}

}  // namespace jejak::api
