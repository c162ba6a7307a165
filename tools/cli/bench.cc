// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/bench.h"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>

#include "ledger/base/time.h"
#include "ledger/sequencer/clock.h"
#include "tools/bench/bench.h"
#include "tools/bench/machine.h"
#include "tools/cli/terminal.h"

namespace jejak::cli {
namespace {

struct BenchOptions {
  std::string rows, directory;
  std::uint64_t rounds = 5, entries = 40000, large_entries = 10'000'000;
  bool large = false, json = false;
};

// 12345.6 -> "12,346"; 0.1234 -> "0.123".
std::string Figure(double value) {
  char text[64];
  if (value < 100) {
    std::snprintf(text, sizeof text, value < 10 ? "%.3f" : "%.1f", value);
    return text;
  }
  std::snprintf(text, sizeof text, "%.0f", value);
  std::string digits = text;
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string TargetText(const bench::Line& line) {
  if (line.target.kind == bench::Target::kNone) return "-";
  return std::string(line.target.kind == bench::Target::kAtLeast ? ">= " : "<= ") +
         Figure(line.target.value);
}

void PrintText(const bench::Line& line) {
  const bool based = !line.target.basis.empty();
  const std::string figure = Figure(line.figure) + " " + line.unit;
  const std::string basis = based ? line.target.basis + " = " + Figure(line.basis) : "-";
  std::printf("%-11s %-19s %-23s %-7s %-11s %-4s %s\n", line.row.c_str(), figure.c_str(),
              basis.c_str(), based ? Figure(line.ratio).c_str() : "-", TargetText(line).c_str(),
              line.target.kind == bench::Target::kNone ? "-"
              : line.met()                             ? "yes"
                                                       : "NO",
              line.what.c_str());
  std::fflush(stdout);
}

// Names and sentences are this program's own and need no escapes.
void PrintJson(const bench::Line& line) {
  std::printf(
      "{\"row\":\"%s\",\"what\":\"%s\",\"figure\":%.4f,\"unit\":\"%s\",\"basis\":\"%s\","
      "\"basis_value\":%.4f,\"ratio\":%.4f,\"target\":\"%s\",\"met\":%s}\n",
      line.row.c_str(), line.what.c_str(), line.figure, line.unit.c_str(),
      line.target.basis.c_str(), line.basis, line.ratio, TargetText(line).c_str(),
      line.target.kind == bench::Target::kNone ? "null"
      : line.met()                             ? "true"
                                               : "false");
  std::fflush(stdout);
}

// A folder of this run, removed when it ends.
class ScratchFolder final {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jejak-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::vector<std::string> Names(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t comma = std::min(list.find(',', begin), list.size());
    names.push_back(list.substr(begin, comma - begin));
    begin = comma + 1;
  }
  return names;
}

int RunBenchCommand(const BenchOptions& options) {
  if (options.rounds == 0 || options.entries == 0)
    return Fail("--rounds and --entries must be at least 1", kUsageError);
  bench::Options run;
  run.rows = Names(options.rows);
  if (options.large) run.rows.push_back("large");
  run.rounds = options.rounds;
  run.entries = options.entries;
  run.large_entries = options.large_entries;
  std::unique_ptr<ScratchFolder> scratch;
  run.directory = options.directory;
  if (run.directory.empty()) {
    scratch = std::make_unique<ScratchFolder>();
    run.directory = scratch->path();
    if (run.directory.empty())
      return Fail("no folder can be made for the bench; give --dir", kTryAgain);
  }
  std::cerr << bench::MachineLine() << "\n"
            << FormatTime(sequencer::SystemClock().Wall()) << ", medians of " << run.rounds
            << " rounds, " << run.entries << " entries\n";
  if (!options.json)
    std::printf("%-11s %-19s %-23s %-7s %-11s %-4s %s\n", "row", "figure", "basis", "ratio",
                "target", "met", "what");
  return Ended(bench::RunBench(run, options.json ? PrintJson : PrintText));
}

}  // namespace

void AddBenchCommands(CommandLine& line) {
  auto options = std::make_shared<BenchOptions>();
  std::string names;
  for (const bench::Row& row : bench::Rows()) names += (names.empty() ? "" : ",") + row.name;
  line.Add("operators", "bench",
           "how fast the ledger is here, as ratios to what the machine can do")
      .Option("--rows", options->rows, "some of " + names + " (default: all but large)")
      .Number("--rounds", options->rounds, "rounds of each; medians are shown")
      .Number("--entries", options->entries,
              "entries of the log that is read, and of each append round")
      .Flag("--large", options->large, "the row large: makes a log of --large-entries first")
      .Number("--large-entries", options->large_entries, "entries of the large log")
      .Option("--dir", options->directory,
              "where the logs are made, and kept for the next run (default: a temporary folder)")
      .Flag("--json", options->json, "one JSON object a line")
      .Run([options] { return RunBenchCommand(*options); });
}

}  // namespace jejak::cli
