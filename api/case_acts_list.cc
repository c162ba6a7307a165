// SPDX-License-Identifier: Apache-2.0
#include "api/case_acts_list.h"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "api/body_text.h"

namespace jejak::api {
namespace {

using presentation::ActDays;
using presentation::Phrase;
using presentation::Sheet;
using procedure::Act;

class ActsWriter final {
 public:
  ActsWriter(Sheet& sheet, const ActsListSetting& setting) : sheet_(sheet), setting_(setting) {
    if (!presentation::Judged(sheet.view)) return;
    for (const procedure::CheckVerdict& check : sheet.view.judgement->checks) {
      if (check.outcome == procedure::Outcome::kFail) flagged_.insert(check.entry);
    }
  }

  void Write() {
    const std::vector<ActDays>& acts = sheet_.days.acts();
    sheet_.Raw("<ol class=\"acts\">\n");
    for (std::size_t i = 0; i < acts.size();) {
      std::size_t end = i + 1;
      while (end < acts.size() && AreOneItem(acts[i], acts[end])) ++end;
      Item(std::span(acts).subspan(i, end - i));
      i = end;
    }
    sheet_.Raw("</ol>\n");
  }

 private:
  bool AreOneItem(const ActDays& a, const ActDays& b) const {
    return presentation::ToldAsOne(a, b) && Signers(*a.act) == Signers(*b.act) &&
           (!setting_.names ||
            std::ranges::equal(a.act->by, b.act->by, {}, &procedure::SignerLine::name,
                               &procedure::SignerLine::name));
  }

  std::string UnitTitle(const std::string& unit) const {
    const registry::UnitRecord* known = setting_.administration.FindUnit(unit);
    if (known == nullptr) return unit;
    return std::string(
        sheet_.In({known->title.id, known->title.en.empty() ? known->title.id : known->title.en}));
  }

  // "Sidak team, Inspectorate; Personnel agency": role and unit of each signer, alike ones once.
  std::string Signers(const Act& act) const {
    std::vector<std::string> signers;
    for (const procedure::SignerLine& line : act.by) {
      std::string signer;
      if (line.role != "-")
        signer = sheet_.In(presentation::RoleWording(sheet_.view.definition, line.role));
      if (!line.unit.empty()) signer += (signer.empty() ? "" : ", ") + UnitTitle(line.unit);
      if (signer.empty()) signer = sheet_.In(Phrase("case.no_role"));
      if (std::ranges::find(signers, signer) == signers.end()) signers.push_back(std::move(signer));
    }
    std::string text;
    for (const std::string& signer : signers) text += (text.empty() ? "" : "; ") + signer;
    return text;
  }

  void Item(std::span<const ActDays> alike) {
    const ActDays& first = alike.front();
    const std::string day = presentation::DayText(first.day);
    sheet_.Raw("<li><h3><time datetime=\"").Text(day).Raw("\">").Text(day).Raw("</time> ");
    sheet_.Say(presentation::TypeWording(sheet_.view.definition, first.act->type));
    if (alike.size() > 1) sheet_.Text(" × " + std::to_string(alike.size()));
    sheet_.Raw("</h3>\n<p>").Say(Phrase("case.signed_by")).Raw(" ").Text(Signers(*first.act));
    const std::string since =
        first.same_day ? std::string() : presentation::SincePrevious(sheet_, first);
    if (!since.empty()) sheet_.Raw(" · ").Text(since);
    if (setting_.names) Names(*first.act);
    if (first.deadline) Deadline(*first.deadline);
    const std::vector<BodyField> shared = SharedFields(alike);
    Fields(shared);
    sheet_.Raw("</p>\n<ul>\n");
    for (const ActDays& days : alike) Line(*days.act, shared);
    sheet_.Raw("</ul></li>\n");
  }

  // Contents that several alike actions all have are told once.
  std::vector<BodyField> SharedFields(std::span<const ActDays> alike) const {
    if (alike.size() == 1) return {};
    std::vector<BodyField> shared = BodyFields(sheet_, *alike.front().act);
    for (const ActDays& days : alike.subspan(1)) {
      const std::vector<BodyField> fields = BodyFields(sheet_, *days.act);
      std::erase_if(shared, [&](const BodyField& field) {
        return std::ranges::find(fields, field) == fields.end();
      });
    }
    return shared;
  }

  void Fields(const std::vector<BodyField>& fields) {
    bool first = true;
    for (const BodyField& field : fields) {
      sheet_.Raw(std::exchange(first, false) ? presentation::Literal("<br>")
                                             : presentation::Literal("; "));
      if (!field.label.empty()) sheet_.Text(field.label).Raw(": ");
      sheet_.Text(field.text);
    }
  }

  void Deadline(const presentation::ActDeadline& deadline) {
    const bool late = deadline.state == presentation::DeadlineState::kMissed;
    sheet_.Raw(late ? presentation::Literal("<br><b class=\"late\">✘ ")
                    : presentation::Literal("<br>✔ "));
    sheet_.Text(presentation::DeadlineText(sheet_, deadline)).Raw(" (");
    sheet_.Say(Phrase("case.due_after_entry"),
               {std::to_string(deadline.says->max),
                std::string(sheet_.In(presentation::UnitWording(deadline.says->unit)))});
    sheet_.Raw(" ").EntryLink(deadline.from_entry).Raw(")");
    if (late) sheet_.Raw("</b>");
  }

  void Line(const Act& act, const std::vector<BodyField>& shared) {
    sheet_.Raw("<li id=\"").EntryAnchor(act.index).Raw("\"><b>");
    sheet_.out.Number(static_cast<std::int64_t>(act.index)).Raw("</b>");
    if (flagged_.contains(act.index))
      sheet_.Raw(" · <b>⚠ ").Say(Phrase("case.key_fault")).Raw("</b>");
    for (const std::string& about : act.about) sheet_.Raw(" · ").Text(about);
    Seen(act);
    sheet_.Raw(" · <a href=\"").Text(setting_.root).Raw("/v1/entries/");
    sheet_.out.Number(static_cast<std::int64_t>(act.index)).Raw("/proof/");
    sheet_.out.Number(static_cast<std::int64_t>(setting_.size)).Raw("\">");
    sheet_.Say(Phrase("case.proof")).Raw("</a>");
    if (presentation::Judged(sheet_.view) &&
        std::ranges::binary_search(sheet_.view.judgement->voided, act.index))
      sheet_.Raw("<br><b>").Say(Phrase("case.voided")).Raw("</b>");
    std::vector<BodyField> fields = BodyFields(sheet_, act);
    std::erase_if(fields, [&](const BodyField& field) {
      return std::ranges::find(shared, field) != shared.end();
    });
    Fields(fields);
    sheet_.Raw("</li>\n");
  }

  // Up to which action of the case the signers had seen it.
  void Seen(const Act& act) {
    if (act.seq == 0) {
      sheet_.Raw(" · ").Say(Phrase("case.opens"));
      return;
    }
    sheet_.Raw(" · ");
    if (act.position == 0 || act.position > act.seq) {
      sheet_.Say(Phrase("case.seen_nothing"));
    } else {
      sheet_.Say(Phrase("case.seen_up_to")).Raw(" ");
      sheet_.out.Number(static_cast<std::int64_t>(sheet_.view.acts[act.position - 1].index));
    }
    if (act.position < act.seq)
      sheet_.Text(", ").Say(Phrase("case.not_seen"), {std::to_string(act.seq - act.position)});
  }

  void Names(const Act& act) {
    sheet_.Raw("<br>").Say(Phrase("case.keys"));
    for (const procedure::SignerLine& line : act.by)
      sheet_.Raw(" <code>").Text(line.name).Raw("</code>");
  }

  Sheet& sheet_;
  const ActsListSetting& setting_;
  std::set<std::uint64_t> flagged_;  // entries that a structural check finds at fault
};

}  // namespace

void WriteActsList(Sheet& sheet, const ActsListSetting& setting) {
  ActsWriter(sheet, setting).Write();
}

}  // namespace jejak::api
