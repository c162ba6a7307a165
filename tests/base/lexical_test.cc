// SPDX-License-Identifier: Apache-2.0
#include "ledger/base/lexical.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace jejak {
namespace {

using namespace std::string_literals;

struct Row {
  const char* name;
  std::function<bool(std::string_view)> test;
  std::vector<std::string> good;
  std::vector<std::string> bad;
};

std::string Times(const char* text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

const std::vector<Row>& Rows() {
  static const std::vector<Row> rows = {
      {"word",
       IsWord,
       {"a", "z9_", "ketua_tim", std::string(64, 'a')},
       {"", "A", "1a", "_a", "a-b", "a.b", "a b", "é", std::string(65, 'a'), "a\n", "a\0b"s}},
      {"type",
       IsType,
       {"a.b", "exam.hold", "a.b.c", std::string(62, 'a') + ".b"},
       {"", "a", "a.", ".a", "a..b", "A.b", "a.B", "a.1", "-", std::string(63, 'a') + ".b"}},
      {"role", IsRole, {"-", "ketua_tim"}, {"", "--", "A", "-a"}},
      {"id",
       IsId,
       {"a", "7", "id-asn-2024", "a-", "a--b", std::string(64, '0')},
       {"", "-a", "A", "a_b", "a.b", "a/b", std::string(65, 'a')}},
      {"label",
       IsLabel,
       {"P044", "_", "-", "Zz09_-", std::string(32, 'L')},
       {"", "a b", "a.b", "a/b", "é", std::string(33, 'L')}},
      {"keyname",
       IsKeyName,
       {"a", "A.b/p-41", "jejak.contohkota.go.id/1", "...", ".a", "~:_-./x", "a/...",
        std::string(200, 'k')},
       {"", "/", "a/", "/a", "a//b", ".", "..", "a/..", "./a", "a/../b", "a b", "a+b", "a%2F", "é",
        "a\n", std::string(201, 'k'), Times("a/", 100) + "a"}},
      {"case-id",
       IsCaseId,
       {"5K3D7Q2M8ZP4XK3V9T5R6W1Y0B", "7" + std::string(25, 'Z'), std::string(26, '0')},
       {"", "5K3D7Q2M8ZP4XK3V9T5R6W1Y0", "5K3D7Q2M8ZP4XK3V9T5R6W1Y0BB", "8" + std::string(25, 'Z'),
        "A" + std::string(25, '0'), "5k3D7Q2M8ZP4XK3V9T5R6W1Y0B", "5I3D7Q2M8ZP4XK3V9T5R6W1Y0B",
        "5L3D7Q2M8ZP4XK3V9T5R6W1Y0B", "5O3D7Q2M8ZP4XK3V9T5R6W1Y0B", "5U3D7Q2M8ZP4XK3V9T5R6W1Y0B",
        "5-3D7Q2M8ZP4XK3V9T5R6W1Y0B"}},
      {"version",
       IsVersion,
       {"0", "1", "1.2", "1.2.3", "999999.999999.999999", "0.0.0"},
       {"", ".", "1.", ".1", "1..2", "1.2.3.4", "01", "1.02", "1000000", "v1", "1.2-rc", "+1",
        "99999999999999999999"}},
      {"zone",
       IsZone,
       {"+07:00", "+00:00", "-12:00", "+14:00", "+05:45", "-00:30"},
       {"", "Z", "-00:00", "+14:01", "-12:01", "+7:00", "+0700", "07:00", "+07:60", "+07:00 ",
        "+0a:00", "*07:00"}},
  };
  return rows;
}

TEST(Lexical, AcceptsAndRefusesAsTheGrammarSays) {
  for (const Row& row : Rows()) {
    for (const auto& text : row.good) EXPECT_TRUE(row.test(text)) << row.name << ' ' << text;
    for (const auto& text : row.bad) EXPECT_FALSE(row.test(text)) << row.name << ' ' << text;
  }
}

// A character that a rule does not list is refused at every place of every good example.
TEST(Lexical, NoRuleAdmitsAControlCharacterASpaceOrAByteBeyondAscii) {
  for (const Row& row : Rows()) {
    for (const std::string& text : row.good) {
      for (int c = 0; c < 256; c += c == 0x20 ? 0x5F : 1) {
        std::string changed = text;
        changed[text.size() / 2] = static_cast<char>(c);
        EXPECT_FALSE(row.test(changed)) << row.name << ' ' << c;
      }
    }
  }
}

}  // namespace
}  // namespace jejak
