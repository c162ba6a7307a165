// SPDX-License-Identifier: Apache-2.0
#include "ledger/base/time.h"

#include <array>
#include <optional>

namespace jejak {
namespace {

constexpr std::int64_t kDaySeconds = 86400;
constexpr int kFirstYear = 1970, kLastYear = 9998;
constexpr int kLeastOffset = -12 * 60, kMostOffset = 14 * 60;
constexpr std::size_t kDateSize = 10, kLocalSize = 19;

// `width` digits at `at`; nullopt at anything else. The caller has checked the size.
std::optional<int> Digits(std::string_view text, std::size_t at, std::size_t width) {
  int value = 0;
  for (const char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

int DaysInMonth(int year, int month) {
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::int64_t FloorDivide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

void AppendPadded(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

// "YYYY-MM-DDThh:mm:ss" at any offset: the date, and the second of its day.
struct Local {
  CivilDate date;
  int second_of_day = 0;
};

Result<Local> ParseLocal(std::string_view text) {
  Local local;
  JEJAK_TRY(date, ParseDate(text.substr(0, kDateSize)));
  local.date = date;
  const auto hour = Digits(text, 11, 2), minute = Digits(text, 14, 2), second = Digits(text, 17, 2);
  if (text[10] != 'T' || text[13] != ':' || text[16] != ':' || !hour || !minute || !second ||
      *hour > 23 || *minute > 59 || *second > 59) {
    return Malformed("the time of day is written Thh:mm:ss, 00:00:00 to 23:59:59");
  }
  local.second_of_day = *hour * 3600 + *minute * 60 + *second;
  return local;
}

std::string FormatLocal(std::int64_t local_seconds) {
  const std::int64_t days = FloorDivide(local_seconds, kDaySeconds);
  const std::int64_t second = local_seconds - days * kDaySeconds;
  std::string text = FormatDate(CivilFromDays(days));
  text += 'T';
  AppendPadded(text, second / 3600, 2);
  text += ':';
  AppendPadded(text, second / 60 % 60, 2);
  text += ':';
  AppendPadded(text, second % 60, 2);
  return text;
}

}  // namespace

// Both conversions count in eras of 400 years that begin on 1 March, so that the leap day is the
// last day of a year and months have a closed form.
std::int64_t DaysFromCivil(CivilDate date) {
  const std::int64_t year = std::int64_t{date.year} - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = FloorDivide(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month_from_march = (date.month + 9) % 12;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilDate CivilFromDays(std::int64_t days) {
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = FloorDivide(shifted, 146097);
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0)), static_cast<int>(month),
          static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

Result<CivilDate> ParseDate(std::string_view text) {
  if (text.size() != kDateSize || text[4] != '-' || text[7] != '-') {
    return Malformed("a date is written YYYY-MM-DD");
  }
  const auto year = Digits(text, 0, 4), month = Digits(text, 5, 2), day = Digits(text, 8, 2);
  if (!year || !month || !day) return Malformed("a date is written YYYY-MM-DD");
  if (*year < kFirstYear || *year > kLastYear) {
    return Malformed("a date lies in the years 1970 to 9998");
  }
  if (*month < 1 || *month > 12 || *day < 1 || *day > DaysInMonth(*year, *month)) {
    return Malformed("the date does not exist");
  }
  return CivilDate{*year, *month, *day};
}

std::string FormatDate(CivilDate date) {
  std::string text;
  AppendPadded(text, date.year, 4);
  text += '-';
  AppendPadded(text, date.month, 2);
  text += '-';
  AppendPadded(text, date.day, 2);
  return text;
}

Result<int> ParseZone(std::string_view text) {
  constexpr const char* kForm = "an offset is written +hh:mm or -hh:mm, from -12:00 to +14:00";
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
    return Malformed(kForm);
  }
  const auto hours = Digits(text, 1, 2), minutes = Digits(text, 4, 2);
  if (!hours || !minutes || *minutes > 59) return Malformed(kForm);
  const int size = *hours * 60 + *minutes;
  if (text[0] == '-' && size == 0) return Malformed("the offset of UTC is written +00:00");
  const int offset = text[0] == '-' ? -size : size;
  if (offset < kLeastOffset || offset > kMostOffset) return Malformed(kForm);
  return offset;
}

Result<At> ParseAt(std::string_view text) {
  if (text.size() != kLocalSize + 6) {
    return Malformed("a point in time is written YYYY-MM-DDThh:mm:ss+hh:mm");
  }
  JEJAK_TRY(local, ParseLocal(text.substr(0, kLocalSize)));
  JEJAK_TRY(offset, ParseZone(text.substr(kLocalSize)));
  At at;
  at.offset_minutes = offset;
  at.local_date = local.date;
  at.local_second_of_day = local.second_of_day;
  at.instant.value =
      DaysFromCivil(local.date) * kDaySeconds + local.second_of_day - std::int64_t{offset} * 60;
  return at;
}

Result<UnixSeconds> ParseTime(std::string_view text) {
  if (text.size() != kLocalSize + 1 || text[kLocalSize] != 'Z') {
    return Malformed("a time is written YYYY-MM-DDThh:mm:ssZ");
  }
  JEJAK_TRY(local, ParseLocal(text.substr(0, kLocalSize)));
  return UnixSeconds{DaysFromCivil(local.date) * kDaySeconds + local.second_of_day};
}

std::string FormatTime(UnixSeconds time) { return FormatLocal(time.value) + 'Z'; }

std::string FormatAt(UnixSeconds instant, int offset_minutes) {
  std::string text = FormatLocal(instant.value + std::int64_t{offset_minutes} * 60);
  const int size = offset_minutes < 0 ? -offset_minutes : offset_minutes;
  text += offset_minutes < 0 ? '-' : '+';
  AppendPadded(text, size / 60, 2);
  text += ':';
  AppendPadded(text, size % 60, 2);
  return text;
}

}  // namespace jejak
