// SPDX-License-Identifier: Apache-2.0
#include "api/figures_page.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/story_server.h"

namespace jejak::api {
namespace {

using nlohmann::json;

bool Has(const std::string& page, std::string_view text) { return page.find(text) != page.npos; }

class FiguresPageTest : public testing::Test {
 protected:
  void TellAll() {
    for (const char* name : {"M01", "M02", "M03", "M06", "C03", "C06", "C12"})
      server_.Begin(StoryServer::ReadStory(name));
    for (int i = 0; i < 6; ++i) server_.Begin(StoryServer::ReadStory("M02"));
    server_.TellUntil(ParseTime("2024-06-20T00:00:00Z").value());
  }
  ClientResponse Page(bool oversight, const std::string& query = "") {
    return Ask(oversight ? server_->oversight_port() : server_->port(), "GET",
               "/1/figures" + query);
  }
  std::uint64_t MonthEnd() {
    return json::parse(server_.Public("v1/stats").body)["statistics"]["at_size"];
  }

  StoryServer server_;
};

// A figure is the number of v1/stats, beside what it counts, a bar and its CSV.
TEST_F(FiguresPageTest, ShowsTheNumbersOfTheStatisticsInBothLanguages) {
  TellAll();
  const json statistics = json::parse(server_.Oversight("v1/stats").body)["statistics"];
  const json* malang = nullptr;
  for (const json& one : statistics["procedures"]) {
    if (one["procedure"] == "malang-article-2024") malang = &one;
  }
  ASSERT_NE(malang, nullptr);
  const std::string total = std::to_string((*malang)["cases"]["total"].get<int>());
  const ClientResponse english = Page(true, "?lang=en"), indonesian = Page(true);
  for (const ClientResponse* page : {&english, &indonesian}) {
    EXPECT_EQ(page->status, 200);
    EXPECT_TRUE(Has(page->body, "<td class=\"n\" data-is=\"" +
                                    std::string(page == &english ? "Cases" : "Perkara") + "\">" +
                                    total + "</td><td class=\"bar\"><svg "));
    EXPECT_TRUE(Has(page->body, "&amp;table=rules&amp;"));
    EXPECT_TRUE(Has(page->body, "jejak-verify stats DIR --policy FILE --at-size " +
                                    std::to_string(statistics["at_size"].get<int>())));
    EXPECT_TRUE(Has(page->body, "<time datetime=\"2024-06-"));
    EXPECT_LT(page->body.size(), 50'000u);
    EXPECT_TRUE(Has(FieldOf(*page, "content-security-policy"), "default-src 'none'"));
    for (const char* word : {"<script", " style=", "<style", "http://"})
      EXPECT_FALSE(Has(page->body, word)) << word;
  }
  EXPECT_TRUE(Has(english.body, "Open cases with a deadline that passed"));
  EXPECT_TRUE(Has(indonesian.body, "Perkara yang masih berjalan dengan batas waktu yang lewat"));
}

// Classes of ages are written so that they sort; people read them otherwise.
TEST_F(FiguresPageTest, AnotherProcedureIsChosenByItsEntry) {
  for (const char* name : {"M02", "M03", "C03"}) server_.Begin(StoryServer::ReadStory(name));
  server_.TellUntil(ParseTime("2024-05-16T00:00:00Z").value());
  std::size_t ages = 0;
  const json statistics = json::parse(server_.Oversight("v1/stats").body)["statistics"];
  for (const json& one : statistics["procedures"]) {
    const std::string page =
        Page(true, "?procedure=" + std::to_string(one["entry"].get<int>())).body;
    EXPECT_TRUE(Has(
        page, "value=\"" + std::to_string(one["entry"].get<int>()) + "\" selected=\"selected\""));
    for (const json& age : one["ages"]["counts"]) {
      const std::string name = age["name"];
      EXPECT_FALSE(Has(page, ">" + name + "<"));
      EXPECT_TRUE(Has(page, ">" + std::to_string(std::stoi(name)) + "–" +
                                std::to_string(std::stoi(name.substr(4))) + "</th>"))
          << name;
      ++ages;
    }
  }
  EXPECT_GE(ages, 1u);
}

TEST_F(FiguresPageTest, ThePublicHasMonthEndsAloneAndHiddenNumbersInWords) {
  TellAll();
  const std::uint64_t end = MonthEnd();
  const ClientResponse page = Page(false, "?lang=en");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(
      Has(page.body, "value=\"" + std::to_string(end) + "\" selected=\"selected\">2024-05<"));
  EXPECT_TRUE(Has(page.body, ">not shown</td>"));
  EXPECT_FALSE(Has(page.body, "the newest entry"));
  EXPECT_EQ(Page(false, "?at_size=" + std::to_string(end)).status, 200);
  const ClientResponse between = Page(false, "?lang=en&at_size=" + std::to_string(end - 1));
  EXPECT_EQ(between.status, 400);
  EXPECT_TRUE(Has(between.body, "Choose the end of a month"));
  EXPECT_TRUE(Has(Page(true, "?lang=en").body, "the newest entry"));
  EXPECT_EQ(Page(true, "?at_size=" + std::to_string(end - 1)).status, 200);
}

TEST_F(FiguresPageTest, ALogWithoutAMonthSaysSo) {
  StoryServer young;
  const ClientResponse page = Ask(young->port(), "GET", "/1/figures?lang=en");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(Has(page.body, "No month has ended"));
}

TEST_F(FiguresPageTest, ATableAloneAndAsCsv) {
  TellAll();
  const ClientResponse detail = Page(true, "?lang=en&table=acts");
  EXPECT_TRUE(Has(detail.body, "<h2 id=\"acts\">Actions by month</h2>"));
  EXPECT_FALSE(Has(detail.body, "<h2 id=\"overdue\">"));
  const ClientResponse csv = Page(true, "?lang=en&table=cases&format=csv");
  EXPECT_EQ(FieldOf(csv, "content-type"), "text/csv; charset=utf-8");
  EXPECT_TRUE(Has(FieldOf(csv, "content-disposition"), "attachment"));
  EXPECT_TRUE(csv.body.starts_with("Standing,Cases\r\nclosed,")) << csv.body;
  EXPECT_TRUE(Has(Page(false, "?table=rules&format=csv").body, "tak ditampilkan"));
}

// A unit's title is the city's own text.
TEST_F(FiguresPageTest, NoTextIsAFormulaOrMarkup) {
  const std::string hostile = "=HYPERLINK(\"x\")<script>";
  for (const char* unit : {"kecamatan-a", "dinas-c", "inspektorat"})
    server_.Register(unit, hostile);
  TellAll();
  server_.TellUntil(ParseTime("2024-11-01T00:00:00Z").value());
  const std::string list = Page(true).body;
  const std::size_t at = list.find("<option value=\"", list.find("id=\"procedure\""));
  ASSERT_NE(at, list.npos);
  std::size_t guarded = 0;
  for (std::size_t option = at; option != list.npos && option < list.find("</form>");
       option = list.find("<option value=\"", option + 1)) {
    const std::size_t begin = option + 15;
    const std::string query = "?procedure=" + list.substr(begin, list.find('"', begin) - begin);
    EXPECT_FALSE(Has(Page(true, query).body, "<script"));
    const std::string csv = Page(true, query + "&table=failures_by_unit&format=csv").body;
    EXPECT_FALSE(Has(csv, ",=")) << csv;
    EXPECT_FALSE(Has(csv, ",\"=")) << csv;
    guarded += Has(csv, "'=HYPERLINK");
  }
  EXPECT_GE(guarded, 1u);
}

TEST_F(FiguresPageTest, AnAddressThatCannotBeReadSaysWhy) {
  TellAll();
  for (const char* query :
       {"?lang=fr", "?month=5", "?format=csv", "?table=cases&format=json", "?table=nothing",
        "?procedure=999999", "?at_size=0", "?table=%3Cscript%3E"}) {
    const ClientResponse page = Page(true, query);
    EXPECT_EQ(page.status, 400) << query;
    EXPECT_EQ(FieldOf(page, "content-type"), "text/html; charset=utf-8") << query;
    EXPECT_FALSE(Has(page.body, "<script")) << query;
  }
}

}  // namespace
}  // namespace jejak::api
