// SPDX-License-Identifier: Apache-2.0
//
// Bytes that are sought where they must not be, in whatever dress: raw, in UTF-16 of both kinds, in
// hexadecimal of both cases, and in base64 (both alphabets) at each of the three alignments.
//
//   Sought({"kenari7q2xZ"}).Seen(bytes)  ->  "hexadecimal at 812: …6b656e617269…"     empty: none
//
// Words shorter than 6 bytes say nothing in base64. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jejak::test {

class Sought final {
 public:
  explicit Sought(const std::vector<std::string>& words);

  // The first sighting, with what stands around it, for people.
  std::string Seen(std::string_view bytes) const;

 private:
  std::vector<std::pair<std::string, std::string>> patterns_;  // (how, bytes)
};

}  // namespace jejak::test
