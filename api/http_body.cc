// SPDX-License-Identifier: Apache-2.0
#include "api/http_body.h"

#include <algorithm>

namespace jejak::api {
namespace {

constexpr unsigned kMaxDigits = 8;

constexpr int HexDigit(unsigned char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

BodyReader::BodyReader(const Framing& framing, std::size_t limit)
    : room_(limit),
      left_(framing.length),
      expect_(framing.body == Framing::Body::kLength ? Expect::kLength : Expect::kSize) {}

BodyReader::Progress BodyReader::Read(std::string_view input, std::string& body) {
  if (expect_ == Expect::kLength && left_ > room_) return {State::kTooLong, 0};
  std::size_t used = 0;
  while (used < input.size()) {
    if (expect_ == Expect::kLength || expect_ == Expect::kData) {
      const auto size =
          static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size() - used));
      body.append(input.substr(used, size));
      used += size;
      left_ -= size;
      room_ -= size;
      if (left_ > 0) break;
      if (expect_ == Expect::kLength) return {State::kEnd, used};
      expect_ = Expect::kDataCr;
      continue;
    }
    const State state = TakeMark(static_cast<unsigned char>(input[used]));
    ++used;
    if (state != State::kMore) return {state, used};
  }
  return {State::kMore, used};
}

// One octet of a size or of a line end.
BodyReader::State BodyReader::TakeMark(unsigned char octet) {
  const bool wants_cr = expect_ == Expect::kDataCr || expect_ == Expect::kEndCr;
  if (expect_ == Expect::kSize) return TakeSize(octet);
  if (octet != (wants_cr ? '\r' : '\n')) return State::kMalformed;
  switch (expect_) {
    case Expect::kSizeLf:
      expect_ = left_ > 0 ? Expect::kData : Expect::kEndCr;
      return State::kMore;
    case Expect::kDataCr:
      expect_ = Expect::kDataLf;
      return State::kMore;
    case Expect::kEndCr:
      expect_ = Expect::kEndLf;
      return State::kMore;
    case Expect::kEndLf:
      return State::kEnd;
    default:  // kDataLf: the next chunk
      expect_ = Expect::kSize;
      digits_ = 0;
      left_ = 0;
      return State::kMore;
  }
}

BodyReader::State BodyReader::TakeSize(unsigned char octet) {
  if (octet == '\r' && digits_ > 0) {
    expect_ = Expect::kSizeLf;
    return left_ > room_ ? State::kTooLong : State::kMore;
  }
  const int digit = HexDigit(octet);
  if (digit < 0 || ++digits_ > kMaxDigits) return State::kMalformed;
  left_ = left_ << 4 | static_cast<unsigned>(digit);
  return State::kMore;
}

}  // namespace jejak::api
