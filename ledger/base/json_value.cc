// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "ledger/base/json.h"

namespace jejak::json {

Value::Value(Value&& other) noexcept
    : content_(other.content_), begin_(other.begin_), end_(other.end_), kind_(other.kind_) {
  other.kind_ = Kind::kNull;
}

Value::Value(const Value& other)
    : content_(other.content_), begin_(other.begin_), end_(other.end_), kind_(other.kind_) {
  if (is_string() && content_.text != nullptr) {
    content_.text = new std::string(*content_.text);
  } else if (is_array() && content_.items != nullptr) {
    content_.items = new std::vector<Value>(*content_.items);
  } else if (is_object() && content_.members != nullptr) {
    content_.members = new std::vector<Member>(*content_.members);
  }
}

Value& Value::operator=(Value&& other) noexcept {
  if (this == &other) return *this;
  // Taken first: `other` may be a part of this value.
  Value taken(std::move(other));
  Release();
  content_ = taken.content_;
  begin_ = taken.begin_;
  end_ = taken.end_;
  kind_ = std::exchange(taken.kind_, Kind::kNull);
  return *this;
}

Value& Value::operator=(const Value& other) { return *this = Value(other); }

Value::~Value() { Release(); }

// The analyzer of clang 14 loses what kind_ says about the union; the tests run under ASan.
// NOLINTBEGIN(clang-analyzer-cplusplus.NewDelete)
void Value::Release() {
  if (is_string()) delete content_.text;
  if (is_array()) delete content_.items;
  if (is_object()) delete content_.members;
  kind_ = Kind::kNull;
}
// NOLINTEND(clang-analyzer-cplusplus.NewDelete)

const std::string& Value::as_string() const {
  static const std::string empty;
  return is_string() && content_.text != nullptr ? *content_.text : empty;
}

const std::vector<Value>& Value::items() const {
  static const std::vector<Value> empty;
  return is_array() && content_.items != nullptr ? *content_.items : empty;
}

const std::vector<Member>& Value::members() const {
  static const std::vector<Member> empty;
  return is_object() && content_.members != nullptr ? *content_.members : empty;
}

const Value* Value::Find(std::string_view name) const {
  for (const Member& member : members()) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

std::vector<Value>& Value::MutableItems() {
  if (content_.items == nullptr) content_.items = new std::vector<Value>;
  return *content_.items;
}

std::vector<Member>& Value::MutableMembers() {
  if (content_.members == nullptr) content_.members = new std::vector<Member>;
  return *content_.members;
}

Value Value::String(std::string text) {
  Value value;
  value.content_.text = text.empty() ? nullptr : new std::string(std::move(text));
  value.kind_ = Kind::kString;
  return value;
}

Value Value::Integer(std::int64_t integer) {
  Value value;
  value.content_.integer = integer;
  value.kind_ = Kind::kInteger;
  return value;
}

Value Value::Bool(bool boolean) {
  Value value;
  value.content_.boolean = boolean;
  value.kind_ = Kind::kBool;
  return value;
}

Value Value::Array() {
  Value value;
  value.content_.items = nullptr;
  value.kind_ = Kind::kArray;
  return value;
}

Value Value::Object() {
  Value value;
  value.content_.members = nullptr;
  value.kind_ = Kind::kObject;
  return value;
}

Value& Value::Add(std::string_view name, Value value) {
  if (is_object()) MutableMembers().push_back({std::string(name), std::move(value)});
  return *this;
}

void Value::Push(Value item) {
  if (is_array()) MutableItems().push_back(std::move(item));
}

}  // namespace jejak::json
