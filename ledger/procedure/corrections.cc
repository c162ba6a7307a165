// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/corrections.h"

#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/procedure/pointer.h"

namespace jejak::procedure {
namespace {

// The item of an array that a token names; nullopt when it isn't an index below `size`.
std::optional<std::size_t> IndexOf(std::string_view token, std::size_t size) {
  if (token.empty() || token.size() > 9 || (token.size() > 1 && token[0] == '0')) return {};
  std::size_t index = 0;
  for (const char c : token) {
    if (c < '0' || c > '9') return {};
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index < size ? std::optional(index) : std::nullopt;
}

// Whether a value may be put at `tokens`: its parent is there, and nothing on the way is sealed.
bool PlaceExists(const json::Value& root, const std::vector<std::string>& tokens) {
  const json::Value* at = &root;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool last = i + 1 == tokens.size();
    if (IsSealed(*at)) return false;
    if (at->is_object()) {
      const json::Value* member = at->Find(tokens[i]);
      if (member == nullptr) return last;
      at = member;
    } else if (at->is_array()) {
      const auto index = IndexOf(tokens[i], at->items().size());
      if (!index) return false;
      at = &at->items()[*index];
    } else {
      return false;
    }
  }
  return true;
}

// A copy of `value` with `to` at the place. Depth is bounded by the tokens, those by JSON's depth.
json::Value Replaced(const json::Value& value, const std::vector<std::string>& tokens,
                     std::size_t depth, const json::Value& to) {
  if (depth == tokens.size()) return to;
  if (value.is_array()) {
    const auto index = IndexOf(tokens[depth], value.items().size());
    json::Value copy = json::Value::Array();
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      const json::Value& item = value.items()[i];
      copy.Push(index == i ? Replaced(item, tokens, depth + 1, to) : item);
    }
    return copy;
  }
  if (!value.is_object()) return value;
  json::Value copy = json::Value::Object();
  bool found = false;
  for (const json::Member& member : value.members()) {
    const bool here = member.name == tokens[depth];
    found |= here;
    copy.Add(member.name, here ? Replaced(member.value, tokens, depth + 1, to) : member.value);
  }
  if (!found && depth + 1 == tokens.size()) copy.Add(tokens[depth], to);
  return copy;
}

bool HoldsDate(const Declaration& declared) {
  if (declared.type == FieldType::kDate || declared.type == FieldType::kTime) return true;
  return std::any_of(declared.of.begin(), declared.of.end(), HoldsDate) ||
         std::any_of(declared.fields.begin(), declared.fields.end(),
                     [](const auto& field) { return HoldsDate(field.second); });
}

const Declaration* DeclaredAt(const ActionType* type, const std::vector<std::string>& tokens) {
  if (type == nullptr || tokens.empty()) return nullptr;
  const auto field = type->fields.find(tokens[0]);
  const Declaration* at = field == type->fields.end() ? nullptr : &field->second;
  for (std::size_t i = 1; i < tokens.size() && at != nullptr; ++i) {
    if (at->type == FieldType::kList) {
      at = at->of.empty() ? nullptr : &at->of.front();
    } else {
      const auto member = at->fields.find(tokens[i]);
      at = member == at->fields.end() ? nullptr : &member->second;
    }
  }
  return at;
}

bool SharesHolderOrUnit(const std::vector<const SignerLine*>& signers, const Act& target) {
  for (const SignerLine* signer : signers) {
    for (const SignerLine& line : target.by) {
      if (signer->holder == line.holder) return true;
      if (!signer->unit.empty() && signer->unit == line.unit) return true;
    }
  }
  return false;
}

// A text member, opened if it was sealed; nullptr if it is none, or can't be read: `causes`.
const std::string* TextMember(const Act& act, std::string_view name, Causes& causes) {
  const json::Value* value = act.body.Find(name);
  if (value == nullptr) return nullptr;
  if (IsSealed(*value)) {
    const OpenedField* opening = FindOpening(act.opened, PointerBelow("", name));
    if (opening == nullptr || !opening->value) {
      causes |= opening == nullptr ? kContents : kOther;
      return nullptr;
    }
    value = &*opening->value;
  }
  return value->is_string() ? &value->as_string() : nullptr;
}

bool MembersFit(const Act& act, bool is_void) {
  std::size_t known = 0;
  for (const json::Member& member : act.body.members()) {
    const bool both = member.name == "target" || member.name == "reason";
    const bool correct_only = member.name == "pointer" || member.name == "value";
    if (!both && (is_void || !correct_only)) return false;
    ++known;
  }
  return known == (is_void ? 2U : 4U);
}

std::optional<std::size_t> FindTarget(std::span<const Act> acts, std::size_t at,
                                      const std::string& id) {
  const auto bytes = ParseBase64(id);
  if (!bytes.ok()) return std::nullopt;
  const auto digest = DigestFromBytes(*bytes);
  if (!digest.ok()) return std::nullopt;
  for (std::size_t i = 0; i < at; ++i) {
    if (acts[i].id == *digest) return i;
  }
  return std::nullopt;
}

bool PointsToKey(const Definition& definition, const ActionType* type,
                 const std::vector<std::string>& tokens) {
  if (type == nullptr || !type->track) return false;
  const Track& track = definition.tracks[*type->track];
  return !track.by_about() && tokens[0] == track.key_field;
}

// Openings of the correction's /value, as openings of the place where the value goes.
std::vector<OpenedField> Rebased(const Act& act, const std::string& pointer) {
  constexpr std::string_view kValue = "/value";
  std::vector<OpenedField> rebased;
  for (const OpenedField& field : act.opened) {
    if (!field.pointer.starts_with(kValue)) continue;
    rebased.push_back({pointer + field.pointer.substr(kValue.size()), field.value});
  }
  return rebased;
}

void ReadPlace(Correction& read, std::span<const Act> acts, const Definition& definition,
               const Readings& readings) {
  const Act& act = acts[read.act];
  const Act& target = acts[read.target];
  read.outcome = Outcome::kFail;
  const json::Value nothing;
  const auto form = json::ResolvePointer(nothing, read.pointer);
  if (!form.ok() && form.error().code == Code::kMalformed) return;
  const std::vector<std::string> tokens = PointerTokens(read.pointer);
  const ActionType* type = definition.FindAction(target.type);
  if (tokens.empty() || PointsToKey(definition, type, tokens)) return;
  if (target.body_state == BodyState::kNone) return;
  if (target.body_state != BodyState::kPresent) {
    read.outcome = Outcome::kUnknown;
    read.causes = target.body_state == BodyState::kAbsent ? kContents : kOther;
    return;
  }
  if (!PlaceExists(target.body, tokens)) return;
  read.outcome = Outcome::kPass;
  read.value = *act.body.Find("value");
  read.opened = Rebased(act, read.pointer);
  const Declaration* declared = DeclaredAt(type, tokens);
  if (declared == nullptr || !HoldsDate(*declared) || !definition.max_entry_lag) return;
  read.seen =
      readings.NotLate(readings.LocalDay(target.entered), readings.LocalDay(act.entered),
                       *definition.max_entry_lag, Unit::kWorkingDays, target.index) == Truth::kTrue;
}

}  // namespace

Correction ReadCorrection(std::span<const Act> acts, std::size_t at,
                          const std::vector<std::vector<const SignerLine*>>& signers,
                          const Definition& definition, const Readings& readings) {
  const Act& act = acts[at];
  Correction read;
  read.act = at;
  read.is_void = act.type == kVoid;
  if (act.body_state == BodyState::kAbsent || act.body_state == BodyState::kUnfit) {
    read.unreadable = true;
    read.outcome = Outcome::kUnknown;
    read.causes = act.body_state == BodyState::kAbsent ? kContents : kOther;
    return read;
  }
  if (act.body_state == BodyState::kNone || !MembersFit(act, read.is_void)) return read;
  Causes sealed;
  const std::string* reason = TextMember(act, "reason", sealed);
  const std::string* target = TextMember(act, "target", sealed);
  const std::string* pointer = read.is_void ? nullptr : TextMember(act, "pointer", sealed);
  if (sealed.any()) {
    read.unreadable = true;
    read.outcome = Outcome::kUnknown;
    read.causes = sealed;
    return read;
  }
  if (reason == nullptr || reason->empty() || target == nullptr) return read;
  if (!read.is_void && pointer == nullptr) return read;
  if (pointer != nullptr) read.pointer = *pointer;
  const auto found = FindTarget(acts, at, *target);
  if (!found || !SharesHolderOrUnit(signers[at], acts[*found])) return read;
  read.target = *found;
  const std::string& type = acts[*found].type;
  if (read.is_void) {
    if (type != kVoid && type != kRebind) read.outcome = Outcome::kPass;
  } else if (!IsUnderstoodEverywhere(type)) {
    ReadPlace(read, acts, definition, readings);
  }
  return read;
}

void ApplyCorrection(const Correction& correction, Contents& contents) {
  const std::vector<std::string> tokens = PointerTokens(correction.pointer);
  if (contents.state != BodyState::kPresent || !PlaceExists(contents.body, tokens)) return;
  contents.body = Replaced(contents.body, tokens, 0, correction.value);
  const std::string below = correction.pointer + "/";
  std::erase_if(contents.opened, [&](const OpenedField& field) {
    return field.pointer == correction.pointer || field.pointer.starts_with(below);
  });
  contents.opened.insert(contents.opened.end(), correction.opened.begin(), correction.opened.end());
}

}  // namespace jejak::procedure
