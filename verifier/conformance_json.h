// SPDX-License-Identifier: Apache-2.0
//
// The member `conformance` of the JSON report (interfaces.md; report_json.h).
//
// One case:
//   {"stream":"case/5K3D…","procedure":"pp94-kota","version":"1.0.0","entry":12,"judged":true,
//    "why_not":null,
//    "rules":[{"id":"R09","scope":"officer","instance":"P031","verdict":"pending","remedied":false,
//              "corrected":false,"kept":false,"entries":[6,7],"due":"2024-06-26",
//              "detail":{"id":"…","en":"…"}}],
//    "checks":[{"id":"check.role","outcome":"fail","entries":[41],"due":null,"kept":false,
//               "detail":{…}}],
//    "states":[{"track":"officer","instance":"P031","state":"examined","since":13}]}
// A rule or instance that isn't listed is not applicable. With Rows::kAll (the command
// `conformance`) each rule has title{id,en}, basis[], severity and source too, and those that are
// not applicable in any instance are listed.
//
// A whole log, in cases:
//   {"cases":1434,"unjudged":0,"inconclusive":0,
//    "procedures":[{"procedure":…,"version":…,"entry":12,"cases":1434,
//      "rules":[{"id","title","basis","severity","source",
//                "pass","fail","pending","unknown","not_applicable","remedied"}],
//      "checks":[{"id","fail","pending","unknown"}]}],
//    "broken":[{"stream":"case/…","rules":["P1"],"checks":[]}],
//    "not_judged":[{"stream":"case/…","why_not":{"id","en"}}]}
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/base/json.h"
#include "ledger/evidence/judged_case.h"

namespace jejak::verifier {

enum class Rows { kDecided, kAll };

// With `input` each rule and check says which input it is about.
json::Value CaseConformanceJson(const evidence::CaseConformance& conformance, Rows rows,
                                std::optional<std::uint64_t> input = {});
json::Value LogConformanceJson(const evidence::LogConformance& conformance);

}  // namespace jejak::verifier
