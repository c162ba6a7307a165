// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/load_generator.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>

namespace jejak::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  int fd = -1;
  const Script* script = nullptr;
  std::size_t next = 0;  // request in flight is script[next - 1]
  std::size_t sent = 0;  // of that request
  std::string answer;
  Clock::time_point started;
};

class Generator final {
 public:
  explicit Generator(std::uint16_t port) : port_(port), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;
  ~Generator() {
    for (const Connection& connection : connections_) {
      if (connection.fd >= 0) ::close(connection.fd);
    }
    ::close(epoll_);
  }

  Result<LoadResult> Run(const std::vector<Script>& scripts, int deadline_s) {
    for (const Script& script : scripts) {
      if (!script.empty()) JEJAK_CHECKED(Connect(script));
    }
    const Clock::time_point start = Clock::now();
    const Clock::time_point deadline = start + std::chrono::seconds(deadline_s);
    for (Connection& connection : connections_) JEJAK_CHECKED(Begin(connection));
    epoll_event events[256];
    while (open_ != 0) {
      const int ready = ::epoll_wait(epoll_, events, 256, 1000);
      if (ready < 0 && errno != EINTR)
        return Unavailable("the load generator cannot wait for its sockets");
      for (int i = 0; i < ready; ++i)
        JEJAK_CHECKED(Serve(connections_[events[i].data.u32], events[i].events));
      if (Clock::now() > deadline) return Unavailable("the load did not end before its deadline");
    }
    result_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::sort(result_.latencies_ms.begin(), result_.latencies_ms.end());
    return std::move(result_);
  }

 private:
  Result<void> Connect(const Script& script) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      if (fd >= 0) ::close(fd);
      return Unavailable(std::string("the load generator cannot connect: ") + std::strerror(errno));
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = static_cast<std::uint32_t>(connections_.size());
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    connections_.push_back({fd, &script, 0, 0, {}, {}});
    ++open_;
    return {};
  }

  Result<void> Begin(Connection& connection) {
    if (connection.next == connection.script->size()) {
      ::close(connection.fd);
      connection.fd = -1;
      --open_;
      return {};
    }
    ++connection.next;
    connection.sent = 0;
    connection.answer.clear();
    connection.started = Clock::now();
    return Send(connection);
  }

  Result<void> Send(Connection& connection) {
    const std::string& request = (*connection.script)[connection.next - 1];
    while (connection.sent < request.size()) {
      const ssize_t sent = ::send(connection.fd, request.data() + connection.sent,
                                  request.size() - connection.sent, MSG_NOSIGNAL);
      if (sent < 0)
        return Unavailable(std::string("the server closed a connection: ") + std::strerror(errno));
      connection.sent += static_cast<std::size_t>(sent);
    }
    return {};
  }

  Result<void> Serve(Connection& connection, std::uint32_t) {
    char block[65536];
    const ssize_t got = ::recv(connection.fd, block, sizeof block, 0);
    if (got <= 0) return Unavailable("the server closed a connection in the middle of an answer");
    connection.answer.append(block, static_cast<std::size_t>(got));
    if (!Complete(connection.answer)) return {};
    const std::chrono::duration<float, std::milli> latency = Clock::now() - connection.started;
    result_.latencies_ms.push_back(latency.count());
    ++result_.answers;
    if (connection.answer.compare(9, 1, "2") != 0 && result_.refused++ == 0)
      result_.first_refusal = connection.answer;
    return Begin(connection);
  }

  // Our servers always send Content-Length.
  static bool Complete(const std::string& answer) {
    const std::size_t head = answer.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    const std::size_t field = answer.find("Content-Length: ");
    if (field == std::string::npos || field > head) return true;
    return answer.size() >= head + 4 + std::strtoul(answer.c_str() + field + 16, nullptr, 10);
  }

  std::uint16_t port_;
  int epoll_;
  std::vector<Connection> connections_;
  std::size_t open_ = 0;
  LoadResult result_;
};

}  // namespace

float LoadResult::Percentile(double share) const {
  if (latencies_ms.empty()) return 0;
  const auto rank =
      static_cast<std::size_t>(std::ceil(share * static_cast<double>(latencies_ms.size())));
  return latencies_ms[std::min(std::max<std::size_t>(rank, 1), latencies_ms.size()) - 1];
}

Result<LoadResult> RunLoad(std::uint16_t port, const std::vector<Script>& scripts, int deadline_s) {
  return Generator(port).Run(scripts, deadline_s);
}

std::string GetRequest(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n";
}

std::string PostRequest(const std::string& path, const std::string& content_type,
                        const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace jejak::bench
