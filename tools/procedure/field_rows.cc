// SPDX-License-Identifier: Apache-2.0
//
// The fields of an action as rows of a table.
#include "tools/procedure/action_words.h"

namespace jejak::guide {
namespace {

using procedure::Declaration;
using procedure::FieldType;

class Rows final {
 public:
  Rows(const Naming& naming, const procedure::ActionType& action)
      : naming_(naming), voice_(naming.voice()), action_(action) {}

  // Depth is bounded by JSON's.
  void AddAll(const std::map<std::string, Declaration>& fields, const json::Value* declared,
              std::vector<std::string>& path) {
    if (declared == nullptr || !declared->is_object()) {
      for (const auto& [name, field] : fields) Add(name, field, nullptr, path);
      return;
    }
    for (const json::Member& member : declared->members()) {
      const auto found = fields.find(member.name);
      if (found != fields.end()) Add(member.name, found->second, &member.value, path);
    }
  }

  std::vector<FieldRow> Take() { return std::move(rows_); }

 private:
  void Add(const std::string& name, const Declaration& field, const json::Value* declared,
           std::vector<std::string>& path) {
    path.push_back(name);
    FieldRow row;
    row.name = Join(path, " › ");
    row.word = naming_.FieldWord(action_.type, path);
    row.kind = KindOf(field);
    row.duty = DutyOf(field);
    row.reader = AudienceWords(voice_, field.audience.value_or(action_.audience));
    if (path.size() > 1) row.reader = "";
    rows_.push_back(std::move(row));
    Members(field, declared, path);
    path.pop_back();
  }

  // Those of an object, or of the objects in a list.
  void Members(const Declaration& field, const json::Value* declared,
               std::vector<std::string>& path) {
    if (field.type == FieldType::kList && !field.of.empty()) {
      Members(field.of.front(), declared == nullptr ? nullptr : declared->Find("of"), path);
    } else if (field.type == FieldType::kObject) {
      AddAll(field.fields, declared == nullptr ? nullptr : declared->Find("fields"), path);
    }
  }

  std::string KindOf(const Declaration& field) const {
    switch (field.type) {
      case FieldType::kString:
        return voice_.Say("teks", "text");
      case FieldType::kCode:
        return voice_.Say("daftar ", "list ") + naming_.Word("codes:" + field.codes);
      case FieldType::kDate:
        return voice_.Say("tanggal", "date");
      case FieldType::kTime:
        return voice_.Say("waktu", "date and time");
      case FieldType::kInteger:
        return voice_.Say("bilangan bulat", "whole number");
      case FieldType::kBoolean:
        return voice_.Say("ya atau tidak", "yes or no");
      case FieldType::kObject:
        return voice_.Say("gabungan", "group");
      case FieldType::kAttachment:
        return voice_.Say("lampiran", "attachment");
      case FieldType::kList:
        break;
    }
    return voice_.Say("beberapa: ", "several: ") +
           (field.of.empty() ? voice_.Say("apa saja", "anything") : KindOf(field.of.front()));
  }

  std::string DutyOf(const Declaration& field) const {
    std::vector<std::string> duties;
    if (field.required) duties.push_back(voice_.Say("wajib", "required"));
    if (field.sealed || field.type == FieldType::kAttachment)
      duties.push_back(voice_.Say("disegel", "sealed"));
    if (field.default_value)
      duties.push_back(voice_.Say("bila tidak diisi: ", "if not stated: ") + Default(field));
    return Join(duties, ", ");
  }

  std::string Default(const Declaration& field) const {
    const json::Value& value = *field.default_value;
    if (value.is_bool()) return naming_.Value(procedure::Datum::Bool(value.as_bool()), {});
    if (value.is_string())
      return naming_.Value(procedure::Datum::Text(value.as_string()), Naming::MeaningOf(field));
    return json::Write(value);
  }

  const Naming& naming_;
  const Voice& voice_;
  const procedure::ActionType& action_;
  std::vector<FieldRow> rows_;
};

}  // namespace

std::vector<FieldRow> FieldRows(const Naming& naming, const procedure::ActionType& action,
                                const json::Value* declared) {
  Rows rows(naming, action);
  std::vector<std::string> path;
  rows.AddAll(action.fields, declared, path);
  return rows.Take();
}

}  // namespace jejak::guide
