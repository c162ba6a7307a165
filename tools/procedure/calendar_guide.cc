// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "tools/procedure/guide.h"

namespace jejak::guide {
namespace {

using procedure::Calendar;

std::string WeekDay(const Voice& voice, std::size_t day) {
  constexpr std::array<std::array<const char*, 2>, 7> kDays{{{"Senin", "Monday"},
                                                             {"Selasa", "Tuesday"},
                                                             {"Rabu", "Wednesday"},
                                                             {"Kamis", "Thursday"},
                                                             {"Jumat", "Friday"},
                                                             {"Sabtu", "Saturday"},
                                                             {"Minggu", "Sunday"}}};
  return kDays[day % kDays.size()][voice.indonesian() ? 0 : 1];
}

// 1970-01-01 was a Thursday.
std::size_t WeekDayOf(std::int64_t day) {
  constexpr std::int64_t kThursday = 3;
  return static_cast<std::size_t>(((day + kThursday) % 7 + 7) % 7);
}

}  // namespace

std::string CalendarGuide(const Calendar& calendar, Voice voice) {
  std::vector<std::string> week;
  for (std::size_t day = 0; day < calendar.working_week.size(); ++day) {
    if (calendar.working_week[day]) week.push_back(WeekDay(voice, day));
  }
  std::string text = "# " + voice.Of(calendar.title) + "\n\n" +
                     voice.Say("Kalender `", "Calendar `") + calendar.id +
                     voice.Say("`, versi ", "`, version ") + calendar.version + ". " +
                     voice.Say("Sumber: ", "Source: ") + calendar.source + "\n\n" +
                     voice.Say("Berlaku dari ", "It covers ") + voice.Date(calendar.from) +
                     voice.Say(" sampai ", " to ") + voice.Date(calendar.to) +
                     voice.Say(". Hari kerja: ", ". Working days: ") + voice.And(week) + ".\n\n";
  if (calendar.holidays.empty())
    return text + voice.Say("Tanpa hari libur.\n\n", "It has no holidays.\n\n");
  text += TableHead({voice.Say("hari libur", "holiday"), voice.Say("hari", "day"),
                     voice.Say("sumber", "source")});
  for (const Calendar::Holiday& holiday : calendar.holidays) {
    text +=
        TableRow({voice.Date(CivilFromDays(holiday.day)), WeekDay(voice, WeekDayOf(holiday.day)),
                  holiday.unverified ? voice.Source("unverified") : ""});
  }
  return text + "\n";
}

}  // namespace jejak::guide
