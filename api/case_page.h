// SPDX-License-Identifier: Apache-2.0
//
// The page of one case, for people: on the oversight listener, on the public listener of a log with
// public entries, and of a restricted log for cases that were released (design/interfaces.md
// "Audiences").
//
//   cases/{id}?lang=
//     Case 5K3D…      procedure, when it began, how many actions
//     where it stands the verdict on the procedure, what was broken, the state of each instance
//     what may come next, by whom and by when (status_course.h)
//     timeline        a drawing, then every action with its signers, what they had seen, its
//                     contents and its proof (case_acts_list.h)
//     rules, checks   with reasons and legal basis; ids of rules for oversight alone
//     check it        case file, verdicts as JSON, one command
//
// Sections are the verifier's own (presentation/case_sheet.h), judged by the contents that this
// listener shows. Where a release doesn't name the verdicts, nothing that was made of the actions is
// shown: no verdict, state, deadline or next step. A case that isn't shown and one that isn't there
// have the same page, 404. Of a long case the newest kActsListed actions are listed and the newest
// kActsDrawn drawn; all of them are judged, and `v1/cases/{id}/actions` has the rest.
//
// A replay takes milliseconds: call on a work thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "api/call.h"

namespace jejak::api {

inline constexpr std::size_t kActsListed = 200, kActsDrawn = 60;
inline constexpr std::size_t kChecksListed = 40;
inline constexpr std::size_t kEntriesNamed = 4;  // of one verdict; the case file has all

// `id`: what follows "cases/". kNotFound: an address that can't be a case's.
Result<Response> CasePage(Call& call, std::string_view id);

}  // namespace jejak::api
