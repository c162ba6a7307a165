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

Sheet& Sheet::Say(Wording wording) { return Text(In(wording)); }

Sheet& Sheet::Say(Wording pattern, std::initializer_list<std::string> values) {
  return Text(Filled(In(pattern), values));
}

Sheet& Sheet::Heading(Wording wording) { return Raw("<h2>").Say(wording).Raw("</h2>\n"); }

Sheet& Sheet::Term(Wording wording) { return Raw("<dt>").Say(wording).Raw("</dt>"); }

Sheet& Sheet::Badge(procedure::Outcome outcome) {
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
  return Say(OutcomeWording(outcome)).Raw("</span>");
}

Sheet& Sheet::EntryAnchor(std::uint64_t entry) {
  Raw(language == Language::kIndonesian ? Literal("id-") : Literal("en-"));
  out.Number(static_cast<std::int64_t>(entry));
  return *this;
}

Sheet& Sheet::EntryLink(std::uint64_t entry) {
  const ActDays* listed = days.OfEntry(entry);
  const bool links =
      listed != nullptr && static_cast<std::size_t>(listed - days.acts().data()) < kMaxListed;
  if (links) Raw("<a href=\"#").EntryAnchor(entry).Raw("\">");
  out.Number(static_cast<std::int64_t>(entry));
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

}  // namespace jejak::presentation
