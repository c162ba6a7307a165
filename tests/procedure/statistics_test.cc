// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/statistics.h"

#include <gtest/gtest.h>

namespace jejak::procedure {
namespace {

constexpr UnixSeconds kNow{1'700'000'000};

UnixSeconds Before(std::int64_t seconds) { return {kNow.value - seconds}; }

TEST(Sealing, TellsTheNewestSealWhatIsBehindItAndTheLongestSilence) {
  Sealing sealing;
  EXPECT_EQ(json::Write(sealing.Write(3, kNow)),
            R"({"seals":0,"newest_seal":null,"unsealed_entries":3,"unsealed_s":null,)"
            R"("longest_between_seals_s":null})");
  sealing.Note(3, Before(10'000));
  EXPECT_EQ(json::Write(sealing.Write(4, Before(10'000))),
            R"({"seals":1,"newest_seal":{"index":3,"time":"2023-11-14T19:26:40Z"},)"
            R"("unsealed_entries":0,"unsealed_s":0,"longest_between_seals_s":null})");
  sealing.Note(4, Before(3'000));
  sealing.Note(9, Before(2'400));
  EXPECT_EQ(json::Write(sealing.Write(12, kNow)),
            R"({"seals":3,"newest_seal":{"index":9,"time":"2023-11-14T21:33:20Z"},)"
            R"("unsealed_entries":2,"unsealed_s":2400,"longest_between_seals_s":7000})");
}

CaseFacts LetterCase(std::int64_t days, const std::string& dated) {
  CaseFacts facts;
  facts.judged = true;
  facts.procedure = "made";
  facts.version = "1";
  facts.month = "2024-05";
  facts.acts[{"2024-05", "letter.show"}] = 1;
  facts.entered_after.emplace_back("letter.show", days);
  facts.dates.push_back({"letter.show", "/letter/issued_on", dated});
  return facts;
}

std::string VersionText(const Statistics& statistics) {
  const json::Value written = statistics.Write(1, kNow, {}, "none");
  return json::Write(*written.Find("procedures"));
}

TEST(Statistics, CountWhatWasEnteredLateAndDatedAfterTheEvent) {
  Statistics statistics;
  for (int i = 0; i < 6; ++i) statistics.Add(LetterCase(0, "not_after"));
  for (int i = 0; i < 5; ++i) statistics.Add(LetterCase(3 + i, "after"));
  for (int i = 0; i < 5; ++i) statistics.Add(LetterCase(1, ""));
  const std::string text = VersionText(statistics);
  EXPECT_NE(text.find(R"("entered":[{"type":"letter.show","acts":{"counts":[)"
                      R"({"name":"later_day","count":10},{"name":"same_day","count":6}],)"
                      R"("total":16},"median":1,"p90":6}])"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("dates":[{"type":"letter.show","field":"/letter/issued_on","values":)"
                      R"({"counts":[{"name":"after","count":5},{"name":"not_after","count":6},)"
                      R"({"name":"unknown","count":5}],"total":16}}])"),
            std::string::npos)
      << text;
}

// What one table hides, another may not tell: here each list sums up to all acts of the type.
TEST(Statistics, HideFewLettersTogetherWithWhatGivesThemAway) {
  Statistics statistics;
  for (int i = 0; i < 9; ++i) statistics.Add(LetterCase(0, "not_after"));
  statistics.Add(LetterCase(2, "after"));
  const std::string text = VersionText(statistics);
  EXPECT_NE(text.find(R"("counts":[{"name":"later_day","count":null},)"
                      R"({"name":"same_day","count":null}])"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("counts":[{"name":"after","count":null},)"
                      R"({"name":"not_after","count":null}])"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace jejak::procedure
