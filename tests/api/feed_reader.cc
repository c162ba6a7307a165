// SPDX-License-Identifier: Apache-2.0
#include "tests/api/feed_reader.h"

#include <string_view>

namespace jejak::api {
namespace {

std::string ReadLine(RawConnection& connection) {
  std::string line;
  while (!line.ends_with("\r\n")) {
    const std::string octet = connection.Read(1);
    if (octet.empty()) return {};
    line.append(octet);
  }
  return line;
}

FeedReader::Event Parse(std::string_view text) {
  FeedReader::Event event;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.starts_with("id: ")) event.id = std::stoull(std::string(line.substr(4)));
    if (line.starts_with("event: ")) event.kind = line.substr(7);
    if (line.starts_with("data: ")) event.data = nlohmann::json::parse(line.substr(6));
    if (line.starts_with("retry: ")) event.kind = "retry";
    if (line.starts_with(":")) event.kind = "comment";
  }
  return event;
}

}  // namespace

FeedReader::FeedReader(std::uint16_t port, const std::string& path, const std::string& fields)
    : connection_(port) {
  connection_.Send("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
  for (std::string line; line != "\r\n";) {
    line = ReadLine(connection_);
    if (line.empty()) return;
    head_.append(line);
  }
  status_ = std::stoi(head_.substr(9, 3));
}

bool FeedReader::ReadChunk() {
  const std::string line = ReadLine(connection_);
  if (line.empty()) return false;
  const std::size_t size = std::stoul(line, nullptr, 16);
  text_.append(connection_.Read(size));
  connection_.Read(2);
  ended_ = size == 0;
  return !ended_;
}

std::optional<FeedReader::Event> FeedReader::Next() {
  std::size_t end = 0;
  while ((end = text_.find("\n\n")) == std::string::npos) {
    if (!ReadChunk()) return std::nullopt;
  }
  const std::string text = text_.substr(0, end);
  text_.erase(0, end + 2);
  return Parse(text);
}

std::vector<FeedReader::Event> FeedReader::Until(std::uint64_t size) {
  std::vector<Event> events;
  while (const auto event = Next()) {
    if (events.size() > 2 * size) return {};  // it repeats itself
    if (event->kind == "retry" || event->kind == "comment") continue;
    events.push_back(*event);
    if (event->kind == "checkpoint" && event->data["size"] == size) return events;
  }
  return {};
}

}  // namespace jejak::api
