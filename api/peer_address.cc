// SPDX-License-Identifier: Apache-2.0
#include "api/peer_address.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "ledger/base/bytes.h"
#include "ledger/base/text.h"

namespace jejak::api {
namespace {

constexpr std::size_t kGroups = 8;
constexpr PeerAddress kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::uint64_t kIpv4Mark = 0xff00000000000000ULL;

using Groups = std::array<std::uint16_t, kGroups>;

// Up to four hexadecimal digits; "0x", signs and blanks are none.
std::optional<std::uint16_t> ParseGroup(std::string_view text) {
  std::uint16_t value = 0;
  const char* const end = text.data() + text.size();
  if (text.empty() || text.size() > 4) return std::nullopt;
  const auto [stop, error] = std::from_chars(text.data(), end, value, 16);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> ParseIpv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int i = 0; i < 4; ++i) {
    const std::size_t end = i < 3 ? text.find('.') : text.size();
    if (end == text.npos) return std::nullopt;
    const Result<std::uint64_t> octet = ParseDecimal(text.substr(0, end));
    if (!octet.ok() || *octet > 255) return std::nullopt;
    address = address << 8U | static_cast<std::uint32_t>(*octet);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return address;
}

// Groups between colons, in order; how many. The last two of an address may be written as IPv4.
std::optional<std::size_t> ReadGroups(std::string_view text, bool at_the_end, Groups& groups) {
  std::size_t count = 0;
  for (bool more = !text.empty(); more;) {
    const std::size_t colon = text.find(':');
    more = colon != text.npos;
    const std::string_view group = text.substr(0, colon);
    text.remove_prefix(more ? colon + 1 : text.size());
    if (at_the_end && !more && group.find('.') != group.npos) {
      const std::optional<std::uint32_t> address = ParseIpv4(group);
      if (!address || count + 2 > kGroups) return std::nullopt;
      groups[count++] = static_cast<std::uint16_t>(*address >> 16U);
      groups[count++] = static_cast<std::uint16_t>(*address & 0xffffU);
      continue;
    }
    const std::optional<std::uint16_t> value = ParseGroup(group);
    if (!value || count == kGroups) return std::nullopt;
    groups[count++] = *value;
  }
  return count;
}

std::optional<Groups> ParseIpv6(std::string_view text) {
  Groups groups{};
  const std::size_t gap = text.find("::");
  if (gap == text.npos) {
    const auto count = ReadGroups(text, true, groups);
    return count == kGroups ? std::optional(groups) : std::nullopt;
  }
  Groups after{};
  const auto before_gap = ReadGroups(text.substr(0, gap), false, groups);
  const auto after_gap = ReadGroups(text.substr(gap + 2), true, after);
  if (!before_gap || !after_gap || *before_gap + *after_gap >= kGroups) return std::nullopt;
  std::copy_n(after.begin(), *after_gap, groups.end() - static_cast<std::ptrdiff_t>(*after_gap));
  return groups;
}

std::string FormatIpv4(const PeerAddress& address) {
  std::string text;
  for (std::size_t i = 12; i < 16; ++i)
    text.append(i == 12 ? "" : ".").append(std::to_string(address[i]));
  return text;
}

// The zeros that "::" stands for: the longest run of two groups or more, the first of equal ones.
struct Run {
  std::size_t begin = kGroups, length = 1;
};
Run LongestZeros(const Groups& groups) {
  Run longest;
  for (std::size_t i = 0; i < kGroups; ++i) {
    std::size_t end = i;
    while (end < kGroups && groups[end] == 0) ++end;
    if (end - i > longest.length) longest = {i, end - i};
  }
  return longest;
}

std::string FormatIpv6(const Groups& groups) {
  const Run zeros = LongestZeros(groups);
  std::string text;
  for (std::size_t i = 0; i < kGroups; ++i) {
    if (i == zeros.begin) {
      text.append("::");
      i += zeros.length - 1;
      continue;
    }
    std::array<char, 4> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + 4, groups[i], 16);
    if (!text.empty() && !text.ends_with(':')) text.push_back(':');
    text.append(digits.data(), written.ptr);
  }
  return text;
}

std::uint64_t FirstHalf(const PeerAddress& address) { return LoadU64(address.data()); }
std::uint64_t Ipv4Of(const PeerAddress& address) { return LoadU64(&address[8]) & 0xffffffffULL; }

}  // namespace

std::optional<PeerAddress> ParseAddress(std::string_view text) {
  if (text.size() > kMostAddressChars) return std::nullopt;
  PeerAddress address = kMapped;
  if (text.find(':') == text.npos) {
    const std::optional<std::uint32_t> ipv4 = ParseIpv4(text);
    if (!ipv4) return std::nullopt;
    for (std::size_t i = 0; i < 4; ++i)
      address[12 + i] = static_cast<std::uint8_t>(*ipv4 >> (24U - 8U * i) & 0xffU);
    return address;
  }
  const std::optional<Groups> groups = ParseIpv6(text);
  if (!groups) return std::nullopt;
  for (std::size_t i = 0; i < kGroups; ++i) {
    address[2 * i] = static_cast<std::uint8_t>((*groups)[i] >> 8U);
    address[2 * i + 1] = static_cast<std::uint8_t>((*groups)[i] & 0xffU);
  }
  return address;
}

std::string FormatAddress(const PeerAddress& address) {
  if (IsIpv4(address)) return FormatIpv4(address);
  Groups groups{};
  for (std::size_t i = 0; i < kGroups; ++i)
    groups[i] = static_cast<std::uint16_t>(address[2 * i] << 8U | address[2 * i + 1]);
  return FormatIpv6(groups);
}

bool IsIpv4(const PeerAddress& address) {
  return std::equal(kMapped.begin(), kMapped.begin() + 12, address.begin());
}

bool IsLoopback(const PeerAddress& address) {
  constexpr PeerAddress kOne = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return IsIpv4(address) ? address[12] == 127 : address == kOne;
}

std::uint64_t AddressKey(const PeerAddress& address) {
  return IsIpv4(address) ? kIpv4Mark | Ipv4Of(address) : FirstHalf(address);
}

std::uint64_t NetworkKey(const PeerAddress& address) {
  return IsIpv4(address) ? kIpv4Mark | (Ipv4Of(address) & ~0xffULL)
                         : FirstHalf(address) & ~0xffffULL;
}

}  // namespace jejak::api
