// SPDX-License-Identifier: Apache-2.0
#include "api/http_connection.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "api/forwarded.h"

namespace jejak::api {
namespace {

constexpr std::size_t kBufferBytes = 16384;
constexpr std::size_t kJoinedBytes = 4096;  // content up to here goes in one buffer with its head
constexpr std::size_t kLingerBytes = 256u << 10;
constexpr std::chrono::seconds kLinger{2};
constexpr std::chrono::seconds kLastPiece{1};  // for the client of a stream to take it

}  // namespace

Connection::Connection(Transport& transport, ServerContext& context, const LoopState& loop,
                       const Peer& peer)
    : transport_(transport),
      context_(context),
      loop_(loop),
      peer_(peer),
      capacity_(std::max(kBufferBytes, context.options.header_bytes + 1)),
      in_(new char[capacity_]),
      reader_({context.options.header_bytes, context.options.header_fields}, context.handler) {}

void Connection::Begin() {
  if (loop_.draining) return Close();
  deadline_ = Clock::now() + context_.options.header_deadline;
  Read();
}

// A head is shorter than the buffer and a body is used as it comes: after the move there is room.
void Connection::Read() {
  if (end_ == capacity_) {
    std::memmove(in_.get(), in_.get() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  reading_ = true;
  transport_.StartRead({in_.get() + end_, capacity_ - end_});
}

void Connection::OnRead(bool good, std::size_t size) {
  reading_ = false;
  if (phase_ == Phase::kClosed || phase_ == Phase::kWriting) return;
  if (!good) return Close();
  if (phase_ == Phase::kLingering || phase_ == Phase::kStreaming) {
    lingered_ += size;
    return lingered_ > kLingerBytes ? Close() : Read();
  }
  if (phase_ == Phase::kHead && begin_ == end_) {
    deadline_ = Clock::now() + context_.options.header_deadline;
  }
  end_ += size;
  Consume();
}

void Connection::NextRequest() {
  phase_ = Phase::kHead;
  if (loop_.draining) return Close();
  const bool pipelined = begin_ < end_;
  deadline_ = Clock::now() + (pipelined ? context_.options.header_deadline : context_.options.idle);
  return pipelined ? Consume() : Read();
}

void Connection::Consume() {
  for (;;) {
    const RequestReader::Step step = reader_.Read({in_.get() + begin_, end_ - begin_});
    begin_ += step.used;
    if (begin_ == end_) begin_ = end_ = 0;
    switch (step.state) {
      case RequestReader::State::kRefused:
        return Refuse(reader_.refusal());
      case RequestReader::State::kMore:
        if (phase_ == Phase::kBody) {
          if (!HoldBody()) return Refuse(Refusal::kOverloaded);
          KeepPace(reader_.body_bytes());
        }
        return Read();
      case RequestReader::State::kBodyAhead:
        if (!AdmitClient()) return Refuse(Refusal::kTooManyRequests);
        if (!StartBody()) return Close();
        break;
      case RequestReader::State::kRequest:
        if (phase_ == Phase::kHead && !AdmitClient()) return Refuse(Refusal::kTooManyRequests);
        return HoldBody() ? HandOver() : Refuse(Refusal::kOverloaded);
    }
  }
}

// Once for each request, when its head is whole: one connection of a proxy serves many clients.
bool Connection::AdmitClient() {
  client_ = ClientOf(reader_.headers(), peer_.address, context_.options.trusted_proxies);
  if (peer_.oversight || context_.options.requests_per_second == 0) return true;
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch());
  return context_.limiter.Take(client_, static_cast<std::uint64_t>(now.count()));
}

bool Connection::StartBody() {
  phase_ = Phase::kBody;
  phase_start_ = Clock::now();
  KeepPace(0);
  if (!reader_.framing().expects_continue || begin_ < end_) return true;
  // The send buffer is empty here: all of it goes, or the connection is gone.
  return transport_.WriteNow("HTTP/1.1 100 Continue\r\n\r\n");
}

bool Connection::HoldBody() {
  const std::size_t grown = reader_.body_bytes() - held_;
  held_ += grown;
  return context_.counters.HoldBody(grown, context_.options.max_body_bytes);
}

// A deadline that moves with the octets that came or went: the credit, then the floor.
void Connection::KeepPace(std::size_t bytes) {
  const auto floor = std::max<std::size_t>(1, context_.options.body_floor_bytes_per_second);
  deadline_ = phase_start_ + context_.options.body_deadline +
              std::chrono::milliseconds(bytes * 1000 / floor);
}

void Connection::HandOver() {
  phase_ = Phase::kHandling;
  deadline_ = Clock::time_point::max();
  head_only_ = reader_.is_head_request();
  keep_alive_ = reader_.framing().keep_alive;
  takes_chunks_ = reader_.framing().takes_chunks;
  Request request = reader_.TakeRequest();
  request.peer = client_;
  request.oversight = peer_.oversight;
  try {
    context_.handler.Handle(std::move(request), transport_.MakeResponder());
  } catch (...) {
    // The Responder went with the stack and has answered 500.
  }
}

void Connection::Send(Response response) {
  if (phase_ != Phase::kHandling) return;
  keep_alive_ = keep_alive_ && !response.close && !loop_.draining;
  Write(std::move(response));
}

void Connection::Refuse(Refusal why) {
  context_.counters.CountRefusal(why);
  head_only_ = reader_.is_head_request();
  keep_alive_ = false;
  Write(RefusalResponse(why));
}

void Connection::Write(Response response) {
  context_.counters.ReleaseBody(std::exchange(held_, 0));
  out_ = std::move(response);
  out_head_.clear();
  const bool streams = out_.stream != nullptr && !head_only_;
  keep_alive_ = keep_alive_ && !streams;
  chunked_ = streams && takes_chunks_;
  if (!AppendResponseHead(out_head_, out_, loop_.date, !keep_alive_, chunked_)) {
    context_.counters.CountRefusal(Refusal::kInternal);
    out_ = RefusalResponse(Refusal::kInternal);
    keep_alive_ = false;
    out_head_ = EncodeResponseHead(out_, loop_.date, true).value_or(std::string());
  }
  if (head_only_) out_.stream.reset();
  context_.counters.CountAnswer(out_.status);
  std::string_view content = out_.content();
  if (head_only_ || out_.status == 204 || out_.status == 304) content = {};
  if (out_.stream) {
    AppendPiece(std::exchange(content, {}));
  } else if (content.size() <= kJoinedBytes) {
    out_head_.append(std::exchange(content, {}));
  }
  StartWriting(content);
}

void Connection::StartWriting(std::string_view content) {
  phase_ = Phase::kWriting;
  phase_start_ = Clock::now();
  KeepPace(0);
  transport_.StartWrite(out_head_, content);
}

void Connection::OnSent(std::size_t bytes_in_all) {
  const bool last_piece = loop_.draining && out_.stream != nullptr;
  if (phase_ == Phase::kWriting && !last_piece) KeepPace(bytes_in_all);
}

void Connection::OnWritten(bool good) {
  if (phase_ == Phase::kClosed) return;
  if (!good) return Close();
  if (out_.stream) return AwaitPiece();
  out_ = Response{};
  return keep_alive_ ? NextRequest() : Linger();
}

void Connection::AppendPiece(std::string_view piece) {
  if (chunked_) return AppendChunk(out_head_, piece);
  out_head_.append(piece);
}

// Reads on, to hear when the client goes. What it sends is dropped: no request follows this one.
void Connection::AwaitPiece() {
  if (loop_.draining) return EndStream();
  phase_ = Phase::kStreaming;
  deadline_ = Clock::time_point::max();
  begin_ = end_ = 0;
  if (!reading_) Read();
  out_.stream->Next(transport_.Sink());
}

void Connection::Continue(std::string_view piece) {
  if (phase_ != Phase::kStreaming) return;
  if (piece.empty()) return EndStream();
  out_head_.clear();
  AppendPiece(piece);
  StartWriting({});
}

void Connection::EndStream() {
  out_.stream.reset();
  if (!chunked_) return Linger();
  out_head_ = kLastChunk;
  StartWriting({});
}

void Connection::Linger() {
  if (!transport_.ShutdownSend()) return Close();
  phase_ = Phase::kLingering;
  deadline_ = Clock::now() + kLinger;
  begin_ = end_ = 0;
  if (!reading_) Read();
}

void Connection::OnSweep(Clock::time_point now) {
  if (now < deadline_) return;
  const bool started = phase_ == Phase::kBody || (phase_ == Phase::kHead && begin_ < end_);
  return started ? Refuse(Refusal::kTimeout) : Close();
}

// The piece that is on its way is waited for, but not for a client that doesn't take it: that one
// was to come again for more anyway.
void Connection::Drain() {
  if (phase_ == Phase::kStreaming) return EndStream();
  if (phase_ == Phase::kHead) return Close();
  if (phase_ == Phase::kWriting && out_.stream) deadline_ = Clock::now() + kLastPiece;
}

void Connection::Close() {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  out_.stream.reset();  // the texts stay: a write may still look at them
  context_.counters.ReleaseBody(std::exchange(held_, 0));
  context_.counters.Close(peer_.oversight);
  transport_.Shut();
}

}  // namespace jejak::api
