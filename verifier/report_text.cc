// SPDX-License-Identifier: Apache-2.0
#include "verifier/report_text.h"

#include <algorithm>
#include <array>

#include "ledger/base/text.h"
#include "verifier/conformance_text.h"

namespace jejak::verifier {
namespace {

using evidence::CheckLine;
using evidence::Status;

constexpr Said kIntact{"text.intact"};
constexpr Said kNotIntact{"text.not_intact"};
constexpr Said kBroken{"text.intact_but_broken"};
constexpr Said kNoAnswer{"text.no_conclusion"};
constexpr Said kNotReadable{"text.cant_be_read"};
constexpr Said kUsage{"text.cannot_be_judged"};
constexpr Said kNotJudged{"text.procedure_not_judged"};
constexpr Said kFollowed{"text.intact_and_followed"};
// Some rules are unknown for want of contents: that is no breach, and never looks like none.
constexpr Said kNoBreach{"text.intact_and_no_breach"};
constexpr Said kOnlyConformance{"text.intact_but_inconclusive"};
constexpr Said kCannotJudge{"text.whether_followed"};
constexpr Said kOfCases{"text.of_cases"};
constexpr Said kOfOneCase{"text.of_1_case"};
constexpr Said kIn{"text.in"};
constexpr Said kVerified{"text.verified"};
constexpr Said kUnverified{"text.not_verified"};
constexpr Said kInput{"text.input"};
constexpr Said kPolicy{"text.policy"};
constexpr Said kCoverage{"text.entries"};

struct StatusStyle {
  Said label;
  std::string_view color;  // ANSI SGR
};

StatusStyle StyleOf(Status status) {
  switch (status) {
    case Status::kPass:
      return {{"text.ok"}, "32"};
    case Status::kFail:
      return {{"text.failed"}, "1;31"};
    case Status::kInconclusive:
      return {{"text.inconclusive"}, "33"};
    case Status::kViolation:
      return {{"text.broken"}, "1;31"};
    case Status::kNotChecked:
      break;
  }
  return {{"text.not_judged"}, "2"};
}

// The first line with this status: what the answer is about.
std::string FirstDetail(const evidence::Verdict& verdict, Status status) {
  for (const CheckLine& line : verdict.checks) {
    if (line.status == status && line.id != "check.conformance") return Displayable(line.detail);
  }
  return {};
}

// The line that made an exit code of its own, where a status can't tell.
std::string DetailOf(const evidence::Verdict& verdict, std::string_view id) {
  for (const CheckLine& line : verdict.checks) {
    if (line.id == id && line.status != Status::kPass) return Displayable(line.detail);
  }
  return FirstDetail(verdict, Status::kInconclusive);
}

std::string WithReason(std::string_view answer, const std::string& reason) {
  return std::string(answer) + (reason.empty() ? "" : ": " + reason);
}

std::string OfCases(std::uint64_t cases, Language language) {
  const Said& phrase = cases == 1 ? kOfOneCase : kOfCases;
  return presentation::Filled(phrase.in(language), {std::to_string(cases)});
}

// Which procedure, or of a whole log how many cases, the answer is about: " (pp94-kota 1.0.0, …)".
std::string About(const evidence::Verdict& verdict, Language language) {
  std::string about;
  if (verdict.conformance && !verdict.conformance->judgement.procedure.empty()) {
    about = ProcedureName(evidence::VersionOf(verdict.conformance->judgement), language);
  } else if (verdict.log_conformance) {
    about = OfCases(verdict.log_conformance->cases(), language);
  }
  return about.empty() ? about : " (" + about + ")";
}

std::string Inconclusive(const evidence::Verdict& verdict, Language language) {
  const std::string reason = FirstDetail(verdict, Status::kInconclusive);
  if (!reason.empty()) return WithReason(kNoAnswer.in(language), reason);
  const procedure::Words* why_not = nullptr;
  if (verdict.conformance) {
    why_not = &verdict.conformance->judgement.why_not;
  } else if (verdict.log_conformance && !verdict.log_conformance->not_judged().empty()) {
    why_not = &verdict.log_conformance->not_judged().front().why_not;
  }
  const std::string answer = std::string(kOnlyConformance.in(language)) + About(verdict, language) +
                             ": " + std::string(kCannotJudge.in(language));
  return WithReason(answer, why_not == nullptr ? std::string() : Sentence(*why_not, language));
}

bool SomeUnknown(const evidence::Verdict& verdict) {
  if (!verdict.conformance) return verdict.log_conformance->any_unknown();
  const procedure::Judgement& judgement = verdict.conformance->judgement;
  return evidence::CountVerdicts(judgement)[procedure::Outcome::kUnknown] > 0 ||
         evidence::CountChecks(judgement)[procedure::Outcome::kUnknown] > 0;
}

std::string Intact(const Report& report, Language language) {
  const evidence::Verdict& verdict = report.verdict;
  if (verdict.conformance || verdict.log_conformance) {
    const Said& phrase = SomeUnknown(verdict) ? kNoBreach : kFollowed;
    return std::string(phrase.in(language)) + About(verdict, language);
  }
  std::string answer(kIntact.in(language));
  const bool about_acts =
      report.question != Question::kReceipt && report.question != Question::kConsistency;
  if (about_acts) answer += ". " + std::string(kNotJudged.in(language));
  return answer;
}

// "… was broken (pp94-kota 1.0.0, …)", or of a log "… was broken in 3 of 22 cases".
std::string Broken(const evidence::Verdict& verdict, Language language) {
  const std::string answer(kBroken.in(language));
  if (!verdict.log_conformance) return answer + About(verdict, language);
  return answer + " " + std::string(kIn.in(language)) + " " +
         std::to_string(verdict.log_conformance->broken().size()) + " " +
         OfCases(verdict.log_conformance->cases(), language);
}

std::string Answer(const Report& report, Language language) {
  const evidence::Verdict& verdict = report.verdict;
  switch (verdict.exit_code) {
    case evidence::kExitPass:
      return Intact(report, language);
    case evidence::kExitViolation:
      return Broken(verdict, language);
    case evidence::kExitInconclusive:
      return Inconclusive(verdict, language);
    case evidence::kExitFormat:
      return WithReason(kNotReadable.in(language),
                        DetailOf(verdict, verdict.Failed("check.input")    ? "check.input"
                                          : verdict.Failed("check.format") ? "check.format"
                                                                           : "check.pinned"));
    case evidence::kExitUsage:
      return WithReason(kUsage.in(language), DetailOf(verdict, "check.genesis"));
    default:
      return WithReason(kNotIntact.in(language), FirstDetail(verdict, Status::kFail));
  }
}

std::string_view AnswerColor(int exit_code) {
  if (exit_code == evidence::kExitPass) return "1;32";
  return exit_code == evidence::kExitInconclusive ? "1;33" : "1;31";
}

std::string Facts(const std::vector<evidence::Fact>& facts, const Said& label,
                  const TextStyle& style) {
  std::string out;
  for (const evidence::Fact& fact : facts) {
    out += Line(label.in(style.language), "2", Displayable(fact.name) + " ",
                Displayable(fact.detail), style);
  }
  return out;
}

std::string Hash(const std::optional<Digest>& digest) {
  return digest ? "sha256 " + EncodeHash(*digest) : "-";
}

std::string Surroundings(const Report& report, const TextStyle& style) {
  std::string out;
  for (const Input& input : report.inputs) {
    out += Line(kInput.in(style.language), "2", Displayable(input.name) + " ", Hash(input.sha256),
                style);
  }
  if (report.policy) {
    out += Line(kPolicy.in(style.language), "2", Displayable(report.policy->file.name) + " ",
                Hash(report.policy->file.sha256) + " log " + Displayable(report.policy->log) +
                    " quorum " + Displayable(report.policy->quorum),
                style);
  }
  const evidence::Coverage& coverage = report.verdict.coverage;
  out += Line(kCoverage.in(style.language), "2", "",
              std::to_string(coverage.checked) + "/" + std::to_string(coverage.total), style);
  return out;
}

}  // namespace

std::string RenderText(const Report& report, const TextStyle& style) {
  const evidence::Verdict& verdict = report.verdict;
  std::string out = Displayable(report.name()) + ": " +
                    Colored(Answer(report, style.language), AnswerColor(verdict.exit_code), style) +
                    "\n";
  if (style.detail == Detail::kQuiet) return out;
  const Rows rows = report.question == Question::kConformance ? Rows::kAll : Rows::kDecided;
  if (verdict.conformance) out += CaseConformanceText(*verdict.conformance, rows, style);
  if (verdict.log_conformance) out += LogConformanceText(*verdict.log_conformance, rows, style);
  for (const CheckLine& line : verdict.checks) {
    const StatusStyle status = StyleOf(line.status);
    out += Line(status.label.in(style.language), status.color, line.id, Displayable(line.detail),
                style);
  }
  out += Facts(verdict.verified, kVerified, style);
  out += Facts(verdict.unverified, kUnverified, style);
  if (style.detail == Detail::kVerbose) out += Surroundings(report, style);
  return out;
}

std::string RenderSummary(std::span<const Report> reports, const TextStyle& style) {
  struct Group {
    int exit_code;
    Said phrase;
  };
  static constexpr std::array<Group, 6> kGroups = {{{evidence::kExitPass, kIntact},
                                                    {evidence::kExitViolation, kBroken},
                                                    {evidence::kExitInconclusive, kNoAnswer},
                                                    {evidence::kExitFormat, kNotReadable},
                                                    {evidence::kExitIntegrity, kNotIntact},
                                                    {evidence::kExitUsage, kUsage}}};
  std::string out = std::to_string(reports.size()) + " " + std::string(kInput.in(style.language)) +
                    (style.language == Language::kEnglish ? "s:" : ":");
  int worst = evidence::kExitPass;
  for (const Report& report : reports) {
    worst = evidence::WorseExit(worst, report.verdict.exit_code);
  }
  std::string_view separator = " ";
  for (const Group& group : kGroups) {
    const auto count = std::count_if(reports.begin(), reports.end(), [&](const Report& report) {
      return report.verdict.exit_code == group.exit_code;
    });
    if (count == 0) continue;
    out += std::string(separator) + std::to_string(count) + " " +
           std::string(group.phrase.in(style.language));
    separator = ", ";
  }
  return Colored(out, AnswerColor(worst), style) + "\n";
}

}  // namespace jejak::verifier
