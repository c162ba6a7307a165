// SPDX-License-Identifier: Apache-2.0
//
// CaseIndex: keeps a CaseTable beside the running log. It is in memory only, made at the start by a
// thread of its own while everything else is served already, and follows the log after that: a new
// action costs a replay of its own case, a new version of a calendar one of every case, the passing
// of time none.
//
// What the public may search is a second table, since a verdict tells of the bodies that it rests
// on: every case by the contents that are shown (audience.h), or of a restricted log those whose
// verdicts were released. Which cases are released (release.h) is kept beside it.
//
//   index.Find(query, Contents::kHeld, head.size())   ->  {at_size 333, 12 rows}
//   index.FindReleased("5MG3…")                       ->  timeline, as of entry 41
//
// Its thread gives way: it has a lower priority than those that take actions and answer, waits
// until the log rests for a moment, though not for longer than two seconds, so that a case that
// changes many times in a row is replayed once, and rests four times as long as it worked, sixteen
// times while the log goes on growing. On a busy machine the tables are therefore behind the log;
// what they say is true of the size that they say it of. A search that waits wakes it.
//
// Any thread may ask; Stop ends the thread, within the replay of one case.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "api/case_record.h"
#include "api/case_table.h"
#include "api/event_log.h"
#include "api/published.h"
#include "api/release.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/sequencer.h"

namespace jejak::api {

struct IndexOptions {
  bool held = true;  // keep the table with bodies, of every case
  enum class Shown : std::uint8_t { kAll, kReleased } shown = Shown::kAll;
};

// A case that was released, as the index has seen it last.
struct ReleasedCase {
  std::string id;
  Release release;
  std::uint64_t opened = 0;     // entry
  std::uint64_t last_seen = 0;  // the case's last entry then: a later one may have ended it
};

struct IndexProgress {
  bool built = false;       // answers
  std::uint64_t size = 0;   // of the log that it is about
  std::uint64_t cases = 0;  // read so far, while it is being built
  std::uint64_t total = 0;
  std::uint64_t replays = 0;
};

class CaseIndex final {
 public:
  // All of it outlives the index.
  CaseIndex(sequencer::Sequencer& sequencer, sequencer::TileCache& tiles, PublishedDesk& published,
            const sequencer::Clock& clock, const EventLog& events, IndexOptions options);
  ~CaseIndex();
  CaseIndex(const CaseIndex&) = delete;
  CaseIndex& operator=(const CaseIndex&) = delete;

  struct Found {
    std::uint64_t at_size = 0;
    std::vector<RowPointer> rows;
  };
  // Waits a moment for a log of `size`; if that is long in coming the answer is of the size before.
  // kUnavailable while it is being built.
  Result<Found> Find(const CaseQuery& query, Contents contents, std::uint64_t size);

  // nullopt: not released, or not known to be yet. Takes the same time either way.
  std::optional<ReleasedCase> FindReleased(const std::string& id) const;
  // Those opened at or after an entry, in the order of opening. kUnavailable while it is being
  // built.
  Result<std::vector<ReleasedCase>> Released(std::uint64_t from_index, std::size_t limit) const;

  IndexProgress progress() const;
  void Stop();

 private:
  using Tables = std::array<CaseTable, kContentsKinds>;  // by Contents; kNone has none
  // What became of one case.
  struct Judged {
    RowPointer held, shown;  // null: in no such table
    ReleasedCase released;
  };

  void Run();
  Result<void> Follow(const sequencer::HeadPointer& head);
  Result<std::vector<std::string>> Changed(sequencer::LogReader& reader, std::uint64_t from) const;
  Result<Judged> Judge(sequencer::LogReader& reader, Published& published, const std::string& id);
  void Enter(Judged judged);
  Result<void> CheckBuilt() const;

  sequencer::Sequencer& sequencer_;
  sequencer::TileCache& tiles_;
  PublishedDesk& published_;
  const sequencer::Clock& clock_;
  const EventLog& events_;
  const IndexOptions options_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;   // somebody waits for the newest state, or it ends
  std::condition_variable moved_;  // the tables have moved on
  Tables tables_;
  std::unordered_map<std::string, ReleasedCase> released_;
  std::map<std::uint64_t, std::string> released_order_;  // by opening entry
  IndexProgress progress_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jejak::api
