// SPDX-License-Identifier: Apache-2.0
#include "tools/xes/ledger_view.h"

#include "ledger/base/json_member.h"
#include "ledger/base/text.h"

namespace jejak::xes {
namespace {

EnrolledKey KeyFrom(const json::Value& row) {
  EnrolledKey key;
  const std::vector<json::Value>& terms = MemberOf(row, "terms").items();
  if (!terms.empty()) key.key = TextOf(terms.back(), "key");
  key.revoked = MemberOf(row, "revoked").as_bool();
  for (const json::Value& grant : MemberOf(row, "grants").items()) {
    if (grant.Find("until") == nullptr) key.roles.insert(TextOf(grant, "role"));
  }
  return key;
}

}  // namespace

Result<json::Value> LedgerView::Get(const std::string& target) {
  JEJAK_TRY(text, client_.Get(target));
  Result<json::Value> value = json::Parse(text, json::Rules::kContainer);
  if (!value.ok()) return Malformed("what answers " + target + " is no ledger");
  return value;
}

Result<std::map<std::string, EnrolledKey>> LedgerView::Keys() {
  JEJAK_TRY(answer, Get("/v1/keys"));
  std::map<std::string, EnrolledKey> keys;
  for (const json::Value& row : MemberOf(answer, "keys").items())
    keys.emplace(TextOf(row, "name"), KeyFrom(row));
  return keys;
}

Result<std::set<std::string>> LedgerView::Units() {
  JEJAK_TRY(answer, Get("/v1/units"));
  std::set<std::string> units;
  for (const json::Value& row : MemberOf(answer, "units").items()) {
    if (row.Find("closed") == nullptr) units.insert(TextOf(row, "unit"));
  }
  return units;
}

Result<std::optional<Published>> LedgerView::Publication(const std::string& table,
                                                         const std::string& id,
                                                         const std::string& version) {
  JEJAK_TRY(answer, Get("/v1/" + table));
  for (const json::Value& row : MemberOf(answer, table).items()) {
    if (TextOf(row, "id") != id) continue;
    for (const json::Value& publication : MemberOf(row, "versions").items()) {
      if (TextOf(publication, "version") != version) continue;
      JEJAK_TRY(action_id, ParseHash(TextOf(publication, "action_id")));
      JEJAK_TRY(sha256, ParseHash(TextOf(publication, "sha256")));
      return std::optional(Published{action_id, sha256});
    }
  }
  return std::optional<Published>();
}

Result<std::vector<std::pair<std::string, std::uint64_t>>> LedgerView::Cases() {
  std::vector<std::pair<std::string, std::uint64_t>> cases;
  std::string cursor;
  do {
    JEJAK_TRY(page, Get("/v1/cases?limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor)));
    for (const json::Value& row : MemberOf(page, "cases").items()) {
      cases.emplace_back(TextOf(row, "id"),
                         static_cast<std::uint64_t>(MemberOf(row, "count").as_integer()));
    }
    const std::string& next = TextOf(page, "cursor");
    if (next == cursor) break;  // also at the end, where there is none
    cursor = next;
  } while (!cursor.empty());
  return cases;
}

Result<std::vector<Digest>> LedgerView::ActionIds(const std::string& case_id, std::uint64_t most) {
  std::vector<Digest> ids;
  while (ids.size() < most) {
    JEJAK_TRY(page, Get("/v1/cases/" + case_id +
                        "/actions?limit=200&from=" + std::to_string(ids.size())));
    const std::vector<json::Value>& actions = MemberOf(page, "actions").items();
    for (const json::Value& action : actions) {
      JEJAK_TRY(id, ParseHash(TextOf(action, "action_id")));
      if (ids.size() < most) ids.push_back(id);
    }
    if (actions.empty() || page.Find("next") == nullptr) break;
  }
  return ids;
}

Result<std::string> LedgerView::CaseFile(const std::string& case_id) {
  return client_.Get("/v1/cases/" + case_id + "/casefile");
}

}  // namespace jejak::xes
