// SPDX-License-Identifier: Apache-2.0
#include "api/caching.h"

#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

namespace jejak::api {
namespace {

std::string_view FieldOf(Freshness freshness) {
  switch (freshness) {
    case Freshness::kImmutable:
      return "public, max-age=31536000, immutable";
    case Freshness::kMinutes:
      return "public, max-age=600";
    case Freshness::kCheckpoint:
      return "public, max-age=2";
    case Freshness::kRevalidate:
      return "no-cache";
    case Freshness::kNever:
      break;
  }
  return "no-store";
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
  response.headers.push_back({"Cache-Control", std::string(FieldOf(freshness))});
  return response;
}

Response WithETag(const Request& request, Response response) {
  const Digest hash = crypto::Sha256(AsBytes(response.content()));
  const std::string tag = "\"" + EncodeHex(hash.view().first(16)) + "\"";
  response.headers.push_back({"ETag", tag});
  const std::string* wanted = request.Find("if-none-match");
  if (wanted == nullptr) return response;
  for (std::string_view list = *wanted; !list.empty();) {
    std::string_view item = TakeItem(list);
    TakePrefix(item, "W/");  // compared weakly, as RFC 9110 wants it here
    if (item != tag && item != "*") continue;
    response.status = 304;
    response.body.clear();
    response.shared_body.reset();
    break;
  }
  return response;
}

Response JsonAnswer(std::string json) {
  return MakeResponse(200, "application/json", std::move(json));
}

Response TextAnswer(std::string text) {
  return MakeResponse(200, "text/plain; charset=utf-8", std::move(text));
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
