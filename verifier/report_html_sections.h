// SPDX-License-Identifier: Apache-2.0
//
// What a report adds to the sections of a case (presentation/case_sheet.h): the verdict on integrity
// and what it rests on, and the page that carries both languages.
//
//   <!doctype html> … Indonesian | English … <section id="id" lang="id"> … </section> …
//
// One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "ledger/presentation/case_sheet.h"
#include "verifier/report_html.h"

namespace jejak::verifier {

using presentation::CaseDays;
using presentation::HtmlWriter;
using presentation::Literal;
using presentation::Sheet;

// The best that can be said about the evidence.
enum class Integrity : std::uint8_t { kHolds, kFails, kUncertain };
Integrity IntegrityOf(const evidence::Verdict& verdict);

// A whole page of a report: style, language switch, and what `write` says in each language.
std::string RenderPage(std::string_view title, Language first, const presentation::CaseView& view,
                       const CaseDays& days, const std::function<void(Sheet&)>& write);

void WriteIntegrityBox(Sheet& sheet, const CasePage& page);
void WriteHead(Sheet& sheet, const CasePage& page);     // verdicts, what is broken, where it stands
void WriteChecked(Sheet& sheet, const CasePage& page);  // log, procedure, policy, tool
void WriteUnproven(Sheet& sheet, const CasePage& page);  // unknown, sealed, not verified
void WriteEvidence(Sheet& sheet, const CasePage& page);  // checks of integrity, digests, repeating

}  // namespace jejak::verifier
