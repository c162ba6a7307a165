// SPDX-License-Identifier: Apache-2.0
//
// The rules of docs/style.md that a program can hold: what a file starts with, how long it is, what
// it may be called.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/house/source_tree.h"

namespace jejak::house {
namespace {

constexpr std::size_t kMaxLines = 400;

// Everything about one file that the rules refuse.
std::vector<std::string> BrokenRules(std::string_view path, std::string_view text) {
  std::vector<std::string> broken;
  if (!text.starts_with("// SPDX-License-Identifier: Apache-2.0\n")) {
    broken.emplace_back("does not start with the SPDX line");
  }
  if (path.ends_with(".h") && text.find("\n#pragma once\n") == text.npos) {
    broken.emplace_back("is a header without #pragma once");
  }
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  if (!path.starts_with("tests/") && lines > kMaxLines) {
    broken.push_back("has " + std::to_string(lines) + " lines; 400 is the most");
  }
  const std::string stem = std::filesystem::path(path).stem().string();
  for (const char* word : {"utils", "util", "common", "helpers", "helper", "manager", "impl"}) {
    if (("_" + stem + "_").find("_" + std::string(word) + "_") != std::string::npos) {
      broken.push_back("is called " + std::string(word) + ", which says nothing");
    }
  }
  if (text.find("TO"
                "DO") != text.npos)
    broken.emplace_back("leaves work undone in a comment");
  return broken;
}

TEST(FileRules, FindWhatIsPlanted) {
  const std::string start = "// SPDX-License-Identifier: Apache-2.0\n";
  EXPECT_TRUE(BrokenRules("ledger/a/b.cc", start).empty());
  EXPECT_TRUE(BrokenRules("ledger/a/b.h", start + "#pragma once\n").empty());
  EXPECT_EQ(BrokenRules("ledger/a/b.cc", "\n" + start).size(), 1u);
  EXPECT_EQ(BrokenRules("ledger/a/b.h", start).size(), 1u);
  EXPECT_TRUE(BrokenRules("ledger/a/b.cc", start + std::string(399, '\n')).empty());
  EXPECT_EQ(BrokenRules("ledger/a/b.cc", start + std::string(400, '\n')).size(), 1u);
  EXPECT_EQ(BrokenRules("ledger/a/string_utils.cc", start).size(), 1u);
  EXPECT_TRUE(BrokenRules("ledger/a/simple.cc", start).empty());
  EXPECT_EQ(BrokenRules("ledger/a/b.cc", start + "// TO"
                                                 "DO: later\n")
                .size(),
            1u);
}

TEST(FileRules, EverySourceKeepsThem) {
  for (const char* folder : {"ledger", "api", "verifier", "tools", "tests"}) {
    for (const std::string& path : FilesUnder(folder, {".h", ".cc"})) {
      for (const std::string& rule : BrokenRules(path, ReadText(path))) {
        ADD_FAILURE() << path << " " << rule;
      }
    }
  }
}

}  // namespace
}  // namespace jejak::house
