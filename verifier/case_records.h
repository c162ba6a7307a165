// SPDX-License-Identifier: Apache-2.0
//
// The actions of all cases of a log, kept while it is audited, and judged when it was read to its
// end (evidence/conformance.h). A mirror holds no bodies, so what needs one is unknown; documents
// are where the source has them (log_source.h).
//
//   records.Note(candidate, index, time);      // every action, in log order
//   records.Judge(administration, source, trust, workers)   ->  LogConformance
//
// Judging comes last, since a calendar published later changes what a deadline is; and only of a
// log that is intact. Memory: about 140 bytes an action, texts once; judged cases are dropped at
// once.
//
// Threads: one owner; Judge lets `workers` judge cases side by side.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/evidence/conformance.h"
#include "ledger/evidence/verdict.h"
#include "ledger/registry/administration.h"
#include "ledger/registry/candidate.h"
#include "verifier/log_source.h"
#include "verifier/workers.h"

namespace jejak::verifier {

// Hears of every case of a log when it has been judged: in the order in which they were opened, in
// the thread of Judge. Nothing is heard of a log that isn't intact.
class CaseHearer {
 public:
  virtual ~CaseHearer() = default;
  virtual void HearDocument(std::string_view text) = 0;  // all, before any case
  virtual void HearCase(const evidence::CaseRecord& record,
                        const evidence::CaseConformance& conformance) = 0;
};

class CaseRecords final {
 public:
  CaseRecords() : published_(cache_) {}
  CaseRecords(const CaseRecords&) = delete;
  CaseRecords& operator=(const CaseRecords&) = delete;

  void Note(const registry::Candidate& candidate, std::uint64_t index, UnixSeconds entered);

  // Once. `administration` as of the end of the log.
  evidence::LogConformance Judge(const registry::Administration& administration, LogSource& source,
                                 const evidence::Trust& trust, Workers& workers,
                                 CaseHearer* hearer = nullptr);

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;

  // An action without its texts: those are numbers in words_, from first_word on: type, about,
  // name and role of each `by` line, role and name of each party.
  struct Kept {
    Digest id;
    std::uint64_t index = 0;
    std::uint64_t position = 0;
    At at{};
    UnixSeconds entered;
    std::size_t first_word = 0;
    std::uint32_t next = kNone;   // of this case, in kept_
    std::uint32_t under = kNone;  // in unders_
    std::uint8_t about = 0, by = 0, parties = 0;
    bool after = true;
    bool has_body = false;
  };
  struct Case {
    std::string name;
    std::uint32_t first = kNone, last = kNone;  // in kept_
  };

  std::uint32_t Number(std::string_view word);
  std::uint32_t NumberOf(const record::Action::Under& under);
  void Keep(const record::Action& action, std::uint64_t index, UnixSeconds entered);
  record::ActionFields FieldsOf(const Kept& kept, const std::string& case_name) const;
  evidence::CaseRecord RecordOf(const Case& one,
                                const registry::Administration& administration) const;

  evidence::DocumentCache cache_;
  evidence::PublishedVersions published_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // of texts
  std::vector<const std::string*> texts_;                   // by number; keys of numbers_
  std::vector<std::uint32_t> words_;
  std::vector<Kept> kept_;
  std::vector<record::Action::Under> unders_;
  std::map<Digest, std::uint32_t> under_numbers_;  // by publish
  std::vector<Case> cases_;                        // in the order in which they were opened
  std::unordered_map<std::string, std::uint32_t> case_numbers_;
  std::vector<std::shared_ptr<const evidence::BoundVersion>> bound_;  // by number of the under
};

}  // namespace jejak::verifier
