// SPDX-License-Identifier: Apache-2.0
#include "verifier/conformance_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "verifier/report.h"

namespace jejak::verifier {
namespace {

using presentation::Filled;
using procedure::Outcome;

constexpr Said kProcedure{"text.procedure"};
constexpr Said kEntry{"text.entry"};
constexpr Said kEntries{"text.entries"};
constexpr Said kUntil{"text.until"};
constexpr Said kCase{"text.case"};
constexpr Said kCases{"text.cases"};
constexpr Said kNeedsContents{"text.needs_contents"};
constexpr Said kVerdicts{"text.verdicts_pass"};
constexpr Said kFollowed{"text.followed"};
constexpr Said kRemedied{"text.remedied_since"};
constexpr Said kCorrected{"text.by_a_correction"};
constexpr Said kKept{"text.verdict_stands"};
constexpr Said kVoided{"text.voided"};
constexpr Said kBasis{"text.basis"};
constexpr Said kUnverified{"text.source_unverified"};
constexpr Said kRule{"text.rule"};
constexpr Said kMore{"text.and_more"};

constexpr std::size_t kShownCases = 50;  // of a log, unless -v

struct OutcomeStyle {
  Said label;
  std::string_view color;
};

OutcomeStyle StyleOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kFail:
      return {{"text.broken"}, "1;31"};
    case Outcome::kUnknown:
      return {{"text.unknown"}, "33"};
    case Outcome::kPending:
      return {{"text.pending"}, "36"};
    case Outcome::kPass:
      return {{"text.ok"}, "32"};
    case Outcome::kNotApplicable:
      break;
  }
  return {{"text.none"}, "2"};
}

void Append(std::string& list, std::string_view item, std::string_view separator = ", ") {
  if (!list.empty()) list += separator;
  list += item;
}

std::string EntryList(const std::vector<std::uint64_t>& entries, Language language) {
  if (entries.empty()) return {};
  std::string list;
  for (const std::uint64_t entry : entries) Append(list, std::to_string(entry));
  return std::string((entries.size() == 1 ? kEntry : kEntries).in(language)) + " " + list;
}

std::string Until(const std::optional<procedure::Due>& due, Language language) {
  return due ? std::string(kUntil.in(language)) + " " + Displayable(due->text) : std::string();
}

// "until 2024-05-28, entries 20, 24 (remedied since): sentence".
std::string Reason(const std::string& until, const std::string& entries, const std::string& flags,
                   const std::string& sentence) {
  std::string out = until;
  if (!entries.empty()) Append(out, entries);
  if (!flags.empty()) Append(out, "(" + flags + ")", " ");
  if (!sentence.empty()) Append(out, sentence, ": ");
  return out;
}

std::string InstanceName(const procedure::RuleVerdict& verdict, Language language) {
  std::string name = verdict.scope == "case" ? std::string(kCase.in(language)) : verdict.scope;
  if (!verdict.instance.empty()) name += " " + verdict.instance;
  return Displayable(name);
}

std::string RuleLine(const procedure::RuleVerdict& verdict, const std::string& name,
                     const TextStyle& style) {
  std::string flags;
  if (verdict.remedied) Append(flags, kRemedied.in(style.language));
  if (verdict.corrected) Append(flags, kCorrected.in(style.language));
  if (verdict.kept) Append(flags, kKept.in(style.language));
  const OutcomeStyle shown = StyleOf(verdict.outcome);
  return Line(shown.label.in(style.language), shown.color, name + " ",
              Reason(Until(verdict.due, style.language), EntryList(verdict.entries, style.language),
                     flags, Sentence(verdict.detail, style.language)),
              style);
}

std::string CheckLineOf(const procedure::CheckVerdict& check, const TextStyle& style) {
  const OutcomeStyle shown = StyleOf(check.outcome);
  return Line(shown.label.in(style.language), shown.color, Displayable(check.id) + " ",
              Reason(Until(check.due, style.language), EntryList({check.entry}, style.language),
                     check.kept ? std::string(kKept.in(style.language)) : std::string(),
                     Sentence(check.detail, style.language)),
              style);
}

// Everything that doesn't pass, the worst first.
std::string Undecided(const procedure::Judgement& judgement, const TextStyle& style) {
  std::string out;
  for (const Outcome outcome : {Outcome::kFail, Outcome::kUnknown, Outcome::kPending}) {
    for (const procedure::RuleVerdict& verdict : judgement.rules) {
      if (verdict.outcome != outcome) continue;
      out += RuleLine(
          verdict, Displayable(verdict.rule) + " " + InstanceName(verdict, style.language), style);
    }
    for (const procedure::CheckVerdict& check : judgement.checks) {
      if (check.outcome == outcome) out += CheckLineOf(check, style);
    }
  }
  const std::uint64_t passes = evidence::CountVerdicts(judgement)[Outcome::kPass];
  return out + Line(kFollowed.in(style.language), "32",
                    std::to_string(passes) + " " + std::string(kVerdicts.in(style.language)), "",
                    style);
}

// Entries that a record.void took away: no verdict rests on them.
std::string Voided(const std::vector<std::uint64_t>& entries, const TextStyle& style) {
  if (entries.empty()) return {};
  return Line(kVoided.in(style.language), "2", "", EntryList(entries, style.language), style);
}

// "R07  Panggilan pertama …" and what it rests on.
std::string RuleHeading(const procedure::Rule& rule, const TextStyle& style) {
  std::string basis;
  for (const std::string& text : rule.basis) Append(basis, Displayable(text), "; ");
  if (rule.source == "unverified") Append(basis, kUnverified.in(style.language), "; ");
  std::string out =
      "\n  " + Displayable(rule.id) + "  " + Sentence(rule.title, style.language) + "\n";
  if (!basis.empty()) {
    out += "  " + Colored(std::string(kBasis.in(style.language)) + ": " + basis, "2", style) + "\n";
  }
  return out;
}

std::string RuleTable(const evidence::CaseConformance& conformance, const TextStyle& style) {
  std::string out;
  for (const procedure::Rule& rule : conformance.judged_by()->rules) {
    out += RuleHeading(rule, style);
    procedure::RuleVerdict none;
    bool any = false;
    for (const procedure::RuleVerdict& verdict : conformance.judgement.rules) {
      if (verdict.rule != rule.id) continue;
      out += RuleLine(verdict, InstanceName(verdict, style.language), style);
      any = true;
    }
    if (!any) out += RuleLine(none, "", style);
  }
  out += "\n";
  for (const procedure::CheckVerdict& check : conformance.judgement.checks) {
    out += CheckLineOf(check, style);
  }
  return out;
}

// Numbers under their headings, right-aligned.
constexpr std::array kColumns = {Outcome::kPass, Outcome::kFail, Outcome::kPending,
                                 Outcome::kUnknown, Outcome::kNotApplicable};
constexpr std::size_t kColumnWidth = 14;

std::string RightAligned(std::string_view text) {
  const std::size_t gap = text.size() < kColumnWidth ? kColumnWidth - text.size() : 1;
  return std::string(gap, ' ') + std::string(text);
}

std::string CountsRow(const evidence::OutcomeCounts& counts) {
  std::string out;
  for (const Outcome outcome : kColumns) out += RightAligned(std::to_string(counts[outcome]));
  return out;
}

std::string HeadingRow(const TextStyle& style) {
  std::string out = "  " + Padded(kRule.in(style.language), 24);
  for (const Outcome outcome : kColumns) {
    out += RightAligned(outcome == Outcome::kNotApplicable
                            ? std::string_view("-")
                            : StyleOf(outcome).label.in(style.language));
  }
  return out + "\n";
}

std::string ProcedureTable(const evidence::PublishedVersion& version,
                           const evidence::LogConformance::Procedure& procedure, Rows rows,
                           const TextStyle& style) {
  std::string out =
      Line(kProcedure.in(style.language), "2", "",
           ProcedureName(version, style.language) + ": " + std::to_string(procedure.cases) + " " +
               std::string((procedure.cases == 1 ? kCase : kCases).in(style.language)),
           style) +
      HeadingRow(style);
  for (std::size_t i = 0; i < procedure.rules.size(); ++i) {
    const procedure::Rule& rule = procedure.definition->definition->rules[i];
    if (rows == Rows::kAll) out += RuleHeading(rule, style);
    out += "  " + Padded(Displayable(rule.id), 24) + CountsRow(procedure.rules[i]) + "\n";
  }
  for (const auto& [id, counts] : procedure.checks) {
    out += "  " + Padded(Displayable(id), 24) + CountsRow(counts) + "\n";
  }
  return out;
}

std::string AndMore(std::size_t shown, std::size_t all, const TextStyle& style) {
  if (shown >= all) return {};
  return Line("", "2", Filled(kMore.in(style.language), {std::to_string(all - shown)}), "", style);
}

std::string NotedCases(const std::vector<evidence::NotedCase>& cases, Outcome outcome,
                       const TextStyle& style) {
  const std::size_t shown =
      style.detail == Detail::kVerbose ? cases.size() : std::min(cases.size(), kShownCases);
  const OutcomeStyle label = StyleOf(outcome);
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    std::string what = Sentence(cases[i].why_not, style.language);
    for (const std::string& rule : cases[i].rules) Append(what, Displayable(rule));
    for (const std::string& check : cases[i].checks) Append(what, Displayable(check));
    out += Line(label.label.in(style.language), label.color, Displayable(cases[i].stream) + " ",
                what, style);
  }
  return out + AndMore(shown, cases.size(), style);
}

}  // namespace

std::string ProcedureName(const evidence::PublishedVersion& version, Language language) {
  return Displayable(version.procedure) + " " + Displayable(version.version) + ", " +
         std::string(kEntry.in(language)) + " " + std::to_string(version.entry);
}

std::string Sentence(const procedure::Words& words, Language language) {
  return Displayable(language == Language::kIndonesian ? words.id : words.en);
}

std::string CaseConformanceText(const evidence::CaseConformance& conformance, Rows rows,
                                const TextStyle& style) {
  const procedure::Judgement& judgement = conformance.judgement;
  if (!judgement.judged) {
    return Line(StyleOf(Outcome::kUnknown).label.in(style.language), "33",
                std::string(kProcedure.in(style.language)) + " ",
                Sentence(judgement.why_not, style.language), style);
  }
  const std::string name =
      Line(kProcedure.in(style.language), "2", "",
           ProcedureName(evidence::VersionOf(judgement), style.language), style) +
      Voided(judgement.voided, style);
  if (rows == Rows::kAll && conformance.judged_by() != nullptr)
    return name + RuleTable(conformance, style);
  return name + Undecided(judgement, style);
}

std::string LogConformanceText(const evidence::LogConformance& conformance, Rows rows,
                               const TextStyle& style) {
  std::string out = NotedCases(conformance.broken(), Outcome::kFail, style) +
                    NotedCases(conformance.not_judged(), Outcome::kUnknown, style);
  for (const auto& [version, procedure] : conformance.procedures()) {
    out += ProcedureTable(version, procedure, rows, style);
  }
  if (!conformance.any_unknown()) return out;
  const OutcomeStyle unknown = StyleOf(Outcome::kUnknown);
  return out + Line(unknown.label.in(style.language), unknown.color, "",
                    std::string(kNeedsContents.in(style.language)), style);
}

}  // namespace jejak::verifier
