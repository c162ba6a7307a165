// SPDX-License-Identifier: Apache-2.0
#include "verifier/case_records.h"

#include <algorithm>
#include <list>
#include <utility>

#include "ledger/evidence/case_acts.h"
#include "ledger/evidence/conformance_lines.h"
#include "ledger/procedure/verdict.h"

namespace jejak::verifier {
namespace {

// How many judgements are in memory at once, and how many one hand takes at a time.
constexpr std::size_t kCasesPerRound = 1024;
constexpr std::size_t kCasesPerTask = 8;

}  // namespace

std::uint32_t CaseRecords::Number(std::string_view word) {
  const auto [at, fresh] =
      numbers_.emplace(std::string(word), static_cast<std::uint32_t>(texts_.size()));
  if (fresh) texts_.push_back(&at->first);
  return at->second;
}

std::uint32_t CaseRecords::NumberOf(const record::Action::Under& under) {
  const auto [at, fresh] =
      under_numbers_.emplace(under.publish, static_cast<std::uint32_t>(unders_.size()));
  if (fresh) unders_.push_back(under);
  return at->second;
}

void CaseRecords::Note(const registry::Candidate& candidate, std::uint64_t index,
                       UnixSeconds entered) {
  published_.Note(candidate, index, entered);
  if (candidate.action.stream.is_case()) Keep(candidate.action, index, entered);
}

void CaseRecords::Keep(const record::Action& action, std::uint64_t index, UnixSeconds entered) {
  Kept kept{.id = action.id(),
            .index = index,
            .position = action.position_count,
            .at = action.at,
            .entered = entered,
            .first_word = words_.size(),
            .about = static_cast<std::uint8_t>(action.about.size()),
            .by = static_cast<std::uint8_t>(action.by.size()),
            .parties = static_cast<std::uint8_t>(action.parties.size()),
            .after = action.position == record::PositionKind::kAfter,
            .has_body = action.body_form == record::BodyForm::kCommitted};
  if (action.under) kept.under = NumberOf(*action.under);
  words_.push_back(Number(action.type));
  for (const std::string& label : action.about) words_.push_back(Number(label));
  for (const record::Action::By& by : action.by) {
    words_.push_back(Number(by.name));
    words_.push_back(Number(by.role));
  }
  for (const record::Action::Party& party : action.parties) {
    words_.push_back(Number(party.role));
    words_.push_back(Number(party.key.name));
  }
  const auto number = static_cast<std::uint32_t>(kept_.size());
  kept_.push_back(kept);
  const auto [at, fresh] =
      case_numbers_.emplace(action.stream.name, static_cast<std::uint32_t>(cases_.size()));
  if (fresh) cases_.push_back({action.stream.name, number, number});
  Case& one = cases_[at->second];
  if (!fresh) kept_[one.last].next = number;
  one.last = number;
}

record::ActionFields CaseRecords::FieldsOf(const Kept& kept, const std::string& case_name) const {
  record::ActionFields fields;
  fields.stream = {record::StreamKind::kCase, case_name};
  fields.position = kept.after ? record::PositionKind::kAfter : record::PositionKind::kSeen;
  fields.position_count = kept.position;
  fields.at = kept.at;
  fields.body_form = kept.has_body ? record::BodyForm::kCommitted : record::BodyForm::kNone;
  std::size_t word = kept.first_word;
  const auto next = [&]() -> const std::string& { return *texts_[words_[word++]]; };
  fields.type = next();
  for (int i = 0; i < kept.about; ++i) fields.about.push_back(next());
  for (int i = 0; i < kept.by; ++i) {
    const std::string& name = next();
    fields.by.push_back({name, next()});
  }
  for (int i = 0; i < kept.parties; ++i) {
    record::ActionFields::Party party;
    party.role = next();
    party.key.name = next();
    fields.parties.push_back(std::move(party));
  }
  return fields;
}

evidence::CaseRecord CaseRecords::RecordOf(const Case& one,
                                           const registry::Administration& administration) const {
  evidence::CaseRecord record;
  record.stream = "case/" + one.name;
  for (std::uint32_t number = one.first; number != kNone; number = kept_[number].next) {
    const Kept& kept = kept_[number];
    const std::size_t seq = record.acts.size();
    if (kept.under != kNone) record.bindings.emplace_back(seq, bound_[kept.under]);
    record.acts.push_back(evidence::BuildAct(FieldsOf(kept, one.name), kept.id, kept.index, seq,
                                             kept.entered, administration));
  }
  return record;
}

evidence::LogConformance CaseRecords::Judge(const registry::Administration& administration,
                                            LogSource& source, const evidence::Trust& trust,
                                            Workers& workers, CaseHearer* hearer) {
  std::list<std::string> documents;  // a list: nothing moves when it grows
  for (const Digest& wanted : published_.Wanted()) {
    Result<std::string> document = source.Document(wanted);
    if (!document.ok()) continue;
    if (hearer != nullptr) hearer->HearDocument(*document);
    published_.Supply(documents.emplace_back(std::move(*document)));
  }
  for (const record::Action::Under& under : unders_) bound_.push_back(published_.Bind(under));
  evidence::LogConformance conformance;
  for (std::size_t begin = 0; begin < cases_.size(); begin += kCasesPerRound) {
    std::vector<evidence::CaseConformance> judged(std::min(kCasesPerRound, cases_.size() - begin));
    workers.ForEach((judged.size() + kCasesPerTask - 1) / kCasesPerTask, [&](std::size_t task) {
      const std::size_t end = std::min(judged.size(), (task + 1) * kCasesPerTask);
      for (std::size_t i = task * kCasesPerTask; i < end; ++i) {
        judged[i] = evidence::JudgeRecord(RecordOf(cases_[begin + i], administration), trust.now);
        evidence::ApplyPin(trust, judged[i]);
      }
    });
    for (std::size_t i = 0; i < judged.size(); ++i) {
      const evidence::CaseConformance& one = judged[i];
      conformance.Add(one, procedure::ExitOf(one.judgement, trust.require_contents));
      if (hearer != nullptr) hearer->HearCase(RecordOf(cases_[begin + i], administration), one);
    }
  }
  return conformance;
}

}  // namespace jejak::verifier
