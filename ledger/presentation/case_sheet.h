// SPDX-License-Identifier: Apache-2.0
//
// One language of a page about a case (case_view.h), as its sections write it.
//
//   <section id="en" lang="en"> … <tr id="en-31"> … <a href="#en-31">31</a> … </section>
//
// Each section is a function that appends to the sheet; a page chooses them and their order.
// One thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "ledger/presentation/case_days.h"
#include "ledger/presentation/case_view.h"
#include "ledger/presentation/html_writer.h"
#include "ledger/presentation/words.h"

namespace jejak::presentation {

// How a verdict looks at a glance.
enum class Sign : std::uint8_t { kGood, kBad, kOpen };

// What a verdict's box says first.
struct Headline {
  Sign sign = Sign::kOpen;
  Wording words;
};

struct Sheet {
  const CaseView& view;
  const CaseDays& days;
  Language language;
  HtmlWriter out;

  std::string_view In(Wording wording) const { return wording.in(language); }
  Sheet& Raw(Literal markup);
  Sheet& Text(std::string_view text);
  Sheet& Number(std::uint64_t number);
  Sheet& Say(Wording wording);
  Sheet& Say(Wording pattern, std::initializer_list<std::string> values);
  // <h2>…</h2>
  Sheet& Heading(Wording wording);
  // <dt>…</dt>; what follows is for Raw("<dd>").
  Sheet& Term(Wording wording);
  // A cell; on narrow screens its name stands before it.
  Sheet& Cell(Wording name, std::string_view value);
  // The box of a verdict on `what`, up to its headline; figures or reasons follow, then
  // Raw("</div>\n").
  Sheet& BeginVerdict(Wording what, const Headline& headline);
  // A badge: a sign and a word, or other words under the same sign.
  Sheet& Badge(procedure::Outcome outcome);
  Sheet& Badge(procedure::Outcome outcome, Wording words);
  // "12, 14, 31" as links to rows of the timeline's table; those of other streams without link.
  Sheet& Entries(std::span<const std::uint64_t> entries);
  Sheet& EntryLink(std::uint64_t entry);
  Sheet& EntryAnchor(std::uint64_t entry);  // the value of an id attribute
  // The name of an instance; in words if the record has it and it can't be read ("?").
  Sheet& Instance(std::string_view name);
};

void WriteConformanceBox(Sheet& sheet);  // the verdict on the procedure, with its counts
void WriteBroken(Sheet& sheet);          // one line per broken rule; nothing if none is
void WriteStandings(Sheet& sheet);       // the state of every instance
void WriteTimeline(Sheet& sheet);        // drawing and table
void WriteDrawing(Sheet& sheet);         // the drawing alone, for a page with its own list
void WriteRules(Sheet& sheet);           // rule x instance
void WriteChecks(Sheet& sheet);          // structural checks
// What can't be told, what is sealed, and `more` items of the list.
void WriteUnknown(Sheet& sheet, const HtmlWriter& more = {});

// "A02 Sidak is held within 2 working days"; without the id where the view leaves it out.
std::string RuleTitle(const Sheet& sheet, const procedure::Rule& rule);
// What a list says of an action's time; "" where nothing can be counted.
std::string SincePrevious(const Sheet& sheet, const ActDays& days);  // "+3 working days"
// "due 2024-05-29: in time" "due 2024-05-29: 8 working days late"
std::string DeadlineText(const Sheet& sheet, const ActDeadline& deadline);
// Whether two actions share everything that one row says of both.
bool ToldAsOne(const ActDays& a, const ActDays& b);

}  // namespace jejak::presentation
