// SPDX-License-Identifier: Apache-2.0
//
// Octets after a head into a body: so many, or in chunks (RFC 9112 section 7.1, and less).
//
//   5 CR LF          size: 1 to 8 hex digits, nothing else on the line
//   hello CR LF      exactly that many octets
//   0 CR LF          the last chunk
//   CR LF            no trailer field
//
// Refused: extensions, trailers, signs, blanks, longer sizes, bare CR or LF: nobody who sends to us
// needs them, and two readers of them disagree. Beast's own chunk reader is not used: octets that
// arrive one by one reach an assertion in it (1.81: "0 CR LF CR" and then "LF").
// Pure; the octets may be cut anywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/http_framing.h"

namespace jejak::api {

class BodyReader final {
 public:
  enum class State : std::uint8_t { kMore, kEnd, kMalformed, kTooLong };
  struct Progress {
    State state;
    std::size_t used;
  };

  // A body of at most `limit` octets; `framing` is kLength or kChunked.
  BodyReader(const Framing& framing, std::size_t limit);

  // Appends to `body`. kMore: all was used; kEnd: what is left belongs to the next request.
  Progress Read(std::string_view input, std::string& body);

 private:
  enum class Expect : std::uint8_t {
    kLength,
    kSize,
    kSizeLf,
    kData,
    kDataCr,
    kDataLf,
    kEndCr,
    kEndLf
  };

  State TakeMark(unsigned char octet);
  State TakeSize(unsigned char octet);

  std::uint64_t room_;      // octets that the limit still allows
  std::uint64_t left_ = 0;  // of the body, or of the chunk
  unsigned digits_ = 0;
  Expect expect_;
};

}  // namespace jejak::api
