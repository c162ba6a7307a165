// SPDX-License-Identifier: Apache-2.0
//
// A small ledger, cases to log in it, and how many of its feeds are open.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "tests/api/feed_reader.h"
#include "tests/api/ledger_fixture.h"
#include "tests/support/eventually.h"

namespace jejak::api {

// {{"max_feeds", "2"}}: a quiet ledger with these settings.
inline Config QuietWith(
    std::initializer_list<std::pair<std::string_view, std::string_view>> settings) {
  Config config = QuietConfig();
  for (const auto& [name, value] : settings) EXPECT_TRUE(Set(config, name, value).ok()) << name;
  return config;
}

class FeedTest : public testing::Test {
 protected:
  explicit FeedTest(Config config = QuietConfig()) : server_(std::move(config)) {}

  std::uint64_t Size() { return server_->sequencer().head()->size(); }
  void Submit(const record::Envelope& envelope) {
    const auto answer = LedgerClient(server_->url()).Submit(TextOf(envelope));
    ASSERT_TRUE(answer.ok() && answer->logged());
  }
  void OpenCase(std::uint64_t n) { Submit(server_.log().Open(n, SmallServer::kStart)); }
  std::string Metrics() { return Ask(server_->oversight_port(), "GET", "/metrics").body; }
  bool OpenAre(int on_public, int on_oversight) {
    return test::Eventually([&] {
      const std::string text = Metrics();
      const auto says = [&](const std::string& line) { return text.find(line) != text.npos; };
      return says("jejak_feeds{listener=\"public\"} " + std::to_string(on_public) + "\n") &&
             says("jejak_feeds{listener=\"oversight\"} " + std::to_string(on_oversight) + "\n");
    });
  }

  SmallServer server_;
};

}  // namespace jejak::api
