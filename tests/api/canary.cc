// SPDX-License-Identifier: Apache-2.0
#include "tests/api/canary.h"

#include <set>
#include <utility>

#include "tests/support/sought.h"

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

}  // namespace

std::vector<std::string> PlantCanaries(ordered_json& story, const std::string& name) {
  Planter planter(name);
  for (ordered_json& action : story["actions"]) {
    if (action.contains("body") && action["body"].is_object()) planter.Plant(action["body"]);
  }
  return std::move(planter.made);
}

std::string Sightings(std::string_view bytes) {
  static const test::Sought sought({std::string(kCanaryWord)});
  return sought.Seen(bytes);
}

}  // namespace jejak::api
