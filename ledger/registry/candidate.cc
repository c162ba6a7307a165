// SPDX-License-Identifier: Apache-2.0
#include "ledger/registry/candidate.h"

#include <utility>

#include "ledger/crypto/sign.h"

namespace jejak::registry {
namespace {

Refusal BadNote(std::string code, std::string detail, std::string where) {
  return {1, 400, std::move(code), std::move(detail), std::move(where), std::nullopt};
}

std::optional<std::string> WeakRoot(const std::vector<RootKey>& roots) {
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (!crypto::IsStrongKey(roots[i].key.key)) return "/roots/" + std::to_string(i) + "/key";
  }
  return std::nullopt;
}

// Where a key outside the prime-order subgroup would enter the log.
std::optional<std::string> FindWeakKey(const Candidate& candidate) {
  for (const record::Action::Party& party : candidate.action.parties) {
    if (!crypto::IsStrongKey(party.key.key)) return "party";
  }
  if (const auto* create = candidate.body<LogCreate>()) {
    if (!crypto::IsStrongKey(create->log_key.key)) return "/log_key";
    return WeakRoot(create->roots);
  }
  if (const auto* rotate = candidate.body<RootRotate>()) return WeakRoot(rotate->roots);
  if (const auto* enroll = candidate.body<KeyEnroll>()) {
    if (!crypto::IsStrongKey(enroll->key.key)) return "/key";
  }
  if (const auto* rotate = candidate.body<KeyRotate>()) {
    if (!crypto::IsStrongKey(rotate->key.key)) return "/key";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> Candidate::unknown_rules() const {
  std::uint64_t rules = kRules;
  if (const auto* create = body<LogCreate>()) rules = create->rules;
  if (const auto* upgrade = body<LogUpgrade>()) rules = upgrade->rules;
  if (rules <= kRules) return std::nullopt;
  return rules;
}

std::variant<Candidate, Refusal> ParseCandidate(std::string_view note, UnknownRules unknown) {
  auto action = record::ParseAction(note);
  if (!action.ok()) return BadNote("malformed", std::move(action).error().detail, "");
  Candidate candidate{*std::move(action), std::nullopt};
  if (!candidate.action.stream.is_case()) {
    auto body = ReadAdminBody(candidate.action);
    if (auto* fault = std::get_if<BodyFault>(&body)) {
      return BadNote("malformed", "the body: " + fault->detail, std::move(fault->where));
    }
    candidate.admin = std::get<AdminBody>(std::move(body));
  }
  if (auto where = FindWeakKey(candidate)) {
    return BadNote("weak_key",
                   "a key that enters the log is outside the prime-order subgroup; "
                   "generate a new one",
                   *std::move(where));
  }
  if (unknown == UnknownRules::kRefuse && candidate.unknown_rules()) {
    return BadNote("unknown_rules", "this program knows rules 1 only; upgrade it first", "/rules");
  }
  return candidate;
}

}  // namespace jejak::registry
