// SPDX-License-Identifier: Apache-2.0
//
// Octets of a connection into requests, without a socket: the scanner, Beast's parser of the head
// and the framing checks, which must agree (http_framing.h says what is refused), then the body.
//
//   auto step = reader.Read(buffered);       // the octets not used so far, from the first on
//   drop step.used octets, then by step.state:
//     kMore       wait for more octets after the ones left
//     kBodyAhead  the head is good and a body follows: the moment for 100-continue; read on
//     kRequest    TakeRequest(); what is left in the buffer belongs to the next one
//     kRefused    answer reader.refusal(), then close: where the next request starts is unknown
//
// The result does not depend on how the octets were cut. An object belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "api/http_body.h"
#include "api/http_framing.h"
#include "api/http_handler.h"
#include "api/http_message.h"

namespace jejak::api {

class RequestReader final {
 public:
  struct Limits {
    std::size_t header_bytes;
    std::size_t header_fields;
  };
  enum class State : std::uint8_t { kMore, kBodyAhead, kRequest, kRefused };
  struct Step {
    State state;
    std::size_t used;
  };

  // `handler` tells how long a body may be; it must outlive the reader.
  RequestReader(Limits limits, const Handler& handler);

  Step Read(std::string_view input);

  Refusal refusal() const { return refusal_; }         // after kRefused
  const Framing& framing() const { return framing_; }  // after kBodyAhead or kRequest
  std::size_t body_bytes() const { return request_.body.size(); }
  const std::vector<Header>& headers() const { return request_.headers; }
  bool is_head_request() const { return request_.method == "HEAD"; }

  // After kRequest; peer and oversight are for the caller to fill. Starts over.
  Request TakeRequest();

 private:
  Step Refuse(Refusal why, std::size_t used);
  Step ReadHead(std::string_view input);
  Step ReadBody(std::string_view input);
  std::optional<Refusal> ParseHead(std::string_view head);

  const Limits limits_;
  const Handler& handler_;
  HeadScanner scanner_;
  std::size_t scanned_ = 0;
  Request request_;
  Framing framing_;
  Refusal refusal_ = Refusal::kBadFraming;
  std::optional<BodyReader> body_;
};

}  // namespace jejak::api
