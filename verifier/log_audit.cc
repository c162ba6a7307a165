// SPDX-License-Identifier: Apache-2.0
#include "verifier/log_audit.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/evidence/checkpoint_check.h"
#include "ledger/evidence/conformance_lines.h"
#include "verifier/audit_verdict.h"
#include "verifier/bundle.h"
#include "verifier/case_records.h"
#include "verifier/replay_stage.h"

namespace jejak::verifier {
namespace {

constexpr std::uint64_t kChunkBundles = kChunkEntries / tlog::kTileWidth;

struct Chunk {
  std::vector<Bundle> bundles;
  std::vector<evidence::SignatureJob> jobs;
};

// The four stages of log_audit.h. Chunk c is read in step c, prepared in step c + 1, replayed in
// step c + 2 and its signatures are verified in step c + 3; the tasks of one step touch four
// different chunks, so they need no lock.
class Pipeline final {
 public:
  Pipeline(LogSource& source, Workers& workers, ReplayStage& stage, std::uint64_t size)
      : source_(source),
        workers_(workers),
        stage_(stage),
        size_(size),
        chunks_((size + kChunkEntries - 1) / kChunkEntries) {}

  void Run(Progress* progress) {
    for (std::uint64_t step = 0; step < chunks_ + 3; ++step) {
      RunStep(step);
      stage_.CheckUpperTiles(source_);
      if (stage_.stopped()) chunks_ = std::min(chunks_, step - 1);  // the chunk replayed now
      if (progress != nullptr && step >= 3) {
        progress->Report(std::min(size_, (step - 2) * kChunkEntries), size_);
      }
    }
    stage_.Finish();
    if (!stage_.stopped()) stage_.CheckUpperTiles(source_);
  }

  SignatureOutcome TakeOutcome() { return std::move(outcome_); }

 private:
  // The chunk that is `late` stages behind in this step; nullptr outside of the log.
  Chunk* At(std::uint64_t step, std::uint64_t late) {
    if (step < late || step - late >= chunks_) return nullptr;
    return &ring_[(step - late) % ring_.size()];
  }

  void ReadChunk(std::uint64_t number, Chunk& chunk) {
    for (std::uint64_t i = 0; i < kChunkBundles; ++i) {
      const std::uint64_t index = number * kChunkBundles + i;
      const std::uint16_t width = tlog::TileWidthAt(0, index, size_);
      if (width == 0) return;
      chunk.bundles.emplace_back(index, width);
      chunk.bundles.back().Read(source_);
    }
  }

  void ReplayChunk(Chunk& chunk) {
    for (Bundle& bundle : chunk.bundles) stage_.Take(bundle);
    chunk.jobs = stage_.TakeJobs();
  }

  void RunStep(std::uint64_t step) {
    Chunk* reading = At(step, 0);
    Chunk* preparing = At(step, 1);
    Chunk* replaying = At(step, 2);
    Chunk* verifying = At(step, 3);
    const std::size_t bundles = preparing == nullptr ? 0 : preparing->bundles.size();
    const std::size_t jobs = verifying == nullptr ? 0 : verifying->jobs.size();
    const std::size_t slices = (jobs + kSignaturesPerTask - 1) / kSignaturesPerTask;
    std::vector<std::optional<std::size_t>> wrong(slices);
    constexpr std::size_t kSingles = 3;
    // The longest task goes first, the smallest last: so no hand waits for long at the end.
    workers_.ForEach(kSingles + bundles + slices, [&](std::size_t task) {
      if (task == 0) {
        if (replaying != nullptr) ReplayChunk(*replaying);
      } else if (task == 1) {
        if (reading != nullptr) ReadChunk(step, *reading);
      } else if (task == 2) {
        if (verifying != nullptr) verifying->bundles.clear();
      } else if (task < kSingles + bundles) {
        preparing->bundles[task - kSingles].Prepare();
      } else {
        const std::size_t slice = task - kSingles - bundles;
        wrong[slice] = FirstWrong(verifying->jobs, slice * kSignaturesPerTask);
      }
    });
    if (verifying != nullptr) Conclude(*verifying, wrong);
  }

  static std::optional<std::size_t> FirstWrong(const std::vector<evidence::SignatureJob>& jobs,
                                               std::size_t begin) {
    const std::size_t end = std::min(jobs.size(), begin + kSignaturesPerTask);
    for (std::size_t i = begin; i < end; ++i) {
      if (!jobs[i].Holds()) return i;
    }
    return std::nullopt;
  }

  void Conclude(Chunk& chunk, const std::vector<std::optional<std::size_t>>& wrong) {
    outcome_.verified += chunk.jobs.size();
    for (const std::optional<std::size_t>& at : wrong) {
      if (!at || outcome_.wrong) continue;
      const evidence::SignatureJob& job = chunk.jobs[*at];
      outcome_.wrong = WrongSignature{job.entry_index, job.signer};
    }
    chunk.jobs.clear();
  }

  LogSource& source_;
  Workers& workers_;
  ReplayStage& stage_;
  std::uint64_t size_;
  std::uint64_t chunks_;
  std::array<Chunk, 4> ring_;
  SignatureOutcome outcome_;
};

// A file that isn't there or isn't a checkpoint is exit 3; whether it is genuine comes after.
std::optional<std::string> ReadCheckpointFile(LogSource& source, evidence::Verdict& verdict) {
  Result<std::string> note = source.Checkpoint();
  if (!note.ok()) {
    verdict = evidence::NotTheFormat(note.error());
    return std::nullopt;
  }
  const Result<tlog::Note> parsed = tlog::ParseNote(*note);
  const Result<tlog::Checkpoint> checkpoint =
      parsed.ok() ? tlog::ParseCheckpoint(parsed->text) : Result<tlog::Checkpoint>(parsed.error());
  if (!checkpoint.ok()) {
    verdict = evidence::NotTheFormat(
        Malformed("the file `checkpoint` is not a checkpoint: " + checkpoint.error().detail));
    return std::nullopt;
  }
  return std::move(*note);
}

// Last of all, and only of a log that was read to its end and is intact.
void JudgeConformance(const AuditFindings& found, CaseRecords& records, LogSource& source,
                      Workers& workers, CaseHearer* hearer, evidence::Verdict& verdict) {
  if (evidence::SkipsConformance(found.trust, verdict)) return;
  if (found.stage.stopped() || found.stage.replay().unknown_rules()) {
    return evidence::SayNotJudged(
        "not all of the log was judged: whether the procedure was followed was not judged",
        verdict);
  }
  const registry::Administration& administration = found.stage.replay().ledger().administration();
  evidence::SayConformance(records.Judge(administration, source, found.trust, workers, hearer),
                           verdict);
}

}  // namespace

evidence::Verdict AuditLog(LogSource& source, const evidence::Trust& trust, Workers& workers,
                           Progress* progress, CaseHearer* hearer) {
  evidence::Verdict verdict;
  const std::optional<std::string> note = ReadCheckpointFile(source, verdict);
  if (!note) return verdict;
  const auto checkpoint = evidence::CheckCheckpoint(*note, trust, verdict);
  const std::optional<Digest> genesis = evidence::WantGenesis(trust, verdict);
  const auto pinned = evidence::ReadPinned(trust, verdict);
  if (!checkpoint) {
    verdict.NotChecked("check.root", "there is no genuine checkpoint to compare with");
    verdict.Close();
    return verdict;
  }
  const std::uint64_t size = checkpoint->checkpoint.size;
  std::optional<std::uint64_t> pinned_size;
  if (pinned && pinned->checkpoint.size < size) pinned_size = pinned->checkpoint.size;
  CaseRecords records;
  ReplayStage stage(trust, pinned_size, trust.ignore_conformance ? nullptr : &records);
  Pipeline pipeline(source, workers, stage, size);
  pipeline.Run(progress);
  const SignatureOutcome signatures = pipeline.TakeOutcome();
  const AuditFindings findings{trust, *checkpoint, pinned, genesis, stage, signatures};
  WriteAuditLines(findings, verdict);
  JudgeConformance(findings, records, source, workers, hearer, verdict);
  CloseAuditVerdict(findings, verdict);
  return verdict;
}

}  // namespace jejak::verifier
