// SPDX-License-Identifier: Apache-2.0
//
// Tracks: which acts concern which instance, and where each instance stands (language.md "Which
// actions a selector sees"; procedure.md, `check.transition`).
//
//   officer P044:  acts 4 5 7 8 9 …   CLARIFYING → INDICATED(8) → SUMMONED(9) → …
//   officer ?:     acts whose key can't be read, and the keyless
//
// Instances are in the order in which their keys first appear. A keyless act of the track concerns
// every instance, but moves only those known so far. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/procedure/definition.h"
#include "ledger/procedure/seen_act.h"

namespace jejak::procedure {

// How an act of a track belongs to its instances.
struct Keys {
  enum class Kind : std::uint8_t { kKeyed, kKeyless, kUnreadable };
  Kind kind = Kind::kKeyless;
  std::vector<std::size_t> instances;  // kKeyed; in the order written, distinct
  Causes causes;                       // kUnreadable
};

// A state, or unknown with its causes.
struct State {
  std::optional<std::string> name;
  Causes causes;
};

struct Instance {
  std::string key;                                     // "?" for the unreadable
  bool unreadable = false;                             // the instance `?`
  std::size_t first = 0;                               // act in which it first appears
  std::vector<std::pair<std::size_t, Truth>> members;  // acts of the track; ascending
  std::vector<std::size_t> opens;                      // acts that open a new segment
  std::vector<std::pair<std::size_t, State>> moves;    // after this act it is in this state
};

class TrackView final {
 public:
  // Beyond `limit` members or moves of keyless acts nothing is computed and `too_large` is true.
  TrackView(const SeenRecord& record, const Definition& definition, std::size_t track,
            std::size_t limit);

  bool too_large() const { return too_large_; }
  const std::vector<Instance>& instances() const { return instances_; }
  // Of an act of this track; others have none.
  const Keys& keys(std::size_t act) const { return keys_[act]; }
  // The state of an instance just before an act; `act` = number of acts: at the end.
  State StateBefore(std::size_t instance, std::size_t act) const;
  // The segment that an act lies in: [first act, first act of the next).
  std::pair<std::size_t, std::size_t> SegmentOf(std::size_t instance, std::size_t act) const;
  // A later act reopened this instance.
  bool ReopenedAfter(std::size_t instance, std::size_t act) const;

 private:
  void ReadKeys(const SeenRecord& record, const Definition& definition);
  void FindMembers(const SeenRecord& record);
  void Move(const SeenRecord& record, const Definition& definition);
  std::size_t InstanceOf(const std::string& key, std::size_t act);
  void MoveAll(std::size_t act, const State& state);

  const Track& track_;
  std::size_t number_;
  std::size_t limit_;
  std::size_t work_ = 0;
  bool too_large_ = false;
  std::size_t acts_ = 0;
  std::vector<Keys> keys_;
  std::vector<Instance> instances_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::optional<std::size_t> unreadable_;  // instance `?`
};

}  // namespace jejak::procedure
