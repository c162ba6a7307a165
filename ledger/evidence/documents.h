// SPDX-License-Identifier: Apache-2.0
//
// Which version of which procedure judges a case, out of the log itself (design/procedure.md
// "Procedure", "Verdicts"; formats.md sections 6 and 8):
//
//   under malang-article-2024 eKwp…          the opening action's line, or a case.rebind's
//     -> entry 9, procedure.publish {"version":"1.0.0","sha256":"Zq3…","calendar":"id-asn"}
//     -> the document with that SHA-256      -> ParseDefinition
//     -> every calendar.publish in calendar/id-asn, each with its document -> ParseCalendar
//
// What isn't there, isn't what its publish says, or has an error is no definition: then nothing is
// judged, and the reason is kept in both languages. A version published after the evidence ends
// doesn't exist.
//
// Threads: one owner each; a BoundVersion is never changed and may be shared.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/time.h"
#include "ledger/procedure/calendar.h"
#include "ledger/procedure/definition.h"
#include "ledger/registry/candidate.h"

namespace jejak::evidence {

// Documents by SHA-256, each parsed once however many cases it judges. Keep one per run, or per
// server. Memory: whatever was ever asked for.
class DocumentCache final {
 public:
  // `text` is only read when nothing is known of `sha256` yet, whose preimage it must be.
  std::shared_ptr<const procedure::ParsedDefinition> Definition(const Digest& sha256,
                                                                std::string_view text);
  std::shared_ptr<const procedure::ParsedCalendar> Calendar(const Digest& sha256,
                                                            std::string_view text);

 private:
  std::map<Digest, std::shared_ptr<const procedure::ParsedDefinition>> definitions_;
  std::map<Digest, std::shared_ptr<const procedure::ParsedCalendar>> calendars_;
};

// What an `under` line names, ready to judge by. `why_not` has words iff it can't be judged by;
// then the other members say as much as is known.
struct BoundVersion {
  std::string procedure, version;
  std::uint64_t publish_index = 0;
  std::shared_ptr<const procedure::ParsedDefinition> definition;
  std::shared_ptr<const std::vector<procedure::CalendarVersion>> calendars;  // in entry order
  std::optional<procedure::Words> why_not;
};

// The publishes and documents that some evidence holds.
//
//   PublishedVersions published(cache);
//   for (entry : log order) published.Note(candidate, index, time);
//   for (text : documents) published.Supply(text);
//   published.Bind(under)      // after all of the above
class PublishedVersions final {
 public:
  // The cache outlives this.
  explicit PublishedVersions(DocumentCache& cache) : cache_(cache) {}

  // An entry in log order; all but publishes are ignored.
  void Note(const registry::Candidate& candidate, std::uint64_t index, UnixSeconds entered);
  // A document, known by its hash from then on; the text outlives this.
  void Supply(std::string_view text);
  // The documents that publishes noted so far name, without duplicates.
  std::vector<Digest> Wanted() const;

  // Never null. The same publish gives the same object.
  std::shared_ptr<const BoundVersion> Bind(const record::Action::Under& under);

 private:
  struct Publish {
    std::string id, version, calendar;  // calendar: of a procedure only
    std::uint64_t index = 0;
    UnixSeconds entered;
    std::uint64_t size = 0;
    Digest sha256;
  };
  using Calendars = std::shared_ptr<const std::vector<procedure::CalendarVersion>>;
  struct BoundCalendar {
    Calendars versions;
    std::optional<procedure::Words> why_not;
  };

  const std::string_view* TextOf(const Publish& publish) const;
  std::optional<procedure::Words> BindDefinition(const Publish& publish, BoundVersion& bound);
  std::optional<procedure::Words> AddCalendar(const Publish& publish,
                                              std::vector<procedure::CalendarVersion>& versions);
  const BoundCalendar& BindCalendar(const std::string& id);

  DocumentCache& cache_;
  std::map<Digest, Publish> procedures_;                         // by action id
  std::map<std::string, std::vector<Publish>> calendars_;        // by id, in log order
  std::map<Digest, std::string_view> texts_;                     // by SHA-256
  std::map<Digest, std::shared_ptr<const BoundVersion>> bound_;  // by action id
  std::map<std::string, BoundCalendar> bound_calendars_;
};

}  // namespace jejak::evidence
