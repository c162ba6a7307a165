// SPDX-License-Identifier: Apache-2.0
#include "api/http_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <utility>
#include <variant>

namespace jejak::api {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::uint64_t kReservedBytes = 256u << 10;  // more only as a body really comes

// Beast's parser of a whole head, writing into our request. It never sees an octet of a body.
class HeadParser final : public http::basic_parser<true> {
 public:
  HeadParser(Request& request, std::size_t header_bytes) : request_(request) {
    header_limit(static_cast<std::uint32_t>(header_bytes));
    body_limit(boost::none);  // ours, by route
  }
  bool Parse(std::string_view head) {
    error_code ec;
    const std::size_t used = put(boost::asio::const_buffer(head.data(), head.size()), ec);
    return !ec && is_header_done() && used == head.size();
  }
  std::string_view target() const { return target_; }
  int version() const { return version_; }

 private:
  using View = boost::beast::string_view;
  using Length = boost::optional<std::uint64_t>;

  void on_request_impl(http::verb, View method, View target, int version, error_code&) override {
    request_.method.assign(method.data(), method.size());
    target_ = {target.data(), target.size()};
    version_ = version;
  }
  void on_field_impl(http::field, View name, View value, error_code&) override {
    Header& header = request_.headers.emplace_back();
    header.name.assign(name.data(), name.size());
    for (char& c : header.name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    header.value.assign(value.data(), value.size());
  }
  void on_header_impl(error_code&) override {}
  void on_finish_impl(error_code&) override {}

  // A response, or a body: not here.
  void on_response_impl(int, View, int, error_code& ec) override { ec = http::error::bad_version; }
  void on_body_init_impl(Length const&, error_code& ec) override { ec = http::error::body_limit; }
  std::size_t on_body_impl(View, error_code& ec) override {
    ec = http::error::body_limit;
    return 0;
  }
  void on_chunk_header_impl(std::uint64_t, View, error_code& ec) override {
    ec = http::error::bad_chunk;
  }
  std::size_t on_chunk_body_impl(std::uint64_t, View, error_code& ec) override {
    ec = http::error::bad_chunk;
    return 0;
  }

  Request& request_;
  std::string_view target_;  // in the head
  int version_ = 0;
};

}  // namespace

RequestReader::RequestReader(Limits limits, const Handler& handler)
    : limits_(limits), handler_(handler), scanner_(limits.header_bytes, limits.header_fields) {}

RequestReader::Step RequestReader::Refuse(Refusal why, std::size_t used) {
  refusal_ = why;
  return {State::kRefused, used};
}

RequestReader::Step RequestReader::Read(std::string_view input) {
  return body_ ? ReadBody(input) : ReadHead(input);
}

// The scanner goes over new octets only; the parser gets the head at once, when it is whole.
RequestReader::Step RequestReader::ReadHead(std::string_view input) {
  const auto progress = scanner_.Scan(input.substr(scanned_));
  scanned_ += progress.used;
  switch (progress.state) {
    case HeadScanner::Progress::State::kMore:
      return {State::kMore, 0};
    case HeadScanner::Progress::State::kRefused:
      return Refuse(progress.refusal, 0);
    case HeadScanner::Progress::State::kEnd:
      break;
  }
  if (const auto refusal = ParseHead(input.substr(0, scanned_))) return Refuse(*refusal, scanned_);
  return {body_ ? State::kBodyAhead : State::kRequest, scanned_};
}

std::optional<Refusal> RequestReader::ParseHead(std::string_view head) {
  request_.headers.reserve(8);
  HeadParser parser(request_, limits_.header_bytes);
  if (!parser.Parse(head)) return Refusal::kBadFraming;
  const auto checked =
      CheckHead({request_.method, parser.target(), parser.version(), request_.headers});
  if (const Refusal* why = std::get_if<Refusal>(&checked)) return *why;
  framing_ = std::get<Framing>(checked);
  if (parser.chunked() != (framing_.body == Framing::Body::kChunked) ||
      parser.content_length().value_or(0) != framing_.length) {
    return Refusal::kBadFraming;
  }
  const std::string_view target = parser.target();
  const std::size_t mark = std::min(target.find('?'), target.size());
  Result<std::string> path = ParsePath(target.substr(0, mark));
  if (!path.ok()) return Refusal::kBadRequest;
  request_.path = std::move(path).value();
  request_.query = target.substr(std::min(mark + 1, target.size()));
  if (framing_.body == Framing::Body::kNone) return std::nullopt;
  const std::size_t limit = handler_.BodyLimit(request_.method, request_.path);
  if (framing_.length > limit) return Refusal::kBodyTooLarge;
  request_.body.reserve(static_cast<std::size_t>(std::min(framing_.length, kReservedBytes)));
  body_.emplace(framing_, limit);
  return std::nullopt;
}

RequestReader::Step RequestReader::ReadBody(std::string_view input) {
  const auto progress = body_->Read(input, request_.body);
  switch (progress.state) {
    case BodyReader::State::kMore:
      return {State::kMore, progress.used};
    case BodyReader::State::kEnd:
      return {State::kRequest, progress.used};
    case BodyReader::State::kMalformed:
      return Refuse(Refusal::kBadFraming, progress.used);
    case BodyReader::State::kTooLong:
      break;
  }
  return Refuse(Refusal::kBodyTooLarge, progress.used);
}

Request RequestReader::TakeRequest() {
  scanner_ = HeadScanner(limits_.header_bytes, limits_.header_fields);
  scanned_ = 0;
  body_.reset();
  return std::exchange(request_, Request{});
}

}  // namespace jejak::api
