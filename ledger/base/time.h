// SPDX-License-Identifier: Apache-2.0
// Instants and dates as the formats write them (formats.md, section 1: `at`, `time`).
//
//   2026-06-19T09:30:00+07:00      at: what a signer claims, with the offset of the signer's place
//   2026-06-19T02:31:07Z           time: the ledger's clock, always UTC
//   2026-06-19                     a date: of the years 1970 to 9998
//
// Only these forms, digit for digit: capital T, whole seconds 00-59 (no leap second), a date that
// exists in the proleptic Gregorian calendar, the year counted in local time. Hence an instant may
// lie up to 14 h before 1970 in UTC; that is a valid, negative value.
// No clock is read here; "now" is a parameter everywhere below the pure line. Threads: pure.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace jejak {

// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct UnixSeconds {
  std::int64_t value = 0;
  auto operator<=>(const UnixSeconds&) const = default;
};

struct CivilDate {
  int year = 1970;
  int month = 1;
  int day = 1;
  auto operator<=>(const CivilDate&) const = default;
};

// A parsed `at`: the instant, and the local date and time of day, which deadlines count by.
struct At {
  UnixSeconds instant;
  int offset_minutes = 0;
  CivilDate local_date;
  int local_second_of_day = 0;
};

// kMalformed for any other form; "Z" and "-00:00" are refused, offsets run from -12:00 to +14:00.
Result<At> ParseAt(std::string_view text);

// kMalformed for any other form than YYYY-MM-DDThh:mm:ssZ.
Result<UnixSeconds> ParseTime(std::string_view text);

// What the parsers accept, given an instant whose (local) year is 1970 to 9998 and an offset in
// range; for other values the text is not a `time` or `at`, and the parsers refuse it.
std::string FormatTime(UnixSeconds time);
std::string FormatAt(UnixSeconds instant, int offset_minutes);

// YYYY-MM-DD; a date that exists, of the years 1970 to 9998.
Result<CivilDate> ParseDate(std::string_view text);
std::string FormatDate(CivilDate date);

// Days since 1970-01-01, for any date of the proleptic Gregorian calendar, and back. O(1).
std::int64_t DaysFromCivil(CivilDate date);
CivilDate CivilFromDays(std::int64_t days);

// "+07:00" to 420; -12:00 to +14:00, not -00:00.
Result<int> ParseZone(std::string_view text);

}  // namespace jejak
