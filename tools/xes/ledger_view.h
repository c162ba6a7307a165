// SPDX-License-Identifier: Apache-2.0
//
// What a running ledger says that it has, as far as import and export ask: keys, units, publications, cases. Read through its API
// (docs/api.md) and not verified: an import that was told something wrong writes an action that is refused, and what an export gives
// is as good as the ledger that it asked.
// One object is one thread's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/client.h"
#include "ledger/base/bytes.h"
#include "ledger/base/json.h"

namespace jejak::xes {

struct EnrolledKey {
  std::string key;  // the newest, as vkey text
  bool revoked = false;
  std::set<std::string> roles;  // held now
};

struct Published {
  Digest action_id;  // of the publish
  Digest sha256;
};

class LedgerView final {
 public:
  explicit LedgerView(api::LedgerClient& client) : client_(client) {}

  Result<std::map<std::string, EnrolledKey>> Keys();
  // Units that are not closed.
  Result<std::set<std::string>> Units();
  // The publication of this version of a procedure (table "procedures") or calendar ("calendars"); nullopt if there is none.
  Result<std::optional<Published>> Publication(const std::string& table, const std::string& id,
                                               const std::string& version);

  // The cases of the log and how many actions each has, in the order of opening. kNotFound where the ledger doesn't show cases to
  // this listener.
  Result<std::vector<std::pair<std::string, std::uint64_t>>> Cases();
  // The ids of the first `most` actions of a case, or of all that it has.
  Result<std::vector<Digest>> ActionIds(const std::string& case_id, std::uint64_t most);
  // The exact case file.
  Result<std::string> CaseFile(const std::string& case_id);

 private:
  Result<json::Value> Get(const std::string& target);

  api::LedgerClient& client_;
};

}  // namespace jejak::xes
