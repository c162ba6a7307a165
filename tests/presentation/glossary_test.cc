// SPDX-License-Identifier: Apache-2.0
//
// The glossary is whole: the same keys in both languages, each with a text, each used, and no source
// names a key that isn't there.
#include "ledger/presentation/glossary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace jejak::presentation::test {
namespace {

namespace fs = std::filesystem;

std::string ReadText(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

using Texts = std::map<std::string, std::string>;

Texts TextsOf(const std::string& language) {
  const std::string text =
      ReadText(JEJAK_SOURCE_DIR "/ledger/presentation/glossary/" + language + ".txt");
  const ParsedGlossary parsed = ParseGlossary(text);
  EXPECT_EQ(parsed.faults, std::vector<std::size_t>()) << language;
  Texts texts;
  for (const GlossaryLine& line : parsed.lines) {
    EXPECT_TRUE(texts.emplace(line.key, line.text).second) << line.key << " stands twice";
  }
  EXPECT_GE(texts.size(), 200u);
  return texts;
}

std::multiset<std::string> Places(const std::string& text) {
  static const std::regex kPlace("\\{[0-9]\\}");
  std::multiset<std::string> places;
  for (std::sregex_iterator i(text.begin(), text.end(), kPlace), end; i != end; ++i) {
    places.insert(i->str());
  }
  return places;
}

// What sources quote: whole keys, and families ("check.integrity.", with two parts or of words.cc).
struct Quoted {
  std::set<std::string> keys, families, phrases;
};

void AddQuoted(const fs::path& path, Quoted& quoted) {
  static const std::regex kQuoted("(Phrase\\()?\"([a-z_]+\\.[A-Za-z0-9_.]*)\"");
  const std::string text = ReadText(path);
  for (std::sregex_iterator i(text.begin(), text.end(), kQuoted), end; i != end; ++i) {
    const std::string name = (*i)[2];
    if (name.back() != '.') {
      quoted.keys.insert(name);
      if ((*i)[1].matched) quoted.phrases.insert(name);
    } else if (std::ranges::count(name, '.') > 1 || path.filename() == "words.cc") {
      quoted.families.insert(name);
    }
  }
}

Quoted ReadSources() {
  Quoted quoted;
  for (const char* room : {"ledger/presentation", "api", "verifier", "tools"}) {
    for (const auto& file :
         fs::recursive_directory_iterator(std::string(JEJAK_SOURCE_DIR "/") + room)) {
      const fs::path extension = file.path().extension();
      if (extension == ".cc" || extension == ".h") AddQuoted(file.path(), quoted);
    }
  }
  return quoted;
}

bool IsUsed(const std::string& key, const Quoted& quoted) {
  if (quoted.keys.contains(key)) return true;
  return std::ranges::any_of(quoted.families,
                             [&](const std::string& family) { return key.starts_with(family); });
}

TEST(Glossary, HasTheSameKeysAndPlacesInBothLanguages) {
  const Texts id = TextsOf("id"), en = TextsOf("en");
  for (const auto& [key, text] : id) {
    const auto other = en.find(key);
    ASSERT_NE(other, en.end()) << key << " isn't in en.txt";
    EXPECT_EQ(Places(text), Places(other->second)) << key;
    EXPECT_EQ(Phrase(key).id, text);
    EXPECT_EQ(Phrase(key).en, other->second);
  }
  for (const auto& [key, text] : en) EXPECT_TRUE(id.contains(key)) << key << " isn't in id.txt";
}

TEST(Glossary, HasNoKeyThatNothingUses) {
  const Quoted quoted = ReadSources();
  for (const auto& [key, text] : TextsOf("id")) EXPECT_TRUE(IsUsed(key, quoted)) << key;
  EXPECT_FALSE(IsUsed("case.nobody_says_this", quoted));
}

TEST(Glossary, HasEveryKeyThatASourceNames) {
  const Quoted quoted = ReadSources();
  EXPECT_GE(quoted.phrases.size(), 100u);
  for (const std::string& key : quoted.phrases) {
    EXPECT_TRUE(FindPhrase(key)) << key;
  }
  for (const std::string& key : quoted.keys) {
    const bool whole = key.starts_with("text.") || key.starts_with("page.");
    EXPECT_TRUE(!whole || FindPhrase(key)) << key;
  }
}

TEST(Glossary, ReadsLinesStrictly) {
  const ParsedGlossary parsed = ParseGlossary(
      "# comment\n\na.b = text = more\nno line\nA b = x\nc =\nd = \ne =  x\nf = x \nlast = x");
  ASSERT_EQ(parsed.lines.size(), 2u);
  EXPECT_EQ(parsed.lines[0].key, "a.b");
  EXPECT_EQ(parsed.lines[0].text, "text = more");
  EXPECT_EQ(parsed.lines[1].key, "last");
  EXPECT_EQ(parsed.faults, (std::vector<std::size_t>{4, 5, 6, 7, 8, 9}));
}

TEST(Glossary, SaysTheKeyItselfWhereThereIsNoText) {
  EXPECT_EQ(Phrase("no.such").id, "no.such");
  EXPECT_FALSE(FindPhrase("no.such"));
}

TEST(Filled, PutsValuesInTheirPlaces) {
  EXPECT_EQ(Filled("{1} of {0}, {2} {", {"a", "{0}"}), "{0} of a, {2} {");
}

}  // namespace
}  // namespace jejak::presentation::test
