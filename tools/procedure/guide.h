// SPDX-License-Identifier: Apache-2.0
//
// The guide: a definition or a calendar as a document for people who don't read programs, in
// Markdown. docs/procedure/*.md are written by this and held against it by a test.
//
//   ### A07. No sanction without examination
//   Outcome unsafe if broken · press statement · per officer
//   Basis: statement of the city secretary, May 2024: …
//
//   **examined.** A sanction or coaching follows an examination.
//
//   As it is judged: Every *Sanction* or *Coaching* must be preceded by an *Examination*.
//
// Everything in it comes out of the definition: no rule, number or role is known here.
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "ledger/procedure/calendar.h"
#include "tools/procedure/document.h"
#include "tools/procedure/naming.h"

namespace jejak::guide {

// The whole guide of one definition in one language. `pictures`: a file name per track, in order,
// to show its states; none: no pictures.
std::string Guide(const Document& document, const Glossary& glossary, Voice voice,
                  const std::vector<std::string>& pictures);

// A calendar: what it covers, its holidays by year, and which of them nobody has checked.
std::string CalendarGuide(const procedure::Calendar& calendar, Voice voice);

// The parts of Guide, each a section with its heading.
std::string ParameterSection(const Document& document, const Naming& naming);
std::string StateSection(const Document& document, const Naming& naming,
                         const std::vector<std::string>& pictures);
std::string ActionSection(const Document& document, const Naming& naming);
std::string RuleSection(const Document& document, const Naming& naming);
std::string TableSection(const Document& document, const Naming& naming);
std::string ListSection(const Document& document, const Naming& naming);

// Text as the cell of a Markdown table, and a row of them.
std::string TableRow(const std::vector<std::string>& cells);
std::string TableHead(const std::vector<std::string>& cells);

}  // namespace jejak::guide
