// SPDX-License-Identifier: Apache-2.0
//
// A restricted log with a case in which erasure was asked for, decided and recorded (story C10, with
// a second report and a correction), canaries in every personal field, and a receipt code for its
// reporter; for tests of `jejak erase`.
//
//   ErasableLog log;
//   log.entry("report.submit")          {27, "uA4b…="}: the first of that type
//   log.server().stories().Stop();
//   log.ContentsOf(27)                  what is beside it: keys and texts, to be sought
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/api/status_fixture.h"

namespace jejak::test {

struct ErasableEntry {
  std::uint64_t index = 0;
  std::string id;
};

class ErasableLog final {
 public:
  explicit ErasableLog(const api::StatusServer::Change& change = {});

  api::StatusServer& server() { return server_; }
  const std::string& path() { return server_.stories().data(); }
  const std::string& case_id() { return server_.stories().case_id(0); }
  std::string code() const { return api::CodeOf(1); }

  // The n-th action of a type, in log order.
  ErasableEntry entry(std::string_view type, std::size_t n = 0) const;

  // Of a stopped log: key and text of the body and of each opening (those at `pointer` alone, if it
  // isn't empty).
  std::vector<std::string> ContentsOf(std::uint64_t index, const std::string& pointer = {});

 private:
  api::StatusServer server_;
  std::vector<std::pair<std::string, ErasableEntry>> entries_;  // by type, in log order
};

// What a directory still has of the words, in whatever dress.
std::string Residue(const std::string& dir, const std::vector<std::string>& words);

}  // namespace jejak::test
