// SPDX-License-Identifier: Apache-2.0
#include "ledger/registry/administration.h"

#include <algorithm>

namespace jejak::registry {
namespace {

template <class T>
const T* Lookup(const Administration::Table<T>& table, std::string_view name) {
  const auto found = table.find(name);
  return found == table.end() ? nullptr : &found->second;
}

// Ends the grant of this role, if it is held.
void EndGrant(KeyRecord& key, std::string_view role, std::uint64_t index) {
  for (KeyRecord::GrantTerm& term : key.grants) {
    if (!term.until && term.grant.role == role) term.until = index;
  }
}

void AddGrants(KeyRecord& key, const std::vector<Grant>& grants, std::uint64_t index) {
  for (const Grant& grant : grants) {
    EndGrant(key, grant.role, index);
    key.grants.push_back({grant, index, std::nullopt});
  }
}

}  // namespace

bool KeyRecord::Holds(std::string_view role) const {
  return std::any_of(grants.begin(), grants.end(),
                     [&](const GrantTerm& term) { return !term.until && term.grant.role == role; });
}

bool KeyRecord::guarded() const { return Holds("registrar") || Holds("procedure_owner"); }

std::vector<Grant> KeyRecord::held() const {
  std::vector<Grant> held;
  for (const GrantTerm& term : grants) {
    if (!term.until) held.push_back(term.grant);
  }
  return held;
}

std::optional<std::uint64_t> KeyRecord::compromised_since() const {
  // Row 9 lets the index only move back, so the last revocation names the earliest.
  return revocations.empty() ? std::nullopt : revocations.back().compromised_since;
}

bool DocumentRecord::Uses(std::string_view version) const {
  return std::any_of(versions.begin(), versions.end(),
                     [&](const Publication& p) { return p.version == version; });
}

// Applies one admitted body: what section 8 says that it does.
struct Administration::Step {
  Administration& to;
  const record::Action& action;
  std::uint64_t index;

  KeyRecord* key() const {
    const auto found = to.keys_.find(action.stream.name);
    return found == to.keys_.end() ? nullptr : &found->second;
  }

  void operator()(const LogCreate& body) const {
    to.origin_ = body.origin;
    to.created_ = body;
    to.rules_ = body.rules;
    to.uses_[body.log_key.key].log = true;
    to.SetRoots(body.roots, body.threshold, index);
  }
  void operator()(const RootRotate& body) const { to.SetRoots(body.roots, body.threshold, index); }
  void operator()(const LogUpgrade& body) const { to.rules_ = body.rules; }
  void operator()(const LogClose& body) const {
    to.closed_ = index;
    to.successor_ = body.successor;
  }
  void operator()(const UnitRegister& body) const {
    to.units_.try_emplace(body.unit, UnitRecord{body.title, index, std::nullopt});
  }
  void operator()(const UnitClose& body) const {
    const auto unit = to.units_.find(body.unit);
    if (unit != to.units_.end()) unit->second.closed = index;
  }
  // Unit, holder and origin of a name are set once: what is here already stays.
  void operator()(const KeyEnroll& body) const {
    KeyRecord record;
    record.name = body.key.name;
    record.unit = body.unit;
    record.holder = body.holder;
    record.terms.push_back({body.key, index, std::nullopt});
    AddGrants(record, body.grants, index);
    if (to.keys_.try_emplace(body.key.name, std::move(record)).second) Enrolled(body.key);
  }
  void operator()(const KeyRotate& body) const {
    KeyRecord* record = key();
    if (record == nullptr) return;
    record->terms.back().until = index;
    record->terms.push_back({body.key, index, std::nullopt});
    Enrolled(body.key);
  }
  void operator()(const KeyGrant& body) const {
    if (KeyRecord* record = key()) AddGrants(*record, body.grants, index);
  }
  void operator()(const KeyUngrant& body) const {
    KeyRecord* record = key();
    if (record == nullptr) return;
    for (const std::string& role : body.roles) EndGrant(*record, role, index);
  }
  void operator()(const KeyRevoke& body) const {
    KeyRecord* record = key();
    if (record == nullptr) return;
    record->revocations.push_back({index, body.reason, body.compromised_since});
  }
  void operator()(const ProcedurePublish& body) const {
    Publish(to.procedures_[action.stream.name],
            {body.version, body.size, body.sha256, body.calendar, action.id(), index});
  }
  void operator()(const ProcedureRetire&) const {
    const auto procedure = to.procedures_.find(action.stream.name);
    if (procedure != to.procedures_.end()) procedure->second.retired = index;
  }
  void operator()(const CalendarPublish& body) const {
    Publish(to.calendars_[action.stream.name],
            {body.version, body.size, body.sha256, {}, action.id(), index});
  }

  void Enrolled(const tlog::VerifierKey& key) const {
    KeyUse& use = to.uses_[key.key];
    use.enrolled = true;
    use.name = key.name;
  }
  // A new version puts a retired procedure in force again.
  static void Publish(DocumentRecord& document, Publication publication) {
    document.versions.push_back(std::move(publication));
    document.retired.reset();
  }
};

void Administration::Apply(const record::Action& action, std::uint64_t index,
                           const AdminBody& body) {
  std::visit(Step{*this, action, index}, body);
}

void Administration::SetRoots(const std::vector<RootKey>& roots, std::uint64_t threshold,
                              std::uint64_t index) {
  for (auto& held : roots_) {
    RootRecord& record = held.second;
    const auto stays = std::find_if(roots.begin(), roots.end(), [&held](const RootKey& root) {
      return root.key.name == held.first && root.holder == held.second.holder();
    });
    if (record.in_force() && stays == roots.end()) record.terms.back().until = index;
  }
  for (const RootKey& root : roots) {
    RootRecord& record = roots_[root.key.name];
    if (record.terms.empty()) record.key = root.key;  // for ever
    if (record.terms.empty() || !record.in_force()) {
      record.terms.push_back({root.holder, index, std::nullopt});
    }
    KeyUse& use = uses_[root.key.key];
    use.root = true;
    use.name = root.key.name;
  }
  threshold_ = threshold;
}

const RootRecord* Administration::FindRoot(std::string_view name) const {
  return Lookup(roots_, name);
}

const RootRecord* Administration::FindRootInForce(std::string_view name) const {
  const RootRecord* root = Lookup(roots_, name);
  return root != nullptr && root->in_force() ? root : nullptr;
}

const UnitRecord* Administration::FindUnit(std::string_view id) const { return Lookup(units_, id); }

const KeyRecord* Administration::FindKey(std::string_view name) const {
  return Lookup(keys_, name);
}

const DocumentRecord* Administration::FindProcedure(std::string_view id) const {
  return Lookup(procedures_, id);
}

const DocumentRecord* Administration::FindCalendar(std::string_view id) const {
  return Lookup(calendars_, id);
}

const Publication* Administration::InForce(std::string_view procedure_id) const {
  const DocumentRecord* procedure = FindProcedure(procedure_id);
  if (procedure == nullptr || procedure->retired) return nullptr;
  return &procedure->newest();
}

KeyUse Administration::UseOf(const crypto::PublicKey& key) const {
  const auto found = uses_.find(key);
  return found == uses_.end() ? KeyUse{} : found->second;
}

bool Administration::IsCompromised(std::string_view key_name, std::uint64_t index) const {
  const KeyRecord* key = FindKey(key_name);
  if (key == nullptr) return false;
  const auto since = key->compromised_since();
  return since && *since <= index;
}

}  // namespace jejak::registry
