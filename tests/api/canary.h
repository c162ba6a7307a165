// SPDX-License-Identifier: Apache-2.0
//
// Canaries: texts that stand in the personal fields of a story, and the search for them wherever
// they must not be.
//
//   kenari7q2xZ031  in report.submit /identity/name
//
//   Sightings(bytes)  ->  "UTF-16 big-endian at 812: …"     empty: none
//
// Every canary begins with one word, so that one search finds all, in every dress that
// tests/support/sought.h knows.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace jejak::api {

inline constexpr std::string_view kCanaryWord = "kenari7q2xZ";

// Puts one in the place of each sealed text, each document's text and each clear text of a field
// that takes free words. Returns those that it made.
std::vector<std::string> PlantCanaries(nlohmann::ordered_json& story, const std::string& name);

// What is to be seen of canaries, for people.
std::string Sightings(std::string_view bytes);

}  // namespace jejak::api
