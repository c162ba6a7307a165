// SPDX-License-Identifier: Apache-2.0
//
// v1/stats?at_size=&contents=: counts and days over all cases (procedure/statistics.h), judged as of
// the last entry below `at_size`, so that whoever has a mirror gets the same bytes:
//
//   {"statistics":{"format":"jejak/statistics/v1","at_size":40960,…}}
//
// The public listener answers for the ends of months only: sizes such that the entry before is the
// last of its month in the log's zone. Between two ends somebody could subtract one answer from
// another and see a single case. The oversight listener answers for every size, and with
// `contents=held` also by the bodies that it holds, which no mirror can repeat.
//
// Every case is replayed: some thousand a second. Answers are kept (32), one is made at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/call.h"
#include "api/case_record.h"
#include "ledger/sequencer/recent.h"

namespace jejak::api {

// A size at which a month ended, and that month.
struct MonthEnd {
  std::uint64_t size = 0;
  std::string month;  // "2024-05"
};

class StatsDesk final {
 public:
  // The newest first, at most `most`. O(most * log size) reads.
  static Result<std::vector<MonthEnd>> MonthEnds(Call& call, std::size_t most);
  // What `Read` would answer for: the size asked for, or the newest. kMalformed: as Read.
  static Result<std::uint64_t> SizeOf(Call& call);
  // The same text as Read, judged by skeletons.
  Result<std::shared_ptr<const std::string>> Text(Call& call, std::uint64_t at_size) {
    return Get(call, at_size, Contents::kNone);
  }

  // kMalformed: a parameter; on the public listener also a size that is no month's end, with the
  // nearest one that is.
  Result<Response> Read(Call& call);

 private:
  Result<std::shared_ptr<const std::string>> Get(Call& call, std::uint64_t at_size,
                                                 Contents contents);

  std::mutex computing_;  // a second one would only take the first one's time
  sequencer::Recent<std::string, std::string, std::hash<std::string>> kept_{32};
};

}  // namespace jejak::api
