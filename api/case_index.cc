// SPDX-License-Identifier: Apache-2.0
#include "api/case_index.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace jejak::api {
namespace {

using sequencer::LogReader;

constexpr std::chrono::milliseconds kLook{100};  // how often the log's head is looked at
constexpr int kRest = 4;                         // it rests this many times as long as it worked
constexpr int kNiceness = 10;
constexpr std::chrono::milliseconds kRetry{1000};  // after a fault
constexpr std::chrono::milliseconds kPatience{2000};
constexpr std::uint64_t kEntriesAtOnce = 256;
constexpr std::size_t kCasesAtOnce = 1000;

std::size_t Slot(Contents contents) { return static_cast<std::size_t>(contents); }

Result<std::vector<std::string>> AllCases(LogReader& reader) {
  std::vector<std::string> ids;
  std::uint64_t from = 0;
  for (;;) {
    JEJAK_TRY(found, reader.Cases(from, kCasesAtOnce));
    for (auto& [index, id] : found) {
      ids.push_back(std::move(id));
      from = index + 1;
    }
    if (found.size() < kCasesAtOnce) return ids;
  }
}

// The same record as a mirror has it.
void DropContents(evidence::CaseRecord& record) {
  for (procedure::Act& act : record.acts) {
    if (act.body_state == procedure::BodyState::kNone) continue;
    act.body_state = procedure::BodyState::kAbsent;
    act.body = {};
    act.opened.clear();
  }
}

RowPointer RowOf(const std::string& id, const evidence::CaseRecord& record, UnixSeconds now) {
  const evidence::CaseConformance conformance = evidence::JudgeRecord(record, now);
  const procedure::Definition* definition =
      conformance.definition ? &*conformance.definition->definition : nullptr;
  return std::make_shared<const CaseRow>(
      CaseRow{id, procedure::Summarize(record.acts, definition, conformance.judgement)});
}

}  // namespace

CaseIndex::CaseIndex(sequencer::Sequencer& sequencer, sequencer::TileCache& tiles,
                     PublishedDesk& published, const sequencer::Clock& clock,
                     const EventLog& events, IndexOptions options)
    : sequencer_(sequencer),
      tiles_(tiles),
      published_(published),
      clock_(clock),
      events_(events),
      options_(options),
      thread_([this] { Run(); }) {}

CaseIndex::~CaseIndex() { Stop(); }

void CaseIndex::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  moved_.notify_all();
  if (thread_.joinable()) thread_.join();
}

IndexProgress CaseIndex::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

void CaseIndex::Run() {
  // On Linux this is the priority of the thread alone.
  setpriority(PRIO_PROCESS, 0, kNiceness);
  for (;;) {
    const sequencer::HeadPointer head = sequencer_.head();
    const IndexProgress before = progress();
    std::chrono::milliseconds pause = kLook;
    if (!before.built || head->size() != before.size) {
      const auto start = std::chrono::steady_clock::now();
      const Result<void> followed = Follow(head);
      const auto took = std::chrono::steady_clock::now() - start;
      pause = std::max(kLook, std::chrono::ceil<std::chrono::milliseconds>(kRest * took));
      if (!followed.ok()) {
        events_.Write(LogLevel::kError, "index_failed", {{"reason", followed.error().detail}});
        pause = kRetry;
      }
    }
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    wake_.wait_for(lock, pause, [this] { return wanted_ || stopping_; });
    wanted_ = false;
    if (stopping_) return;
  }
}

// Cases that have new entries since; all of them when a calendar has a new version.
Result<std::vector<std::string>> CaseIndex::Changed(LogReader& reader, std::uint64_t from) const {
  std::set<std::string> ids;
  for (std::uint64_t begin = from; begin < reader.size(); begin += kEntriesAtOnce) {
    std::vector<std::uint64_t> indexes;
    const std::uint64_t end = std::min(reader.size(), begin + kEntriesAtOnce);
    for (std::uint64_t index = begin; index < end; ++index) indexes.push_back(index);
    JEJAK_TRY(entries, reader.Entries(indexes));
    for (const std::string& entry : entries) {
      JEJAK_TRY(leaf, record::ParseLeaf(entry));
      const auto* logged = std::get_if<record::LoggedAction>(&leaf);
      if (logged == nullptr) continue;
      const record::Stream& stream = logged->action.stream;
      if (stream.kind == record::StreamKind::kCalendar) return AllCases(reader);
      if (stream.is_case()) ids.insert(stream.name);
    }
  }
  return std::vector<std::string>(ids.begin(), ids.end());
}

Result<CaseIndex::Rows> CaseIndex::Judge(LogReader& reader, Published& published,
                                         const std::string& id) {
  const record::Stream stream{record::StreamKind::kCase, id};
  const Contents contents = options_.held ? Contents::kHeld : Contents::kNone;
  JEJAK_TRY(record, ReadCase(reader, published, stream, reader.size(), contents));
  const UnixSeconds now = clock_.Wall();
  Rows rows;
  if (options_.held) rows[Slot(Contents::kHeld)] = RowOf(id, record, now);
  if (options_.skeletons) {
    DropContents(record);
    rows[Slot(Contents::kNone)] = RowOf(id, record, now);
  }
  return rows;
}

// The rows come into the tables together, with the size that they are about.
Result<void> CaseIndex::Follow(const sequencer::HeadPointer& head) {
  LogReader reader(head, tiles_);
  const IndexProgress before = progress();
  JEJAK_TRY(ids, before.built ? Changed(reader, before.size) : AllCases(reader));
  JEJAK_TRY(published, published_.At(reader, reader.size()));
  std::vector<Rows> judged;
  judged.reserve(ids.size());
  for (const std::string& id : ids) {
    JEJAK_TRY(one, Judge(reader, *published, id));
    judged.push_back(std::move(one));
    const std::lock_guard lock(mutex_);
    if (stopping_) return {};
    progress_.cases = judged.size();
    progress_.total = ids.size();
    ++progress_.replays;
  }
  {
    const std::lock_guard lock(mutex_);
    for (Rows& rows : judged) {
      for (std::size_t slot = 0; slot < tables_.size(); ++slot) {
        if (rows[slot]) tables_[slot].Put(std::move(rows[slot]));
      }
    }
    progress_.size = head->size();
    progress_.built = true;
  }
  moved_.notify_all();
  return {};
}

Result<CaseIndex::Found> CaseIndex::Find(const CaseQuery& query, Contents contents,
                                         std::uint64_t size) {
  std::unique_lock lock(mutex_);
  if (!progress_.built || progress_.size < size) {
    wanted_ = true;
    wake_.notify_all();
    moved_.wait_for(lock, progress_.built ? kPatience : kLook,
                    [&] { return stopping_ || (progress_.built && progress_.size >= size); });
  }
  if (!progress_.built) {
    return Unavailable("the index of cases is being built: " + std::to_string(progress_.cases) +
                       " of " + std::to_string(progress_.total) +
                       " cases are read; ask again in a moment");
  }
  return Found{progress_.size, tables_[Slot(contents)].Find(query)};
}

}  // namespace jejak::api
