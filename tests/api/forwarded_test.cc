// SPDX-License-Identifier: Apache-2.0
#include "api/forwarded.h"

#include <gtest/gtest.h>

namespace jejak::api {
namespace {

PeerAddress Address(std::string_view text) { return ParseAddress(text).value(); }

const std::vector<PeerAddress> kTrusted = {Address("127.0.0.1"), Address("10.0.0.2"),
                                           Address("fd00::2")};

// The client of a request from 127.0.0.1 with these fields.
std::string Client(const std::vector<std::string>& values) {
  std::vector<Header> headers = {{"host", "h"}};
  for (const std::string& value : values) headers.push_back({"x-forwarded-for", value});
  headers.push_back({"x-real-ip", "192.0.2.66"});
  headers.push_back({"forwarded", "for=192.0.2.66"});
  return FormatAddress(ClientOf(headers, Address("127.0.0.1"), kTrusted));
}

TEST(Forwarded, AnEntryIsAnAddressWithOrWithoutAPort) {
  const std::pair<const char*, const char*> kRows[] = {
      {"203.0.113.7", "203.0.113.7"},
      {"203.0.113.7:0", "203.0.113.7"},
      {"203.0.113.7:65535", "203.0.113.7"},
      {"2001:db8::1", "2001:db8::1"},
      {"[2001:db8::1]", "2001:db8::1"},
      {"[2001:db8::1]:4711", "2001:db8::1"},
      {"[::ffff:203.0.113.7]:4711", "203.0.113.7"},
      {"::ffff:203.0.113.7", "203.0.113.7"},
      {"::", "::"},
      {"[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]:65535",
       "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}};
  for (const auto& [entry, address] : kRows)
    EXPECT_EQ(ParseForwardedEntry(entry), Address(address)) << entry;
}

TEST(Forwarded, RefusesWhateverElseAnEntryCouldBe) {
  for (const char* entry : {"",
                            ":",
                            "[",
                            "[]",
                            "[]:80",
                            "[::1",
                            "::1]",
                            "[[::1]]",
                            "[::1]]",
                            "[::1]:",
                            "[::1]80",
                            "[::1]:65536",
                            "[::1]:00",
                            "[::1]:080",
                            "[::1]:+1",
                            "[::1]: 1",
                            "[::1%eth0]",
                            "::1%eth0",
                            "fe80::1%25eth0",
                            "[203.0.113.7]",
                            "203.0.113.7:",
                            "203.0.113.7:65536",
                            "203.0.113.7:x",
                            "203.0.113.7:1:1",
                            "203.0.113.07",
                            "203.0.113",
                            "unknown",
                            "_hidden",
                            "localhost",
                            "\"203.0.113.7\"",
                            "for=203.0.113.7",
                            "203.0.113.7;proto=http",
                            " 203.0.113.7",
                            "203.0.113.7 ",
                            "203.0.113.7 203.0.113.8",
                            "203.0.113.7/32"}) {
    EXPECT_FALSE(ParseForwardedEntry(entry).has_value()) << entry;
  }
  EXPECT_FALSE(ParseForwardedEntry("[" + std::string(1 << 20, '0') + "::1]").has_value());
}

TEST(Forwarded, TheClientIsTheRightmostThatIsNoTrustedProxy) {
  EXPECT_EQ(Client({"203.0.113.7"}), "203.0.113.7");
  EXPECT_EQ(Client({"192.0.2.1, 203.0.113.7"}), "203.0.113.7");
  EXPECT_EQ(Client({"192.0.2.1,203.0.113.7 ,\t10.0.0.2"}), "203.0.113.7");
  EXPECT_EQ(Client({"192.0.2.1, [2001:db8::1]:4711, [fd00::2]:1, 10.0.0.2:2"}), "2001:db8::1");
  EXPECT_EQ(Client({"::ffff:203.0.113.7, ::ffff:10.0.0.2"}), "203.0.113.7");
}

TEST(Forwarded, FieldsOfOneNameAreOneList) {
  EXPECT_EQ(Client({"192.0.2.1", "203.0.113.7"}), "203.0.113.7");
  EXPECT_EQ(Client({"192.0.2.1, 203.0.113.7", "10.0.0.2"}), "203.0.113.7");
  EXPECT_EQ(Client({"203.0.113.7", ""}), "127.0.0.1");
}

TEST(Forwarded, WhatTheClientWroteItselfIsNotLookedAt) {
  for (const char* own : {"", "x", "127.0.0.1", "10.0.0.2", ",,,", "\"", "[::1", "192.0.2.1:99999",
                          "unknown, 10.0.0.2"}) {
    EXPECT_EQ(Client({std::string(own) + ", 203.0.113.7"}), "203.0.113.7") << own;
    EXPECT_EQ(Client({own, "203.0.113.7"}), "203.0.113.7") << own;
  }
}

TEST(Forwarded, AValueThatSaysNothingIsTheProxysOwn) {
  EXPECT_EQ(Client({}), "127.0.0.1");
  for (const char* value :
       {"", ",", "203.0.113.7,", "203.0.113.7, ", "203.0.113.7, x", "203.0.113.7, fe80::1%eth0",
        "203.0.113.7, 192.0.2.256", "203.0.113.7, x, 10.0.0.2", "10.0.0.2", "10.0.0.2, fd00::2",
        "127.0.0.1", "unknown"}) {
    EXPECT_EQ(Client({value}), "127.0.0.1") << value;
  }
}

TEST(Forwarded, NoMoreHopsAreFollowedThanThereCanBe) {
  std::string hops;
  for (std::size_t i = 1; i < kMostHops; ++i) hops += ",10.0.0.2";
  EXPECT_EQ(Client({"203.0.113.7" + hops}), "203.0.113.7");
  EXPECT_EQ(Client({"203.0.113.7" + hops + ",10.0.0.2"}), "127.0.0.1");
  EXPECT_EQ(Client({std::string(8000, ',')}), "127.0.0.1");
}

TEST(Forwarded, OnlyATrustedPeerIsBelieved) {
  const std::vector<Header> headers = {{"x-forwarded-for", "203.0.113.7"}};
  for (const char* peer : {"127.0.0.2", "10.0.0.3", "::1", "fd00::3", "198.51.100.1"}) {
    EXPECT_EQ(ClientOf(headers, Address(peer), kTrusted), Address(peer)) << peer;
    EXPECT_EQ(ClientOf(headers, Address(peer), {}), Address(peer)) << peer;
  }
  EXPECT_EQ(ClientOf(headers, Address("::ffff:127.0.0.1"), kTrusted), Address("203.0.113.7"));
}

}  // namespace
}  // namespace jejak::api
