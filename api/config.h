// SPDX-License-Identifier: Apache-2.0
//
// Settings of jejakd (docs/api.md, Configuration). One name each, in four places; the first that
// has it wins:
//
//   --listen 127.0.0.1:8080      flag
//   JEJAK_LISTEN=...             environment
//   listen = "127.0.0.1:8080"    DIR/config.toml, or the file of --config
//   the default below
//
// A name that is not in the table is an error, in the environment too: JEJAK_ is ours. A list is
// one text with commas. `entries` has no default: who runs a log decides who may read it, and
// `jejak init` writes the answer down. Read once at the start, by one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_server.h"
#include "api/peer_address.h"
#include "ledger/base/result.h"

namespace jejak::api {

// Who may read entries of cases: everybody, or only those who reach the oversight listener, but for
// cases that were released. Contents go to whom the definition names in both cases (audience.h).
enum class Entries : std::uint8_t { kPublic, kOversight };
enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };

struct Config {
  std::string data;                // the log's directory
  std::optional<Entries> entries;  // must be set
  Endpoint listen{"127.0.0.1", 8080};
  std::optional<Endpoint> listen_oversight = Endpoint{"127.0.0.1", 8081};  // "none": no second one
  std::string passphrase_file;            // else the systemd credential jejak-passphrase
  std::optional<std::string> passphrase;  // in process only (tests, the demo); no name of its own
  std::string guard;                      // path; empty: DIR/guard
  bool bodies_elsewhere = false;          // bodies and documents need not come along
  bool demo = false;                      // every page says so
  LogLevel log_level = LogLevel::kInfo;

  std::uint64_t io_threads = 2;
  std::uint64_t work_threads = 2;           // batches and case files
  std::uint64_t heartbeat_s = 3600;         // 0: none
  std::uint64_t actions_per_minute = 6000;  // per key; 0: no limit
  // Proxies whose word on who their client is counts (forwarded.h).
  std::vector<PeerAddress> trusted_proxies;
  // Per address; 0: any number. What holds while they are unset: address_limits.h.
  std::optional<std::uint64_t> requests_per_second;  // public listener only
  std::optional<std::uint64_t> status_per_minute;    // receipt codes that may be tried (status.h)
  std::optional<std::uint64_t> max_feeds_per_address;
  std::uint64_t status_per_minute_in_all = 600;
  std::uint64_t status_step_ms = 100;  // an answer goes out a whole number of these later
  std::uint64_t max_connections = 4096;
  std::uint64_t max_feeds = 256;             // open at one time, per listener
  std::uint64_t feed_heartbeat_ms = 20'000;  // without an event, after which a feed says a comment
  std::uint64_t queue_submissions = 16384;
  std::uint64_t queue_mib = 128;
  std::uint64_t low_water_mib = 512;  // free space below which nothing more is taken
};

// One setting: its name as in the file ("low_water_mib"), what it is for, and how text becomes it.
// The flag is --low-water-mib, the variable JEJAK_LOW_WATER_MIB.
struct Setting {
  std::string_view name;
  std::string_view help;
  Result<void> (*set)(Config&, std::string_view);
};
std::span<const Setting> Settings();
std::string FlagOf(const Setting& setting);      // "--low-water-mib"
std::string VariableOf(const Setting& setting);  // "JEJAK_LOW_WATER_MIB"

// kMalformed: unknown name, or a value that is none of its kind; names both setting and mend.
Result<void> Set(Config& config, std::string_view name, std::string_view value);

// Takes the settings of a TOML text. kMalformed: not TOML (with the line), a table, an unknown key,
// a value of the wrong kind.
Result<void> ReadConfigText(std::string_view toml, Config& config);

using Texts = std::map<std::string, std::string>;

// All four places. `flags` by setting name; `environment` holds what begins with JEJAK_, whole
// names. `file`: of --config, or empty: DIR/config.toml, which may be absent. kMalformed: a setting
// is wrong, or `data` or `entries` is missing. kNotFound: no log in `data`, or no such file.
Result<Config> LoadConfig(const std::string& file, const Texts& flags, const Texts& environment);

// What must hold between settings; LoadConfig and LedgerServer::Start ask it.
Result<void> CheckConfig(const Config& config);

// The passphrase of the log key: `passphrase`, or the file's text without one final line end, or
// that of $CREDENTIALS_DIRECTORY/jejak-passphrase. kMalformed when none is named, kNotFound and
// kUnavailable for the file, kRefused when others than the owner may read it.
Result<std::string> ReadPassphrase(const Config& config);

}  // namespace jejak::api
