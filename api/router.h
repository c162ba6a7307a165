// SPDX-License-Identifier: Apache-2.0
//
// From a request to the code that answers it: the table of routes of docs/api.md, for both
// listeners. All routes stand under the path of the origin ("/1/checkpoint" for "host/1"); pages,
// their stylesheet, livez, readyz, metrics and openapi.json stand at the root as well.
//
//   GET, HEAD   a state of the log is taken once and all of the answer is about it
//   POST        actions.h, status.h
//   else        405 with Allow; 404 for what is not here or not for this listener, in one voice
//
// Reads that may take milliseconds go to the work threads. Adds what every read has: nosniff; on
// the public listener `Access-Control-Allow-Origin: *`, never on the oversight listener, whose
// answers are `no-store` where the public's may be kept for minutes or longer, or be asked about.
// Posts are answered by who takes them, with the fields that they add themselves. Any thread; safe
// to call from all of the server's at once.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "api/actions.h"
#include "api/feed.h"
#include "api/http_counters.h"
#include "api/http_handler.h"
#include "api/ledger.h"
#include "api/register.h"
#include "api/stats.h"
#include "api/status.h"
#include "api/work_queue.h"

namespace jejak::api {

class Router final : public Handler {
 public:
  // `stats`: of the server that calls this handler.
  Router(const Ledger& ledger, ReceiptDesk& desk, WorkQueue& work,
         std::function<ServerStats()> stats);

  void Handle(Request request, Responder respond) override;
  std::size_t BodyLimit(std::string_view method, std::string_view path) const override;

 private:
  struct Route;
  struct Place;  // where a path leads
  static std::span<const Route> LogRoutes();
  static std::span<const Route> RootRoutes();
  static const Route* FindRoute(std::string_view path, bool inside);
  Place PlaceOf(std::string_view path) const;
  void Post(Request request, Responder respond);
  Response Answer(const Request& request, const Place& place);
  Response Finish(const Request& request, Response response) const;

  const Ledger& ledger_;
  const std::string prefix_;
  WorkQueue& work_;
  Actions actions_;
  Register register_;
  StatsDesk statistics_;
  StatusDesk status_;
  FeedDesk feeds_;
  std::function<ServerStats()> stats_;
};

}  // namespace jejak::api
