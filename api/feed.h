// SPDX-License-Identifier: Apache-2.0
//
// GET v1/feed: what is logged, as it is logged, as server-sent events (WHATWG HTML, 9.2). The id of
// an event is the index of its entry; feed_events.h has the events and who is shown which.
//
//   > GET /1/v1/feed
//   > Last-Event-ID: 26                    or ?after=26; neither: from now on
//   < retry: 5000
//   <
//   < id: 27                               what followed 26, from the log, then what comes
//   < event: action
//   < data: {"index":27,…}
//   <
//   < :                                    after feed_heartbeat_ms of silence
//
// One thread serves all feeds, at a lower priority than those that take actions. It looks at the
// log's head a few times a second while a feed waits for something, and sleeps while none does: an
// append neither knows nor pays, and a burst of them is one look. A feed is a position in the log,
// not a queue; who reads slowly is read for slowly, and is cut off by its connection when it doesn't
// read (http_stream.h). Feeds at one position are told the same text, made once.
//
// One address (IPv6: /64) may have `max_feeds_per_address` open, so that no one takes all of a
// listener's. Addresses are counted while a feed of theirs is open, and kept nowhere else.
//
// Nothing is told before it is under a published checkpoint, and in the order of the log. A feed
// ends when the client goes, the server stops, or the log can't be read; resuming is the remedy each
// time.
//
// Open is any thread's.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "api/call.h"
#include "api/health.h"

namespace jejak::api {

class FeedDesk final {
 public:
  // `ledger` outlives the desk. Its config has the limits.
  explicit FeedDesk(const Ledger& ledger);
  ~FeedDesk();
  FeedDesk(const FeedDesk&) = delete;
  FeedDesk& operator=(const FeedDesk&) = delete;

  // The answer with its stream, which may outlive the desk: it is silent then. 429 `too_many_feeds`
  // when the client has enough of them. kMalformed: the place to resume from isn't one of this log.
  // kUnavailable: too many feeds are open on this listener.
  Result<Response> Open(Call& call);

  OpenFeeds open() const;

 private:
  class Feed;
  struct Shared;  // with the feeds
  struct Round;
  struct Listener;
  using Waiting = std::vector<std::weak_ptr<Feed>>;

  void Run();
  bool Answer(Round& round, Feed& feed);

  const Ledger& ledger_;
  const std::array<std::uint64_t, 2> per_address_;  // public, oversight; 0: any number
  const std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace jejak::api
