// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <optional>

#include "ledger/base/text.h"
#include "ledger/tlog/checkpoint.h"
#include "verifier/cli/commands.h"
#include "verifier/cli/files.h"
#include "verifier/cli/mirror_directory.h"
#include "verifier/cli/progress_line.h"
#include "verifier/cli/session.h"
#include "verifier/cli/trust_flags.h"
#include "verifier/cli/worker_pool.h"
#include "verifier/log_audit.h"
#include "verifier/log_statistics.h"

namespace jejak::verifier {
namespace {

using json::Value;

int Usage(const std::string& fault) {
  std::cerr << "jejak-verify: " << Displayable(fault) << "\n";
  return evidence::kExitUsage;
}

// Of a checkpoint that an audit has found genuine.
Result<std::uint64_t> SizeOf(LogSource& source) {
  JEJAK_TRY(text, source.Checkpoint());
  JEJAK_TRY(note, tlog::ParseNote(text));
  JEJAK_TRY(checkpoint, tlog::ParseCheckpoint(note.text));
  return checkpoint.size;
}

Result<Value> Count(LogSource& source, const Options& options, Workers& workers) {
  JEJAK_TRY(size, SizeOf(source));
  std::uint64_t at_size = size;
  if (!options.at_size.empty()) {
    const Result<std::uint64_t> asked = ParseDecimal(options.at_size);
    if (!asked.ok() || *asked == 0 || *asked > size) {
      return Refused("--at-size must be a number from 1 to " + std::to_string(size) +
                     ", the size of this mirror");
    }
    at_size = *asked;
  }
  return CountLog(source, size, at_size, workers);
}

// What was wrong with the log, for people; the result says no more than the word.
void Tell(const evidence::Verdict& verdict) {
  for (const evidence::CheckLine& line : verdict.checks) {
    if (line.status == evidence::Status::kPass || line.status == evidence::Status::kNotChecked)
      continue;
    std::cerr << "jejak-verify: " << line.id << ": " << Displayable(line.detail) << "\n";
  }
}

}  // namespace

int RunStats(const Options& options) {
  Result<LoadedTrust> loaded = LoadTrust(options);
  if (!loaded.ok()) return Usage(loaded.error().detail);
  loaded->trust.ignore_conformance = true;  // counted below, at the size that was asked for
  MirrorDirectory mirror(options.files.front());
  WorkerPool pool(JobsFor(options));
  evidence::Verdict verdict;
  {
    ProgressLine progress(options.quiet ? When::kNever : options.progress);
    verdict = AuditLog(mirror, loaded->trust, pool, &progress);
  }
  Tell(verdict);
  Value out = Value::Object();
  out.Add("schema_version", Value::Integer(1))
      .Add("tool", Value::String(ToolName()))
      .Add("verdict", Value::String(verdict.word));
  const bool intact =
      verdict.exit_code == evidence::kExitPass || verdict.exit_code == evidence::kExitInconclusive;
  int exit_code = verdict.exit_code;
  if (intact) {
    Result<Value> statistics = Count(mirror, options, pool);
    if (!statistics.ok()) {
      const bool usage = statistics.error().code == Code::kRefused;
      std::cerr << "jejak-verify: " << Displayable(statistics.error().detail) << "\n";
      return usage ? evidence::kExitUsage : evidence::kExitFormat;
    }
    out.Add("statistics", std::move(*statistics));
  } else {
    out.Add("statistics", Value());
  }
  const Result<void> written = WriteOutput(options.output, json::Write(out) + "\n");
  if (written.ok()) return exit_code;
  std::cerr << "jejak-verify: " << written.error().detail << "\n";
  return 1;
}

}  // namespace jejak::verifier
