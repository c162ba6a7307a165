// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/case_sheet.h"

#include <algorithm>

namespace jejak::presentation {

bool Judged(const CaseView& view) {
  return view.intact && view.judgement != nullptr && view.judgement->judged;
}

Sheet& Sheet::Raw(Literal markup) {
  out.Raw(markup);
  return *this;
}

Sheet& Sheet::Text(std::string_view text) {
  out.Text(text);
  return *this;
}

Sheet& Sheet::Number(std::uint64_t number) {
  out.Number(static_cast<std::int64_t>(number));
  return *this;
}

Sheet& Sheet::Say(Wording wording) { return Text(In(wording)); }

Sheet& Sheet::Say(Wording pattern, std::initializer_list<std::string> values) {
  return Text(Filled(In(pattern), values));
}

Sheet& Sheet::Heading(Wording wording) { return Raw("<h2>").Say(wording).Raw("</h2>\n"); }

Sheet& Sheet::Term(Wording wording) { return Raw("<dt>").Say(wording).Raw("</dt>"); }

Sheet& Sheet::Cell(Wording name, std::string_view value) {
  return Raw("<td data-is=\"").Say(name).Raw("\">").Text(value).Raw("</td>");
}

Sheet& Sheet::BeginVerdict(Wording what, const Headline& headline) {
  switch (headline.sign) {
    case Sign::kGood:
      Raw("<div class=\"verdict good\">");
      break;
    case Sign::kBad:
      Raw("<div class=\"verdict bad\">");
      break;
    case Sign::kOpen:
      Raw("<div class=\"verdict open\">");
      break;
  }
  Raw("<span class=\"what\">").Say(what).Raw("</span><b>").Say(headline.words);
  return Raw("</b>");
}

Sheet& Sheet::Badge(procedure::Outcome outcome) { return Badge(outcome, OutcomeWording(outcome)); }

Sheet& Sheet::Badge(procedure::Outcome outcome, Wording words) {
  switch (outcome) {
    case procedure::Outcome::kPass:
      Raw("<span class=\"badge good\">✔ ");
      break;
    case procedure::Outcome::kFail:
      Raw("<span class=\"badge bad\">✘ ");
      break;
    case procedure::Outcome::kPending:
      Raw("<span class=\"badge open\">… ");
      break;
    case procedure::Outcome::kUnknown:
      Raw("<span class=\"badge open\">? ");
      break;
    case procedure::Outcome::kNotApplicable:
      Raw("<span class=\"badge none\">– ");
      break;
  }
  return Say(words).Raw("</span>");
}

Sheet& Sheet::EntryAnchor(std::uint64_t entry) {
  Raw(language == Language::kIndonesian ? Literal("id-") : Literal("en-"));
  return Number(entry);
}

Sheet& Sheet::EntryLink(std::uint64_t entry) {
  const ActDays* listed = days.OfEntry(entry);
  const bool links =
      listed != nullptr && static_cast<std::size_t>(listed - days.acts().data()) < kMaxListed;
  if (links) Raw("<a href=\"#").EntryAnchor(entry).Raw("\">");
  Number(entry);
  return links ? Raw("</a>") : *this;
}

Sheet& Sheet::Entries(std::span<const std::uint64_t> entries) {
  const std::size_t shown = std::min(entries.size(), view.most_entries);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) Raw(", ");
    EntryLink(entries[i]);
  }
  return shown < entries.size() ? Raw(" …") : *this;
}

std::string RuleTitle(const Sheet& sheet, const procedure::Rule& rule) {
  const std::string title(sheet.In(WordingOf(rule.title)));
  return sheet.view.rule_ids ? rule.id + " " + title : title;
}

Sheet& Sheet::Instance(std::string_view name) {
  return name == "?" ? Say(Phrase("case.unreadable_name")) : Text(name);
}

}  // namespace jejak::presentation
