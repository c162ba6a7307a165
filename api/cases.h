// SPDX-License-Identifier: Apache-2.0
//
// The case plane (docs/api.md). Of a restricted log the public listener serves the cases that were
// released, and kNotFound for others in the same words and time as for what isn't there.
//
//   v1/cases?limit=&cursor=&at_size=    in the order of opening; a walk sees one state:
//       {"at_size":333,"cases":[{"id":"5MG3...","opened":{...},"last":{...},"count":7}],
//        "cursor":"333.41"}             absent at the end
//   v1/cases?stage=&unit=&overdue=…     those of which something is so: case_search.h
//   v1/cases/{id}                       where the case stands: head, parties, first and last action
//   v1/cases/{id}/actions?from=&limit=  its history, `next` where more follows
//   v1/cases/{id}/casefile?from=N       everything to verify it offline; `from` proves an earlier
//                                       checkpoint's size to be a prefix. Bodies and openings as
//                                       the asker may have them (audience.h)
//   v1/cases/{id}/conformance?now=      verdict per rule: case_conformance.h
//
// All may take milliseconds: call on a work thread.
#pragma once

#include <string_view>

#include "api/call.h"

namespace jejak::api {

inline constexpr std::uint64_t kMostListed = 200;

Result<Response> ListCases(Call& call);
Result<Response> ReadCase(Call& call, std::string_view path);  // "{id}", "{id}/actions", ...

}  // namespace jejak::api
