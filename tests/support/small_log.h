// SPDX-License-Identifier: Apache-2.0
//
// A small log to be made and fed in tests: two roots, one unit, one officer, one calendar, one procedure, and as many cases as a
// test opens. Keys are made from their names. Its envelopes are admissible in the order in which they are asked for.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/record/envelope.h"
#include "tools/author/author.h"

namespace jejak::test {

// The key that everybody can make from a name.
tlog::PrivateKey KeyOf(const std::string& name, std::uint8_t type = tlog::kEd25519Key);

class SmallLog final {
 public:
  static constexpr const char* kOrigin = "small.jejak.example/1";

  explicit SmallLog(UnixSeconds now);

  // Entry 0.
  const record::Envelope& create() const { return create_; }
  // What follows it: a unit, a calendar, a procedure with their documents, an owner and an officer, in order.
  const std::vector<record::Envelope>& setup() const { return setup_; }

  // Opens the n-th case (any n, once), or adds a note to it. Each call goes on from the last, as if all before had been logged.
  record::Envelope Open(std::uint64_t n, UnixSeconds at);
  record::Envelope AddNote(std::uint64_t n, UnixSeconds at, const std::string& text = "seen");
  static record::Stream CaseStream(std::uint64_t n);

  author::Author& author() { return author_; }
  const tlog::PrivateKey& officer() const { return officer_; }
  tlog::PrivateKey log_key() const { return KeyOf(kOrigin); }

 private:
  record::Envelope Keep(Result<record::Envelope> envelope);

  author::Author author_;
  tlog::PrivateKey root_a_, root_b_, officer_, owner_;
  Digest procedure_;
  record::Envelope create_;
  std::vector<record::Envelope> setup_;
};

}  // namespace jejak::test
