// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/trust_flags.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/base/time.h"
#include "ledger/crypto/hash.h"
#include "ledger/tlog/policy.h"
#include "verifier/cli/files.h"

namespace jejak::verifier {
namespace {

constexpr std::size_t kMaxCheckpointBytes = 1 << 20;

UnixSeconds SystemNow() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

Result<UnixSeconds> ParseNow(const std::string& text) {
  if (text.empty()) return SystemNow();
  Result<UnixSeconds> time = ParseTime(text);
  if (time.ok()) return time;
  const Result<At> at = ParseAt(text);
  if (at.ok()) return at->instant;
  return Refused("--now: give a time such as 2026-06-19T02:31:07Z or 2026-06-19T09:31:07+07:00");
}

// Of standard input there is one.
Result<void> CheckStandardInput(const Options& options) {
  auto uses = std::count(options.files.begin(), options.files.end(), "-");
  uses += options.policy == "-" ? 1 : 0;
  uses += options.pinned == "-" ? 1 : 0;
  if (uses > 1) return Refused("- (standard input) is given more than once: give files instead");
  return {};
}

Result<void> LoadPolicy(const Options& options, LoadedTrust& loaded) {
  if (options.policy.empty()) {
    return Refused(
        "no policy: give --policy FILE, the C2SP policy that names the log's key, the witnesses "
        "and the quorum that you trust; get it from someone other than the ledger");
  }
  Result<std::string> text = ReadInput(options.policy, tlog::kMaxPolicyBytes);
  if (!text.ok()) return Refused("--policy: " + text.error().detail);
  Result<tlog::Policy> policy = tlog::ParsePolicy(*text);
  if (!policy.ok()) {
    return Refused("--policy " + options.policy + ": " + policy.error().detail);
  }
  loaded.policy = {
      {options.policy, crypto::Sha256(AsBytes(*text))}, policy->log.name, policy->quorum};
  loaded.trust.policy = std::move(*policy);
  return {};
}

Result<void> LoadPinned(const Options& options, LoadedTrust& loaded) {
  if (options.pinned.empty()) return {};
  Result<std::string> text = ReadInput(options.pinned, kMaxCheckpointBytes);
  if (!text.ok()) return Error{text.error().code, "--pinned: " + text.error().detail};
  loaded.pinned.push_back({options.pinned, crypto::Sha256(AsBytes(*text))});
  loaded.trust.pinned_checkpoint = std::move(*text);
  return {};
}

}  // namespace

Result<std::int64_t> ParseDuration(const std::string& text) {
  constexpr std::int64_t kYear_s = 366 * std::int64_t{86400};
  const Error fault = Refused("--max-age: give a duration such as 30m, 24h or 7d");
  if (text.size() < 2) return fault;
  std::int64_t unit_s = 0;
  switch (text.back()) {
    case 's':
      unit_s = 1;
      break;
    case 'm':
      unit_s = 60;
      break;
    case 'h':
      unit_s = 3600;
      break;
    case 'd':
      unit_s = 86400;
      break;
    case 'w':
      unit_s = 7 * std::int64_t{86400};
      break;
    default:
      return fault;
  }
  const Result<std::uint64_t> count =
      ParseDecimal(std::string_view(text).substr(0, text.size() - 1));
  if (!count.ok() || *count > static_cast<std::uint64_t>(1000 * kYear_s / unit_s)) return fault;
  return static_cast<std::int64_t>(*count) * unit_s;
}

Result<LoadedTrust> LoadTrust(const Options& options) {
  LoadedTrust loaded;
  JEJAK_CHECKED(CheckStandardInput(options));
  JEJAK_CHECKED(LoadPolicy(options, loaded));
  if (!options.genesis.empty()) {
    const Result<Digest> genesis = ParseHash(options.genesis);
    if (!genesis.ok()) {
      return Refused("--genesis: give the hash of entry 0, 32 bytes in base64 (44 characters)");
    }
    loaded.trust.genesis = *genesis;
  }
  const Result<std::optional<Digest>> agreed = evidence::AgreedGenesis(loaded.trust);
  if (!agreed.ok()) return Refused("--genesis: " + agreed.error().detail);
  loaded.genesis = *agreed;
  JEJAK_TRY(now, ParseNow(options.now));
  loaded.trust.now = now;
  if (!options.max_age.empty()) {
    JEJAK_TRY(max_age, ParseDuration(options.max_age));
    loaded.trust.max_age_s = max_age;
  }
  if (!options.procedure.empty()) {
    if (!IsId(options.procedure)) {
      return Refused("--procedure: give the id of a procedure, such as malang-article-2024");
    }
    loaded.trust.procedure = options.procedure;
  }
  loaded.trust.ignore_conformance = options.ignore_conformance;
  loaded.trust.require_contents = options.require_contents;
  loaded.trust.skip_signatures = options.skip_signatures;
  JEJAK_CHECKED(LoadPinned(options, loaded));
  return loaded;
}

}  // namespace jejak::verifier
