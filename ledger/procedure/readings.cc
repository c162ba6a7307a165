// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/readings.h"

#include <algorithm>

namespace jejak::procedure {
namespace {

constexpr std::int64_t kDaySeconds = 86400;

Truth Either(Truth a, Truth b) { return std::max(a, b); }

}  // namespace

Readings::Readings(std::span<const CalendarVersion> versions, const Definition& definition)
    : definition_(definition),
      versions_(versions),
      all_(versions, definition, std::nullopt),
      counters_(versions.size()) {}

// The versions entered before the named act; if there is none yet, all of them.
const DayCounter& Readings::Before(Named named) const {
  if (!named) return all_;
  const auto earlier = EnteredBefore(versions_, *named);
  if (earlier.empty() || earlier.size() == versions_.size()) return all_;
  std::unique_ptr<DayCounter>& counter = counters_[earlier.size() - 1];
  if (!counter) counter = std::make_unique<DayCounter>(earlier, definition_, std::nullopt);
  return *counter;
}

Truth Readings::NotLate(std::int64_t from, std::int64_t day, std::int64_t n, Unit unit,
                        Named named) const {
  return Either(Before(named).NotLate(from, day, n, unit), all_.NotLate(from, day, n, unit));
}

Truth Readings::AtLeast(std::int64_t from, std::int64_t day, std::int64_t n, Unit unit,
                        Named named) const {
  return Either(Before(named).AtLeast(from, day, n, unit), all_.AtLeast(from, day, n, unit));
}

Truth Readings::Exactly(std::int64_t from, std::int64_t day, std::int64_t n, Unit unit,
                        Named named) const {
  return Either(Before(named).Exactly(from, day, n, unit), all_.Exactly(from, day, n, unit));
}

Deadline Readings::Due(std::int64_t from, std::int64_t n, Unit unit, Named named) const {
  const Deadline a = Before(named).Due(from, n, unit);
  const Deadline b = all_.Due(from, n, unit);
  if (a.kind != b.kind) return a.kind > b.kind ? a : b;  // the less certain one
  return a.day >= b.day ? a : b;
}

std::optional<std::int64_t> Readings::DaysLate(std::int64_t due, std::int64_t day,
                                               Unit unit) const {
  return all_.Count(due, day, unit);
}

std::int64_t Readings::LocalDay(UnixSeconds instant) const {
  return DaysFromCivil(definition_.LocalDate(instant));
}

procedure::Due Readings::EndOfDay(std::int64_t day) const {
  // The offset at the day's end is that of its noon, unless the zone changes in between.
  const UnixSeconds noon{day * kDaySeconds + kDaySeconds / 2};
  const std::int64_t offset = std::int64_t{60} * definition_.OffsetAt(noon);
  return {{(day + 1) * kDaySeconds - offset - 1}, FormatDate(CivilFromDays(day))};
}

procedure::Due Readings::AtInstant(UnixSeconds instant) const {
  return {instant, FormatAt(instant, definition_.OffsetAt(instant))};
}

procedure::Due Readings::EndOf(std::int64_t last, Unit unit) const {
  return unit == Unit::kHours ? AtInstant({last}) : EndOfDay(last);
}

}  // namespace jejak::procedure
