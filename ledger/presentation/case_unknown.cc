// SPDX-License-Identifier: Apache-2.0
//
// What a page can't tell: verdicts for want of contents, contents that are absent or stayed sealed.
#include <string>
#include <utility>
#include <vector>

#include "ledger/presentation/case_sheet.h"

namespace jejak::presentation {
namespace {

using json::Value;

// Adds the pointers of values that are sealed and whose opening isn't at hand. Bodies are at most
// 16 deep (json.h), so this recursion ends.
void FindSealed(const Value& value, const std::string& pointer, const procedure::Act& act,
                std::vector<std::string>& sealed) {
  if (value.is_object() && value.Find("$sealed") != nullptr) {
    for (const procedure::OpenedField& opened : act.opened) {
      if (opened.pointer == pointer) return;
    }
    sealed.push_back(pointer);
    return;
  }
  for (const json::Member& member : value.members()) {
    FindSealed(member.value, pointer + "/" + member.name, act, sealed);
  }
  std::size_t number = 0;
  for (const Value& item : value.items()) {
    FindSealed(item, pointer + "/" + std::to_string(number++), act, sealed);
  }
}

void SealedItem(Sheet& sheet, const procedure::Act& act) {
  std::vector<std::string> sealed;
  if (act.body_state == procedure::BodyState::kPresent) FindSealed(act.body, "", act, sealed);
  const bool absent = act.body_state == procedure::BodyState::kAbsent;
  const bool unfit = act.body_state == procedure::BodyState::kUnfit;
  if (sealed.empty() && !absent && !unfit) return;
  sheet.Raw("<li>").Say(Phrase("case.entry")).Raw(" ").EntryLink(act.index).Raw(", ");
  sheet.Say(TypeWording(sheet.view.definition, act.type)).Raw(": ");
  if (absent) sheet.Say(Phrase("case.contents_absent"));
  if (unfit) sheet.Say(Phrase("case.contents_unreadable"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    if (i == 0) sheet.Say(Phrase("case.still_sealed")).Raw(" <code>");
    if (i > 0) sheet.Raw(", ");
    sheet.Text(sealed[i]);
  }
  if (!sealed.empty()) sheet.Raw("</code>");
  sheet.Raw("</li>\n");
}

void UnknownItem(Sheet& sheet, const procedure::RuleVerdict& verdict) {
  sheet.Raw("<li><b>").Text(verdict.rule).Raw("</b> ").Say(TrackWording(verdict.scope)).Raw(" ");
  sheet.Instance(verdict.instance).Raw(": ").Say(WordingOf(verdict.detail)).Raw("</li>\n");
}

void UnknownItems(Sheet& sheet) {
  if (!Judged(sheet.view)) return;
  std::size_t listed = 0;
  for (const procedure::RuleVerdict& verdict : sheet.view.judgement->rules) {
    if (verdict.outcome != procedure::Outcome::kUnknown) continue;
    if (++listed > kMaxListed) return;
    UnknownItem(sheet, verdict);
  }
}

}  // namespace

void WriteUnknown(Sheet& sheet, const HtmlWriter& more) {
  sheet.Heading(Phrase("case.unknown_and_sealed"));
  HtmlWriter before = std::exchange(sheet.out, {});
  UnknownItems(sheet);
  const std::vector<ActDays>& acts = sheet.days.acts();
  for (std::size_t i = 0; i < acts.size() && i < kMaxListed; ++i) SealedItem(sheet, *acts[i].act);
  sheet.out.Add(more);
  const HtmlWriter items = std::exchange(sheet.out, std::move(before));
  if (items.empty()) {
    sheet.Raw("<p>").Say(Phrase("case.nothing")).Raw("</p>\n");
    return;
  }
  sheet.Raw("<ul>\n");
  sheet.out.Add(items);
  sheet.Raw("</ul>\n");
}

}  // namespace jejak::presentation
