// SPDX-License-Identifier: Apache-2.0
#include "tools/watch/watch.h"

#include <algorithm>
#include <map>
#include <utility>

#include "ledger/base/json_member.h"
#include "ledger/base/text.h"
#include "ledger/base/time.h"
#include "ledger/presentation/words.h"

namespace jejak::watch {
namespace {

using presentation::Language;
using presentation::Phrase;

constexpr std::string_view kFormat = "jejak/watch/v1";
constexpr std::int64_t kDaySeconds = 86400;
constexpr std::int64_t kMinuteSeconds = 60;

Error NoLedger(std::string_view what) {
  return Malformed("the ledger's answer has no " + std::string(what) +
                   ": is this the address of a Jejak ledger of this version?");
}

Result<json::Value> GetObject(const Get& get, const std::string& target) {
  JEJAK_TRY(text, get(target));
  Result<json::Value> value = json::Parse(text, json::Rules::kContainer);
  if (!value.ok() || !value->is_object()) return NoLedger("JSON at " + target);
  return value;
}

// The first day that isn't asked about any more, in the log's zone.
Result<std::string> EndOf(const Get& get, UnixSeconds now, std::uint64_t within) {
  JEJAK_TRY(log, GetObject(get, "/v1/log"));
  const Result<int> zone = ParseZone(TextOf(log, "zone"));
  if (!zone.ok()) return NoLedger("zone in v1/log");
  const std::int64_t today = (now.value + *zone * kMinuteSeconds) / kDaySeconds;
  return FormatDate(CivilFromDays(today + static_cast<std::int64_t>(within) + 1));
}

std::vector<std::string> TextsOf(const json::Value& object, std::string_view name) {
  std::vector<std::string> texts;
  for (const json::Value& item : MemberOf(object, name).items()) texts.push_back(item.as_string());
  return texts;
}

// Deadlines of one case: those that passed, and as many of the rest as end in time.
Result<void> AddNotices(const json::Value& row, std::string_view end_day,
                        std::vector<Notice>& notices) {
  const json::Value* deadlines = row.Find("deadlines");
  if (deadlines == nullptr || !deadlines->is_array()) return NoLedger("deadlines in v1/cases");
  for (const json::Value& deadline : deadlines->items()) {
    const json::Value* late = deadline.Find("days_late");
    const json::Value* working = deadline.Find("working_days_late");
    if (late == nullptr || !late->is_integer()) return NoLedger("days_late in v1/cases");
    if (working == nullptr) return NoLedger("working_days_late in v1/cases");
    Notice notice{TextOf(row, "id"),
                  TextOf(deadline, "rule"),
                  TextOf(deadline, "scope"),
                  TextOf(deadline, "instance"),
                  TextOf(deadline, "due"),
                  late->as_integer() > 0,
                  {},
                  TextsOf(row, "units"),
                  {}};
    if (working->is_integer()) notice.working_days = working->as_integer();
    // A day, or an instant that begins with its day: both sort as text.
    if (notice.late || notice.due < end_day) notices.push_back(std::move(notice));
  }
  return {};
}

// Walks v1/cases to its end; `end_day` is empty where only what is late is asked for.
Result<std::vector<Notice>> Walk(const Get& get, const Question& question,
                                 const std::string& end_day) {
  const std::string condition = end_day.empty() ? "overdue=true" : "due_until=" + end_day;
  const std::string unit = question.unit.empty() ? "" : "&unit=" + question.unit;
  std::vector<Notice> notices;
  std::string cursor;
  do {
    JEJAK_TRY(page, GetObject(get, "/v1/cases?" + condition + unit + "&limit=200" +
                                       (cursor.empty() ? "" : "&cursor=" + cursor)));
    const json::Value* cases = page.Find("cases");
    if (cases == nullptr || !cases->is_array()) return NoLedger("cases in v1/cases");
    for (const json::Value& row : cases->items()) JEJAK_CHECKED(AddNotices(row, end_day, notices));
    cursor = TextOf(page, "cursor");
  } while (!cursor.empty());
  return notices;
}

using Sentences = std::map<std::string, std::string>;  // by rule, scope and instance

std::string PlaceOf(std::string_view rule, std::string_view scope, std::string_view instance) {
  return std::string(rule) + " " + std::string(scope) + " " + std::string(instance);
}

Result<Sentences> SentencesOf(const Get& get, const std::string& case_id, Language language) {
  JEJAK_TRY(answer, GetObject(get, "/v1/cases/" + case_id + "/conformance"));
  const json::Value* conformance = answer.Find("conformance");
  const json::Value* rules = conformance == nullptr ? nullptr : conformance->Find("rules");
  if (rules == nullptr) return NoLedger("rules in the conformance of case " + case_id);
  Sentences sentences;
  for (const json::Value& rule : rules->items()) {
    const json::Value* detail = rule.Find("detail");
    if (detail == nullptr) continue;
    sentences.emplace(PlaceOf(TextOf(rule, "id"), TextOf(rule, "scope"), TextOf(rule, "instance")),
                      TextOf(*detail, language == Language::kEnglish ? "en" : "id"));
  }
  return sentences;
}

Result<void> AddSentences(const Get& get, const Question& question,
                          const std::set<std::string>& told, std::vector<Notice>& notices) {
  std::map<std::string, Sentences> known;
  for (Notice& notice : notices) {
    if (told.contains(notice.Key())) continue;
    if (!known.contains(notice.case_id)) {
      JEJAK_TRY(sentences, SentencesOf(get, notice.case_id, question.language));
      known.emplace(notice.case_id, std::move(sentences));
    }
    const Sentences& of_case = known[notice.case_id];
    const auto found = of_case.find(PlaceOf(notice.rule, notice.scope, notice.instance));
    if (found != of_case.end()) notice.sentence = found->second;
  }
  return {};
}

// As wide as the longer of the two words that a line begins with.
std::string Column(presentation::Wording word, Language language) {
  const std::size_t width =
      std::max(Phrase("watch.late").in(language).size(), Phrase("watch.due").in(language).size());
  std::string text(word.in(language));
  text.append(width - text.size(), ' ');
  return text;
}

}  // namespace

std::string Notice::Key() const {
  return (late ? "late " : "due ") + case_id + " " + PlaceOf(rule, scope, instance) + " " + due;
}

std::string Notice::Line(Language language) const {
  const auto in = [language](presentation::Wording words) { return words.in(language); };
  std::string line = Column(late ? Phrase("watch.late") : Phrase("watch.due"), language);
  line.append("  ").append(due).append("  ");
  if (late && working_days) line += presentation::LateText(working_days, language) + "  ";
  line.append(in(Phrase("text.case"))).append(" ").append(case_id).append("  ");
  line += PlaceOf(rule, in(presentation::TrackWording(scope)), instance) + "  ";
  if (units.empty()) line += "-";
  for (std::size_t i = 0; i < units.size(); ++i) line += (i == 0 ? "" : ",") + units[i];
  return sentence.empty() ? line : line + "  " + sentence;
}

Result<std::vector<Notice>> Ask(const Get& get, const Question& question,
                                const std::set<std::string>& told) {
  JEJAK_TRY(first, GetObject(get, "/v1/cases?overdue=true&limit=1"));
  const Result<UnixSeconds> now = ParseTime(TextOf(first, "now"));
  if (!now.ok()) return NoLedger("now in v1/cases");
  std::string end;  // before every day: what is late only
  if (question.within > 0) {
    JEJAK_TRY(day, EndOf(get, *now, question.within));
    end = std::move(day);
  }
  JEJAK_TRY(notices, Walk(get, question, end));
  JEJAK_CHECKED(AddSentences(get, question, told, notices));
  return notices;
}

Result<std::set<std::string>> ParseTold(std::string_view text) {
  std::set<std::string> told;
  if (text.empty()) return told;
  LineReader lines(text);
  const bool ours = lines.Next() == kFormat;
  while (const auto line = lines.Next()) told.emplace(*line);
  if (!ours || !lines.done()) {
    return Malformed("this is no " + std::string(kFormat) +
                     " file; remove it to be told everything again");
  }
  return told;
}

std::string WriteTold(const std::vector<Notice>& notices) {
  std::string text = std::string(kFormat) + "\n";
  for (const Notice& notice : notices) text += notice.Key() + "\n";
  return text;
}

}  // namespace jejak::watch
