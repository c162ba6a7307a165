// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/conformance.h"

#include <map>
#include <optional>

#include "ledger/evidence/case_acts.h"
#include "ledger/procedure/replay.h"
#include "ledger/registry/administration.h"

namespace jejak::evidence {
namespace {

// The contents of one entry, as a case file has them.
struct Contents {
  const HeldBody* body = nullptr;
  std::vector<record::FieldOpening> openings;
};

std::map<std::int64_t, Contents> ContentsByEntry(const CaseFile& file) {
  std::map<std::int64_t, Contents> contents;
  for (const HeldBody& body : file.bodies) contents[body.index].body = &body;
  for (const HeldOpening& opening : file.openings) {
    contents[opening.index].openings.push_back({opening.pointer, opening.key, opening.value});
  }
  return contents;
}

// A case's own entries, with everything before them in the log applied.
class RecordReader final {
 public:
  RecordReader(const HeldCase& held, DocumentCache& cache)
      : held_(held), published_(cache), contents_(ContentsByEntry(held.file)) {}

  CaseRecord Read() {
    record_.stream = held_.file.stream;
    for (std::size_t i = 0; i < held_.judged(); ++i) Take(held_.entries[i]);
    for (const HeldDocument& document : held_.file.documents) published_.Supply(document.text);
    for (const auto& [act, under] : unders_) {
      record_.bindings.emplace_back(act, published_.Bind(*under));
    }
    return std::move(record_);
  }

 private:
  void Take(const HeldEntry& entry) {
    if (!entry.candidate) return;
    const record::Action& action = entry.candidate->action;
    published_.Note(*entry.candidate, entry.entry.index, entry.entry.time);
    if (entry.candidate->admin) {
      administration_.Apply(action, entry.entry.index, *entry.candidate->admin);
    } else if (action.stream.text() == record_.stream) {
      AddAct(entry, action);
    }
  }

  void AddAct(const HeldEntry& entry, const record::Action& action) {
    if (action.under) unders_.emplace_back(record_.acts.size(), &*action.under);
    procedure::Act act = BuildAct(action, action.id(), entry.entry.index, entry.entry.seq,
                                  entry.entry.time, administration_);
    const auto contents = contents_.find(static_cast<std::int64_t>(entry.entry.index));
    if (contents != contents_.end() && contents->second.body != nullptr) {
      const HeldBody& body = *contents->second.body;
      AddContents(action, {body.key, body.text}, contents->second.openings, act);
    }
    record_.acts.push_back(std::move(act));
  }

  const HeldCase& held_;
  PublishedVersions published_;
  std::map<std::int64_t, Contents> contents_;
  registry::Administration administration_;
  CaseRecord record_;
  std::vector<std::pair<std::size_t, const record::Action::Under*>> unders_;
};

CaseConformance NotJudged(const CaseRecord& record, procedure::Words why_not) {
  CaseConformance out;
  out.stream = record.stream;
  out.judgement.why_not = std::move(why_not);
  if (!record.bindings.empty()) {
    const BoundVersion& last = *record.bindings.back().second;
    out.judgement.procedure = last.procedure;
    out.judgement.version = last.version;
    out.judgement.publish_index = last.publish_index;
  }
  return out;
}

}  // namespace

std::span<const procedure::CalendarVersion> CaseRecord::calendars() const {
  if (bindings.empty() || bindings.back().second->calendars == nullptr) return {};
  return *bindings.back().second->calendars;
}

CaseRecord ReadCaseRecord(const HeldCase& held, DocumentCache& cache) {
  return RecordReader(held, cache).Read();
}

CaseConformance JudgeRecord(const CaseRecord& record, UnixSeconds now) {
  if (record.acts.empty() || record.bindings.empty() || record.bindings.front().first != 0) {
    return NotJudged(record, {"perkara tidak dibuka di bawah suatu prosedur",
                              "the case isn't opened under a procedure"});
  }
  std::vector<procedure::Binding> bindings;
  for (const auto& [act, version] : record.bindings) {
    if (version->why_not) return NotJudged(record, *version->why_not);
    bindings.push_back(
        {act, &*version->definition->definition, version->publish_index, *version->calendars});
  }
  CaseConformance out;
  out.stream = record.stream;
  out.judgement = procedure::Replay(record.acts, bindings, now);
  if (!out.judgement.judged) return NotJudged(record, std::move(out.judgement.why_not));
  out.definition = record.bindings.back().second->definition;
  return out;
}

CaseConformance JudgeCase(const HeldCase& held, UnixSeconds now, DocumentCache& cache) {
  const CaseRecord record = ReadCaseRecord(held, cache);
  if (held.unknown_rules) {
    return NotJudged(record, {"aturan log ini tidak dikenal oleh program ini",
                              "the log's rules are not known to this program"});
  }
  return JudgeRecord(record, now);
}

}  // namespace jejak::evidence
