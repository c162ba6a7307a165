// SPDX-License-Identifier: Apache-2.0
// Personal texts of a whole story, sought wherever they must not be (T40). They are in the rows of
// bodies and openings, and in what oversight is given; nowhere else.
#include "tests/api/canary.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "ledger/base/text.h"
#include "ledger/store/rocksdb_store.h"
#include "tests/api/released_story.h"
#include "tests/api/route_walk.h"
#include "tests/store/residue.h"
#include "tests/support/must.h"
#include "tests/support/temporary_directory.h"
#include "tools/mirror/mirror.h"
#include "tools/operation/backup.h"

namespace jejak::api {
namespace {

using test::Must;

Config ChattyConfig() {
  Config config = QuietConfig(Entries::kOversight);
  config.log_level = LogLevel::kDebug;
  return config;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The names within a directory of the files that show a canary.
std::string FilesThatShow(const std::string& directory) {
  std::string found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(directory)) {
    if (!file.is_regular_file()) continue;
    if (const std::string seen = Sightings(ReadFile(file.path())); !seen.empty())
      found += file.path().string() + ": " + seen + "\n";
  }
  return found;
}

class OversightFiles final : public mirror::Upstream {
 public:
  explicit OversightFiles(StoryServer& server) : server_(server) {}
  Result<std::string> Get(const std::string& path) override {
    ClientResponse answer = server_.Oversight(path);
    if (answer.status != 200) return NotFound(path);
    return std::move(answer.body);
  }

 private:
  StoryServer& server_;
};

// One case that is hidden and two that are released, told at the first need.
class CanaryTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    testing::internal::CaptureStderr();
    server_ = std::make_unique<StoryServer>(ChattyConfig());
    for (auto& [name, story] :
         std::map<std::string, nlohmann::ordered_json>{{"c12x", StoryServer::ReadStory("C12")},
                                                       {"c01x", StoryServer::ReadStory("C01")},
                                                       {"m03x", ReleasedStory()}}) {
      for (std::string& canary : PlantCanaries(story, name)) canaries_.insert(std::move(canary));
      cases_.push_back(server_->Begin(story));
    }
    server_->TellUntil(ParseTime("2025-12-31T00:00:00Z").value());
    AwaitIndex(*server_);
  }
  static void TearDownTestSuite() {
    server_.reset();
    testing::internal::GetCapturedStderr();
  }

  static std::vector<RouteRequest> Walk() {
    std::vector<std::string> ids;
    for (const std::size_t told : cases_) ids.push_back(server_->case_id(told));
    std::vector<std::uint64_t> entries;
    const std::uint64_t size = (*server_)->sequencer().head()->size();
    for (std::uint64_t index = 0; index < size; ++index) entries.push_back(index);
    return WalkRoutes(ids, entries, size);
  }

  static std::unique_ptr<StoryServer> server_;
  static std::vector<std::size_t> cases_;
  static std::set<std::string> canaries_;
};
std::unique_ptr<StoryServer> CanaryTest::server_;
std::vector<std::size_t> CanaryTest::cases_;
std::set<std::string> CanaryTest::canaries_;

TEST(Canaries, AreSeenInEveryEncoding) {
  const std::string word(kCanaryWord);
  EXPECT_EQ(Sightings("nothing here"), "");
  EXPECT_NE(Sightings("x" + word + "y"), "");
  EXPECT_NE(Sightings(EncodeHex(AsBytes("\x01" + word))), "");
  for (const char* before : {"", "x", "xy", "xyz"}) {
    const std::string text = std::string(before) + word + "12";
    EXPECT_NE(Sightings(EncodeBase64(AsBytes(text))), "") << before;
  }
  std::string wide;
  for (const char c : word) wide.append({c, '\0'});
  EXPECT_NE(Sightings(wide), "");
  EXPECT_NE(Sightings('\0' + wide), "");
}

TEST_F(CanaryTest, OversightHasThemAll) {
  EXPECT_GE(canaries_.size(), 100u);
  std::string files;
  for (const std::size_t told : cases_)
    files += server_->Oversight("v1/cases/" + server_->case_id(told) + "/casefile").body;
  std::size_t held = 0;
  for (const std::string& canary : canaries_) held += files.find(canary) != files.npos;
  // Of an attached document the log has the hash alone.
  EXPECT_GE(held, 50u) << "of " << canaries_.size();
}

// Every operation that there is, with every case and entry.
TEST_F(CanaryTest, NoPublicAnswerShowsOne) {
  std::size_t answered = 0;
  for (const RouteRequest& request : Walk()) {
    const ClientResponse answer = Ask((*server_)->port(), request.method, request.path);
    EXPECT_EQ(Sightings(answer.body), "") << request.method << " " << request.path;
    answered += answer.status == 200;
  }
  EXPECT_GT(answered, 100u);
  EXPECT_EQ(server_->Public("v1/cases/" + server_->case_id(cases_[0]) + "/casefile").status, 200);
}

// What oversight reads without contents shows none either: entries, lists, proofs, metrics, other
// pages.
TEST_F(CanaryTest, NoEntryShowsOne) {
  const std::set<std::string> have_contents{"/v1/cases/{id}/casefile", "/cases/{id}"};
  for (const RouteRequest& request : Walk()) {
    if (have_contents.contains(request.route)) continue;
    EXPECT_EQ(Sightings(Ask((*server_)->oversight_port(), request.method, request.path).body), "")
        << request.path;
  }
}

TEST_F(CanaryTest, NoProblemShowsWhatWasSent) {
  nlohmann::ordered_json story = StoryServer::ReadStory("M02");
  PlantCanaries(story, "m02x");
  const std::size_t told = server_->Begin(story);
  const std::string envelope = server_->NextEnvelope(told);
  ASSERT_NE(Sightings(envelope), "");
  std::size_t refused = 0;
  // A changed byte in each line: signature, header, body, openings.
  for (std::size_t at = 0; at < envelope.size(); at += 37) {
    std::string damaged = envelope;
    damaged[at] = damaged[at] == '~' ? '!' : '~';
    for (const char* route : {"/1/v1/actions", "/1/v1/actions:validate", "/1/v1/actions:batch"}) {
      const ClientResponse answer = Ask((*server_)->port(), "POST", route, {}, damaged);
      EXPECT_EQ(Sightings(answer.body), "") << route << " " << at;
      refused += answer.status >= 400;
    }
  }
  EXPECT_GT(refused, 30u);
  // Nor does an answer to what is taken.
  EXPECT_EQ(Sightings(Ask((*server_)->port(), "POST", "/1/v1/actions:validate", {}, envelope).body),
            "");
  EXPECT_EQ(Sightings(Ask((*server_)->port(), "POST", "/1/v1/actions", {}, envelope).body), "");
}

TEST_F(CanaryTest, NoFileOfAMirrorShowsOne) {
  TemporaryDirectory directory;
  auto files = Must(mirror::MirrorFiles::Open(directory / "mirror"));
  OversightFiles upstream(*server_);
  const auto policy = Must(tlog::ParsePolicy(server_->policy()));
  const auto report = Must(mirror::UpdateMirror(upstream, files, policy, nullptr));
  EXPECT_EQ(report.size, (*server_)->sequencer().head()->size());
  Must(mirror::FetchDocuments(upstream, files, report.size));
  EXPECT_EQ(FilesThatShow(directory / "mirror"), "");
}

// At the most talkative level, after everything above was asked.
TEST_F(CanaryTest, TheServersLogShowsNone) {
  for (const RouteRequest& request : Walk()) {
    if (request.audience != "released cases") continue;
    Ask((*server_)->oversight_port(), request.method, request.path);
  }
  const std::string log = testing::internal::GetCapturedStderr();
  testing::internal::CaptureStderr();
  EXPECT_NE(log.find("\"event\":\"request\""), log.npos);
  EXPECT_EQ(Sightings(log), "");
}

// What bodies and openings are kept in is destroyed in a backup, as `jejak erase` would; then no
// file of it shows one, neither as it lies there nor unpacked row by row, hidden versions included.
TEST_F(CanaryTest, InABackupOnlyBodiesAndOpeningsShowThem) {
  server_->Stop();
  TemporaryDirectory directory;
  const std::string backup = directory / "backup";
  Must(operation::BackUp(server_->data(), backup, server_->data() + "/guard"));
  EXPECT_NE(store::ResidueIn(backup, Sightings), "");
  const auto erase = [&](const std::vector<store::KeyRange>& ranges) {
    Must(Must(store::RocksdbStore::Open(backup + "/db"))->Erase(ranges));
    return store::ResidueIn(backup, Sightings);
  };
  EXPECT_NE(erase({{"B", "C"}}), "") << "there are no openings";
  EXPECT_EQ(erase({{"O", "P"}}), "");
  server_->Restart();
}

}  // namespace
}  // namespace jejak::api
