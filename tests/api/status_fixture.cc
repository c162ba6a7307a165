// SPDX-License-Identifier: Apache-2.0
#include "tests/api/status_fixture.h"

#include <gtest/gtest.h>

#include "ledger/record/receipt_code.h"
#include "tests/support/must.h"

namespace jejak::api {

std::string CodeOf(unsigned number) {
  std::array<std::uint8_t, record::kRandomReceiptSymbols> symbols{};
  for (std::uint8_t& symbol : symbols) {
    symbol = static_cast<std::uint8_t>(number % 32);
    number = number / 32 + 7;
  }
  return record::Format(record::CodeFrom(symbols));
}

std::string TagOf(const std::string& code, const std::string& origin) {
  return record::LookupTag(test::Must(record::ParseReceiptCode(code)), origin);
}

Config StatusServer::Quiet() {
  Config config = QuietConfig(Entries::kOversight);
  config.status_per_minute_in_all = 0;
  config.status_step_ms = 5;
  return config;
}

StatusServer::StatusServer(Config config) : stories_(std::move(config)) {}

std::size_t StatusServer::Begin(const std::string& name, const std::string& label,
                                const std::string& code, const Change& change,
                                const std::string& origin) {
  nlohmann::ordered_json story = StoryServer::ReadStory(name);
  if (change) change(story);
  for (auto& action : story["actions"]) {
    if (!action.contains("body") || !action["body"].is_object()) continue;
    if (action["body"].value("report", "") == label) action["body"]["report"] = TagOf(code, origin);
  }
  const std::size_t told = stories_.Begin(story);
  Hold(told, label, code, origin);
  return told;
}

void StatusServer::Hold(std::size_t told, const std::string& label, const std::string& code,
                        const std::string& origin) {
  const auto seed = record::PartySeed(test::Must(record::ParseReceiptCode(code)), origin);
  stories_.Hold({stories_.case_id(told) + "/" + label, tlog::kEd25519Key,
                 crypto::SecretKey::FromSeed(seed.view())});
}

ClientResponse StatusServer::Post(const std::string& code, const std::string& path,
                                  bool oversight) {
  const std::uint16_t port = oversight ? stories_->oversight_port() : stories_->port();
  return Ask(port, "POST", "/1/" + path, {{"Content-Type", "application/json"}},
             nlohmann::json{{"code", code}}.dump());
}

ClientResponse StatusServer::PostPage(const std::string& form, bool oversight) {
  const std::uint16_t port = oversight ? stories_->oversight_port() : stories_->port();
  return Ask(port, "POST", "/status", {{"Content-Type", "application/x-www-form-urlencoded"}},
             form);
}

nlohmann::json StatusServer::Status(const std::string& code) {
  const ClientResponse answer = Post(code);
  EXPECT_EQ(answer.status, 200) << answer.body;
  return answer.status == 200 ? nlohmann::json::parse(answer.body) : nlohmann::json::object();
}

}  // namespace jejak::api
