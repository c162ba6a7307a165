// SPDX-License-Identifier: Apache-2.0
//
// By how many working days a list says that a deadline is passed: as the verdict on it counts, from
// the deadline's day to today, in the zone of the definition that judges the case and by the
// calendar that it names (procedure/readings.h). So a list, a case's page and `jejak-verify` tell
// one number.
//
//   due 2024-05-15 (Wednesday), today 2024-05-20 (Monday)   ->  3
//   due 2024-05-17 (Friday),    today 2024-05-19 (Sunday)   ->  0: late, though by no working day
//
// A counter is made for a version of a procedure when its first case asks, O(holidays); a count is
// O(log holidays). One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "api/call.h"
#include "ledger/procedure/case_summary.h"

namespace jejak::api {

class LateDays final {
 public:
  // By the documents that the log had at `size`, at most the call's. Errors of PublishedDesk::At.
  static Result<std::shared_ptr<LateDays>> At(Call& call, std::uint64_t size, UnixSeconds now);

  // 0 of a deadline that isn't passed. nullopt: nothing judged the case, or its calendar doesn't
  // reach today.
  std::optional<std::int64_t> Count(const procedure::CaseSummary& summary,
                                    const procedure::Due& due);

 private:
  struct Counter;

  LateDays(const Call& call, std::shared_ptr<Published> published, UnixSeconds now)
      : call_(call), published_(std::move(published)), now_(now) {}
  const Counter* Of(const std::string& procedure, const std::string& version);

  const Call& call_;
  const std::shared_ptr<Published> published_;
  const UnixSeconds now_;
  // By procedure and version; null: it can't be read.
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const Counter>> counters_;
};

}  // namespace jejak::api
