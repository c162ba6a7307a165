// SPDX-License-Identifier: Apache-2.0
//
// What a definition declares, as facts that two versions can be compared by.
#include <algorithm>

#include "tools/procedure/action_words.h"
#include "tools/procedure/difference.h"
#include "tools/procedure/duty_speech.h"

namespace jejak::guide {
namespace {

using procedure::ActionType;

std::string TextOf(const json::Value* value) {
  if (value == nullptr) return "";
  return value->is_string() ? value->as_string() : json::Write(*value);
}

class Collector final {
 public:
  Collector(const Document& document, const Naming& naming)
      : document_(document), naming_(naming), voice_(naming.voice()) {}

  std::vector<Subject> Collect() {
    Whole();
    Parameters();
    Roles();
    Codes();
    Tables();
    Tracks();
    for (std::size_t i = 0; i < document_.definition.actions.size(); ++i) Action(i);
    for (std::size_t i = 0; i < document_.definition.rules.size(); ++i) Rule(i);
    return std::move(subjects_);
  }

 private:
  Subject& Add(std::string kind, std::string id, const json::Value* source) {
    subjects_.push_back({std::move(kind), std::move(id), "", {}, ""});
    if (source != nullptr) subjects_.back().source = json::Write(*source);
    return subjects_.back();
  }

  void Fact(Subject& subject, std::string_view id, std::string_view en, std::string text) {
    subject.facts.emplace_back(voice_.Say(id, en), std::move(text));
  }

  // The words of a text in this language, parameters still as {name}.
  std::string Spoken(const json::Value* words) const {
    return words == nullptr ? "" : TextOf(words->Find(voice_.Say("id", "en")));
  }

  const json::Value* Top(std::string_view object, std::string_view name) const {
    const json::Value* all = document_.json.Find(object);
    return all == nullptr ? nullptr : all->Find(name);
  }

  void Whole() {
    Subject& subject = Add(voice_.Say("prosedur", "procedure"), "", nullptr);
    Fact(subject, "judul", "title", Spoken(document_.json.Find("title")));
    Fact(subject, "sumber", "source", document_.definition.source);
    Fact(subject, "kalender", "calendar", document_.definition.calendar);
    Fact(subject, "waktu setempat", "time zone", TextOf(document_.json.Find("zone")));
    std::vector<std::string> closes;
    for (const std::string& type : document_.definition.closes)
      closes.push_back(naming_.Type(type));
    Fact(subject, "menutup perkara", "closes the case", Join(closes, ", "));
    for (const auto& fact : subject.facts) subject.source += fact.second + "\n";
    subject.source += TextOf(document_.json.Find("title"));
  }

  void Parameters() {
    for (const std::string& name : document_.Names("parameters")) {
      const json::Value* value = Top("parameters", name);
      Subject& subject = Add(voice_.Say("angka", "parameter"), name, value);
      if (const auto rules = document_.RulesThatUse(name); !rules.empty())
        subject.title = voice_.Say("(aturan ", "(rules ") + Join(rules, ", ") + ")";
      Fact(subject, "nilai", "value", TextOf(value->Find("value")));
      Fact(subject, "sumber", "source", voice_.Source(TextOf(value->Find("source"))));
      Fact(subject, "dasar", "basis", TextOf(value->Find("basis")));
    }
  }

  void Roles() {
    for (const std::string& role : document_.Names("roles")) {
      const json::Value* words = Top("roles", role);
      Fact(Add(voice_.Say("peran", "role"), role, words), "sebutan", "name", Spoken(words));
    }
  }

  void Codes() {
    for (const std::string& name : document_.Names("codes")) {
      Subject& subject = Add(voice_.Say("daftar", "list"), name, Top("codes", name));
      std::vector<std::string> order;
      for (const procedure::CodeName& code : document_.definition.codes.at(name)) {
        order.push_back(code.code);
        subject.facts.emplace_back(code.code, voice_.Of(code.words));
      }
      Fact(subject, "urutan", "order", Join(order, ", "));
    }
  }

  void Tables() {
    for (const std::string& name : document_.Names("tables")) {
      const json::Value* rows = Top("tables", name);
      Subject& subject = Add(voice_.Say("tabel", "table"), name, rows);
      for (const json::Value& row : rows->items())
        subject.facts.emplace_back(voice_.Say("baris", "row") + " " + json::Write(row),
                                   voice_.Say("ada", "there"));
    }
  }

  void Tracks() {
    for (std::size_t i = 0; i < document_.definition.tracks.size(); ++i) {
      const procedure::Track& track = document_.definition.tracks[i];
      Subject& subject = Add(voice_.Say("jalur", "track"), track.name, Top("tracks", track.name));
      Fact(subject, "kunci", "key", track.by_about() ? "about" : "/" + track.key_field);
      Fact(subject, "status awal", "initial state", track.initial);
      for (const auto& [state, words] : track.states)
        Fact(subject, "status " + state, "state " + state, voice_.Of(words));
      Fact(subject, "status selesai", "final states", Join(track.final_states, ", "));
      Fact(subject, "dibuka kembali oleh", "reopened by", Join(track.reopens, ", "));
    }
  }

  void Action(std::size_t index) {
    const ActionType& action = document_.definition.actions[index];
    const json::Value* source = &document_.json.Find("actions")->items()[index];
    Subject& subject = Add(voice_.Say("langkah", "action"), action.type, source);
    subject.title = voice_.Quote(voice_.Of(action.title));
    const ActionWords words(naming_, action);
    Fact(subject, "judul", "title", voice_.Of(action.title));
    Fact(subject, "jalur", "track", action.track ? naming_.Track(*action.track) : "");
    Fact(subject, "oleh", "done by", words.Who());
    Fact(subject, "pada status", "in state", words.From());
    Fact(subject, "menjadi", "leads to", words.To());
    Fact(subject, "sesudah", "after", words.Needs());
    Fact(subject, "catatan terkini", "on the current record",
         words.on_current_record() ? voice_.Say("wajib", "required") : "");
    Fact(subject, "pihak baru", "new parties", words.Parties());
    Fact(subject, "tenggat", "deadline", words.Deadline());
    Fact(subject, "dibaca", "readable by", words.Readers());
    for (const FieldRow& row : FieldRows(naming_, action, source->Find("fields")))
      Fact(subject, "kolom " + row.name, "field " + row.name,
           row.kind + (row.duty.empty() ? "" : ", " + row.duty) +
               (row.reader.empty() ? "" : voice_.Say("; dibaca ", "; readable by ") + row.reader));
  }

  void Rule(std::size_t index) {
    const procedure::Rule& rule = document_.definition.rules[index];
    const json::Value& source = document_.json.Find("rules")->items()[index];
    Subject& subject = Add(voice_.Say("aturan", "rule"), rule.id, nullptr);
    subject.title = voice_.Quote(Spoken(source.Find("title")));
    Fact(subject, "judul", "title", Spoken(source.Find("title")));
    Fact(subject, "bobot", "severity", rule.severity);
    Fact(subject, "dapat diperiksa", "can be checked", rule.check);
    Fact(subject, "lingkup", "scope", TextOf(source.Find("scope")));
    Fact(subject, "sumber", "source", voice_.Source(rule.source));
    Fact(subject, "dasar", "basis", Join(rule.basis, "; "));
    for (const json::Member& member : source.members()) {
      if (member.name != "duties") subject.source += json::Write(member.value) + "\n";
    }
    const json::Value* duties = source.Find("duties");
    for (std::size_t i = 0; i < rule.duties.size() && duties != nullptr; ++i)
      Duty(rule, rule.duties[i], duties->items()[i]);
  }

  void Duty(const procedure::Rule& rule, const procedure::Duty& duty, const json::Value& source) {
    Subject& subject = Add(voice_.Say("kewajiban", "duty"), rule.id + "." + duty.id, &source);
    DutySpeech speech(naming_, duty);
    Fact(subject, "bunyi", "says", Spoken(source.Find("says")));
    Fact(subject, "dinilai", "judged", speech.ScopeWords());
    Fact(subject, "persisnya", "as judged", Inline(speech.Condition()));
  }

  const Document& document_;
  const Naming& naming_;
  const Voice& voice_;
  std::vector<Subject> subjects_;
};

}  // namespace

std::vector<Subject> Subjects(const Document& document, const Naming& naming) {
  return Collector(document, naming).Collect();
}

}  // namespace jejak::guide
