// SPDX-License-Identifier: Apache-2.0
#include "api/stats.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "tests/api/story_server.h"
#include "verifier/log_statistics.h"

namespace jejak::api {
namespace {

using nlohmann::json;

// What a mirror would hold, fetched as one is.
class ServedFiles final : public verifier::LogSource {
 public:
  explicit ServedFiles(StoryServer& server) : server_(server) {}

  Result<std::string> Checkpoint() override { return Get("checkpoint"); }
  Result<Bytes> Tile(const tlog::TileId& tile) override {
    JEJAK_TRY(text, Get(tlog::TilePath(tile)));
    return Bytes(text.begin(), text.end());
  }
  Result<std::string> Document(const Digest& sha256) override {
    std::string hash = EncodeHash(sha256);
    std::replace(hash.begin(), hash.end(), '+', '-');
    std::replace(hash.begin(), hash.end(), '/', '_');
    return Get("v1/documents/" + hash);
  }

 private:
  Result<std::string> Get(const std::string& path) {
    ClientResponse answer = server_.Public(path);
    if (answer.status != 200) return NotFound(path);
    return std::move(answer.body);
  }
  StoryServer& server_;
};

UnixSeconds Time(const char* text) { return ParseTime(text).value(); }

class StatsTest : public testing::Test {
 protected:
  // Stories of May to August 2024, side by side.
  void TellAll() {
    for (const char* name : {"M01", "M02", "M03", "M06", "C03", "C06", "C12"})
      server_.Begin(StoryServer::ReadStory(name));
    for (int i = 0; i < 6; ++i) server_.Begin(StoryServer::ReadStory("M02"));
    server_.TellUntil(Time("2024-06-20T00:00:00Z"));
  }
  std::uint64_t size() { return server_->sequencer().head()->size(); }
  // The same answer out of what a mirror holds.
  std::string Mirrored(std::uint64_t at_size) {
    ServedFiles files(server_);
    verifier::CallerOnly hands;
    const auto counted = verifier::CountLog(files, size(), at_size, hands);
    return counted.ok() ? "{\"statistics\":" + jejak::json::Write(*counted) + "}"
                        : counted.error().detail;
  }

  StoryServer server_;
};

// Byte for byte, at any size.
TEST_F(StatsTest, AMirrorGivesTheSameNumbers) {
  TellAll();
  for (const std::uint64_t at_size : {std::uint64_t{1}, size() / 3, size() - 1, size()}) {
    const ClientResponse answer = server_.Oversight("v1/stats?at_size=" + std::to_string(at_size));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.body, Mirrored(at_size)) << at_size;
    EXPECT_EQ(FieldOf(answer, "cache-control"), "no-store");
  }
}

void WriteFile(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// Through files and the program, as an auditor does it.
TEST_F(StatsTest, TheProgramWritesTheSameMember) {
  TellAll();
  ASSERT_LT(size(), 512u);
  TemporaryDirectory mirror;
  const auto fetch = [&](const std::string& path) {
    WriteFile(mirror / path, server_.Public(path).body);
  };
  fetch("checkpoint");
  for (std::uint64_t tile = 0; tile * 256 < size(); ++tile) {
    const std::uint16_t width = tlog::TileWidthAt(0, tile, size());
    fetch(tlog::TilePath({.level = 0, .index = tile, .width = width, .entries = false}));
    fetch(tlog::TilePath({.level = 0, .index = tile, .width = width, .entries = true}));
  }
  if (size() > 256) {
    fetch(tlog::TilePath({.level = 1, .index = 0, .width = 1, .entries = false}));
  }
  for (const char* file : {"malang-article-2024.json", "pp94-kota.json", "id-asn.calendar.json"}) {
    const std::string text = StoryServer::ReadDocument(file);
    WriteFile(mirror / ("documents/" + EncodeHex(crypto::Sha256(AsBytes(text)).view())), text);
  }
  WriteFile(mirror / "policy", server_.policy());
  const std::uint64_t at_size = size() - 40;
  const std::string command = std::string(JEJAK_VERIFY) + " stats --policy " + (mirror / "policy") +
                              " --at-size " + std::to_string(at_size) + " -o " +
                              (mirror / "out.json") + " " + mirror.path() + " 2>/dev/null";
  const int status = std::system(command.c_str());
  EXPECT_TRUE(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 12))
      << status;
  std::ifstream in(mirror / "out.json", std::ios::binary);
  const std::string out(std::istreambuf_iterator<char>(in), {});
  const std::string member =
      server_.Oversight("v1/stats?at_size=" + std::to_string(at_size)).body.substr(1);
  EXPECT_NE(out.find("," + member.substr(0, member.size() - 1) + "}"), std::string::npos)
      << out.substr(0, 400);
}

json VersionOf(const json& answer, const std::string& procedure) {
  for (const json& one : answer["statistics"]["procedures"]) {
    if (one["procedure"] == procedure) return one;
  }
  return {};
}

json CountOf(const json& list, const std::string& name) {
  for (const json& one : list["counts"]) {
    if (one["name"] == name) return one["count"];
  }
  return "absent";
}

TEST_F(StatsTest, CountsAreThoseOfTheStories) {
  TellAll();
  const json answer = json::parse(server_.Oversight("v1/stats?contents=held").body);
  EXPECT_EQ(answer["statistics"]["contents"], "held");
  EXPECT_EQ(answer["statistics"]["at_size"], size());
  const json malang = VersionOf(answer, "malang-article-2024");
  EXPECT_EQ(malang["cases"]["total"], 10);
  EXPECT_EQ(CountOf(malang["opened"], "2024-05"), 10);
  EXPECT_EQ(CountOf(malang["judged"], "closed"), 10);
  EXPECT_EQ(CountOf(malang["judged"], "open"), 0);
  for (const json& track : malang["stages"]) {
    if (track["track"] != "officer") continue;
    EXPECT_EQ(CountOf(track["states"], "CLEARED"), 8) << "seven of M02, P207 of M06";
    EXPECT_TRUE(CountOf(track["states"], "SANCTIONED").is_null()) << "fewer than five";
  }
  for (const json& after : malang["after_opening"]) {
    if (after["to"] == "case.close") {
      EXPECT_EQ(after["median"], 4);
    }
  }
  const json pp94 = VersionOf(answer, "pp94-kota");
  EXPECT_TRUE(pp94["cases"]["total"].is_null()) << "three cases";
  EXPECT_EQ(json::parse(server_.Oversight("v1/stats").body)["statistics"]["contents"], "none");
}

json DatesOf(const json& answer, const std::string& type, const std::string& field) {
  const json version = VersionOf(answer, "malang-article-2024");
  for (const json& one : version.at("dates")) {
    if (one["type"] == type && one["field"] == field) return one["values"];
  }
  return {};
}

// A letter is sealed, and a mirror has no openings: only the server that holds them can tell its
// date. M05's letter is of the day after the inspection, M02's of three days before it.
TEST_F(StatsTest, LettersIssuedAfterTheEventAreCountedByWhoHoldsThem) {
  for (int i = 0; i < 5; ++i) {
    server_.Begin(StoryServer::ReadStory("M02"));
    server_.Begin(StoryServer::ReadStory("M05"));
  }
  server_.TellUntil(Time("2024-06-20T00:00:00Z"));
  const json held = DatesOf(json::parse(server_.Oversight("v1/stats?contents=held").body),
                            "clarify.hold", "/letter/issued_on");
  EXPECT_EQ(held, json::parse(R"({"counts":[{"name":"after","count":5},)"
                              R"({"name":"not_after","count":5}],"total":10})"));
  const ClientResponse skeletons = server_.Oversight("v1/stats");
  EXPECT_EQ(DatesOf(json::parse(skeletons.body), "clarify.hold", "/letter/issued_on"),
            json::parse(R"({"counts":[{"name":"unknown","count":10}],"total":10})"));
  EXPECT_EQ(skeletons.body, Mirrored(size()));
}

// The log's own numbers: of each size that ends in a seal nothing is behind it.
TEST_F(StatsTest, SealsAreThoseOfTheLog) {
  TellAll();
  const json whole = json::parse(server_.Oversight("v1/stats").body)["statistics"]["log"];
  EXPECT_EQ(whole["newest_seal"]["index"], size() - 1);
  EXPECT_EQ(whole["unsealed_entries"], 0);
  EXPECT_EQ(whole["unsealed_s"], 0);
  EXPECT_GT(whole["longest_between_seals_s"], 600) << "stories pass whole days";
  const std::string query = "v1/stats?at_size=" + std::to_string(size() - 1);
  const json cut = json::parse(server_.Oversight(query).body)["statistics"]["log"];
  EXPECT_EQ(cut["seals"].get<int>() + 1, whole["seals"].get<int>());
  const std::uint64_t newest = cut["newest_seal"]["index"];
  EXPECT_EQ(cut["unsealed_entries"], size() - 1 - newest - 1);
  EXPECT_GT(cut["unsealed_entries"], 0);
}

// Nothing small is shown anywhere.
void ExpectNothingSmall(const json& value, const std::string& at) {
  if (value.is_array() || value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      const bool counts = name == "count" || name == "total" || name == "cases" || name == "counts";
      if (counts && member.is_number()) {
        EXPECT_TRUE(member == 0 || member >= 5) << at << name << member;
      }
      if (name == "counts" && member.is_array()) {
        for (const json& one : member) {
          if (one.is_number()) {
            EXPECT_TRUE(one == 0 || one >= 5) << at << name;
          }
        }
      }
      ExpectNothingSmall(member, at + "/" + name);
    }
  }
}

TEST_F(StatsTest, NoCountBelowFiveIsShown) {
  TellAll();
  for (const char* query : {"", "?contents=held"}) {
    const json answer =
        json::parse(server_.Oversight(std::string("v1/stats") + query).body)["statistics"];
    ExpectNothingSmall(answer["procedures"], "");
  }
}

TEST_F(StatsTest, ThePublicIsToldAtTheEndsOfMonths) {
  server_.Begin(StoryServer::ReadStory("M01"));
  server_.TellUntil(Time("2024-05-10T00:00:00Z"));
  const std::uint64_t before = size();
  // Everything before January's end, in the log's zone, was administration.
  ClientResponse answer = server_.Public("v1/stats");
  EXPECT_EQ(answer.status, 200) << answer.body;
  const std::uint64_t january = json::parse(answer.body)["statistics"]["at_size"];
  EXPECT_LT(january, before);
  server_.TellUntil(Time("2024-05-31T16:59:59Z"));
  const std::uint64_t may = size();
  const std::size_t told = server_.Begin(StoryServer::ReadStory("C12"));
  EXPECT_EQ(server_.Public("v1/stats?at_size=" + std::to_string(may)).status, 400)
      << "nobody knows yet that May has ended";
  server_.PassTo(Time("2024-05-31T17:00:00Z"));
  server_.Tell(told, 1);
  answer = server_.Public("v1/stats?at_size=" + std::to_string(may));
  std::uint64_t end = may;
  if (answer.status != 200) {
    // Begin logged administration within May.
    const std::string detail = json::parse(answer.body)["detail"];
    EXPECT_NE(detail.find("must be a size at which a month ended in this log"), std::string::npos);
  }
  end = json::parse(server_.Public("v1/stats").body)["statistics"]["at_size"];
  EXPECT_GE(end, may);
  EXPECT_EQ(server_.Public("v1/stats?at_size=" + std::to_string(end)).status, 200);
  for (const std::uint64_t other : {end - 1, end + 1}) {
    answer = server_.Public("v1/stats?at_size=" + std::to_string(other));
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("the last one before it is"), std::string::npos) << answer.body;
  }
  EXPECT_EQ(server_.Oversight("v1/stats?at_size=" + std::to_string(end - 1)).status, 200);
}

TEST_F(StatsTest, WrongParametersAreNamed) {
  for (const auto& [query, names] : std::map<std::string, std::string>{
           {"at_size=0", "parameter at_size must be a number"},
           {"at_size=99999", "parameter at_size must be a number"},
           {"contents=all", "parameter contents must be none or held"},
           {"month=2024-05", "does not know"}}) {
    const ClientResponse answer = server_.Oversight("v1/stats?" + query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_NE(answer.body.find(names), std::string::npos) << answer.body;
  }
  const ClientResponse answer = server_.Public("v1/stats?contents=held");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("on the oversight listener only"), std::string::npos);
  EXPECT_NE(server_.Public("v1/stats").body.find("no month has ended"), std::string::npos);
}

}  // namespace
}  // namespace jejak::api
