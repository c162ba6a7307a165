// SPDX-License-Identifier: Apache-2.0
#include "tools/xes/mapping.h"

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/record/body.h"
#include "tools/author/author.h"
#include "tools/xes/reader.h"
#include "tools/xes/verdicts.h"

namespace jejak::xes {
namespace {

constexpr std::size_t kMaxWord = 64;
constexpr std::size_t kMaxResourceSegment = 96;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Lower case, runs of anything else as one "_", none at the ends.
std::string WordFrom(std::string_view text) {
  std::string word;
  bool gap = false;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((lower < 'a' || lower > 'z') && !IsDigit(lower)) {
      gap = true;
      continue;
    }
    if (gap && !word.empty()) word += '_';
    gap = false;
    word += lower;
  }
  return word;
}

// Whether the text begins with a date and a time in whole seconds.
bool IsStamp(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < kForm.size()) return false;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == 'd' ? !IsDigit(text[i]) : text[i] != kForm[i]) return false;
  }
  return true;
}

json::Value ValueOf(const Attributes& attributes) {
  json::Value list = json::Value::Array();
  for (const Attribute& attribute : attributes) {
    json::Value item = json::Value::Object();
    item.Add("type", json::Value::String(attribute.type));
    if (!attribute.key.empty()) item.Add("key", json::Value::String(attribute.key));
    if (!attribute.value.empty()) item.Add("value", json::Value::String(attribute.value));
    if (attribute.level != 0) item.Add("level", json::Value::Integer(attribute.level));
    list.Push(std::move(item));
  }
  return list;
}

std::optional<Attribute> AttributeFrom(const json::Value& item, std::int64_t deepest) {
  Attribute attribute;
  std::int64_t level = 0;
  for (const json::Member& member : item.members()) {
    if (member.name == "level" && member.value.is_integer()) {
      level = member.value.as_integer();
      continue;
    }
    if (!member.value.is_string()) return std::nullopt;
    std::string* text = member.name == "type"    ? &attribute.type
                        : member.name == "key"   ? &attribute.key
                        : member.name == "value" ? &attribute.value
                                                 : nullptr;
    if (text == nullptr) return std::nullopt;
    *text = member.value.as_string();
  }
  if (!IsAttributeType(attribute.type) || level < 0 || level > deepest) return std::nullopt;
  attribute.level = static_cast<unsigned>(level);
  return attribute;
}

std::optional<Attributes> AttributesFrom(const json::Value* list) {
  if (list == nullptr || !list->is_array()) return std::nullopt;
  Attributes attributes;
  for (const json::Value& item : list->items()) {
    const std::int64_t deepest =
        attributes.empty() ? 0 : std::min(attributes.back().level + 1, kMaxLevels - 1);
    std::optional<Attribute> attribute = AttributeFrom(item, deepest);
    if (!attribute) return std::nullopt;
    attributes.push_back(*std::move(attribute));
  }
  return attributes;
}

}  // namespace

Result<std::string> TypeOf(std::string_view name) {
  std::string word = WordFrom(name);
  if (!word.empty() && IsDigit(word[0])) word.insert(0, "n");
  std::string type = "xes." + word;
  if (!IsType(type))
    return Malformed("a concept:name with none, or more than 60, letters and digits; rename it");
  return type;
}

std::optional<std::string> RoleOf(std::string_view group) {
  std::string word = WordFrom(group);
  if (word.empty()) return std::nullopt;
  const bool authority =
      word == "root" || word == "self" || word == "registrar" || word == "procedure_owner";
  if (authority || IsDigit(word[0])) word.insert(0, "xes_");
  word.resize(std::min(word.size(), kMaxWord));
  return word;
}

Result<At> AtOf(std::string_view stamp, std::string_view zone) {
  const Error not_one = Malformed(
      "a time:timestamp that is not a date and time such as 2011-10-11T13:45:40.276+02:00");
  if (!IsStamp(stamp)) return not_one;
  std::string text(stamp.substr(0, 19));
  std::string_view rest = stamp.substr(19);
  if (TakePrefix(rest, ".")) {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (end == 0) return not_one;
    rest.remove_prefix(end);
  }
  if (rest.empty()) {
    if (zone.empty())
      return Malformed("a time:timestamp without offset; give the log's own with --zone");
    rest = zone;
  }
  text += rest == "Z" || rest == "-00:00" ? std::string_view("+00:00") : rest;
  Result<At> at = ParseAt(text);
  if (!at.ok()) return not_one;
  return at;
}

std::string KeyNameOf(std::string_view procedure, std::string_view resource) {
  if (resource.empty()) return PortalName(procedure);
  std::string segment = "r-";
  for (const char c : resource) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '-' ||
                       c == '.' || c == '_' || c == ':';
    segment += plain ? std::string(1, c) : "~" + EncodeHex(AsBytes(std::string_view(&c, 1)));
  }
  if (segment.size() > kMaxResourceSegment)
    segment = "h-" + EncodeHex(crypto::Sha256(AsBytes(resource)).view().first(16));
  return "xes." + std::string(procedure) + "/" + segment;
}

std::string PortalName(std::string_view procedure) {
  return "xes." + std::string(procedure) + "/portal";
}

std::string OwnerName(std::string_view procedure) {
  return "xes." + std::string(procedure) + "/owner";
}

std::string HolderOf(std::string_view key_name) {
  const std::string text = "jejak/xes/holder/v1\nname " + std::string(key_name) + "\n";
  return "xes-" + EncodeHex(crypto::Sha256(AsBytes(text)).view().first(12));
}

std::string CaseIdOf(std::string_view origin, std::string_view procedure, std::string_view trace) {
  const std::string text = "jejak/xes/case/v1\nlog " + std::string(origin) + "\nprocedure " +
                           std::string(procedure) + "\ntrace " + std::string(trace) + "\n";
  return author::CaseIdOf(crypto::Sha256(AsBytes(text)).view());
}

Result<std::string> BodyOf(const Event& event, const Attributes* trace) {
  json::Value content = json::Value::Object();
  if (trace != nullptr) content.Add("trace", ValueOf(WithoutVerdicts(*trace)));
  content.Add("event", ValueOf(WithoutVerdicts(event.attributes)));
  std::string body = json::Write(json::Value::Object().Add("xes", std::move(content)));
  if (body.size() > record::kMaxBodyBytes)
    return Refused("its attributes are longer than a body of 65536 bytes; shorten them");
  const Result<json::Value> checked = json::Parse(body, json::Rules::kBody);
  if (!checked.ok())
    return Malformed("its attributes hold what a body can't: " + checked.error().detail);
  return body;
}

std::optional<Imported> ImportedFrom(const json::Value& body) {
  const json::Value* content = body.Find("xes");
  if (content == nullptr) return std::nullopt;
  std::optional<Attributes> event = AttributesFrom(content->Find("event"));
  if (!event) return std::nullopt;
  return Imported{{*std::move(event)}, AttributesFrom(content->Find("trace"))};
}

}  // namespace jejak::xes
