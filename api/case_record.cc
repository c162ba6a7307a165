// SPDX-License-Identifier: Apache-2.0
#include "api/case_record.h"

#include <utility>

#include "api/audience.h"
#include "ledger/evidence/case_acts.h"

namespace jejak::api {
namespace {

constexpr std::size_t kPositionsAtOnce = 1024;

Result<std::vector<std::uint64_t>> IndexesBelow(sequencer::LogReader& reader,
                                                const record::Stream& stream, std::uint64_t size) {
  std::vector<std::uint64_t> indexes;
  for (;;) {
    JEJAK_TRY(positions, reader.Positions(stream, indexes.size(), kPositionsAtOnce));
    for (const store::SequenceValue& position : positions) {
      if (position.index >= size) return indexes;
      indexes.push_back(position.index);
    }
    if (positions.size() < kPositionsAtOnce) return indexes;
  }
}

// Whether a body may have sealed fields. Looking for their openings is a scan, the dearest part of
// reading most cases; a key that says "$sealed" has its dollar sign or an escape.
bool MayBeSealed(std::string_view body) { return body.find_first_of("$\\") != body.npos; }

Result<void> AddHeld(sequencer::LogReader& reader, const record::LoggedAction& logged,
                     procedure::Act& act) {
  if (logged.action.body_form != record::BodyForm::kCommitted) return {};
  JEJAK_TRY(body, reader.Body(logged.entry.index));
  if (!body) return {};
  std::vector<record::FieldOpening> openings;
  if (MayBeSealed(body->text)) {
    JEJAK_TRY(read, reader.Openings(logged.entry.index));
    openings = std::move(read);
  }
  evidence::AddContents(logged.action, *body, openings, act);
  return {};
}

}  // namespace

std::string_view ContentsWord(Contents contents) {
  if (contents == Contents::kNone) return "none";
  return contents == Contents::kHeld ? "held" : "shown";
}

Result<record::LoggedAction> ParseLogged(std::string_view entry) {
  JEJAK_TRY(leaf, record::ParseLeaf(entry));
  auto* logged = std::get_if<record::LoggedAction>(&leaf);
  if (logged == nullptr) return Internal("a case names a seal as its action");
  return std::move(*logged);
}

void AppendAction(const record::Action& action, std::uint64_t index, UnixSeconds entered,
                  const registry::Administration& administration, Published& published,
                  evidence::CaseRecord& record) {
  const std::size_t seq = record.acts.size();
  if (action.under) record.bindings.emplace_back(seq, published.Bind(*action.under));
  record.acts.push_back(
      evidence::BuildAct(action, action.id(), index, seq, entered, administration));
}

Result<evidence::CaseRecord> ReadCase(sequencer::LogReader& reader, Published& published,
                                      const record::Stream& stream, std::uint64_t size,
                                      Contents contents) {
  JEJAK_TRY(indexes, IndexesBelow(reader, stream, size));
  if (indexes.empty()) return NotFound("no such case");
  JEJAK_TRY(entries, reader.Entries(indexes));
  evidence::CaseRecord record;
  record.stream = stream.text();
  record.acts.reserve(entries.size());
  for (const std::string& entry : entries) {
    JEJAK_TRY(logged, ParseLogged(entry));
    AppendAction(logged.action, logged.entry.index, logged.entry.time,
                 reader.head().administration(), published, record);
    if (contents != Contents::kNone) JEJAK_CHECKED(AddHeld(reader, logged, record.acts.back()));
  }
  if (contents == Contents::kShown) Withhold(GivenTo(Audience::Public(), record), record);
  return record;
}

}  // namespace jejak::api
