// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/member_cursor.h"

#include <algorithm>

namespace jejak::procedure {
namespace {

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "… won't do: ", if what was read can be shown.
std::string Refusing(const json::Value& value) {
  return value.is_string() ? Quoted(value.as_string()) + " won't do: " : "";
}

}  // namespace

bool IsAnyText(std::string_view text) { return !text.empty(); }

bool IsName(std::string_view text) {
  constexpr std::size_t kMax = 64;
  return !text.empty() && text.size() <= kMax && IsLetter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsLetter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

std::string ReadText(const json::Value& value, Lexical is, std::string_view what,
                     ProblemList& problems) {
  if (value.is_string() && is(value.as_string())) return value.as_string();
  problems.Error(value, Refusing(value) + "it must be " + std::string(what));
  return {};
}

MemberCursor::MemberCursor(const json::Value& value, std::string_view what, ProblemList& problems)
    : object_(value), problems_(problems) {
  if (!value.is_object()) problems.Error(value, std::string(what) + " must be an object");
}

const json::Value* MemberCursor::Optional(std::string_view name) {
  asked_.push_back(name);
  return object_.Find(name);
}

const json::Value* MemberCursor::Required(std::string_view name) {
  const json::Value* value = Optional(name);
  if (value == nullptr && object_.is_object()) {
    problems_.Missing(object_, name, "the member " + Quoted(name) + " is missing: add it");
  }
  return value;
}

std::string MemberCursor::Text(std::string_view name, Lexical is, std::string_view what) {
  const json::Value* value = Required(name);
  return value == nullptr ? "" : ReadText(*value, is, what, problems_);
}

bool MemberCursor::Flag(std::string_view name) {
  const json::Value* value = Optional(name);
  if (value == nullptr) return false;
  if (!value->is_bool()) problems_.Error(*value, "it must be true or false");
  return value->as_bool();
}

std::size_t MemberCursor::Word(std::string_view name, const std::vector<std::string_view>& words) {
  const json::Value* value = Required(name);
  if (value == nullptr) return 0;
  const auto found = std::find(words.begin(), words.end(), value->as_string());
  if (value->is_string() && found != words.end()) {
    return static_cast<std::size_t>(found - words.begin());
  }
  problems_.Error(*value, Refusing(*value) + "it must be " + OneOf(words));
  return 0;
}

std::optional<std::int64_t> MemberCursor::Amount(std::string_view name, bool required) {
  const json::Value* value = required ? Required(name) : Optional(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_integer() && value->as_integer() >= 0) return value->as_integer();
  problems_.Error(*value, "it must be an integer, 0 or more");
  return std::nullopt;
}

void MemberCursor::Items(const json::Value* list,
                         const std::function<void(const json::Value&)>& read) {
  if (list == nullptr) return;
  if (!list->is_array()) return problems_.Error(*list, "it must be a list");
  for (const json::Value& item : list->items()) read(item);
}

void MemberCursor::Members(const json::Value* object,
                           const std::function<void(const json::Member&)>& read) {
  if (object == nullptr) return;
  if (!object->is_object()) return problems_.Error(*object, "it must be an object");
  for (const json::Member& member : object->members()) read(member);
}

void MemberCursor::Finish() {
  for (const json::Member& member : object_.members()) {
    if (std::find(asked_.begin(), asked_.end(), member.name) != asked_.end()) continue;
    problems_.Error(member.value, "unknown member " + Quoted(member.name) +
                                      ": remove it, or use one of " + OneOf(asked_));
  }
}

}  // namespace jejak::procedure
