// SPDX-License-Identifier: Apache-2.0
#include "tests/support/golden_log.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "ledger/base/text.h"
#include "ledger/record/leaf.h"
#include "ledger/tlog/tile.h"

namespace jejak::test {
namespace {

using Json = nlohmann::json;

Digest HashOf(const Json& b64) { return ParseHash(b64.get<std::string>()).value(); }

std::vector<std::string> ReadLeaves() {
  std::vector<std::string> leaves;
  const std::pair<const char*, std::uint16_t> bundles[] = {{"000", 256}, {"001.p/77", 77}};
  for (const auto& [name, width] : bundles) {
    const std::string bundle = ReadVector(std::string("log/tile/entries/") + name);
    const auto entries = tlog::ParseBundle(AsBytes(bundle), width);
    for (const ByteView entry : entries.value()) leaves.emplace_back(AsText(entry));
  }
  return leaves;
}

std::vector<GoldenBatch> Batches(const std::vector<std::string>& leaves) {
  std::vector<GoldenBatch> batches(1);
  for (const std::string& text : leaves) {
    const auto leaf = record::ParseLeaf(text);
    if (const auto* logged = std::get_if<record::LoggedAction>(&leaf.value())) {
      batches.back().notes.push_back(logged->entry.action_note);
    } else {
      batches.back().time = std::get<record::Seal>(*leaf).time;
      batches.emplace_back();
    }
  }
  batches.pop_back();  // nothing follows the last seal
  return batches;
}

void ReadContents(GoldenLog& log) {
  for (const Json& body : Json::parse(ReadVector("bodies.json"))) {
    log.bodies[body["index"]] = {HashOf(body["key"]), body["text"]};
  }
  for (const char* name : {"case-A", "case-B", "case-c0"}) {
    const Json file = Json::parse(ReadVector(std::string(name) + ".casefile.json"));
    for (const Json& opening : file["openings"]) {
      log.openings[opening["index"]].push_back(
          {opening["pointer"], HashOf(opening["key"]), opening["value"]});
    }
  }
  for (const Json& document : Json::parse(ReadVector("documents.json"))) {
    log.documents[document["sha256"]] = document["text"];
  }
}

}  // namespace

std::string ReadVector(const std::string& name) {
  std::ifstream file(JEJAK_SOURCE_DIR "/tests/vectors/jejak/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("missing vector " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

GoldenLog LoadGoldenLog() {
  const Json expected = Json::parse(ReadVector("expected.json"));
  const std::string origin = expected["origin"];
  const Bytes seed = ParseHex(expected["keys"][origin]["seed"].get<std::string>()).value();
  GoldenLog log{origin, crypto::SecretKey::FromSeed(seed), ReadLeaves(), {}, {}, {}, {}, {}, {}};
  log.batches = Batches(log.leaves);
  for (const Json& checkpoint : expected["checkpoints"]) {
    log.checkpoints.push_back({checkpoint["size"], checkpoint["root"], checkpoint["note"]});
  }
  for (const auto& [stream, head] : expected["stream_heads"].items())
    log.stream_heads[stream] = head["head"];
  ReadContents(log);
  return log;
}

}  // namespace jejak::test
