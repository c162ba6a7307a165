// SPDX-License-Identifier: Apache-2.0
//
// What is enrolled and in force, from the administration streams (docs/formats.md section 8): public
// on both listeners, whatever `entries` is. Keys, units, procedures and calendars with all that
// happened to them, so that a reader can judge an old entry too.
//
//   v1/keys        {"keys":[{"name":"bkpsdm.example/p-07","unit":"bkpsdm","holder":"h-007",
//                   "terms":[{"key":"bkpsdm.example/p-07+d456...","since":9}],
//                   "grants":[{"role":"bkpsdm","since":9}],"revocations":[]}]}
//   v1/units       {"units":[{"unit":"bkpsdm","title":{...},"since":3}]}
//   v1/procedures  {"procedures":[{"id":"reports","versions":[{"version":"1.0","index":21,
//                   "action_id":"..."}],"in_force":{"version":"1.0",...}}]}
//   v1/calendars   the same for calendars
//   v1/log         origin, keys, roots, rules, genesis, size, who may read what
//
// Written once per state of the administration and shared by all who ask. Any thread.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "api/call.h"
#include "ledger/registry/administration.h"

namespace jejak::api {

class Register final {
 public:
  enum class Table : std::uint8_t { kKeys, kUnits, kProcedures, kCalendars };

  Response Read(const Call& call, Table table);
  static Response ReadLog(const Call& call);

 private:
  struct Written {
    std::shared_ptr<const registry::Administration> of;
    std::array<std::shared_ptr<const std::string>, 4> tables;
  };

  std::mutex mutex_;
  Written written_;
};

}  // namespace jejak::api
