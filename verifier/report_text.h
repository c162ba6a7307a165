// SPDX-License-Identifier: Apache-2.0
//
// A report for people: the answer first, in plain words, then what it rests on, a line per check.
//
//   case-A.casefile.json: intact. Whether the procedure was followed was not judged.
//     ok            check.checkpoint   the checkpoint of size 333 is signed with the log key …
//     …
//     not judged    check.conformance  whether the procedure was followed was not judged
//     verified      origin  golden.jejak.example/1
//     not verified  conformance  whether the procedure was followed was not judged
//
// The answer and the labels are English or Indonesian; the sentence of a check is English in both,
// the same as in JSON, so that two readers of one case quote the same words.
//
// Pure; any thread.
#pragma once

#include <span>
#include <string>

#include "verifier/report.h"

namespace jejak::verifier {

enum class Language { kEnglish, kIndonesian };
enum class Detail { kQuiet, kNormal, kVerbose };

struct TextStyle {
  Language language = Language::kEnglish;
  Detail detail = Detail::kNormal;
  bool colors = false;
};

std::string RenderText(const Report& report, const TextStyle& style);

// One line about several: how many of each verdict, and which exit code wins.
std::string RenderSummary(std::span<const Report> reports, const TextStyle& style);

}  // namespace jejak::verifier
