// SPDX-License-Identifier: Apache-2.0
//
// An answer that goes on: a handler puts an AnswerStream into its Response, and the connection asks
// it for one piece after another.
//
//   connection  stream->Next(sink)           the client has taken all that was before
//   source      sink.lock()->Continue("…")   at once or in an hour, from any thread
//   connection  writes the piece, asks again
//
// So a source hears of no client that doesn't read, and nothing piles up for it: a piece that it
// doesn't take in the time of a body ends the connection. Between two pieces there is no deadline.
// The answer goes in chunks, to HTTP/1.0 without; it is the last one of its connection, and what the
// client sends after the request is dropped. It ends early when the client goes or ends its side, or
// the server stops; then, or after the last piece, the stream is destroyed.
#pragma once

#include <memory>
#include <string>

namespace jejak::api {

// Where the pieces go: a connection of the server, or a test.
class StreamSink {
 public:
  virtual ~StreamSink() = default;
  // The answer to one Next, from any thread; an empty piece ends the answer in good order. Never
  // calls back before it returns; ignored when the answer has ended.
  virtual void Continue(std::string piece) = 0;
};

class AnswerStream {
 public:
  // On a thread of the server, or on that of a source that holds the last reference just then.
  virtual ~AnswerStream() = default;
  // On a thread of the server, which it must not hold up; again only after Continue was called. The
  // sink is gone when the connection is.
  virtual void Next(std::weak_ptr<StreamSink> sink) = 0;
};

}  // namespace jejak::api
