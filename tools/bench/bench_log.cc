// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/bench_log.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/random.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/sequencer.h"
#include "ledger/tlog/tile.h"

namespace jejak::bench {
namespace {

using sequencer::OpenLog;
using sequencer::Sequencer;
using sequencer::Submission;

constexpr std::size_t kCasesPerSubmit = 25;

// Submits and waits until all of it is logged.
Result<void> SubmitAndWait(Sequencer& sequencer, std::vector<Submission> submissions) {
  auto answer = std::make_shared<std::promise<sequencer::Completed>>();
  std::future<sequencer::Completed> future = answer->get_future();
  JEJAK_CHECKED(sequencer.Submit(std::move(submissions), [answer](sequencer::Completed completed) {
    answer->set_value(std::move(completed));
  }));
  const sequencer::Completed completed = future.get();
  if (completed.error) return *completed.error;
  for (const sequencer::Outcome& outcome : completed.outcomes) {
    if (outcome.kind == sequencer::OutcomeKind::kRefused) return Internal(outcome.refusal.detail);
  }
  return {};
}

Result<void> SubmitSetup(Sequencer& sequencer, const World& world) {
  std::vector<Submission> submissions;
  for (const record::Envelope& envelope : world.setup()) {
    JEJAK_TRY(text, record::EncodeEnvelope(envelope));
    auto read = sequencer::ReadSubmission(text, sequencer::Contents::kRequired);
    if (const auto* refusal = std::get_if<registry::Refusal>(&read))
      return Internal(refusal->detail);
    submissions.push_back(std::get<Submission>(std::move(read)));
  }
  return SubmitAndWait(sequencer, std::move(submissions));
}

// Takes case numbers one group at a time, until `last`.
Result<void> FillFrom(Sequencer& sequencer, const World& world, std::atomic<std::uint64_t>& next,
                      std::uint64_t last) {
  for (;;) {
    const std::uint64_t first = next.fetch_add(kCasesPerSubmit);
    if (first >= last) return {};
    std::vector<Submission> group;
    for (std::uint64_t k = first; k < std::min(last, first + kCasesPerSubmit); ++k) {
      JEJAK_TRY(prepared, world.PrepareCase(FilledCase(k), kActionsPerCase));
      for (Submission& submission : prepared) group.push_back(std::move(submission));
    }
    JEJAK_CHECKED(SubmitAndWait(sequencer, std::move(group)));
  }
}

template <class Use>
Result<void> WithSequencer(OpenLog& log, Use use) {
  sequencer::SystemClock clock;
  sequencer::SequencerOptions options;
  options.batch_submissions = kActionsPerSeal;
  Sequencer sequencer(*log.store, *log.signer, clock, *log.tiles, log.head, options);
  const Result<void> used = use(sequencer);
  sequencer.Stop();
  log.head = sequencer.head();
  return used;
}

Result<void> WriteFile(const std::string& path, std::string_view bytes) {
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return file.good() ? Result<void>{} : Unavailable(path + " cannot be written");
}

}  // namespace

std::string FilledCase(std::uint64_t k) { return "fill-" + std::to_string(k); }

std::string FreshTag() { return EncodeHex(crypto::RandomBytes(5)); }

Result<OpenLog> OpenBenchLog(const std::string& directory, const World& world) {
  const UnixSeconds now = sequencer::SystemClock().Wall();
  if (std::filesystem::exists(sequencer::LogFiles(directory).db))
    return sequencer::OpenLogDirectory(directory, kPassphrase, "", now);
  JEJAK_TRY(text, record::EncodeEnvelope(world.create()));
  auto read = sequencer::ReadSubmission(text, sequencer::Contents::kRequired);
  if (const auto* refusal = std::get_if<registry::Refusal>(&read)) return Internal(refusal->detail);
  sequencer::NewLog log{
      world.log_key(),          {}, std::get<Submission>(std::move(read)), kPassphrase,
      crypto::kInteractiveCost, ""};
  JEJAK_TRY(open, sequencer::CreateLogDirectory(directory, std::move(log), now));
  JEJAK_CHECKED(
      WithSequencer(open, [&](Sequencer& sequencer) { return SubmitSetup(sequencer, world); }));
  return std::move(open);
}

Result<std::uint64_t> FillLog(OpenLog& log, const World& world, std::uint64_t entries,
                              std::uint64_t next_case) {
  std::atomic<std::uint64_t> next{next_case};
  const std::uint64_t missing = entries > log.head->size() ? entries - log.head->size() : 0;
  const std::uint64_t last = next_case + (missing + kActionsPerCase - 1) / kActionsPerCase;
  JEJAK_CHECKED(WithSequencer(log, [&](Sequencer& sequencer) -> Result<void> {
    auto other =
        std::async(std::launch::async, [&] { return FillFrom(sequencer, world, next, last); });
    const Result<void> mine = FillFrom(sequencer, world, next, last);
    const Result<void> theirs = other.get();
    return mine.ok() ? theirs : mine;
  }));
  return last;
}

Result<void> WriteStaticFiles(const OpenLog& log, const std::string& directory) {
  sequencer::LogReader reader(log.head, *log.tiles);
  std::vector<tlog::TileId> tiles = tlog::TilesOf(reader.size());
  const std::vector<tlog::TileId> bundles = tlog::BundlesOf(reader.size());
  tiles.insert(tiles.end(), bundles.begin(), bundles.end());
  for (const tlog::TileId& tile : tiles) {
    JEJAK_TRY(bytes, reader.Tile(tile));
    JEJAK_CHECKED(WriteFile(directory + "/" + tlog::TilePath(tile), bytes));
  }
  return WriteFile(directory + "/checkpoint", log.head->checkpoint);
}

std::uint64_t BytesUnder(const std::string& directory) {
  std::uint64_t bytes = 0;
  std::error_code failed;
  for (const auto& file : std::filesystem::recursive_directory_iterator(directory, failed)) {
    if (file.is_regular_file(failed)) bytes += file.file_size(failed);
  }
  return bytes;
}

}  // namespace jejak::bench
