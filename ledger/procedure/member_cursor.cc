// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/member_cursor.h"

#include <algorithm>
#include <utility>

#include "ledger/procedure/corrections.h"

namespace jejak::procedure {

void Problems::Add(Problem problem) {
  errors_ += problem.error ? 1U : 0U;
  if (problems_.size() < kMaxProblems) problems_.push_back(std::move(problem));
}

void Problems::Error(std::string pointer, std::string message) {
  Add({true, std::move(pointer), std::move(message)});
}

void Problems::Warn(std::string pointer, std::string message) {
  Add({false, std::move(pointer), std::move(message)});
}

ObjectCursor::ObjectCursor(const json::Value& value, std::string pointer, Problems& problems)
    : value_(value), pointer_(std::move(pointer)), problems_(problems) {
  if (!value.is_object()) problems_.Error(pointer_, "this must be an object");
}

std::string ObjectCursor::At(std::string_view name) const { return PointerBelow(pointer_, name); }

const json::Value* ObjectCursor::Take(std::string_view name) {
  taken_.emplace(name);
  return value_.Find(name);
}

const json::Value* ObjectCursor::Need(std::string_view name) {
  const json::Value* member = Take(name);
  if (member == nullptr && is_object()) {
    problems_.Error(pointer_, "member \"" + std::string(name) + "\" is missing: add it");
  }
  return member;
}

std::string ObjectCursor::NeedText(std::string_view name, bool may_be_empty) {
  const json::Value* member = Need(name);
  if (member == nullptr) return {};
  if (!member->is_string() || (!may_be_empty && member->as_string().empty())) {
    problems_.Error(At(name),
                    "this must be a text" + std::string(may_be_empty ? "" : ", not empty"));
  }
  return member->as_string();
}

std::string ObjectCursor::TakeText(std::string_view name) {
  const json::Value* member = Take(name);
  if (member == nullptr) return {};
  if (!member->is_string() || member->as_string().empty()) {
    problems_.Error(At(name), "this must be a text, not empty");
  }
  return member->as_string();
}

std::optional<std::int64_t> ObjectCursor::TakeCount(std::string_view name) {
  const json::Value* member = Take(name);
  if (member == nullptr) return std::nullopt;
  if (!member->is_integer() || member->as_integer() < 0) {
    problems_.Error(At(name), "this must be an integer that is not negative");
  }
  return member->as_integer();
}

bool ObjectCursor::TakeFlag(std::string_view name) {
  const json::Value* member = Take(name);
  if (member != nullptr && !member->is_bool()) {
    problems_.Error(At(name), "this must be true or false");
  }
  return member != nullptr && member->as_bool();
}

std::vector<std::string> ObjectCursor::TakeTexts(std::string_view name) {
  const json::Value* member = Take(name);
  return member == nullptr ? std::vector<std::string>{} : ReadTexts(*member, At(name), problems_);
}

std::vector<std::string> ObjectCursor::NeedTexts(std::string_view name) {
  const json::Value* member = Need(name);
  return member == nullptr ? std::vector<std::string>{} : ReadTexts(*member, At(name), problems_);
}

Words ObjectCursor::NeedWords(std::string_view name) {
  const json::Value* member = Need(name);
  if (member == nullptr) return {};
  ObjectCursor words(*member, At(name), problems_);
  Words read;
  read.id = words.TakeText("id");
  read.en = words.TakeText("en");
  words.Finish();
  if (words.is_object() && (read.id.empty() || read.en.empty())) {
    problems_.Warn(At(name), std::string("the text is missing in one language: add \"") +
                                 (read.id.empty() ? "id" : "en") + "\"");
  }
  return read;
}

std::string ObjectCursor::NeedOneOf(std::string_view name,
                                    std::initializer_list<std::string_view> words) {
  const json::Value* member = Need(name);
  if (member == nullptr) return {};
  const bool known = member->is_string() &&
                     std::find(words.begin(), words.end(), member->as_string()) != words.end();
  if (!known) {
    std::string list;
    for (const std::string_view word : words) {
      list += (list.empty() ? "" : ", ") + std::string(word);
    }
    problems_.Error(At(name), "this must be one of: " + list);
  }
  return member->as_string();
}

void ObjectCursor::Finish() {
  for (const json::Member& member : value_.members()) {
    if (taken_.contains(member.name)) continue;
    problems_.Error(At(member.name),
                    "member \"" + member.name + "\" is unknown here: remove it or mend its name");
  }
}

std::vector<std::string> ReadTexts(const json::Value& value, const std::string& pointer,
                                   Problems& problems) {
  std::vector<std::string> texts;
  if (!value.is_array()) problems.Error(pointer, "this must be a list of texts");
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    const json::Value& item = value.items()[i];
    if (!item.is_string() || item.as_string().empty()) {
      problems.Error(PointerBelow(pointer, std::to_string(i)), "this must be a text, not empty");
    }
    texts.push_back(item.as_string());
  }
  return texts;
}

}  // namespace jejak::procedure
