// SPDX-License-Identifier: Apache-2.0
//
// A file of the repository, by its path there: definitions, calendars, stories, vectors.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace jejak::procedure::story {

// Throws std::runtime_error if there is none.
inline std::string ReadText(const std::string& path) {
  std::ifstream in(JEJAK_SOURCE_DIR "/" + path, std::ios::binary);
  if (!in.good()) throw std::runtime_error("no file " + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace jejak::procedure::story
