// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/state_graph.h"

#include <algorithm>
#include <map>

namespace jejak::guide {
namespace {

using procedure::ActionType;

constexpr std::size_t kManyStates = 3;
constexpr std::size_t kLineLength = 30;

std::size_t Letters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

void Wrap(const std::string& text, std::vector<std::string>& lines) {
  std::string line;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    const std::string word = text.substr(start, end - start);
    if (!line.empty() && Letters(line) + 1 + Letters(word) > kLineLength) {
      lines.push_back(line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    start = end + 1;
  }
  if (!line.empty()) lines.push_back(line);
}

class Builder final {
 public:
  Builder(const Naming& naming, std::size_t index)
      : naming_(naming),
        voice_(naming.voice()),
        index_(index),
        track_(naming.definition().tracks[index]) {}

  StateGraph Build() {
    graph_.title = voice_.Of(naming_.definition().title) + ": " + naming_.Track(index_);
    Node(track_.initial, voice_.Say("awal", "initial"));
    for (const auto& [state, words] : track_.states) Node(state, voice_.Of(words));
    for (const ActionType& action : naming_.definition().actions) {
      if (action.track == index_) Step(action);
    }
    for (auto& [ends, lines] : arrows_)
      graph_.arrows.push_back({ends.first, ends.second, std::move(lines)});
    return std::move(graph_);
  }

 private:
  void Node(const std::string& state, const std::string& title) {
    number_[state] = graph_.nodes.size();
    const auto& finals = track_.final_states;
    graph_.nodes.push_back(
        {title, std::find(finals.begin(), finals.end(), state) != finals.end(), {}, {}});
  }

  std::vector<std::size_t> Sources(const ActionType& action) const {
    std::vector<std::size_t> sources;
    if (action.from) {
      for (const std::string& state : *action.from) sources.push_back(number_.at(state));
      return sources;
    }
    for (std::size_t i = 1; i < graph_.nodes.size(); ++i) {
      if (!graph_.nodes[i].final) sources.push_back(i);
    }
    return sources;
  }

  // The states that the action leads to, each with the values of the field that do.
  std::map<std::size_t, std::vector<std::string>> Targets(const ActionType& action) const {
    std::map<std::size_t, std::vector<std::string>> targets;
    if (!action.to) return targets;
    if (!action.to->to.empty()) {
      targets[number_.at(action.to->to)];
      return targets;
    }
    const auto field = action.fields.find(action.to->field);
    const bool declared = field != action.fields.end();
    const Meaning meaning = declared ? Naming::MeaningOf(field->second) : Meaning();
    const bool yes_no = declared && field->second.type == procedure::FieldType::kBoolean;
    for (const auto& [value, state] : action.to->is) {
      const auto datum =
          yes_no ? procedure::Datum::Bool(value == "true") : procedure::Datum::Text(value);
      targets[number_.at(state)].push_back(naming_.Value(datum, meaning));
    }
    return targets;
  }

  std::vector<std::string> Lines(const ActionType& action,
                                 const std::vector<std::string>& values) const {
    std::vector<std::string> lines;
    Wrap(voice_.Of(action.title), lines);
    if (!values.empty())
      Wrap("[" + naming_.FieldWord(action.type, {action.to->field}) + ": " + Join(values, ", ") +
               "]",
           lines);
    if (!action.deadline) return lines;
    const ActionType::Deadline& deadline = *action.deadline;
    Wrap("≤ " + voice_.Amount(deadline.max, deadline.unit) + voice_.Say(" sesudah ", " after ") +
             naming_.Title(deadline.from),
         lines);
    return lines;
  }

  void Step(const ActionType& action) {
    const std::vector<std::size_t> sources = Sources(action);
    const auto targets = Targets(action);
    if (targets.empty()) {
      if (sources.size() <= kManyStates) Stay(action, sources);
      return;
    }
    for (const auto& [to, values] : targets) {
      const std::vector<std::string> lines = Lines(action, values);
      if (sources.size() > kManyStates) {
        Widen(sources, to, lines);
      } else {
        for (const std::size_t from : sources) Arrow(from, to, lines, action);
      }
    }
  }

  void Arrow(std::size_t from, std::size_t to, const std::vector<std::string>& lines,
             const ActionType& action) {
    if (from == to) return Stay(action, {from});
    std::vector<std::string>& all = arrows_[{from, to}];
    if (!all.empty()) all.emplace_back("");
    all.insert(all.end(), lines.begin(), lines.end());
  }

  void Widen(const std::vector<std::size_t>& sources, std::size_t to,
             const std::vector<std::string>& lines) {
    graph_.wide.push_back({to, lines});
    for (const std::size_t from : sources)
      graph_.nodes[from].may_leave_by.push_back(static_cast<unsigned>(graph_.wide.size()));
  }

  void Stay(const ActionType& action, const std::vector<std::size_t>& sources) {
    for (const std::size_t state : sources)
      graph_.nodes[state].inside.push_back("· " + voice_.Of(action.title));
  }

  const Naming& naming_;
  const Voice& voice_;
  std::size_t index_;
  const procedure::Track& track_;
  StateGraph graph_;
  std::map<std::string, std::size_t> number_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::string>> arrows_;
};

}  // namespace

StateGraph BuildStateGraph(const Naming& naming, std::size_t track) {
  return Builder(naming, track).Build();
}

std::string StateGraphSvg(const procedure::Definition& definition, std::size_t track,
                          const Glossary& glossary, Language language) {
  const Naming naming(definition, glossary, Voice{language, Markup::kPlain});
  return DrawStateGraph(BuildStateGraph(naming, track));
}

}  // namespace jejak::guide
