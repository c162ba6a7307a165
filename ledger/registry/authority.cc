// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "ledger/registry/judging.h"

namespace jejak::registry {
namespace {

using Kind = Signer::Kind;
using Answer = std::optional<Refusal>;

Refusal NoAuthority(std::string detail, std::string where = "by") {
  return {8, 403, "authority", std::move(detail), std::move(where), std::nullopt};
}

// The four quorums of section 8 over the signers of one action. Only roots in force and enrolled
// keys count: new roots are another kind, and no party can have a role that is looked for here.
class Quorum final {
 public:
  explicit Quorum(const Judging& judging) : judging_(judging) {
    for (const Signer& signer : judging.signers) {
      if (signer.kind == Kind::kRoot) roots_.push_back(&signer);
      if (signer.kind != Kind::kEnrolled) continue;
      if (signer.role == "registrar") registrars_.push_back(&signer);
      if (signer.role == "procedure_owner") owners_.push_back(&signer);
    }
  }

  // Names in `by` are distinct, so lines are roots. Before entry 0 there is no threshold, and nobody meets it.
  bool Roots() const {
    return judging_.admin.threshold() > 0 && roots_.size() >= judging_.admin.threshold();
  }

  bool Pair() const {
    for (const Signer* registrar : registrars_) {
      if (HasOtherHolder(roots_, *registrar)) return true;
      for (const Signer* other : registrars_) {
        if (other->unit != registrar->unit && other->holder != registrar->holder) return true;
      }
    }
    return Roots();
  }

  bool One(const KeyRecord* key) const {
    if (!roots_.empty()) return true;
    for (const Signer* registrar : registrars_) {
      if (key != nullptr && registrar->unit == key->unit) return true;
    }
    return Pair();
  }

  bool Owner() const {
    return std::any_of(owners_.begin(), owners_.end(),
                       [&](const Signer* owner) { return HasOtherHolder(roots_, *owner); });
  }

 private:
  static bool HasOtherHolder(const std::vector<const Signer*>& among, const Signer& signer) {
    return std::any_of(among.begin(), among.end(),
                       [&](const Signer* other) { return other->holder != signer.holder; });
  }

  const Judging& judging_;
  std::vector<const Signer*> roots_;
  std::vector<const Signer*> registrars_;
  std::vector<const Signer*> owners_;
};

// Row 5 found a key for each `by` line, so a name alone tells who signs.
bool Signs(const Judging& j, std::string_view name) {
  return std::any_of(j.action.by.begin(), j.action.by.end(),
                     [&](const record::Action::By& by) { return by.name == name; });
}

bool HasKind(const Judging& j, Kind kind) {
  return std::any_of(j.signers.begin(), j.signers.end(),
                     [&](const Signer& signer) { return signer.kind == kind; });
}

// What each row of section 8's table asks for.
struct Table {
  const Judging& j;
  const Quorum quorum{j};
  const KeyRecord* key = j.admin.FindKey(j.action.stream.name);  // key streams only use it

  bool guarded() const { return key != nullptr && key->guarded(); }

  static bool AnyGuarded(const std::vector<Grant>& grants) {
    return std::any_of(grants.begin(), grants.end(),
                       [](const Grant& grant) { return IsGuardedRole(grant.role); });
  }
  Answer NeedRoots() const {
    if (quorum.Roots()) return std::nullopt;
    return NoAuthority("fewer roots in force sign than the threshold asks for; add `by` lines");
  }
  Answer NeedPairOrRoots(bool by_roots) const {
    if (by_roots) return NeedRoots();
    if (quorum.Pair()) return std::nullopt;
    return NoAuthority(
        "it needs two registrars of different units and holders, a registrar and a root of "
        "different holders, or the roots");
  }
  Answer NeedOneOrPair(bool by_pair) const {
    if (by_pair) return NeedPairOrRoots(false);
    if (quorum.One(key)) return std::nullopt;
    return NoAuthority("it needs a root, a registrar of the key's unit, or a pair");
  }
  Answer NeedOwner() const {
    if (quorum.Owner()) return std::nullopt;
    return NoAuthority("it needs a procedure_owner and a root of different holders");
  }
  Answer AndSelf(Answer answer) const {
    if (answer || HasKind(j, Kind::kSelf)) return answer;
    return NoAuthority("the new key must sign too, in role self");
  }

  Answer operator()(const LogCreate& body) const {
    const auto signing =
        std::count_if(body.roots.begin(), body.roots.end(),
                      [&](const RootKey& root) { return Signs(j, root.key.name); });
    if (static_cast<std::uint64_t>(signing) >= body.threshold) return std::nullopt;
    return NoAuthority("fewer of these roots sign than the threshold asks for");
  }
  Answer operator()(const RootRotate& body) const {
    for (const RootKey& root : body.roots) {
      if (j.admin.FindRootInForce(root.key.name) == nullptr && !Signs(j, root.key.name)) {
        return NoAuthority("every root that is new must sign too");
      }
    }
    return NeedRoots();
  }
  Answer operator()(const LogUpgrade&) const { return NeedRoots(); }
  Answer operator()(const LogClose&) const { return NeedRoots(); }
  Answer operator()(const UnitRegister&) const { return NeedRoots(); }
  Answer operator()(const UnitClose&) const { return NeedRoots(); }
  Answer operator()(const KeyEnroll& body) const {
    return AndSelf(NeedPairOrRoots(AnyGuarded(body.grants)));
  }
  Answer operator()(const KeyRotate&) const { return AndSelf(NeedPairOrRoots(guarded())); }
  Answer operator()(const KeyGrant& body) const {
    return NeedPairOrRoots(guarded() || AnyGuarded(body.grants));
  }
  Answer operator()(const KeyUngrant&) const { return NeedOneOrPair(guarded()); }
  Answer operator()(const KeyRevoke& body) const {
    // A thief of the key must not date the theft.
    if (body.compromised_since) return NeedPairOrRoots(guarded());
    if (HasKind(j, Kind::kSelf)) return std::nullopt;
    return NeedOneOrPair(guarded());
  }
  Answer operator()(const ProcedurePublish&) const { return NeedOwner(); }
  Answer operator()(const ProcedureRetire&) const { return NeedOwner(); }
  Answer operator()(const CalendarPublish&) const { return NeedOwner(); }
};

// The roles that may stand in a stream of section 8.
bool IsNamedRole(record::StreamKind kind, std::string_view role) {
  if (role == "root") return true;
  if (kind == record::StreamKind::kKey) return role == "registrar" || role == "self";
  return kind != record::StreamKind::kRegistry && role == "procedure_owner";
}

Answer CheckAdministration(const Judging& j) {
  for (const record::Action::By& by : j.action.by) {
    if (!IsNamedRole(j.action.stream.kind, by.role)) {
      return NoAuthority("a `by` line is in a role that section 8 does not name for this type");
    }
  }
  return std::visit(Table{j}, *j.candidate.admin);
}

Answer CheckParty(const Judging& j, const record::Action::Party& party) {
  if (!Signs(j, party.key.name)) {
    return NoAuthority("a party must sign the action that brings it in", "party");
  }
  if (j.stream != nullptr) {
    for (const record::Action::Party& known : j.stream->parties) {
      if (known.key.name == party.key.name || known.key.key == party.key.key) {
        return NoAuthority("its name or key is a party of this case already", "party");
      }
    }
  }
  const KeyUse use = j.view.UseOf(party.key.key);
  if (!use.root && !use.log && !use.enrolled) return std::nullopt;
  return NoAuthority("its key was a root's, the log's or enrolled; make a key for this case",
                     "party");
}

// Roots sign in a case only beside others: they govern the log, and handle no case.
Answer CheckCase(const Judging& j) {
  const bool enrolled = HasKind(j, Kind::kEnrolled);
  if (!enrolled && !HasKind(j, Kind::kParty)) {
    return NoAuthority("no signer was a party of this case or enrolled before");
  }
  if (!enrolled && j.action.position_count == 0) {
    return NoAuthority("an enrolled key must sign what opens a case");
  }
  if (!enrolled && !j.action.parties.empty()) {
    return NoAuthority("an enrolled key must sign what brings a party in");
  }
  if (j.action.type == "case.rebind") {
    const Quorum quorum(j);
    if (!quorum.Owner() || !quorum.Roots()) {
      return NoAuthority(
          "case.rebind needs a procedure_owner with a root of another holder, and the roots");
    }
  }
  for (const record::Action::Party& party : j.action.parties) {
    if (auto refusal = CheckParty(j, party)) return refusal;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> CheckAuthority(const Judging& judging) {
  return judging.candidate.admin ? CheckAdministration(judging) : CheckCase(judging);
}

}  // namespace jejak::registry
