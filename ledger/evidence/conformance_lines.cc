// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/conformance_lines.h"

#include <utility>

namespace jejak::evidence {
namespace {

using procedure::Outcome;

constexpr const char* kCheck = "check.conformance";

std::string Counted(std::uint64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string Named(const PublishedVersion& version) {
  return version.procedure + " " + version.version + " (entry " + std::to_string(version.entry) +
         ")";
}

std::string WhyNot(const procedure::Judgement& judgement) {
  if (!judgement.judged) return judgement.why_not.en;
  return Counted(CountVerdicts(judgement)[Outcome::kUnknown], "verdict", "verdicts") + " and " +
         Counted(CountChecks(judgement)[Outcome::kUnknown], "check", "checks") +
         " are unknown, and not only for contents that weren't supplied";
}

// "14 verdicts pass, 2 are pending, 1 is unknown".
std::string Passing(const procedure::Judgement& judgement) {
  const OutcomeCounts verdicts = CountVerdicts(judgement);
  const OutcomeCounts checks = CountChecks(judgement);
  std::string out = Counted(verdicts[Outcome::kPass], "verdict passes", "verdicts pass");
  const std::uint64_t pending = verdicts[Outcome::kPending] + checks[Outcome::kPending];
  const std::uint64_t unknown = verdicts[Outcome::kUnknown] + checks[Outcome::kUnknown];
  if (pending != 0) out += ", " + Counted(pending, "is pending", "are pending");
  if (unknown != 0)
    out += ", " + Counted(unknown, "is unknown", "are unknown") + " for contents not supplied";
  return out;
}

void SayJudged(const CaseConformance& conformance, int exit_code, Verdict& verdict) {
  const procedure::Judgement& judgement = conformance.judgement;
  const std::string named = Named(VersionOf(judgement));
  const std::uint64_t unknown =
      CountVerdicts(judgement)[Outcome::kUnknown] + CountChecks(judgement)[Outcome::kUnknown];
  if (exit_code == kExitViolation) {
    verdict.Violation(
        kCheck, "the procedure " + named + " was broken: " +
                    Counted(CountVerdicts(judgement)[Outcome::kFail], "verdict", "verdicts") +
                    " and " + Counted(CountChecks(judgement)[Outcome::kFail], "check", "checks") +
                    " fail");
  } else {
    verdict.Pass(kCheck,
                 unknown == 0
                     ? "the procedure " + named + " was followed so far: " + Passing(judgement)
                     : "no breach of the procedure " + named + " was found: " + Passing(judgement));
  }
  verdict.verified.push_back({"procedure", named});
  if (unknown != 0) {
    verdict.unverified.push_back(
        {"conformance", Counted(unknown, "verdict or check is", "verdicts and checks are") +
                            " unknown: contents that they need were not supplied"});
  }
}

void SayInconclusive(const std::string& why, Verdict& verdict) {
  const std::string detail = "whether the procedure was followed can't be judged: " + why;
  verdict.Inconclusive(kCheck, detail);
  verdict.unverified.push_back({"conformance", detail});
}

std::string Versions(const LogConformance& conformance) {
  std::string out;
  for (const auto& [version, procedure] : conformance.procedures()) {
    out += (out.empty() ? "" : ", ") + Named(version);
  }
  return out;
}

}  // namespace

void SayNotJudged(const std::string& why, Verdict& verdict) {
  verdict.NotChecked(kCheck, why);
  verdict.unverified.push_back({"conformance", why});
}

bool SkipsConformance(const Trust& trust, Verdict& verdict) {
  if (!trust.ignore_conformance && !verdict.AnyFailed()) return false;
  const std::string detail =
      trust.ignore_conformance
          ? "whether the procedure was followed was not judged"
          : "the evidence is not intact: whether the procedure was followed was not judged";
  SayNotJudged(detail, verdict);
  return true;
}

void ApplyPin(const Trust& trust, CaseConformance& conformance) {
  procedure::Judgement& judgement = conformance.judgement;
  if (!trust.procedure || judgement.procedure == *trust.procedure) return;
  const std::string other = judgement.procedure.empty() ? "-" : judgement.procedure;
  conformance.definition.reset();
  procedure::Judgement declined;
  declined.why_not = {
      "yang diminta prosedur " + *trust.procedure + ", perkara ini di bawah " + other,
      "the procedure asked for is " + *trust.procedure + ", the case is under " + other};
  declined.procedure = std::move(judgement.procedure);
  declined.version = std::move(judgement.version);
  declined.publish_index = judgement.publish_index;
  judgement = std::move(declined);
}

void SayConformance(CaseConformance conformance, const Trust& trust, Verdict& verdict) {
  ApplyPin(trust, conformance);
  const int exit_code = procedure::ExitOf(conformance.judgement, trust.require_contents);
  if (exit_code == kExitInconclusive) {
    SayInconclusive(WhyNot(conformance.judgement), verdict);
  } else {
    SayJudged(conformance, exit_code, verdict);
  }
  verdict.conformance = std::move(conformance);
}

void SayConformance(LogConformance conformance, Verdict& verdict) {
  const std::uint64_t cases = conformance.cases();
  const std::string of = Counted(cases, "case", "cases");
  if (conformance.inconclusive() != 0) {
    const std::string why =
        conformance.not_judged().empty()
            ? "their verdicts are unknown, and not only for contents that weren't supplied"
            : conformance.not_judged().front().why_not.en;
    SayInconclusive(
        std::to_string(conformance.inconclusive()) + " of " + of + " are inconclusive: " + why,
        verdict);
  } else if (!conformance.broken().empty()) {
    verdict.Violation(kCheck, "the procedure was broken in " +
                                  std::to_string(conformance.broken().size()) + " of " + of);
  } else {
    verdict.Pass(kCheck,
                 (conformance.any_unknown() ? "no breach of the procedure was found in any of "
                                            : "the procedure was followed so far in all ") +
                     of);
  }
  if (cases != conformance.unjudged()) {
    verdict.verified.push_back({"procedures", Versions(conformance)});
  }
  verdict.log_conformance = std::move(conformance);
}

}  // namespace jejak::evidence
