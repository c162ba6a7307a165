// SPDX-License-Identifier: Apache-2.0
//
// Whose request a proxy passes on: the field X-Forwarded-For, believed from proxies that the
// operator named (`trusted_proxies`) and from nobody else. Why this field and not RFC 7239's:
// docs/decisions/0010-client-address-behind-a-proxy.md.
//
//   X-Forwarded-For: anything at all, 203.0.113.7, 10.0.0.2      from the peer 127.0.0.1
//                    \_ whoever asks _/ \_ proxies, each the address that it was asked by
//
//   entry = ipv4 [":" port] | ipv6 | "[" ipv6 "]" [":" port]     blanks around it are no part of it
//
// Read from the right: an address of a trusted proxy was written by the next one, which is believed
// too; the first that is none is the client. What stands left of it is the client's own word and is
// not looked at, so that nobody can choose an address, nor spoil the field, by sending one.
//
// An entry that can't be read, no entry, none but proxies, or more than sixteen of them: then the
// client is the peer itself. Whoever comes so shares the limits of the proxy's own address; no
// request is refused for it, and none goes free.
//
// Pure; any thread. Linear in the fields of the head, which is bounded (http_framing.h).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "api/http_message.h"
#include "api/peer_address.h"

namespace jejak::api {

inline constexpr std::size_t kMostHops = 16;  // entries that are looked at

// One entry, without blanks. nullopt: not of the form above; names ("unknown", "_hidden"), zone ids
// and ports over 65535 too.
std::optional<PeerAddress> ParseForwardedEntry(std::string_view entry);

// The client of a request with these fields (names in lower case) that came from `peer`.
PeerAddress ClientOf(const std::vector<Header>& headers, const PeerAddress& peer,
                     std::span<const PeerAddress> trusted);

}  // namespace jejak::api
