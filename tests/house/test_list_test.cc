// SPDX-License-Identifier: Apache-2.0
//
// A test that nobody builds passes for ever. Every *_test.cc and *_fuzz.cc under tests/ must be
// named by a CMakeLists.txt, and a full build must have compiled each test.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "tests/house/source_tree.h"

namespace jejak::house {
namespace {

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// The paths, from the repository root, of the C++ sources that a CMakeLists.txt in `folder` names.
std::set<std::string> NamedSources(std::string_view cmake_text, const std::string& folder) {
  std::set<std::string> named;
  std::string word;
  bool comment = false;
  const auto end_word = [&] {
    if (word.ends_with(".cc")) {
      std::string path = Replaced(word, "${CMAKE_CURRENT_SOURCE_DIR}/", "");
      const bool from_root = path.starts_with("${CMAKE_SOURCE_DIR}/");
      path = from_root ? Replaced(path, "${CMAKE_SOURCE_DIR}/", "") : folder + "/" + path;
      named.insert(std::filesystem::path(path).lexically_normal().generic_string());
    }
    word.clear();
  };
  for (const char c : cmake_text) {
    if (c == '#') comment = true;
    if (c == '\n') comment = false;
    if (comment || std::string_view(" \t\n()\";").find(c) != std::string_view::npos) {
      end_word();
    } else {
      word.push_back(c);
    }
  }
  end_word();
  return named;
}

TEST(TestList, ReadsNamesFromCMake) {
  const auto named = NamedSources(
      "jejak_test(a_tests SOURCES\n  one_test.cc sub/two_test.cc # three_test.cc\n  ROOMS base)\n"
      "# four_test.cc\njejak_fuzz(x SOURCE ../fuzz/x_fuzz.cc)\n"
      "add(\"${CMAKE_SOURCE_DIR}/tests/b/five_test.cc\")\n"
      "add(${CMAKE_CURRENT_SOURCE_DIR}/six_test.cc)",
      "tests/a");
  const std::set<std::string> expected = {"tests/a/one_test.cc", "tests/a/sub/two_test.cc",
                                          "tests/fuzz/x_fuzz.cc", "tests/b/five_test.cc",
                                          "tests/a/six_test.cc"};
  EXPECT_EQ(named, expected);
}

TEST(TestList, EveryTestAndFuzzTargetIsNamed) {
  std::set<std::string> named;
  for (const std::string& path : FilesUnder("tests", {"CMakeLists.txt"})) {
    named.merge(NamedSources(ReadText(path), std::filesystem::path(path).parent_path().string()));
  }
  const auto sources = FilesUnder("tests", {"_test.cc", "_fuzz.cc"});
  EXPECT_FALSE(sources.empty());
  for (const std::string& source : sources) {
    EXPECT_TRUE(named.contains(source)) << source << " is named by no CMakeLists.txt";
  }
}

TEST(TestList, AFullBuildCompilesEveryTest) {
  if (!JEJAK_FULL_BUILD) GTEST_SKIP() << "this configuration builds the verifier alone";
  std::ifstream file(std::string(JEJAK_BINARY_DIR) + "/compile_commands.json");
  std::ostringstream commands;
  commands << file.rdbuf();
  ASSERT_FALSE(commands.str().empty()) << "no compile_commands.json in " << JEJAK_BINARY_DIR;
  for (const std::string& source : FilesUnder("tests", {"_test.cc"})) {
    const std::string entry = std::string(JEJAK_SOURCE_DIR) + "/" + source + "\"";
    EXPECT_NE(commands.str().find(entry), std::string::npos)
        << source << " is named but not built: a condition in CMake leaves it out";
  }
}

}  // namespace
}  // namespace jejak::house
