// SPDX-License-Identifier: Apache-2.0
//
// Reading the repository's own files for the house tests: texts and listings, by paths relative to
// the repository root. A file that can't be read is a test failure, never an empty text.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace jejak::house {

inline std::string ReadText(const std::string& path) {
  std::ifstream file(std::filesystem::path(JEJAK_SOURCE_DIR) / path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_TRUE(file.good()) << "cannot read " << path;
  return text.str();
}

// Every file under `folder` whose name ends with one of `endings`, sorted.
inline std::vector<std::string> FilesUnder(const std::string& folder,
                                           const std::vector<std::string_view>& endings) {
  namespace fs = std::filesystem;
  const fs::path root(JEJAK_SOURCE_DIR);
  std::vector<std::string> files;
  for (const auto& item : fs::recursive_directory_iterator(root / folder)) {
    const std::string path = fs::relative(item.path(), root).generic_string();
    const bool wanted = std::any_of(endings.begin(), endings.end(),
                                    [&path](std::string_view end) { return path.ends_with(end); });
    if (item.is_regular_file() && wanted) files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace jejak::house
