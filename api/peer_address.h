// SPDX-License-Identifier: Apache-2.0
//
// Addresses of clients, and what of them the limits count by.
//
//   203.0.113.7                four decimals without leading zeros; kept as ::ffff:203.0.113.7
//   2001:db8::1                RFC 4291 section 2.2, with one "::" at most
//   ::ffff:203.0.113.7         the IPv4 address again: one host, one reading
//
//   counted by     IPv4   IPv6
//   AddressKey     /32    /64    a customer gets at least a /64: single addresses limit nobody
//   NetworkKey     /24    /48    what one site holds as a rule
//
// Refused: zone ids (they name a link of another machine), ports, brackets, blanks. Those around an
// address belong to the form that it stands in (forwarded.h). Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jejak::api {

// An address as 16 octets; IPv4 is mapped (::ffff:a.b.c.d).
using PeerAddress = std::array<std::uint8_t, 16>;

// The longest text of an address: "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".
inline constexpr std::size_t kMostAddressChars = 45;

// nullopt: not an address, alone and whole.
std::optional<PeerAddress> ParseAddress(std::string_view text);

// "203.0.113.7", or as RFC 5952 section 4 has it: small letters, the longest run of zeros as "::".
// ParseAddress gives it back.
std::string FormatAddress(const PeerAddress& address);

bool IsIpv4(const PeerAddress& address);
// 127.0.0.0/8 and ::1.
bool IsLoopback(const PeerAddress& address);

// Equal for two addresses of one table row above, in each table by itself. IPv4 is marked with the
// first octet 0xff: multicast in IPv6, which is nobody's source.
std::uint64_t AddressKey(const PeerAddress& address);
std::uint64_t NetworkKey(const PeerAddress& address);

}  // namespace jejak::api
