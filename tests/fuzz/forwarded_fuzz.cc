// SPDX-License-Identifier: Apache-2.0
// Addresses and X-Forwarded-For: no crash; an address is read as the C library reads it and prints
// in one spelling; nobody is a client but the peer or one whom the field names.
#include <arpa/inet.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/forwarded.h"

namespace {

using namespace jejak::api;

void Require(bool condition) {
  if (!condition) std::abort();
}

std::optional<PeerAddress> CLibraryReads(const std::string& text) {
  PeerAddress address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (text.find('\0') != text.npos) return std::nullopt;
  if (::inet_pton(AF_INET, text.c_str(), &address[12]) == 1) return address;
  if (::inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

void ReadAddress(std::string_view text) {
  const auto address = ParseAddress(text);
  Require(address == CLibraryReads(std::string(text)));
  const auto entry = ParseForwardedEntry(text);
  if (address) Require(entry == address);
  if (entry) Require(ParseAddress(FormatAddress(*entry)) == entry);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  ReadAddress(text);
  const PeerAddress proxy = *ParseAddress("127.0.0.1");
  const PeerAddress other = *ParseAddress("::1");
  const std::vector<Header> headers = {{"x-forwarded-for", std::string(text)}};
  const PeerAddress trusted[] = {proxy, other};
  Require(ClientOf(headers, proxy, {}) == proxy);
  const PeerAddress client = ClientOf(headers, proxy, trusted);
  Require(client != other);
  // One more proxy says the same of the same client; a client's own word changes nothing.
  if (client == proxy) return 0;
  const std::vector<Header> own = {{"x-forwarded-for", std::string(text)},
                                   {"x-forwarded-for", FormatAddress(client)}};
  Require(ClientOf(own, proxy, trusted) == client);
  return 0;
}
