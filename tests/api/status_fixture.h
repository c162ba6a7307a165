// SPDX-License-Identifier: Apache-2.0
//
// A restricted log with cases whose reporters and examined officers hold receipt codes: stories
// told with the keys and tags of those codes, and what the server says to a code.
//
//   StatusServer server;
//   const auto told = server.Begin("M02", "r1", CodeOf(1));
//   server.stories().Tell(told, 2);
//   server.Post(CodeOf(1))          POST v1/status
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "tests/api/story_server.h"

namespace jejak::api {

// A code of this number; different numbers, different codes.
std::string CodeOf(unsigned number);
std::string TagOf(const std::string& code, const std::string& origin = StoryServer::kOrigin);

class StatusServer final {
 public:
  // No limits, a step of 5 ms, entries for oversight only.
  static Config Quiet();

  explicit StatusServer(Config config = Quiet());

  // A case that the story will become, after `change`; the party of that label has the code's key.
  // Where the label is a report's, so it is named by the code's tag.
  using Change = std::function<void(nlohmann::ordered_json& story)>;
  std::size_t Begin(const std::string& story, const std::string& label, const std::string& code,
                    const Change& change = {}, const std::string& origin = StoryServer::kOrigin);
  // One more code for a party of the same case, before that party acts.
  void Hold(std::size_t told, const std::string& label, const std::string& code,
            const std::string& origin = StoryServer::kOrigin);

  ClientResponse Post(const std::string& code, const std::string& path = "v1/status",
                      bool oversight = false);
  ClientResponse PostPage(const std::string& form, bool oversight = false);
  nlohmann::json Status(const std::string& code);  // of a 200

  StoryServer& stories() { return stories_; }

 private:
  StoryServer stories_;
};

}  // namespace jejak::api
