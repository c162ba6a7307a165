// SPDX-License-Identifier: Apache-2.0
// The page of a code, as a browser without script gets it.
#include "api/status_page.h"

#include <gtest/gtest.h>

#include "tests/api/status_fixture.h"

namespace jejak::api {
namespace {

class StatusPageTest : public testing::Test {
 protected:
  ClientResponse Page(const std::string& code, const std::string& lang) {
    return server_.PostPage("code=" + code + "&lang=" + lang);
  }
  static bool Has(const ClientResponse& page, const std::string& text) {
    return page.body.find(text) != std::string::npos;
  }
  StatusServer server_;
};

TEST_F(StatusPageTest, TheFormIsInBothLanguages) {
  const std::uint16_t port = server_.stories()->port();
  const ClientResponse form = Ask(port, "GET", "/status");
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(Has(form, "<form method=\"post\" action=\"status\">"));
  EXPECT_TRUE(Has(form, "Kode Anda"));
  EXPECT_TRUE(Has(Ask(port, "GET", "/1/status?lang=en"), "Your code"));
  EXPECT_EQ(Ask(port, "GET", "/status?lang=fr").status, 400);
  EXPECT_EQ(Ask(port, "PUT", "/status").status, 405);
}

TEST_F(StatusPageTest, IsNeverStoredRunsNothingAndLeavesNoTrace) {
  server_.stories().Tell(server_.Begin("M02", "r1", CodeOf(1)), 2);
  for (const ClientResponse& page :
       {Page(CodeOf(1), "id"), Page("x", "id"), Ask(server_.stories()->port(), "GET", "/status")}) {
    EXPECT_EQ(FieldOf(page, "cache-control"), "no-store");
    EXPECT_EQ(FieldOf(page, "referrer-policy"), "no-referrer");
    EXPECT_EQ(FieldOf(page, "x-content-type-options"), "nosniff");
    EXPECT_EQ(FieldOf(page, "set-cookie"), "");
    const std::string policy = FieldOf(page, "content-security-policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'")) << policy;
    EXPECT_NE(policy.find("form-action 'self'"), std::string::npos);
    EXPECT_FALSE(Has(page, "<script")) << page.body;
    EXPECT_FALSE(Has(page, "style=\""));
    EXPECT_LT(page.body.size(), 50000u);
  }
}

// Every state of three stories, in both languages: a sentence, never a code of the definition.
TEST_F(StatusPageTest, EveryStateIsToldInPlainWords) {
  const struct {
    const char *story, *label, *end_id, *end_en;
  } stories[] = {{"M02", "r1", "Laporan sudah dijawab", "Report answered"},
                 {"C04", "r1", "Laporan sudah dijawab", "Report answered"},
                 {"C02", "P031", "Sanksi berlaku", "Sanction in force"}};
  unsigned number = 10;
  for (const auto& [story, label, end_id, end_en] : stories) {
    SCOPED_TRACE(story);
    const std::string code = CodeOf(++number);
    const std::size_t told = server_.Begin(story, label, code);
    while (!server_.stories().Ended(told)) {
      server_.stories().Tell(told, 1);
      for (const char* lang : {"id", "en"}) {
        const ClientResponse page = Page(code, lang);
        if (page.status == 404) continue;  // not summoned yet
        EXPECT_EQ(page.status, 200);
        EXPECT_TRUE(Has(page, std::string("<html lang=\"") + lang + "\""));
        EXPECT_FALSE(Has(page, "RECEIVED") || Has(page, "DELIVERED") || Has(page, "report."))
            << lang;
      }
    }
    EXPECT_TRUE(Has(Page(code, "id"), std::string("<h1>") + end_id + "</h1>"));
    EXPECT_TRUE(Has(Page(code, "en"), std::string("<h1>") + end_en + "</h1>"));
  }
}

TEST_F(StatusPageTest, SaysWhoWhatAndByWhen) {
  const std::size_t told = server_.Begin("C04", "r1", CodeOf(1));
  server_.stories().Tell(told, 2);
  ClientResponse page = Page(CodeOf(1), "en");
  EXPECT_TRUE(Has(page, "<h1>Report received</h1>"));
  EXPECT_TRUE(Has(page, "<time datetime=\"2024-07-04\">2024-07-04</time> (3 working days left)"));
  EXPECT_TRUE(Has(page, "Verifier"));
  EXPECT_TRUE(Has(page, "Report withdrawn")) << "what the reporter may do";
  server_.stories().PassTo(ParseTime("2024-07-08T03:00:00Z").value());
  page = Page(CodeOf(1), "id");
  EXPECT_TRUE(Has(page, "⚠ Terlambat 2 hari kerja"));
}

TEST_F(StatusPageTest, DownloadsAskForTheCodeOnceMore) {
  server_.stories().Tell(server_.Begin("M02", "r1", CodeOf(1)));
  const ClientResponse page = Page(CodeOf(1), "id");
  EXPECT_TRUE(Has(page, "name=\"part\" value=\"proof\""));
  EXPECT_TRUE(Has(page, "name=\"part\" value=\"casefile\""));
  const ClientResponse proof = server_.PostPage("lang=id&part=proof&code=" + CodeOf(1));
  EXPECT_EQ(proof.body, server_.Post(CodeOf(1), "v1/status/proof").body);
  const ClientResponse file = server_.PostPage("lang=id&part=casefile&code=" + CodeOf(1));
  EXPECT_EQ(file.body, server_.Post(CodeOf(1), "v1/status/casefile").body);
}

// Texts of a body come only to the examined officer's page, and stay text.
TEST_F(StatusPageTest, TextOfTheLogIsNeverMarkup) {
  const auto change = [](nlohmann::ordered_json& story) {
    for (auto& action : story["actions"]) {
      if (action["type"] == "decide.sanction")
        action["body"]["norm"] = "<img src=x onerror=alert(1)>";
    }
  };
  server_.stories().Tell(server_.Begin("C02", "P031", CodeOf(7), change));
  const ClientResponse page = Page(CodeOf(7), "en");
  EXPECT_TRUE(Has(page, "Level of the sanction: Medium")) << "a code in words";
  EXPECT_FALSE(Has(page, "tunda_kgb") || Has(page, "text/plain"));
  EXPECT_TRUE(Has(page, "&lt;img src=x"));
  EXPECT_FALSE(Has(page, "<img"));
}

// What the page says of rules is their title, what became of them, and what they rest on.
TEST_F(StatusPageTest, RulesAreToldByTheirTitlesAndBasis) {
  server_.stories().Tell(server_.Begin("C04", "r1", CodeOf(1)));
  for (const char* lang : {"id", "en"}) {
    const ClientResponse page = Page(CodeOf(1), lang);
    const std::size_t rules = page.body.find("<ul class=\"rules\">");
    ASSERT_NE(rules, std::string::npos) << page.body;
    EXPECT_EQ(IdsOfRules(page.body), "") << lang;
    EXPECT_NE(page.body.find(lang == std::string("id") ? "Dasar:" : "Basis:", rules),
              std::string::npos)
        << page.body;
  }
}

// One word for a field, whoever reads it; what is for programs stays out.
TEST_F(StatusPageTest, OfAPaperOnlyWhatSaysSomethingIsShown) {
  server_.stories().Tell(server_.Begin("C02", "P031", CodeOf(7)));
  const ClientResponse page = Page(CodeOf(7), "en");
  EXPECT_TRUE(Has(page, "Papers that you may read"));
  EXPECT_FALSE(Has(page, "Rank of who decides")) << "decider_rank";
}

}  // namespace
}  // namespace jejak::api
