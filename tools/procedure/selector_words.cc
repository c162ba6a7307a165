// SPDX-License-Identifier: Apache-2.0
//
// Which actions a rule looks at, in words.
#include "tools/procedure/duty_speech.h"

namespace jejak::guide {

using procedure::Closed;
using procedure::Pick;
using procedure::Selector;

std::string DutySpeech::Types(const Closed& closed, Article article) const {
  if (closed.any_type)
    return voice_.Say("langkah apa pun",
                      article == Article::kNone ? "step, whatever it is" : "any step");
  std::vector<std::string> titles;
  for (const std::string& type : closed.types) {
    const std::string title = naming_.Type(type);
    const bool with = !voice_.indonesian() && article == Article::kIndefinite;
    titles.push_back(with ? WithArticle(naming_.Title(type), title) : title);
  }
  return voice_.Or(titles);
}

std::string DutySpeech::Place(const Selector& selector) const {
  std::vector<std::string> sides;
  if (selector.after)
    sides.push_back(voice_.Say("sesudah ", "after ") + Reference(*selector.after));
  if (selector.before)
    sides.push_back(voice_.Say("sebelum ", "before ") + Reference(*selector.before));
  return sides.empty() ? "" : voice_.Say("dicatat ", "logged ") + voice_.And(sides);
}

std::vector<std::string> DutySpeech::Modifiers(const Selector& selector, bool with_place) {
  const Closed& closed = naming_.definition().selectors[selector.closed];
  const Closed* outer = candidate_;
  candidate_ = &closed;
  std::vector<std::string> modifiers;
  std::vector<std::string> with;
  for (const auto& [path, term] : closed.with) {
    procedure::Term field;
    field.kind = procedure::Term::Kind::kField;
    field.path = path;
    const std::string word = naming_.Field(closed.types.empty() ? "" : closed.types.front(), path);
    const std::string value = Of(term, MeaningOf(field));
    with.push_back(voice_.Say(word + "-nya " + value, "whose " + word + " is " + value));
  }
  if (!with.empty()) modifiers.push_back(voice_.And(with));
  for (const procedure::Expression& where : closed.where)
    modifiers.push_back(voice_.Say("memenuhi (", "provided that (") + Inline(Say(where)) + ")");
  candidate_ = outer;
  if (const std::string place = Place(selector); with_place && !place.empty())
    modifiers.push_back(place);
  if (selector.segment) {
    modifiers.push_back(voice_.Say("dalam babak yang sama dengan ", "in the same segment as ") +
                        Reference(*selector.segment));
  }
  return modifiers;
}

std::string DutySpeech::Select(const Selector& selector, Article article, bool with_place) {
  const Closed& closed = naming_.definition().selectors[selector.closed];
  const std::string modifiers = Join(Modifiers(selector, with_place), ", ");
  if (modifiers.empty()) return Types(closed, article);
  return Types(closed, article) + voice_.Say(" yang ", " ") + modifiers;
}

// "the last *Summons* logged before …".
std::string DutySpeech::Nth(const Selector& selector, bool last) {
  const Closed& closed = naming_.definition().selectors[selector.closed];
  const std::string modifiers = Join(Modifiers(selector, true), ", ");
  const std::string types = Types(closed, Article::kNone);
  const std::string text = voice_.Say(types + (last ? " terakhir" : " pertama"),
                                      (last ? "the last " : "the first ") + types);
  return modifiers.empty() ? text : text + voice_.Say(" yang ", " ") + modifiers;
}

Clause DutySpeech::Picked(const Pick& pick) {
  std::string text = Nth(pick.selector, pick.last);
  const std::string name = Reference(pick.name);
  const std::string label = voice_.Bold(duty_.names[static_cast<std::size_t>(pick.name)]);
  if (name == label) text += voice_.Say(" (disebut ", " (called ") + label + ")";
  return Clause(text);
}

}  // namespace jejak::guide
