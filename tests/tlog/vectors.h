// SPDX-License-Identifier: Apache-2.0
//
// Reading the committed vectors: files as text, JSON, hexadecimal hashes.
#pragma once

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "ledger/base/bytes.h"
#include "ledger/base/text.h"

namespace jejak::tlog::vectors {

inline const std::string kRoot = JEJAK_SOURCE_DIR "/tests/vectors/";

inline std::string ReadFile(const std::string& path) {
  std::ifstream in(kRoot + path, std::ios::binary);
  if (!in) throw std::runtime_error("missing vector " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline nlohmann::json ReadJson(const std::string& path) {
  return nlohmann::json::parse(ReadFile(path));
}

inline Digest FromHex(const std::string& hex) {
  return DigestFromBytes(ParseHex(hex).value()).value();
}

}  // namespace jejak::tlog::vectors
