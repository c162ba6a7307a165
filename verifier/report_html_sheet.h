// SPDX-License-Identifier: Apache-2.0
//
// One language of a page about a case (report_html.h), as its sections write it.
//
//   <section id="en" lang="en"> … <tr id="en-31"> … <a href="#en-31">31</a> … </section>
//
// Each section is a function that appends to the sheet; the order is report_html.cc's.
// One thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "verifier/html_writer.h"
#include "verifier/report_html.h"
#include "verifier/report_html_acts.h"
#include "verifier/words.h"

namespace jejak::verifier {

// `pattern` with {0}, {1} … replaced.
std::string Filled(std::string_view pattern, std::initializer_list<std::string> values);

// The best that can be said about the evidence and about the case.
enum class Integrity : std::uint8_t { kHolds, kFails, kUncertain };
Integrity IntegrityOf(const evidence::Verdict& verdict);

struct Sheet {
  const CasePage& page;
  const CaseDays& days;
  Language language;
  HtmlWriter out;

  std::string_view In(Wording wording) const { return wording.in(language); }
  Sheet& Raw(Literal markup);
  Sheet& Text(std::string_view text);
  Sheet& Say(Wording wording);
  Sheet& Say(Wording pattern, std::initializer_list<std::string> values);
  // <h2>…</h2>
  Sheet& Heading(Wording wording);
  // <dt>…</dt>; what follows is for Raw("<dd>").
  Sheet& Term(Wording wording);
  // A badge: a sign and a word.
  Sheet& Badge(procedure::Outcome outcome);
  // "12, 14, 31" as links to rows of the timeline's table; those of other streams without link.
  Sheet& Entries(std::span<const std::uint64_t> entries);
  Sheet& EntryLink(std::uint64_t entry);
  Sheet& EntryAnchor(std::uint64_t entry);  // the value of an id attribute
};

// Whether the judgement may be shown: of evidence that isn't intact it means nothing.
bool Judged(const CasePage& page);

// What every page of a report begins and ends with: style, language switch.
void BeginPage(std::string_view title, Language first, HtmlWriter& out);
void EndPage(HtmlWriter& out);

void WriteIntegrityBox(Sheet& sheet);
void WriteHead(Sheet& sheet);      // verdicts, what is broken, where things stand
void WriteChecked(Sheet& sheet);   // log, procedure, policy, tool
void WriteTimeline(Sheet& sheet);  // drawing and table
void WriteRules(Sheet& sheet);     // rule x instance
void WriteChecks(Sheet& sheet);    // structural checks
void WriteUnknown(Sheet& sheet);   // what can't be told, what is sealed
void WriteEvidence(Sheet& sheet);  // integrity checks, digests, how to repeat it

}  // namespace jejak::verifier
