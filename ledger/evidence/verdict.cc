// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/verdict.h"

#include <algorithm>
#include <array>

namespace jejak::evidence {
namespace {

bool Any(const std::vector<CheckLine>& checks, Status status) {
  return std::any_of(checks.begin(), checks.end(),
                     [status](const CheckLine& line) { return line.status == status; });
}

// check.contents is inconclusive only when contents are required, and says nothing about what the
// contents at hand show.
int ExitOfLines(const std::vector<CheckLine>& checks) {
  if (Any(checks, Status::kFail)) return kExitIntegrity;
  const bool other = std::any_of(checks.begin(), checks.end(), [](const CheckLine& line) {
    return line.status == Status::kInconclusive && line.id != "check.contents";
  });
  if (other) return kExitInconclusive;
  if (Any(checks, Status::kViolation)) return kExitViolation;
  return Any(checks, Status::kInconclusive) ? kExitInconclusive : kExitPass;
}

}  // namespace

std::string_view StatusWord(Status status) {
  switch (status) {
    case Status::kPass:
      return "pass";
    case Status::kFail:
      return "fail";
    case Status::kInconclusive:
      return "inconclusive";
    case Status::kViolation:
      return "violation";
    case Status::kNotChecked:
      break;
  }
  return "not_checked";
}

void Verdict::Add(CheckLine line) {
  if (lines_[static_cast<std::size_t>(line.status)]++ < kMaxLines)
    checks.push_back(std::move(line));
}

void Verdict::Pass(std::string id, std::string detail) {
  Add({std::move(id), Status::kPass, std::move(detail), {}});
}

void Verdict::Fail(std::string id, std::string detail, std::optional<std::uint64_t> index) {
  Add({std::move(id), Status::kFail, std::move(detail), index});
}

void Verdict::Inconclusive(std::string id, std::string detail, std::optional<std::uint64_t> index) {
  Add({std::move(id), Status::kInconclusive, std::move(detail), index});
}

void Verdict::NotChecked(std::string id, std::string detail, std::optional<std::uint64_t> index) {
  Add({std::move(id), Status::kNotChecked, std::move(detail), index});
}

void Verdict::Violation(std::string id, std::string detail) {
  Add({std::move(id), Status::kViolation, std::move(detail), {}});
}

bool Verdict::AnyFailed() const { return Any(checks, Status::kFail); }

bool Verdict::Failed(std::string_view id) const {
  return std::any_of(checks.begin(), checks.end(), [id](const CheckLine& line) {
    return line.id == id && line.status == Status::kFail;
  });
}

void Verdict::Close() {
  exit_code = WorseExit(exit_code, ExitOfLines(checks));
  word = exit_code == kExitPass           ? "pass"
         : exit_code == kExitViolation    ? "violation"
         : exit_code == kExitInconclusive ? "inconclusive"
                                          : "fail";
}

Verdict NotTheFormat(const Error& error) {
  Verdict verdict;
  verdict.exit_code = kExitFormat;
  verdict.word = "fail";
  verdict.Fail("check.format", error.detail);
  return verdict;
}

int WorseExit(int a, int b) {
  // From best to worst; what isn't listed is worse than all.
  static constexpr std::array<int, 7> kOrder = {
      kExitPass, kExitViolation, kExitInconclusive, kExitFormat, kExitIntegrity, kExitUsage, 1};
  const auto rank = [](int code) { return std::find(kOrder.begin(), kOrder.end(), code); };
  return rank(a) < rank(b) ? b : a;
}

Result<std::optional<Digest>> AgreedGenesis(const Trust& trust) {
  if (trust.genesis && trust.policy.genesis && *trust.genesis != *trust.policy.genesis) {
    return Conflict("the genesis given and the policy's `# genesis` differ: remove one of them");
  }
  return trust.genesis ? trust.genesis : trust.policy.genesis;
}

}  // namespace jejak::evidence
