// SPDX-License-Identifier: Apache-2.0
#include "api/forwarded.h"

#include <algorithm>

#include "ledger/base/text.h"

namespace jejak::api {
namespace {

constexpr std::string_view kForwardedFor = "x-forwarded-for";
constexpr std::string_view kBlanks = " \t";
constexpr std::size_t kMostEntryChars = kMostAddressChars + 2 + 6;  // brackets, ":65535"

bool Has(std::span<const PeerAddress> addresses, const PeerAddress& address) {
  return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

bool IsPort(std::string_view text) {
  const Result<std::uint64_t> port = ParseDecimal(text);
  return port.ok() && *port <= 65535;
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// What stands right of the last comma. The list is left without it, and without that comma.
std::string_view TakeLast(std::string_view& list) {
  const std::size_t begin = list.rfind(',') + 1;  // 0 where there is none
  const std::string_view last = list.substr(begin);
  list = list.substr(0, begin == 0 ? 0 : begin - 1);
  return Trimmed(last);
}

}  // namespace

std::optional<PeerAddress> ParseForwardedEntry(std::string_view entry) {
  if (entry.size() > kMostEntryChars) return std::nullopt;
  if (TakePrefix(entry, "[")) {
    const std::size_t end = entry.find(']');
    if (end == entry.npos) return std::nullopt;
    const std::string_view address = entry.substr(0, end);
    std::string_view port = entry.substr(end + 1);
    if (!port.empty() && !(TakePrefix(port, ":") && IsPort(port))) return std::nullopt;
    return address.find(':') == address.npos ? std::nullopt : ParseAddress(address);
  }
  const std::size_t colon = entry.find(':');
  const bool has_port = colon != entry.npos && entry.find(':', colon + 1) == entry.npos;
  if (!has_port) return ParseAddress(entry);
  return IsPort(entry.substr(colon + 1)) ? ParseAddress(entry.substr(0, colon)) : std::nullopt;
}

// Several fields of the name are one list in their order (RFC 9110 section 5.3).
PeerAddress ClientOf(const std::vector<Header>& headers, const PeerAddress& peer,
                     std::span<const PeerAddress> trusted) {
  if (!Has(trusted, peer)) return peer;
  std::size_t hops = 0;
  for (auto field = headers.rbegin(); field != headers.rend(); ++field) {
    if (field->name != kForwardedFor) continue;
    std::string_view list = field->value;
    for (bool more = true; more;) {
      more = list.find(',') != list.npos;
      const std::optional<PeerAddress> address = ParseForwardedEntry(TakeLast(list));
      if (!address || ++hops > kMostHops) return peer;
      if (!Has(trusted, *address)) return *address;
    }
  }
  return peer;
}

}  // namespace jejak::api
