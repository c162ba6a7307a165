// SPDX-License-Identifier: Apache-2.0
//
// A report for people: the answer first, in plain words, then what it rests on, a line per check.
//
//   case.casefile.json: intact, but the procedure was broken (pp94-kota 1.0.0, entry 12)
//     BROKEN        R07 officer P044   entries 38: …          (conformance_text.h)
//     …
//     ok            check.checkpoint   the checkpoint of size 333 is signed with the log key …
//     …
//     verified      origin  golden.jejak.example/1
//     not verified  conformance  1 verdict or check is unknown: …
//
// The answer and the labels are English or Indonesian; the sentence of a check is English in both,
// the same as in JSON, so that two readers of one case quote the same words.
//
// Pure; any thread.
#pragma once

#include <span>
#include <string>

#include "verifier/report.h"
#include "verifier/text_lines.h"

namespace jejak::verifier {

std::string RenderText(const Report& report, const TextStyle& style);

// One line about several: how many of each verdict, and which exit code wins.
std::string RenderSummary(std::span<const Report> reports, const TextStyle& style);

}  // namespace jejak::verifier
