// SPDX-License-Identifier: Apache-2.0
#include "tests/api/canary.h"

#include <array>
#include <set>
#include <utility>

#include "ledger/base/text.h"

namespace jejak::api {
namespace {

using nlohmann::ordered_json;

class Planter final {
 public:
  explicit Planter(std::string name) : name_(std::move(name)) {}

  // Every text below a sealed value: whatever it was meant to be, the log takes it.
  void Replace(ordered_json& value) {
    if (value.is_structured()) {
      for (ordered_json& below : value) Replace(below);
    } else if (value.is_string()) {
      value = Next();
    }
  }
  void Plant(ordered_json& body) {
    static const std::set<std::string> kFreeWords{"place", "reason", "advice", "note", "channel"};
    for (auto& [name, value] : body.items()) {
      if (value.is_object() && value.contains("$seal")) {
        Replace(value["$seal"]);
      } else if (value.is_object() && value.contains("$attach")) {
        Replace(value["$attach"]);
      } else if (value.is_string() && kFreeWords.contains(name)) {
        value = Next();
      } else if (value.is_structured()) {
        Plant(value);
      }
    }
  }
  std::vector<std::string> made;

 private:
  std::string Next() {
    made.push_back(std::string(kCanaryWord) + name_ + std::to_string(made.size()) + "ekor");
    return made.back();
  }
  std::string name_;
};

std::string Utf16(std::string_view text, bool big) {
  std::string wide;
  for (const char c : text) wide.append(big ? std::string{'\0', c} : std::string{c, '\0'});
  return wide;
}

// The characters that no neighbour changes when `shift` bytes stand before the text in its group.
std::string Base64Middle(std::string_view text, std::size_t shift) {
  const std::string padded = std::string(shift, 'x') + std::string(text);
  const std::size_t whole = padded.size() / 3 * 4;
  const std::string encoded = EncodeBase64(AsBytes(padded)).substr(0, whole);
  return encoded.substr(shift == 0 ? 0 : 4);
}

using Pattern = std::pair<std::string, std::string>;
std::vector<Pattern> Patterns() {
  const std::string word(kCanaryWord);
  const std::string hex = EncodeHex(AsBytes(word));
  std::string upper = hex;
  for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c);
  std::vector<Pattern> patterns{{"raw", word},
                                {"UTF-16 big-endian", Utf16(word, true)},
                                {"UTF-16 little-endian", Utf16(word, false)},
                                {"hexadecimal", hex},
                                {"hexadecimal", upper}};
  for (std::size_t shift = 0; shift < 3; ++shift) {
    std::string middle = Base64Middle(word, shift);
    patterns.emplace_back("base64 at " + std::to_string(shift), middle);
    for (char& c : middle) c = c == '+' ? '-' : c == '/' ? '_' : c;
    patterns.emplace_back("base64url at " + std::to_string(shift), middle);
  }
  return patterns;
}

}  // namespace

std::vector<std::string> PlantCanaries(ordered_json& story, const std::string& name) {
  Planter planter(name);
  for (ordered_json& action : story["actions"]) {
    if (action.contains("body") && action["body"].is_object()) planter.Plant(action["body"]);
  }
  return std::move(planter.made);
}

std::string Sightings(std::string_view bytes) {
  static const std::vector<Pattern> patterns = Patterns();
  for (const auto& [how, pattern] : patterns) {
    const std::size_t at = bytes.find(pattern);
    if (at == bytes.npos) continue;
    const std::size_t from = at < 60 ? 0 : at - 60;
    return how + " at " + std::to_string(at) + ": " + std::string(bytes.substr(from, 160));
  }
  return {};
}

}  // namespace jejak::api
