// SPDX-License-Identifier: Apache-2.0
#include "tests/verifier/made_case.h"

#include "ledger/base/text.h"

namespace jejak::verifier::test {
namespace {

using procedure::Outcome;

std::int64_t Day(const std::string& date) { return DaysFromCivil(*ParseDate(date)); }

procedure::Rule MadeRule(const std::string& id, const procedure::Words& title,
                         const procedure::Words& says, const std::string& basis) {
  procedure::Duty duty;
  duty.id = "duty";
  duty.says = says;
  procedure::Rule rule;
  rule.id = id;
  rule.severity = "C";
  rule.source = "law";
  rule.title = title;
  rule.basis = {basis, "PP 94/2021 26"};
  rule.duties.push_back(std::move(duty));
  return rule;
}

}  // namespace

MadeCase::MadeCase(std::string text) : text_(std::move(text)) {
  Define();
  Record();
  Judge();
  Surround();
}

procedure::Words MadeCase::W(const std::string& before) const {
  return {T("id " + before), T("en " + before)};
}

procedure::ActionType& MadeCase::Type(const std::string& type) {
  procedure::ActionType action;
  action.type = type;
  action.title = W(type);
  definition.by_type[type] = definition.actions.size();
  definition.actions.push_back(std::move(action));
  return definition.actions.back();
}

void MadeCase::Define() {
  definition.id = "made";
  definition.title = W("title");
  definition.source = T("source");
  definition.zone = {{UnixSeconds{0}, 420}};
  definition.roles["petugas"] = W("role");
  procedure::Track reports, officers;
  reports.name = "report";
  reports.key_field = "report";
  officers.name = T("track");
  officers.initial = "-";
  officers.states = {{"OPEN", W("state")}};
  definition.tracks = {reports, officers};
  Type("report.submit").track = 0;
  procedure::ActionType& verify = Type("report.verify");
  verify.track = 0;
  verify.deadline = {"report.submit", 3, "working_days", "law"};
  procedure::ActionType& summon = Type("exam.summon");
  summon.track = 1;
  summon.deadline = {"report.verify", 2, "working_days", "policy"};
  for (const char* id : {"R1", "R2", "R3", "R4", "R5", "R6"}) {
    definition.rules.push_back(MadeRule(id, W(std::string("rule ") + id), W("says"), T("basis")));
  }
  procedure::Calendar calendar;
  calendar.from = *ParseDate("2024-01-01");
  calendar.to = *ParseDate("2024-12-31");
  calendar.working_week = {true, true, true, true, true, false, false};
  calendar.holidays = {{Day("2024-05-09"), false}};
  calendars.push_back({5, UnixSeconds{0}, calendar});
}

procedure::Act& MadeCase::Add(std::uint64_t index, const std::string& type,
                              const std::string& date) {
  procedure::Act act;
  act.index = index;
  act.seq = acts.size();
  act.id.bytes[0] = static_cast<std::uint8_t>(index);
  act.type = type;
  act.at = *ParseAt(date + "T09:00:00+07:00");
  act.entered = act.at.instant;
  act.by = {{"key", "petugas", "h-1", "unit", ""}, {T("key"), T("role"), "h-2", "unit", ""}};
  acts.push_back(std::move(act));
  return acts.back();
}

void MadeCase::Record() {
  const auto with_report = [](procedure::Act& act) {
    act.body_state = procedure::BodyState::kPresent;
    act.body = json::Value::Object();
    act.body.Add("report", json::Value::String("r1"));
  };
  with_report(Add(20, "report.submit", "2024-05-06"));
  json::Value sealed = json::Value::Object();
  sealed.Add("$sealed", json::Value::String("AAAA"));
  acts.back().body.Add(T("field"), std::move(sealed));
  with_report(Add(21, "report.verify", "2024-05-10"));
  Add(24, "exam.summon", "2024-05-20").about = {"P1", T("P2")};
  Add(25, T("unknown.type"), "2024-05-18").body_state = procedure::BodyState::kAbsent;
  Add(26, "case.assent", "2024-05-21").position = 3;
  procedure::Act& correct = Add(27, "record.correct", "2024-05-21");
  correct.body_state = procedure::BodyState::kPresent;
  correct.body = json::Value::Object();
  correct.body.Add("target", json::Value::String(EncodeHash(acts[2].id)));
}

procedure::RuleVerdict& MadeCase::Verdict(const std::string& rule, Outcome outcome) {
  procedure::RuleVerdict verdict;
  verdict.rule = rule;
  verdict.scope = "report";
  verdict.instance = T("r1");
  verdict.outcome = outcome;
  verdict.entries = {3, 20, 21};
  verdict.duties = {"duty"};
  verdict.detail = W("detail " + rule);
  judgement.rules.push_back(std::move(verdict));
  return judgement.rules.back();
}

procedure::CheckVerdict& MadeCase::Check(const std::string& id, Outcome outcome) {
  procedure::CheckVerdict check;
  check.id = id;
  check.outcome = outcome;
  check.entry = 24;
  check.detail = W("check");
  judgement.checks.push_back(std::move(check));
  return judgement.checks.back();
}

void MadeCase::Judge() {
  judgement.judged = true;
  judgement.procedure = T("made");
  judgement.version = T("1.0.0");
  judgement.publish_index = 9;
  judgement.why_not = W("why not");
  Verdict("R1", Outcome::kFail).kept = true;
  Verdict("R1", Outcome::kPass).instance = "r2";
  Verdict("R1", Outcome::kPass).instance = "r3";
  Verdict("R2", Outcome::kFail).remedied = true;
  procedure::RuleVerdict& pending = Verdict("R3", Outcome::kPending);
  pending.due = procedure::Due{ParseTime("2024-06-03T16:59:59Z").value(), T("2024-06-03")};
  procedure::RuleVerdict& unknown = Verdict("R4", Outcome::kUnknown);
  unknown.causes = {true, true};
  unknown.instance = "?";
  procedure::RuleVerdict& corrected = Verdict("R5", Outcome::kNotApplicable);
  corrected.corrected = true;
  corrected.scope = "case";
  corrected.instance = "";
  Check("check.role", Outcome::kFail);
  Check(T("check.new"), Outcome::kPending).due = procedure::Due{UnixSeconds{0}, T("2024-06-01")};
  Check("check.fields", Outcome::kUnknown).causes = procedure::kContents;
  judgement.states = {{definition.tracks[1].name, T("P1"), "OPEN", 24},
                      {definition.tracks[1].name, "P2", "OPEN", 24},
                      {"report", "?", std::nullopt, 20}};
}

void MadeCase::Surround() {
  report.inputs = {{T("file"), Digest{}}, {T("pinned"), Digest{}}};
  report.policy = PolicyUsed{{T("policy"), Digest{}}, T("log"), T("quorum")};
  report.genesis = Digest{};
  report.verdict.Pass("check.inclusion", T("detail"));
  report.verdict.Pass(T("check.other"), T("detail"));
  report.verdict.NotChecked("check.conformance", T("hidden"));
  report.verdict.coverage = {6, 6};
  report.verdict.verified = {{"origin", T("origin")}, {"size", "48"}, {"root", T("root")}};
  report.verdict.unverified = {{T("fact"), T("detail")}};
}

CasePage MadeCase::Page() const {
  CasePage page;
  page.report = report;
  page.stream = T("case");
  page.acts = acts;
  page.definition = &definition;
  page.calendars = calendars;
  page.judgement = &judgement;
  DocumentUsed document;
  document.format = procedure::kDefinitionFormat;
  document.id = T("document");
  document.version = T("version");
  page.documents = {document};
  page.now = ParseTime("2024-05-24T00:00:00Z").value();
  page.tool = T("tool");
  page.command = T("command");
  page.index = T("index");
  return page;
}

}  // namespace jejak::verifier::test
