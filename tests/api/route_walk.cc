// SPDX-License-Identifier: Apache-2.0
#include "tests/api/route_walk.h"

#include <nlohmann/json.hpp>

#include "api/openapi.h"

namespace jejak::api {
namespace {

using json = nlohmann::ordered_json;  // the first type that is declared is the usual one

std::string TextOf(const json& example) {
  return example.is_string() ? example.get<std::string>() : example.dump();
}

std::vector<std::string> ValuesOf(const json& parameter, const std::vector<std::string>& cases,
                                  const std::vector<std::uint64_t>& entries, std::uint64_t size) {
  const std::string name = parameter["name"];
  if (name == "id") return cases;
  if (name == "size" || name == "to") return {std::to_string(size)};
  if (name != "index")
    return {parameter.contains("example") ? TextOf(parameter["example"]) : std::string("x")};
  std::vector<std::string> values;
  for (const std::uint64_t index : entries) values.push_back(std::to_string(index));
  return values;
}

}  // namespace

std::vector<RouteRequest> WalkRoutes(const std::vector<std::string>& cases,
                                     const std::vector<std::uint64_t>& entries,
                                     std::uint64_t size) {
  std::vector<RouteRequest> requests;
  const json document = json::parse(OpenApiDocument());
  for (const auto& [path, item] : document["paths"].items()) {
    for (const auto& [method, operation] : item.items()) {
      std::vector<std::string> filled{"/1" + path};
      std::vector<std::string> queries{""};
      for (const json& parameter : operation.value("parameters", json::array())) {
        const std::string name = parameter["name"];
        if (parameter["in"] == "query" && parameter.contains("example"))
          queries.push_back("?" + name + "=" + TextOf(parameter["example"]));
        if (parameter["in"] != "path") continue;
        std::vector<std::string> more;
        for (const std::string& one : filled) {
          for (const std::string& value : ValuesOf(parameter, cases, entries, size)) {
            std::string with = one;
            more.push_back(with.replace(with.find("{" + name + "}"), name.size() + 2, value));
          }
        }
        filled = std::move(more);
      }
      const json& answers = operation["responses"];
      const bool has_type = answers.contains("200") && answers["200"].contains("content");
      // An answer without an end; feed_test.cc and feed_release_test.cc have it.
      if (has_type && answers["200"]["content"].contains("text/event-stream")) continue;
      for (const std::string& one : filled) {
        for (const std::string& query : queries) {
          requests.push_back({path, method == "get" ? "GET" : "POST", one + query,
                              operation.value("x-audience", ""),
                              has_type ? answers["200"]["content"].begin().key() : ""});
        }
      }
    }
  }
  return requests;
}

}  // namespace jejak::api
