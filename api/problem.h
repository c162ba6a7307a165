// SPDX-License-Identifier: Apache-2.0
//
// Why a request was not done, as RFC 9457 `application/problem+json`; server and client both.
//
//   {"type":"about:blank","title":"Conflict","status":409,"code":"conflict",
//    "detail":"the stream has 7 actions, not 3; read them and sign again","retryable":false,
//    "errors":[{"line":"after","detail":"the stream has 7 actions, not 3; ..."}],
//    "head":{"count":7,"root":"lgz1rQP0eVnaCbNGeVtruAEQ046YL21Z3GI9zVx1+dg="}}
//
// `code` is the contract: a word of the admission table (docs/formats.md section 9) or one of
// docs/api.md; status and sentences may be reworded. `retryable`: the same bytes may succeed later.
// `errors` names the note's line or the JSON pointer, and the mend. `head` comes with `conflict`
// only: where the next action of that stream begins; `root` is absent when `count` is 0.
// A problem never repeats contents, and is never cached. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http_message.h"
#include "ledger/base/json.h"
#include "ledger/registry/candidate.h"

namespace jejak::api {

struct Problem {
  int status = 500;
  std::string code = "internal";
  std::string detail;
  std::string where;  // a line's name, or a JSON pointer (begins with '/'); empty: neither
  bool retryable = false;
  std::optional<registry::Position> head;  // with `conflict`
  unsigned retry_after_s = 0;              // 0: no Retry-After field
};

// A refusal of the admission table. `at_in_future` is retryable: the moment will come.
Problem ProblemOf(const registry::Refusal& refusal);

// An error of a read or of the sequencer. kInternal says no more than that: details are for logs.
Problem ProblemOf(const Error& error);

// 404 `not_found`, one sentence for everything that is not here or not for this listener, so that
// the answer does not tell which.
Problem NotHere();

json::Value ProblemValue(const Problem& problem);

// The whole answer, with Retry-After where it helps and `Cache-Control: no-store`.
Response ProblemResponse(const Problem& problem);

// Reads such a document back. kMalformed: not a problem of ours.
Result<Problem> ParseProblem(std::string_view text);
Result<Problem> ProblemFrom(const json::Value& value);

}  // namespace jejak::api
