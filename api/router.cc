// SPDX-License-Identifier: Apache-2.0
#include "api/router.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/caching.h"
#include "api/call.h"
#include "api/case_page.h"
#include "api/cases.h"
#include "api/cases_page.h"
#include "api/figures_page.h"
#include "api/health.h"
#include "api/openapi.h"
#include "api/pages.h"
#include "api/reads.h"
#include "api/status_page.h"

namespace jejak::api {
namespace {

constexpr std::size_t kOtherBodyBytes = 65536;  // read, to be answered with 404 or 405

constexpr std::array<std::string_view, 3> kPosts{"v1/actions", "v1/actions:batch",
                                                 "v1/actions:validate"};

bool IsPost(std::string_view path) {
  return std::find(kPosts.begin(), kPosts.end(), path) != kPosts.end();
}

Response NotAllowed(std::string_view allow) {
  Response response = ProblemResponse(
      {405, "method_not_allowed", "this route takes " + std::string(allow), {}, false, {}, 0});
  response.headers.push_back({"Allow", std::string(allow)});
  return response;
}

// What the oversight listener shows is for its reader alone: contents that are erased later must
// not live on in a browser or a proxy.
void KeepNowhere(Response& response) {
  for (const FixedField kept :
       {FixedField::kImmutable, FixedField::kMinutes, FixedField::kRevalidated})
    response.Replace(kept, FixedField::kNeverStored);
}

}  // namespace

struct Router::Route {
  std::string_view path;  // ends with '/': what follows is handed on
  enum Whose : std::uint8_t { kAll, kCaseReaders } whose;
  // kReleased: quick where all cases are shown; elsewhere a case may have to be judged first.
  enum Pace : std::uint8_t { kQuick, kReleased, kSlow } pace;
  std::string_view parameter;  // the one that the route takes, or "*": it looks itself
  Result<Response> (*run)(Router&, Call&, std::string_view rest);

  bool Matches(std::string_view asked) const {
    return path.ends_with('/') ? asked.size() > path.size() && asked.starts_with(path)
                               : asked == path;
  }
};

struct Router::Place {
  const Route* route = nullptr;  // of GET
  std::string_view rest;         // what follows the route's path
  bool post = false;
  std::optional<StatusForm> status;  // of POST
};

// What stands under the path of the origin only.
std::span<const Router::Route> Router::LogRoutes() {
  using R = Route;
  static const std::array routes{
      R{"checkpoint", R::kAll, R::kQuick, "",
        [](Router&, Call& call, std::string_view) { return ReadCheckpoint(call); }},
      R{"tile/", R::kAll, R::kQuick, "",
        [](Router&, Call& call, std::string_view rest) {
          return ReadTile(call, "tile/" + std::string(rest));
        }},
      R{"v1/entries/", R::kAll, R::kReleased, "",
        [](Router&, Call& call, std::string_view rest) { return ReadEntry(call, rest); }},
      R{"v1/consistency/", R::kAll, R::kQuick, "",
        [](Router&, Call& call, std::string_view rest) { return ReadConsistency(call, rest); }},
      R{"v1/streams/proof", R::kAll, R::kReleased, "stream",
        [](Router&, Call& call, std::string_view) { return ReadStreamProof(call); }},
      R{"v1/documents/", R::kAll, R::kQuick, "",
        [](Router&, Call& call, std::string_view rest) { return ReadDocument(call, rest); }},
      R{"v1/keys", R::kAll, R::kQuick, "",
        [](Router& r, Call& call, std::string_view) -> Result<Response> {
          return r.register_.Read(call, Register::Table::kKeys);
        }},
      R{"v1/units", R::kAll, R::kQuick, "",
        [](Router& r, Call& call, std::string_view) -> Result<Response> {
          return r.register_.Read(call, Register::Table::kUnits);
        }},
      R{"v1/procedures", R::kAll, R::kQuick, "",
        [](Router& r, Call& call, std::string_view) -> Result<Response> {
          return r.register_.Read(call, Register::Table::kProcedures);
        }},
      R{"v1/calendars", R::kAll, R::kQuick, "",
        [](Router& r, Call& call, std::string_view) -> Result<Response> {
          return r.register_.Read(call, Register::Table::kCalendars);
        }},
      R{"v1/log", R::kAll, R::kQuick, "",
        [](Router&, Call& call, std::string_view) -> Result<Response> {
          return Register::ReadLog(call);
        }},
      R{"v1/feed", R::kAll, R::kQuick, "*",
        [](Router& r, Call& call, std::string_view) { return r.feeds_.Open(call); }},
      R{"v1/stats", R::kAll, R::kSlow, "*",
        [](Router& r, Call& call, std::string_view) { return r.statistics_.Read(call); }},
      R{"v1/cases", R::kAll, R::kSlow, "*",
        [](Router&, Call& call, std::string_view) { return ListCases(call); }},
      R{"v1/cases/", R::kAll, R::kSlow, "*",
        [](Router&, Call& call, std::string_view rest) { return ReadCase(call, rest); }},
  };
  return routes;
}

// What stands at the root as well.
std::span<const Router::Route> Router::RootRoutes() {
  using R = Route;
  static const std::array routes{
      R{"", R::kAll, R::kQuick, "*",
        [](Router&, Call& call, std::string_view) { return StartPage(call); }},
      R{"status", R::kAll, R::kQuick, "*",
        [](Router&, Call& call, std::string_view) { return StatusFormPage(call); }},
      R{"cases", R::kAll, R::kSlow, "*",
        [](Router&, Call& call, std::string_view) { return CasesPage(call); }},
      R{"cases/", R::kAll, R::kSlow, "*",
        [](Router&, Call& call, std::string_view rest) { return CasePage(call, rest); }},
      R{"figures", R::kAll, R::kSlow, "*",
        [](Router& r, Call& call, std::string_view) { return FiguresPage(call, r.statistics_); }},
      R{"style.css", R::kAll, R::kQuick, "",
        [](Router&, Call&, std::string_view) -> Result<Response> { return Stylesheet(); }},
      R{"livez", R::kAll, R::kQuick, "",
        [](Router&, Call&, std::string_view) -> Result<Response> { return Livez(); }},
      R{"readyz", R::kAll, R::kQuick, "",
        [](Router& r, Call&, std::string_view) -> Result<Response> { return Readyz(r.ledger_); }},
      R{"metrics", R::kCaseReaders, R::kQuick, "",
        [](Router& r, Call&, std::string_view) -> Result<Response> {
          return Metrics(r.ledger_, r.stats_(), r.feeds_.open());
        }},
      R{"openapi.json", R::kAll, R::kQuick, "",
        [](Router&, Call& call, std::string_view) -> Result<Response> {
          return WithETag(call.request, WithFreshness(JsonAnswer(std::string(OpenApiDocument())),
                                                      Freshness::kRevalidate));
        }},
  };
  return routes;
}

const Router::Route* Router::FindRoute(std::string_view path, bool inside) {
  const auto find = [path](std::span<const Route> routes) -> const Route* {
    for (const Route& route : routes) {
      if (route.Matches(path)) return &route;
    }
    return nullptr;
  };
  const Route* route = inside ? find(LogRoutes()) : nullptr;
  return route != nullptr ? route : find(RootRoutes());
}

Router::Router(const Ledger& ledger, ReceiptDesk& desk, WorkQueue& work,
               std::function<ServerStats()> stats)
    : ledger_(ledger),
      prefix_(ledger.prefix()),
      work_(work),
      actions_(ledger, desk, work),
      status_(ledger, work),
      feeds_(ledger),
      stats_(std::move(stats)) {}

// "/1/v1/log" under prefix "/1" is the route "v1/log"; "/1" alone is the start page.
Router::Place Router::PlaceOf(std::string_view path) const {
  bool inside = path.starts_with(prefix_);
  if (inside) {
    const std::string_view after = path.substr(prefix_.size());
    inside = after.empty() || after.front() == '/';
    if (inside) path = after;
  }
  if (path.starts_with('/')) path.remove_prefix(1);
  Place place;
  place.post = inside && IsPost(path);
  place.status = StatusFormOf(path);
  if (place.status && !place.status->page && !inside) place.status.reset();
  place.route = FindRoute(path, inside);
  if (place.route != nullptr) place.rest = path.substr(place.route->path.size());
  return place;
}

std::size_t Router::BodyLimit(std::string_view method, std::string_view path) const {
  const Place place = PlaceOf(path);
  if (method == "POST" && place.status) return kMostStatusBytes;
  if (method != "POST" || !place.post) return kOtherBodyBytes;
  return path.ends_with(":batch") ? kMaxBatchBytes : kMaxDocumentedBytes;
}

void Router::Handle(Request request, Responder respond) {
  const bool read = request.method == "GET" || request.method == "HEAD";
  const Place place = PlaceOf(request.path);
  if (place.status && request.method == "POST") {
    const StatusForm form = *place.status;
    if (request.query.empty()) return status_.Post(form, std::move(request), std::move(respond));
    return respond(ProblemResponse(ProblemOf(Malformed("this route takes no parameters"))));
  }
  if (place.post || (place.status && !place.status->page)) {
    if (request.method == "POST") return Post(std::move(request), std::move(respond));
    return respond(Finish(request, NotAllowed("POST")));
  }
  const bool hidden = place.route != nullptr && place.route->whose == Route::kCaseReaders &&
                      !ledger_.ShowsCases(request);
  if (place.route == nullptr || hidden) return respond(Finish(request, ProblemResponse(NotHere())));
  if (!read) {
    return respond(Finish(request, NotAllowed(place.status ? "GET, HEAD, POST" : "GET, HEAD")));
  }
  const bool quick = place.route->pace == Route::kQuick ||
                     (place.route->pace == Route::kReleased && ledger_.ShowsCases(request));
  if (quick) return respond(Answer(request, place));
  struct Slow {
    Request request;
    Responder respond;
  };
  const auto slow = std::make_shared<Slow>(Slow{std::move(request), std::move(respond)});
  // The views of `place` went with the request's text: they are found anew.
  if (work_.Post(
          [this, slow] { slow->respond(Answer(slow->request, PlaceOf(slow->request.path))); })) {
    return;
  }
  slow->respond(
      Finish(slow->request,
             ProblemResponse(ProblemOf(Unavailable("the ledger is busy; ask again in a moment")))));
}

void Router::Post(Request request, Responder respond) {
  const std::string_view path = request.path;
  if (!request.query.empty()) {
    return respond(ProblemResponse(ProblemOf(Malformed("this route takes no parameters"))));
  }
  if (path.ends_with(":batch")) return actions_.SubmitBatch(std::move(request), std::move(respond));
  if (path.ends_with(":validate")) return actions_.Validate(std::move(request), std::move(respond));
  actions_.Submit(request, std::move(respond));
}

Response Router::Answer(const Request& request, const Place& place) {
  Result<QueryParameters> query = QueryParameters::Parse(request.query);
  if (!query.ok()) return Finish(request, ProblemResponse(ProblemOf(query.error())));
  Call call{ledger_, request, std::move(query).value(),
            sequencer::LogReader(ledger_.sequencer.head(), ledger_.tiles)};
  const std::string_view parameter = place.route->parameter;
  if (parameter != "*") {
    const Result<void> known =
        parameter.empty() ? OnlyParameters(call, {}) : OnlyParameters(call, {parameter});
    if (!known.ok()) return Finish(request, ProblemResponse(ProblemOf(known.error())));
  }
  Result<Response> answer = place.route->run(*this, call, place.rest);
  if (!answer.ok() && answer.error().code == Code::kInternal) {
    ledger_.events.Write(LogLevel::kError, "read_failed",
                         {{"path", request.path}, {"reason", answer.error().detail}});
  }
  return Finish(request, AnswerOr(std::move(answer)));
}

Response Router::Finish(const Request& request, Response response) const {
  response.Add(FixedField::kNosniff);
  if (request.oversight) KeepNowhere(response);
  if (!request.oversight && request.method != "POST") response.Add(FixedField::kAnyOrigin);
  if (ledger_.events.Takes(LogLevel::kDebug)) {
    ledger_.events.Write(LogLevel::kDebug, "request",
                         {{"method", request.method},
                          {"path", request.path},
                          {"status", std::int64_t{response.status}},
                          {"peer", CoarseAddress(FormatAddress(request.peer))}});
  }
  return response;
}

}  // namespace jejak::api
