// SPDX-License-Identifier: Apache-2.0
//
// The audit of a whole log from static files, as `jejak-verify log DIR --jobs 2` does it.
#include <chrono>
#include <filesystem>
#include <utility>

#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/log_reader.h"
#include "tools/bench/bench.h"
#include "tools/bench/bench_log.h"
#include "tools/bench/primitives.h"
#include "verifier/cli/worker_pool.h"
#include "verifier/log_audit.h"

namespace jejak::bench {
namespace {

constexpr std::size_t kMaxTileBytes = std::size_t{256} * (2 + 0xffff);

class StaticFiles final : public verifier::LogSource {
 public:
  explicit StaticFiles(std::string directory) : directory_(std::move(directory)) {}

  Result<std::string> Checkpoint() override {
    return sequencer::ReadFile(directory_ + "/checkpoint", kMaxTileBytes);
  }
  Result<Bytes> Tile(const tlog::TileId& tile) override {
    JEJAK_TRY(text, sequencer::ReadFile(directory_ + "/" + tlog::TilePath(tile), kMaxTileBytes));
    return Bytes(text.begin(), text.end());
  }

 private:
  std::string directory_;
};

struct Mirror {
  std::string directory;
  std::uint64_t size = 0;
  evidence::Trust trust;
};

Result<Mirror> MakeMirror(Bench& bench) {
  JEJAK_TRY(folder, bench.ReadLog());
  JEJAK_TRY(log, OpenBenchLog(folder, bench.world()));
  sequencer::LogReader reader(log.head, *log.tiles);
  JEJAK_TRY(first, reader.Entry(0));
  Mirror mirror{bench.Folder("mirror-" + FreshTag()), reader.size(), {}};
  JEJAK_CHECKED(WriteStaticFiles(log, mirror.directory));
  mirror.trust.policy.log = log.signer->verifier_key();
  mirror.trust.genesis = tlog::LeafHash(AsBytes(first));
  mirror.trust.now = sequencer::SystemClock().Wall();
  mirror.trust.ignore_conformance = true;
  return mirror;
}

// Entries per second of one audit. kInternal: its verdict is another than it must be.
Result<double> AuditOnce(const Mirror& mirror, bool skip_signatures) {
  StaticFiles files(mirror.directory);
  evidence::Trust trust = mirror.trust;
  trust.skip_signatures = skip_signatures;
  const auto start = std::chrono::steady_clock::now();
  verifier::WorkerPool pool(2);
  const evidence::Verdict verdict = verifier::AuditLog(files, trust, pool);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const int expected = skip_signatures ? evidence::kExitInconclusive : evidence::kExitPass;
  if (verdict.exit_code != expected || verdict.coverage.total != mirror.size)
    return Internal("the audit of an intact log says " + verdict.word);
  return static_cast<double>(mirror.size) / took.count();
}

}  // namespace

Result<std::vector<Line>> AuditRow(Bench& bench) {
  JEJAK_TRY(mirror, MakeMirror(bench));
  Rounds full, skipping;
  for (std::uint64_t round = 0; round < bench.options().rounds; ++round) {
    const double v = VerificationsPerSecond();
    JEJAK_TRY(rate, AuditOnce(mirror, false));
    full.Add(rate, 2 * v);
    JEJAK_TRY(skipped, AuditOnce(mirror, true));
    skipping.Add(skipped);
  }
  std::error_code ignored;
  std::filesystem::remove_all(mirror.directory, ignored);
  return std::vector<Line>{full.Summary("audit", "offline audit of a whole log, 2 jobs",
                                        "entries/s", {Target::kAtLeast, 0.8, "2 V"}),
                           skipping.Summary("audit", "the same without signatures", "entries/s",
                                            {Target::kAtLeast, 250'000, {}})};
}

}  // namespace jejak::bench
