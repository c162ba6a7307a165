// SPDX-License-Identifier: Apache-2.0
//
// The first action of a case: `report.submit`, signed by the officer who takes the report and by
// the reporter's own key, which the receipt code gives (ledger/record/receipt_code.h).
//
//   type report.submit
//   party pelapor 5K3D…/pelapor+…          the key that the code's holder signs with from now on
//   by kelurahan.contohkota.go.id/p-10 petugas
//   by 5K3D…/pelapor pelapor
//   body {"report":TAG,"mode":"anonymous","text":sealed}
//
// The code itself is in neither the action nor its envelope. One thread.
#pragma once

#include <string>

#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/presentation/language.h"
#include "ledger/record/envelope.h"
#include "ledger/record/receipt_code.h"
#include "ledger/tlog/private_key.h"
#include "tools/intake/published.h"
#include "tools/intake/report_form.h"

namespace jejak::intake {

inline constexpr std::string_view kSubmitType = "report.submit";
inline constexpr std::string_view kOfficerRole = "petugas";
inline constexpr std::string_view kReporterRole = "pelapor";

// Whether reports are taken under a definition, with a key for the reporter.
bool TakesReports(const procedure::Definition& definition);

// 95 fresh random bits.
record::ReceiptCode DrawCode();

// The key of a code's holder in a case: CASE-ID "/" LABEL.
tlog::PrivateKey PartyKey(const record::ReceiptCode& code, const std::string& origin,
                          const std::string& name);

struct Report {
  std::string origin;
  const Published* published = nullptr;
  const ReportForm* form = nullptr;
  const tlog::PrivateKey* officer = nullptr;
  At at{};
  presentation::Language language = presentation::Language::kIndonesian;
};

// kRefused: the definition has no reports, or no keys of reporters. kMalformed: the form isn't what
// it declares.
Result<record::Envelope> WriteReport(const Report& report, const record::ReceiptCode& code);

}  // namespace jejak::intake
