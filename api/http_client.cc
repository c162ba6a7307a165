// SPDX-License-Identifier: Apache-2.0
#include "api/http_client.h"

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <utility>

#include "api/http_framing.h"

namespace jejak::api {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using net::ip::tcp;

using Parser = http::response_parser<http::string_body>;

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
  bool RunFor(std::chrono::milliseconds time);
  ClientResponse TakeResponse(Parser& parser);

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
  tcp::resolver resolver(io_);
  socket_.emplace(io_);
  resolver.async_resolve(base.host, base.port, [&](error_code ec, tcp::resolver::results_type to) {
    failure = ec;
    if (ec) return;
    failure = net::error::timed_out;
    net::async_connect(*socket_, to, [&](error_code e, const tcp::endpoint&) { failure = e; });
  });
  if (!RunFor(options_.connect_timeout)) {
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

// Writes, then reads: a server that refuses early has its answer read even if the write broke.
Result<ClientResponse> HttpClient::Core::Exchange(std::string_view head, std::string_view body,
                                                  bool head_request) {
  Parser parser;
  parser.skip(head_request);
  parser.body_limit(options_.max_response_bytes);
  parser.eager(true);
  error_code failure = net::error::timed_out;
  std::size_t written = 0;
  const std::array<net::const_buffer, 2> pieces = {net::buffer(head), net::buffer(body)};
  net::async_write(*socket_, pieces, [&](error_code ec, std::size_t size) {
    written = size;
    failure = ec;
    if (size == 0) return;
    failure = net::error::timed_out;
    http::async_read(*socket_, buffer_, parser, [&](error_code e, std::size_t) { failure = e; });
  });
  if (!RunFor(options_.answer_timeout)) {
    Close();
    failure = net::error::timed_out;
  }
  if (failure) {
    Close();
    if (written == 0 && failure != net::error::timed_out) {
      return Unavailable("request could not be sent: " + failure.message());
    }
    return UnknownOutcome("request was sent and no whole answer came: " + failure.message());
  }
  return TakeResponse(parser);
}

ClientResponse HttpClient::Core::TakeResponse(Parser& parser) {
  if (!parser.keep_alive()) Close();
  auto message = parser.release();
  ClientResponse response;
  response.status = static_cast<int>(message.result_int());
  for (const auto& field : message) {
    Header& header = response.headers.emplace_back();
    header.name = std::string(field.name_string());
    for (char& c : header.name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    header.value = std::string(field.value());
  }
  response.body = std::move(message.body());
  return response;
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
