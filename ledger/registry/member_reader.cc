// SPDX-License-Identifier: Apache-2.0
#include "ledger/registry/member_reader.h"

#include <algorithm>

#include "ledger/base/text.h"

namespace jejak::registry {
namespace {

std::size_t CodePoints(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string MustBe(std::string_view what) { return "it must be " + std::string(what); }

}  // namespace

MemberReader::MemberReader(const json::Value& value, std::string pointer, BodyFault& fault)
    : object_(&value), pointer_(std::move(pointer)), fault_(fault) {
  if (!value.is_object()) FaultAt(pointer_, "it must be an object");
}

void MemberReader::FaultAt(std::string pointer, std::string_view sentence) {
  if (!fault_.detail.empty()) return;
  fault_ = {std::move(pointer), std::string(sentence)};
}

void MemberReader::Fault(std::string_view name, std::string_view sentence) {
  FaultAt(pointer_ + "/" + std::string(name), sentence);
}

const json::Value* MemberReader::Take(std::string_view name, json::Kind kind,
                                      std::string_view what) {
  const json::Value* value = object_->Find(name);
  if (value == nullptr) {
    Fault(name, "the member is missing; it must be " + std::string(what));
    return nullptr;
  }
  read_.push_back(name);
  if (value->kind() == kind) return value;
  Fault(name, MustBe(what));
  return nullptr;
}

std::string MemberReader::Text(std::string_view name, Lexical is, std::string_view what) {
  const json::Value* value = Take(name, json::Kind::kString, what);
  if (value == nullptr) return {};
  if (!is(value->as_string())) Fault(name, MustBe(what));
  return value->as_string();
}

std::optional<std::string> MemberReader::OptionalText(std::string_view name, Lexical is,
                                                      std::string_view what) {
  if (!Has(name)) return std::nullopt;
  return Text(name, is, what);
}

std::uint64_t MemberReader::Integer(std::string_view name, std::uint64_t min, std::uint64_t max) {
  const std::string what = "an integer from " + std::to_string(min) + " to " + std::to_string(max);
  const json::Value* value = Take(name, json::Kind::kInteger, what);
  if (value == nullptr) return min;
  // A negative one becomes larger than any bound: JSON's integers and `max` are below 2^53.
  const auto number = static_cast<std::uint64_t>(value->as_integer());
  if (number < min || number > max) Fault(name, MustBe(what));
  return number;
}

Digest MemberReader::Hash(std::string_view name) {
  constexpr std::string_view kWhat = "32 bytes in base64";
  const json::Value* value = Take(name, json::Kind::kString, kWhat);
  if (value == nullptr) return {};
  const auto hash = ParseHash(value->as_string());
  if (hash.ok()) return *hash;
  Fault(name, MustBe(kWhat));
  return {};
}

tlog::VerifierKey MemberReader::Key(std::string_view name) {
  constexpr std::string_view kWhat = "an Ed25519 verifier key whose id fits its name and key";
  const json::Value* value = Take(name, json::Kind::kString, kWhat);
  if (value == nullptr) return {};
  auto key = tlog::ParseVerifierKey(value->as_string(), tlog::kEd25519Key);
  if (key.ok()) return *std::move(key);
  Fault(name, MustBe(kWhat));
  return {};
}

std::string MemberReader::Title(std::string_view name) {
  const auto fits = [](std::string_view text) {
    return !text.empty() && CodePoints(text) <= kMaxTitleCodePoints;
  };
  return Text(name, fits, "a text of 1 to 200 code points");
}

void MemberReader::Object(std::string_view name, const std::function<void(MemberReader&)>& read) {
  const json::Value* value = Take(name, json::Kind::kObject, "an object");
  if (value == nullptr) return;
  MemberReader within(*value, pointer_ + "/" + std::string(name), fault_);
  read(within);
  within.Finish();
}

const std::vector<json::Value>* MemberReader::TakeArray(std::string_view name, std::size_t min,
                                                        std::size_t max) {
  const std::string what =
      "an array of " + std::to_string(min) + " to " + std::to_string(max) + " items";
  const json::Value* value = Take(name, json::Kind::kArray, what);
  if (value == nullptr) return nullptr;
  if (value->items().size() >= min && value->items().size() <= max) return &value->items();
  Fault(name, MustBe(what));
  return nullptr;
}

void MemberReader::Array(std::string_view name, std::size_t min, std::size_t max,
                         const std::function<void(MemberReader&)>& read) {
  const auto* items = TakeArray(name, min, max);
  if (items == nullptr) return;
  const std::string pointer = pointer_ + "/" + std::string(name) + "/";
  for (std::size_t i = 0; i < items->size(); ++i) {
    MemberReader item((*items)[i], pointer + std::to_string(i), fault_);
    read(item);
    item.Finish();
  }
}

void MemberReader::Texts(std::string_view name, std::size_t min, std::size_t max, Lexical is,
                         std::string_view what, std::vector<std::string>& out) {
  const auto* items = TakeArray(name, min, max);
  if (items == nullptr) return;
  const std::string pointer = pointer_ + "/" + std::string(name) + "/";
  for (std::size_t i = 0; i < items->size(); ++i) {
    const json::Value& item = (*items)[i];
    if (!item.is_string() || !is(item.as_string())) {
      FaultAt(pointer + std::to_string(i), MustBe(what));
    } else if (std::find(out.begin(), out.end(), item.as_string()) != out.end()) {
      FaultAt(pointer + std::to_string(i), "it is named once already");
    } else {
      out.push_back(item.as_string());
    }
  }
}

void MemberReader::Finish() {
  for (const json::Member& member : object_->members()) {
    if (std::find(read_.begin(), read_.end(), member.name) != read_.end()) continue;
    FaultAt(pointer_, "the object has a member that section 8 does not name; leave it out");
    return;
  }
}

}  // namespace jejak::registry
