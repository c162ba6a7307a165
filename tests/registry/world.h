// SPDX-License-Identifier: Apache-2.0
//
// A small ledger for tests: people with keys made from their names, and a MemoryLedger that starts
// with three roots (threshold 2), three units, registrars, an owner, an officer, a calendar, a
// procedure and a case.
//
//   World world;
//   auto fields = world.InKey("o.example/p1", "key.revoke", R"({"reason":"lost"})",
//                             {{"o.example/reg1", "registrar"}});
//   EXPECT_EQ(world.Judge(fields), "accepted");
//
// Every probe changes one thing of an action that is otherwise accepted.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/registry/admission.h"
#include "ledger/registry/memory_ledger.h"

namespace jejak::registry::test {

inline constexpr std::string_view kOrigin = "log.example/1";
inline constexpr std::string_view kCase = "5MG3Z0FSDG8122AFHMEK5J0EY2";
inline constexpr std::string_view kOtherCase = "5WV6N1EN85F57JY4X1SEFPD93C";
inline constexpr std::int64_t kStart_s = 1767574800;  // 2026-01-05T01:00:00Z

// The people of the world. Holder and unit stand beside each name.
inline constexpr std::string_view kRoot1 = "r.example/1";      // A
inline constexpr std::string_view kRoot2 = "r.example/2";      // B
inline constexpr std::string_view kRoot3 = "r.example/3";      // C
inline constexpr std::string_view kReg1 = "o.example/reg1";    // h1, u1, registrar
inline constexpr std::string_view kReg2 = "o.example/reg2";    // h2, u2, registrar
inline constexpr std::string_view kRegU = "o.example/regu";    // h3, u1, registrar: unit of reg1
inline constexpr std::string_view kRegH = "o.example/regh";    // h1, u3, registrar: holder of reg1
inline constexpr std::string_view kRegA = "o.example/rega";    // A, u3, registrar: holder of root 1
inline constexpr std::string_view kOwner = "o.example/own";    // h4, u2, procedure_owner
inline constexpr std::string_view kOwnerA = "o.example/owna";  // A, u2, procedure_owner
inline constexpr std::string_view kP1 = "o.example/p1";        // h5, u1, officer and clerk
inline constexpr std::string_view kP2 = "o.example/p2";        // h6, u2, officer
inline constexpr std::string_view kReporter = "5MG3Z0FSDG8122AFHMEK5J0EY2/reporter";  // of kCase

// The key that everybody can make from a name; `generation` tells a person's keys apart.
crypto::SecretKey SecretOf(std::string_view name, int generation = 0);
tlog::VerifierKey KeyOf(std::string_view name, int generation = 0);
std::string VKey(std::string_view name, int generation = 0);

using By = record::ActionFields::By;
using Fields = record::ActionFields;

// One `by` line whose key is of another generation than 0.
struct Generation {
  std::string name;
  int generation = 0;
};

// Encodes and signs; fails the test when the fields make no action.
std::string SignedNote(const Fields& fields, const std::vector<Generation>& generations = {});

// `{"role":ROLE}` for each.
std::string Grants(const std::vector<std::string>& roles);
// The body of log.create with these roots, all of generation 0.
std::string CreateBody(std::string_view origin, std::string_view log_key,
                       const std::vector<std::string>& roots_and_holders, int threshold);
// `"roots":[…],"threshold":n` of (name, holder) pairs.
std::string RootsMembers(const std::vector<std::string>& names_and_holders, int threshold);

class World {
 public:
  // An empty log when `populated` is false.
  explicit World(bool populated = true);

  // An action at the head of its stream, `at` now.
  Fields In(const std::string& stream, std::string type, std::vector<By> by) const;
  Fields InRegistry(std::string type, std::string body, std::vector<By> by) const;
  Fields InKey(std::string_view name, std::string type, std::string body, std::vector<By> by) const;
  Fields InDocument(const std::string& stream, std::string type, std::string body,
                    std::vector<By> by) const;
  Fields InCase(std::string_view id, std::string type, std::vector<By> by) const;
  // What opens a case, under the procedure in force.
  Fields Opening(std::string_view id, std::vector<By> by) const;

  // "accepted", "duplicate" or the refusal's code; the refusal is kept in `last`.
  std::string Judge(const Fields& fields, const std::vector<Generation>& generations = {});
  std::string JudgeNote(std::string_view note);
  // Judges and, when accepted, applies. Expects acceptance.
  void Must(const Fields& fields, const std::vector<Generation>& generations = {});
  // Applies what Judge accepted last.
  void ApplyLast();
  // Enrols a key of generation 0, by the roots.
  void Enroll(std::string_view name, std::string_view unit, std::string_view holder,
              const std::vector<std::string>& roles);

  MemoryLedger ledger;
  std::uint64_t index = 0;
  UnixSeconds now{kStart_s};
  Refusal last;

 private:
  std::optional<Candidate> last_candidate_;
};

// Roots 1 and 2: the threshold.
std::vector<By> Roots();
// Roots() and these.
std::vector<By> RootsAnd(std::vector<By> more);
// Registrars 1 and 2: a pair.
std::vector<By> Pair();
// The owner and root 2.
std::vector<By> Owner();

}  // namespace jejak::registry::test
