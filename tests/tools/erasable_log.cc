// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/erasable_log.h"

#include <stdexcept>

#include "ledger/store/rocksdb_store.h"
#include "ledger/store/schema.h"
#include "tests/api/canary.h"
#include "tests/store/residue.h"
#include "tests/support/must.h"
#include "tests/support/sought.h"

namespace jejak::test {
namespace {

using nlohmann::ordered_json;

// A second report in the same case, and a correction of the first one's.
void AddReportAndCorrection(ordered_json& story) {
  story["signers"]["r2"] = ordered_json::parse(R"({"party":true,"roles":["pelapor"]})");
  ordered_json& actions = story["actions"];
  actions.insert(actions.begin() + 2, ordered_json::parse(R"(
      {"type":"report.submit","at":"2024-05-27T08:20:00+07:00",
       "by":[["r2","pelapor"],["inspektorat.contohkota.go.id/p-10","petugas"]],
       "body":{"report":"r2","mode":"named","text":{"$seal":"juga"},
               "identity":{"$seal":{"name":"Warga R2","contact":"tersegel"}}}})"));
  actions.insert(actions.begin() + 3, ordered_json::parse(R"(
      {"type":"record.correct","at":"2024-05-27T08:30:00+07:00",
       "by":[["inspektorat.contohkota.go.id/p-10","petugas"]],
       "body":{"target":{"$action":1},"pointer":"/channel","value":"loket","reason":"lupa"}})"));
}

}  // namespace

ErasableLog::ErasableLog(const api::StatusServer::Change& change) {
  server_.Begin("C10", "r1", code(), [&change](ordered_json& story) {
    AddReportAndCorrection(story);
    if (change) change(story);
    api::PlantCanaries(story, "c10x");
  });
  server_.stories().Tell(0);
  const api::ClientResponse answer =
      server_.stories().Oversight("v1/cases/" + case_id() + "/actions?limit=200");
  if (answer.status != 200) throw std::runtime_error(answer.body);
  const auto listed = nlohmann::json::parse(answer.body);
  for (const auto& action : listed["actions"])
    entries_.push_back({action["type"], {action["index"], action["action_id"]}});
}

ErasableEntry ErasableLog::entry(std::string_view type, std::size_t n) const {
  for (const auto& [name, entry] : entries_) {
    if (name == type && n-- == 0) return entry;
  }
  throw std::runtime_error("no such action in the story");
}

std::vector<std::string> ErasableLog::ContentsOf(std::uint64_t index, const std::string& pointer) {
  const auto store = Must(store::RocksdbStore::OpenReadOnly(path() + "/db"));
  const auto view = Must(store->Latest());
  const std::string opening = store::OpeningKey(index, pointer);
  std::vector<store::Row> rows = Must(view->Scan(opening, store::PrefixEnd(opening), 100));
  if (pointer.empty()) {
    const std::string body = store::BodyKey(index);
    for (store::Row& row : Must(view->Scan(body, store::PrefixEnd(body), 1)))
      rows.push_back(std::move(row));
  }
  std::vector<std::string> contents;
  for (const auto& [key, value] : rows) {
    store::OpeningValue parsed = Must(store::ParseOpeningValue(value));
    contents.emplace_back(AsText(parsed.key.view()));
    contents.push_back(std::move(parsed.text));
  }
  if (contents.empty()) throw std::runtime_error("nothing is held of the entry");
  return contents;
}

std::string Residue(const std::string& dir, const std::vector<std::string>& words) {
  const Sought sought(words);
  return store::ResidueIn(dir, [&sought](std::string_view bytes) { return sought.Seen(bytes); });
}

}  // namespace jejak::test
