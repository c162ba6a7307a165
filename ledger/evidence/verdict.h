// SPDX-License-Identifier: Apache-2.0
//
// Verdict: what a verifier says, line by line (architecture.md "One verification", interfaces.md
// exit codes).
//
//   pass  check.inclusion  all 32 entries and the seal are in the checkpoint's tree
//   FAIL  check.stream     case/5MG3…: the seal's map doesn't hold its 6 actions: one is missing,
//   added or out of order
//
// A line is never just good or bad: what could not be judged is *inconclusive* and doesn't look
// like a pass. Integrity and conformance are separate: a *violation* is of the procedure, and says
// that the evidence is sound. What was proven and what wasn't are kept apart (`verified`,
// `unverified`), because the second is what a reader forgets. A failed proof is a Verdict, not an
// Error.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/evidence/judged_case.h"
#include "ledger/tlog/policy.h"

namespace jejak::evidence {

// Exit codes of jejak-verify.
inline constexpr int kExitPass = 0;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitFormat = 3;
inline constexpr int kExitIntegrity = 10;
inline constexpr int kExitViolation = 11;
inline constexpr int kExitInconclusive = 12;

// What the verifier's owner trusts and asks for. Nothing of it comes from the evidence.
struct Trust {
  tlog::Policy policy;
  std::optional<Digest> genesis;                 // --genesis; the policy's own comment counts too
  std::optional<std::string> pinned_checkpoint;  // --pinned: a signed note kept from earlier
  std::optional<std::int64_t> max_age_s;         // --max-age
  UnixSeconds now;                               // --now, or the caller's clock
  bool require_contents = false;                 // absent bodies and openings make it inconclusive
  bool ignore_conformance = false;               // judge integrity alone
  std::optional<std::string> procedure;          // --procedure: the only one that may judge
  bool skip_signatures = false;  // officers' signatures aren't verified; never a pass
};

inline constexpr std::size_t kMaxLines = 1000;  // of one status in one verdict

enum class Status { kPass, kFail, kInconclusive, kNotChecked, kViolation };
// "pass" "fail" "inconclusive" "not_checked" "violation"
std::string_view StatusWord(Status status);

struct CheckLine {
  std::string id;  // stable: check.checkpoint check.policy check.genesis …
  Status status = Status::kNotChecked;
  std::string detail;  // one plain English sentence, names no contents
  std::optional<std::uint64_t> entry_index;
};

struct Coverage {
  std::uint64_t total = 0;    // entries that the evidence holds
  std::uint64_t checked = 0;  // of them, those that went through every check
};

// A name and a sentence: one member of JSON `verified` or `unverified`.
struct Fact {
  std::string name;
  std::string detail;
};

struct Verdict {
  int exit_code = kExitPass;
  std::string word = "pass";  // pass, violation, fail, inconclusive
  std::vector<CheckLine> checks;
  Coverage coverage;
  std::vector<Fact> verified;
  std::vector<Fact> unverified;
  // What check.conformance sums up; one of them at most, and neither if nobody judged.
  std::optional<CaseConformance> conformance;
  std::optional<LogConformance> log_conformance;

  // Each adds a line; of one status at most kMaxLines are kept, so that a hostile file doesn't
  // write the report. The exit code is unharmed.
  void Pass(std::string id, std::string detail);
  void Fail(std::string id, std::string detail, std::optional<std::uint64_t> index = {});
  void Inconclusive(std::string id, std::string detail, std::optional<std::uint64_t> index = {});
  void NotChecked(std::string id, std::string detail, std::optional<std::uint64_t> index = {});
  void Violation(std::string id, std::string detail);
  bool Failed(std::string_view id) const;  // some line of that id failed
  bool AnyFailed() const;

  // Sets exit_code and word from the lines: any fail is 10, else any inconclusive is 12, else any
  // violation is 11, else 0; but contents that are absent don't hide a violation. A worse code that
  // was set before stands.
  void Close();

 private:
  void Add(CheckLine line);
  std::array<std::size_t, 5> lines_{};  // by status
};

// A verdict over something that isn't its format: exit 3, whatever else is wrong with it.
Verdict NotTheFormat(const Error& error);

// Over several inputs the worst wins: 1, 2, 10, 3, 12, 11, 0.
int WorseExit(int a, int b);

// The genesis that flag and policy agree on; kConflict, a usage error (2), when they contradict
// each other.
Result<std::optional<Digest>> AgreedGenesis(const Trust& trust);

}  // namespace jejak::evidence
