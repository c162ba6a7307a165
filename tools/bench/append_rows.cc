// SPDX-License-Identifier: Apache-2.0
//
// Rows of appending: every answer is a receipt under a signed checkpoint of a synced batch.
#include <algorithm>
#include <chrono>
#include <semaphore>
#include <utility>

#include "ledger/record/envelope.h"
#include "ledger/sequencer/sequencer.h"
#include "tools/bench/append_load.h"
#include "tools/bench/bench.h"
#include "tools/bench/bench_log.h"
#include "tools/bench/load_generator.h"
#include "tools/bench/primitives.h"
#include "tools/bench/server_process.h"

namespace jejak::bench {
namespace {

constexpr std::size_t kBatchConnections = 4;
constexpr std::size_t kBatchActions = 1000;
constexpr std::size_t kOneClientActions = 400;

Result<std::string> FreshLog(Bench& bench, const std::string& name) {
  const std::string folder = bench.Folder(name + "-" + FreshTag());
  JEJAK_CHECKED(OpenBenchLog(folder, bench.world()));
  return folder;
}

Result<std::vector<Script>> BatchScripts(const World& world, std::uint64_t actions) {
  const std::string tag = FreshTag();
  const std::uint64_t per_connection =
      std::max<std::uint64_t>(1, actions / kBatchConnections / kBatchActions);
  std::vector<Script> scripts(kBatchConnections);
  std::uint64_t k = 0;
  for (Script& script : scripts) {
    for (std::uint64_t n = 0; n < per_connection; ++n) {
      std::vector<std::string> envelopes;
      while (envelopes.size() < std::min<std::uint64_t>(kBatchActions, actions)) {
        JEJAK_TRY(written, world.WriteCase(tag + "-" + std::to_string(k++), kActionsPerCase));
        envelopes.insert(envelopes.end(), written.begin(), written.end());
      }
      JEJAK_TRY(batch, record::EncodeBatch(envelopes));
      script.push_back(PostRequest("/1/v1/actions:batch", "text/plain", batch));
    }
  }
  return scripts;
}

// Of the server since `before`, per append.
double CpuMicroseconds(const ServerProcess& server, double before, std::uint64_t appends) {
  return (server.CpuSeconds() - before) * 1e6 / static_cast<double>(appends);
}

}  // namespace

Result<std::vector<Script>> AppendScripts(const World& world, std::size_t connections,
                                          std::uint64_t actions) {
  const std::string tag = FreshTag();
  const std::uint64_t each = std::max<std::uint64_t>(1, actions / connections);
  std::vector<Script> scripts(connections);
  std::uint64_t k = 0;
  for (Script& script : scripts) {
    while (script.size() < each) {
      const std::size_t length = std::min<std::uint64_t>(kActionsPerCase, each - script.size());
      JEJAK_TRY(written, world.WriteCase(tag + "-" + std::to_string(k++), length));
      for (const std::string& envelope : written)
        script.push_back(PostRequest("/1/v1/actions", "text/plain", envelope));
    }
  }
  return scripts;
}

Result<LoadResult> RunAccepted(std::uint16_t port, const std::vector<Script>& scripts) {
  JEJAK_TRY(load, RunLoad(port, scripts, 600));
  if (load.refused != 0) return Internal("the server refused: " + load.first_refusal);
  return load;
}

Result<std::vector<Line>> AppendRow(Bench& bench) {
  JEJAK_TRY(folder, FreshLog(bench, "append"));
  JEJAK_TRY(server, bench.spawner().Start(folder, 2));
  Rounds rate, p50, p99, cpu;
  for (std::uint64_t round = 0; round < bench.options().rounds; ++round) {
    JEJAK_TRY(scripts, AppendScripts(bench.world(), kConnections, bench.options().entries));
    const double v = VerificationsPerSecond();
    const double v_cpu = VerificationCpuMicroseconds();
    const double cpu_before = server.CpuSeconds();
    JEJAK_TRY(load, RunAccepted(server.port(), scripts));
    cpu.Add(CpuMicroseconds(server, cpu_before, load.answers), v_cpu);
    rate.Add(load.rate(), v);
    p50.Add(load.Percentile(0.5));
    p99.Add(load.Percentile(0.99));
  }
  return std::vector<Line>{
      rate.Summary("append", "durable, signed, checked, sealed appends, 256 connections", "/s",
                   {Target::kAtLeast, 0.75, "V"}),
      cpu.Summary("append", "server processor time per append", "us", {Target::kNone, 0, "1 / V"}),
      p50.Summary("append", "its median latency", "ms", {}),
      p99.Summary("append", "its 99th percentile", "ms", {Target::kAtMost, 60, {}})};
}

Result<std::vector<Line>> BatchRow(Bench& bench) {
  JEJAK_TRY(folder, FreshLog(bench, "batch"));
  JEJAK_TRY(server, bench.spawner().Start(folder, 2));
  Rounds rate, cpu;
  for (std::uint64_t round = 0; round < bench.options().rounds; ++round) {
    JEJAK_TRY(scripts, BatchScripts(bench.world(), bench.options().entries));
    const double v = VerificationsPerSecond();
    const double v_cpu = VerificationCpuMicroseconds();
    const double cpu_before = server.CpuSeconds();
    JEJAK_TRY(load, RunAccepted(server.port(), scripts));
    const std::uint64_t each = std::min<std::uint64_t>(kBatchActions, bench.options().entries);
    cpu.Add(CpuMicroseconds(server, cpu_before, load.answers * each), v_cpu);
    rate.Add(load.rate() * static_cast<double>(each), v);
  }
  return std::vector<Line>{
      rate.Summary("batch", "the same through the batch route, 4 x 1,000 actions", "/s",
                   {Target::kAtLeast, 1.2, "V"}),
      cpu.Summary("batch", "server processor time per append", "us", {Target::kNone, 0, "1 / V"})};
}

Result<std::vector<Line>> OneClientRow(Bench& bench) {
  JEJAK_TRY(folder, FreshLog(bench, "one-client"));
  JEJAK_TRY(server, bench.spawner().Start(folder, 2));
  Rounds p50;
  for (std::uint64_t round = 0; round < bench.options().rounds; ++round) {
    const std::uint64_t actions =
        std::min<std::uint64_t>(kOneClientActions, bench.options().entries);
    JEJAK_TRY(scripts, AppendScripts(bench.world(), 1, actions));
    JEJAK_TRY(f, SyncedAppendMs(folder));
    JEJAK_TRY(load, RunAccepted(server.port(), scripts));
    p50.Add(load.Percentile(0.5), 2 * f + 0.4);
  }
  return std::vector<Line>{p50.Summary("one-client", "one client, one request in flight, median",
                                       "ms", {Target::kAtMost, 1, "2 F + 0.4 ms"})};
}

Result<std::vector<Line>> SequencerRow(Bench& bench) {
  using sequencer::Submission;
  JEJAK_TRY(folder, FreshLog(bench, "sequencer"));
  JEJAK_TRY(log, OpenBenchLog(folder, bench.world()));
  sequencer::SystemClock clock;
  sequencer::Sequencer sequencer(*log.store, *log.signer, clock, *log.tiles, log.head, {});
  Rounds rate;
  for (std::uint64_t round = 0; round < bench.options().rounds; ++round) {
    const std::string tag = FreshTag();
    std::vector<Submission> submissions;
    for (std::uint64_t k = 0; submissions.size() < bench.options().entries; ++k) {
      JEJAK_TRY(prepared,
                bench.world().PrepareCase(tag + "-" + std::to_string(k), kActionsPerCase));
      for (Submission& submission : prepared) submissions.push_back(std::move(submission));
    }
    const double v = VerificationsPerSecond();
    std::counting_semaphore<> room(kConnections);
    const auto start = std::chrono::steady_clock::now();
    const std::size_t count = submissions.size();
    for (Submission& submission : submissions) {
      room.acquire();
      std::vector<Submission> one;
      one.push_back(std::move(submission));
      JEJAK_CHECKED(
          sequencer.Submit(std::move(one), [&](const sequencer::Completed&) { room.release(); }));
    }
    for (std::size_t i = 0; i < kConnections; ++i) room.acquire();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    rate.Add(static_cast<double>(count) / took.count(), v);
  }
  sequencer.Stop();
  return std::vector<Line>{rate.Summary(
      "sequencer", "appends of verified actions straight to the sequencer, 256 waiting", "/s",
      {Target::kNone, 0, "V"})};
}

}  // namespace jejak::bench
