// SPDX-License-Identifier: Apache-2.0
//
// Judging the procedure, as `jejak-verify` does it with one thread: a single case of 10,000 actions under the procedure with the most
// rules, and all cases of a log like the public one of permits (1,434 cases of six actions, each with a body and one signature).
#include <embedded/bench_documents.h>

#include <array>
#include <chrono>
#include <random>

#include "ledger/procedure/replay.h"
#include "tools/bench/bench.h"
#include "tools/bench/primitives.h"

namespace jejak::bench {
namespace {

using procedure::Act;

constexpr std::size_t kActs = 10'000;
constexpr std::size_t kOfficersNamed = 14;
constexpr std::size_t kPermits = 1434;
constexpr UnixSeconds kNow{1'790'000'000};

Result<std::string_view> Embedded(std::string_view name) {
  for (const embedded::File& file : embedded::bench_documents()) {
    if (file.name == name) return file.contents;
  }
  return Internal("the program does not hold " + std::string(name));
}

struct Rulebook {
  procedure::Definition definition;
  std::vector<procedure::CalendarVersion> calendars;

  procedure::Judgement Judge(const std::vector<Act>& acts) const {
    const procedure::Binding binding{0, &definition, 2, calendars};
    return procedure::Replay(acts, {&binding, 1}, kNow);
  }
};

Result<Rulebook> ReadRulebook(std::string_view definition_file, std::string_view calendar_file) {
  JEJAK_TRY(definition_text, Embedded(definition_file));
  JEJAK_TRY(calendar_text, Embedded(calendar_file));
  procedure::ParsedDefinition definition = procedure::ParseDefinition(definition_text);
  procedure::ParsedCalendar calendar = procedure::ParseCalendar(calendar_text);
  if (!definition.definition) return Internal(definition.Explain());
  if (!calendar.calendar) return Internal(calendar.Explain());
  Rulebook book{std::move(*definition.definition), {}};
  book.calendars.push_back({1, {0}, std::move(*calendar.calendar)});
  return book;
}

// What an act of any type has; ten minutes lie between two.
Act ActOf(std::size_t n, const std::string& type, const std::string& role) {
  Act act;
  act.index = 10 + n;
  act.seq = act.position = n;
  act.type = type;
  act.at.instant = {1'716'800'000 + static_cast<std::int64_t>(n) * 600};
  act.entered = {act.at.instant.value + 60};
  act.by = {{"unit/p", role, "h-" + std::to_string(n % 20), "unit", ""}};
  act.body_state = procedure::BodyState::kPresent;
  return act;
}

// Types drawn at random: more of it is wrong than in any real case, and each fail names its entries.
std::vector<Act> OneLongCase(const procedure::Definition& definition) {
  std::mt19937 random(7);
  std::vector<Act> acts;
  for (std::size_t n = 0; n < kActs; ++n) {
    const procedure::ActionType& type = definition.actions[random() % definition.actions.size()];
    acts.push_back(ActOf(n, type.type, type.roles.empty() ? "-" : type.roles[0]));
    acts.back().body = json::Value::Object();
    acts.back().body.Add("report", json::Value::String("r" + std::to_string(random() % 5)));
    if (type.track && definition.tracks[*type.track].by_about())
      acts.back().about = {"P" + std::to_string(random() % kOfficersNamed)};
  }
  return acts;
}

// The usual way of a permit, with the body that an import would have written.
Result<std::vector<Act>> OnePermit(std::size_t k) {
  static constexpr std::array kTypes{"xes.confirmation_of_receipt",
                                     "xes.t02_check_confirmation_of_receipt",
                                     "xes.t03_adjust_confirmation_of_receipt",
                                     "xes.t02_check_confirmation_of_receipt",
                                     "xes.t04_determine_confirmation_of_receipt",
                                     "xes.t05_print_and_send_confirmation_of_receipt"};
  std::vector<Act> acts;
  for (std::size_t n = 0; n < kTypes.size(); ++n) {
    acts.push_back(ActOf(n, kTypes[n], "-"));
    const std::string body = R"({"xes":{"event":[{"type":"string","key":"concept:name","value":")" +
                             std::string(kTypes[n]) +
                             R"("},{"type":"string","key":"case","value":")" + std::to_string(k) +
                             R"("}]}})";
    JEJAK_TRY(value, json::Parse(body, json::Rules::kBody));
    acts.back().body = std::move(value);
  }
  return acts;
}

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Result<double> JudgeLongCase(const Rulebook& book, const std::vector<Act>& acts) {
  const auto start = std::chrono::steady_clock::now();
  const procedure::Judgement judgement = book.Judge(acts);
  const double seconds = SecondsSince(start);
  if (!judgement.judged) return Internal("the long case was not judged: " + judgement.why_not.en);
  return seconds;
}

// Reading the bodies is part of it. kInternal: one of them, which all are in order but for who checks, could not be judged.
Result<double> JudgePermits(const Rulebook& book) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t k = 0; k < kPermits; ++k) {
    JEJAK_TRY(acts, OnePermit(k));
    const int exit = procedure::ExitOf(book.Judge(acts), false);
    if (exit != 0 && exit != 11) return Internal("permit " + std::to_string(k) + " is not judged");
  }
  return SecondsSince(start);
}

}  // namespace

Result<std::vector<Line>> JudgingRow(Bench& bench) {
  JEJAK_TRY(discipline, ReadRulebook("pp94-kota.json", "id-asn.calendar.json"));
  JEJAK_TRY(permits, ReadRulebook("permit-receipt.json", "none.calendar.json"));
  const std::vector<Act> long_case = OneLongCase(discipline.definition);
  JEJAK_TRY(permit, OnePermit(0));
  const auto signatures = static_cast<double>(kPermits * permit.size());
  Rounds one, all;
  for (std::uint64_t round = 0; round < bench.options().rounds; ++round) {
    JEJAK_TRY(long_seconds, JudgeLongCase(discipline, long_case));
    one.Add(long_seconds);
    const double verifying = signatures / VerificationsPerSecond();
    JEJAK_TRY(seconds, JudgePermits(permits));
    all.Add(seconds, verifying);
  }
  return std::vector<Line>{
      one.Summary("judging", "10,000 actions in one case", "s", {Target::kAtMost, 1, {}}),
      all.Summary("judging", "all 1,434 cases of a log, against its signatures", "s",
                  {Target::kAtMost, 0.20, "8,604 / V"})};
}

}  // namespace jejak::bench
