// SPDX-License-Identifier: Apache-2.0
#include "tests/procedure/story_outcome.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "ledger/procedure/replay.h"

namespace jejak::procedure::story {
namespace {

constexpr int kInconclusive = 12;

std::string Numbers(std::vector<int> numbers) {
  std::sort(numbers.begin(), numbers.end());
  std::string text = " actions";
  for (const int number : numbers) text += " " + std::to_string(number);
  return text;
}

// "a b c", or less.
std::string Joined(std::initializer_list<std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

bool NamesActions(const std::string& word) {
  return word == "fail" || word == "unknown" || word == "pending";
}

std::string Marked(std::string word, bool remedied, bool corrected, bool kept) {
  if (remedied) word += " remedied";
  if (corrected) word += " corrected";
  if (kept) word += " kept";
  return word;
}

void AddExpected(const std::string& scope, const std::string& instance, const Json& rules,
                 Outcomes& outcomes) {
  for (const auto& [rule, verdict] : rules.items()) {
    const std::string word = verdict.at("verdict");
    const bool remedied = verdict.value("remedied", false);
    std::string text =
        Marked(word, remedied, verdict.value("corrected", false), verdict.value("kept", false));
    if (verdict.contains("due")) text += " due " + verdict["due"].get<std::string>();
    if (NamesActions(word)) text += Numbers(verdict.at("actions"));
    outcomes.verdicts[Joined({scope, instance, rule})] = text;
    if (word == "fail" && !remedied) outcomes.failures.insert(Joined({rule, instance}));
  }
}

std::vector<int> NumbersOf(const Record& record, const std::vector<std::uint64_t>& entries) {
  std::vector<int> numbers;
  for (const std::uint64_t entry : entries) {
    const auto found = record.numbers.find(entry);
    numbers.push_back(found == record.numbers.end() ? -1 : found->second);
  }
  return numbers;
}

void AddJudged(const Record& record, const RuleVerdict& verdict, Outcomes& outcomes) {
  const std::string word(OutcomeWord(verdict.outcome));
  std::string text = Marked(word, verdict.remedied, verdict.corrected, verdict.kept);
  if (verdict.due) text += " due " + verdict.due->text;
  if (NamesActions(word)) text += Numbers(NumbersOf(record, verdict.entries));
  const std::string instance = verdict.scope == "case" ? "case" : verdict.instance;
  const std::string key = Joined({verdict.scope, instance, verdict.rule});
  if (!outcomes.verdicts.emplace(key, text).second) outcomes.verdicts[key] += ", twice";
  if (verdict.outcome == Outcome::kFail && !verdict.remedied) {
    outcomes.failures.insert(Joined({verdict.rule, instance}));
  }
}

void AddChecks(const Record& record, const std::vector<CheckVerdict>& checks, Outcomes& outcomes) {
  std::map<std::string, std::vector<std::uint64_t>> failing;
  for (const CheckVerdict& check : checks) {
    if (check.outcome == Outcome::kFail) failing[check.id].push_back(check.entry);
  }
  for (const auto& [id, entries] : failing)
    outcomes.checks[id] = Numbers(NumbersOf(record, entries));
}

void Compare(const std::map<std::string, std::string>& expected,
             const std::map<std::string, std::string>& judged, const char* missing,
             std::string& lines) {
  std::map<std::string, std::string> all = expected;
  all.insert(judged.begin(), judged.end());
  for (const auto& [key, unused] : all) {
    const auto text = [&, &name = key](const auto& table) {
      const auto found = table.find(name);
      return found == table.end() ? std::string(missing) : found->second;
    };
    if (text(expected) == text(judged)) continue;
    lines += "  " + key + ": expected " + text(expected) + "\n" + std::string(key.size() + 2, ' ') +
             "    judged " + text(judged) + "\n";
  }
}

}  // namespace

Outcomes Expected(const Json& entry) {
  Outcomes outcomes;
  for (const auto& [scope, rules] : entry.at("verdicts").items()) {
    if (scope == "case") {
      AddExpected(scope, scope, rules, outcomes);
      continue;
    }
    for (const auto& [instance, verdicts] : rules.items()) {
      AddExpected(scope, instance, verdicts, outcomes);
    }
  }
  for (const Json& check : entry.at("checks")) {
    outcomes.checks[check.at("check")] = Numbers(check.at("actions"));
  }
  outcomes.exit = entry.at("exit");
  return outcomes;
}

Outcomes Judged(const StoryRecord& story, const Json& entry) {
  const auto now = ParseAt(entry.at("now").get<std::string>());
  if (!now.ok()) throw std::runtime_error("no time: " + entry.at("now").dump());
  const Holdings holdings = Holdings::Named(entry.at("contents"));
  Outcomes outcomes;
  if (!holdings.documents) {
    outcomes.exit = kInconclusive;
    return outcomes;
  }
  const Record record = story.AsOf(now->instant, holdings);
  const Judgement judgement = Replay(record.acts, record.bindings, now->instant);
  if (!judgement.judged) outcomes.verdicts["not judged"] = judgement.why_not.en;
  for (const RuleVerdict& verdict : judgement.rules) AddJudged(record, verdict, outcomes);
  AddChecks(record, judgement.checks, outcomes);
  outcomes.exit = ExitOf(judgement, entry.value("require_contents", false));
  return outcomes;
}

std::string Difference(const Outcomes& expected, const Outcomes& judged) {
  std::string lines;
  Compare(expected.verdicts, judged.verdicts, "not applicable", lines);
  Compare(expected.checks, judged.checks, "passes", lines);
  if (expected.exit != judged.exit) {
    lines += "  exit: expected " + std::to_string(expected.exit) + ", judged " +
             std::to_string(judged.exit) + "\n";
  }
  return lines;
}

}  // namespace jejak::procedure::story
