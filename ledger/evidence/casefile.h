// SPDX-License-Identifier: Apache-2.0
//
// Case file (formats.md section 6): everything needed to verify one case offline, in one JSON file.
//
//   {"format":"jejak/casefile/v1","stream":"case/5MG3…",
//    "checkpoint":"golden.jejak.example/1\n333\n…",
//    "consistency":[{"from":39,"proof":["aMkw…","cH1M…"]}],
//    "seal":"jejak/seal/v1\nindex 332\n…","inclusion":["PlfG…"],
//    "streams":[{"stream":"registry","path":[[9,"O0WN…"]],"entries":["jejak/entry/v1\n…"]}],
//    "bodies":[{"index":27,"key":"DVl9…","text":"{\"channel\":…}"}],
//    "openings":[{"index":27,"pointer":"/report","key":"s55b…","value":"{\"text\":…}"}],
//    "documents":[{"sha256":"qGLY…","text":"{\"format\":\"jejak/procedure/v1\",…}"}]}
//
// The parser decides one thing: is this the format? Size, JSON, members, types and base64 lengths.
// Everything that a text or a number *says* is the verifier's business (verify.h), so numbers keep
// the sign that they came with. Nothing in a parsed CaseFile is trusted.
//
// Values only: safe to use from any thread as long as nobody writes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::evidence {

inline constexpr std::size_t kMaxCaseFileBytes = std::size_t{64} << 20;
inline constexpr std::string_view kCaseFileFormat = "jejak/casefile/v1";

// Proves that the tree of size `from` is a prefix of the checkpoint's.
struct EarlierSize {
  std::int64_t from = 0;
  std::vector<Digest> proof;
};

// One step of a map path, from the leaf to the root: the bit at which the sibling branches off.
struct PathStep {
  std::int64_t bit = 0;
  Digest sibling;
};

// A whole stream: its entries in order and the proof of its head under the seal's state.
struct HeldStream {
  std::string stream;
  std::vector<PathStep> path;
  std::vector<std::string> entries;
};

// The key and text behind the `body` line of the entry at `index`.
struct HeldBody {
  std::int64_t index = 0;
  Digest key;
  std::string text;
};

// The key and value behind one sealed field of the body of the entry at `index`.
struct HeldOpening {
  std::int64_t index = 0;
  std::string pointer;
  Digest key;
  std::string value;
};

// A definition or calendar, named by the SHA-256 that its publish states.
struct HeldDocument {
  Digest sha256;
  std::string text;
};

struct CaseFile {
  std::string stream;
  std::string checkpoint;
  std::vector<EarlierSize> consistency;
  std::string seal;
  std::vector<Digest> inclusion;
  std::vector<HeldStream> streams;
  std::vector<HeldBody> bodies;
  std::vector<HeldOpening> openings;
  std::vector<HeldDocument> documents;
};

// kMalformed (exit 3): more than 64 MiB, not container JSON, another `format`, a member missing,
// unknown or of another type, a hash or key that isn't canonical base64 of 32 bytes. The detail
// names the JSON pointer.
Result<CaseFile> ParseCaseFile(std::string_view bytes);

// The file, one line of JSON with the members in the order above. What it writes parses back equal.
std::string EncodeCaseFile(const CaseFile& file);

}  // namespace jejak::evidence
