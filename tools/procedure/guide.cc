// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/guide.h"

#include <algorithm>

#include "tools/procedure/action_words.h"
#include "tools/procedure/duty_speech.h"

namespace jejak::guide {
namespace {

using procedure::ActionType;
using procedure::Duty;
using procedure::Rule;

// Anyone may do it at any time, and nothing about it is said but its fields.
bool Plain(const ActionType& action) {
  return !action.track && action.roles.empty() && action.requires_groups.empty() &&
         action.min_signers < 2 && !action.deadline && !action.must_be_after;
}

std::string FieldTable(const Naming& naming, const ActionType& action,
                       const json::Value* declared) {
  const Voice& voice = naming.voice();
  const std::vector<FieldRow> rows = FieldRows(naming, action, declared);
  if (rows.empty()) return voice.Say("Tanpa isi.\n\n", "It has no contents.\n\n");
  std::string text = TableHead({voice.Say("isi", "contents"), voice.Say("kolom", "field"),
                                voice.Say("jenis", "kind"), voice.Say("ketentuan", "demanded"),
                                voice.Say("dapat dibaca", "readable by")});
  for (const FieldRow& row : rows)
    text += TableRow({row.word, "`" + row.name + "`", row.kind, row.duty, row.reader});
  return text + "\n";
}

// A definition of nothing but plain actions, of a system that records without rules about who.
std::string PlainActions(const Document& document, const Naming& naming) {
  const Voice& voice = naming.voice();
  std::string text = voice.Say(
      "Setiap langkah boleh dilakukan siapa pun, kapan pun; urutannya hanya dinilai oleh "
      "aturan.\n\n",
      "Any step may be done by anyone at any time; only the rules judge their order.\n\n");
  text += TableHead({voice.Say("langkah", "step"), voice.Say("nama di log", "name in the log")});
  for (const ActionType& action : document.definition.actions)
    text += TableRow({voice.Of(action.title), "`" + action.type + "`"});
  const ActionType& first = document.definition.actions.front();
  return text + voice.Say("\nIsi setiap langkah:\n\n", "\nThe contents of each step:\n\n") +
         FieldTable(naming, first, document.Member("actions", 0, "fields"));
}

std::string Severity(const Voice& voice, const std::string& severity) {
  if (severity == "C")
    return voice.Say("Berat: bila dilanggar, hasil perkara tidak dapat diandalkan",
                     "Serious: if broken, the outcome is not safe");
  return voice.Say("Pelanggaran tata cara", "Breach of procedure");
}

// What it takes to check a rule: "P" public entries, "S" contents that are sealed.
std::string Checkable(const Voice& voice, const std::string& check) {
  if (check == "P")
    return voice.Say("Dapat diperiksa siapa pun dari catatan publik",
                     "Anyone can check it from public entries");
  if (check == "S")
    return voice.Say("Hanya dapat diperiksa dengan isi yang disegel",
                     "It can only be checked with sealed contents");
  return voice.Say("Sebagian dapat diperiksa siapa pun, sebagian dengan isi yang disegel",
                   "Part of it anyone can check, part needs sealed contents");
}

std::string OneRule(const Rule& rule, const Naming& naming) {
  const Voice& voice = naming.voice();
  std::string text = "### " + rule.id + ". " + voice.Of(rule.title) + "\n\n" +
                     Severity(voice, rule.severity) + ". " + voice.Say("Sumber: ", "Source: ") +
                     voice.Source(rule.source) + ". " + voice.Say("Dasar: ", "Basis: ") +
                     Join(rule.basis, "; ") + ". " + Checkable(voice, rule.check) + ".\n\n";
  for (const Duty& duty : rule.duties) {
    DutySpeech speech(naming, duty);
    text += "**" + voice.Of(duty.says) + "** (`" + rule.id + "." + duty.id + "`, " +
            voice.Say("dinilai ", "judged ") + speech.ScopeWords() + ")\n\n";
    Clause condition = speech.Condition();
    if (condition.leaf()) condition.text += ".";
    text += Bullets(condition) + "\n";
  }
  return text;
}

std::string Zone(const procedure::Definition& definition, const Voice& voice) {
  const auto offset = [](int minutes) {
    return FormatAt(UnixSeconds{0}, minutes).substr(std::string("1970-01-01T00:00:00").size());
  };
  if (definition.zone.size() == 1)
    return voice.Say("Tanggal dihitung menurut waktu UTC", "Dates count in the time zone UTC") +
           offset(definition.zone.front().second);
  std::vector<int> minutes;
  for (const auto& [from, zone] : definition.zone) minutes.push_back(zone);
  const auto [least, most] = std::minmax_element(minutes.begin(), minutes.end());
  const std::string range = offset(*least) + voice.Say(" sampai UTC", " to UTC") + offset(*most);
  return voice.Say("Tanggal dihitung menurut waktu setempat, UTC" + range,
                   "Dates count in local time, UTC" + range);
}

}  // namespace

std::string TableRow(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) row += " " + cell + " |";
  return row + "\n";
}

std::string TableHead(const std::vector<std::string>& cells) {
  std::string rule = "|";
  for (std::size_t i = 0; i < cells.size(); ++i) rule += "---|";
  return TableRow(cells) + rule + "\n";
}

std::string ActionSection(const Document& document, const Naming& naming) {
  const Voice& voice = naming.voice();
  std::string text = "## " + voice.Say("Langkah", "Steps") + "\n\n";
  const std::vector<ActionType>& actions = document.definition.actions;
  if (!actions.empty() && std::all_of(actions.begin(), actions.end(), Plain))
    return text + PlainActions(document, naming);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    text += "### " + voice.Of(actions[i].title) + " (`" + actions[i].type + "`)\n\n" +
            ActionWords(naming, actions[i]).Paragraph() + "\n\n" +
            FieldTable(naming, actions[i], document.Member("actions", i, "fields"));
  }
  return text;
}

std::string RuleSection(const Document& document, const Naming& naming) {
  std::string text = "## " + naming.voice().Say("Aturan", "Rules") + "\n\n";
  for (const Rule& rule : document.definition.rules) text += OneRule(rule, naming);
  return text;
}

std::string Guide(const Document& document, const Glossary& glossary, Voice voice,
                  const std::vector<std::string>& pictures) {
  const procedure::Definition& definition = document.definition;
  const Naming naming(definition, glossary, voice);
  std::string text =
      "# " + voice.Of(definition.title) + "\n\n" + voice.Say("Prosedur `", "Procedure `") +
      definition.id + voice.Say("`, versi ", "`, version ") + definition.version + ". " +
      voice.Say("Sumber: ", "Source: ") + definition.source + "\n\n" + Zone(definition, voice) +
      voice.Say("; hari kerja menurut kalender `", "; working days by the calendar `") +
      definition.calendar.substr(definition.calendar.find('/') + 1) + "`.\n\n";
  return text + ParameterSection(document, naming) + StateSection(document, naming, pictures) +
         ActionSection(document, naming) + RuleSection(document, naming) +
         TableSection(document, naming) + ListSection(document, naming);
}

}  // namespace jejak::guide
