// SPDX-License-Identifier: Apache-2.0
//
// C2SP tlog-policy: which log and which witnesses a verifier trusts, and how many of them it wants.
//
//   # genesis YVDIe/IdaKPgcggMMvap55J5g5/8cFwbIpmgrWZhS10=
//   log golden.jejak.example/1+0df0a898+AX3844CGojdpqc0yeGyKiv2dZmF12ucF4JYuy/e08jDy
//   witness w0 witness-1.example+9a353857+BI+1EKVL4XYTgfY16+d3D8L2HLwzb9fNf48+PhQppHH6 https://w/
//   witness w1 witness-2.example+637bec78+BC6UUgfMec2CYyi/r57N1hl8QZIUAHy03SgWIB8C6Xqu
//   group enough any w0 w1
//   quorum enough
//
//   log VKEY [URL]                        exactly one (formats.md section 10); key type 0x01
//   witness NAME VKEY [URL]               key type 0x04
//   group NAME any|all|K MEMBER...        1 <= K <= members; a name is a member once in the whole
//   file quorum NAME|none                      exactly one # genesis HASH                        at
//   most one: the leaf hash of entry 0, our own comment
//
// Names are opaque bytes, defined once and before their use; `none` can't be defined. Items are
// separated by spaces and tabs; every line ends with LF; other comments and empty lines mean
// nothing. No key stands twice, under whatever name, the log's among the witnesses' included. A
// comment whose first word is `genesis` and that isn't of the form above is refused: a pin must not
// be lost to a typo.
//
// Threads: pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/note.h"

namespace jejak::tlog {

inline constexpr std::size_t kMaxPolicyBytes = 1 << 20;

struct Witness {
  std::string name;  // in this file only; the signer's name is key.name
  VerifierKey key;
  std::string url;  // submission prefix, or empty

  bool operator==(const Witness&) const = default;
};

struct Group {
  std::string name;
  std::uint64_t threshold = 1;
  std::vector<std::string> members;  // witnesses and earlier groups

  bool operator==(const Group&) const = default;
};

struct Policy {
  VerifierKey log;
  std::string log_url;
  std::vector<Witness> witnesses;
  std::vector<Group> groups;
  std::string quorum = "none";  // a witness, a group, or "none"
  std::optional<Digest> genesis;

  bool operator==(const Policy&) const = default;
};

// kMalformed: "policy line 7: …" with what is wrong and the mend.
Result<Policy> ParsePolicy(std::string_view text);

// A file that ParsePolicy reads back as the same policy; groups keep their thresholds as numbers.
std::string EncodePolicy(const Policy& policy);

// A witness's verified word for a checkpoint.
struct WitnessWord {
  std::string name;  // as the policy calls it
  UnixSeconds time;
};

// What the signatures on a checkpoint amount to. A note of another log, or with a wrong signature
// of a known pair, is refused as a whole: then nothing else here is true.
struct PolicyOutcome {
  bool origin_is_log = false;           // the text is a checkpoint whose origin is the log's name
  bool known_signature_failed = false;  // by `failed_name`
  std::string failed_name;
  bool log_signed = false;
  bool quorum_met = false;             // says nothing about the log's own signature
  std::vector<WitnessWord> witnesses;  // in the policy's order
  std::vector<std::string> missing;    // the other witnesses, in the policy's order

  bool accepted() const { return log_signed && quorum_met; }
};

PolicyOutcome JudgeCheckpoint(const Policy& policy, const Note& note);

}  // namespace jejak::tlog
