// SPDX-License-Identifier: Apache-2.0
//
// What the codes of checks, verdicts and definitions are called, in both languages, so that no
// reader meets a code without its words.
//
//   OutcomeWording(kPending).in(kIndonesian)   "masih berjalan"
//   ProcedureCheckWording("check.late_entry")  {"Dicatat tepat waktu", "Entered in time"}
//   RoleWording(definition, "atasan_langsung")   as the definition has it
//
// The words are the glossary's (glossary.h), or the definition's own; a code that nobody has words
// for is its own word.
//
// Pure; any thread. Views live as long as the definition, or for ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/evidence/verdict.h"
#include "ledger/presentation/glossary.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/verdict.h"

namespace jejak::presentation {

// A definition's words; where it has them in one language only, those.
Wording WordingOf(const procedure::Words& words);

// Of a rule: what "pass" means for it.
Wording OutcomeWording(procedure::Outcome outcome);
// Of a check of integrity.
Wording StatusWording(evidence::Status status);
// What a check asks. Some ids, as "check.body", mean one thing of a proof and another of an action.
Wording IntegrityCheckWording(std::string_view id);
Wording ProcedureCheckWording(std::string_view id);
// What a rule rests on ("law" "article" "policy" "unverified"), and what a deadline is.
Wording SourceWording(std::string_view source);
// "C": without it the outcome isn't safe; "M": a breach of procedure.
Wording SeverityWording(std::string_view severity);
// "working_days" "calendar_days" "hours".
Wording UnitWording(std::string_view unit);
// "case", "report", "officer"; another track is its own word.
Wording TrackWording(std::string_view track);

// How late something is, in working days: "3 hari kerja", "kurang dari 1 hari kerja". nullopt, since
// no calendar reaches: that it is, "Terlambat".
std::string LateText(const std::optional<std::int64_t>& working_days, Language language);
// What a field of a body is called; nullopt: the glossary has no word for it.
std::optional<Wording> FieldWording(std::string_view name);

// Of an action's type, a claimed role, a state. `definition` may be null.
Wording TypeWording(const procedure::Definition* definition, std::string_view type);
Wording RoleWording(const procedure::Definition* definition, std::string_view role);
Wording StateWording(const procedure::Definition* definition, std::string_view track,
                     std::string_view state);

}  // namespace jejak::presentation
