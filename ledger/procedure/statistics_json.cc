// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <set>

#include "ledger/procedure/count_table.h"
#include "ledger/procedure/statistics.h"

namespace jejak::procedure {
namespace {

using json::Value;

Value CountValue(const std::optional<std::uint64_t>& count) {
  return count ? Value::Integer(static_cast<std::int64_t>(*count)) : Value();
}

// The ceil(parts * n / whole)-th value by size; null of too few.
Value Quantile(std::vector<std::int64_t> days, std::size_t parts, std::size_t whole) {
  if (days.size() < kLeastShown) return {};
  std::sort(days.begin(), days.end());
  return Value::Integer(days[(days.size() * parts + whole - 1) / whole - 1]);
}

void AddQuantiles(const std::vector<std::int64_t>& days, Value& out) {
  constexpr std::size_t kHalf = 2, kTenth = 10;
  out.Add("median", Quantile(days, 1, kHalf));
  out.Add("p90", Quantile(days, kTenth - 1, kTenth));
}

Value ListValue(const CountTable& table) {
  Value counts = Value::Array();
  for (std::size_t i = 0; i < table.columns(); ++i) {
    counts.Push(std::move(Value::Object()
                              .Add("name", Value::String(table.column(i)))
                              .Add("count", CountValue(table.Shown(0, i)))));
  }
  return std::move(Value::Object()
                       .Add("counts", std::move(counts))
                       .Add("total", CountValue(table.Shown(0, table.columns()))));
}

Value GridValue(const CountTable& table) {
  Value columns = Value::Array();
  for (std::size_t i = 0; i < table.columns(); ++i) columns.Push(Value::String(table.column(i)));
  columns.Push(Value::String("total"));
  Value rows = Value::Array();
  for (std::size_t row = 0; row <= table.rows(); ++row) {
    Value counts = Value::Array();
    for (std::size_t i = 0; i <= table.columns(); ++i) counts.Push(CountValue(table.Shown(row, i)));
    rows.Push(
        std::move(Value::Object()
                      .Add("name", Value::String(row < table.rows() ? table.row(row) : "total"))
                      .Add("counts", std::move(counts))));
  }
  return std::move(Value::Object().Add("columns", std::move(columns)).Add("rows", std::move(rows)));
}

}  // namespace

// Makes the tables of one version, hides in all of them together, then writes them.
class Statistics::Writer final {
 public:
  explicit Writer(const Version& version) : version_(version) {
    MakeCases();
    MakeTracks();
    MakeRules();
    std::vector<CountTable*> all;
    for (CountTable& table : tables_) all.push_back(&table);
    CountTable::Hide(all);
  }

  Value Write(const std::string& procedure, const std::string& name, std::uint64_t entry) const {
    Value out = Value::Object();
    out.Add("procedure", Value::String(procedure))
        .Add("version", Value::String(name))
        .Add("entry", Value::Integer(static_cast<std::int64_t>(entry)));
    out.Add("cases", ListValue(*cases_))
        .Add("judged", ListValue(*judged_))
        .Add("opened", ListValue(*opened_))
        .Add("ages", ListValue(*ages_))
        .Add("acts", GridValue(*acts_))
        .Add("subjects", ListValue(*subjects_))
        .Add("codes", ValuesValue(codes_))
        .Add("entered", EnteredValue())
        .Add("dates", ValuesValue(dates_))
        .Add("spans", SpansValue())
        .Add("after_opening", AfterOpeningValue())
        .Add("stages", StagesValue())
        .Add("outcomes", OutcomesValue())
        .Add("quality", ListValue(*quality_))
        .Add("rules", NamedLists("id", rules_))
        .Add("checks", NamedLists("id", checks_))
        .Add("failures_by_unit", GridValue(*failures_))
        .Add("overdue", ListValue(*overdue_));
    return out;
  }

 private:
  CountTable* List(const Counts& counts, const Name& shared_total = {}) {
    std::vector<Name> columns;
    for (const auto& [name, count] : counts) columns.push_back(name);
    CountTable& table = tables_.emplace_back(std::vector<Name>{""}, std::move(columns));
    std::size_t i = 0;
    for (const auto& [name, count] : counts) table.Add(0, i++, count);
    if (!shared_total.empty()) table.Share(0, table.columns(), shared_total);
    return &table;
  }

  CountTable* Make(const Grid& grid) {
    std::set<Name> columns;
    for (const auto& [row, counts] : grid) {
      for (const auto& [column, count] : counts) columns.insert(column);
    }
    std::vector<Name> rows;
    for (const auto& [row, counts] : grid) rows.push_back(row);
    CountTable& table =
        tables_.emplace_back(std::move(rows), std::vector<Name>(columns.begin(), columns.end()));
    std::size_t row = 0;
    for (const auto& [name, counts] : grid) {
      for (const auto& [column, count] : counts) {
        const auto at =
            static_cast<std::size_t>(std::distance(columns.begin(), columns.find(column)));
        table.Add(row, at, count);
      }
      ++row;
    }
    return &table;
  }

  void MakeCases() {
    const std::uint64_t judged = version_.cases - version_.unjudged;
    cases_ = List({{"judged", judged}, {"not_judged", version_.unjudged}});
    cases_->Share(0, 0, "judged");
    judged_ = List({{"closed", judged - version_.open}, {"open", version_.open}}, "judged");
    judged_->Share(0, 1, "open");
    opened_ = List(version_.opened, "judged");
    ages_ = List(version_.ages, "open");
    acts_ = Make(version_.acts);
    for (std::size_t row = 0; row < acts_->rows(); ++row)
      acts_->Share(row, acts_->columns(), "acts/" + acts_->row(row));
    subjects_ = List(version_.subjects);
    for (std::size_t i = 0; i < subjects_->columns(); ++i)
      ShareIfActs(*subjects_, i, subjects_->column(i));
    for (const auto& [of, counts] : version_.codes)
      codes_.emplace_back(of, List(counts, "acts/" + of.first));
    MakeDates();
    for (const auto& [of, span] : version_.spans) {
      spans_.emplace_back(
          of,
          List({{"beyond", span.beyond}, {"uncounted", span.uncounted}, {"within", span.within}}));
      ShareIfActs(*spans_.back().second, spans_.back().second->columns(), of.second);
    }
    for (const auto& [type, days] : version_.after_opening) {
      after_opening_.emplace_back(type, List({{"cases", days.size()}}));
      ShareIfActs(*after_opening_.back().second, 0, type);
    }
  }

  void MakeDates() {
    for (const auto& [type, days] : version_.entered) {
      const auto late = static_cast<std::uint64_t>(
          std::count_if(days.begin(), days.end(), [](std::int64_t n) { return n > 0; }));
      const Counts counts{{"later_day", late}, {"same_day", days.size() - late}};
      entered_.emplace_back(type, List(counts, "acts/" + type));
    }
    for (const auto& [of, counts] : version_.dates) {
      CountTable* list = List(counts);
      dates_.emplace_back(of, list);
      for (std::size_t i = 0; i <= list->columns(); ++i) ShareIfActs(*list, i, of.first);
    }
  }

  // A count that happens to be that of all acts of the type would tell it.
  void ShareIfActs(CountTable& list, std::size_t column, const Name& type) const {
    std::uint64_t acts = 0;
    const auto found = version_.acts.find(type);
    if (found == version_.acts.end()) return;
    for (const auto& [month, count] : found->second) acts += count;
    if (list.count(0, column) == acts) list.Share(0, column, "acts/" + type);
  }

  void MakeTracks() {
    for (const auto& [track, counts] : version_.stages) {
      CountTable* list = List(counts, "instances/" + track);
      for (std::size_t i = 0; i < list->columns(); ++i)
        list->Share(0, i, "stage/" + track + "/" + list->column(i));
      stages_.emplace_back(track, list);
      reopened_.push_back(List(version_.reopened.at(track), "instances/" + track));
    }
    for (const auto& [breakdown, grid] : version_.outcomes) {
      Grid whole = grid;
      const Name& track = std::get<0>(breakdown);
      // Instances that began otherwise, so that the totals are those of the stages.
      for (const auto& [state, count] : version_.stages.at(track)) {
        std::uint64_t rest = count;
        for (const auto& [value, counts] : grid) {
          const auto found = counts.find(state);
          if (found != counts.end()) rest -= found->second;
        }
        whole["began_otherwise"][state] = rest;
      }
      CountTable* table = Make(whole);
      for (std::size_t i = 0; i < table->columns(); ++i)
        table->Share(table->rows(), i, "stage/" + track + "/" + table->column(i));
      table->Share(table->rows(), table->columns(), "instances/" + track);
      outcomes_.emplace_back(breakdown, table);
    }
  }

  void MakeRules() {
    const std::uint64_t judged = version_.cases - version_.unjudged;
    const std::uint64_t failing = version_.failing + version_.critical;
    quality_ = List({{"critical_fail", version_.critical},
                     {"fail", version_.failing},
                     {"no_fail", judged - failing}},
                    "judged");
    for (const auto& [rule, counts] : version_.rules) {
      rules_.emplace_back(rule, WholeList(counts, judged, "not_applicable"));
    }
    for (const auto& [check, counts] : version_.checks)
      checks_.emplace_back(check, WholeList(counts, judged, "pass"));
    failures_ = Make(version_.failures);
    overdue_ = List(version_.overdue);
  }

  // With what is left of all judged cases.
  CountTable* WholeList(const Counts& counts, std::uint64_t judged, const Name& rest) {
    Counts whole = counts;
    std::uint64_t counted = 0;
    for (const auto& [name, count] : counts) counted += count;
    whole[rest] += judged - counted;
    return List(whole, "judged");
  }

  static Value NamedLists(std::string_view member,
                          const std::vector<std::pair<Name, CountTable*>>& lists) {
    Value out = Value::Array();
    for (const auto& [name, list] : lists) {
      Value row = Value::Object();
      row.Add(member, Value::String(name)).Add("cases", ListValue(*list));
      out.Push(std::move(row));
    }
    return out;
  }

  static Value ValuesValue(
      const std::vector<std::pair<std::pair<Name, Name>, CountTable*>>& lists) {
    Value out = Value::Array();
    for (const auto& [of, list] : lists) {
      out.Push(std::move(Value::Object()
                             .Add("type", Value::String(of.first))
                             .Add("field", Value::String(of.second))
                             .Add("values", ListValue(*list))));
    }
    return out;
  }

  Value EnteredValue() const {
    Value out = Value::Array();
    for (const auto& [type, list] : entered_) {
      Value row = Value::Object();
      row.Add("type", Value::String(type)).Add("acts", ListValue(*list));
      AddQuantiles(version_.entered.at(type), row);
      out.Push(std::move(row));
    }
    return out;
  }

  Value SpansValue() const {
    Value out = Value::Array();
    for (const auto& [of, list] : spans_) {
      Value row = Value::Object();
      row.Add("from", Value::String(of.first))
          .Add("to", Value::String(of.second))
          .Add("kept", ListValue(*list));
      AddQuantiles(version_.spans.at(of).days, row);
      out.Push(std::move(row));
    }
    return out;
  }

  Value AfterOpeningValue() const {
    Value out = Value::Array();
    for (const auto& [type, list] : after_opening_) {
      Value row = Value::Object();
      row.Add("to", Value::String(type)).Add("cases", CountValue(list->Shown(0, 0)));
      AddQuantiles(version_.after_opening.at(type), row);
      out.Push(std::move(row));
    }
    return out;
  }

  static Value DaysValue(const std::map<std::pair<Name, Name>, Days>& days, const Name& track) {
    Value out = Value::Array();
    for (const auto& [of, values] : days) {
      if (of.first != track) continue;
      Value row = Value::Object();
      row.Add("state", Value::String(of.second));
      AddQuantiles(values, row);
      out.Push(std::move(row));
    }
    return out;
  }

  Value StagesValue() const {
    Value out = Value::Array();
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      const auto& [track, list] = stages_[i];
      out.Push(std::move(Value::Object()
                             .Add("track", Value::String(track))
                             .Add("states", ListValue(*list))
                             .Add("reopened", ListValue(*reopened_[i]))
                             .Add("days_waiting", DaysValue(version_.waiting, track))
                             .Add("days_to_final", DaysValue(version_.finishing, track))));
    }
    return out;
  }

  Value OutcomesValue() const {
    Value out = Value::Array();
    for (const auto& [breakdown, table] : outcomes_) {
      Value days = Value::Array();
      for (const auto& [of, values] : version_.outcome_days) {
        if (of.first != breakdown) continue;
        Value row = Value::Object();
        row.Add("value", Value::String(of.second));
        AddQuantiles(values, row);
        days.Push(std::move(row));
      }
      out.Push(std::move(Value::Object()
                             .Add("track", Value::String(std::get<0>(breakdown)))
                             .Add("type", Value::String(std::get<1>(breakdown)))
                             .Add("field", Value::String(std::get<2>(breakdown)))
                             .Add("states", GridValue(*table))
                             .Add("days_to_final", std::move(days))));
    }
    return out;
  }

  const Version& version_;
  std::deque<CountTable> tables_;  // a deque: nothing moves when it grows
  CountTable *cases_ = nullptr, *judged_ = nullptr, *opened_ = nullptr, *ages_ = nullptr,
             *acts_ = nullptr, *subjects_ = nullptr, *quality_ = nullptr, *failures_ = nullptr,
             *overdue_ = nullptr;
  std::vector<std::pair<std::pair<Name, Name>, CountTable*>> codes_, dates_, spans_;
  std::vector<std::pair<Name, CountTable*>> entered_, after_opening_, stages_, rules_, checks_;
  std::vector<CountTable*> reopened_;  // as stages_
  std::vector<std::pair<Breakdown, CountTable*>> outcomes_;
};

Value Statistics::Write(std::uint64_t at_size, UnixSeconds now, const Sealing& sealing,
                        std::string_view contents) const {
  Value procedures = Value::Array();
  for (const auto& [of, version] : versions_) {
    const auto& [entry, procedure, name] = of;
    procedures.Push(Writer(version).Write(procedure, name, entry));
  }
  return std::move(Value::Object()
                       .Add("format", Value::String("jejak/statistics/v1"))
                       .Add("at_size", Value::Integer(static_cast<std::int64_t>(at_size)))
                       .Add("now", Value::String(FormatTime(now)))
                       .Add("contents", Value::String(std::string(contents)))
                       .Add("least_shown", Value::Integer(kLeastShown))
                       .Add("log", sealing.Write(at_size, now))
                       .Add("procedures", std::move(procedures)));
}

}  // namespace jejak::procedure
