// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/beast_server.h"

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <string>
#include <thread>
#include <utility>

namespace jejak::bench {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using net::ip::tcp;
using Executor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<tcp, Executor>;
using Acceptor = net::basic_socket_acceptor<tcp, Executor>;

constexpr std::size_t kAnswerBytes = 1024;
constexpr int kBacklog = 4096;

class Session final : public std::enable_shared_from_this<Session> {
 public:
  Session(Socket socket, const std::string& body) : socket_(std::move(socket)), body_(body) {}

  void Read() {
    request_.clear();
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](error_code ec, std::size_t) {
                       if (!ec) self->Write();
                     });
  }

 private:
  void Write() {
    response_ = {};
    response_.version(11);
    response_.result(http::status::ok);
    response_.set(http::field::content_type, "application/octet-stream");
    response_.body() = {body_.data(), body_.size()};
    response_.keep_alive(request_.keep_alive());
    response_.prepare_payload();
    http::async_write(socket_, response_, [self = shared_from_this()](error_code ec, std::size_t) {
      if (!ec && self->response_.keep_alive()) self->Read();
    });
  }

  Socket socket_;
  const std::string& body_;
  boost::beast::flat_buffer buffer_;
  http::request<http::empty_body> request_;
  http::response<http::span_body<const char>> response_;
};

}  // namespace

class BeastServer::Core {
 public:
  Result<void> Listen() {
    error_code ec;
    const tcp::endpoint any_port(net::ip::address_v4::loopback(), 0);
    acceptor_.open(any_port.protocol(), ec);
    if (!ec) acceptor_.bind(any_port, ec);
    if (!ec) acceptor_.listen(kBacklog, ec);
    if (ec) return Unavailable("no port for the bench's Beast server: " + ec.message());
    Accept();
    thread_ = std::thread([this] { io_.run(); });
    return {};
  }
  ~Core() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  void Accept() {
    acceptor_.async_accept([this](error_code ec, Socket socket) {
      if (!ec) socket.set_option(tcp::no_delay(true), ec);
      if (!ec) std::make_shared<Session>(std::move(socket), body_)->Read();
      Accept();
    });
  }

  const std::string body_ = std::string(kAnswerBytes, 'x');
  net::io_context io_{1};
  Acceptor acceptor_{io_};
  std::thread thread_;
};

BeastServer::BeastServer(std::unique_ptr<Core> core) : core_(std::move(core)) {}
BeastServer::~BeastServer() = default;

Result<std::unique_ptr<BeastServer>> BeastServer::Start() {
  auto core = std::make_unique<Core>();
  JEJAK_CHECKED(core->Listen());
  return std::unique_ptr<BeastServer>(new BeastServer(std::move(core)));
}

std::uint16_t BeastServer::port() const { return core_->port(); }

}  // namespace jejak::bench
