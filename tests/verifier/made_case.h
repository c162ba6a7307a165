// SPDX-License-Identifier: Apache-2.0
//
// A case made by hand, with every kind of verdict, every text that a page can show and a deadline
// met, missed and open; judged by nobody, so that what a page says is known in advance.
//
//   working days Monday to Friday, 2024-05-09 is free
//   20 report.submit 2024-05-06 · 21 report.verify 2024-05-10 (due 3 days later: 05-10, met)
//   24 exam.summon 2024-05-20 (due 2 days after 21: 05-14, 4 days late) · 27 record.correct of 24
#pragma once

#include <string>
#include <vector>

#include "verifier/report_html.h"

namespace jejak::verifier::test {

class MadeCase final {
 public:
  // `text` is put into every text of definition, acts, verdicts and report.
  explicit MadeCase(std::string text = "plain");
  MadeCase(const MadeCase&) = delete;
  MadeCase& operator=(const MadeCase&) = delete;

  // Views into this.
  CasePage Page() const;

  procedure::Definition definition;
  std::vector<procedure::CalendarVersion> calendars;
  std::vector<procedure::Act> acts;
  procedure::Judgement judgement;
  Report report;

 private:
  std::string T(const std::string& before) const { return before + " " + text_; }
  procedure::Words W(const std::string& before) const;
  procedure::ActionType& Type(const std::string& type);
  procedure::Act& Add(std::uint64_t index, const std::string& type, const std::string& date);
  procedure::RuleVerdict& Verdict(const std::string& rule, procedure::Outcome outcome);
  procedure::CheckVerdict& Check(const std::string& id, procedure::Outcome outcome);
  void Define();
  void Record();
  void Judge();
  void Surround();

  std::string text_;
};

}  // namespace jejak::verifier::test
