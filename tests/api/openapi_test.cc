// SPDX-License-Identifier: Apache-2.0
// api/openapi.json against a running server: it names every route, and each of its examples is what
// the server answers.
#include "api/openapi.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/api/ledger_fixture.h"

namespace jejak::api {
namespace {

using nlohmann::json;

json Document() { return json::parse(OpenApiDocument()); }

// The path and query that the parameters' examples make.
std::string ExamplePath(const std::string& path, const json& operation) {
  std::string filled = path;
  std::string query;
  for (const json& parameter : operation.value("parameters", json::array())) {
    if (!parameter.contains("example")) continue;
    const json& example = parameter["example"];
    const std::string text = example.is_string() ? example.get<std::string>() : example.dump();
    const std::string name = parameter["name"];
    if (parameter["in"] == "path") {
      filled.replace(filled.find("{" + name + "}"), name.size() + 2, text);
    } else {
      query += (query.empty() ? "?" : "&") + name + "=" + text;
    }
  }
  return filled + query;
}

// One example of one response.
struct Replay {
  std::string name, method, path, body, type;
  int status = 0;
  json example;
};

std::vector<Replay> Replays() {
  std::vector<Replay> replays;
  const json document = Document();
  for (const auto& [path, item] : document["paths"].items()) {
    for (const auto& [method, operation] : item.items()) {
      for (const auto& [status, response] : operation["responses"].items()) {
        for (const auto& [type, content] : response["content"].items()) {
          const json examples = content.value("examples", json::object());
          for (const auto& [name, example] : examples.items()) {
            Replay replay{name,
                          method == "get" ? "GET" : "POST",
                          ExamplePath(path, operation),
                          {},
                          type,
                          std::stoi(status),
                          example};
            if (example.contains("x-path")) replay.path = example["x-path"];
            if (method == "post") {
              replay.body =
                  operation["requestBody"]["content"]["text/plain"]["examples"][name]["value"];
            }
            replays.push_back(std::move(replay));
          }
        }
      }
    }
  }
  return replays;
}

bool IsJson(const std::string& type) { return type.ends_with("json"); }

TEST(OpenApi, EveryExampleIsWhatTheServerAnswers) {
  const std::vector<Replay> replays = Replays();
  EXPECT_GT(replays.size(), 40u);
  json actual = json::object();
  for (const Replay& replay : replays) {
    SCOPED_TRACE(replay.name + ": " + replay.method + " " + replay.path);
    GoldenServer server;
    const ClientResponse answer =
        Ask(server->port(), replay.method, "/1" + replay.path, {}, replay.body);
    EXPECT_EQ(answer.status, replay.status) << answer.body;
    EXPECT_EQ(FieldOf(answer, "content-type"), replay.type);
    if (replay.example.contains("x-volatile")) continue;
    const json value = IsJson(replay.type) ? json::parse(answer.body) : json(answer.body);
    actual[replay.name] = value;
    EXPECT_EQ(replay.example.value("value", json()), value);
  }
  // JEJAK_WRITE_EXAMPLES=FILE writes down what the server answered, to mend the document by.
  if (const char* file = std::getenv("JEJAK_WRITE_EXAMPLES")) std::ofstream(file) << actual.dump(1);
}

TEST(OpenApi, NamesEveryRouteAndNoOther) {
  std::set<std::string> named;
  const json document = Document();
  for (const auto& [path, item] : document["paths"].items()) named.insert(path);
  const std::set<std::string> routes = {"/",
                                        "/cases",
                                        "/cases/{id}",
                                        "/checkpoint",
                                        "/figures",
                                        "/livez",
                                        "/metrics",
                                        "/openapi.json",
                                        "/readyz",
                                        "/status",
                                        "/style.css",
                                        "/tile/{path}",
                                        "/v1/actions",
                                        "/v1/actions:batch",
                                        "/v1/actions:validate",
                                        "/v1/calendars",
                                        "/v1/cases",
                                        "/v1/cases/{id}",
                                        "/v1/cases/{id}/actions",
                                        "/v1/cases/{id}/casefile",
                                        "/v1/cases/{id}/conformance",
                                        "/v1/consistency/{from}/{to}",
                                        "/v1/documents/{sha256}",
                                        "/v1/entries/{index}",
                                        "/v1/entries/{index}/proof/{size}",
                                        "/v1/feed",
                                        "/v1/keys",
                                        "/v1/log",
                                        "/v1/procedures",
                                        "/v1/stats",
                                        "/v1/status",
                                        "/v1/status/casefile",
                                        "/v1/status/proof",
                                        "/v1/streams/proof",
                                        "/v1/units"};
  EXPECT_EQ(named, routes);
}

// Just enough of JSON Schema to hold the examples against what the document says of them.
class SchemaCheck final {
 public:
  explicit SchemaCheck(const json& document) : schemas_(document["components"]["schemas"]) {}

  std::string Fault(const json& schema, const json& value, const std::string& at = "") const {
    if (schema.contains("$ref")) {
      const std::string name = schema["$ref"].get<std::string>().substr(21);
      return schemas_.contains(name) ? Fault(schemas_[name], value, at) : "no schema " + name;
    }
    if (schema.contains("oneOf")) {
      for (const json& one : schema["oneOf"]) {
        if (Fault(one, value, at).empty()) return {};
      }
      return at + " is none of oneOf";
    }
    if (schema.contains("const")) return schema["const"] == value ? "" : at + " is not the const";
    if (schema.contains("enum")) {
      for (const json& one : schema["enum"]) {
        if (one == value) return {};
      }
      return at + " is not in the enum";
    }
    return OfType(schema, value, at);
  }

 private:
  std::string OfType(const json& schema, const json& value, const std::string& at) const {
    const std::string type = schema["type"];
    if (type == "string") return value.is_string() ? "" : at + " is no string";
    if (type == "integer") return value.is_number_integer() ? "" : at + " is no integer";
    if (type == "null") return value.is_null() ? "" : at + " is not null";
    if (type == "boolean") return value.is_boolean() ? "" : at + " is no boolean";
    if (type == "array") {
      if (!value.is_array()) return at + " is no array";
      for (const json& item : value) {
        if (std::string fault = Fault(schema["items"], item, at + "/-"); !fault.empty())
          return fault;
      }
      return {};
    }
    if (!value.is_object()) return at + " is no object";
    if (!schema.contains("properties")) return {};
    for (const json& name : schema["required"]) {
      if (!value.contains(name)) return at + " lacks " + name.get<std::string>();
    }
    for (const auto& [name, member] : value.items()) {
      if (!schema["properties"].contains(name)) return at + " has unknown " + name;
      const std::string fault = Fault(schema["properties"][name], member, at + "/" + name);
      if (!fault.empty()) return fault;
    }
    return {};
  }

  json schemas_;
};

TEST(OpenApi, AnswersFitTheirSchemas) {
  const json document = Document();
  const SchemaCheck check(document);
  for (const Replay& replay : Replays()) {
    if (!IsJson(replay.type)) continue;
    GoldenServer server;
    const ClientResponse answer =
        Ask(server->oversight_port(), replay.method, "/1" + replay.path, {}, replay.body);
    json schema;
    for (const auto& [path, item] : document["paths"].items()) {
      for (const auto& [method, operation] : item.items()) {
        const json& responses = operation["responses"];
        const std::string status = std::to_string(replay.status);
        if (!responses.contains(status) || !responses[status]["content"].contains(replay.type))
          continue;
        const json& content = responses[status]["content"][replay.type];
        if (content.value("examples", json::object()).contains(replay.name))
          schema = content["schema"];
      }
    }
    ASSERT_FALSE(schema.is_null()) << replay.name;
    EXPECT_EQ(check.Fault(schema, json::parse(answer.body)), "") << replay.name;
  }
  EXPECT_NE(check.Fault(document["components"]["schemas"]["Receipt"], json::object()), "");
  EXPECT_NE(check.Fault(document["components"]["schemas"]["Position"], {{"count", "1"}}), "");
}

}  // namespace
}  // namespace jejak::api
