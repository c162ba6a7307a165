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

// The last checkpoint of the log that this one goes on from.
struct Continues {
  std::string origin;
  std::uint64_t size = 0;
  Digest root;
};

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
struct RootRotate {
  std::vector<RootKey> roots;
  std::uint64_t threshold = 0;
};
struct LogUpgrade {
  std::uint64_t rules = 0;
};
struct LogClose {
  std::optional<std::string> successor;  // an origin
};
struct UnitRegister {
  std::string unit;
  Title title;
};
struct UnitClose {
  std::string unit;
};
struct KeyEnroll {
  tlog::VerifierKey key;  // its name is the stream's
  std::string unit;
  std::string holder;
  std::vector<Grant> grants;
};
struct KeyRotate {
  tlog::VerifierKey key;  // its name is the stream's
};
struct KeyGrant {
  std::vector<Grant> grants;
};
struct KeyUngrant {
  std::vector<std::string> roles;
};
struct KeyRevoke {
  std::string reason;  // lost, left_office, compromised or superseded
  std::optional<std::uint64_t> compromised_since;
};
struct ProcedurePublish {
  std::string version;
  std::uint64_t size = 0;
  Digest sha256;
  std::string calendar;  // the id of the calendar that the definition counts by
};
struct ProcedureRetire {};
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
