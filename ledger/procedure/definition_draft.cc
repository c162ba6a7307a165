// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/definition_draft.h"

#include <array>

namespace jejak::procedure {
namespace {

constexpr std::size_t kMaxCopiedItems = 200'000;
constexpr std::size_t kMaxConditions = 20'000;
constexpr std::size_t kMaxFilledBytes = std::size_t{1} << 20;

std::string Shown(const Datum& datum) {
  switch (datum.kind) {
    case Datum::Kind::kInteger:
      return std::to_string(datum.integer);
    case Datum::Kind::kBool:
      return datum.integer != 0 ? "true" : "false";
    case Datum::Kind::kList: {
      std::string text;
      for (const Datum& item : datum.items) text += (text.empty() ? "" : ", ") + Shown(item);
      return text;
    }
    default:
      return datum.text;
  }
}

}  // namespace

std::string ReadSource(MemberCursor& in) {
  constexpr std::array<std::string_view, 4> kSources{"law", "article", "policy", "unverified"};
  return std::string(kSources[in.Word("source", {kSources.begin(), kSources.end()})]);
}

bool DefinitionDraft::KnowsCode(const std::string& codes, std::string_view code) const {
  const auto found = code_sets.find(codes);
  return found != code_sets.end() && found->second.contains(code);
}

bool DefinitionDraft::KnowsType(std::string_view type) const {
  return IsUnderstoodEverywhere(type) || definition.by_type.contains(type);
}

bool DefinitionDraft::MayCopy(std::size_t items, const json::Value& at) {
  copied_items_ += items;
  if (copied_items_ <= kMaxCopiedItems) return true;
  problems.Error(at, "the lists of values are too long, or named too often: shorten them");
  return false;
}

bool DefinitionDraft::MayFill(std::size_t bytes, const json::Value& at) {
  filled_bytes_ += bytes;
  if (filled_bytes_ <= kMaxFilledBytes) return true;
  problems.Error(at, "the parameters put into texts are too long: shorten them");
  return false;
}

bool DefinitionDraft::MayAsk(const json::Value& at) {
  if (++conditions_ <= kMaxConditions) return true;
  if (conditions_ == kMaxConditions + 1) {
    problems.Error(at, "more than 20000 conditions in one definition: remove some");
  }
  return false;
}

// "{p}" with a name between the braces is the parameter's value; other braces stand for themselves.
std::string DefinitionDraft::Fill(const json::Value& text) {
  const std::string& source = text.as_string();
  std::string filled;
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t end = source[at] == '{' ? source.find_first_of("{}", at + 1) : source.npos;
    const bool closed = end != source.npos && source[end] == '}';
    const std::string name = closed ? source.substr(at + 1, end - at - 1) : "";
    if (!IsName(name)) {
      filled += source[at++];
      continue;
    }
    at = end + 1;
    const auto found = definition.parameters.find(name);
    if (found == definition.parameters.end()) {
      problems.Error(text, "unknown parameter {" + name + "}: declare it, or leave it out");
      continue;
    }
    const std::string value = Shown(found->second.value);
    if (MayFill(value.size(), text)) filled += value;
  }
  return filled;
}

std::string DefinitionDraft::Language(const json::Value& words, std::string_view name,
                                      bool filled) {
  const json::Value* text = words.Find(name);
  if (text == nullptr) return {};
  if (!text->is_string()) {
    problems.Error(*text, "it must be a text");
    return {};
  }
  return filled ? Fill(*text) : text->as_string();
}

Words DefinitionDraft::ReadWords(const json::Value* value, bool filled) {
  if (value == nullptr) return {};
  MemberCursor in(*value, "a text in both languages, {\"id\":…,\"en\":…},", problems);
  if (!value->is_object()) return {};
  in.Optional("id");
  in.Optional("en");
  in.Finish();
  Words words{Language(*value, "id", filled), Language(*value, "en", filled)};
  if (words.id.empty() && words.en.empty()) {
    problems.Error(*value, "the text is empty: write it in \"id\" and \"en\"");
  } else if (words.id.empty() || words.en.empty()) {
    const std::string lacking = words.id.empty() ? "\"id\"" : "\"en\"";
    problems.Warn(*value, "the text is in one language only: add " + lacking);
  }
  return words;
}

std::vector<std::string> DefinitionDraft::ReadNames(
    MemberCursor& in, const json::Value* list, std::string_view kind, std::string_view declared_in,
    const std::function<bool(const std::string&)>& knows) {
  std::vector<std::string> names;
  std::set<std::string_view> seen;
  in.Items(list, [&](const json::Value& item) {
    const std::string& name = item.as_string();
    if (!item.is_string() || !knows(name)) {
      return problems.Error(item, "unknown " + std::string(kind) + " " + Quoted(name) +
                                      ": declare it in " + std::string(declared_in) +
                                      ", or correct the name");
    }
    if (!seen.insert(name).second) {
      return problems.Error(item, Quoted(name) + " is named twice: name it once");
    }
    names.push_back(name);
  });
  return names;
}

std::vector<std::string> DefinitionDraft::ReadTypes(MemberCursor& in, const json::Value* list) {
  return ReadNames(in, list, "type", "actions",
                   [&](const std::string& type) { return KnowsType(type); });
}

std::vector<std::string> DefinitionDraft::ReadRoles(MemberCursor& in, const json::Value* list) {
  return ReadNames(in, list, "role", "roles",
                   [&](const std::string& role) { return KnowsRole(role); });
}

}  // namespace jejak::procedure
