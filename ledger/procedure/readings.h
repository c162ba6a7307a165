// SPDX-License-Identifier: Apache-2.0
//
// Readings: counts days as a case is judged, under two readings of one calendar (language.md
// "Time"): the versions that were in the log before the act from which one counts, and all of them.
// What holds under either reading holds; what is due is due at the later of the two. So a holiday
// that is announced late may only extend a deadline.
//
// Counters are built when first asked for, once per number of versions: not for sharing between
// threads, and neither copied nor assigned.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/procedure/calendar.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/verdict.h"

namespace jejak::procedure {

class Readings final {
 public:
  // `versions` in entry order; both outlive this.
  Readings(std::span<const CalendarVersion> versions, const Definition& definition);

  // As DayCounter's. `named`: the log index of the act that the start comes from, if any.
  using Named = std::optional<std::uint64_t>;
  Truth NotLate(std::int64_t from, std::int64_t day, std::int64_t n, Unit unit, Named named) const;
  Truth AtLeast(std::int64_t from, std::int64_t day, std::int64_t n, Unit unit, Named named) const;
  Truth Exactly(std::int64_t from, std::int64_t day, std::int64_t n, Unit unit, Named named) const;
  // The later of the two.
  Deadline Due(std::int64_t from, std::int64_t n, Unit unit, Named named) const;
  // Days by which `day` is after `due`, in the unit; nullopt if that can't be counted.
  std::optional<std::int64_t> DaysLate(std::int64_t due, std::int64_t day, Unit unit) const;

  // The local day of an instant in the definition's zone, since 1970-01-01.
  std::int64_t LocalDay(UnixSeconds instant) const;
  // The end of a day as a Due; of an instant, for deadlines in hours.
  procedure::Due EndOfDay(std::int64_t day) const;
  procedure::Due AtInstant(UnixSeconds instant) const;
  // `last` is a second if the unit is hours, else a day.
  procedure::Due EndOf(std::int64_t last, Unit unit) const;

 private:
  const DayCounter& Before(Named named) const;

  const Definition& definition_;
  std::span<const CalendarVersion> versions_;
  DayCounter all_;
  // [k]: the first k + 1 versions count. A case asks for few of a long history.
  mutable std::vector<std::unique_ptr<DayCounter>> counters_;
};

}  // namespace jejak::procedure
