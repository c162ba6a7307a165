// SPDX-License-Identifier: Apache-2.0
//
// The life of one connection, without its socket: read a request, hand it over, write the answer,
// again. Deadlines, limits and the order of answers live here; the server lends the socket.
//
//   kHead -> kBody -> kHandling -> kWriting -> kHead ...     keep-alive
//      \________\______________________\-> kLingering -> kClosed
//                                  kWriting <-> kStreaming   a streamed answer
//
//   phase       waits for        ends by itself after
//   kHead       a head           header_deadline (first octet seen, or a new connection), else idle
//   kBody       a body           body_deadline, moved by what came at the floor's rate
//   kHandling   the handler      never: a dropped Responder answers 500
//   kWriting    the client       as kBody, by what it took
//   kStreaming  the next piece   never (http_stream.h); each piece is a kWriting of its own
//   kLingering  the client's end two seconds: closing with unread octets would reset the
//                                connection and could take our last answer with it
//
// Too late in kHead or kBody is a 408, unless nothing was asked yet. One request at a time: what is
// pipelined waits in the buffer, then in TCP. Everything runs on the thread of the loop.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "api/http_counters.h"
#include "api/http_handler.h"
#include "api/http_limiter.h"
#include "api/http_reader.h"
#include "api/http_server.h"
#include "api/http_stream.h"

namespace jejak::api {

// What a connection asks of its socket. No call may come back into the connection before it
// returns.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual void StartRead(std::span<char> room) = 0;  // then OnRead
  // Then OnSent for each part that went, and OnWritten. Both views live until then.
  virtual void StartWrite(std::string_view head, std::string_view content) = 0;
  virtual bool WriteNow(std::string_view few) = 0;  // all of it without waiting, or false
  virtual bool ShutdownSend() = 0;
  virtual void Shut() = 0;  // no event comes after it
  virtual Responder MakeResponder() = 0;
  virtual std::weak_ptr<StreamSink> Sink() = 0;
};

// Shared by all connections of a server.
struct ServerContext {
  ServerContext(const ServerOptions& o, Handler& h)
      : options(o), handler(h), limiter(o.requests_per_second) {}

  const ServerOptions options;
  Handler& handler;
  AddressLimiter limiter;
  ServerCounters counters;
};

// Shared by the connections of one loop.
struct LoopState {
  std::string date;       // for the Date field, renewed by the sweep
  bool draining = false;  // the server stops: no request after the one in flight
};

class Connection final {
 public:
  using Clock = std::chrono::steady_clock;
  struct Peer {
    PeerAddress address;  // of the other end of the connection
    bool oversight;
  };

  Connection(Transport& transport, ServerContext& context, const LoopState& loop, const Peer& peer);

  void Begin();
  void OnRead(bool good, std::size_t size);
  void OnSent(std::size_t bytes_in_all);
  void OnWritten(bool good);
  void OnSweep(Clock::time_point now);
  // The answer to the request handed over; ignored when the connection has ended.
  void Send(Response response);
  // The next piece of a streamed answer; empty: the end.
  void Continue(std::string_view piece);
  void Drain();  // closes when no request has been read, ends a streamed answer
  void Close();

 private:
  enum class Phase { kHead, kBody, kHandling, kWriting, kStreaming, kLingering, kClosed };

  void Read();
  void NextRequest();
  void Consume();
  bool StartBody();
  bool HoldBody();
  void HandOver();
  void Refuse(Refusal why);
  void Write(Response response);
  void StartWriting(std::string_view content);
  void AppendPiece(std::string_view piece);
  void AwaitPiece();
  void EndStream();
  void Linger();
  void KeepPace(std::size_t bytes);
  bool AdmitClient();

  Transport& transport_;
  ServerContext& context_;
  const LoopState& loop_;
  const Peer peer_;

  Phase phase_ = Phase::kHead;
  Clock::time_point deadline_ = Clock::time_point::max();
  Clock::time_point phase_start_;
  bool reading_ = false;
  std::size_t lingered_ = 0;  // octets dropped

  const std::size_t capacity_;
  const std::unique_ptr<char[]> in_;
  std::size_t begin_ = 0;  // first octet that the reader has not used
  std::size_t end_ = 0;
  RequestReader reader_;
  PeerAddress client_{};  // whose the request is: forwarded.h
  std::size_t held_ = 0;  // octets of the body that the counters know of

  std::string out_head_;
  Response out_;
  bool head_only_ = false;
  bool keep_alive_ = false;
  bool takes_chunks_ = false;
  bool chunked_ = false;  // out_.stream goes in chunks
};

}  // namespace jejak::api
