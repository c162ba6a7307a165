// SPDX-License-Identifier: Apache-2.0
#include "api/cases_page.h"

#include <utility>

#include "api/caching.h"
#include "api/case_list.h"
#include "api/csv.h"
#include "api/page_frame.h"

namespace jejak::api {
namespace {

// A value that its parameter can't have.
std::optional<Mistake> FindWrongValue(const QueryParameters& query, const CaseWords& words) {
  const auto in_list = [&](const char* name, const std::vector<CaseWords::Named>& list) {
    const std::string* value = query.Find(name);
    return value == nullptr || CaseWords::Find(list, *value) != nullptr;
  };
  if (!in_list("stage", words.stages())) return Mistake{"stage", Phrase("page.mend_choose")};
  if (!in_list("unit", words.units())) return Mistake{"unit", Phrase("page.mend_choose")};
  if (!in_list("rule", words.rules())) return Mistake{"rule", Phrase("page.mend_choose")};
  for (const char* name : {"overdue", "open"}) {
    const std::string* value = query.Find(name);
    if (value != nullptr && *value != "true" && *value != "false")
      return Mistake{name, Phrase("page.mend_bool")};
  }
  const std::string* format = query.Find("format");
  if (format != nullptr && *format != "csv" && *format != "html")
    return Mistake{"format", Phrase("page.mend_format")};
  return std::nullopt;
}

void AddHead(Csv& csv, const LineStyle& style) {
  for (const std::string_view key :
       {"page.case", "page.csv_days_late", "page.rule", "page.csv_rule_title", "page.csv_due",
        "page.stage", "page.unit", "page.outcome", "page.csv_failed", "page.opened", "page.last"}) {
    if (style.rule_ids || key != "page.rule") csv.Add(Phrase(key).in(style.language));
  }
  csv.EndRow();
}

void AddLate(Csv& csv, const CaseLine::Late& late, const LineStyle& style) {
  late.days ? csv.AddNumber(*late.days) : csv.Add("");
  if (style.rule_ids) csv.Add(late.rule);
  csv.Add(late.title).Add(late.due);
}

Response CsvOf(const Call& call, const CaseWords& words, const CasePart& part,
               const LineStyle& style) {
  Csv csv;
  AddHead(csv, style);
  for (std::size_t i = part.begin; i < part.end; ++i) {
    const CaseLine line = LineOf(call, part, *part.walk->rows[i], words, style);
    csv.Add(line.id);
    AddLate(csv, line.late.value_or(CaseLine::Late()), style);
    csv.Add(line.stages).Add(line.units).Add(OutcomeOf(line).in(style.language)).Add(line.failed);
    csv.Add(line.opened).Add(line.last).EndRow();
  }
  return WithFreshness(WithFileName(MakeResponse(200, "text/csv; charset=utf-8", csv.Take()),
                                    "cases-" + std::to_string(part.walk->at_size) + "-" +
                                        LocalDay(part.walk->now, style.zone_minutes) + ".csv"),
                       Freshness::kNever);
}

}  // namespace

Result<Response> CasesPage(Call& call) {
  call.query.DropEmpty();  // of a form that was sent unfilled
  PageFrame frame{LanguageOf(call.query), {}, Place::kCases, {}, {}};
  frame.title = "Jejak: " + std::string(Phrase("page.cases_title").in(frame.language));
  if (const auto mistake = FindMistake(
          call.query, {"stage", "unit", "rule", "overdue", "open", "cursor", "format", "lang"}))
    return MistakenAddress(call, frame, *mistake);
  Result<CaseWords> words = CaseWords::Read(call);
  if (!words.ok()) return FailedPage(call, frame, words.error());
  if (const auto mistake = FindWrongValue(call.query, *words))
    return MistakenAddress(call, frame, *mistake);
  const std::string* format = call.query.Find("format");
  const bool csv = format != nullptr && *format == "csv";
  const Result<CasePart> part =
      FindPart(call, csv ? kCasesInACsv : kCasesOnAPage, CaseOrder::kLateFirst);
  if (!part.ok() && part.error().code == Code::kMalformed)
    return MistakenAddress(call, frame, {"cursor", Phrase("page.mend_cursor")});
  if (!part.ok()) return FailedPage(call, frame, part.error());
  const Result<int> zone = ZoneMinutes(call.reader.head().administration());
  const LineStyle style{frame.language, zone.ok() ? *zone : 0, call.request.oversight};
  if (csv && !part->cursor.empty())
    return MistakenAddress(call, frame, {"format", Phrase("page.mend_too_many")});
  if (csv) return CsvOf(call, *words, *part, style);
  frame.query = ConditionsOf(call.query);
  return WithFreshness(FramedPage(call.ledger, call.request.oversight, frame,
                                  WriteCaseList(call, *words, *part, style)),
                       Freshness::kNever);
}

}  // namespace jejak::api
