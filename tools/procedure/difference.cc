// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/difference.h"

#include <algorithm>
#include <map>

namespace jejak::guide {
namespace {

using Key = std::pair<std::string, std::string>;
using Facts = std::vector<std::pair<std::string, std::string>>;

std::string Find(const Facts& facts, const std::string& name) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const auto& fact) { return fact.first == name; });
  return found == facts.end() ? "" : found->second;
}

std::vector<Change::Fact> CompareFacts(const Facts& before, const Facts& after) {
  std::vector<Change::Fact> changed;
  for (const auto& [name, text] : after) {
    if (std::string old = Find(before, name); old != text)
      changed.push_back({name, std::move(old), text});
  }
  for (const auto& [name, text] : before) {
    const bool gone = std::none_of(after.begin(), after.end(),
                                   [&](const auto& fact) { return fact.first == name; });
    if (gone && !text.empty()) changed.push_back({name, text, ""});
  }
  return changed;
}

std::map<Key, const Subject*> Index(const std::vector<Subject>& subjects) {
  std::map<Key, const Subject*> index;
  for (const Subject& subject : subjects) index[{subject.kind, subject.id}] = &subject;
  return index;
}

std::string Line(const Change& change) {
  const char* mark = change.kind == Change::Kind::kAdded     ? "+ "
                     : change.kind == Change::Kind::kRemoved ? "- "
                                                             : "~ ";
  const Subject& subject = change.subject;
  return mark + subject.kind + (subject.id.empty() ? "" : " " + subject.id) +
         (subject.title.empty() ? "" : " " + subject.title) + "\n";
}

// A fact of several lines, as a list has them, in one.
std::string OneLine(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

std::vector<Change> Compare(const std::vector<Subject>& before, const std::vector<Subject>& after) {
  const auto old = Index(before);
  const auto now = Index(after);
  std::vector<Change> changes;
  for (const Subject& subject : after) {
    const auto found = old.find({subject.kind, subject.id});
    if (found == old.end()) {
      changes.push_back({Change::Kind::kAdded, subject, CompareFacts({}, subject.facts)});
    } else if (found->second->source != subject.source) {
      changes.push_back(
          {Change::Kind::kChanged, subject, CompareFacts(found->second->facts, subject.facts)});
    }
  }
  for (const Subject& subject : before) {
    if (!now.contains({subject.kind, subject.id}))
      changes.push_back({Change::Kind::kRemoved, subject, {}});
  }
  return changes;
}

std::string Difference(const Document& before, const Document& after, const Glossary& glossary,
                       Voice voice) {
  const Naming old(before.definition, glossary, voice);
  const Naming now(after.definition, glossary, voice);
  const std::string none = voice.Say("(tidak ada)", "(none)");
  std::string text =
      before.definition.id + " " + before.definition.version + " → " +
      (before.definition.id == after.definition.id ? "" : after.definition.id + " ") +
      after.definition.version + "\n";
  const std::vector<Change> changes = Compare(Subjects(before, old), Subjects(after, now));
  if (changes.empty()) return text + voice.Say("Tidak ada yang berubah.\n", "Nothing changed.\n");
  for (const Change& change : changes) {
    text += Line(change);
    for (const Change::Fact& fact : change.facts) {
      const std::string to = fact.after.empty() ? none : OneLine(fact.after);
      const std::string from = fact.before.empty() ? none : OneLine(fact.before);
      text += "    " + fact.name + ": " +
              (change.kind == Change::Kind::kAdded ? to : from + " → " + to) + "\n";
    }
    if (change.kind == Change::Kind::kChanged && change.facts.empty())
      text += voice.Say("    hanya penulisannya\n", "    in its form only\n");
  }
  return text;
}

}  // namespace jejak::guide
