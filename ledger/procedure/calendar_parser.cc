// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "ledger/base/json.h"
#include "ledger/base/lexical.h"
#include "ledger/procedure/calendar.h"
#include "ledger/procedure/member_cursor.h"
#include "ledger/procedure/pointer.h"

namespace jejak::procedure {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};

bool IsDate(std::string_view text) { return ParseDate(text).ok(); }

// Reads one calendar; every fault becomes a problem, and reading goes on with empty values.
class CalendarReader final {
 public:
  explicit CalendarReader(std::vector<Problem>& problems) : problems_(problems) {}

  Calendar Read(const json::Value& root) {
    Calendar calendar;
    if (!root.is_object()) {
      Error("", "the calendar must be an object");
      return calendar;
    }
    OnlyMembers(root, "",
                {"format", "id", "version", "title", "source", "zone", "from", "to", "working_week",
                 "holidays"});
    ReadHead(root, calendar);
    ReadSpan(root, calendar);
    ReadWeek(root, calendar);
    ReadHolidays(root, calendar);
    return calendar;
  }

 private:
  // Warnings stop at half, so that the first error always finds a place.
  void Report(bool error, std::string pointer, std::string message) {
    if (problems_.size() >= (error ? kMaxProblems : kMaxProblems / 2)) return;
    problems_.push_back({error, std::move(pointer), std::move(message)});
  }
  void Error(std::string pointer, std::string message) {
    Report(true, std::move(pointer), std::move(message));
  }

  void OnlyMembers(const json::Value& object, const std::string& pointer,
                   std::initializer_list<std::string_view> names) {
    for (const json::Member& member : object.members()) {
      if (std::find(names.begin(), names.end(), member.name) != names.end()) continue;
      Error(PointerBelow(pointer, member.name), "no member of this name is known; leave it out");
    }
  }

  // The text, if it obeys; `what` completes "it must be …".
  std::string Text(const json::Value& value, const std::string& pointer, Lexical is,
                   std::string_view what) {
    if (value.is_string() && is(value.as_string())) return value.as_string();
    Error(pointer, "it must be " + std::string(what));
    return {};
  }

  const json::Value* Member(const json::Value& object, const std::string& pointer,
                            std::string_view name, std::string_view what) {
    const json::Value* value = object.Find(name);
    if (value == nullptr) {
      Error(pointer + "/" + std::string(name),
            "the member is missing; it must be " + std::string(what));
    }
    return value;
  }

  std::string TextMember(const json::Value& object, const std::string& pointer,
                         std::string_view name, Lexical is, std::string_view what) {
    const json::Value* value = Member(object, pointer, name, what);
    return value == nullptr ? "" : Text(*value, pointer + "/" + std::string(name), is, what);
  }

  void ReadHead(const json::Value& root, Calendar& calendar) {
    TextMember(
        root, "", "format", [](std::string_view text) { return text == kCalendarFormat; },
        "jejak/calendar/v1, the one format that is understood");
    calendar.id = TextMember(root, "", "id", IsId, "an id of a-z, 0-9 and -");
    calendar.version = TextMember(root, "", "version", IsVersion, "a version like 1.2");
    ReadTitle(root, calendar.title);
    calendar.source = TextMember(root, "", "source", IsAnyText, "a text that names the source");
    const std::string zone = TextMember(root, "", "zone", IsZone, "an offset like +07:00");
    if (const auto minutes = ParseZone(zone); minutes.ok()) calendar.zone_minutes = *minutes;
  }

  void ReadTitle(const json::Value& root, Words& title) {
    constexpr std::string_view kWhat = "an object of the texts id and en";
    const json::Value* value = Member(root, "", "title", kWhat);
    if (value == nullptr) return;
    if (!value->is_object() || value->members().empty()) {
      return Error("/title", "it must be " + std::string(kWhat));
    }
    OnlyMembers(*value, "/title", {"id", "en"});
    title.id = Language(*value, "id");
    title.en = Language(*value, "en");
  }

  std::string Language(const json::Value& title, std::string_view name) {
    const std::string pointer = "/title/" + std::string(name);
    const json::Value* value = title.Find(name);
    if (value != nullptr) return Text(*value, pointer, IsAnyText, "a text");
    Report(false, pointer, "the title is in one language only; add the other");
    return {};
  }

  std::optional<CivilDate> DateMember(const json::Value& root, std::string_view name) {
    const auto date = ParseDate(TextMember(root, "", name, IsDate, kDateForm));
    return date.ok() ? std::optional(*date) : std::nullopt;
  }

  void ReadSpan(const json::Value& root, Calendar& calendar) {
    const auto from = DateMember(root, "from");
    const auto to = DateMember(root, "to");
    calendar.from = from.value_or(CivilDate{});
    calendar.to = to.value_or(CivilDate{.year = 9998, .month = 12, .day = 31});
    if (from && to && *to < *from) Error("/to", "it is before from; the last day can't be");
  }

  const std::vector<json::Value>* ListMember(const json::Value& root, std::string_view name,
                                             std::string_view what) {
    const json::Value* value = Member(root, "", name, what);
    if (value == nullptr) return nullptr;
    if (value->is_array()) return &value->items();
    Error("/" + std::string(name), "it must be " + std::string(what));
    return nullptr;
  }

  void ReadWeek(const json::Value& root, Calendar& calendar) {
    calendar.working_week.assign(kWeekdays.size(), false);
    const auto* days = ListMember(root, "working_week", "a list of mon to sun");
    if (days == nullptr) return;
    if (days->empty()) Error("/working_week", "it is empty; name at least one of mon to sun");
    for (std::size_t i = 0; i < days->size(); ++i) {
      const std::string pointer = "/working_week/" + std::to_string(i);
      const auto found = std::find(kWeekdays.begin(), kWeekdays.end(), (*days)[i].as_string());
      if (found == kWeekdays.end()) {
        Error(pointer, "it must be mon, tue, wed, thu, fri, sat or sun");
        continue;
      }
      auto day = calendar.working_week.begin() + (found - kWeekdays.begin());
      if (*day) Error(pointer, "the day is named once already; name it once");
      *day = true;
    }
  }

  void ReadHolidays(const json::Value& root, Calendar& calendar) {
    const auto* items = ListMember(root, "holidays", "a list of dates, or empty");
    if (items == nullptr) return;
    std::vector<std::pair<std::int64_t, std::size_t>> order;  // day, place in the text
    std::vector<bool> unverified;
    for (std::size_t i = 0; i < items->size(); ++i) {
      bool is_unverified = false;
      const auto day = ReadHoliday((*items)[i], "/holidays/" + std::to_string(i), is_unverified);
      unverified.push_back(is_unverified);
      if (day) order.emplace_back(*day, i);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [day, place] : order) {
      const std::string pointer = "/holidays/" + std::to_string(place);
      if (!calendar.holidays.empty() && calendar.holidays.back().day == day) {
        Error(pointer, "the date is named once already; name it once");
      } else {
        calendar.holidays.push_back({day, unverified[place]});
      }
      const CivilDate date = CivilFromDays(day);
      if (date < calendar.from || calendar.to < date) {
        Report(false, pointer, "the date is not within from and to, so it frees no day");
      }
    }
  }

  std::optional<std::int64_t> ReadHoliday(const json::Value& value, const std::string& pointer,
                                          bool& unverified) {
    std::string text;
    if (value.is_object()) {
      OnlyMembers(value, pointer, {"date", "source"});
      text = TextMember(value, pointer, "date", IsDate, kDateForm);
      TextMember(
          value, pointer, "source", [](std::string_view source) { return source == "unverified"; },
          "unverified; a date whose source was read stands alone");
      unverified = true;
    } else {
      text = Text(value, pointer, IsDate, "a date YYYY-MM-DD, or an object of date and source");
    }
    const auto date = ParseDate(text);
    return date.ok() ? std::optional(DaysFromCivil(*date)) : std::nullopt;
  }

  static constexpr std::string_view kDateForm = "a date YYYY-MM-DD of the years 1970 to 9998";
  std::vector<Problem>& problems_;
};

}  // namespace

std::string ParsedCalendar::Explain() const { return FirstError(problems); }

ParsedCalendar ParseCalendar(std::string_view text) {
  ParsedCalendar parsed;
  json::Fault fault;
  const auto root = json::Parse(text, json::Rules::kContainer, &fault);
  if (!root.ok()) {
    parsed.problems.push_back({true, fault.pointer, root.error().detail});
    return parsed;
  }
  Calendar calendar = CalendarReader(parsed.problems).Read(*root);
  if (parsed.Explain().empty()) parsed.calendar = std::move(calendar);
  return parsed;
}

}  // namespace jejak::procedure
