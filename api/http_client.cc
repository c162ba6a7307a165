// SPDX-License-Identifier: Apache-2.0
#include "api/http_client.h"

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <utility>

#include "api/http_body.h"
#include "api/http_framing.h"

namespace jejak::api {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using net::ip::tcp;

using HeadParser = http::response_parser<http::empty_body>;

constexpr std::uint32_t kMaxHeadBytes = 65536;
constexpr int kMaxInterimAnswers = 8;
constexpr auto kTuple = net::as_tuple(net::use_awaitable);

bool IsOurs(std::string_view name) {
  for (std::string_view ours : {"host", "content-length", "connection", "transfer-encoding"}) {
    if (EqualsIgnoringCase(name, ours)) return true;
  }
  return false;
}

// Visible ASCII: what may stand in a request line.
bool IsTargetText(std::string_view text) {
  return !text.empty() && text.front() == '/' &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<std::string> EncodeRequestHead(const BaseUrl& base, std::string_view method,
                                      std::string_view target, const std::vector<Header>& headers,
                                      std::size_t body_bytes) {
  if (!IsToken(method)) return Malformed("method is not a token");
  if (!IsTargetText(target)) return Malformed("target is not a path; percent-encode it first");
  std::string head;
  head.append(method).append(" ").append(base.prefix).append(target).append(" HTTP/1.1\r\nHost: ");
  head.append(base.HostField());
  if (body_bytes > 0 || method == "POST" || method == "PUT" || method == "PATCH") {
    head.append("\r\nContent-Length: ").append(std::to_string(body_bytes));
  }
  for (const Header& header : headers) {
    if (!IsToken(header.name) || !IsFieldValue(header.value) || IsOurs(header.name)) {
      return Malformed("header field cannot be sent; host, length and connection are set here");
    }
    head.append("\r\n").append(header.name).append(": ").append(header.value);
  }
  head.append("\r\n\r\n");
  return head;
}

}  // namespace

const std::string* ClientResponse::Find(std::string_view name) const {
  for (const Header& header : headers) {
    if (header.name == name) return &header.value;
  }
  return nullptr;
}

class HttpClient::Core {
 public:
  explicit Core(ClientOptions options) : options_(options) {}

  Result<void> Connect(const BaseUrl& base);
  Result<ClientResponse> Exchange(std::string_view head, std::string_view body, bool head_request);
  bool IsKept(const BaseUrl& base);
  void Close();

 private:
  // What one exchange has come to; it outlives the coroutine that writes it.
  struct Attempt {
    bool sent = false;  // some of it
    bool done = false;
    bool keep_alive = false;
    std::string failure;
    ClientResponse response;
  };

  bool RunFor(std::chrono::milliseconds time);
  net::awaitable<void> Converse(std::string_view head, std::string_view body, bool head_request,
                                Attempt& attempt);
  net::awaitable<error_code> ReadHead(bool head_request, Attempt& attempt, Framing& framing);
  net::awaitable<error_code> ReadBody(const Framing& framing, std::string& body);

  const ClientOptions options_;
  net::io_context io_{1};
  std::optional<tcp::socket> socket_;
  std::string place_;  // host and port of the connection
  boost::beast::flat_buffer buffer_;
};

// Runs what was started; false when it did not end in time, and then it is cancelled.
bool HttpClient::Core::RunFor(std::chrono::milliseconds time) {
  io_.restart();
  io_.run_for(time);
  return io_.stopped();
}

void HttpClient::Core::Close() {
  if (socket_) {
    error_code ec;
    socket_->close(ec);
    io_.restart();
    io_.run();  // the cancelled operations end; they refer to locals of their starter
  }
  socket_.reset();
  buffer_.clear();
  place_.clear();
}

// A kept connection that is readable while nothing was asked has been ended by the server.
bool HttpClient::Core::IsKept(const BaseUrl& base) {
  if (!socket_ || place_ != base.HostField()) return false;
  char octet;
  error_code ec;
  socket_->non_blocking(true, ec);
  socket_->receive(net::buffer(&octet, 1), tcp::socket::message_peek, ec);
  return ec == net::error::would_block;
}

Result<void> HttpClient::Core::Connect(const BaseUrl& base) {
  Close();
  error_code failure = net::error::timed_out;
  bool given_up = false;
  tcp::resolver resolver(io_);
  socket_.emplace(io_);
  resolver.async_resolve(base.host, base.port, [&](error_code ec, tcp::resolver::results_type to) {
    failure = ec;
    if (ec || given_up) return;
    failure = net::error::timed_out;
    net::async_connect(*socket_, to, [&](error_code e, const tcp::endpoint&) { failure = e; });
  });
  if (!RunFor(options_.connect_timeout)) {
    given_up = true;
    resolver.cancel();
    Close();
    failure = net::error::timed_out;
  }
  if (failure) {
    Close();
    return Unavailable("server cannot be reached: " + failure.message());
  }
  socket_->set_option(tcp::no_delay(true), failure);
  place_ = base.HostField();
  return {};
}

// Reads even if the write broke: a server that refuses early has said why.
net::awaitable<void> HttpClient::Core::Converse(std::string_view head, std::string_view body,
                                                bool head_request, Attempt& attempt) {
  const std::array<net::const_buffer, 2> pieces = {net::buffer(head), net::buffer(body)};
  auto [ec, sent] = co_await net::async_write(*socket_, pieces, kTuple);
  attempt.sent = sent > 0;
  if (ec && sent == 0) {
    attempt.failure = ec.message();
    co_return;
  }
  Framing framing;
  ec = co_await ReadHead(head_request, attempt, framing);
  if (!ec) ec = co_await ReadBody(framing, attempt.response.body);
  attempt.failure = ec.message();
  attempt.done = !ec;
  attempt.keep_alive = framing.keep_alive;
}

net::awaitable<error_code> HttpClient::Core::ReadHead(bool head_request, Attempt& attempt,
                                                      Framing& framing) {
  for (int interim = 0; interim < kMaxInterimAnswers; ++interim) {
    HeadParser parser;
    parser.header_limit(kMaxHeadBytes);
    parser.body_limit(boost::none);  // ours: ReadBody
    const auto [ec, size] = co_await http::async_read_header(*socket_, buffer_, parser, kTuple);
    if (ec) co_return ec;
    const auto& message = parser.get();
    ClientResponse& response = attempt.response;
    response.status = static_cast<int>(message.result_int());
    response.headers.clear();
    for (const auto& field : message) {
      Header& header = response.headers.emplace_back();
      header.name = std::string(field.name_string());
      for (char& c : header.name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      header.value = std::string(field.value());
    }
    const auto checked = CheckAnswer(response.status, head_request,
                                     static_cast<int>(message.version()), response.headers);
    if (!checked) co_return http::error::bad_transfer_encoding;
    framing = *checked;
    if (response.status / 100 != 1) co_return error_code();
  }
  co_return http::error::bad_status;
}

net::awaitable<error_code> HttpClient::Core::ReadBody(const Framing& framing, std::string& body) {
  if (framing.body == Framing::Body::kNone) co_return error_code();
  const bool to_end = framing.body == Framing::Body::kToEnd;
  BodyReader reader(framing, options_.max_response_bytes);
  for (;;) {
    const auto data = buffer_.cdata();
    const std::string_view input(static_cast<const char*>(data.data()), data.size());
    BodyReader::Progress progress{BodyReader::State::kMore, input.size()};
    if (!to_end) {
      progress = reader.Read(input, body);
    } else if (body.append(input).size() > options_.max_response_bytes) {
      co_return http::error::body_limit;
    }
    buffer_.consume(progress.used);
    if (progress.state == BodyReader::State::kEnd) co_return error_code();
    if (progress.state == BodyReader::State::kMalformed) co_return http::error::bad_chunk;
    if (progress.state == BodyReader::State::kTooLong) co_return http::error::body_limit;
    const auto [ec, size] =
        co_await socket_->async_read_some(buffer_.prepare(kMaxHeadBytes), kTuple);
    if (ec == net::error::eof && to_end) co_return error_code();
    if (ec) co_return ec;
    buffer_.commit(size);
  }
}

Result<ClientResponse> HttpClient::Core::Exchange(std::string_view head, std::string_view body,
                                                  bool head_request) {
  Attempt attempt;
  net::co_spawn(io_, Converse(head, body, head_request, attempt), net::detached);
  const bool in_time = RunFor(options_.answer_timeout);
  if (!in_time || !attempt.done || !attempt.keep_alive) Close();
  if (in_time && attempt.done) return std::move(attempt.response);
  if (in_time && !attempt.sent) {
    return Unavailable("request could not be sent: " + attempt.failure);
  }
  const std::string reason = in_time ? attempt.failure : "no answer in time";
  return UnknownOutcome("request was sent and no whole answer came: " + reason);
}

HttpClient::HttpClient(ClientOptions options) : core_(std::make_unique<Core>(options)) {}
HttpClient::~HttpClient() { core_->Close(); }

Result<ClientResponse> HttpClient::Request(std::string_view base, std::string_view method,
                                           std::string_view target,
                                           const std::vector<Header>& headers,
                                           std::string_view body) {
  JEJAK_TRY(url, ParseBaseUrl(base));
  JEJAK_TRY(head, EncodeRequestHead(url, method, target, headers, body.size()));
  const bool head_request = method == "HEAD";
  if (core_->IsKept(url)) {
    Result<ClientResponse> response = core_->Exchange(head, body, head_request);
    if (response.ok() || (method != "GET" && !head_request)) return response;
  }
  JEJAK_CHECKED(core_->Connect(url));
  return core_->Exchange(head, body, head_request);
}

}  // namespace jejak::api
