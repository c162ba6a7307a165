// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "ledger/crypto/hash.h"
#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verify.h"
#include "verifier/cli/commands.h"
#include "verifier/cli/files.h"
#include "verifier/cli/mirror_directory.h"
#include "verifier/cli/progress_line.h"
#include "verifier/cli/session.h"
#include "verifier/cli/trust_flags.h"
#include "verifier/cli/worker_pool.h"
#include "verifier/log_audit.h"
#include "verifier/report_html_case.h"
#include "verifier/report_html_log.h"

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

// Keeps what the pages of a log need: all actions of all cases, while the report is made.
class Listener final : public CaseHearer {
 public:
  void HearDocument(std::string_view text) override {
    documents_.push_back(DescribeDocument(text));
  }
  void HearCase(const evidence::CaseRecord& record,
                const evidence::CaseConformance& conformance) override {
    cases_.emplace_back(record, conformance);
  }

  using Case = std::pair<evidence::CaseRecord, evidence::CaseConformance>;
  const std::vector<Case>& cases() const { return cases_; }

  // The definition that judged a case, and its calendars.
  std::vector<DocumentUsed> DocumentsOf(const Case& one) const {
    const procedure::Definition* judged_by = one.second.judged_by();
    if (judged_by == nullptr) return {};
    std::vector<DocumentUsed> used;
    for (const DocumentUsed& document : documents_) {
      const bool definition = document.format == procedure::kDefinitionFormat &&
                              document.id == one.second.judgement.procedure &&
                              document.version == one.second.judgement.version;
      const bool calendar = document.format == procedure::kCalendarFormat &&
                            "calendar/" + document.id == judged_by->calendar;
      if (definition || calendar) used.push_back(document);
    }
    return used;
  }

 private:
  std::vector<DocumentUsed> documents_;
  std::vector<Case> cases_;
};

// A case's page by its id; a log that was rightly admitted has no id that isn't a plain name.
std::string PageName(const std::string& stream, std::size_t number) {
  const std::string id = stream.substr(stream.find('/') + 1);
  const bool plain =
      std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
  return "case-" + (plain ? id : std::to_string(number)) + ".html";
}

// Exit 1 as soon as one page can't be written.
int WritePages(const Options& options, const Report& report, const Listener& heard,
               ReportSetting setting) {
  std::error_code fault;
  std::filesystem::create_directories(options.output, fault);
  std::vector<CaseLine> lines;
  setting.index = "index.html";
  for (const Listener::Case& one : heard.cases()) {
    const std::string name = PageName(one.first.stream, lines.size());
    lines.push_back(DescribeCase(one.first, one.second, setting.now, name));
    const Result<void> written = WriteOutput(
        options.output + "/" + name,
        RenderCaseRecord(one.first, &one.second, report, heard.DocumentsOf(one), setting));
    if (!written.ok()) return Say(written.error().detail, 1);
  }
  const Result<void> written =
      WriteOutput(options.output + "/index.html", RenderLogHtml(report, lines, setting));
  return written.ok() ? report.verdict.exit_code : Say(written.error().detail, 1);
}

int ReportOnMirror(const Options& options, const LoadedTrust& loaded) {
  if (options.output.empty()) {
    return Say("a report on a log is many pages: give -o the directory that gets them",
               evidence::kExitUsage);
  }
  const std::string& path = options.files.front();
  MirrorDirectory mirror(path);
  WorkerPool pool(JobsFor(options));
  Listener heard;
  Report report;
  report.question = Question::kLog;
  std::optional<Digest> hash;
  if (const Result<std::string> note = mirror.Checkpoint(); note.ok()) {
    hash = crypto::Sha256(AsBytes(*note));
  }
  report.inputs = {{path + "/checkpoint", hash}};
  report.inputs.insert(report.inputs.end(), loaded.pinned.begin(), loaded.pinned.end());
  report.policy = loaded.policy;
  report.genesis = loaded.genesis;
  {
    ProgressLine progress(options.quiet ? When::kNever : options.progress);
    report.verdict = AuditLog(mirror, loaded.trust, pool, &progress, &heard);
  }
  TextStyle style = StyleFor(options);
  style.colors = false;
  style.detail = Detail::kQuiet;
  const int exit_code = report.verdict.exit_code;
  const bool shown = exit_code != evidence::kExitFormat && exit_code != evidence::kExitUsage;
  if (!options.quiet || !shown) std::cerr << RenderText(report, style);
  return shown ? WritePages(options, report, heard, SettingOf(options, loaded)) : exit_code;
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
  std::error_code ignored;  // what can't be looked at is told when it is read
  const bool mirror = std::filesystem::is_directory(options.files.front(), ignored);
  return mirror ? ReportOnMirror(options, *loaded) : ReportOnFile(options, *loaded);
}

}  // namespace jejak::verifier
