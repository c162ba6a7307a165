// SPDX-License-Identifier: Apache-2.0
//
// The port: all that the ledger asks of a database. docs/architecture.md, "The port".
//
//   auto view = store.Latest();                      a snapshot and its head
//   ... plan, read, build a batch (pure) ...
//   store.Commit(view->head(), next_head, writes);   all of it, durably, if the head is still the
//   same
//
// One moving value, the head, and keys. Whoever builds on a head that has moved is refused, so two
// writers can never both go on. Keys and values are bytes in std::string, against the rule that
// std::string is text, because engines speak it and a copy per value would be the price of the
// rule; what a key means, schema.h alone knows.
//
// Codes, the same for every engine (tests/store/conformance):
//   kConflict        the head is not the expected one; nothing was stored
//   kUnavailable     nothing was stored, the store is sound; try later (disk space is low, say)
//   kUnknownOutcome  a write or sync failed: stored or not, nobody knows. The store refuses every
//   later commit
//                    with this code until it is reopened; views and Latest() stay at the last
//                    acknowledged head
//   kInternal        damaged data, or a fault of the caller's
// Every member may be called from any thread at any time; commits take turns.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/result.h"

namespace jejak::store {

// Sets a key, or deletes it where there is no value. An empty value is a value.
struct Write {
  std::string key;
  std::optional<std::string> value;
};

using Row = std::pair<std::string, std::string>;

// The keys [from, to).
struct KeyRange {
  std::string from, to;
};

// One state of the store, for as long as it is held. It keeps the database open: a view that
// outlives its Store is safe, and until it is gone the directory can't be opened for writing again.
class View {
 public:
  virtual ~View() = default;

  // The head of this state; empty if nothing was ever committed.
  virtual std::string head() const = 0;

  // The values of the keys, in their order; none where a key is absent.
  virtual Result<std::vector<std::optional<std::string>>> Read(
      std::span<const std::string> keys) const = 0;

  // At most `limit` rows of [from, to), keys ascending as unsigned bytes. Nothing if from >= to.
  virtual Result<std::vector<Row>> Scan(std::string_view from, std::string_view to,
                                        std::size_t limit) const = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  // The newest acknowledged state. Cheap: no I/O, no snapshot per call.
  virtual Result<std::shared_ptr<const View>> Latest() = 0;

  // If the head is `expected_head`: applies the writes in order (a later one to the same key wins)
  // and sets the head, atomically, durable on return. `new_head` is not empty; no key is empty or
  // begins with byte 00, which engines keep for themselves.
  virtual Result<void> Commit(std::string_view expected_head, std::string_view new_head,
                              std::span<const Write> writes) = 0;

  // Destroys the rows of these ranges: of the newest state and of every earlier one. The head and
  // all other rows stay. On return no state that can be read has them, and no file that the engine
  // keeps holds a value of them, neither a table nor a write-ahead log, live or left over; the
  // directory is synced. (Keys may be left. What the disk does with freed blocks, and copies made
  // before, are out of an engine's reach.) Ranges that hold nothing any more are gone through all
  // the same: who was cut off calls again and has the same guarantee.
  // Slow, for the tables around the rows are written anew; everybody else waits for it.
  // kUnavailable, with nothing done, also while anybody holds a view: it could show the rows.
  // kUnknownOutcome: begun and not ended; reopen the store and call again.
  virtual Result<void> Erase(std::span<const KeyRange> ranges) = 0;

  // A copy of the newest state in a new directory `dir`, while commits go on; opened like the
  // original. kRefused if `dir` exists or the engine keeps nothing on disk.
  virtual Result<void> Checkpoint(const std::string& dir) = 0;
};

// What Commit asks of its arguments, the same for every engine. kInternal.
Result<void> CheckWrites(std::string_view new_head, std::span<const Write> writes);

// What Erase asks: no range is empty or reaches into the engine's own keys. kInternal.
Result<void> CheckRanges(std::span<const KeyRange> ranges);

}  // namespace jejak::store
