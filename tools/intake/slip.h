// SPDX-License-Identifier: Apache-2.0
//
// The slip that a reporter takes home, A6: as text for a terminal or a receipt printer, and as one
// HTML page for paper.
//
//   TANDA TERIMA LAPORAN
//   KODE ANDA     7KQ2-M4XD-9HTP-W6ZB-3RN6
//   Simpan kode ini. …
//   Yang terjadi berikutnya
//   paling lambat Rabu, 25 November 2026: Laporan didaftar, tanda terima
//   Cara memeriksa: https://jejak.contohkota.go.id/1/status
//
// The page asks for nothing from anywhere, has no script, and a neutral title. The QR code holds
// the address of the status page alone, since an address stays in histories and with apps that read
// such codes; the code is to be typed. Who has the slip has the code. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/presentation/language.h"
#include "ledger/record/receipt_code.h"
#include "tools/intake/outlook.h"
#include "tools/intake/qr_code.h"

namespace jejak::intake {

struct Slip {
  std::string code;        // as printed
  std::string status_url;  // without the code
  std::string office;      // the log's name in the slip's language
  std::int64_t day = 0;    // of the report, since 1970-01-01
  bool certain = true;     // false: whether it was logged is not known yet
  Outlook outlook;
};

// Lines of at most 48 columns.
std::string SlipText(const Slip& slip, presentation::Language language);

std::string SlipHtml(const Slip& slip, const QrCode& qr, presentation::Language language);

// What comes next, a sentence each: by which day one of some steps is due, or which may follow
// without a day.
std::vector<std::string> NextLines(const Slip& slip, presentation::Language language);

// What the QR code holds: the address of the status page, and nothing of the code.
std::string QrTextOf(const Slip& slip);

// "Rabu, 25 November 2026", "Wednesday, 25 November 2026".
std::string DayInWords(std::int64_t day, presentation::Language language);

}  // namespace jejak::intake
