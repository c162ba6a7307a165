// SPDX-License-Identifier: Apache-2.0
//
// The registry in memory: what the administration streams say up to some entry (formats.md 8).
//
// Roots and their threshold, units, keys with every term and grant, procedures and calendars with
// every version, the rules in force, and whether the log is closed. It is replayed from the
// administrative actions in log order and from nothing else, so its size follows the number of
// officers, never the number of cases; streams' heads and cases' parties are in StreamState.
//
// Positions, never clocks: a term that begins at entry s and ended at entry u holds for the
// entries i with s < i <= u, because an entry is judged by what was in force just before it.
//
// Apply() trusts that the action was admitted at this position. It is total all the same: an
// action that could not have been admitted changes nothing or less, and never crashes.
//
// Threads: a value. A server publishes copies to its readers and changes only its own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/crypto/sign.h"
#include "ledger/registry/admin_body.h"

namespace jejak::registry {

// One root name. It keeps its key for ever; it may leave, return and change its holder. A change of
// holder ends a term and begins one at the same entry.
struct RootRecord {
  struct Term {
    std::string holder;
    std::uint64_t since = 0;
    std::optional<std::uint64_t> until;
  };
  tlog::VerifierKey key;
  std::vector<Term> terms;  // in log order; never empty

  bool in_force() const { return !terms.back().until.has_value(); }
  const std::string& holder() const { return terms.back().holder; }
};

// One unit. It is never forgotten, so that its id is never given again.
struct UnitRecord {
  Title title;
  std::uint64_t since = 0;
  std::optional<std::uint64_t> closed;
};

// One enrolled key name with all that happened to it. Unit and holder are for ever: somebody who
// moves to another office gets another key.
struct KeyRecord {
  struct Term {
    tlog::VerifierKey key;
    std::uint64_t since = 0;  // the entry that enrolled it or rotated it in
    std::optional<std::uint64_t> until;
  };
  struct GrantTerm {
    Grant grant;
    std::uint64_t since = 0;
    std::optional<std::uint64_t> until;
  };
  struct Revocation {
    std::uint64_t index = 0;
    std::string reason;
    std::optional<std::uint64_t> compromised_since;
  };
  std::string name;
  std::string unit;
  std::string holder;
  std::vector<Term> terms;              // never empty; the last is the key of today
  std::vector<GrantTerm> grants;        // those without `until` are held
  std::vector<Revocation> revocations;  // the first revokes; later ones only move the index back

  // The key of today, and the entry that enrolled the name.
  const tlog::VerifierKey& key() const { return terms.back().key; }
  std::uint64_t since() const { return terms.front().since; }
  bool revoked() const { return !revocations.empty(); }
  bool Holds(std::string_view role) const;
  // Holds a guarded role. A revoked key keeps its grants, so that what is guarded stays guarded
  // when its revocation is dated back.
  bool guarded() const;
  // The grants of today, in the order in which they were given.
  std::vector<Grant> held() const;
  // The earliest index that a revocation named, if one did.
  std::optional<std::uint64_t> compromised_since() const;
};

// One version of a definition or calendar. `action_id` is what an `under` line names.
struct Publication {
  std::string version;
  std::uint64_t size = 0;
  Digest sha256;
  std::string calendar;  // empty for a calendar
  Digest action_id;
  std::uint64_t index = 0;
};

// A procedure or a calendar: all versions in log order, the newest last.
struct DocumentRecord {
  std::vector<Publication> versions;     // never empty
  std::optional<std::uint64_t> retired;  // the entry that retired it after the newest version

  const Publication& newest() const { return versions.back(); }
  bool Uses(std::string_view version) const;
};

// In which capacities a key ever entered the log (rows 8 and 9). A key has one capacity, and as a
// root's or enrolled one name, because admission refuses a second; `name` is that name.
struct KeyUse {
  bool root = false;
  bool log = false;
  bool enrolled = false;
  bool party = false;
  std::string name;

  bool any() const { return root || log || enrolled || party; }
};

// The registry's state. Lookups are O(log n) in names and never throw.
class Administration {
 public:
  // `origin`: the log that is expected, when it is known before entry 0 (from a checkpoint or a
  // configuration); empty otherwise, then log.create decides.
  explicit Administration(std::string origin = {}) : origin_(std::move(origin)) {}

  // Takes an admitted action of a stream of section 8 into account. O(log n), for root.rotate
  // O(roots).
  void Apply(const record::Action& action, std::uint64_t index, const AdminBody& body);

  // The origin, empty while it is unknown.
  const std::string& origin() const { return origin_; }
  // The body of entry 0, nullopt before it.
  const std::optional<LogCreate>& created() const { return created_; }
  // The rules in force, 0 before entry 0.
  std::uint64_t rules() const { return rules_; }
  // How many roots must sign, 0 before entry 0.
  std::uint64_t threshold() const { return threshold_; }
  // The entry that closed the log, and where it goes on.
  const std::optional<std::uint64_t>& closed() const { return closed_; }
  const std::optional<std::string>& successor() const { return successor_; }

  // nullptr when the name never was one; a root that left and a revoked key are found.
  const RootRecord* FindRoot(std::string_view name) const;
  const RootRecord* FindRootInForce(std::string_view name) const;
  const UnitRecord* FindUnit(std::string_view id) const;
  const KeyRecord* FindKey(std::string_view name) const;
  const DocumentRecord* FindProcedure(std::string_view id) const;
  const DocumentRecord* FindCalendar(std::string_view id) const;
  // The publication that a case may be opened under now; nullptr when there is none or it retired.
  const Publication* InForce(std::string_view procedure_id) const;

  // Everything, by name.
  template <class T>
  using Table = std::map<std::string, T, std::less<>>;
  const Table<RootRecord>& roots() const { return roots_; }
  const Table<UnitRecord>& units() const { return units_; }
  const Table<KeyRecord>& keys() const { return keys_; }
  const Table<DocumentRecord>& procedures() const { return procedures_; }
  const Table<DocumentRecord>& calendars() const { return calendars_; }

  // How a key entered as a root's, the log's or enrolled; `party` is never set here.
  KeyUse UseOf(const crypto::PublicKey& key) const;

  // True when the key of this name was declared compromised from an entry at or before `index` on:
  // what rests on its signature there is unknown until confirmed (section 8).
  bool IsCompromised(std::string_view key_name, std::uint64_t index) const;

 private:
  struct Step;  // applies one body
  void SetRoots(const std::vector<RootKey>& roots, std::uint64_t threshold, std::uint64_t index);

  std::string origin_;
  std::optional<LogCreate> created_;
  std::uint64_t rules_ = 0;
  std::uint64_t threshold_ = 0;
  std::optional<std::uint64_t> closed_;
  std::optional<std::string> successor_;
  Table<RootRecord> roots_;
  Table<UnitRecord> units_;
  Table<KeyRecord> keys_;
  Table<DocumentRecord> procedures_;
  Table<DocumentRecord> calendars_;
  std::map<crypto::PublicKey, KeyUse> uses_;
};

}  // namespace jejak::registry
