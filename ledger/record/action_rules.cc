// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/action_rules.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/record/header_lines.h"

namespace jejak::record {
namespace {

constexpr std::string_view kRebind = "case.rebind";
constexpr std::array<std::string_view, 4> kOfficialRoles{"root", "self", "registrar",
                                                         "procedure_owner"};

// Whether two items are the same under `of`. At most 16 items, so pairs are cheaper than a set.
template <class Items, class Of>
bool HasTwins(const Items& items, Of of) {
  for (std::size_t i = 1; i < items.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (of(items[i]) == of(items[k])) return true;
    }
  }
  return false;
}

Result<void> CheckPosition(const ActionFields& action) {
  if (action.position == PositionKind::kAfter) return {};
  if (!action.stream.is_case()) {
    return InLine("seen", Malformed("outside case streams, after must stand here"));
  }
  if (action.position_count == 0) {
    return InLine("seen", Malformed("the action that opens a case has after 0 -"));
  }
  if (!action.until) return InLine("seen", Malformed("this line needs an until line"));
  return {};
}

Result<void> CheckUnder(const ActionFields& action) {
  const bool opens = action.position_count == 0;
  const bool rebinds = action.stream.is_case() && action.type == kRebind;
  if (rebinds && opens) return InLine("type", Malformed("case.rebind can't open a case"));
  const bool wanted = action.stream.is_case() && (opens || rebinds);
  if (wanted && !action.under) {
    return InLine("under", Malformed("what opens or rebinds a case names its procedure here"));
  }
  if (!wanted && action.under) {
    return InLine("under", Malformed("only what opens or rebinds a case has this line"));
  }
  return {};
}

Result<void> CheckAbout(const ActionFields& action) {
  if (action.about.empty()) return {};
  if (!action.stream.is_case()) {
    return InLine("about", Malformed("only case streams have this line"));
  }
  if (HasTwins(action.about, [](const std::string& label) { return std::string_view(label); })) {
    return InLine("about", Malformed("the pseudonyms must be distinct"));
  }
  return {};
}

bool IsPartyName(std::string_view name, std::string_view case_id) {
  return TakePrefix(name, case_id) && TakePrefix(name, "/") && IsLabel(name);
}

Result<void> CheckParties(const ActionFields& action) {
  if (action.parties.empty()) return {};
  if (!action.stream.is_case()) {
    return InLine("party", Malformed("only case streams have this line"));
  }
  for (const ActionFields::Party& party : action.parties) {
    if (!IsWord(party.role) || std::find(kOfficialRoles.begin(), kOfficialRoles.end(),
                                         party.role) != kOfficialRoles.end()) {
      return InLine("party", Malformed("a party's role is a word that isn't an official's"));
    }
    if (!IsPartyName(party.key.name, action.stream.name)) {
      return InLine("party", Malformed("a party's name is this case's id, a slash and a label"));
    }
  }
  using Party = ActionFields::Party;
  if (HasTwins(action.parties,
               [](const Party& party) { return std::string_view(party.key.name); }) ||
      HasTwins(action.parties, [](const Party& party) { return party.key.key; })) {
    return InLine("party", Malformed("names and keys must be distinct"));
  }
  return {};
}

}  // namespace

Result<void> CheckActionRules(const ActionFields& action) {
  JEJAK_CHECKED(CheckPosition(action));
  JEJAK_CHECKED(CheckUnder(action));
  if (!TypeFitsStream(action.type, action.stream.kind)) {
    return InLine("type", Malformed("this type doesn't stand in a stream of this kind"));
  }
  JEJAK_CHECKED(CheckAbout(action));
  JEJAK_CHECKED(CheckParties(action));
  if (HasTwins(action.by, [](const ActionFields::By& by) { return std::string_view(by.name); })) {
    return InLine("by", Malformed("the signers must be distinct"));
  }
  return {};
}

}  // namespace jejak::record
