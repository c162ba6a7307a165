// SPDX-License-Identifier: Apache-2.0
//
// Does this program judge as it should on this machine? Built-in vectors, each with what must pass
// and what must not: a verifier that accepts everything fails here.
//
//   selftest.sha256      the hash of "abc"
//   selftest.signature   a good signature; one bit changed; S + L; a key of small order
//   selftest.merkle      the root of RFC 6962's eight leaves; an inclusion proof and a wrong one
//   selftest.receipt     a golden receipt; a changed one
//   selftest.case        a golden case file; with an entry changed, its last action cut off, another
//                        genesis, another log key
//
// The golden files are those of tests/vectors/jejak, embedded by CMake. Pure; any thread.
#pragma once

#include <string_view>

#include "ledger/evidence/verdict.h"

namespace jejak::verifier {

// Exit 0 when all hold; 10 and a line for each that doesn't.
evidence::Verdict RunSelftests();

// tests/vectors/jejak, as they are in the repository.
struct EmbeddedVectors {
  std::string_view policy;
  std::string_view case_file;
  std::string_view receipt;
};
EmbeddedVectors Vectors();

}  // namespace jejak::verifier
