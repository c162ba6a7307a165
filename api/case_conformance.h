// SPDX-License-Identifier: Apache-2.0
//
// Whether the procedure was followed, asked of the running log (docs/api.md):
//
//   v1/cases/{id}/conformance?now=     {"at_size":333,"now":"2026-01-05T…Z","contents":"held",
//                                       "conformance":{…}}      conformance_json.h
//   v1/actions:validate                what would break if this action were logged now
//
// Without `now`, as of the server's clock; never earlier than the case's last entry. Contents that
// this listener doesn't show aren't judged by either, since a verdict tells of them: `contents` says
// "shown", and what needs others is unknown.
// A replay takes milliseconds: call on a work thread.
#pragma once

#include "api/call.h"
#include "api/published.h"
#include "ledger/base/json.h"
#include "ledger/record/stream.h"
#include "ledger/sequencer/submission.h"

namespace jejak::api {

// kMalformed: a parameter. kNotFound: no such case.
Result<Response> ReadConformance(Call& call, const record::Stream& stream);

// What judges worse with the submission than without, both as of `now`:
//
//   {"contents":"held","judged":true,"why_not":null,"would_break":[…],"would_fail_checks":[…]}
//
// `would_break`: rules that fail, not remedied, only with it; `would_fail_checks`: failed checks
// that aren't there without it. Its own body and openings count as at hand on every listener; of
// the case's others all that are held, or, where bodies aren't shown, none.
Result<json::Value> ForeseeConformance(sequencer::LogReader& reader, Published& published,
                                       const sequencer::Submission& submission, UnixSeconds now,
                                       bool shows_bodies);

}  // namespace jejak::api
