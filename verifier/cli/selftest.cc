// SPDX-License-Identifier: Apache-2.0
#include "verifier/selftest.h"

#include <iostream>

#include "verifier/cli/commands.h"
#include "verifier/cli/files.h"
#include "verifier/cli/session.h"
#include "verifier/report_json.h"

namespace jejak::verifier {

int RunSelftest(const Options& options) {
  Report report;
  report.question = Question::kReceipt;
  report.verdict = RunSelftests();
  std::string text;
  if (options.format == Format::kText) {
    TextStyle style = StyleFor(options);
    if (report.verdict.exit_code == 0) style.detail = Detail::kQuiet;
    if (options.verbose) style.detail = Detail::kNormal;
    text = RenderText(report, style);
  } else {
    text = RenderJson({&report, 1}, ToolName());
  }
  const Result<void> written = WriteOutput(options.output, text);
  if (!written.ok()) std::cerr << "jejak-verify: " << written.error().detail << "\n";
  return report.verdict.exit_code == evidence::kExitPass && written.ok() ? 0 : 1;
}

}  // namespace jejak::verifier
