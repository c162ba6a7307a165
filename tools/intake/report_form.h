// SPDX-License-Identifier: Apache-2.0
//
// ReportForm: what a person tells at the counter, by phone or in a letter, before it becomes an
// action. From a terminal question by question (interview.h), or from a file:
//
//   {"mode":"confidential","what":"Loket tutup pukul 10 pagi","where":"Kelurahan Tanjung",
//    "when":"Senin 23 November, pagi","service":"KTP","channel":"phone",
//    "identity":{"name":"Siti","contact":"0812…"}}
//
//   mode                named | confidential | anonymous, required
//   what, where, when   required texts
//   service             optional text
//   channel             counter | phone | letter; counter if absent
//   identity            {name, contact?}: not of an anonymous report, required of a named one
//
// Read strictly: a member that isn't one of these is refused, with its pointer and its mend;
// nothing of a value is ever repeated. A report has at most 20,000 bytes. Plain values; any thread.
#pragma once

#include <string>
#include <string_view>

#include "ledger/base/json.h"
#include "ledger/base/result.h"
#include "ledger/presentation/language.h"

namespace jejak::intake {

inline constexpr std::size_t kMostReportBytes = 20'000;

struct ReportForm {
  std::string mode, channel = "counter";
  std::string what, where, when, service;
  std::string name, contact;

  bool anonymous() const { return mode == "anonymous"; }
};

// kMalformed with a JSON pointer: not such an object. CheckForm is in it.
Result<ReportForm> ParseReportForm(std::string_view text);

// What a whole form must be, wherever it came from. kMalformed with the pointer of the member at
// fault.
Result<void> CheckForm(const ReportForm& form);

// The report in one text under its headings, in the words of the language in which it was taken:
// what is sealed as `text`.
std::string ReportText(const ReportForm& form, presentation::Language language);

// {"name":…,"contact":…}; null if nobody is named.
json::Value IdentityOf(const ReportForm& form);

}  // namespace jejak::intake
