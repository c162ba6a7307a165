// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/bench.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tools/bench/bench_log.h"
#include "tools/bench/primitives.h"

namespace jejak::bench {

bool Line::met() const {
  if (target.kind == Target::kNone) return true;
  return target.kind == Target::kAtLeast ? ratio >= target.value : ratio <= target.value;
}

void Rounds::Add(double figure, double basis) {
  figures_.push_back(figure);
  bases_.push_back(basis);
  ratios_.push_back(figure / basis);
}

Line Rounds::Summary(std::string row, std::string what, std::string unit, Target target) const {
  return {std::move(row),   std::move(what), std::move(unit), std::move(target),
          Median(figures_), Median(bases_),  Median(ratios_)};
}

Result<Bench> Bench::Make(Options options) {
  JEJAK_TRY(spawner, Spawner::Make());
  JEJAK_TRY(world, World::Make());
  std::error_code failed;
  std::filesystem::create_directories(options.directory, failed);
  if (failed) return Unavailable("folder " + options.directory + ": " + failed.message());
  return Bench(std::move(options), std::move(world), std::move(spawner));
}

Result<std::string> Bench::ReadLog() {
  return FilledLog("read-" + std::to_string(options_.entries), options_.entries);
}

Result<std::string> Bench::FilledLog(const std::string& name, std::uint64_t entries) {
  const std::string folder = Folder(name);
  JEJAK_TRY(log, OpenBenchLog(folder, world_));
  // No case that is there already can have this number or a later one, even if a run was cut short.
  const std::uint64_t streams = log.head->log.record.streams;
  const bool begun = streams > 2 * kOfficers;
  if (log.head->size() < entries)
    JEJAK_CHECKED(FillLog(log, world_, entries, begun ? streams + 1000 : 0));
  return folder;
}

const std::vector<Row>& Rows() {
  static const std::vector<Row> kRows = {
      {"append", "single submits, 256 connections", true, AppendRow},
      {"batch", "the batch route", true, BatchRow},
      {"one-client", "one client, one request in flight", true, OneClientRow},
      {"sequencer", "appends without HTTP and signature checks (a diagnosis)", true, SequencerRow},
      {"audit", "offline audit of a whole log, with and without signatures", true, AuditRow},
      {"reads", "entries, proofs and state proofs over HTTP", true, ReadsRow},
      {"casefile", "case file of 20 actions", true, CaseFileRow},
      {"judging", "whether the procedure was followed", true, JudgingRow},
      {"large", "a log of ten million entries", false, LargeRow},
  };
  return kRows;
}

Result<void> RunBench(const Options& options, const std::function<void(const Line&)>& report) {
  for (const std::string& name : options.rows) {
    const auto same = [&](const Row& row) { return row.name == name; };
    if (std::none_of(Rows().begin(), Rows().end(), same))
      return NotFound("there is no row " + name + "; see jejak bench --help");
  }
  JEJAK_TRY(bench, Bench::Make(options));
  for (const Row& row : Rows()) {
    const auto& asked = options.rows;
    const bool named = std::find(asked.begin(), asked.end(), row.name) != asked.end();
    if (!named && !(asked.empty() && row.unasked)) continue;
    JEJAK_TRY(lines, row.run(bench));
    for (const Line& line : lines) report(line);
  }
  return {};
}

}  // namespace jejak::bench
