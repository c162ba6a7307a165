// SPDX-License-Identifier: Apache-2.0
//
// The golden log of tests/vectors/jejak and its evidence, for the tests of this room.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verdict.h"
#include "ledger/tlog/proof.h"

namespace jejak::evidence::test {

// A file of tests/vectors/jejak.
std::string ReadVector(const std::string& name);
nlohmann::json ReadVectorJson(const std::string& name);

// Trust in the golden log by one of its policy files, conformance aside.
Trust GoldenTrust(const std::string& policy = "policy");

// A golden case file, parsed; fails the test when it doesn't parse.
CaseFile GoldenCase(const std::string& name = "case-A.casefile.json");

// All 333 leaves, as bytes.
std::vector<std::string> GoldenLeaves();

// A tree in memory.
class LeafTree final : public tlog::NodeReader {
 public:
  explicit LeafTree(const std::vector<std::string>& leaves);
  Result<std::vector<Digest>> ReadNodes(std::span<const tlog::NodeId> ids) override;

 private:
  std::vector<Digest> hashes_;
};

// Makes the multiproof of `file` fit the entries that it holds, in the tree of these leaves.
void RefitInclusion(CaseFile& file, const std::vector<std::string>& leaves);

// The sentences of all failed lines, "id: sentence" each on its own line.
std::string Faults(const Verdict& verdict);
// The same of every line, with its status.
std::string AllLines(const Verdict& verdict);

// Writes and verifies.
Verdict Verify(const CaseFile& file, const Trust& trust);
// Whether the verdict's list of what is unverified has this name.
bool Lists(const Verdict& verdict, std::string_view name);
// The status of the first line of this id; fails the test when there is none.
Status StatusOf(const Verdict& verdict, std::string_view id);

}  // namespace jejak::evidence::test
