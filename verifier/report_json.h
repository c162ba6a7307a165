// SPDX-License-Identifier: Apache-2.0
//
// A report as JSON (interfaces.md): one line, never translated, the same members whatever the
// verdict.
//
//   {"schema_version":1,"tool":"jejak-verify 0.1.0",
//    "inputs":[{"name":"case.casefile.json","sha256":"Gq1…"}],
//    "policy":{"name":"policy","sha256":"b7…","log":"golden.jejak.example/1","quorum":"none"},
//    "genesis":"YVDI…","verdict":"inconclusive","coverage":{"total":32,"checked":32},
//    "checks":[{"id":"check.checkpoint","status":"pass","detail":"…","entry_index":null}],
//    "conformance":{…},"verified":{"origin":"…"},"unverified":{"conformance":"…"}}
//
// Hashes are b64, or null where there is nothing to hash. `conformance` (conformance_json.h) is
// null when nobody judged it: `unverified` says so. Of several inputs one document tells all: the
// worst verdict, coverage added up, checks in the order of the inputs, and `checks`, `verified` and
// `unverified` say with "input":N or the prefix "N/" which input they are about; so do the rules
// and checks of `conformance`, whose members `cases` and `logs` hold the rest of what each has.
//
// Pure; any thread.
#pragma once

#include <span>
#include <string>

#include "verifier/report.h"

namespace jejak::verifier {

// One document with its line feed. `reports` may be empty: a usage error before any input.
std::string RenderJson(std::span<const Report> reports, std::string_view tool);

}  // namespace jejak::verifier
