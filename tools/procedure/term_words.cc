// SPDX-License-Identifier: Apache-2.0
//
// The values of a rule in words.
#include <algorithm>

#include "tools/procedure/duty_speech.h"

namespace jejak::guide {

using procedure::Attribute;
using procedure::Closed;
using procedure::Declaration;
using procedure::Term;

const std::vector<std::string>& DutySpeech::TypesOf(int name) const {
  static const std::vector<std::string> kAny;
  if (name == procedure::kCandidate) return candidate_ == nullptr ? kAny : candidate_->types;
  const auto found = selected_.find(name);
  if (found == selected_.end()) return kAny;
  return naming_.definition().selectors[found->second->closed].types;
}

// "that *Summons*" where only one name of the duty is of that type; else its name, as the list of
// what is looked at introduces it.
std::string DutySpeech::Reference(int name) const {
  if (items_.contains(name)) return voice_.Say("butir itu", "that entry");
  const std::vector<std::string>& types = TypesOf(name);
  const bool shared = std::any_of(selected_.begin(), selected_.end(), [&](const auto& other) {
    return other.first != name && TypesOf(other.first) == types;
  });
  const bool each = duty_.each && name == 0;
  if (types.size() == 1 && (!shared || each)) {
    const std::string title = naming_.Type(types.front());
    return voice_.Say(title + " itu", "that " + title);
  }
  if (each) return voice_.Say("langkah itu", "that step");
  return voice_.Bold(duty_.names[static_cast<std::size_t>(name)]);
}

const Declaration* DutySpeech::DeclarationOf(const Term& term) const {
  const Declaration* at = nullptr;
  std::size_t step = 0;
  if (const auto item = items_.find(term.name); item != items_.end()) {
    at = item->second;
  } else if (!term.path.empty()) {
    for (const std::string& type : TypesOf(term.name)) {
      const procedure::ActionType* action = naming_.definition().FindAction(type);
      if (action == nullptr) continue;
      const auto found = action->fields.find(term.path[0]);
      if (found != action->fields.end()) at = &found->second;
    }
    step = 1;
  }
  for (; at != nullptr && step < term.path.size(); ++step) {
    const auto member = at->fields.find(term.path[step]);
    at = member == at->fields.end() ? nullptr : &member->second;
  }
  return at;
}

Meaning DutySpeech::AttributeMeaning(Attribute attribute) const {
  switch (attribute) {
    case Attribute::kDate:
    case Attribute::kAt:
    case Attribute::kEntered:
      return {Meaning::Kind::kDate, "", 0};
    case Attribute::kType:
      return {Meaning::Kind::kType, "", 0};
    case Attribute::kRoles:
      return {Meaning::Kind::kRole, "", 0};
    case Attribute::kState:
      return {Meaning::Kind::kState, "", duty_.scope.value_or(0)};
    default:
      return {};
  }
}

Meaning DutySpeech::MeaningOf(const Term& term) const {
  if (term.kind == Term::Kind::kAttribute) return AttributeMeaning(term.attribute);
  if (term.kind != Term::Kind::kField) return {};
  const Declaration* declaration = DeclarationOf(term);
  return declaration == nullptr ? Meaning() : Naming::MeaningOf(*declaration);
}

Meaning DutySpeech::MeaningOf(const Term& one, const Term& other) const {
  const Meaning meaning = MeaningOf(one);
  return meaning.kind == Meaning::Kind::kPlain ? MeaningOf(other) : meaning;
}

std::string DutySpeech::FieldOf(const Term& term) const {
  const std::vector<std::string>& types = TypesOf(term.name);
  const std::string type = types.empty() ? "" : types.front();
  if (term.path.empty()) return Reference(term.name);
  const std::string word = naming_.Field(type, term.path);
  if (term.name == procedure::kCandidate) return voice_.Say(word + "-nya", "its " + word);
  const std::string of = Reference(term.name);
  return voice_.Say(word + " pada " + of, "the " + word + " of " + of);
}

std::string DutySpeech::OwnAttribute(Attribute attribute) const {
  switch (attribute) {
    case Attribute::kDate:
      return voice_.Say("tanggalnya", "its date");
    case Attribute::kAt:
      return voice_.Say("waktunya", "its time");
    case Attribute::kEntered:
      return voice_.Say("saat pencatatannya", "the time of its entry");
    case Attribute::kType:
      return voice_.Say("langkahnya", "the step");
    case Attribute::kState:
      return voice_.Say("status sebelumnya", "the state just before it");
    case Attribute::kRoles:
      return voice_.Say("peran penanda tangannya", "the roles of its signers");
    case Attribute::kSigners:
      return voice_.Say("kunci penanda tangannya", "the keys of its signers");
    case Attribute::kHolders:
      return voice_.Say("penanda tangannya", "its signers");
    case Attribute::kUnits:
      return voice_.Say("unit penanda tangannya", "the units of its signers");
    case Attribute::kParties:
      return voice_.Say("pihak yang menandatanganinya", "the parties who signed it");
  }
  return {};
}

std::string DutySpeech::AttributeOf(const Term& term) const {
  const std::string role =
      term.role.empty() ? ""
                        : voice_.Say(" sebagai ", " as ") + voice_.Name(naming_.Role(term.role));
  if (term.name == procedure::kCandidate) return OwnAttribute(term.attribute) + role;
  const std::string of = Reference(term.name);
  switch (term.attribute) {
    case Attribute::kDate:
      return voice_.Say("tanggal " + of, "the date of " + of);
    case Attribute::kAt:
      return voice_.Say("waktu " + of, "the time of " + of);
    case Attribute::kEntered:
      return voice_.Say("saat " + of + " masuk ke log", "the time when " + of + " was logged");
    case Attribute::kType:
      return voice_.Say("jenis " + of, "the kind of " + of);
    case Attribute::kState:
      return voice_.Say("status tepat sebelum " + of, "the state just before " + of);
    case Attribute::kRoles:
      return voice_.Say("peran para penanda tangan " + of,
                        "the roles in which " + of + " is signed");
    case Attribute::kSigners:
      return voice_.Say("kunci yang menandatangani " + of + role,
                        "the keys that signed " + of + role);
    case Attribute::kHolders:
      return voice_.Say("orang yang menandatangani " + of + role,
                        "the people who signed " + of + role);
    case Attribute::kUnits:
      return voice_.Say("unit para penanda tangan " + of + role,
                        "the units of those who signed " + of + role);
    case Attribute::kParties:
      return voice_.Say("pihak yang menandatangani " + of + role,
                        "the parties who signed " + of + role);
  }
  return {};
}

std::string DutySpeech::Instance() const {
  if (!duty_.scope) return voice_.Say("perkara ini", "this case");
  const std::string track = naming_.Track(*duty_.scope);
  return voice_.Say(track + " yang bersangkutan", "the " + track + " concerned");
}

std::string DutySpeech::Of(const Term& term, const Meaning& meaning) const {
  switch (term.kind) {
    case Term::Kind::kLiteral:
      return naming_.Value(term.literal, meaning);
    case Term::Kind::kField:
      return FieldOf(term);
    case Term::Kind::kAttribute:
      return AttributeOf(term);
    case Term::Kind::kKey:
      return Instance();
    case Term::Kind::kList:
      break;
  }
  std::vector<std::string> items;
  for (const Term& item : term.items) items.push_back(Of(item, meaning));
  return voice_.And(items);
}

// A constant list as its members joined by "or"; another value as it is.
std::string DutySpeech::AnyOf(const Term& term, const Meaning& meaning) const {
  if (term.kind != Term::Kind::kLiteral || term.literal.kind != procedure::Datum::Kind::kList)
    return Of(term, meaning);
  std::vector<std::string> values;
  for (const procedure::Datum& value : term.literal.items)
    values.push_back(naming_.Value(value, meaning));
  return voice_.Or(values);
}

std::string DutySpeech::Period(const procedure::Span& span) const {
  const std::string unit =
      span.unit.kind == Term::Kind::kLiteral ? span.unit.literal.text : Of(span.unit);
  if (!span.max) return voice_.Unit(unit);
  if (span.max->kind == Term::Kind::kLiteral) return voice_.Amount(span.max->literal.integer, unit);
  return Of(*span.max) + " " + voice_.Unit(unit);
}

}  // namespace jejak::guide
