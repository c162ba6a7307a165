// SPDX-License-Identifier: Apache-2.0
//
// What the commands that judge have in common: load the trust, read inputs, report each, end with
// the worst exit code.
//
//   Session session(options, Question::kReceipt);
//   if (session.Begin()) {
//     for (name : options.files) session.Judge({name}, max_bytes, [&](texts) { return Verdict; });
//   }
//   return session.Finish();
//
// Text and ndjson are written report by report, JSON at the end; standard error gets what isn't the
// result. Threads: none.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/evidence/verdict.h"
#include "verifier/cli/options.h"
#include "verifier/cli/trust_flags.h"
#include "verifier/report.h"
#include "verifier/report_text.h"

namespace jejak::verifier {

// "jejak-verify 0.1.0".
std::string ToolName();

// As --lang, -q, -v, --color, NO_COLOR and the terminal have it.
TextStyle StyleFor(const Options& options);

// As many threads as --jobs or the machine says.
unsigned JobsFor(const Options& options);

class Session final {
 public:
  Session(const Options& options, Question question);

  // False when the trust could not be loaded; that is reported, and Finish() has the exit code.
  bool Begin();

  const evidence::Trust& trust() const { return loaded_.trust; }

  using Verifier = std::function<evidence::Verdict(const std::vector<std::string>& texts)>;
  // Reads the files of one judgement and reports what `verify` says. One that can't be read is
  // exit 3 without asking.
  void Judge(const std::vector<std::string>& names, std::size_t max_bytes, const Verifier& verify);

  // Reports a verdict about inputs that were read elsewhere.
  void Add(std::vector<Input> inputs, evidence::Verdict verdict);

  // Writes what is left to write. A result that can't be written is exit 1.
  int Finish();

 private:
  void Write(const std::string& text);

  const Options& options_;
  Question question_;
  TextStyle style_;
  LoadedTrust loaded_;
  bool begun_ = false;
  std::vector<Report> reports_;
  std::string held_back_;  // what goes to the file of -o at the end
  std::optional<std::string> write_fault_;
};

}  // namespace jejak::verifier
