// SPDX-License-Identifier: Apache-2.0
#include "api/figure_table.h"

#include <algorithm>
#include <utility>

namespace jejak::api {
namespace {

using json::Value;
using presentation::Phrase;
using Cell = std::optional<std::int64_t>;

Cell Number(const Value* value) {
  return value != nullptr && value->is_integer() ? Cell(value->as_integer()) : std::nullopt;
}

std::string Text(const Value& in, std::string_view member) {
  const Value* value = in.Find(member);
  return value == nullptr ? std::string() : value->as_string();
}

const std::vector<Value>& Items(const Value& in, std::string_view member) {
  static const std::vector<Value> kNone;
  const Value* value = in.Find(member);
  return value == nullptr ? kNone : value->items();
}

// Of {"counts":[{"name","count"}]} the one of that name; a name that nothing has isn't listed.
Cell CountOf(const Value& list, std::string_view name) {
  for (const Value& count : Items(list, "counts")) {
    if (Text(count, "name") == name) return Number(count.Find("count"));
  }
  return 0;
}

class FigureReader final {
 public:
  FigureReader(const Value& procedure, const FigureNames& names)
      : procedure_(procedure), names_(names) {}

  std::vector<Figure> Read() {
    Cases();
    Overdue();
    Rules();
    Units();
    Stages();
    Waits();
    Spans();
    Outcomes();
    Months();
    Details();
    return std::move(figures_);
  }

 private:
  using Namer = std::function<std::string(const std::string&)>;

  std::string_view In(std::string_view key) const { return Phrase(key).in(names_.language); }
  std::string_view In(presentation::Wording wording) const { return wording.in(names_.language); }

  // "008-030" is written so that it sorts: 8–30. "366-": 366–.
  static std::string Age(const std::string& name) {
    const std::size_t dash = name.find('-');
    if (dash == name.npos) return name;
    const auto number = [](std::string digits) {
      digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
      return digits;
    };
    const std::string to = name.substr(dash + 1);
    return number(name.substr(0, dash)) + "–" + (to.empty() ? to : number(to));
  }
  // What the glossary calls a class of counting; else the word itself, as a month.
  std::string Class(const std::string& name) const {
    const auto known = presentation::FindPhrase("figures.class." + name);
    return known ? std::string(known->in(names_.language)) : name;
  }
  std::string Type(const std::string& type) const {
    return std::string(In(presentation::TypeWording(names_.definition, type)));
  }
  std::string Track(const std::string& track) const {
    return std::string(In(presentation::TrackWording(track)));
  }
  std::string Rule(const std::string& id) const {
    if (names_.definition == nullptr) return id;
    const auto& rules = names_.definition->rules;
    const auto rule = std::ranges::find(rules, id, &procedure::Rule::id);
    if (rule == rules.end()) return Class(id);
    const std::string title(In(presentation::WordingOf(rule->title)));
    return names_.rule_ids ? id + " " + title : title;
  }
  Namer StateOf(const std::string& track) const {
    return [this, track](const std::string& state) {
      return std::string(In(presentation::StateWording(names_.definition, track, state)));
    };
  }

  Figure& Begin(std::string table, std::string_view title, std::string_view says,
                std::string_view of, std::initializer_list<std::string_view> columns) {
    Figure& figure = figures_.emplace_back();
    figure.table = std::move(table);
    figure.title = In(title);
    figure.says = In(says);
    figure.columns.emplace_back(In(of));
    for (const std::string_view column : columns) figure.columns.emplace_back(In(column));
    return figure;
  }

  // Rows out of {"counts":[{"name","count"}],"total"}.
  static void AddCounts(Figure& figure, const Value* list, const Namer& name) {
    if (list == nullptr) return;
    for (const Value& count : Items(*list, "counts"))
      figure.rows.push_back({name(Text(count, "name")), {Number(count.Find("count"))}});
  }
  Namer Classes() const {
    return [this](const std::string& name) { return Class(name); };
  }

  void Cases() {
    Figure& cases = Begin("cases", "figures.cases", "figures.cases_says", "figures.standing",
                          {"figures.cases_column"});
    AddCounts(cases, procedure_.Find("judged"), Classes());
    if (const Value* all = procedure_.Find("cases")) {
      for (const Value& count : Items(*all, "counts")) {
        if (Text(count, "name") == "not_judged")
          cases.rows.push_back({Class("not_judged"), {Number(count.Find("count"))}});
      }
      cases.rows.push_back({Class("total"), {Number(all->Find("total"))}});
    }
    Figure& quality = Begin("quality", "figures.quality", "figures.quality_says",
                            "figures.standing", {"figures.cases_column"});
    AddCounts(quality, procedure_.Find("quality"), Classes());
  }

  void Overdue() {
    Figure& overdue = Begin("overdue", "figures.overdue", "figures.overdue_says", "figures.rule",
                            {"figures.cases_column"});
    AddCounts(overdue, procedure_.Find("overdue"),
              [this](const std::string& rule) { return Rule(rule); });
    Figure& ages =
        Begin("ages", "figures.ages", "figures.ages_says", "figures.age", {"figures.cases_column"});
    AddCounts(ages, procedure_.Find("ages"), [](const std::string& name) { return Age(name); });
  }

  // Rows of rules or checks, with one cell per outcome.
  void AddOutcomes(Figure& figure, std::string_view member, const Namer& name) const {
    constexpr std::string_view kOutcomes[] = {"fail", "pending", "unknown", "pass",
                                              "not_applicable"};
    for (const Value& row : Items(procedure_, member)) {
      FigureRow& out = figure.rows.emplace_back();
      out.name = name(Text(row, "id"));
      for (const std::string_view outcome : kOutcomes)
        out.cells.push_back(CountOf(*row.Find("cases"), outcome));
    }
  }

  void Rules() {
    Figure& rules = Begin("rules", "figures.rules", "figures.rules_says", "figures.rule",
                          {"figures.class.fail", "figures.class.pending", "figures.class.unknown",
                           "figures.class.pass", "figures.class.not_applicable"});
    AddOutcomes(rules, "rules", [this](const std::string& id) { return Rule(id); });
  }

  // A grid as it is, the columns by `column`; the last one, the total, has the bar.
  void AddGrid(Figure& figure, const Value* grid, const Namer& row, const Namer& column) const {
    if (grid == nullptr) return;
    for (const Value& name : Items(*grid, "columns"))
      figure.columns.push_back(name.as_string() == "total" ? Class("total")
                                                           : column(name.as_string()));
    for (const Value& line : Items(*grid, "rows")) {
      const std::string name = Text(line, "name");
      FigureRow& out = figure.rows.emplace_back();
      out.name = name == "total" || name == "began_otherwise" ? Class(name) : row(name);
      for (const Value& count : Items(line, "counts")) out.cells.push_back(Number(&count));
    }
    figure.bar = figure.columns.size() < 2 ? 0 : figure.columns.size() - 2;
  }

  void Units() {
    Figure& units =
        Begin("failures_by_unit", "figures.units", "figures.units_says", "figures.rule", {});
    AddGrid(
        units, procedure_.Find("failures_by_unit"),
        [this](const std::string& rule) { return Rule(rule); }, names_.unit);
  }

  void AddDays(FigureRow& row, const Value& from) const {
    row.cells.push_back(Number(from.Find("median")));
    row.cells.push_back(Number(from.Find("p90")));
  }

  void Stages() {
    for (const Value& stage : Items(procedure_, "stages")) {
      const std::string track = Text(stage, "track");
      Figure& figure = Begin("stages-" + track, "figures.stages", "figures.stages_says",
                             "figures.stage", {"figures.instances"});
      figure.title += ": " + Track(track);
      AddCounts(figure, stage.Find("states"), StateOf(track));
    }
  }

  void Waits() {
    Figure& figure =
        Begin("after_opening", "figures.after_opening", "figures.after_opening_says",
              "figures.action", {"figures.cases_column", "figures.median", "figures.p90"});
    figure.bar = 1;
    for (const Value& item : Items(procedure_, "after_opening")) {
      FigureRow row{Type(Text(item, "to")), {Number(item.Find("cases"))}};
      AddDays(row, item);
      figure.rows.push_back(std::move(row));
    }
  }

  void Spans() {
    Figure& figure = Begin("spans", "figures.spans", "figures.spans_says", "figures.from_to",
                           {"figures.class.within", "figures.class.beyond",
                            "figures.class.uncounted", "figures.median", "figures.p90"});
    figure.bar = 1;
    for (const Value& item : Items(procedure_, "spans")) {
      FigureRow row{Type(Text(item, "from")) + " → " + Type(Text(item, "to")), {}};
      for (const std::string_view name : {"within", "beyond", "uncounted"})
        row.cells.push_back(CountOf(*item.Find("kept"), name));
      AddDays(row, item);
      figure.rows.push_back(std::move(row));
    }
  }

  void Outcomes() {
    for (const Value& item : Items(procedure_, "outcomes")) {
      const std::string type = Text(item, "type"), field = Text(item, "field");
      Figure& figure = Begin("outcomes-" + Text(item, "track") + "-" + type + "-" + field,
                             "figures.outcomes", "figures.outcomes_says", "figures.began_with", {});
      figure.detail = true;
      figure.title += ": " + Type(type);
      AddGrid(
          figure, item.Find("states"),
          [&](const std::string& value) { return Code(type, field, value); },
          StateOf(Text(item, "track")));
    }
  }

  // A value of a field of codes, as the definition calls it.
  std::string Code(const std::string& type, const std::string& field,
                   const std::string& value) const {
    const procedure::ActionType* action =
        names_.definition == nullptr ? nullptr : names_.definition->FindAction(type);
    if (action == nullptr) return Class(value);
    const auto declared = action->fields.find(field);
    if (declared == action->fields.end()) return Class(value);
    const auto list = names_.definition->codes.find(declared->second.codes);
    if (list == names_.definition->codes.end()) return Class(value);
    const auto code = std::ranges::find(list->second, value, &procedure::CodeName::code);
    return code == list->second.end() ? Class(value)
                                      : std::string(In(presentation::WordingOf(code->words)));
  }

  void Months() {
    Figure& figure = Begin("opened", "figures.opened", "figures.opened_says", "figures.month",
                           {"figures.cases_column"});
    AddCounts(figure, procedure_.Find("opened"), Classes());
  }

  // What is only shown when it is asked for.
  void Details() {
    const std::size_t first = figures_.size();
    Figure& acts = Begin("acts", "figures.acts", "figures.acts_says", "figures.action", {});
    AddGrid(
        acts, procedure_.Find("acts"), [this](const std::string& type) { return Type(type); },
        Classes());
    Figure& subjects = Begin("subjects", "figures.subjects", "figures.subjects_says",
                             "figures.action", {"figures.instances"});
    AddCounts(subjects, procedure_.Find("subjects"),
              [this](const std::string& type) { return Type(type); });
    Entered();
    Values("codes", "figures.codes", "figures.codes_says");
    Values("dates", "figures.dates", "figures.dates_says");
    Figure& checks = Begin("checks", "figures.checks", "figures.checks_says", "figures.check",
                           {"figures.class.fail", "figures.class.pending", "figures.class.unknown",
                            "figures.class.pass", "figures.class.not_applicable"});
    AddOutcomes(checks, "checks", [this](const std::string& id) {
      return std::string(In(presentation::ProcedureCheckWording(id)));
    });
    for (std::size_t i = first; i < figures_.size(); ++i) figures_[i].detail = true;
  }

  void Entered() {
    Figure& figure = Begin(
        "entered", "figures.entered", "figures.entered_says", "figures.action",
        {"figures.class.same_day", "figures.class.later_day", "figures.median", "figures.p90"});
    figure.bar = 1;
    for (const Value& item : Items(procedure_, "entered")) {
      const Value& acts = *item.Find("acts");
      FigureRow row{Type(Text(item, "type")),
                    {CountOf(acts, "same_day"), CountOf(acts, "later_day")}};
      AddDays(row, item);
      figure.rows.push_back(std::move(row));
    }
  }

  void Values(std::string_view member, std::string_view title, std::string_view says) {
    Figure& figure =
        Begin(std::string(member), title, says, "figures.field", {"figures.actions_column"});
    for (const Value& item : Items(procedure_, member)) {
      const std::string type = Text(item, "type"), field = Text(item, "field");
      AddCounts(figure, item.Find("values"), [&](const std::string& value) {
        return Type(type) + ", " + field + ": " + Code(type, field, value);
      });
    }
  }

  const Value& procedure_;
  const FigureNames& names_;
  std::vector<Figure> figures_;
};

}  // namespace

std::vector<Figure> FiguresOf(const Value& procedure, const FigureNames& names) {
  return FigureReader(procedure, names).Read();
}

}  // namespace jejak::api
