// SPDX-License-Identifier: Apache-2.0
#include "api/http_server.h"

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <ctime>
#include <future>
#include <thread>
#include <vector>

#include "api/http_connection.h"
#include "api/http_framing.h"

namespace jejak::api {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;
using Clock = Connection::Clock;
using Executor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<tcp, Executor>;
using Acceptor = net::basic_socket_acceptor<tcp, Executor>;
using Timer = net::basic_waitable_timer<Clock, net::wait_traits<Clock>, Executor>;

constexpr std::size_t kWriteBytes = 256u << 10;
constexpr int kBacklog = 4096;
constexpr std::chrono::milliseconds kSweep{250};  // at most: how late a deadline may be seen
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::milliseconds kDrainPoll{2};

class Session;

// One thread's event loop and its connections. Everything but `io` is touched on its thread only.
// It keeps the context alive: a Responder may come back late.
struct Loop {
  explicit Loop(std::shared_ptr<ServerContext> c) : context(std::move(c)) {}

  const std::shared_ptr<ServerContext> context;
  net::io_context io{1};
  Timer sweep{io};
  std::vector<std::shared_ptr<Session>> sessions;
  LoopState state;
  bool ended = false;  // nothing more is begun
};

// The socket of one connection.
class Session final : public ResponseSink,
                      public StreamSink,
                      public Transport,
                      public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<Loop> loop, Socket socket, const Connection::Peer& peer)
      : loop_(std::move(loop)),
        socket_(std::move(socket)),
        connection_(*this, *loop_->context, loop_->state, peer) {}

  Connection& connection() { return connection_; }
  void Begin();
  void Answer(Response response) override;
  void Continue(std::string piece) override;
  void StartRead(std::span<char> room) override;
  void StartWrite(std::string_view head, std::string_view content) override;
  bool WriteNow(std::string_view few) override;
  bool ShutdownSend() override;
  void Shut() override;
  Responder MakeResponder() override { return Responder(shared_from_this()); }
  std::weak_ptr<StreamSink> Sink() override { return weak_from_this(); }

 private:
  template <class Buffers>
  void Write(const Buffers& pieces);

  const std::shared_ptr<Loop> loop_;  // first: the socket needs its io_context to the end
  Socket socket_;
  std::size_t place_ = 0;  // in loop_->sessions
  Connection connection_;
};

void Session::Begin() {
  place_ = loop_->sessions.size();
  loop_->sessions.push_back(shared_from_this());
  connection_.Begin();
}

void Session::Answer(Response response) {
  if (loop_->io.get_executor().running_in_this_thread()) {
    return connection_.Send(std::move(response));
  }
  // Weak: what is posted to a loop that has stopped must not keep that loop alive.
  net::post(loop_->io, [weak = weak_from_this(), response = std::move(response)]() mutable {
    if (const auto self = weak.lock()) self->connection_.Send(std::move(response));
  });
}

// Posted also on the loop's own thread: a source may call this while the connection asks it.
void Session::Continue(std::string piece) {
  net::post(loop_->io, [weak = weak_from_this(), piece = std::move(piece)] {
    if (const auto self = weak.lock()) self->connection_.Continue(piece);
  });
}

void Session::StartRead(std::span<char> room) {
  socket_.async_read_some(net::buffer(room.data(), room.size()),
                          [self = shared_from_this()](error_code ec, std::size_t size) {
                            self->connection_.OnRead(!ec, size);
                          });
}

void Session::StartWrite(std::string_view head, std::string_view content) {
  // One buffer goes by a plain send, which costs less than one with a list.
  if (content.empty()) return Write(net::const_buffer(net::buffer(head)));
  Write(std::array<net::const_buffer, 2>{net::buffer(head), net::buffer(content)});
}

template <class Buffers>
void Session::Write(const Buffers& pieces) {
  net::async_write(
      socket_, pieces,
      [this](error_code ec, std::size_t sent) -> std::size_t {
        connection_.OnSent(sent);
        return ec ? 0 : kWriteBytes;
      },
      [self = shared_from_this()](error_code ec, std::size_t) {
        self->connection_.OnWritten(!ec);
      });
}

bool Session::WriteNow(std::string_view few) {
  error_code ec;
  return socket_.write_some(net::buffer(few), ec) == few.size() && !ec;
}

bool Session::ShutdownSend() {
  error_code ec;
  socket_.shutdown(Socket::shutdown_send, ec);
  return !ec;
}

// Every caller of the connection holds a reference of its own, so that this is not the last.
void Session::Shut() {
  error_code ec;
  socket_.close(ec);
  auto& sessions = loop_->sessions;
  sessions.back()->place_ = place_;
  std::swap(sessions[place_], sessions.back());
  sessions.pop_back();
}

// IPv4 that came through an IPv6 socket is IPv4. The zone of a link-local address is let go.
Connection::Peer ToPeer(const net::ip::address& address, bool oversight) {
  const auto v6 = address.is_v4() ? net::ip::make_address_v6(net::ip::v4_mapped, address.to_v4())
                                  : address.to_v6();
  return {v6.to_bytes(), oversight};
}

// The one timer of a loop: renews the date, ends what is late, comes again. A timer that has
// expired already can't be cancelled any more: `ended` stops it.
void Sweep(Loop* loop, std::chrono::milliseconds every) {
  if (loop->ended) return;
  loop->state.date = FormatHttpDate(UnixSeconds{std::time(nullptr)});
  const Clock::time_point now = Clock::now();
  for (std::size_t i = loop->sessions.size(); i-- > 0;) {
    const auto session = loop->sessions[i];  // backwards: closing one moves the last to its place
    session->connection().OnSweep(now);
  }
  loop->sweep.expires_after(every);
  loop->sweep.async_wait([loop, every](error_code ec) {
    if (!ec) Sweep(loop, every);
  });
}

struct Listener {
  Listener(net::io_context& io, bool o) : acceptor(io), retry(io), oversight(o) {}
  Acceptor acceptor;
  Timer retry;
  const bool oversight;
  std::uint16_t port = 0;
};

}  // namespace

class HttpServer::Core {
 public:
  Core(const ServerOptions& options, Handler& handler);
  ~Core() { Stop(std::chrono::milliseconds(0)); }
  Result<void> Listen(const Endpoint& endpoint, bool oversight);
  void Run();
  void Stop(std::chrono::milliseconds grace);
  std::uint16_t port(bool oversight) const;
  const ServerCounters& counters() const { return context_->counters; }

 private:
  void Accept(Listener& listener);
  void Admit(const Listener& listener, Socket socket, const std::shared_ptr<Loop>& loop);
  void RefuseConnection(Socket socket);
  template <class F>
  void OnEveryLoop(F work);

  const std::shared_ptr<ServerContext> context_;
  std::vector<std::shared_ptr<Loop>> loops_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::vector<std::thread> threads_;
  std::size_t next_ = 0;
};

HttpServer::Core::Core(const ServerOptions& options, Handler& handler)
    : context_(std::make_shared<ServerContext>(options, handler)) {
  for (unsigned i = 0; i < options.io_threads; ++i) {
    loops_.push_back(std::make_shared<Loop>(context_));
  }
}

Result<void> HttpServer::Core::Listen(const Endpoint& endpoint, bool oversight) {
  error_code ec;
  const auto address = net::ip::make_address(endpoint.address, ec);
  if (ec) return Malformed("listen address is not an IPv4 or IPv6 address");
  auto listener = std::make_unique<Listener>(loops_.front()->io, oversight);
  Acceptor& acceptor = listener->acceptor;
  const tcp::endpoint place(address, endpoint.port);
  acceptor.open(place.protocol(), ec);
  if (!ec) acceptor.set_option(net::socket_base::reuse_address(true), ec);
  if (!ec) acceptor.bind(place, ec);
  if (!ec) acceptor.listen(kBacklog, ec);
  if (ec) return Unavailable("listen address cannot be bound: " + ec.message());
  listener->port = acceptor.local_endpoint(ec).port();
  listeners_.push_back(std::move(listener));
  return {};
}

void HttpServer::Core::Run() {
  const ServerOptions& options = context_->options;
  const auto shortest = std::min({options.header_deadline, options.body_deadline, options.idle});
  const auto every = std::clamp(shortest / 4, std::chrono::milliseconds(5), kSweep);
  for (const auto& loop : loops_) Sweep(loop.get(), every);
  for (const auto& listener : listeners_) Accept(*listener);
  for (const auto& loop : loops_) {
    threads_.emplace_back([loop] { loop->io.run(); });
  }
}

// One acceptor for all loops, in turns: an even spread, and (unlike SO_REUSEPORT) a second server
// on the same port is refused.
void HttpServer::Core::Accept(Listener& listener) {
  const auto loop = loops_[next_++ % loops_.size()];
  listener.acceptor.async_accept(
      loop->io.get_executor(), [this, &listener, loop](error_code ec, Socket socket) {
        if (!listener.acceptor.is_open()) return;
        if (!ec) {
          Admit(listener, std::move(socket), loop);
          return Accept(listener);
        }
        listener.retry.expires_after(kAcceptPause);  // no descriptors left: do not spin
        listener.retry.async_wait([this, &listener](error_code stopped) {
          if (!stopped) Accept(listener);
        });
      });
}

void HttpServer::Core::Admit(const Listener& listener, Socket socket,
                             const std::shared_ptr<Loop>& loop) {
  error_code ec;
  const tcp::endpoint peer = socket.remote_endpoint(ec);
  if (!ec) socket.set_option(tcp::no_delay(true), ec);
  if (!ec) socket.non_blocking(true, ec);
  if (ec) return;  // gone already
  if (!context_->counters.Open(listener.oversight, context_->options.max_connections)) {
    return RefuseConnection(std::move(socket));
  }
  auto session = std::make_shared<Session>(loop, std::move(socket),
                                           ToPeer(peer.address(), listener.oversight));
  net::post(loop->io, [session = std::move(session)] { session->Begin(); });
}

// Says so, as far as that goes without waiting, and hangs up.
void HttpServer::Core::RefuseConnection(Socket socket) {
  const Response answer = RefusalResponse(Refusal::kTooManyConnections);
  context_->counters.CountRefusal(Refusal::kTooManyConnections);
  context_->counters.CountAnswer(answer.status);
  const auto head = EncodeResponseHead(answer, loops_.front()->state.date, true);
  error_code ec;
  socket.write_some(net::buffer(head.value_or("") + answer.body), ec);
}

// Runs `work` on the thread of every loop, and waits until it has run on all.
template <class F>
void HttpServer::Core::OnEveryLoop(F work) {
  for (const auto& loop : loops_) {
    std::promise<void> done;
    std::future<void> finished = done.get_future();
    net::post(loop->io, [&work, &loop, done = std::move(done)]() mutable {
      work(*loop);
      done.set_value();
    });
    finished.wait();
  }
}

void HttpServer::Core::Stop(std::chrono::milliseconds grace) {
  if (threads_.empty()) return;
  const Clock::time_point end = Clock::now() + grace;
  OnEveryLoop([this](Loop& loop) {
    if (&loop == loops_.front().get()) {
      for (const auto& listener : listeners_) {
        error_code ec;
        listener->acceptor.close(ec);
        listener->retry.cancel();
      }
    }
    loop.state.draining = true;
    for (const auto& session : std::vector(loop.sessions)) session->connection().Drain();
  });
  while (context_->counters.active() > 0 && Clock::now() < end) {
    std::this_thread::sleep_for(kDrainPoll);
  }
  OnEveryLoop([](Loop& loop) {
    for (const auto& session : std::vector(loop.sessions)) session->connection().Close();
    loop.ended = true;
    loop.sweep.cancel();
  });
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

std::uint16_t HttpServer::Core::port(bool oversight) const {
  for (const auto& listener : listeners_) {
    if (listener->oversight == oversight) return listener->port;
  }
  return 0;
}

HttpServer::HttpServer(std::unique_ptr<Core> core) : core_(std::move(core)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::Start(const ServerOptions& options,
                                                      Handler& handler) {
  if (options.io_threads == 0) return Malformed("io_threads is zero; give one or more");
  auto core = std::make_unique<Core>(options, handler);
  JEJAK_CHECKED(core->Listen(options.listen, false));
  if (options.listen_oversight) JEJAK_CHECKED(core->Listen(*options.listen_oversight, true));
  core->Run();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(core)));
}

std::uint16_t HttpServer::port() const { return core_->port(false); }
std::uint16_t HttpServer::oversight_port() const { return core_->port(true); }
ServerStats HttpServer::stats() const { return core_->counters().stats(); }
void HttpServer::Stop(std::chrono::milliseconds grace) { core_->Stop(grace); }

}  // namespace jejak::api
