// SPDX-License-Identifier: Apache-2.0
//
// What answers requests, and how the answer finds its way back. The server calls a Handler on its
// I/O threads; the Handler calls the Responder when it knows, at once or from another thread:
//
//   void Handle(Request request, Responder respond) override {
//     sequencer_.Submit(Parse(request), [r = std::move(respond)](Receipt x) mutable { r(Ok(x)); });
//   }
//
// A Responder answers one request with one response: whole, or with a stream that goes on
// (http_stream.h).
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include "api/http_message.h"

namespace jejak::api {

// Where an answer goes. The server's connection is one; a test can be another.
class ResponseSink {
 public:
  virtual ~ResponseSink() = default;
  // Called once per request, from any thread.
  virtual void Answer(Response response) = 0;
};

// The right, and the duty, to answer one request. Call it once from any thread; destroyed unused
// it answers 500, so that no client waits for ever. May outlive the server: then it does nothing.
class Responder final {
 public:
  explicit Responder(std::shared_ptr<ResponseSink> sink) : sink_(std::move(sink)) {}
  Responder(Responder&&) noexcept = default;
  Responder& operator=(Responder&&) = delete;
  Responder(const Responder&) = delete;
  ~Responder();

  // A second call does nothing.
  void operator()(Response response);

 private:
  std::shared_ptr<ResponseSink> sink_;
};

class Handler {
 public:
  virtual ~Handler() = default;
  // Answers `request` through `respond`, now or later. An exception is answered with 500.
  virtual void Handle(Request request, Responder respond) = 0;
  // The longest body for this route in bytes; asked before the body is read.
  virtual std::size_t BodyLimit(std::string_view method, std::string_view path) const = 0;
};

}  // namespace jejak::api
