// SPDX-License-Identifier: Apache-2.0
#include "api/case_index.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "api/audience.h"
#include "api/thread_priority.h"

namespace jejak::api {
namespace {

using sequencer::LogReader;

constexpr std::chrono::milliseconds kLook{100};          // how often the log's head is looked at
constexpr std::chrono::milliseconds kLongestWait{2000};  // for a log that doesn't rest
// It rests this many times as long as it worked, at most so long: the first build takes longest.
constexpr int kRest = 4, kRestWhileGrowing = 16;
constexpr std::chrono::seconds kLongestRest{5}, kLongestRestWhileGrowing{30};
constexpr std::chrono::milliseconds kRetry{1000};  // after a fault
constexpr std::chrono::milliseconds kPatience{2000};
constexpr std::uint64_t kEntriesAtOnce = 256;
constexpr std::size_t kCasesAtOnce = 1000;

// When to follow a log that has grown.
class Pace final {
 public:
  using Clock = std::chrono::steady_clock;

  // Looked at every kLook.
  bool IsTime(std::uint64_t size) {
    const bool growing = size != std::exchange(size_, size);
    const Clock::duration idle = Clock::now() - followed_;
    if (!growing) return idle >= std::min<Clock::duration>(kRest * took_, kLongestRest);
    return idle >= std::max<Clock::duration>(kLongestWait,
                                             std::min<Clock::duration>(kRestWhileGrowing * took_,
                                                                       kLongestRestWhileGrowing));
  }
  void Followed(Clock::time_point start) {
    followed_ = Clock::now();
    took_ = followed_ - start;
  }

 private:
  std::uint64_t size_ = 0;  // at the last look
  Clock::time_point followed_ = Clock::now();
  Clock::duration took_{};
};

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

RowPointer RowOf(const std::string& id, const evidence::CaseRecord& record,
                 const evidence::CaseConformance& conformance) {
  return std::make_shared<const CaseRow>(CaseRow{
      id, procedure::Summarize(record.acts, conformance.judged_by(), conformance.judgement)});
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
  GiveWay();
  Pace pace;
  bool asked = false;
  for (;;) {
    const sequencer::HeadPointer head = sequencer_.head();
    const IndexProgress before = progress();
    std::chrono::milliseconds pause = kLook;
    const bool behind = !before.built || head->size() != before.size;
    if (behind && (pace.IsTime(head->size()) || asked || !before.built)) {
      const auto start = Pace::Clock::now();
      const Result<void> followed = Follow(head);
      pace.Followed(start);
      if (!followed.ok()) {
        events_.Write(LogLevel::kError, "index_failed", {{"reason", followed.error().detail}});
        pause = kRetry;
      }
    }
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    wake_.wait_for(lock, pause, [this] { return wanted_ || stopping_; });
    asked = std::exchange(wanted_, false);
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

Result<CaseIndex::Judged> CaseIndex::Judge(LogReader& reader, Published& published,
                                           const std::string& id) {
  const record::Stream stream{record::StreamKind::kCase, id};
  JEJAK_TRY(record, ReadCase(reader, published, stream, reader.size(), Contents::kHeld));
  const UnixSeconds now = clock_.Wall();
  const bool restricted = options_.shown == IndexOptions::Shown::kReleased;
  Judged judged;
  judged.released = {id, {}, record.acts.front().index, record.acts.back().index};
  if (options_.held || restricted) {
    const evidence::CaseConformance conformance = evidence::JudgeRecord(record, now);
    if (options_.held) judged.held = RowOf(id, record, conformance);
    if (restricted) judged.released.release = ReleaseOf(record, conformance);
  }
  if (!restricted || judged.released.release.verdicts) {
    Withhold(GivenTo(Audience::Public(), record), record);
    judged.shown = RowOf(id, record, evidence::JudgeRecord(record, now));
  }
  return judged;
}

void CaseIndex::Enter(Judged judged) {
  const ReleasedCase& released = judged.released;
  if (judged.held) tables_[Slot(Contents::kHeld)].Put(std::move(judged.held));
  CaseTable& shown = tables_[Slot(Contents::kShown)];
  if (judged.shown) {
    shown.Put(std::move(judged.shown));
  } else {
    shown.Remove(released.opened);
  }
  if (released.release.timeline) {
    released_order_[released.opened] = released.id;
    released_[released.id] = released;
  } else {
    released_order_.erase(released.opened);
    released_.erase(released.id);
  }
}

// The rows come into the tables together, with the size that they are about.
Result<void> CaseIndex::Follow(const sequencer::HeadPointer& head) {
  LogReader reader(head, tiles_);
  const IndexProgress before = progress();
  JEJAK_TRY(ids, before.built ? Changed(reader, before.size) : AllCases(reader));
  JEJAK_TRY(published, published_.At(reader, reader.size()));
  std::vector<Judged> judged;
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
    for (Judged& one : judged) Enter(std::move(one));
    progress_.size = head->size();
    progress_.built = true;
  }
  moved_.notify_all();
  return {};
}

Result<void> CaseIndex::CheckBuilt() const {
  if (progress_.built) return {};
  return Unavailable("the index of cases is being built: " + std::to_string(progress_.cases) +
                     " of " + std::to_string(progress_.total) +
                     " cases are read; ask again in a moment");
}

std::optional<ReleasedCase> CaseIndex::FindReleased(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = released_.find(id);
  return found == released_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<ReleasedCase>> CaseIndex::Released(std::uint64_t from_index,
                                                      std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  JEJAK_CHECKED(CheckBuilt());
  std::vector<ReleasedCase> list;
  for (auto at = released_order_.lower_bound(from_index);
       at != released_order_.end() && list.size() < limit; ++at) {
    list.push_back(released_.at(at->second));
  }
  return list;
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
  JEJAK_CHECKED(CheckBuilt());
  return Found{progress_.size, tables_[Slot(contents)].Find(query)};
}

}  // namespace jejak::api
