// SPDX-License-Identifier: Apache-2.0
//
// A whole ledger in one process: the log directory opened and recovered, the sequencer, the HTTP
// server. What jejakd is, and what the tests, the demo and the bench start.
//
//   SystemClock clock;
//   auto server = LedgerServer::Start(config, clock);     port 0 in the config: any free one
//   LedgerClient client((*server)->url());
//   (*server)->Stop();                                    finishes what is queued
//
// It never makes a log (`jejak init` does) and never signs when the store is behind the guard: then
// Start is kRefused and nothing is served, since what the store shows is not the newest state that
// was acknowledged. A guard or a commit that fails later stops the sequencer for good; reads go on
// from the last published head, POST answers 503, readyz says ROLLBACK or CORRUPT.
// Start and Stop: one thread; the rest: any.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "api/config.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/log_directory.h"
#include "ledger/sequencer/sequencer.h"

namespace jejak::api {

class LedgerServer final {
 public:
  // Errors: those of CheckConfig, ReadPassphrase, OpenLogDirectory and HttpServer::Start. `clock`
  // outlives the server.
  static Result<std::unique_ptr<LedgerServer>> Start(const Config& config, sequencer::Clock& clock);

  // The same on a log that is open already; `config.data` may be empty then.
  static Result<std::unique_ptr<LedgerServer>> StartOn(sequencer::OpenLog log, const Config& config,
                                                       sequencer::Clock& clock);
  ~LedgerServer();
  LedgerServer(const LedgerServer&) = delete;
  LedgerServer& operator=(const LedgerServer&) = delete;

  std::uint16_t port() const;
  std::uint16_t oversight_port() const;  // 0: no oversight listener
  // What a client on this machine asks: "http://127.0.0.1:8080/1".
  std::string url() const;
  std::string oversight_url() const;

  sequencer::Sequencer& sequencer();
  sequencer::TileCache& tiles();

  // Takes no more requests, answers those in flight, finishes what is queued. Again: nothing.
  void Stop();

 private:
  class Parts;
  explicit LedgerServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace jejak::api
