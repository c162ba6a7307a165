// SPDX-License-Identifier: Apache-2.0
//
// A note that is an action, and what is wrong with one that is not (formats.md section 9, row 1).
//
// ParseCandidate is the whole of row 1, in its order: size, grammar, the line rules of section 2,
// type and body of section 8 are `malformed`; when nothing of that is wrong, a key that enters
// (log_key, roots, enrolment, rotation, party) outside the prime-order subgroup is `weak_key`;
// then a number in `rules` that this code does not know is `unknown_rules`. It needs no ledger, so
// a server runs it before it queues anything.
//
// Threads: pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "ledger/record/action.h"
#include "ledger/registry/admin_body.h"

namespace jejak::registry {

// The head that a `conflict` answers with: the action to sign next begins from here.
struct Position {
  std::uint64_t count = 0;
  Digest root;  // meaningless when count is 0: the line says `-`
};

// Why an action is not admitted. `code` and `status` are a public contract; `detail` is one
// sentence for people that names the line or pointer and the mend, never contents.
struct Refusal {
  int row = 0;
  int status = 0;
  std::string code;
  std::string detail;
  std::string where;             // a line's name ("by", "after") or a JSON pointer ("/roots/0/key")
  std::optional<Position> head;  // with `conflict` only
};

// An action that passed row 1. `admin` is there iff its stream is one of section 8.
struct Candidate {
  record::Action action;
  std::optional<AdminBody> admin;

  // The body if it is this kind; nullptr otherwise.
  template <class T>
  const T* body() const {
    return admin ? std::get_if<T>(&*admin) : nullptr;
  }
  // The number of a `rules` that this code does not know; nullopt when it knows it.
  std::optional<std::uint64_t> unknown_rules() const;
};

// A verifier that meets unknown rules still judges that entry itself by rows 2 to 13, its number
// aside (section 8); everyone else refuses it.
enum class UnknownRules { kRefuse, kAdmit };

std::variant<Candidate, Refusal> ParseCandidate(std::string_view note,
                                                UnknownRules unknown = UnknownRules::kRefuse);

}  // namespace jejak::registry
