// SPDX-License-Identifier: Apache-2.0
//
// The bodies of administrative actions, typed (formats.md section 8).
//
//   stream key/bkpsdm.contohkota.go.id/p-07, type key.enroll:
//   {"key":"bkpsdm.contohkota.go.id/p-07+d45642c0+AaenD08q…","unit":"bkpsdm","holder":"h-007",
//    "grants":[{"role":"bkpsdm"},{"role":"asisten1","acting":"plt","until":"2026-06-30"}]}
//
// A body has exactly the members that the table of section 8 names, in any order; `?` marks those
// that may be absent. Everything that can be said from the body alone is checked here, so a value
// of these types obeys every bullet of section 8 that needs no ledger. What needs one (is the unit
// registered, was the version used) is row 9 of admission.
//
// Refuses to judge keys' strength and the number in `rules`: an action malformed in any way is
// `malformed` first, so those two come after everything else (ParseCandidate).
//
// Threads: plain values and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/record/action.h"
#include "ledger/tlog/note.h"

namespace jejak::registry {

// The rules of admission that this document and this code are (formats.md section 9).
inline constexpr std::uint64_t kRules = 1;
// Bounds of section 8.
inline constexpr std::size_t kMaxRoots = 16;
inline constexpr std::size_t kMaxGrants = 64;
inline constexpr std::size_t kMaxTitleCodePoints = 200;
inline constexpr std::uint64_t kMaxDocumentBytes = 1048576;

// A text in both languages, 1 to 200 code points each.
struct Title {
  std::string id;
  std::string en;
};

// One root of `roots`: its key and the person who holds it.
struct RootKey {
  tlog::VerifierKey key;
  std::string holder;
};

// What a key may do. `scope`, `acting` and `until` inform readers; admission reads `role` only.
struct Grant {
  std::string role;
  std::optional<std::string> scope;   // an id: where the role is held
  std::optional<std::string> acting;  // "plt" or "plh"
  std::optional<std::string> until;   // YYYY-MM-DD
};

// The last checkpoint of the log that this one goes on from, as its own log signed it. Nothing here
// proves it: a verifier that holds both logs compares.
struct Continues {
  std::string origin;
  std::uint64_t size = 0;
  Digest root;
};

// Entry 0: the log as its roots found it. By at least `threshold` of these roots.
//
//   {"origin":"jejak.contohkota.go.id/1","log_key":"jejak.contohkota.go.id/1+0df0a898+AX38…",
//    "roots":[{"key":"jejak.contohkota.go.id/root-1+f82bfe45+AaSR…","holder":"r-1"}],"threshold":1,
//    "rules":1,"name":{"id":"Jejak Kota Contoh","en":"Example City's Jejak"},"zone":"+07:00"}
struct LogCreate {
  std::string origin;
  tlog::VerifierKey log_key;
  std::vector<RootKey> roots;
  std::uint64_t threshold = 0;
  std::uint64_t rules = 0;
  Title name;
  std::string zone;  // "+07:00"
  std::optional<Continues> continues;
};
// All roots from now on; who is not named leaves. By the roots in force, and every root that is new.
struct RootRotate {
  std::vector<RootKey> roots;
  std::uint64_t threshold = 0;
};
// The rules that judge every later entry. By the roots.
struct LogUpgrade {
  std::uint64_t rules = 0;
};
// After it only seals follow. By the roots.
struct LogClose {
  std::optional<std::string> successor;  // an origin
};
// An office; its id is never given again. By the roots.
struct UnitRegister {
  std::string unit;
  Title title;
};
// No key is enrolled in it any more; its keys go on. By the roots.
struct UnitClose {
  std::string unit;
};
// The first action of a key's stream. By a pair, roots if a grant is guarded, and the key itself.
struct KeyEnroll {
  tlog::VerifierKey key;  // its name is the stream's
  std::string unit;
  std::string holder;
  std::vector<Grant> grants;
};
// The name signs with another key from now on. By a pair, roots if the key is guarded, and the new
// key itself.
struct KeyRotate {
  tlog::VerifierKey key;  // its name is the stream's
};
// A grant of a role already held replaces it. By a pair, roots if key or grant is guarded.
struct KeyGrant {
  std::vector<Grant> grants;
};
// Takes held roles away. By one, a pair if the key is guarded.
struct KeyUngrant {
  std::vector<std::string> roles;
};
// Ends a key for ever. By one (a pair if it is guarded) or itself; with `compromised_since`, which
// throws doubt on what others signed with it, by a pair (roots if it is guarded) and no less.
struct KeyRevoke {
  std::string reason;  // lost, left_office, compromised or superseded
  std::optional<std::uint64_t> compromised_since;
};
// A version of a definition; the document is kept beside the log. By an owner and a root.
struct ProcedurePublish {
  std::string version;
  std::uint64_t size = 0;
  Digest sha256;
  std::string calendar;  // the id of the calendar that the definition counts by
};
// No case opens under it until a version is published anew. By an owner and a root.
struct ProcedureRetire {};
// A version of a calendar of working days. By an owner and a root.
struct CalendarPublish {
  std::string version;
  std::uint64_t size = 0;
  Digest sha256;
};

using AdminBody = std::variant<LogCreate, RootRotate, LogUpgrade, LogClose, UnitRegister, UnitClose,
                               KeyEnroll, KeyRotate, KeyGrant, KeyUngrant, KeyRevoke,
                               ProcedurePublish, ProcedureRetire, CalendarPublish>;

// What is wrong with a body: where (a JSON pointer, or the line `type`) and one sentence.
struct BodyFault {
  std::string where;
  std::string detail;
};

// Reads the body of an action in a stream of section 8, where `type` and stream must belong
// together. The first fault in the order of the table's members decides.
std::variant<AdminBody, BodyFault> ReadAdminBody(const record::Action& action);

// The same as a Result: kMalformed, the pointer in front of the sentence.
Result<AdminBody> ParseAdminBody(const record::Action& action);

// True for the two roles whose holders administer: `registrar` and `procedure_owner`.
bool IsGuardedRole(std::string_view role);

}  // namespace jejak::registry
