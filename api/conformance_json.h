// SPDX-License-Identifier: Apache-2.0
//
// A judgement as JSON: the members that `jejak-verify conformance --json` writes (interfaces.md),
// so that one reader takes both.
//
//   {"stream":"case/5K3D…","procedure":"pp94-kota","version":"1.0.0","entry":12,"judged":true,
//    "why_not":null,
//    "rules":[{"id":"R09","scope":"officer","instance":"P031","verdict":"pending","remedied":false,
//              "corrected":false,"kept":false,"entries":[6,7],"due":"2024-06-26",
//              "detail":{"id":"…","en":"…"}}],
//    "checks":[{"id":"check.role","outcome":"fail","entries":[41],"due":null,"kept":false,
//               "detail":{…}}],
//    "states":[{"track":"officer","instance":"P031","state":"EXAMINED","since":13}]}
//
// A rule that isn't listed is not applicable. Pure; any thread.
#pragma once

#include "ledger/base/json.h"
#include "ledger/evidence/judged_case.h"

namespace jejak::api {

json::Value WordsValue(const procedure::Words& words);
json::Value RuleValue(const procedure::RuleVerdict& verdict);
json::Value CheckValue(const procedure::CheckVerdict& check);
json::Value ConformanceValue(const evidence::CaseConformance& conformance);

}  // namespace jejak::api
