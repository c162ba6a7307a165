// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/document.h"

namespace jejak::guide {

const json::Value* Document::Member(std::string_view list, std::size_t index,
                                    std::string_view name) const {
  const json::Value* all = json.Find(list);
  if (all == nullptr || index >= all->items().size()) return nullptr;
  return all->items()[index].Find(name);
}

std::vector<std::string> Document::Names(std::string_view object) const {
  std::vector<std::string> names;
  const json::Value* all = json.Find(object);
  if (all == nullptr) return names;
  for (const json::Member& member : all->members()) names.push_back(member.name);
  return names;
}

std::vector<std::string> Document::RulesThatUse(std::string_view parameter) const {
  const std::string term = "\"$param." + std::string(parameter) + "\"";
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < definition.rules.size(); ++i) {
    const json::Value* duties = Member("rules", i, "duties");
    if (duties != nullptr && json::Write(*duties).find(term) != std::string::npos)
      ids.push_back(definition.rules[i].id);
  }
  return ids;
}

Result<Document> ReadDocument(std::string_view text) {
  procedure::ParsedDefinition parsed = procedure::ParseDefinition(text);
  if (!parsed.definition) return Malformed(parsed.Explain());
  JEJAK_TRY(json, json::Parse(text, json::Rules::kContainer));
  return Document{*std::move(parsed.definition), std::move(json)};
}

}  // namespace jejak::guide
