// SPDX-License-Identifier: Apache-2.0
//
// One read on its way through the routes: the request, its parameters, and one state of the log
// that all of the answer is about. Lives as long as the answer is being made; one thread's.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/audience.h"
#include "api/case_record.h"
#include "api/ledger.h"
#include "api/problem.h"
#include "api/release.h"
#include "ledger/record/leaf.h"
#include "ledger/registry/administration.h"
#include "ledger/sequencer/log_reader.h"

namespace jejak::api {

struct Call {
  const Ledger& ledger;
  const Request& request;
  QueryParameters query;
  sequencer::LogReader reader;

  bool shows_cases() const { return ledger.ShowsCases(request); }
  bool shows_bodies() const { return ledger.ShowsBodies(request); }

  // What this listener shows of one case. All of it is false of one that it doesn't show, which
  // must be answered as if the log had no such case. Where cases are public nothing is looked up.
  Release ShownOf(const record::Stream& stream);
  bool ShowsCase(const record::Stream& stream) { return ShownOf(stream).timeline; }
  // Whether it shows an entry. Seals name no case, yet count cases: shown where all cases are.
  bool ShowsEntry(const record::Leaf& leaf);
  // By which contents a search, or a case that is shown, is judged.
  Contents contents() const { return shows_bodies() ? Contents::kHeld : Contents::kShown; }
  // Whose the request is; parties come with a code, by other routes.
  Audience audience() const { return shows_bodies() ? Audience::Oversight() : Audience::Public(); }
};

// The segments of a path: "entries/27/proof/29" -> entries, 27, proof, 29. A slash at the end gives
// an empty last one, which no route takes.
std::vector<std::string_view> SegmentsOf(std::string_view path);

// A number in a path. nullopt: not a decimal of docs/formats.md section 1, so no such resource.
std::optional<std::uint64_t> NumberIn(std::string_view segment);

// A number in the query within [least, most], or `unset` when it is not given. kMalformed otherwise.
Result<std::uint64_t> NumberOf(const Call& call, std::string_view name, std::uint64_t least,
                               std::uint64_t most, std::uint64_t unset);

// kMalformed when the query has a parameter that is not among these: a misspelt one must not be
// ignored, and two addresses of one answer would only confuse caches.
Result<void> OnlyParameters(const Call& call, std::initializer_list<std::string_view> names);

// Offset of the log's zone; 0 of a log that names none. kMalformed: it is no zone.
Result<int> ZoneMinutes(const registry::Administration& administration);

// An answer or the problem that stands for the error.
Response AnswerOr(Result<Response> answer);

}  // namespace jejak::api
