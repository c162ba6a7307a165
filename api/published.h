// SPDX-License-Identifier: Apache-2.0
//
// The definitions and calendars that a log had published below some size, ready to judge by
// (evidence/documents.h), read once and kept until another one is published.
//
//   desk.At(reader, 333)   ->  procedure pp94-kota 1.0.0 at 12, calendar id-asn 2026.1 at 9
//
// Any thread; Bind waits for whoever binds at the same time.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ledger/evidence/documents.h"
#include "ledger/sequencer/log_reader.h"

namespace jejak::api {

// All versions that were published below one size.
class Published final {
 public:
  // Of the publishes with an index below `size`, at most reader.size(). kInternal: the store lacks
  // an entry. A document that it lacks is none, and Bind says so.
  static Result<std::shared_ptr<Published>> Read(sequencer::LogReader& reader, std::uint64_t size);

  // Never null.
  std::shared_ptr<const evidence::BoundVersion> Bind(const record::Action::Under& under);

 private:
  Published() : versions_(cache_) {}

  std::mutex mutex_;
  evidence::DocumentCache cache_;
  evidence::PublishedVersions versions_;
  std::list<std::string> texts_;  // what versions_ points into
};

// Remembers what it read last: nearly everybody asks about the newest state.
class PublishedDesk final {
 public:
  Result<std::shared_ptr<Published>> At(sequencer::LogReader& reader, std::uint64_t size);

 private:
  static constexpr std::size_t kKept = 4;
  struct Kept {
    std::size_t count = 0;  // of publishes: while it is the same, so is what is published
    std::shared_ptr<Published> published;
  };

  std::mutex mutex_;
  std::list<Kept> kept_;  // the last used first
};

}  // namespace jejak::api
