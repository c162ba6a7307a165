// SPDX-License-Identifier: Apache-2.0
#include "tests/api/released_story.h"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>

#include "ledger/base/text.h"
#include "ledger/tlog/merkle.h"
#include "tests/support/temporary_directory.h"

namespace jejak::api {

nlohmann::ordered_json By(const char* key, const char* role) {
  return nlohmann::ordered_json::array({nlohmann::ordered_json::array({key, role})});
}

nlohmann::ordered_json ReleaseBody(const std::vector<std::string>& parts) {
  return {{"parts", parts}, {"harm_test", true}};
}

nlohmann::ordered_json ReleasedStory(const nlohmann::ordered_json& body) {
  nlohmann::ordered_json story = StoryServer::ReadStory("M03");
  story["actions"].push_back({{"type", "case.release"},
                              {"at", "2024-05-30T08:00:00+07:00"},
                              {"by", By("inspektorat.contohkota.go.id/p-14", "inspektorat")},
                              {"body", body}});
  return story;
}

nlohmann::ordered_json VoidedStory() {
  nlohmann::ordered_json story = ReleasedStory();
  const auto release = story["actions"].size();  // counted from one
  story["actions"].push_back({{"type", "case.assent"},
                              {"at", "2024-05-31T08:00:00+07:00"},
                              {"by", By("bkpsdm.contohkota.go.id/p-20", "bkpsdm")}});
  story["actions"].push_back(
      {{"type", "record.void"},
       {"at", "2024-06-01T08:00:00+07:00"},
       {"by", By("inspektorat.contohkota.go.id/p-14", "inspektorat")},
       {"body", {{"target", {{"$action", release}}}, {"reason", "keliru"}}}});
  return story;
}

void AwaitIndex(StoryServer& server) {
  const std::string size = std::to_string(server->sequencer().head()->size()) + ",";
  for (;;) {
    const ClientResponse answer = server.Oversight("v1/cases?open=true&limit=1");
    if (answer.status == 200 && answer.body.find("\"at_size\":" + size) != std::string::npos)
      return;
  }
}

Verified Verify(StoryServer& server, const std::string& command, const std::string& file) {
  const Digest genesis = tlog::LeafHash(AsBytes(server.Public("v1/entries/0").body));
  TemporaryDirectory directory;
  std::ofstream(directory / "policy")
      << "# genesis " + EncodeHash(genesis) + "\n" + server.policy();
  std::ofstream(directory / "case.json", std::ios::binary) << file;
  const std::string line = std::string(JEJAK_VERIFY) + " " + command + " --policy " +
                           (directory / "policy") + " -o " + (directory / "out.html") + " " +
                           (directory / "case.json") + " >" + (directory / "said") + " 2>&1";
  Verified verified;
  verified.exit_code = WEXITSTATUS(std::system(line.c_str()));
  const auto read = [&](const char* name) {
    std::ifstream in(directory / name, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  verified.said = read("said");
  verified.written = read("out.html");
  return verified;
}

}  // namespace jejak::api
