// SPDX-License-Identifier: Apache-2.0
#include "tests/evidence/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "ledger/evidence/verify.h"
#include "ledger/record/entry.h"
#include "ledger/record/seal.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/multiproof.h"
#include "ledger/tlog/tile.h"

namespace jejak::evidence::test {

std::string ReadVector(const std::string& name) {
  std::ifstream file(std::string(JEJAK_SOURCE_DIR "/tests/vectors/jejak/") + name,
                     std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

nlohmann::json ReadVectorJson(const std::string& name) {
  return nlohmann::json::parse(ReadVector(name));
}

Trust GoldenTrust(const std::string& policy) {
  Trust trust;
  auto parsed = tlog::ParsePolicy(ReadVector(policy));
  EXPECT_TRUE(parsed.ok()) << policy;
  if (parsed.ok()) trust.policy = std::move(*parsed);
  trust.now = UnixSeconds{1767600000};
  trust.ignore_conformance = true;
  return trust;
}

CaseFile GoldenCase(const std::string& name) {
  auto file = ParseCaseFile(ReadVector(name));
  EXPECT_TRUE(file.ok()) << name;
  return file.ok() ? std::move(*file) : CaseFile();
}

std::vector<std::string> GoldenLeaves() {
  std::vector<std::string> leaves;
  for (const auto& [name, width] :
       {std::pair<const char*, std::uint16_t>{"000", 256}, {"001.p/77", 77}}) {
    const std::string bundle = ReadVector(std::string("log/tile/entries/") + name);
    const auto entries = tlog::ParseBundle(AsBytes(bundle), width);
    EXPECT_TRUE(entries.ok()) << name;
    if (!entries.ok()) continue;
    for (const ByteView entry : *entries) leaves.emplace_back(AsText(entry));
  }
  return leaves;
}

LeafTree::LeafTree(const std::vector<std::string>& leaves) {
  for (const std::string& leaf : leaves) hashes_.push_back(tlog::LeafHash(AsBytes(leaf)));
}

Result<std::vector<Digest>> LeafTree::ReadNodes(std::span<const tlog::NodeId> ids) {
  std::vector<Digest> out;
  for (const tlog::NodeId& id : ids) {
    const std::uint64_t width = std::uint64_t{1} << id.level;
    out.push_back(tlog::RootOf(std::span(hashes_).subspan(id.index * width, width)));
  }
  return out;
}

void RefitInclusion(CaseFile& file, const std::vector<std::string>& leaves) {
  std::vector<std::uint64_t> indexes;
  for (const HeldStream& stream : file.streams) {
    for (const std::string& entry : stream.entries) {
      indexes.push_back(record::ParseEntry(entry)->index);
    }
  }
  indexes.push_back(record::ParseSeal(file.seal)->index);
  std::sort(indexes.begin(), indexes.end());
  LeafTree tree(leaves);
  auto proof = tlog::BuildMultiproof(tree, indexes, leaves.size());
  ASSERT_TRUE(proof.ok());
  file.inclusion = *proof;
}

std::string Faults(const Verdict& verdict) {
  std::string out;
  for (const CheckLine& line : verdict.checks) {
    if (line.status == Status::kFail) out += line.id + ": " + line.detail + "\n";
  }
  return out;
}

std::string AllLines(const Verdict& verdict) {
  std::string out;
  for (const CheckLine& line : verdict.checks) {
    out += std::string(StatusWord(line.status)) + " " + line.id + ": " + line.detail + "\n";
  }
  return out;
}

Verdict Verify(const CaseFile& file, const Trust& trust) {
  return VerifyCaseFile(EncodeCaseFile(file), trust);
}

bool Lists(const Verdict& verdict, std::string_view name) {
  return std::any_of(verdict.unverified.begin(), verdict.unverified.end(),
                     [&](const Fact& fact) { return fact.name == name; });
}

Status StatusOf(const Verdict& verdict, std::string_view id) {
  for (const CheckLine& line : verdict.checks) {
    if (line.id == id) return line.status;
  }
  ADD_FAILURE() << "no line " << id;
  return Status::kNotChecked;
}

}  // namespace jejak::evidence::test
