// SPDX-License-Identifier: Apache-2.0
//
// Interview: the questions of the counter, one at a time, in the words that an officer reads out.
//
//   Bagaimana pelapor ingin dikenal?  1 bernama   2 rahasia   3 anonim
//   > 3
//   Apa yang terjadi? (baris kosong untuk selesai)
//   > …
//
// Of an anonymous report it asks no name. A question that needs an answer is asked again; the end
// of the input gives up. One thread.
#pragma once

#include <cstddef>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/presentation/language.h"
#include "tools/intake/report_form.h"

namespace jejak::intake {

class Interview final {
 public:
  // Both outlive this.
  Interview(std::istream& in, std::ostream& out, presentation::Language language)
      : in_(in), out_(out), language_(language) {}

  // A form that CheckForm accepts. kRefused: the input ended before.
  Result<ReportForm> AskReport();

  // Which of the choices, from 0, asked for by number.
  Result<std::size_t> Choose(presentation::Wording question,
                             const std::vector<presentation::Wording>& choices);
  // A text of one or more lines, ended by an empty one.
  Result<std::string> AskLines(presentation::Wording question);
  // Yes or no; what is neither is asked again.
  Result<bool> Confirm(presentation::Wording question);

 private:
  Result<std::string> ReadLine();
  Result<std::string> AskLine(presentation::Wording question, bool required);
  Result<void> AskWho(ReportForm& form);
  void Say(presentation::Wording wording);

  std::istream& in_;
  std::ostream& out_;
  presentation::Language language_;
};

}  // namespace jejak::intake
