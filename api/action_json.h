// SPDX-License-Identifier: Apache-2.0
//
// Logged actions as JSON, for lists. Never a source of evidence: the exact text is in
// v1/entries/{index} and in the case file.
//
//   {"index":27,"seq":0,"time":"2026-06-19T02:31:07Z","action_id":"i+hx...","type":"report.submit",
//    "at":"2026-06-19T09:30:00+07:00","after":{"count":0},"about":["P044"],
//    "by":[{"name":"portal.example/intake","role":"intake"}],"body":"committed"}
//
// Pure.
#pragma once

#include "ledger/base/json.h"
#include "ledger/record/leaf.h"

namespace jejak::api {

json::Value ActionValue(const record::LoggedAction& logged);

// {"count":7,"root":"lgz1..."}: a position in a stream; no root when the count is 0.
json::Value PositionValue(std::uint64_t count, const Digest& root);

json::Value NumberValue(std::uint64_t number);
json::Value HashValue(const Digest& digest);

}  // namespace jejak::api
