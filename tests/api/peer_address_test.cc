// SPDX-License-Identifier: Apache-2.0
#include "api/peer_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>

namespace jejak::api {
namespace {

PeerAddress Must(std::string_view text) {
  const auto address = ParseAddress(text);
  EXPECT_TRUE(address.has_value()) << text;
  return address.value_or(PeerAddress{});
}

// What the C library makes of the same text: another reader of the same grammar.
std::optional<PeerAddress> Reference(const std::string& text) {
  PeerAddress address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (::inet_pton(AF_INET, text.c_str(), &address[12]) == 1) return address;
  if (::inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

TEST(PeerAddress, IsReadAndWrittenInOneSpelling) {
  const std::pair<const char*, const char*> kRows[] = {
      {"203.0.113.7", "203.0.113.7"},
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"::", "::"},
      {"::1", "::1"},
      {"2001:DB8::A", "2001:db8::a"},
      {"2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"1:0:0:0:2:0:0:3", "1::2:0:0:3"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
      {"fe80:0:0:0:0:0:0:0", "fe80::"},
      {"::ffff:203.0.113.7", "203.0.113.7"},
      {"::ffff:cb00:7107", "203.0.113.7"},
      {"64:ff9b::203.0.113.7", "64:ff9b::cb00:7107"},
      {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"}};
  for (const auto& [text, written] : kRows) {
    EXPECT_EQ(FormatAddress(Must(text)), written) << text;
    EXPECT_EQ(Must(written), Must(text)) << text;
  }
}

TEST(PeerAddress, RefusesWhatIsNoAddressAlone) {
  for (const char* text : {"",
                           " ",
                           ".",
                           ":",
                           ":::",
                           "1.2.3",
                           "1.2.3.4.5",
                           "1.2.3.",
                           ".1.2.3",
                           "1..2.3",
                           "01.2.3.4",
                           "1.2.3.04",
                           "1.2.3.256",
                           "1.2.3.1000",
                           "1.2.3.+4",
                           "1.2.3.-4",
                           " 1.2.3.4",
                           "1.2.3.4 ",
                           "0x1.2.3.4",
                           "1.2.3.4/24",
                           "1.2.3.4:80",
                           "1",
                           "16909060",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7::8",
                           "::1:2:3:4:5:6:7:8",
                           "1::2::3",
                           ":1::2",
                           "1::2:",
                           ":1:2:3:4:5:6:7:8",
                           "1:2:3:4:5:6:7:8:",
                           "12345::",
                           "0x1::",
                           "g::",
                           "[::1]",
                           "::1%eth0",
                           "fe80::1%1",
                           "::1/64",
                           "::1.2.3",
                           "1.2.3.4::",
                           "::1.2.3.4:5",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "::01.2.3.4",
                           "::ffff:1.2.3.256",
                           "unknown",
                           "localhost"}) {
    EXPECT_FALSE(ParseAddress(text).has_value()) << text;
    EXPECT_FALSE(Reference(text).has_value()) << text << ": the list is wrong";
  }
  EXPECT_FALSE(ParseAddress(std::string_view("::1\0", 4)).has_value());
  EXPECT_FALSE(ParseAddress(std::string(1 << 20, ':')).has_value());
  EXPECT_FALSE(ParseAddress(std::string(1 << 20, '1')).has_value());
}

// Texts of the alphabet of addresses, most of them wrong in one place.
TEST(PeerAddress, ReadsWhatTheCLibraryReads) {
  std::mt19937 random(20261124);
  int good = 0;
  for (int i = 0; i < 200000; ++i) {
    std::string text;
    const auto groups = random() % 9;
    for (unsigned g = 0; g < groups; ++g) {
      if (random() % 8 != 0) text += "0123456789abcdefF"[random() % 17];
      if (random() % 16 == 0) text += std::to_string(random() % 70000);
      text += random() % 6 == 0 ? "::" : ":";
    }
    if (random() % 2 == 0) text += "1";
    if (random() % 4 == 0) text += std::to_string(random() % 260) + ".0.2." + "09"[random() % 2];
    if (!text.empty() && random() % 4 == 0) text.pop_back();
    const auto address = ParseAddress(text);
    ASSERT_EQ(address, Reference(text)) << text;
    if (!address) continue;
    ++good;
    ASSERT_EQ(ParseAddress(FormatAddress(*address)), address) << text;
  }
  EXPECT_GT(good, 10000);
}

TEST(PeerAddress, WritesAnyAddressAsTheCLibraryDoes) {
  std::mt19937 random(7);
  for (int i = 0; i < 20000; ++i) {
    PeerAddress address{};
    for (auto& octet : address) {
      if (random() % 3 == 0) octet = static_cast<std::uint8_t>(random());
    }
    if (std::all_of(address.begin(), address.begin() + 10, [](auto o) { return o == 0; })) {
      address[0] = 0x20;  // the library writes ::1.2.3.4 for some of those
    }
    char text[INET6_ADDRSTRLEN] = {};
    ASSERT_NE(::inet_ntop(AF_INET6, address.data(), text, sizeof text), nullptr);
    ASSERT_EQ(FormatAddress(address), text);
  }
}

TEST(PeerAddress, LoopbackIsOfBothFamilies) {
  for (const char* text : {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"})
    EXPECT_TRUE(IsLoopback(Must(text))) << text;
  for (const char* text : {"128.0.0.1", "0.0.0.0", "::", "::2", "1::1", "10.0.0.1"})
    EXPECT_FALSE(IsLoopback(Must(text))) << text;
}

TEST(PeerAddress, IsCountedByWhatACustomerHas) {
  const auto same = [](auto key, const char* a, const char* b) {
    return key(Must(a)) == key(Must(b));
  };
  EXPECT_FALSE(same(AddressKey, "203.0.113.7", "203.0.113.8"));
  EXPECT_TRUE(same(AddressKey, "203.0.113.7", "::ffff:203.0.113.7"));
  EXPECT_TRUE(same(AddressKey, "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"));
  EXPECT_FALSE(same(AddressKey, "2001:db8:1:2::1", "2001:db8:1:3::1"));
  EXPECT_TRUE(same(NetworkKey, "203.0.113.7", "203.0.113.250"));
  EXPECT_FALSE(same(NetworkKey, "203.0.113.7", "203.0.112.7"));
  EXPECT_TRUE(same(NetworkKey, "2001:db8:1:2::1", "2001:db8:1:ffff::1"));
  EXPECT_FALSE(same(NetworkKey, "2001:db8:1:2::1", "2001:db8:2:2::1"));
  EXPECT_FALSE(same(AddressKey, "::203.0.113.7", "203.0.113.7"));
}

}  // namespace
}  // namespace jejak::api
