// SPDX-License-Identifier: Apache-2.0
//
// A client that sends any octets at all: a plain socket on loopback, blocking, with a time limit on
// every read. Its answers are taken apart by the length they tell, never by luck.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jejak::api {

struct RawAnswer {
  int status = 0;
  std::string head;
  std::string body;
};

class RawConnection final {
 public:
  explicit RawConnection(std::uint16_t port);
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  bool Send(std::string_view octets);  // false when the other end is gone
  void EndSending();
  // What came until the other end closed or ten seconds went by.
  std::string ReadToEnd();
  // Until `size` octets are there; fewer when the other end closed.
  std::string Read(std::size_t size);
  bool ended() const { return ended_; }  // the other end closed in order

 private:
  int fd_ = -1;
  bool ended_ = false;
};

// The answers in a stream; one that is cut off or malformed becomes a last answer with status -1.
// `heads` lists which of them answer a HEAD, and so have no body.
std::vector<RawAnswer> SplitAnswers(std::string_view stream, const std::vector<bool>& heads = {});

// Sends and half-closes; the answers.
std::vector<RawAnswer> Converse(std::uint16_t port, std::string_view octets,
                                const std::vector<bool>& heads = {});

}  // namespace jejak::api
