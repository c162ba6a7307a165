// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "ledger/evidence/casefile.h"
#include "ledger/record/body.h"
#include "ledger/record/leaf.h"
#include "tools/xes/export.h"
#include "tools/xes/mapping.h"

namespace jejak::xes {
namespace {

using Bodies = std::map<std::int64_t, const evidence::HeldBody*>;

Event SkeletonOf(const record::Action& action) {
  Attributes attributes{{"string", std::string(kName), action.type, 0},
                        {"date", std::string(kStamp), action.at_text, 0},
                        {"string", std::string(kResource), action.by[0].name, 0}};
  if (action.by[0].role != "-") attributes.push_back({"string", "org:role", action.by[0].role, 0});
  attributes.push_back({"string", "lifecycle:transition", "complete", 0});
  return {std::move(attributes)};
}

// What the import put into the body; nullopt when there is none, or it isn't this action's.
std::optional<Imported> ImportedWith(const record::LoggedAction& logged, const Bodies& bodies) {
  const auto found = bodies.find(static_cast<std::int64_t>(logged.entry.index));
  if (!logged.action.type.starts_with("xes.") || found == bodies.end()) return std::nullopt;
  const record::CheckedBody body =
      record::ReadBody(logged.action, {found->second->key, found->second->text});
  return body.value ? ImportedFrom(*body.value) : std::nullopt;
}

Result<void> AddEntry(ExportedCase& exported, std::string_view entry, const Bodies& bodies) {
  JEJAK_TRY(leaf, record::ParseLeaf(entry));
  const auto* logged = std::get_if<record::LoggedAction>(&leaf);
  if (logged == nullptr) return Malformed("the case file holds a seal as an action of its case");
  Trace& trace = exported.trace;
  const bool first = trace.events.empty();
  std::optional<Imported> imported = ImportedWith(*logged, bodies);
  if (first) {
    if (logged->action.under) exported.procedure = logged->action.under->id;
    trace.attributes = {{"string", std::string(kName), exported.id, 0}};
    if (imported && imported->trace) trace.attributes = *std::move(imported->trace);
  }
  exported.entries.push_back(logged->entry.index);
  trace.events.push_back(imported ? std::move(imported->event) : SkeletonOf(logged->action));
  return {};
}

}  // namespace

Result<ExportedCase> ReadCase(std::string_view case_file) {
  JEJAK_TRY(file, evidence::ParseCaseFile(case_file));
  JEJAK_TRY(stream, record::ParseStream(file.stream));
  if (!stream.is_case()) return Malformed("the case file is not about a case");
  Bodies bodies;
  for (const evidence::HeldBody& body : file.bodies) bodies.emplace(body.index, &body);
  ExportedCase exported;
  exported.id = stream.name;
  for (const evidence::HeldStream& held : file.streams) {
    if (held.stream != file.stream) continue;
    for (const std::string& entry : held.entries) JEJAK_CHECKED(AddEntry(exported, entry, bodies));
  }
  if (exported.trace.events.empty())
    return Malformed("the case file holds no actions of its own case");
  return exported;
}

}  // namespace jejak::xes
