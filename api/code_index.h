// SPDX-License-Identifier: Apache-2.0
//
// CodeIndex: which entry of the log brought in the report, or the party, that a receipt code names
// (docs/formats.md, Receipt codes). The code itself is never here: only what the log holds of it.
//
//   tag of a report         4z1k0t…   ->  entry 31, whose body has it as `report`
//   public key of a party   8f3c…     ->  entry 31, whose header has its `party` line
//
// A tag counts in a `report.submit` and in what brings in a party, one an entry at most.
//
// In memory only: one node for each such tag and each party's key, some 100 bytes; it grows with
// the log. A thread of its own reads the log at the start and follows it after that (7 us an
// entry), with a lower priority than those that take actions; nothing is done while an action is
// appended. Before it is asked anything it catches up with the head, so a report that was logged a
// moment ago is found; a hit costs what a miss costs.
//
// The first entry that names a tag or a key has it: what is logged later can't take it over. A tag
// stays here when its body is erased: whoever asks looks at the entry, and sees that it is gone.
//
// Any thread.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "api/event_log.h"
#include "ledger/crypto/sign.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/sequencer.h"

namespace jejak::api {

class CodeIndex final {
 public:
  // All of it outlives the index.
  CodeIndex(sequencer::Sequencer& sequencer, sequencer::TileCache& tiles, const EventLog& events);
  ~CodeIndex();
  CodeIndex(const CodeIndex&) = delete;
  CodeIndex& operator=(const CodeIndex&) = delete;

  struct Place {
    std::optional<std::uint64_t> by_tag, by_key;  // entries
  };
  // `tag`: 20 characters. kUnavailable while there is more of the log to read than can be read in a
  // moment, whatever is asked for; errors of the reader.
  Result<Place> Find(std::string_view tag, const crypto::PublicKey& key,
                     sequencer::LogReader& reader);

  std::uint64_t size() const;  // of the log that it is about

 private:
  using Tag = std::array<char, 20>;
  struct TagHash {
    std::size_t operator()(const Tag& tag) const;
  };
  struct KeyHash {
    std::size_t operator()(const crypto::PublicKey& key) const;
  };
  struct Names {
    std::vector<std::pair<Tag, std::uint64_t>> tags;
    std::vector<std::pair<crypto::PublicKey, std::uint64_t>> keys;
  };

  void Run();
  Result<void> CatchUp(sequencer::LogReader& reader, std::uint64_t most);
  static Result<Names> Read(sequencer::LogReader& reader, std::uint64_t begin, std::uint64_t end);

  sequencer::Sequencer& sequencer_;
  sequencer::TileCache& tiles_;
  const EventLog& events_;

  std::mutex reading_;  // one reads on at a time; taken before mutex_
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::unordered_map<Tag, std::uint64_t, TagHash> tags_;
  std::unordered_map<crypto::PublicKey, std::uint64_t, KeyHash> keys_;
  std::uint64_t size_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jejak::api
