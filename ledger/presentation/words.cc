// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/words.h"

namespace jejak::presentation {
namespace {

// The glossary's words for a code of a family ("unit." "hours"); it itself when there are none.
Wording OfCode(std::string_view family, std::string_view code) {
  return FindPhrase(std::string(family).append(code)).value_or(Wording{code, code});
}

// As OfCode, of "check.seal" by "seal".
Wording OfCheck(std::string_view family, std::string_view id) {
  constexpr std::string_view kPrefix = "check.";
  const std::string_view code = id.starts_with(kPrefix) ? id.substr(kPrefix.size()) : id;
  return FindPhrase(std::string(family).append(code)).value_or(Wording{id, id});
}

}  // namespace

Wording WordingOf(const procedure::Words& words) {
  const std::string_view id = words.id.empty() ? words.en : words.id;
  const std::string_view en = words.en.empty() ? words.id : words.en;
  return {id, en};
}

Wording OutcomeWording(procedure::Outcome outcome) {
  switch (outcome) {
    case procedure::Outcome::kPass:
      return Phrase("outcome.pass");
    case procedure::Outcome::kFail:
      return Phrase("outcome.fail");
    case procedure::Outcome::kPending:
      return Phrase("outcome.pending");
    case procedure::Outcome::kUnknown:
      return Phrase("outcome.unknown");
    case procedure::Outcome::kNotApplicable:
      break;
  }
  return Phrase("outcome.not_applicable");
}

Wording StatusWording(evidence::Status status) {
  switch (status) {
    case evidence::Status::kPass:
      return Phrase("status_of_check.pass");
    case evidence::Status::kFail:
      return Phrase("status_of_check.fail");
    case evidence::Status::kInconclusive:
      return Phrase("status_of_check.inconclusive");
    case evidence::Status::kViolation:
      return Phrase("status_of_check.violation");
    case evidence::Status::kNotChecked:
      break;
  }
  return Phrase("status_of_check.not_checked");
}

Wording IntegrityCheckWording(std::string_view id) { return OfCheck("check.integrity.", id); }
Wording ProcedureCheckWording(std::string_view id) { return OfCheck("check.procedure.", id); }
Wording SourceWording(std::string_view source) { return OfCode("source.", source); }
Wording SeverityWording(std::string_view severity) { return OfCode("severity.", severity); }
Wording UnitWording(std::string_view unit) { return OfCode("unit.", unit); }
Wording TrackWording(std::string_view track) { return OfCode("track.", track); }

std::string LateText(const std::optional<std::int64_t>& working_days, Language language) {
  if (!working_days) return std::string(Phrase("page.late").in(language));
  if (*working_days == 0) return std::string(Phrase("page.under_a_working_day").in(language));
  const Wording pattern =
      *working_days == 1 ? Phrase("page.working_day") : Phrase("page.working_days");
  return Filled(pattern.in(language), {std::to_string(*working_days)});
}

std::optional<Wording> FieldWording(std::string_view name) {
  return FindPhrase(std::string("field.").append(name));
}

Wording TypeWording(const procedure::Definition* definition, std::string_view type) {
  const procedure::ActionType* action =
      definition == nullptr ? nullptr : definition->FindAction(type);
  if (action != nullptr) {
    const Wording wording = WordingOf(action->title);
    if (!wording.id.empty()) return wording;
  }
  return OfCode("type.", type);
}

Wording RoleWording(const procedure::Definition* definition, std::string_view role) {
  if (definition != nullptr) {
    const auto found = definition->roles.find(std::string(role));
    if (found != definition->roles.end() && !WordingOf(found->second).id.empty()) {
      return WordingOf(found->second);
    }
  }
  return role == "-" ? Phrase("role.none") : OfCode("role.", role);
}

Wording StateWording(const procedure::Definition* definition, std::string_view track,
                     std::string_view state) {
  if (definition == nullptr) return {state, state};
  for (const procedure::Track& candidate : definition->tracks) {
    if (candidate.name != track) continue;
    for (const auto& [code, words] : candidate.states) {
      if (code == state && !WordingOf(words).id.empty()) return WordingOf(words);
    }
    if (state == candidate.initial) return Phrase("state.not_begun");
  }
  return {state, state};
}

}  // namespace jejak::presentation
