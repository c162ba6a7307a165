// SPDX-License-Identifier: Apache-2.0
//
// A client of v1/feed for tests: a plain socket, chunks and events taken apart by hand.
//
//   FeedReader feed(port, "/1/v1/feed?after=26");
//   feed.Next()   ->   {id 27, "action", {"index":27,…}}
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/api/raw_connection.h"

namespace jejak::api {

inline constexpr const char* kFeed = "/1/v1/feed";

class FeedReader final {
 public:
  struct Event {
    std::uint64_t id = 0;
    std::string kind;  // "action", "seal", "checkpoint"; "comment", "retry"
    nlohmann::json data;
  };

  // `fields`: whole lines. Reads the head of the answer.
  FeedReader(std::uint16_t port, const std::string& path, const std::string& fields = {});

  int status() const { return status_; }
  const std::string& head() const { return head_; }
  std::string Body() { return connection_.ReadToEnd(); }  // of an answer that is no feed

  // The next event; nullopt when the feed has ended, or said nothing for ten seconds.
  std::optional<Event> Next();
  // Those up to the checkpoint of that size, without `retry` and comments. None: it didn't come.
  std::vector<Event> Until(std::uint64_t size);
  bool ended() const { return ended_; }  // with its last chunk

 private:
  bool ReadChunk();

  RawConnection connection_;
  std::string head_, text_;
  int status_ = 0;
  bool ended_ = false;
};

}  // namespace jejak::api
