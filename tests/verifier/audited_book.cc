// SPDX-License-Identifier: Apache-2.0
#include "tests/verifier/audited_book.h"

#include <algorithm>
#include <cstdlib>

#include "verifier/log_audit.h"

namespace jejak::verifier::test {

AuditedBook::AuditedBook() {
  log.Add(small.create().note);
  for (const record::Envelope& envelope : small.setup()) log.Add(envelope.note);
  log.Seal();
}

std::uint64_t AuditedBook::Administer(const registry::AdminBody& body, const std::string& subject) {
  const At now = ParseAt(FormatAt(log.time(), 420)).value();
  const auto envelope = author::Administer(small.author(), body, subject, now,
                                           {{"root", &root_a}, {"root", &root_b}});
  if (!envelope.ok() || !small.author().Logged(*envelope).ok()) std::abort();
  return log.Add(envelope->note);
}

evidence::Trust AuditedBook::trust() const {
  evidence::Trust out;
  out.policy.log = key.verifier_key();
  out.policy.genesis = log.genesis();
  out.ignore_conformance = true;
  out.now = UnixSeconds{kStart.value + 86400};
  return out;
}

evidence::Verdict Audit(const FileMap& files, const evidence::Trust& trust) {
  MemorySource source(files);
  CallerOnly caller;
  return AuditLog(source, trust, caller);
}

bool Says(const evidence::Verdict& verdict, std::string_view id, evidence::Status status,
          std::string_view sentence, std::optional<std::uint64_t> index) {
  return std::any_of(verdict.checks.begin(), verdict.checks.end(),
                     [&](const evidence::CheckLine& line) {
                       return line.id == id && line.status == status &&
                              line.detail.find(sentence) != std::string::npos &&
                              (!index || line.entry_index == index);
                     });
}

const AuditedBook& LargeBook() {
  static const AuditedBook* const kBook = [] {
    auto* book = new AuditedBook;
    for (std::uint64_t i = 0; book->log.size() < 2 * kChunkEntries + 700; ++i) {
      const UnixSeconds now = book->log.time();
      book->log.Add(i % 8 == 0 ? book->small.Open(i / 8, now).note
                               : book->small.AddNote(i / 8, now).note);
      if (i % 96 == 95) book->log.Seal();
    }
    book->log.Seal();
    return book;
  }();
  return *kBook;
}

}  // namespace jejak::verifier::test
