// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/session.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <span>
#include <thread>
#include <utility>

#include "ledger/crypto/hash.h"
#include "verifier/cli/files.h"
#include "verifier/report_json.h"

namespace jejak::verifier {

std::string ToolName() { return std::string("jejak-verify ") + JEJAK_VERSION; }

TextStyle StyleFor(const Options& options) {
  TextStyle style;
  if (options.indonesian) style.language = Language::kIndonesian;
  if (options.quiet) style.detail = Detail::kQuiet;
  if (options.verbose) style.detail = Detail::kVerbose;
  const char* no_color = std::getenv("NO_COLOR");
  const bool wanted = (no_color == nullptr || *no_color == '\0') && options.output.empty() &&
                      isatty(STDOUT_FILENO) != 0;
  style.colors = options.color == When::kAlways || (options.color == When::kAuto && wanted);
  return style;
}

unsigned JobsFor(const Options& options) {
  if (options.jobs != 0) return options.jobs;
  return std::clamp(std::thread::hardware_concurrency(), 1U, 64U);
}

Session::Session(const Options& options, Question question)
    : options_(options), question_(question), style_(StyleFor(options)) {}

bool Session::Begin() {
  Result<LoadedTrust> loaded = LoadTrust(options_);
  if (loaded.ok()) {
    loaded_ = std::move(*loaded);
    begun_ = true;
    return true;
  }
  const Error& error = loaded.error();
  std::cerr << "jejak-verify: " << Displayable(error.detail) << "\n";
  evidence::Verdict verdict;
  verdict.exit_code = error.code == Code::kRefused ? evidence::kExitUsage : evidence::kExitFormat;
  verdict.Inconclusive("check.usage", error.detail);
  verdict.Close();
  if (options_.format == Format::kText) {
    // Standard error has said it; there is no result.
    reports_.push_back({question_, {}, {}, {}, std::move(verdict)});
  } else {
    Add({}, std::move(verdict));
  }
  return false;
}

void Session::Judge(const std::vector<std::string>& names, std::size_t max_bytes,
                    const Verifier& verify) {
  std::vector<Input> inputs;
  std::vector<std::string> texts;
  evidence::Verdict missing;
  for (const std::string& name : names) {
    Result<std::string> text = ReadInput(name, max_bytes);
    if (!text.ok()) {
      inputs.push_back({name, {}});
      missing.exit_code = evidence::kExitFormat;
      missing.word = "fail";
      missing.Fail("check.input", text.error().detail);
      continue;
    }
    inputs.push_back({name, crypto::Sha256(AsBytes(*text))});
    texts.push_back(std::move(*text));
  }
  const bool complete = texts.size() == names.size();
  Add(std::move(inputs), complete ? verify(texts) : std::move(missing));
}

void Session::Add(std::vector<Input> inputs, evidence::Verdict verdict) {
  Report report{question_, std::move(inputs), {}, {}, std::move(verdict)};
  if (begun_) {
    report.policy = loaded_.policy;
    report.genesis = loaded_.genesis;
    report.inputs.insert(report.inputs.end(), loaded_.pinned.begin(), loaded_.pinned.end());
  }
  if (options_.format == Format::kText) Write(RenderText(report, style_));
  if (options_.format == Format::kNdjson) Write(RenderJson({&report, 1}, ToolName()));
  reports_.push_back(std::move(report));
}

void Session::Write(const std::string& text) {
  if (!options_.output.empty()) {
    held_back_ += text;
    return;
  }
  const Result<void> written = WriteOutput({}, text);
  if (!written.ok() && !write_fault_) write_fault_ = written.error().detail;
}

int Session::Finish() {
  if (options_.format == Format::kJson) Write(RenderJson(reports_, ToolName()));
  if (options_.format == Format::kText && reports_.size() > 1) {
    Write(RenderSummary(reports_, style_));
  }
  if (!options_.output.empty()) {
    const Result<void> written = WriteOutput(options_.output, held_back_);
    if (!written.ok()) write_fault_ = written.error().detail;
  }
  int exit_code = evidence::kExitPass;
  for (const Report& report : reports_) {
    exit_code = evidence::WorseExit(exit_code, report.verdict.exit_code);
  }
  if (write_fault_) {
    std::cerr << "jejak-verify: " << *write_fault_ << "\n";
    return 1;
  }
  return exit_code;
}

}  // namespace jejak::verifier
