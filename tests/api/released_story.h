// SPDX-License-Identifier: Apache-2.0
//
// A whole story that ends with a release, told into a restricted log, and what tests of it share.
#pragma once

#include <string>
#include <vector>

#include "tests/api/story_server.h"

namespace jejak::api {

// One signer, as stories name them.
nlohmann::ordered_json By(const char* key, const char* role);

nlohmann::ordered_json ReleaseBody(const std::vector<std::string>& parts);

// M03, with `case.release` by the role and with the body given at its end.
nlohmann::ordered_json ReleasedStory(
    const nlohmann::ordered_json& body = ReleaseBody({"timeline", "verdicts"}));

// The same, goes on after its release, and then has it voided.
nlohmann::ordered_json VoidedStory();

// Waits until the index of cases is as new as the log.
void AwaitIndex(StoryServer& server);

// jejak-verify over one file, under the policy of the server's log with its genesis pinned.
struct Verified {
  int exit_code = -1;
  std::string said;     // on both streams
  std::string written;  // to the file of -o, which `report` needs
};
Verified Verify(StoryServer& server, const std::string& command, const std::string& file);

}  // namespace jejak::api
