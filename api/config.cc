// SPDX-License-Identifier: Apache-2.0
#include "api/config.h"

#include <sys/stat.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/log_directory.h"

namespace jejak::api {
namespace {

constexpr std::size_t kMaxFileBytes = 65536;
constexpr std::size_t kMostProxies = 16;
constexpr std::string_view kPrefix = "JEJAK_";

// Variables of ours that are no settings of the server: what the command line reads.
constexpr std::array kOtherVariables{"JEJAK_PASSPHRASE", "JEJAK_CONFIG"};

template <std::uint64_t Config::*kField, std::uint64_t kLeast, std::uint64_t kMost>
Result<void> SetNumber(Config& config, std::string_view value) {
  const Result<std::uint64_t> number = ParseDecimal(value);
  if (!number.ok() || *number < kLeast || *number > kMost) {
    return Malformed("must be a number from " + std::to_string(kLeast) + " to " +
                     std::to_string(kMost));
  }
  config.*kField = *number;
  return {};
}

template <std::string Config::*kField>
Result<void> SetText(Config& config, std::string_view value) {
  config.*kField = std::string(value);
  return {};
}

template <bool Config::*kField>
Result<void> SetBool(Config& config, std::string_view value) {
  if (value != "true" && value != "false") return Malformed("must be true or false");
  config.*kField = value == "true";
  return {};
}

// "127.0.0.1:8080", "[::1]:8080".
Result<Endpoint> ParseEndpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return Malformed("must be ADDRESS:PORT");
  std::string_view address = text.substr(0, colon);
  const Result<std::uint64_t> port = ParseDecimal(text.substr(colon + 1));
  if (!port.ok() || *port > 65535) return Malformed("must end in a port, 0 to 65535");
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  } else if (address.find(':') != address.npos) {
    return Malformed("must have an IPv6 address in brackets, as in [::1]:8080");
  }
  return Endpoint{std::string(address), static_cast<std::uint16_t>(*port)};
}

Result<void> SetListen(Config& config, std::string_view value) {
  JEJAK_TRY(endpoint, ParseEndpoint(value));
  config.listen = std::move(endpoint);
  return {};
}

Result<void> SetListenOversight(Config& config, std::string_view value) {
  config.listen_oversight.reset();
  if (value == "none") return {};
  JEJAK_TRY(endpoint, ParseEndpoint(value));
  config.listen_oversight = std::move(endpoint);
  return {};
}

Result<void> SetEntries(Config& config, std::string_view value) {
  if (value != "public" && value != "oversight") return Malformed("must be public or oversight");
  config.entries = value == "public" ? Entries::kPublic : Entries::kOversight;
  return {};
}

Result<void> SetBodies(Config& config, std::string_view value) {
  if (value != "here" && value != "elsewhere") return Malformed("must be here or elsewhere");
  config.bodies_elsewhere = value == "elsewhere";
  return {};
}

Result<void> SetLogLevel(Config& config, std::string_view value) {
  constexpr std::array kLevels{"debug", "info", "warning", "error"};
  const auto found = std::find(kLevels.begin(), kLevels.end(), value);
  if (found == kLevels.end()) return Malformed("must be debug, info, warning or error");
  config.log_level = static_cast<LogLevel>(found - kLevels.begin());
  return {};
}

template <std::optional<std::uint64_t> Config::*kField>
Result<void> SetLimit(Config& config, std::string_view value) {
  const Result<std::uint64_t> number = ParseDecimal(value);
  if (!number.ok() || *number > 1'000'000) return Malformed("must be a number up to 1000000");
  config.*kField = *number;
  return {};
}

// "127.0.0.1, ::1", or "none".
Result<void> SetTrustedProxies(Config& config, std::string_view value) {
  config.trusted_proxies.clear();
  if (value == "none") return {};
  for (bool more = true; more;) {
    const std::size_t comma = value.find(',');
    more = comma != value.npos;
    const std::optional<PeerAddress> address = ParseAddress(value.substr(0, comma));
    if (!address || config.trusted_proxies.size() == kMostProxies)
      return Malformed("must be none, or up to 16 addresses with commas between, no networks");
    config.trusted_proxies.push_back(*address);
    value.remove_prefix(more ? comma + 1 : value.size());
    TakePrefix(value, " ");
  }
  return {};
}

Result<void> SetHeartbeat(Config& config, std::string_view value) {
  const Result<std::uint64_t> number = ParseDecimal(value);
  if (!number.ok() || (*number != 0 && *number < 600) || *number > 31'536'000)
    return Malformed("must be 0 for none, or seconds from 600 to a year");
  config.heartbeat_s = *number;
  return {};
}

constexpr std::array kSettings{
    Setting{"data", "directory of the log, made by `jejak init`", SetText<&Config::data>},
    Setting{"entries", "who may read cases' entries: public or oversight", SetEntries},
    Setting{"listen", "public listener, ADDRESS:PORT", SetListen},
    Setting{"listen_oversight", "oversight listener, ADDRESS:PORT, or none", SetListenOversight},
    Setting{"passphrase_file", "file with the passphrase of the log key",
            SetText<&Config::passphrase_file>},
    Setting{"guard", "path of the guard, best on another volume", SetText<&Config::guard>},
    Setting{"bodies", "here: bodies must come along; elsewhere: they need not", SetBodies},
    Setting{"demo", "say on every page that this is a demonstration", SetBool<&Config::demo>},
    Setting{"log_level", "debug, info, warning or error", SetLogLevel},
    Setting{"io_threads", "threads that talk to the network",
            SetNumber<&Config::io_threads, 1, 64>},
    Setting{"work_threads", "threads that read batches and write case files",
            SetNumber<&Config::work_threads, 1, 64>},
    Setting{"heartbeat_s", "seconds without an action after which a seal is made", SetHeartbeat},
    Setting{"actions_per_minute", "actions that one key may submit in a minute, 0: any number",
            SetNumber<&Config::actions_per_minute, 0, 10'000'000>},
    Setting{"trusted_proxies",
            "addresses of proxies that name their client in X-Forwarded-For, or none",
            SetTrustedProxies},
    Setting{"requests_per_second", "requests that one address may make in a second, 0: any number",
            SetLimit<&Config::requests_per_second>},
    Setting{"status_per_minute",
            "receipt codes that one address may try in a minute, 0: any number",
            SetLimit<&Config::status_per_minute>},
    Setting{"status_per_minute_in_all", "receipt codes that all may try in a minute, 0: any number",
            SetNumber<&Config::status_per_minute_in_all, 0, 10'000'000>},
    Setting{"status_step_ms", "milliseconds after which a receipt code is answered",
            SetNumber<&Config::status_step_ms, 1, 10'000>},
    Setting{"max_connections", "connections at one time, per listener",
            SetNumber<&Config::max_connections, 1, 1'000'000>},
    Setting{"max_feeds", "feeds open at one time, per listener",
            SetNumber<&Config::max_feeds, 0, 100'000>},
    Setting{"max_feeds_per_address", "feeds that one address may have open, 0: any number",
            SetLimit<&Config::max_feeds_per_address>},
    Setting{"feed_heartbeat_ms", "milliseconds without an event after which a feed shows life",
            SetNumber<&Config::feed_heartbeat_ms, 1, 3'600'000>},
    Setting{"queue_submissions", "actions that may wait for the sequencer",
            SetNumber<&Config::queue_submissions, 1, 10'000'000>},
    Setting{"queue_mib", "MiB that may wait for the sequencer",
            SetNumber<&Config::queue_mib, 1, 65536>},
    Setting{"low_water_mib", "free MiB below which nothing more is taken",
            SetNumber<&Config::low_water_mib, 0, 1'048'576>},
};

const Setting* FindSetting(std::string_view name) {
  const auto found = std::find_if(kSettings.begin(), kSettings.end(),
                                  [name](const Setting& s) { return s.name == name; });
  return found == kSettings.end() ? nullptr : &*found;
}

Result<std::string> TextOf(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* flag = node.as_boolean()) return std::string(flag->get() ? "true" : "false");
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  return Malformed("must be a text, a whole number, or true or false");
}

Result<void> ReadEnvironment(const Texts& environment, Config& config) {
  for (const auto& [variable, value] : environment) {
    std::string_view name = variable;
    if (!TakePrefix(name, kPrefix)) continue;
    if (std::find(kOtherVariables.begin(), kOtherVariables.end(), variable) !=
        kOtherVariables.end()) {
      continue;
    }
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (FindSetting(lower) == nullptr || VariableOf(*FindSetting(lower)) != variable)
      return Malformed("environment variable " + variable + " is no setting of jejakd; unset it");
    if (Result<void> set = Set(config, lower, value); !set.ok())
      return Malformed("environment variable " + variable + ": " + set.error().detail);
  }
  return {};
}

// Where the file is depends on `data`, and `data` may come from a flag or the environment.
std::string DataOf(const Texts& flags, const Texts& environment) {
  if (const auto flag = flags.find("data"); flag != flags.end()) return flag->second;
  const auto variable = environment.find("JEJAK_DATA");
  return variable == environment.end() ? std::string() : variable->second;
}

Result<void> ReadConfigFile(const std::string& path, Config& config) {
  JEJAK_TRY(text, sequencer::ReadFile(path, kMaxFileBytes));
  if (Result<void> read = ReadConfigText(text, config); !read.ok())
    return Malformed(path + ": " + read.error().detail);
  return {};
}

}  // namespace

std::span<const Setting> Settings() { return kSettings; }

std::string FlagOf(const Setting& setting) {
  std::string flag = "--" + std::string(setting.name);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::string VariableOf(const Setting& setting) {
  std::string variable = std::string(kPrefix) + std::string(setting.name);
  std::transform(variable.begin(), variable.end(), variable.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return variable;
}

Result<void> Set(Config& config, std::string_view name, std::string_view value) {
  const Setting* setting = FindSetting(name);
  if (setting == nullptr)
    return Malformed("there is no setting " + std::string(name) + "; `jejakd --help` lists all");
  if (Result<void> set = setting->set(config, value); !set.ok())
    return Malformed(std::string(name) + " " + set.error().detail);
  return {};
}

Result<void> ReadConfigText(std::string_view text, Config& config) try {
  const toml::table table = toml::parse(text);
  for (const auto& [key, node] : table) {
    const std::string line = "line " + std::to_string(node.source().begin.line) + ": ";
    const Result<std::string> value = TextOf(node);
    if (FindSetting(key.str()) != nullptr && !value.ok())
      return Malformed(line + std::string(key.str()) + " " + value.error().detail);
    if (Result<void> set = Set(config, key.str(), value.ok() ? *value : ""); !set.ok())
      return Malformed(line + set.error().detail);
  }
  return {};
} catch (const toml::parse_error& fault) {
  return Malformed("line " + std::to_string(fault.source().begin.line) +
                   " is not TOML: " + std::string(fault.description()));
}

Result<Config> LoadConfig(const std::string& file, const Texts& flags, const Texts& environment) {
  Config config;
  if (!file.empty()) {
    JEJAK_CHECKED(ReadConfigFile(file, config));
  } else if (const std::string data = DataOf(flags, environment); !data.empty()) {
    Result<void> read = ReadConfigFile(sequencer::LogFiles(data).config, config);
    if (!read.ok() && read.error().code != Code::kNotFound) return read.error();
  }
  JEJAK_CHECKED(ReadEnvironment(environment, config));
  for (const auto& [name, value] : flags) JEJAK_CHECKED(Set(config, name, value));
  const sequencer::LogFiles files(config.data);
  if (file.empty() && !config.data.empty() && !std::filesystem::exists(files.db) &&
      !std::filesystem::exists(files.config)) {
    return NotFound("there is no log in " + config.data + "; make one with `jejak init`");
  }
  JEJAK_CHECKED(CheckConfig(config));
  return config;
}

Result<void> CheckConfig(const Config& config) {
  if (config.data.empty())
    return Malformed("data is not set; name the log's directory with --data DIR");
  if (!config.entries) {
    return Malformed(
        "entries is not set; write entries = \"public\" or \"oversight\" into config.toml");
  }
  if (*config.entries == Entries::kOversight && !config.listen_oversight) {
    return Malformed("entries are for oversight, but listen_oversight is none; set it");
  }
  return {};
}

Result<std::string> ReadPassphrase(const Config& config) {
  if (config.passphrase) return *config.passphrase;
  std::string path = config.passphrase_file;
  if (path.empty()) {
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    if (credentials == nullptr) {
      return Malformed(
          "passphrase_file is not set; name the file with the log key's passphrase, or give the "
          "systemd credential jejak-passphrase");
    }
    path = std::string(credentials) + "/jejak-passphrase";
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) != 0)
    return Refused("others may read " + path + "; chmod 600 mends it");
  JEJAK_TRY(text, sequencer::ReadFile(path, 4096));
  if (text.ends_with('\n')) text.pop_back();
  return std::move(text);
}

}  // namespace jejak::api
