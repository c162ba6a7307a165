// SPDX-License-Identifier: Apache-2.0
#include "tests/api/raw_connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace jejak::api {

RawConnection::RawConnection(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{10, 0};
  const int yes = 1;
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(port);
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
    close(fd_);
    fd_ = -1;
  }
}

RawConnection::~RawConnection() {
  if (fd_ >= 0) close(fd_);
}

bool RawConnection::Send(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t sent = send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawConnection::EndSending() { shutdown(fd_, SHUT_WR); }

std::string RawConnection::ReadToEnd() { return Read(std::string::npos); }

std::string RawConnection::Read(std::size_t size) {
  std::string all;
  std::array<char, 65536> part;
  while (all.size() < size) {
    const ssize_t got = recv(fd_, part.data(), std::min(part.size(), size - all.size()), 0);
    if (got <= 0) {
      ended_ = got == 0;
      break;
    }
    all.append(part.data(), static_cast<std::size_t>(got));
  }
  return all;
}

std::vector<RawAnswer> SplitAnswers(std::string_view stream, const std::vector<bool>& heads) {
  std::vector<RawAnswer> answers;
  while (!stream.empty()) {
    RawAnswer& answer = answers.emplace_back();
    const std::size_t end = stream.find("\r\n\r\n");
    answer.status = -1;
    if (end == std::string_view::npos || stream.substr(0, 9) != "HTTP/1.1 ") return answers;
    answer.head = stream.substr(0, end + 4);
    const int status = std::stoi(answer.head.substr(9, 3));
    stream.remove_prefix(end + 4);
    const std::size_t field = answer.head.find("Content-Length: ");
    std::size_t length = 0;
    if (field != std::string::npos) length = std::stoul(answer.head.substr(field + 16));
    const std::size_t place = answers.size() - 1;
    if (place < heads.size() && heads[place]) length = 0;
    if (length > stream.size()) return answers;
    answer.status = status;
    answer.body = stream.substr(0, length);
    stream.remove_prefix(length);
  }
  return answers;
}

std::vector<RawAnswer> Converse(std::uint16_t port, std::string_view octets,
                                const std::vector<bool>& heads) {
  RawConnection connection(port);
  connection.Send(octets);
  connection.EndSending();
  return SplitAnswers(connection.ReadToEnd(), heads);
}

}  // namespace jejak::api
