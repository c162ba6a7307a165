// SPDX-License-Identifier: Apache-2.0
//
// The people of a bench log and what they write: two roots, one unit, 64 officers with a key each,
// one calendar, one procedure. Keys are made from their names, so that a log made by an earlier run
// can be gone on with; they protect nothing.
//
// An action is about what officers' actions are: some 450 bytes of text, a body of some 150 beside
// the log, one signature; the first of a case has a sealed field. Immutable; any thread.
#pragma once

#include <string>
#include <vector>

#include "ledger/record/envelope.h"
#include "ledger/sequencer/submission.h"
#include "ledger/tlog/private_key.h"
#include "tools/author/author.h"

namespace jejak::bench {

inline constexpr const char* kOrigin = "bench.jejak.example/1";
inline constexpr std::size_t kOfficers = 64;

class World final {
 public:
  // kInternal: what it writes is no action, a fault of this program.
  static Result<World> Make();

  // Entry 0, and the envelopes that follow it in order.
  const record::Envelope& create() const { return create_; }
  const std::vector<record::Envelope>& setup() const { return setup_; }
  tlog::PrivateKey log_key() const;

  // The stream of the case that has this name in the bench.
  static record::Stream CaseOf(const std::string& name);

  // A new case of so many actions, by one officer: envelopes as bytes, to be logged in order.
  Result<std::vector<std::string>> WriteCase(const std::string& name, std::size_t actions) const;

  // The same as submissions whose signatures need no verification any more, since they were made
  // here.
  Result<std::vector<sequencer::Submission>> PrepareCase(const std::string& name,
                                                         std::size_t actions) const;

 private:
  World() = default;
  const tlog::PrivateKey& OfficerOf(const std::string& name) const;

  std::vector<tlog::PrivateKey> officers_;
  Digest procedure_;  // the id of its publication
  record::Envelope create_;
  std::vector<record::Envelope> setup_;
};

}  // namespace jejak::bench
