// SPDX-License-Identifier: Apache-2.0
//
// What tests of the audit share: a sound log that a test may spoil, and what the audit says of it.
//
//   AuditedBook book;
//   book.log.Add(book.small.Open(1, book.log.time()).note);
//   Says(Audit(book.log.Files(), book.trust()), "check.seal", Status::kFail, "not a seal")
//
// One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/evidence/verdict.h"
#include "tests/support/small_log.h"
#include "tests/verifier/written_log.h"
#include "tools/author/administration.h"

namespace jejak::verifier::test {

inline constexpr UnixSeconds kStart{1767574800};

// A small log with its writer: founded, set up and sealed.
struct AuditedBook {
  AuditedBook();

  // An action of section 8 by both roots.
  std::uint64_t Administer(const registry::AdminBody& body, const std::string& subject = {});

  // Of integrity alone, a day after the start.
  evidence::Trust trust() const;

  jejak::test::SmallLog small{kStart};
  tlog::PrivateKey key = small.log_key();
  tlog::PrivateKey root_a = jejak::test::KeyOf("small.jejak.example/root-a");
  tlog::PrivateKey root_b = jejak::test::KeyOf("small.jejak.example/root-b");
  WrittenLog log{key, kStart};
};

// More than two chunks of the pipeline, with a seal after every 96 actions. Made once.
const AuditedBook& LargeBook();

// By one hand.
evidence::Verdict Audit(const FileMap& files, const evidence::Trust& trust);

// True iff a line of this id and status holds the sentence, and is about this entry if one is given.
bool Says(const evidence::Verdict& verdict, std::string_view id, evidence::Status status,
          std::string_view sentence, std::optional<std::uint64_t> index = {});

}  // namespace jejak::verifier::test
