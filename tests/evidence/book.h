// SPDX-License-Identifier: Apache-2.0
//
// A small log written by the tests, without admission: it signs and logs whatever it is told, so
// that evidence of a log that misbehaves can be made. The inverse of the verifier: it builds case
// files and receipts from its leaves.
//
//   Book book;                                   // log.create, a unit, two registrars, an officer,
//   a case book.Append(book.Act("note.add", {{"u.example/p1", "officer"}})); book.Seal();
//   VerifyCaseFile(EncodeCaseFile(book.Case()), book.trust())
//
// Keys are made from their names. Entry times start at kStart and move on by one second per entry.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verdict.h"
#include "ledger/record/action.h"
#include "ledger/statemap/memory_map.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/tlog/merkle.h"

namespace jejak::evidence::test {

inline constexpr std::int64_t kBookStart = 1767574800;  // 2026-01-05T01:00:00Z
inline constexpr std::string_view kBookOrigin = "book.example/1";
inline constexpr std::string_view kBookCase = "5MG3Z0FSDG8122AFHMEK5J0EY2";

class Book {
 public:
  using Signers = std::vector<record::ActionFields::By>;

  Book();

  // Fields of an action in the case, in the registry, or in another administration stream.
  record::ActionFields Act(std::string type, Signers by) const;
  record::ActionFields Admin(std::string_view stream, std::string type, Signers by,
                             std::string body) const;
  // Signs and logs it; position and `at` are filled in. Returns its index.
  std::uint64_t Append(record::ActionFields fields);
  // Commits to a body and keeps it for the case file.
  std::uint64_t AppendWithBody(record::ActionFields fields, const std::string& body);
  // Logs a note as it is, in the stream that it names.
  std::uint64_t AppendNote(const record::Stream& stream, const std::string& note,
                           const Digest& action_id);
  std::uint64_t Seal();
  // Makes the map say something else about a stream from the next seal on.
  void SetHead(const record::Stream& stream, const statemap::StreamHead& head);

  // The note of the current size, cosigned by these witnesses at these times.
  std::string Checkpoint(const std::map<std::string, std::int64_t>& cosigned = {}) const;
  // Everything that is held about the case at the current size, which must be sealed.
  CaseFile Case(const std::string& checkpoint) const;
  CaseFile Case() const { return Case(Checkpoint()); }
  std::string ActionReceipt(std::uint64_t index) const;
  std::string StateReceipt(const record::Stream& stream) const;

  // Trust in this log with its genesis; `witnesses` are w1, w2.
  Trust trust() const;
  std::uint64_t size() const { return leaves_.size(); }
  const std::vector<std::string>& leaves() const { return leaves_; }
  std::string Vkey(std::string_view name) const;

  std::int64_t now = kBookStart;  // the time of the next entry

 private:
  struct Held {
    std::vector<std::uint64_t> indexes;
    std::vector<Digest> ids;
  };

  std::string Header(std::string_view kind) const;
  void Push(std::string leaf);
  statemap::StreamHead HeadOf(const Held& held) const;

  std::vector<std::string> leaves_;
  std::map<record::Stream, Held> streams_;
  std::vector<HeldBody> bodies_;
  mutable statemap::MemoryMap map_;
};

}  // namespace jejak::evidence::test
