// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/published.h"

#include <algorithm>
#include <utility>

#include "ledger/base/json_member.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

namespace jejak::intake {
namespace {

Result<std::vector<json::Value>> GetTable(const Get& get, const std::string& table) {
  JEJAK_TRY(text, get("/v1/" + table));
  const Result<json::Value> value = json::Parse(text, json::Rules::kContainer);
  if (!value.ok() || !MemberOf(*value, table).is_array())
    return Malformed("what answers /v1/" + table + " is no ledger");
  return MemberOf(*value, table).items();
}

Result<json::Value> GetRow(const Get& get, const std::string& table, const std::string& id) {
  JEJAK_TRY(rows, GetTable(get, table));
  for (const json::Value& row : rows)
    if (TextOf(row, "id") == id) return row;
  return NotFound("the ledger has no procedure " + id + "; v1/procedures names those that it has");
}

// In a path, - and _ stand in the places of + and / (docs/api.md, Caching).
std::string PathOf(const std::string& sha256) {
  std::string path = "/v1/documents/";
  for (const char c : sha256) path += c == '/' ? '_' : c == '+' ? '-' : c;
  return path;
}

Result<std::string> GetDocument(const Get& get, const json::Value& publication) {
  const std::string& name = TextOf(publication, "sha256");
  JEJAK_TRY(sha256, ParseHash(name));
  JEJAK_TRY(text, get(PathOf(name)));
  if (crypto::Sha256(AsBytes(text)) != sha256)
    return Malformed("the ledger gave another document than the one that was published");
  return std::move(text);
}

Result<procedure::Definition> GetDefinition(const Get& get, const json::Value& publication) {
  JEJAK_TRY(text, GetDocument(get, publication));
  procedure::ParsedDefinition parsed = procedure::ParseDefinition(text);
  if (!parsed.definition)
    return Malformed("the published definition can't be used: " + parsed.Explain());
  return *std::move(parsed.definition);
}

Result<std::vector<procedure::CalendarVersion>> GetCalendars(const Get& get,
                                                             const std::string& id) {
  std::vector<procedure::CalendarVersion> calendars;
  JEJAK_TRY(rows, GetTable(get, "calendars"));
  for (const json::Value& row : rows) {
    if (TextOf(row, "id") != id || MemberOf(row, "versions").items().empty()) continue;
    JEJAK_TRY(text, GetDocument(get, MemberOf(row, "versions").items().back()));
    procedure::ParsedCalendar parsed = procedure::ParseCalendar(text);
    if (!parsed.calendar)
      return Malformed("the published calendar can't be used: " + parsed.Explain());
    calendars.push_back({0, {}, *std::move(parsed.calendar)});
  }
  return calendars;
}

}  // namespace

Result<std::vector<std::string>> ProceduresInForce(const Get& get) {
  JEJAK_TRY(rows, GetTable(get, "procedures"));
  std::vector<std::string> ids;
  for (const json::Value& row : rows) {
    if (row.Find("in_force") != nullptr) ids.push_back(TextOf(row, "id"));
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

Result<Published> FetchInForce(const Get& get, const std::string& id) {
  JEJAK_TRY(row, GetRow(get, "procedures", id));
  const json::Value* publication = row.Find("in_force");
  if (publication == nullptr)
    return Refused("procedure " + id + " is retired; open the case under another one");
  JEJAK_TRY(publish, ParseHash(TextOf(*publication, "action_id")));
  JEJAK_TRY(definition, GetDefinition(get, *publication));
  JEJAK_TRY(calendars, GetCalendars(get, TextOf(*publication, "calendar")));
  return Published{{id, publish}, std::move(definition), std::move(calendars)};
}

Result<procedure::Definition> FetchVersion(const Get& get, const std::string& id,
                                           const std::string& version) {
  JEJAK_TRY(row, GetRow(get, "procedures", id));
  for (const json::Value& publication : MemberOf(row, "versions").items()) {
    if (TextOf(publication, "version") == version) return GetDefinition(get, publication);
  }
  return NotFound("the ledger has no version " + version + " of procedure " + id);
}

}  // namespace jejak::intake
