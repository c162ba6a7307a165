// SPDX-License-Identifier: Apache-2.0
//
// A report for a meeting or a hearing: one case as one page of HTML that needs nothing else. It has
// no script and asks nobody for anything, so it reads the same in ten years, on paper and offline.
//
//   <!doctype html> … Indonesian | English (a switch in CSS; without CSS one after the other)
//     verdict        integrity and conformance, two boxes, never one
//     what, by what  log, size, time; procedure and version; policy; tool
//     timeline       SVG of days and deadlines, and the same as a table
//     rules          each rule and instance: verdict, reason, legal basis, entries
//     checks         of each action; of integrity
//     unknown        what can't be told, what stayed sealed
//     evidence       digests, and the command that repeats it
//
// The same input gives the same bytes. Nothing that a file says becomes markup
// (presentation/html_writer.h). Sentences are about the process. Where much is alike it is said
// once: "14 officers, 13 kept". Long cases are cut (presentation/case_view.h).
//
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/presentation/case_view.h"
#include "verifier/report.h"
#include "verifier/report_text.h"

namespace jejak::verifier {

// A definition or calendar that the evidence holds, and the hash of its text.
struct DocumentUsed {
  std::string format;       // "jejak/procedure/v1"; "" = can't be read
  std::string id, version;  // as it says itself
  Digest sha256;
};

// What is in the texts of documents, in their order. O(n).
DocumentUsed DescribeDocument(std::string_view text);

// `intact` is said by the report's verdict, whatever stands in the view.
struct CasePage : presentation::CaseView {
  Report report;  // inputs[0] is the case file; the verdict on integrity is in here
  std::vector<DocumentUsed> documents;
  std::string tool;     // "jejak-verify 0.1.0"
  std::string command;  // that repeats the verdicts
  std::string index;    // address of the index that this page belongs to; "" = none
  Language language = Language::kIndonesian;  // shown first
};

std::string RenderCaseHtml(const CasePage& page);

}  // namespace jejak::verifier
