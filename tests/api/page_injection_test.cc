// SPDX-License-Identifier: Apache-2.0
// Texts that would run if a page took them for markup (tests/browser/xss_payloads.json), in every
// field that a page may show. What browsers make of them: tests/browser.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/api/released_story.h"
#include "tests/api/route_walk.h"

namespace jejak::api {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::vector<std::string> Payloads() {
  std::ifstream in(JEJAK_SOURCE_DIR "/tests/browser/xss_payloads.json", std::ios::binary);
  return json::parse(in).get<std::vector<std::string>>();
}

// Hands out the payloads in turn.
class Injector final {
 public:
  std::string Next() { return "judul " + payloads_[next_++ % payloads_.size()]; }
  bool used_all() const { return next_ >= payloads_.size(); }
  const std::vector<std::string>& payloads() const { return payloads_; }

  // Every {"id":…,"en":…} below: titles of procedure, actions, rules, states, roles, codes; `says`.
  void Title(ordered_json& value) {
    const bool words = value.is_object() && value.contains("id") && value.contains("en") &&
                       value["id"].is_string();
    if (words) {
      value["id"] = Next();
      value["en"] = Next();
    }
    if (!value.is_structured()) return;
    for (ordered_json& below : value) Title(below);
  }
  void Case(ordered_json& story) {
    for (ordered_json& action : story["actions"]) {
      if (!action.contains("body")) continue;
      for (auto& [name, value] : action["body"].items()) {
        if (name == "place" || name == "kind") value = Next();
        if (value.is_object() && value.contains("$seal") && value["$seal"].is_string())
          value["$seal"] = Next();
      }
    }
    ordered_json correction = {{"type", "record.correct"},
                               {"at", "2024-05-29T08:00:00+07:00"},
                               {"by", By("bkpsdm.contohkota.go.id/p-20", "bkpsdm")},
                               {"body",
                                {{"target", {{"$action", 8}}},
                                 {"pointer", "/outcome"},
                                 {"value", Next()},
                                 {"reason", Next()}}}};
    story["actions"].insert(story["actions"].end() - 1, correction);
  }

 private:
  std::vector<std::string> payloads_ = Payloads();
  std::size_t next_ = 0;
};

// The first payload that stands in the page as it is.
std::string Unescaped(const Injector& injector, const std::string& page) {
  for (const std::string& payload : injector.payloads()) {
    if (page.find(payload) != page.npos) return payload;
  }
  return {};
}

class PageInjectionTest : public testing::Test {
 protected:
  PageInjectionTest() {
    ordered_json definition =
        ordered_json::parse(StoryServer::ReadDocument("malang-article-2024.json"));
    injector_.Title(definition);
    ordered_json calendar = ordered_json::parse(StoryServer::ReadDocument("id-asn.calendar.json"));
    injector_.Title(calendar);
    for (const char* unit : {"inspektorat", "bkpsdm", "asisten-1", "kecamatan-a"})
      server_.Register(unit, injector_.Next());
    server_.PublishText("id-asn.calendar.json", calendar.dump());
    server_.PublishText("malang-article-2024.json", definition.dump());
    ordered_json story = ReleasedStory();
    injector_.Case(story);
    told_ = server_.Begin(story);
    server_.Tell(told_);
    AwaitIndex(server_);
  }

  StoryServer server_{QuietConfig(Entries::kOversight)};
  Injector injector_;
  std::size_t told_ = 0;
};

TEST_F(PageInjectionTest, NoPageOfTheServerHasOneAsItIs) {
  EXPECT_TRUE(injector_.used_all());
  std::size_t pages = 0;
  for (const RouteRequest& request :
       WalkRoutes({server_.case_id(told_)}, {0}, server_->sequencer().head()->size())) {
    if (!request.type.starts_with("text/html") || request.method != "GET") continue;
    for (const std::uint16_t port : {server_->port(), server_->oversight_port()}) {
      for (const char* lang : {"id", "en"}) {
        const bool asked = request.path.find('?') != request.path.npos;
        const ClientResponse page =
            Ask(port, "GET", request.path + (asked ? "&lang=" : "?lang=") + lang);
        EXPECT_EQ(Unescaped(injector_, page.body), "") << request.path;
        pages += page.status == 200;
      }
    }
  }
  EXPECT_GE(pages, 4u);
}

// The same case as the verifier's page, which shows more of it than any other.
TEST_F(PageInjectionTest, NoReportHasOneAsItIs) {
  const Verified verified =
      Verify(server_, "report",
             server_.Oversight("v1/cases/" + server_.case_id(told_) + "/casefile").body);
  EXPECT_TRUE(verified.exit_code == 0 || verified.exit_code == 11) << verified.said;
  const std::string& page = verified.written;
  EXPECT_EQ(Unescaped(injector_, page), "");
  EXPECT_NE(page.find("&lt;script"), page.npos) << "it shows some of them";
}

}  // namespace
}  // namespace jejak::api
