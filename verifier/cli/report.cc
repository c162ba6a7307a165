// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <optional>
#include <utility>

#include "ledger/crypto/hash.h"
#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verify.h"
#include "verifier/cli/commands.h"
#include "verifier/cli/files.h"
#include "verifier/cli/session.h"
#include "verifier/cli/trust_flags.h"
#include "verifier/cli/worker_pool.h"
#include "verifier/report_html_case.h"

namespace jejak::verifier {
namespace {

// As a shell reads it back.
std::string Quoted(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+,-./:=@_";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// The command that makes the same page, at whatever time it is run.
std::string CommandOf(const Options& options, UnixSeconds now) {
  std::string out = "jejak-verify report";
  const auto flag = [&](const char* name, const std::string& value) {
    if (!value.empty()) out += std::string(" ") + name + " " + Quoted(value);
  };
  flag("--policy", options.policy);
  flag("--genesis", options.genesis);
  flag("--now", FormatTime(now));
  flag("--pinned", options.pinned);
  flag("--max-age", options.max_age);
  flag("--procedure", options.procedure);
  if (options.ignore_conformance) out += " --ignore-conformance";
  if (options.require_contents) out += " --require-contents";
  if (options.indonesian) out += " --lang id";
  flag("-o", options.output);
  return out + " " + Quoted(options.files.front());
}

int Say(const std::string& fault, int exit_code) {
  std::cerr << "jejak-verify: " << Displayable(fault) << "\n";
  return exit_code;
}

ReportSetting SettingOf(const Options& options, const LoadedTrust& loaded) {
  ReportSetting setting;
  setting.now = loaded.trust.now;
  setting.tool = ToolName();
  setting.command = CommandOf(options, loaded.trust.now);
  setting.language = options.indonesian ? Language::kIndonesian : Language::kEnglish;
  return setting;
}

// The answer goes to standard error, since the page is the result; what has no page is only said.
int Finish(const Options& options, const Report& report, const std::optional<std::string>& page) {
  TextStyle style = StyleFor(options);
  style.colors = false;
  style.detail = Detail::kQuiet;
  if (!options.quiet || !page) std::cerr << RenderText(report, style);
  if (!page) return report.verdict.exit_code;
  const Result<void> written = WriteOutput(options.output, *page);
  if (!written.ok()) return Say(written.error().detail, 1);
  return report.verdict.exit_code;
}

int ReportOnFile(const Options& options, const LoadedTrust& loaded) {
  const std::string& name = options.files.front();
  const Result<std::string> text = ReadInput(name, evidence::kMaxCaseFileBytes);
  if (!text.ok()) return Say(text.error().detail, evidence::kExitFormat);
  WorkerPool pool(JobsFor(options));
  const ParallelRunner runner(pool);
  evidence::DocumentCache documents;
  Report report;
  report.question = Question::kCase;
  report.inputs = {{name, crypto::Sha256(AsBytes(*text))}};
  report.inputs.insert(report.inputs.end(), loaded.pinned.begin(), loaded.pinned.end());
  report.policy = loaded.policy;
  report.genesis = loaded.genesis;
  report.verdict = evidence::VerifyCaseFile(*text, loaded.trust, runner, documents);
  std::optional<std::string> page;
  if (report.verdict.exit_code != evidence::kExitFormat &&
      report.verdict.exit_code != evidence::kExitUsage) {
    page = RenderCaseFile(*text, report, documents, SettingOf(options, loaded));
  }
  return Finish(options, report, page);
}

}  // namespace

int RunReport(const Options& options) {
  if (options.format != Format::kText) {
    return Say(
        "a report is a page of HTML: leave --json and --format out; `case --json` gives JSON",
        evidence::kExitUsage);
  }
  const Result<LoadedTrust> loaded = LoadTrust(options);
  if (!loaded.ok()) {
    const bool usage = loaded.error().code == Code::kRefused;
    return Say(loaded.error().detail, usage ? evidence::kExitUsage : evidence::kExitFormat);
  }
  return ReportOnFile(options, *loaded);
}

}  // namespace jejak::verifier
