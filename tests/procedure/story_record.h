// SPDX-License-Identifier: Apache-2.0
//
// A story (docs/stories/README.md) as the record that rules judge, without a log or a signature.
//
//   StoryRecord record(ReadJson("docs/stories/C06.json"));
//   record.Apply(mutation["edits"]);                      // tests/vectors/procedure/mutations.json
//   const Record seen = record.AsOf(now, "no_sealed");
//   Replay(seen.acts, seen.bindings, now)
//
// Entries get indexes in the order in which the log would have them: definitions and calendars
// published before the case, then its actions, with a calendar entered in between at its place. The
// indexes have gaps, so that an index taken for a number of an action is found out.
// Throws nlohmann's exceptions or std::runtime_error for what is no story. One thread.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ledger/procedure/act.h"
#include "tests/procedure/source_text.h"

namespace jejak::procedure::story {

using Json = nlohmann::ordered_json;

// All of docs/stories.
inline constexpr const char* kStories[] = {"C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08",
                                           "C09", "C10", "C11", "C12", "C13", "C14", "M01", "M02",
                                           "M03", "M04", "M05", "M06", "M07", "M08"};

// `path` is within the repository.
Json ReadJson(const std::string& path);

// What somebody holds of a case at some time. Bindings point into it: it moves, and isn't copied.
struct Record {
  std::vector<Act> acts;
  std::vector<Binding> bindings;
  std::map<std::uint64_t, int> numbers;  // index of an entry -> the action's number, from 1
  std::unique_ptr<std::vector<CalendarVersion>> calendars;
};

// What a holder has of the contents (`contents` of an expected entry).
struct Holdings {
  bool bodies = true, openings = true, documents = true;

  // all, no_sealed, none, no_definition, no_calendar
  static Holdings Named(const std::string& contents);
};

class StoryRecord final {
 public:
  explicit StoryRecord(Json story);

  // Edits of a mutation, in order. Their numbers are those of the story before any edit.
  void Apply(const Json& edits);

  // The entries up to `now`, calendars too.
  Record AsOf(UnixSeconds now, const Holdings& holdings) const;

 private:
  struct Step {
    int original;  // its number in the story; below 0 for those inserted
    Json action;
  };

  std::vector<Step>::iterator Find(int original);
  void ApplyOne(const Json& edit);
  void Move(int original, int before);
  void Insert(int before, int original, Json action);
  // The number now of the action that had the number `original`.
  int NumberNow(int original) const;
  std::vector<UnixSeconds> EntryTimes() const;
  void AddSigners(const Step& step, std::vector<std::string>& introduced, Act& act) const;
  void AddBody(const Json& action, const Holdings& holdings, Act& act) const;
  void AddBindings(Record& record) const;
  void AddCalendars(UnixSeconds now, const std::vector<UnixSeconds>& entered, Record& record) const;

  Json story_;
  std::vector<Step> steps_;
  int actions_ = 0;   // before any edit
  int inserted_ = 0;  // so far
};

}  // namespace jejak::procedure::story
