// SPDX-License-Identifier: Apache-2.0
//
// An HTTP/1.1 server with plain types: bounded, strict about framing, deadlines on every phase.
// Follows interfaces.md (HTTP, limits) and reliability.md T28, T36, T37; the framing rules are in
// http_framing.h. No TLS: a proxy in front speaks it.
//
//   HttpServer::Start(options, handler)  ->  server->port()  ...  server->Stop(5 s)
//
// Threads: `io_threads` loops; a connection stays on one of them. Handler::Handle runs there, must
// be safe to call from all of them at once and must not block. A connection has one request in
// flight: answers keep the order of the requests, and a client that pipelines is slowed by TCP.
//
// What the server answers by itself is `application/problem+json` with a stable `code`, and ends
// the connection: bad_request, bad_framing, unsupported_transfer, header_too_large,
// body_too_large, timeout, too_many_requests, too_many_connections, overloaded,
// expectation_failed, internal.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/http_counters.h"
#include "api/http_handler.h"
#include "api/peer_address.h"
#include "ledger/base/result.h"

namespace jejak::api {

struct Endpoint {
  std::string address = "127.0.0.1";  // an IPv4 or IPv6 address, not a name
  std::uint16_t port = 0;             // 0: any free one, see HttpServer::port
};

struct ServerOptions {
  Endpoint listen;
  std::optional<Endpoint> listen_oversight;  // requests from here have Request::oversight
  unsigned io_threads = 1;

  std::size_t header_bytes = 8192;  // request line and fields, with the empty line
  std::size_t header_fields = 64;
  // From the first byte of a head to its last. A new connection gets as long for its first byte.
  std::chrono::milliseconds header_deadline{10'000};
  // A body (and our answer, as the client takes it) has this long, and longer only while its
  // average is over the floor.
  std::chrono::milliseconds body_deadline{30'000};
  std::size_t body_floor_bytes_per_second = 1024;
  std::chrono::milliseconds idle{60'000};   // between two requests
  std::size_t max_connections = 4096;       // per listener: a full public one leaves oversight open
  std::size_t max_body_bytes = 256u << 20;  // bodies held at one time, all connections together
  // Per address (IPv6: per /64), bucket of two seconds; 0: no limit. Public listener only.
  unsigned requests_per_second = 0;
  // Who comes from one of these is whom X-Forwarded-For names (forwarded.h). Both listeners.
  std::vector<PeerAddress> trusted_proxies;
};

class HttpServer final {
 public:
  // Binds, then accepts on its own threads. `handler` must live until Stop has returned.
  // kMalformed: an address that is not one, no threads; kUnavailable: the address is taken or not
  // ours.
  static Result<std::unique_ptr<HttpServer>> Start(const ServerOptions& options, Handler& handler);
  // Stops without grace if nobody did before.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;            // of the public listener
  std::uint16_t oversight_port() const;  // 0 without one
  ServerStats stats() const;

  // Accepts no more, closes idle connections, lets requests in flight finish for at most `grace`,
  // then closes all. Returns when the threads have ended; again: nothing. Never from a handler.
  void Stop(std::chrono::milliseconds grace);

 private:
  class Core;
  explicit HttpServer(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace jejak::api
