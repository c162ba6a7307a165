// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "ledger/base/lexical.h"
#include "ledger/registry/judging.h"

namespace jejak::registry {
namespace {

using Answer = std::optional<Refusal>;

Refusal Forbidden(std::string where, std::string detail) {
  return {9, 409, "state", std::move(detail), std::move(where), std::nullopt};
}

// Names of parties begin so; nobody else's may, or a party could be impersonated.
bool BeginsWithCase(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash != std::string_view::npos && IsCaseId(name.substr(0, slash));
}

// Row 9 for one body, after the conditions that bind all types.
struct StateRules {
  const Judging& j;
  const KeyRecord* key = j.admin.FindKey(j.action.stream.name);

  // A name that enters as a root's or by enrolment.
  Answer CheckName(const std::string& where, const std::string& name) const {
    if (BeginsWithCase(name)) {
      return Forbidden(where, "a name that begins with a case id is for parties; choose another");
    }
    if (name != j.action.log) return std::nullopt;
    return Forbidden(where, "the name is the log's origin; choose another");
  }

  Answer CheckRoot(const std::string& where, const tlog::VerifierKey& root) const {
    if (auto refusal = CheckName(where, root.name)) return refusal;
    if (j.admin.FindKey(root.name) != nullptr) {
      return Forbidden(where, "the name was enrolled; a root needs a name of its own");
    }
    const RootRecord* known = j.admin.FindRoot(root.name);
    if (known != nullptr && known->key.key != root.key) {
      return Forbidden(where, "the root's name had another key and keeps it for ever");
    }
    const KeyUse use = j.view.UseOf(root.key);
    if (use.log || use.enrolled || use.party || (use.root && use.name != root.name)) {
      return Forbidden(where, "the key was in the log under another name; generate a new one");
    }
    return std::nullopt;
  }

  Answer CheckRoots(const std::vector<RootKey>& roots) const {
    for (std::size_t i = 0; i < roots.size(); ++i) {
      const std::string where = "/roots/" + std::to_string(i) + "/key";
      if (auto refusal = CheckRoot(where, roots[i].key)) return refusal;
    }
    return std::nullopt;
  }

  Answer CheckNewKey(const tlog::VerifierKey& entering) const {
    if (!j.view.UseOf(entering.key).any()) return std::nullopt;
    return Forbidden("/key", "the key was in the log before; generate a new one");
  }

  Answer CheckUnitOpen(const std::string& id) const {
    const UnitRecord* unit = j.admin.FindUnit(id);
    if (unit == nullptr) return Forbidden("/unit", "the unit is not registered");
    if (unit->closed) return Forbidden("/unit", "the unit is closed");
    return std::nullopt;
  }

  // A later action of a key: after its enrolment and before its revocation.
  Answer CheckLive() const {
    if (key == nullptr) return Forbidden("stream", "the key is not enrolled yet");
    if (key->revoked()) return Forbidden("stream", "the key is revoked and stays so");
    return std::nullopt;
  }

  static Answer CheckVersion(const DocumentRecord* document, const std::string& version) {
    if (document == nullptr || !document->Uses(version)) return std::nullopt;
    return Forbidden("/version", "the version was published already; choose the next");
  }

  Answer operator()(const LogCreate& body) const {
    if (j.index != 0) return Forbidden("type", "log.create is entry 0 and nothing else");
    if (body.origin != j.action.log) {
      return Forbidden("/origin", "the origin must be the one in the `log` line");
    }
    if (body.log_key.name != j.action.log) {
      return Forbidden("/log_key", "the log key's name must be the origin in the `log` line");
    }
    for (std::size_t i = 0; i < body.roots.size(); ++i) {
      if (body.roots[i].key.key == body.log_key.key) {
        return Forbidden("/roots/" + std::to_string(i) + "/key", "the key is the log's own");
      }
    }
    return CheckRoots(body.roots);
  }
  Answer operator()(const RootRotate& body) const { return CheckRoots(body.roots); }
  Answer operator()(const LogUpgrade& body) const {
    if (body.rules > j.admin.rules()) return std::nullopt;
    return Forbidden("/rules", "the rules in force are this number or a higher one; raise it");
  }
  Answer operator()(const LogClose&) const { return std::nullopt; }
  Answer operator()(const UnitRegister& body) const {
    if (j.admin.FindUnit(body.unit) == nullptr) return std::nullopt;
    return Forbidden("/unit", "the unit was registered already; choose another id");
  }
  Answer operator()(const UnitClose& body) const { return CheckUnitOpen(body.unit); }
  Answer operator()(const KeyEnroll& body) const {
    if (key != nullptr) return Forbidden("type", "the key's name was enrolled already");
    if (auto refusal = CheckUnitOpen(body.unit)) return refusal;
    if (auto refusal = CheckName("/key", body.key.name)) return refusal;
    if (j.admin.FindRoot(body.key.name) != nullptr) {
      return Forbidden("/key", "the name was a root's; an officer needs a name of their own");
    }
    return CheckNewKey(body.key);
  }
  Answer operator()(const KeyRotate& body) const {
    if (auto refusal = CheckLive()) return refusal;
    return CheckNewKey(body.key);
  }
  Answer operator()(const KeyGrant&) const { return CheckLive(); }
  Answer operator()(const KeyUngrant& body) const {
    if (auto refusal = CheckLive()) return refusal;
    for (std::size_t i = 0; i < body.roles.size(); ++i) {
      if (key->Holds(body.roles[i])) continue;
      return Forbidden("/roles/" + std::to_string(i), "the key does not hold the role");
    }
    return std::nullopt;
  }
  Answer operator()(const KeyRevoke& body) const {
    if (key == nullptr) return Forbidden("stream", "the key is not enrolled yet");
    const auto& since = body.compromised_since;
    if (since && (*since < key->since() || *since > j.index)) {
      return Forbidden("/compromised_since",
                       "the index must be from the key's enrolment to this entry");
    }
    if (!key->revoked()) return std::nullopt;
    const auto before = key->compromised_since();
    if (since && (!before || *since < *before)) return std::nullopt;
    return Forbidden("stream", "the key is revoked; only an earlier compromised_since may follow");
  }
  Answer operator()(const ProcedurePublish& body) const {
    const auto* procedure = j.admin.FindProcedure(j.action.stream.name);
    if (auto refusal = CheckVersion(procedure, body.version)) return refusal;
    if (j.admin.FindCalendar(body.calendar) != nullptr) return std::nullopt;
    return Forbidden("/calendar", "the calendar was never published; publish it first");
  }
  Answer operator()(const ProcedureRetire&) const {
    const auto* procedure = j.admin.FindProcedure(j.action.stream.name);
    if (procedure == nullptr) return Forbidden("stream", "the procedure was never published");
    if (procedure->retired) return Forbidden("stream", "the procedure is retired already");
    return std::nullopt;
  }
  Answer operator()(const CalendarPublish& body) const {
    return CheckVersion(j.admin.FindCalendar(j.action.stream.name), body.version);
  }
};

}  // namespace

std::optional<Refusal> CheckState(const Judging& judging) {
  if (judging.index == 0 && judging.candidate.body<LogCreate>() == nullptr) {
    return Forbidden("type", "entry 0 must be log.create");
  }
  if (!judging.candidate.admin) return std::nullopt;
  return std::visit(StateRules{judging}, *judging.candidate.admin);
}

}  // namespace jejak::registry
