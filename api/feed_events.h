// SPDX-License-Identifier: Apache-2.0
//
// What a feed says (feed.h), as server-sent events: what was logged, by whom nobody is told.
//
//   id: 27
//   event: action
//   data: {"index":27,"seq":0,"time":"2026-01-05T01:00:49Z","action_id":"yxGW…",
//          "type":"report.submit","stream":"case/5MG3Z0FSDG8122AFHMEK5J0EY2"}      (one line)
//
//   id: 28
//   event: seal
//   data: {"index":28,"time":"2026-01-05T01:00:49Z","streams":14}
//
//   id: 28
//   event: checkpoint
//   data: {"size":29,"time":"2026-01-05T01:00:49Z"}
//
// A checkpoint stands after the last entry that it covers, and has that entry's id: whoever resumes
// from it has missed nothing. Which entries an asker is shown is Call::ShowsEntry, as it is for
// v1/entries; of the others the feed has nothing, so ids have gaps.
//
// Where only released cases are shown the feed goes no further than the index of cases has read: a
// `case.release` is then known when its own entry is told. What was logged of the case before that
// isn't told again.
//
// One thread at a time per Call.
#pragma once

#include <cstdint>
#include <string>

#include "api/call.h"

namespace jejak::api {

struct FeedSlice {
  std::uint64_t next = 0;  // the first entry that it doesn't tell of
  std::string text;        // whole events, possibly none
};

// Events of what is logged from `from` on, a bounded number of entries; at the end of the log the
// checkpoint. Errors: those of LogReader.
Result<FeedSlice> ReadSlice(Call& call, std::uint64_t from);

// `id: 28 … {"size":29,…}`
std::string CheckpointEvent(const sequencer::Head& head);

}  // namespace jejak::api
