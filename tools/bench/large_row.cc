// SPDX-License-Identifier: Apache-2.0
//
// Rows about a log of ten million entries and a million cases. Making it costs a signature an
// action: minutes for a million entries. Kept in the folder, so that a second run finds it.
#include <chrono>
#include <future>
#include <random>
#include <thread>
#include <utility>

#include "ledger/sequencer/log_reader.h"
#include "tools/bench/append_load.h"
#include "tools/bench/bench.h"
#include "tools/bench/bench_log.h"
#include "tools/bench/primitives.h"
#include "tools/bench/server_process.h"

namespace jejak::bench {
namespace {

constexpr std::size_t kSampled = 2000;
constexpr std::chrono::milliseconds kBeforeKill{700};
constexpr double kMib = 1 << 20;

// What the actions themselves take: entries, and what came along beside them. An average.
Result<double> OwnBytesPerEntry(sequencer::LogReader& reader) {
  std::mt19937_64 random(1);
  double bytes = 0;
  for (std::size_t i = 0; i < kSampled; ++i) {
    const std::uint64_t index = random() % reader.size();
    JEJAK_TRY(entry, reader.Entry(index));
    JEJAK_TRY(body, reader.Body(index));
    JEJAK_TRY(openings, reader.Openings(index));
    bytes += static_cast<double>(entry.size());
    if (body) bytes += static_cast<double>(32 + body->text.size());
    for (const record::FieldOpening& opening : openings)
      bytes += static_cast<double>(32 + opening.pointer.size() + opening.value.size());
  }
  return bytes / static_cast<double>(kSampled);
}

// The rate at which a log of this size takes appends, and the server's memory before and after.
struct Loaded {
  double rate = 0;
  double idle_mib = 0;
  double loaded_mib = 0;
};
Result<Loaded> LoadOnce(Bench& bench, const std::string& folder) {
  JEJAK_TRY(scripts, AppendScripts(bench.world(), kConnections, bench.options().entries));
  JEJAK_TRY(server, bench.spawner().Start(folder, 2));
  Loaded loaded;
  loaded.idle_mib = static_cast<double>(server.ResidentBytes()) / kMib;
  JEJAK_TRY(load, RunAccepted(server.port(), scripts));
  loaded.rate = load.rate();
  loaded.loaded_mib = static_cast<double>(server.ResidentBytes()) / kMib;
  return loaded;
}

// Seconds from starting a server, whose predecessor was killed under load, to its being ready.
Result<double> RestartAfterKill(Bench& bench, const std::string& folder) {
  JEJAK_TRY(scripts, AppendScripts(bench.world(), kConnections, bench.options().entries));
  {
    JEJAK_TRY(server, bench.spawner().Start(folder, 2));
    auto load =
        std::async(std::launch::async, [&] { return RunLoad(server.port(), scripts, 600); });
    std::this_thread::sleep_for(kBeforeKill);
    server.Kill();
    load.wait();  // it fails, as every client of a killed server does
  }
  const auto start = std::chrono::steady_clock::now();
  const Result<ServerProcess> again = bench.spawner().Start(folder, 2);
  if (!again.ok()) return again.error();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

Result<std::vector<Line>> LargeRow(Bench& bench) {
  const Options& options = bench.options();
  JEJAK_TRY(base,
            bench.FilledLog("base-" + std::to_string(options.base_entries), options.base_entries));
  JEJAK_TRY(large, bench.FilledLog("large-" + std::to_string(options.large_entries),
                                   options.large_entries));
  Rounds rate, idle, loaded, restart, disk;
  for (std::uint64_t round = 0; round < options.rounds; ++round) {
    JEJAK_TRY(small, LoadOnce(bench, base));
    JEJAK_TRY(big, LoadOnce(bench, large));
    rate.Add(big.rate, small.rate);
    idle.Add(big.idle_mib);
    loaded.Add(big.loaded_mib);
    JEJAK_TRY(seconds, RestartAfterKill(bench, large));
    restart.Add(seconds);
  }
  JEJAK_TRY(log, OpenBenchLog(large, bench.world()));
  sequencer::LogReader reader(log.head, *log.tiles);
  JEJAK_TRY(own, OwnBytesPerEntry(reader));
  disk.Add(static_cast<double>(BytesUnder(large + "/db")) / static_cast<double>(reader.size()) -
           own);
  const std::string of = " at " + std::to_string(options.large_entries) + " entries";
  return std::vector<Line>{
      rate.Summary("large", "append rate" + of, "/s",
                   {Target::kAtLeast, 0.9, "at " + std::to_string(options.base_entries)}),
      idle.Summary("large", "server memory, idle," + of, "MiB", {Target::kAtMost, 300, {}}),
      loaded.Summary("large", "server memory after the load," + of, "MiB",
                     {Target::kAtMost, 600, {}}),
      disk.Summary("large", "disk per entry over its own bytes," + of, "B",
                   {Target::kAtMost, 250, {}}),
      restart.Summary("large", "restart after kill -9," + of, "s", {Target::kAtMost, 2, {}})};
}

}  // namespace jejak::bench
