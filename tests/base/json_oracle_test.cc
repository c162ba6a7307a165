// SPDX-License-Identifier: Apache-2.0
// Our scanner against nlohmann/json: on random documents and on random damage to them, what ours
// accepts the oracle accepts with equal values, and what ours alone refuses breaks a rule of ours.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "ledger/base/json.h"

namespace jejak::json {
namespace {

using Oracle = nlohmann::json;

class Documents {
 public:
  explicit Documents(unsigned seed) : random_(seed) {}

  unsigned Below(unsigned bound) { return static_cast<unsigned>(random_() % bound); }

  std::string Object(int depth) {
    std::string text = "{";
    const unsigned count = Below(5);
    for (unsigned i = 0; i < count; ++i) {
      text += (i ? "," : "") + Spaces() + String(std::to_string(i)) + Spaces() + ":" + Spaces() +
              Any(depth) + Spaces();
    }
    return text + "}";
  }

  std::string Damage(std::string text) {
    static const std::string kPieces[] = {
        "\"",   "\\",  "{",       "}",  "[", "]",    ",",    ":",       "0",       "-",
        "e",    ".",   " ",       "\n", "$", "\x7F", "\xC3", "\\u0000", "\\ud800", "\xE2\x80\xAE",
        "null", "1e5", "\"a\":1,"};
    const unsigned at = Below(static_cast<unsigned>(text.size()) + 1);
    const auto& piece = kPieces[Below(std::size(kPieces))];
    switch (Below(3)) {
      case 0:
        return text.insert(at, piece);
      case 1:
        return text.replace(at, 1, piece);
      default:
        return text.erase(at, 1 + Below(3));
    }
  }

 private:
  std::string Spaces() { return std::string(Below(8) == 0 ? Below(3) : 0, ' '); }

  std::string Any(int depth) {
    switch (Below(depth > 0 ? 7 : 5)) {
      case 0:
        return std::to_string(static_cast<std::int64_t>(random_() >> 11) *
                              (Below(2) != 0 ? 1 : -1));
      case 1:
        return Below(2) != 0 ? "true" : "false";
      case 2:
        return "null";
      case 3:
      case 4:
        return String("");
      case 5:
        return Object(depth - 1);
      default:
        return Array(depth - 1);
    }
  }

  std::string Array(int depth) {
    std::string text = "[";
    const unsigned count = Below(5);
    for (unsigned i = 0; i < count; ++i) text += (i ? "," : "") + Spaces() + Any(depth);
    return text + Spaces() + "]";
  }

  // `distinct` keeps the names of one object apart.
  std::string String(const std::string& distinct) {
    static const std::string kPieces[] = {
        "a",       "zz",   "\\n",     "\\u00e9",        "\xC3\xA9",
        "\\\\",    "\\\"", "\\/",     "\\ud83d\\ude00", "\xF0\x9F\x98\x80",
        "\\u202E", " ",    "\\u0001", "\xE2\x82\xAC"};
    std::string text = "\"" + distinct;
    for (unsigned i = Below(6); i > 0; --i) text += kPieces[Below(std::size(kPieces))];
    return text + "\"";
  }

  std::mt19937_64 random_;
};

bool Same(const Value& ours, const Oracle& theirs) {
  switch (ours.kind()) {
    case Kind::kNull:
      return theirs.is_null();
    case Kind::kBool:
      return theirs.is_boolean() && theirs.get<bool>() == ours.as_bool();
    case Kind::kInteger:
      return theirs.is_number_integer() && theirs.get<std::int64_t>() == ours.as_integer();
    case Kind::kString:
      return theirs.is_string() && theirs.get_ref<const std::string&>() == ours.as_string();
    case Kind::kArray:
      if (!theirs.is_array() || theirs.size() != ours.items().size()) return false;
      for (std::size_t i = 0; i < theirs.size(); ++i) {
        if (!Same(ours.items()[i], theirs[i])) return false;
      }
      return true;
    case Kind::kObject:
      if (!theirs.is_object() || theirs.size() != ours.members().size()) return false;
      for (const Member& member : ours.members()) {
        const auto found = theirs.find(member.name);
        if (found == theirs.end() || !Same(member.value, *found)) return false;
      }
      return true;
  }
  return false;
}

TEST(JsonOracle, AgreesOnWellFormedDocuments) {
  Documents documents(20261124);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = documents.Object(5);
    const Oracle theirs = Oracle::parse(text, nullptr, false);
    ASSERT_FALSE(theirs.is_discarded()) << text;
    for (const Rules rules : {Rules::kBody, Rules::kContainer}) {
      const auto ours = Parse(text, rules);
      ASSERT_TRUE(ours.ok()) << text << '\n' << ours.error().detail;
      ASSERT_TRUE(Same(*ours, theirs)) << text;
      const std::string written = Write(*ours);
      const auto again = Parse(written, Rules::kBody);
      ASSERT_TRUE(again.ok()) << written;
      ASSERT_TRUE(Same(*again, theirs)) << written;
      ASSERT_EQ(Write(*again), written);
    }
  }
}

TEST(JsonOracle, AcceptsNothingThatTheOracleRefuses) {
  Documents documents(7);
  int accepted = 0, refused = 0;
  for (int i = 0; i < 60000; ++i) {
    std::string text = documents.Object(3);
    for (unsigned damages = documents.Below(3) + 1; damages > 0; --damages) {
      text = documents.Damage(std::move(text));
    }
    const Oracle theirs = Oracle::parse(text, nullptr, false);
    for (const Rules rules : {Rules::kBody, Rules::kContainer}) {
      const auto ours = Parse(text, rules);
      ++(ours.ok() ? accepted : refused);
      if (!ours.ok()) continue;
      ASSERT_FALSE(theirs.is_discarded()) << text;
      ASSERT_TRUE(Same(*ours, theirs)) << text;
      if (rules == Rules::kBody) {
        ASSERT_TRUE(Parse(text, Rules::kContainer).ok()) << text;
      }
    }
  }
  // The test sees both sides, or it sees nothing.
  EXPECT_GT(accepted, 1000);
  EXPECT_GT(refused, 1000);
}

TEST(JsonOracle, ReadsTheGoldenCaseFiles) {
  for (const char* name : {"case-A", "case-B", "case-c0", "case-A.skeleton"}) {
    std::ifstream file(std::string(JEJAK_SOURCE_DIR) + "/tests/vectors/jejak/" + name +
                       ".casefile.json");
    std::ostringstream text;
    text << file.rdbuf();
    const auto ours = Parse(text.str(), Rules::kContainer);
    ASSERT_TRUE(ours.ok()) << name << ' ' << ours.error().detail;
    EXPECT_TRUE(Same(*ours, Oracle::parse(text.str()))) << name;
    for (const Value& body : ours->Find("bodies")->items()) {
      EXPECT_TRUE(Parse(body.Find("text")->as_string(), Rules::kBody).ok())
          << body.Find("index")->as_integer();
    }
    for (const Value& opening : ours->Find("openings")->items()) {
      EXPECT_TRUE(ParseSealedValue(opening.Find("value")->as_string()).ok());
    }
  }
}

}  // namespace
}  // namespace jejak::json
