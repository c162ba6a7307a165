// SPDX-License-Identifier: Apache-2.0
#include "api/caching.h"

#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

namespace jejak::api {
namespace {

FixedField FieldOf(Freshness freshness) {
  switch (freshness) {
    case Freshness::kImmutable:
      return FixedField::kImmutable;
    case Freshness::kMinutes:
      return FixedField::kMinutes;
    case Freshness::kCheckpoint:
      return FixedField::kSeconds;
    case Freshness::kRevalidate:
      return FixedField::kRevalidated;
    case Freshness::kNever:
      break;
  }
  return FixedField::kNeverStored;
}

Response FixedAnswer(FixedField type, std::string content) {
  Response response;
  response.Add(type);
  response.body = std::move(content);
  return response;
}

// Takes the next item of a comma-separated list, without blanks around it.
std::string_view TakeItem(std::string_view& list) {
  const std::size_t comma = std::min(list.find(','), list.size());
  std::string_view item = list.substr(0, comma);
  list.remove_prefix(std::min(comma + 1, list.size()));
  while (item.starts_with(' ') || item.starts_with('\t')) item.remove_prefix(1);
  while (item.ends_with(' ') || item.ends_with('\t')) item.remove_suffix(1);
  return item;
}

// Whether parameters of a media range (";charset=utf-8;q=0.0") say that it is not acceptable.
bool IsUnwanted(std::string_view parameters) {
  const std::size_t weight = parameters.find("q=");
  if (weight == parameters.npos) return false;
  const std::string_view value = parameters.substr(weight + 2);
  return value.find_first_of("123456789") == value.npos;
}

}  // namespace

Response WithFreshness(Response response, Freshness freshness) {
  response.Add(FieldOf(freshness));
  return response;
}

Response WithFileName(Response response, std::string_view name) {
  response.headers.push_back(
      {"Content-Disposition", "attachment; filename=\"" + std::string(name) + "\""});
  return response;
}

std::string ETagOf(std::string_view content) {
  return "\"" + EncodeHex(crypto::Sha256(AsBytes(content)).view().first(16)) + "\"";
}

bool NamesETag(const Request& request, std::string_view tag) {
  const std::string* wanted = request.Find("if-none-match");
  if (wanted == nullptr) return false;
  for (std::string_view list = *wanted; !list.empty();) {
    std::string_view item = TakeItem(list);
    TakePrefix(item, "W/");  // compared weakly, as RFC 9110 wants it here
    if (item == tag || item == "*") return true;
  }
  return false;
}

Response WithETag(const Request& request, Response response) {
  const std::string tag = ETagOf(response.content());
  if (NamesETag(request, tag)) {
    response.status = 304;
    response.body.clear();
    response.shared_body.reset();
  }
  response.headers.push_back({"ETag", tag});
  return response;
}

Response JsonAnswer(std::string json) {
  return FixedAnswer(FixedField::kJsonType, std::move(json));
}

Response TextAnswer(std::string text) {
  return FixedAnswer(FixedField::kTextType, std::move(text));
}

bool WantsJson(const Request& request) {
  const std::string* accept = request.Find("accept");
  if (accept == nullptr) return false;
  for (std::string_view list = *accept; !list.empty();) {
    std::string_view item = TakeItem(list);
    if (!TakePrefix(item, "application/json")) continue;
    while (item.starts_with(' ')) item.remove_prefix(1);
    if (item.empty() || (item.front() == ';' && !IsUnwanted(item))) return true;
  }
  return false;
}

}  // namespace jejak::api
