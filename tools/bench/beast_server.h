// SPDX-License-Identifier: Apache-2.0
//
// The primitive G (docs/performance.md): what Boost.Beast, the usual library for HTTP in this
// language, can serve on this machine. Every request is answered with 1 KiB:
//
//   GET / HTTP/1.1                 HTTP/1.1 200 OK
//   Host: bench                    Content-Type: application/octet-stream
//                                  Content-Length: 1024
//
// As Beast is meant to be used where speed counts: callbacks on one thread, concrete executors, no
// timer, TCP_NODELAY, one buffer for the life of a connection, a body that is sent without a copy.
// It has no limits and no deadlines; nothing but the bench may start it.
// One thread for the loop, which this starts and ends.
#pragma once

#include <cstdint>
#include <memory>

#include "ledger/base/result.h"

namespace jejak::bench {

class BeastServer final {
 public:
  // Listens on a free port of 127.0.0.1. kUnavailable: there is none.
  static Result<std::unique_ptr<BeastServer>> Start();
  ~BeastServer();

  std::uint16_t port() const;

 private:
  class Core;
  explicit BeastServer(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace jejak::bench
