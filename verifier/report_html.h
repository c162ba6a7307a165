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
// The same input gives the same bytes. Nothing that a file says becomes markup (html_writer.h).
// Sentences are about the process. Where much is alike it is said once: "14 officers, 13 kept".
//
// Long cases: at most kMaxListed actions, verdicts or checks are listed in one list and kMaxDrawn
// rows drawn; each list says what it leaves out, and its counts are of the whole.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/time.h"
#include "ledger/procedure/act.h"
#include "ledger/procedure/calendar.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/verdict.h"
#include "verifier/report.h"
#include "verifier/report_text.h"

namespace jejak::verifier {

inline constexpr std::size_t kMaxListed = 2000;
inline constexpr std::size_t kMaxDrawn = 240;

// A definition or calendar that the evidence holds, and the hash of its text.
struct DocumentUsed {
  std::string format;       // "jejak/procedure/v1"; "" = can't be read
  std::string id, version;  // as it says itself
  Digest sha256;
};

// What is in the texts of documents, in their order. O(n).
DocumentUsed DescribeDocument(std::string_view text);

struct CasePage {
  Report report;       // inputs[0] is the case file; the verdict on integrity is in here
  std::string stream;  // "case/5K3D…"
  std::span<const procedure::Act> acts;
  const procedure::Definition* definition = nullptr;  // that judged; nullptr: none did
  std::span<const procedure::CalendarVersion> calendars;
  const procedure::Judgement* judgement = nullptr;  // nullptr: nobody was asked
  std::vector<DocumentUsed> documents;
  UnixSeconds now;      // of the verdicts
  std::string tool;     // "jejak-verify 0.1.0"
  std::string command;  // that repeats the verdicts
  std::string index;    // address of the index that this page belongs to; "" = none
  Language language = Language::kIndonesian;  // shown first
};

std::string RenderCaseHtml(const CasePage& page);

}  // namespace jejak::verifier
