// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/case_file_builder.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "ledger/evidence/casefile.h"
#include "ledger/evidence/closure.h"
#include "ledger/record/leaf.h"
#include "ledger/registry/admin_body.h"
#include "ledger/statemap/stream_head.h"

namespace jejak::sequencer {
namespace {

constexpr std::size_t kPositionsAtOnce = 1024;

// One stream of the closure with its actions parsed.
struct Held {
  record::Stream stream;
  std::vector<std::string> texts;
  std::vector<record::LoggedAction> actions;
};

Result<std::vector<std::uint64_t>> AllPositions(LogReader& reader, const record::Stream& stream) {
  std::vector<std::uint64_t> indexes;
  for (;;) {
    JEJAK_TRY(positions, reader.Positions(stream, indexes.size(), kPositionsAtOnce));
    for (const store::SequenceValue& position : positions) indexes.push_back(position.index);
    if (positions.size() < kPositionsAtOnce) return indexes;
  }
}

Result<Held> ReadStream(LogReader& reader, const record::Stream& stream) {
  JEJAK_TRY(indexes, AllPositions(reader, stream));
  Held held{stream, {}, {}};
  JEJAK_TRY(texts, reader.Entries(indexes));
  held.texts = std::move(texts);
  for (const std::string& text : held.texts) {
    JEJAK_TRY(leaf, record::ParseLeaf(text));
    auto* action = std::get_if<record::LoggedAction>(&leaf);
    if (action == nullptr) return Internal("a stream names a seal as its action");
    held.actions.push_back(std::move(*action));
  }
  return held;
}

Result<std::vector<Held>> ReadClosure(LogReader& reader, const record::Stream& case_stream) {
  std::vector<Held> streams;
  evidence::Closure closure(case_stream);
  while (const std::optional<record::Stream> stream = closure.Next()) {
    JEJAK_TRY(held, ReadStream(reader, *stream));
    if (held.actions.empty()) {
      return stream->is_case() ? NotFound("the log has no case " + stream->name)
                               : Internal("the log lacks a stream that a case rests on");
    }
    std::vector<const record::Action*> actions;
    for (const record::LoggedAction& logged : held.actions) actions.push_back(&logged.action);
    closure.Add(actions);
    streams.push_back(std::move(held));
  }
  return streams;
}

Result<void> AddProofs(LogReader& reader, std::vector<Held>& streams, evidence::CaseFile& file) {
  std::vector<Digest> keys;
  std::vector<std::uint64_t> indexes{reader.size() - 1};  // the seal
  for (const Held& held : streams) {
    keys.push_back(statemap::StreamKey(held.stream));
    for (const record::LoggedAction& logged : held.actions) indexes.push_back(logged.entry.index);
  }
  std::sort(indexes.begin(), indexes.end());
  JEJAK_TRY(inclusion, reader.Multiproof(indexes));
  file.inclusion = std::move(inclusion);
  JEJAK_TRY(paths, reader.MapPaths(keys));
  for (std::size_t i = 0; i < streams.size(); ++i) {
    evidence::HeldStream out{streams[i].stream.text(), {}, std::move(streams[i].texts)};
    for (const statemap::MapStep& step : paths[i].steps)
      out.path.push_back({step.bit, step.sibling});
    file.streams.push_back(std::move(out));
  }
  return {};
}

Result<void> AddContents(LogReader& reader, const Held& held, const Disclosure& disclosure,
                         evidence::CaseFile& file) {
  for (const record::LoggedAction& logged : held.actions) {
    if (logged.action.body_form != record::BodyForm::kCommitted || !disclosure.bodies) continue;
    const std::uint64_t index = logged.entry.index;
    if (disclosure.gives && !disclosure.gives(index, "")) continue;
    JEJAK_TRY(body, reader.Body(index));
    if (!body) continue;  // erased or kept elsewhere: an opening without its body would be refused
    file.bodies.push_back({static_cast<std::int64_t>(index), body->key, std::move(body->text)});
    if (!disclosure.openings) continue;
    JEJAK_TRY(openings, reader.Openings(index));
    for (record::FieldOpening& opening : openings) {
      if (disclosure.gives && !disclosure.gives(index, opening.pointer)) continue;
      file.openings.push_back({static_cast<std::int64_t>(index), std::move(opening.pointer),
                               opening.key, std::move(opening.value)});
    }
  }
  return {};
}

Result<void> AddDocuments(LogReader& reader, const Held& held, evidence::CaseFile& file,
                          std::set<Digest>& added) {
  for (const record::LoggedAction& logged : held.actions) {
    const Result<registry::AdminBody> body = registry::ParseAdminBody(logged.action);
    if (!body.ok()) return Internal("an administration entry does not parse");
    std::optional<Digest> sha256;
    if (const auto* publish = std::get_if<registry::ProcedurePublish>(&*body))
      sha256 = publish->sha256;
    if (const auto* publish = std::get_if<registry::CalendarPublish>(&*body))
      sha256 = publish->sha256;
    if (!sha256 || !added.insert(*sha256).second) continue;
    JEJAK_TRY(document, reader.Document(*sha256));
    if (document) file.documents.push_back({*sha256, std::move(*document)});
  }
  return {};
}

}  // namespace

Result<std::string> BuildCaseFile(LogReader& reader, const record::Stream& case_stream,
                                  std::span<const std::uint64_t> from_sizes,
                                  const Disclosure& disclosure) {
  evidence::CaseFile file;
  JEJAK_TRY(streams, ReadClosure(reader, case_stream));
  file.stream = case_stream.text();
  file.checkpoint = reader.head().checkpoint;
  JEJAK_TRY(seal, reader.Entry(reader.size() - 1));
  file.seal = std::move(seal);
  for (const std::uint64_t from : std::set<std::uint64_t>(from_sizes.begin(), from_sizes.end())) {
    if (from >= reader.size()) return NotFound("an earlier size must be below the log's size");
    JEJAK_TRY(proof, reader.Consistency(from, reader.size()));
    file.consistency.push_back({static_cast<std::int64_t>(from), std::move(proof)});
  }
  JEJAK_CHECKED(AddProofs(reader, streams, file));
  std::set<Digest> added;
  for (const Held& held : streams) {
    if (held.stream.is_case()) JEJAK_CHECKED(AddContents(reader, held, disclosure, file));
    if (held.stream.kind == record::StreamKind::kProcedure ||
        held.stream.kind == record::StreamKind::kCalendar) {
      if (disclosure.documents) JEJAK_CHECKED(AddDocuments(reader, held, file, added));
    }
  }
  return evidence::EncodeCaseFile(file);
}

}  // namespace jejak::sequencer
