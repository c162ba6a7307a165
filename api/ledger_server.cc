// SPDX-License-Identifier: Apache-2.0
#include "api/ledger_server.h"

#include <sys/statvfs.h>

#include <atomic>
#include <chrono>
#include <limits>
#include <utility>

#include "api/address_limits.h"
#include "api/case_index.h"
#include "api/case_search.h"
#include "api/router.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/tlog/merkle.h"

namespace jejak::api {
namespace {

constexpr std::size_t kQueuedTasks = 256;
constexpr std::chrono::seconds kGrace{20};

ServerOptions HttpOptionsOf(const Config& config) {
  ServerOptions options;
  options.listen = config.listen;
  options.listen_oversight = config.listen_oversight;
  options.io_threads = static_cast<unsigned>(config.io_threads);
  options.max_connections = config.max_connections;
  options.requests_per_second = static_cast<unsigned>(AddressLimitsOf(config).requests_per_second);
  options.trusted_proxies = config.trusted_proxies;
  return options;
}

// Asked between batches, under the sequencer's lock: looked up once a second.
std::function<std::uint64_t()> FreeBytesOf(const std::string& directory,
                                           const sequencer::Clock& clock) {
  if (directory.empty()) return nullptr;
  return [directory, &clock, at = std::int64_t{-1}, free = std::uint64_t{0}]() mutable {
    const std::int64_t now = clock.MonotonicSeconds();
    if (now == at) return free;
    at = now;
    struct statvfs status {};
    free = ::statvfs(directory.c_str(), &status) == 0
               ? std::uint64_t{status.f_bavail} * status.f_frsize
               : std::numeric_limits<std::uint64_t>::max();  // the next commit will tell
    return free;
  };
}

sequencer::SequencerOptions SequencerOptionsOf(const Config& config,
                                               const sequencer::Clock& clock) {
  sequencer::SequencerOptions options;
  options.queue_submissions = config.queue_submissions;
  options.queue_bytes = config.queue_mib << 20U;
  options.heartbeat_s = static_cast<std::int64_t>(config.heartbeat_s);
  options.low_water_bytes = config.low_water_mib << 20U;
  options.free_bytes = FreeBytesOf(config.data, clock);
  return options;
}

// A table for each listener that may list cases.
IndexOptions IndexOptionsOf(const Config& config) {
  return {config.listen_oversight.has_value(), config.entries == Entries::kPublic
                                                   ? IndexOptions::Shown::kAll
                                                   : IndexOptions::Shown::kReleased};
}

Result<Digest> GenesisOf(const sequencer::OpenLog& log) {
  JEJAK_TRY(first, sequencer::LogReader(log.head, *log.tiles).Entry(0));
  return tlog::LeafHash(AsBytes(first));
}

std::string UrlOf(const Endpoint& endpoint, std::uint16_t port, const std::string& prefix) {
  std::string host = endpoint.address;
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.find(':') != host.npos) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(port) + prefix;
}

}  // namespace

// In the order in which they are made; each uses those above it.
class LedgerServer::Parts final {
 public:
  Parts(sequencer::OpenLog open, const Config& settings, sequencer::Clock& clock, Digest genesis)
      : config(settings),
        log(std::move(open)),
        events(config.log_level, clock),
        sequencer(*log.store, *log.signer, clock, *log.tiles, std::exchange(log.head, nullptr),
                  SequencerOptionsOf(config, clock)),
        cases(sequencer, *log.tiles, published, clock, events, IndexOptionsOf(config)),
        ledger{config,
               sequencer,
               *log.tiles,
               clock,
               events,
               published,
               cases,
               walks,
               log.signer->origin(),
               log.signer->verifier_key(),
               genesis,
               log.tail_was_torn},
        desk(*log.tiles),
        work(config.work_threads, kQueuedTasks),
        router(ledger, desk, work, [this] {
          const HttpServer* server = counted;
          return server != nullptr ? server->stats() : ServerStats{};
        }) {}
  ~Parts() { Stop(); }

  // Answers are still on their way while the server waits for them, so it goes first.
  void Stop() {
    if (http) http->Stop(std::chrono::duration_cast<std::chrono::milliseconds>(kGrace));
    work.Stop();
    cases.Stop();
    sequencer.Stop();
    desk.Stop();
  }

  const Config config;
  sequencer::OpenLog log;
  EventLog events;
  sequencer::Sequencer sequencer;
  PublishedDesk published;
  CaseIndex cases;
  CaseWalks walks{kWalksKept};
  Ledger ledger;
  ReceiptDesk desk;
  WorkQueue work;
  Router router;
  std::unique_ptr<HttpServer> http;
  std::atomic<const HttpServer*> counted{nullptr};  // http, for requests that come before it is set
};

LedgerServer::LedgerServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LedgerServer::~LedgerServer() = default;

Result<std::unique_ptr<LedgerServer>> LedgerServer::Start(const Config& config,
                                                          sequencer::Clock& clock) {
  JEJAK_CHECKED(CheckConfig(config));
  JEJAK_TRY(passphrase, ReadPassphrase(config));
  JEJAK_TRY(log, sequencer::OpenLogDirectory(config.data, passphrase, config.guard, clock.Wall()));
  return StartOn(std::move(log), config, clock);
}

Result<std::unique_ptr<LedgerServer>> LedgerServer::StartOn(sequencer::OpenLog log,
                                                            const Config& config,
                                                            sequencer::Clock& clock) {
  if (!config.entries) return Malformed("entries is not set; choose public or oversight");
  JEJAK_TRY(genesis, GenesisOf(log));
  auto parts = std::make_unique<Parts>(std::move(log), config, clock, genesis);
  JEJAK_TRY(http, HttpServer::Start(HttpOptionsOf(config), parts->router));
  parts->http = std::move(http);
  parts->counted = parts->http.get();
  return std::unique_ptr<LedgerServer>(new LedgerServer(std::move(parts)));
}

std::uint16_t LedgerServer::port() const { return parts_->http->port(); }
std::uint16_t LedgerServer::oversight_port() const { return parts_->http->oversight_port(); }

std::string LedgerServer::url() const {
  return UrlOf(parts_->config.listen, port(), parts_->ledger.prefix());
}

std::string LedgerServer::oversight_url() const {
  const auto& endpoint = parts_->config.listen_oversight;
  return endpoint ? UrlOf(*endpoint, oversight_port(), parts_->ledger.prefix()) : std::string();
}

sequencer::Sequencer& LedgerServer::sequencer() { return parts_->sequencer; }
sequencer::TileCache& LedgerServer::tiles() { return *parts_->log.tiles; }

void LedgerServer::Stop() { parts_->Stop(); }

}  // namespace jejak::api
