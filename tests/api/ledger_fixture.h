// SPDX-License-Identifier: Apache-2.0
//
// Running ledgers for tests, on loopback and free ports: one over the golden log, in memory and
// made anew in milliseconds, and one over a small log on disk.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/client.h"
#include "api/ledger_server.h"
#include "ledger/tlog/policy.h"
#include "tests/support/golden_log.h"
#include "tests/support/manual_clock.h"
#include "tests/support/small_log.h"
#include "tests/support/temporary_directory.h"

namespace jejak::api {

// Settings that tests share: both listeners on free ports, no heartbeat, no limits, silence.
Config QuietConfig(Entries entries = Entries::kPublic);

// One answer to a GET, HEAD or POST of a test; `path` is the whole path.
ClientResponse Ask(std::uint16_t port, std::string_view method, std::string_view path,
                   const std::vector<Header>& headers = {}, std::string_view body = {});
std::string FieldOf(const ClientResponse& response, std::string_view name);

// The golden log as rows that a store can take, built once per process.
class GoldenServer final {
 public:
  static constexpr const char* kNow = "2026-01-05T01:28:55Z";

  explicit GoldenServer(const Config& config = QuietConfig());

  LedgerServer& operator*() { return *server_; }
  LedgerServer* operator->() { return server_.get(); }
  test::ManualClock& clock() { return clock_; }

 private:
  TemporaryDirectory directory_;
  test::ManualClock clock_;
  std::unique_ptr<LedgerServer> server_;
};

// A small log in a directory, founded as `jejak init` does. Starts and restarts.
class SmallServer final {
 public:
  static constexpr UnixSeconds kStart{1767574800};

  // `with_setup`: units, keys and a procedure are logged, so that cases can be opened.
  explicit SmallServer(Config config = QuietConfig(), bool with_setup = true);

  void Restart();
  LedgerServer* operator->() { return server_.get(); }
  const std::string& path() const { return directory_.path(); }
  test::SmallLog& log() { return log_; }
  test::ManualClock& clock() { return clock_; }
  Config& config() { return config_; }
  tlog::Policy policy() const;

 private:
  TemporaryDirectory directory_;
  test::ManualClock clock_{kStart};
  test::SmallLog log_{kStart};
  Config config_;
  std::unique_ptr<LedgerServer> server_;
};

// The text of an envelope, ready to send.
std::string TextOf(const record::Envelope& envelope);

}  // namespace jejak::api
