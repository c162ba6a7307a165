// SPDX-License-Identifier: Apache-2.0
//
// What the routes share: the running log, its settings, and who may see what.
//
//   entries = public      everybody reads entries, and the contents that a case's definition makes
//                         public (audience.h); the oversight listener has the rest
//   entries = oversight   the public listener shows the log's own affairs: checkpoint, hash tiles,
//                         consistency, administration streams; and the cases that were released
//                         (release.h), each as a log with public entries would show it
//
// References: all of it outlives the server's threads. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "api/config.h"
#include "api/event_log.h"
#include "api/http_message.h"
#include "api/published.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/recent.h"
#include "ledger/sequencer/sequencer.h"
#include "ledger/sequencer/tile_cache.h"
#include "ledger/tlog/note.h"

namespace jejak::api {

class CaseIndex;  // case_index.h
struct CaseWalk;  // case_search.h
using CaseWalks = sequencer::Recent<std::string, CaseWalk, std::hash<std::string>>;

struct Ledger {
  const Config& config;
  sequencer::Sequencer& sequencer;
  sequencer::TileCache& tiles;
  const sequencer::Clock& clock;
  const EventLog& events;
  PublishedDesk& published;
  CaseIndex& cases;
  CaseWalks& walks;
  std::string origin;
  tlog::VerifierKey log_key;
  Digest genesis;  // leaf hash of entry 0
  bool tail_was_torn = false;

  // Every case, on this listener. One of a restricted log: Call::ShownOf.
  bool ShowsCases(const Request& request) const {
    return request.oversight || config.entries == Entries::kPublic;
  }
  // Every body and opening that is held.
  bool ShowsBodies(const Request& request) const { return request.oversight; }

  // The path under which the log is served: "/1" for "jejak.contohkota.go.id/1", "" without one.
  std::string prefix() const {
    const std::size_t slash = origin.find('/');
    return slash == origin.npos ? std::string() : origin.substr(slash);
  }
};

}  // namespace jejak::api
