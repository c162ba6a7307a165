// SPDX-License-Identifier: Apache-2.0
//
// The golden log of tests/vectors/jejak (see the README there) as tests above the pure line need it: its keys, its leaves grouped by
// batch, what is kept beside it, and the checkpoints that rebuilding it must give.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/time.h"
#include "ledger/crypto/sign.h"
#include "ledger/record/body.h"

namespace jejak::test {

// A file below tests/vectors/jejak. Throws when it is missing: a fresh clone has it.
std::string ReadVector(const std::string& name);

struct GoldenBatch {
  UnixSeconds time;
  std::vector<std::string> notes;  // the actions, in order; empty for a heartbeat
};

struct GoldenCheckpoint {
  std::uint64_t size;
  std::string root_hex;
  std::string note;
};

struct GoldenLog {
  std::string origin;
  crypto::SecretKey log_key;
  std::vector<std::string> leaves;
  std::vector<GoldenBatch> batches;
  std::vector<GoldenCheckpoint> checkpoints;
  std::map<std::string, std::string> stream_heads;      // stream: hex of the 81 bytes, at the end
  std::map<std::uint64_t, record::BodyOpening> bodies;  // by entry index
  std::map<std::uint64_t, std::vector<record::FieldOpening>> openings;
  std::map<std::string, std::string> documents;  // sha256 in b64: text
};

GoldenLog LoadGoldenLog();

}  // namespace jejak::test
