// SPDX-License-Identifier: Apache-2.0
//
// The bench in small: every row runs, says what it must, and refuses what is not there. The figures of so few entries mean nothing.
#include "tools/bench/bench.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/support/temporary_directory.h"
#include "tools/bench/load_generator.h"

namespace jejak::bench {
namespace {

Options Tiny(const std::string& directory) {
  Options options;
  for (const Row& row : Rows()) options.rows.push_back(row.name);
  options.rounds = 1;
  options.entries = 300;
  options.base_entries = 200;
  options.large_entries = 600;
  options.directory = directory;
  return options;
}

TEST(Bench, EveryRowRunsAndGivesFigures) {
  const TemporaryDirectory directory;
  std::map<std::string, int> rows;
  const auto count = [&](const Line& line) {
    ++rows[line.row];
    EXPECT_FALSE(line.what.empty());
    EXPECT_FALSE(line.unit.empty());
    EXPECT_TRUE(std::isfinite(line.ratio)) << line.what;
    EXPECT_GE(line.figure, 0) << line.what;
  };
  const Result<void> done = RunBench(Tiny(directory.path()), count);
  ASSERT_TRUE(done.ok()) << done.error().detail;
  const std::map<std::string, int> expected{{"append", 4},    {"batch", 2},   {"one-client", 1},
                                            {"sequencer", 1}, {"audit", 2},   {"reads", 8},
                                            {"casefile", 3},  {"judging", 2}, {"large", 5}};
  EXPECT_EQ(rows, expected);
}

TEST(Bench, GoesOnWithTheLogsThatItFinds) {
  const TemporaryDirectory directory;
  Options options = Tiny(directory.path());
  options.rows = {"casefile"};
  for (int run = 0; run < 2; ++run) {
    int lines = 0;
    const Result<void> done = RunBench(options, [&](const Line&) { ++lines; });
    ASSERT_TRUE(done.ok()) << done.error().detail;
    EXPECT_EQ(lines, 3);
    options.entries += 200;
  }
}

TEST(Bench, RefusesARowThatItDoesNotHave) {
  const TemporaryDirectory directory;
  Options options = Tiny(directory.path());
  options.rows = {"nothing"};
  const Result<void> done = RunBench(options, [](const Line&) { FAIL(); });
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, Code::kNotFound);
}

TEST(Bench, ComparesMediansWithTheTarget) {
  Rounds rounds;
  rounds.Add(30, 10);
  rounds.Add(10, 10);
  rounds.Add(20, 10);
  const Line line = rounds.Summary("row", "what", "/s", {Target::kAtLeast, 2, "V"});
  EXPECT_EQ(line.figure, 20);
  EXPECT_EQ(line.basis, 10);
  EXPECT_EQ(line.ratio, 2);
  EXPECT_TRUE(line.met());
  EXPECT_FALSE(rounds.Summary("row", "what", "/s", {Target::kAtLeast, 2.1, "V"}).met());
  EXPECT_TRUE(rounds.Summary("row", "what", "/s", {Target::kAtMost, 2, "V"}).met());
  EXPECT_FALSE(rounds.Summary("row", "what", "/s", {Target::kAtMost, 1.9, "V"}).met());
  EXPECT_TRUE(rounds.Summary("row", "what", "/s", {}).met());
}

TEST(Bench, PercentilesAreThoseOfTheAnswers) {
  LoadResult load;
  EXPECT_EQ(load.Percentile(0.5), 0);
  for (int i = 1; i <= 100; ++i) load.latencies_ms.push_back(static_cast<float>(i));
  EXPECT_EQ(load.Percentile(0.5), 50);
  EXPECT_EQ(load.Percentile(0.99), 99);
  EXPECT_EQ(load.Percentile(1), 100);
  EXPECT_EQ(load.Percentile(0.001), 1);
}

}  // namespace
}  // namespace jejak::bench
