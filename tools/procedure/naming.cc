// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/naming.h"

#include <algorithm>

namespace jejak::guide {

using procedure::CodeName;
using procedure::Datum;
using procedure::Declaration;
using procedure::FieldType;

std::string Naming::Title(std::string_view type) const {
  if (const procedure::ActionType* action = definition_.FindAction(type))
    return voice_.Of(action->title);
  if (type == procedure::kAssent) return voice_.Say("Persetujuan", "Assent");
  if (type == procedure::kRebind) return voice_.Say("Ganti versi prosedur", "Change of version");
  if (type == procedure::kCorrect) return voice_.Say("Pembetulan", "Correction");
  if (type == procedure::kVoid) return voice_.Say("Pembatalan catatan", "Voiding of an entry");
  return std::string(type);
}

std::string Naming::State(std::size_t track, std::string_view state) const {
  const procedure::Track& of = definition_.tracks[track];
  for (const auto& [code, words] : of.states) {
    if (code == state) return voice_.Name(voice_.Of(words));
  }
  return state == of.initial ? voice_.Say("awal (belum ada langkah)", "initial (no step yet)")
                             : voice_.Literal(state);
}

std::string Naming::Role(std::string_view role) const {
  const auto found = definition_.roles.find(std::string(role));
  return found == definition_.roles.end() ? voice_.Literal(role) : voice_.Of(found->second);
}

std::string Naming::Code(std::string_view codes, std::string_view code) const {
  const auto list = definition_.codes.find(std::string(codes));
  if (list != definition_.codes.end()) {
    const auto found =
        std::find_if(list->second.begin(), list->second.end(),
                     [code](const CodeName& candidate) { return candidate.code == code; });
    if (found != list->second.end()) return voice_.Name(voice_.Of(found->words));
  }
  return voice_.Literal(code);
}

std::string Naming::Word(std::string_view key) const {
  const procedure::Words* words = glossary_.Find(key);
  const std::string_view bare = key.substr(key.find(':') + 1);
  return words != nullptr ? voice_.Of(*words) : voice_.Literal(bare);
}

std::string Naming::Track(std::size_t track) const {
  return Word("track:" + definition_.tracks[track].name);
}

std::string Naming::FieldWord(std::string_view type, const std::vector<std::string>& path) const {
  std::vector<std::string> words;
  std::string pointer;
  for (const std::string& name : path) {
    pointer += (pointer.empty() ? "" : "/") + name;
    const procedure::Words* found = glossary_.Field(type, pointer);
    if (found == nullptr) found = glossary_.Find(name);
    words.push_back(found != nullptr ? voice_.Of(*found) : name);
  }
  return Join(words, " › ");
}

std::string Naming::Field(std::string_view type, const std::vector<std::string>& path) const {
  return voice_.Quote(FieldWord(type, path));
}

std::string Naming::Text(const std::string& text, const Meaning& meaning) const {
  switch (meaning.kind) {
    case Meaning::Kind::kCode:
      return Code(meaning.codes, text);
    case Meaning::Kind::kRole:
      return voice_.Name(Role(text));
    case Meaning::Kind::kState:
      return State(meaning.track, text);
    case Meaning::Kind::kType:
      return Type(text);
    case Meaning::Kind::kDate:
      if (const Result<CivilDate> date = ParseDate(text); date.ok()) return voice_.Date(*date);
      break;
    case Meaning::Kind::kPlain:
      break;
  }
  return voice_.Literal(text);
}

std::string Naming::Value(const Datum& datum, const Meaning& meaning) const {
  switch (datum.kind) {
    case Datum::Kind::kText:
      return Text(datum.text, meaning);
    case Datum::Kind::kInteger:
      return std::to_string(datum.integer);
    case Datum::Kind::kBool:
      return voice_.Quote(datum.integer != 0 ? voice_.Say("ya", "yes") : voice_.Say("tidak", "no"));
    case Datum::Kind::kDate:
      return voice_.Date(datum.date);
    case Datum::Kind::kTime:
      return FormatTime(datum.instant);
    case Datum::Kind::kList:
    case Datum::Kind::kObject:
      break;
  }
  std::vector<std::string> items;
  for (const Datum& item : datum.items) items.push_back(Value(item, meaning));
  return voice_.And(items);
}

Meaning Naming::MeaningOf(const Declaration& declaration) {
  switch (declaration.type) {
    case FieldType::kCode:
      return {Meaning::Kind::kCode, declaration.codes, 0};
    case FieldType::kDate:
    case FieldType::kTime:
      return {Meaning::Kind::kDate, "", 0};
    case FieldType::kList:
      return declaration.of.empty() ? Meaning() : MeaningOf(declaration.of.front());
    default:
      return {};
  }
}

}  // namespace jejak::guide
