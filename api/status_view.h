// SPDX-License-Identifier: Apache-2.0
//
// StatusView: what the holder of a receipt code is told of the case (design/interfaces.md "HTTP",
// users.md 1b): where it stands, who has it, what comes next and by when, the outcome, and what the
// holder may do.
//
//   reporter of 4z1k…    ANSWERED since 2024-05-16; outcome: Cleared; A02 A10 passed
//   examined P031        DELIVERED since 2024-07-12; may object until 2024-08-01: 3 days left
//
// What is told:
//   of the holder's own report or own track    by all contents held, as a unit would tell by phone
//   of the others of the case                  as the holder's case file has it (audience.h), so a
//                                              stage that rests on another's body is just "at work"
//   the outcome, to a reporter                 once the report is answered or the case closed
// The examined officer is told of the acts about that officer whose audience he is in, and nothing
// of reports: no date, tag, mode, key or party line of a reporter is in his view.
//
// Plain values; texts are the definition's, for who renders to put into words. Any thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/audience.h"
#include "api/status_course.h"
#include "ledger/crypto/sign.h"
#include "ledger/record/leaf.h"

namespace jejak::api {

// Who holds the code, by the entry that brought in the report or the key.
struct CodeHolder {
  std::string role, label;  // of the party; empty: the report is known by its tag alone
  bool examined = false;    // about a person, not of a report
  Instance instance;        // its state by all contents

  // As whom the holder is given contents: without a key, as anybody.
  Audience audience() const { return label.empty() ? Audience::Public() : Audience::Party(label); }
};

// A line of a case's history.
struct StatusEvent {
  std::string date;  // "2024-05-16", as its signers claim
  const procedure::ActionType* type = nullptr;
  std::vector<std::string> roles;  // of who signed
  bool own = false;                // the holder signed
};

// Something that is due, or was.
struct StatusDue {
  procedure::Words what;
  std::vector<std::string> roles;  // whose turn it is; may be empty
  DueDay due;
};

// A rule of the holder's own track.
struct StatusRule {
  procedure::Words title, detail;
  std::vector<std::string> basis;
  procedure::Outcome outcome = procedure::Outcome::kPass;
  bool remedied = false;
};

// A paper that the holder may read: a value of a body, by the name of its field.
struct StatusPaper {
  std::string date;
  const procedure::ActionType* type = nullptr;
  std::vector<std::pair<std::string, json::Value>> fields;
};

struct StatusView {
  CodeHolder holder;
  const procedure::Definition* definition = nullptr;
  UnixSeconds now;
  // How it stands: a state's name. Empty: at work, and no more is known to the holder.
  std::string stage;
  procedure::Words stage_words;  // of the definition
  std::string since;             // date
  bool closed = false;
  std::vector<std::pair<std::string, procedure::Words>> outcome;  // (state or "", words)
  std::vector<std::string> held_by;                               // roles
  std::vector<StatusDue> due;                                     // open, by day
  std::vector<NextStep> may;                                      // the holder's next actions
  std::vector<StatusEvent> events;                                // newest first
  std::vector<StatusRule> rules;
  std::vector<StatusPaper> papers;
};

// Who holds the code. nullopt: nobody any more, or nobody that this answers: the body of the report
// is gone, its key was destroyed, the case is archived, or the action is of no track.
// `by_key`: found by this key, else by the tag. `held`: with all contents, judged.
std::optional<CodeHolder> FindHolder(const evidence::CaseRecord& held,
                                     const evidence::CaseConformance& conformance,
                                     const record::LoggedAction& entry,
                                     const crypto::PublicKey* by_key);

// `conformance` judges `held`, and outlives what is returned.
StatusView BuildStatusView(CodeHolder holder, const evidence::CaseRecord& held,
                           const evidence::CaseConformance& conformance, UnixSeconds now);

}  // namespace jejak::api
