// SPDX-License-Identifier: Apache-2.0
#include "api/case_page.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/released_story.h"

namespace jejak::api {
namespace {

using nlohmann::ordered_json;

bool Has(const std::string& page, std::string_view text) { return page.find(text) != page.npos; }

class CasePageTest : public testing::Test {
 protected:
  static ClientResponse Page(StoryServer& server, bool oversight, const std::string& id,
                             const std::string& query = "") {
    const std::string path = "/1/cases/" + id + query;
    return Ask(oversight ? server->oversight_port() : server->port(), "GET", path);
  }
};

TEST_F(CasePageTest, TellsACaseInBothLanguages) {
  StoryServer server;
  const std::size_t told = server.Begin(StoryServer::ReadStory("C03"));
  server.Tell(told);
  const std::string& id = server.case_id(told);
  const std::string size = std::to_string(server->sequencer().head()->size());
  const ClientResponse indonesian = Page(server, true, id),
                       english = Page(server, true, id, "?lang=en");
  for (const ClientResponse* page : {&indonesian, &english}) {
    EXPECT_EQ(page->status, 200);
    EXPECT_EQ(FieldOf(*page, "content-type"), "text/html; charset=utf-8");
    EXPECT_TRUE(Has(page->body, "<svg class=\"time\""));
    EXPECT_TRUE(Has(page->body, "<time datetime=\"2024-06-03\">"));
    EXPECT_TRUE(Has(page->body, "/proof/" + size + "\">"));
    EXPECT_TRUE(Has(page->body, "href=\"/1/v1/cases/" + id + "/casefile\""));
    EXPECT_TRUE(Has(page->body, "jejak-verify case " + id + ".casefile.json"));
    EXPECT_TRUE(Has(page->body, "PP 94/2021 26(1)"));  // the basis of R07, which is broken
    EXPECT_LT(page->body.size(), 50'000u);
  }
  EXPECT_TRUE(Has(indonesian.body, "<html lang=\"id\">"));
  EXPECT_TRUE(Has(indonesian.body, "Prosedur dilanggar."));
  EXPECT_TRUE(Has(indonesian.body, "melihat sampai"));
  EXPECT_TRUE(Has(english.body, "<html lang=\"en\">"));
  EXPECT_TRUE(Has(english.body, "The procedure was broken."));
  EXPECT_TRUE(Has(english.body, "Signed by: Personnel agency, "));
  EXPECT_TRUE(Has(english.body, "due 2024-05-29: 3 working days late"));
}

// Proof links lead to proofs, and the entry they are about is the page's.
TEST_F(CasePageTest, LinksToWhatIsThere) {
  StoryServer server;
  const std::size_t told = server.Begin(StoryServer::ReadStory("M02"));
  server.Tell(told);
  const std::string page = Page(server, false, server.case_id(told)).body;
  std::size_t links = 0;
  for (std::size_t at = page.find("href=\"/1/v1/"); at != page.npos;
       at = page.find("href=\"/1/v1/", at + 1)) {
    const std::string path = page.substr(at + 6, page.find('"', at + 6) - at - 6);
    EXPECT_EQ(Ask(server->port(), "GET", path).status, 200) << path;
    ++links;
  }
  EXPECT_EQ(links, 7u + 2u);  // its actions; case file and verdicts
}

TEST_F(CasePageTest, SaysWhatSignersHadSeen) {
  StoryServer server;
  const std::size_t told = server.Begin(StoryServer::ReadStory("M02"));
  server.Tell(told);
  const std::string page = Page(server, true, server.case_id(told), "?lang=en").body;
  EXPECT_TRUE(Has(page, "opened the case"));
  // The second assent was signed for what the first one saw: position 2 at place 3.
  EXPECT_TRUE(Has(page, ", not the 1 after it")) << page;
}

TEST_F(CasePageTest, ContentsAndKeysAreForWhomTheyAreFor) {
  StoryServer server;
  const std::size_t told = server.Begin(StoryServer::ReadStory("M02"));
  server.Tell(told);
  const std::string& id = server.case_id(told);
  const std::string oversight = Page(server, true, id).body,
                    everybody = Page(server, false, id).body;
  for (const char* only : {"pegawai di pasar", "Warga R1", "inspektorat.contohkota.go.id/p-14"}) {
    EXPECT_TRUE(Has(oversight, only)) << only;
    EXPECT_FALSE(Has(everybody, only)) << only;
  }
  EXPECT_TRUE(Has(everybody, "Isinya tidak terbuka untuk pembaca ini"));
}

TEST_F(CasePageTest, TellsWhatMayComeNextUntilWhen) {
  StoryServer server;
  const std::size_t told = server.Begin(StoryServer::ReadStory("C03"));
  server.Tell(told, 8);  // screened, not summoned
  const std::string page = Page(server, true, server.case_id(told), "?lang=en").body;
  const std::size_t next = page.find("What may come next");
  ASSERT_NE(next, page.npos);
  const std::string section = page.substr(next, page.find("<h2>", next) - next);
  EXPECT_TRUE(Has(section, "officer P044")) << section;
  EXPECT_TRUE(Has(section, "<time datetime=\"2024-05-29\">2024-05-29</time> <b>(")) << section;
}

// A restricted log: nothing of a case before its release, and what the release names after it.
TEST_F(CasePageTest, AReleasedCaseHasItsPageAndOthersHaveOneAnswer) {
  StoryServer server(QuietConfig(Entries::kOversight));
  const std::size_t hidden = server.Begin(StoryServer::ReadStory("M02"));
  server.Tell(hidden);
  const std::size_t whole = server.Begin(ReleasedStory());
  server.Tell(whole);
  const std::size_t course = server.Begin(ReleasedStory(ReleaseBody({"timeline"})));
  server.Tell(course);
  AwaitIndex(server);
  const ClientResponse verdicts = Page(server, false, server.case_id(whole), "?lang=en");
  EXPECT_EQ(verdicts.status, 200);
  EXPECT_TRUE(Has(verdicts.body, "<h2>Rules</h2>"));
  const ClientResponse timeline = Page(server, false, server.case_id(course), "?lang=en");
  EXPECT_EQ(timeline.status, 200);
  EXPECT_TRUE(Has(timeline.body, "released with its course alone"));
  for (const char* made : {"<h2>Rules</h2>", "What may come next", "class=\"verdict",
                           "working days", "due 2024", "/conformance", "Checks of each action"})
    EXPECT_FALSE(Has(timeline.body, made)) << made;

  const ClientResponse unknown = Page(server, false, "5K3D00000000000000000000AB");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(FieldOf(unknown, "content-type"), "text/html; charset=utf-8");
  for (const std::string& id : {server.case_id(hidden), std::string("x"), std::string("%3Cb%3E")}) {
    const ClientResponse answer = Page(server, false, id);
    EXPECT_EQ(answer.status, 404) << id;
    EXPECT_EQ(answer.body, unknown.body) << id;
    EXPECT_EQ(FieldOf(answer, "cache-control"), FieldOf(unknown, "cache-control")) << id;
  }
  EXPECT_EQ(Page(server, true, server.case_id(hidden)).status, 200);
}

// Officers cite the ids of rules; the public has no use for them.
TEST_F(CasePageTest, IdsOfRulesAreForOversight) {
  StoryServer server;
  const std::size_t broken = server.Begin(StoryServer::WithoutExamination());
  server.Tell(broken);
  const std::size_t open = server.Begin(StoryServer::ReadStory("M03"));
  server.Tell(open, 2);
  for (const std::size_t told : {broken, open}) {
    for (const char* lang : {"?lang=id", "?lang=en"}) {
      const std::string page = Page(server, false, server.case_id(told), lang).body;
      EXPECT_EQ(IdsOfRules(page), "") << lang << page;
      EXPECT_TRUE(Has(page, "class=\"rule"));
      EXPECT_NE(IdsOfRules(Page(server, true, server.case_id(told), lang).body), "");
    }
  }
  const std::string page = Page(server, false, server.case_id(broken), "?lang=en").body;
  EXPECT_TRUE(Has(page, "<li>No sanction without examination <b>")) << page;
  EXPECT_TRUE(Has(page,
                  "statement of the city secretary, May 2024: sanction according to clarification "
                  "and examination"))
      << "the basis";
}

TEST_F(CasePageTest, AllowsNothingButItsStylesheet) {
  StoryServer server;
  const std::size_t told = server.Begin(StoryServer::ReadStory("M06"));
  server.Tell(told);
  const ClientResponse page = Page(server, true, server.case_id(told));
  EXPECT_TRUE(
      Has(FieldOf(page, "content-security-policy"), "default-src 'none'; style-src 'self'"));
  EXPECT_FALSE(Has(FieldOf(page, "content-security-policy"), "unsafe"));
  for (const char* word : {"<script", " style=", "<style", "onclick", "javascript:", "http://"})
    EXPECT_FALSE(Has(page.body, word)) << word;
  EXPECT_EQ(FieldOf(page, "set-cookie"), "");
}

TEST_F(CasePageTest, TextsOfTheLogAreNoMarkup) {
  ordered_json story = StoryServer::ReadStory("M02");
  const std::string hostile = "</li></ol><script>alert(1)</script>\"'&";
  story["actions"][0]["body"]["text"]["$seal"] = hostile;
  story["actions"][1]["body"]["place"] = hostile;
  StoryServer server;
  server.Register("inspektorat", hostile);
  const std::size_t told = server.Begin(story);
  server.Tell(told);
  const std::string page = Page(server, true, server.case_id(told)).body;
  EXPECT_FALSE(Has(page, "<script"));
  std::size_t shown = 0;
  for (std::size_t at = page.find("&lt;/li&gt;&lt;/ol&gt;&lt;script&gt;"); at != page.npos;
       at = page.find("&lt;/li&gt;&lt;/ol&gt;&lt;script&gt;", at + 1))
    ++shown;
  EXPECT_GE(shown, 3u);
}

TEST_F(CasePageTest, AnAddressThatCannotBeReadSaysWhy) {
  StoryServer server;
  const std::size_t told = server.Begin(StoryServer::ReadStory("M02"));
  server.Tell(told, 1);
  const std::string& id = server.case_id(told);
  EXPECT_EQ(Page(server, true, id, "?lang=fr").status, 400);
  EXPECT_EQ(Page(server, true, id, "?at=3").status, 400);
  EXPECT_EQ(Page(server, true, id + "/actions").status, 404);
  const ClientResponse page = Page(server, true, id);
  EXPECT_NE(FieldOf(page, "etag"), "");
  EXPECT_EQ(Ask(server->oversight_port(), "GET", "/1/cases/" + id,
                {{"If-None-Match", FieldOf(page, "etag")}})
                .status,
            304);
}

// All are judged and counted, the newest are shown.
TEST_F(CasePageTest, ALongCaseListsItsNewestActionsAndLinksTheRest) {
  ordered_json story = StoryServer::ReadStory("M02");
  const ordered_json first = story["actions"][0];
  story["actions"] = ordered_json::array({first});
  for (int i = 0; i < 260; ++i) {
    const int minute = i % 60, hour = 9 + i / 60;
    const std::string time = (hour < 10 ? "0" : "") + std::to_string(hour) + ":" +
                             (minute < 10 ? "0" : "") + std::to_string(minute);
    story["actions"].push_back({{"type", "info.note"},
                                {"at", "2024-05-14T" + time + ":00+07:00"},
                                {"by", By("inspektorat.contohkota.go.id/p-10", "petugas")},
                                {"body", {{"source", "media"}}}});
  }
  StoryServer server;
  const std::size_t told = server.Begin(story);
  server.Tell(told);
  const std::string page = Page(server, true, server.case_id(told), "?lang=en").body;
  EXPECT_TRUE(Has(page, "Only the newest 200 of 261 actions are listed here"));
  EXPECT_TRUE(Has(page, "/v1/cases/" + server.case_id(told) + "/actions\">"));
  EXPECT_TRUE(Has(page, " × 200</h3>"));
  EXPECT_FALSE(Has(page, "opened the case"));
  EXPECT_TRUE(Has(page, "<dd>261</dd>"));
}

// The most crowded of the stories, for who sees most of it.
TEST_F(CasePageTest, StaysUnder50kB) {
  StoryServer server;
  const std::size_t told[] = {server.Begin(StoryServer::ReadStory("C08")),
                              server.Begin(StoryServer::ReadStory("C12"))};
  server.TellUntil(ParseTime("2025-06-01T00:00:00Z").value());
  for (const std::size_t one : told) {
    ASSERT_TRUE(server.Ended(one));
    for (const bool oversight : {false, true})
      EXPECT_LT(Page(server, oversight, server.case_id(one)).body.size(), 50'000u) << one;
  }
}

}  // namespace
}  // namespace jejak::api
