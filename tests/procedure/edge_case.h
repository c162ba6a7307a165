// SPDX-License-Identifier: Apache-2.0
//
// EdgeCase: a case of a few acts under a definition of one rule, for what the stories don't reach.
//
//   EdgeCase edge(R"("each":{"type":"note"},"require":{"has":"$x.text"})");
//   edge.Add("note", R"({"text":"a"})");
//   EXPECT_EQ(edge.Outcome("R"), "pass");
//
// Acts are dated and entered on 2024-06-03 (a Monday), 09:00 in the definition's zone, unless
// `day` was moved; officer acts carry the keys given. The calendar ends with 2024. One thread.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/procedure/replay.h"

namespace jejak::procedure::edge {

// A definition with types t.note (no track, a field of every type), t.name, t.move, t.step and t.back
// (officer; back reopens), file (report), sign (two of role a), ask, reply, shut (closes).
// `duty`: the members of rule R's only duty but for id and says; `parameters`: more of them.
Definition DefinitionWith(const std::string& duty, const std::string& scope = "case",
                          const std::string& parameters = "");

class EdgeCase final {
 public:
  explicit EdgeCase(const std::string& duty, const std::string& scope = "case",
                    const std::string& parameters = "");

  // "" is no body; "?" a body that was not supplied.
  Act& Add(std::string_view type, std::string_view body = "", std::vector<std::string> about = {});
  // A void or correction of an act, by the act's first signer.
  Act& Void(const Act& target);
  Act& Correct(const Act& target, const std::string& pointer, const std::string& value);
  // From the next act on another definition judges.
  void Rebind(const std::string& duty, const std::string& scope = "case",
              const std::string& parameters = "");
  void AddCalendar(UnixSeconds entered, const std::string& holidays);

  Judgement Judge() const;
  // "fail", "pass kept corrected", "not_applicable" (also if it isn't listed).
  std::string Outcome(std::string_view rule, std::string_view instance = "") const;
  // Of the checks of an act that don't pass: "check.role fail, check.fields unknown".
  std::string Checks(const Act& act) const;

  std::int64_t day = 0;   // when the next act is dated and entered, after 2024-06-03
  std::int64_t now = -1;  // days after it, at 09:00; before the last act: then

 private:
  std::deque<Act> acts_;
  std::deque<Definition> definitions_;
  std::vector<std::size_t> rebound_at_;
  std::vector<CalendarVersion> calendars_;
};

// The verdict, or nullptr.
const RuleVerdict* Find(const Judgement& judgement, std::string_view rule,
                        std::string_view instance = "");
// A body, as the formats admit it: seals too.
json::Value Json(std::string_view text);
inline constexpr std::string_view kSeal =
    R"({"$sealed":"i+hx8TeFtMgaFwBFnHasKzriyuu3h2w3biI8at/5jEc="})";

}  // namespace jejak::procedure::edge
