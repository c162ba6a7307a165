// SPDX-License-Identifier: Apache-2.0
#include "api/http_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <optional>
#include <utility>
#include <variant>

namespace jejak::api {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::uint64_t kReservedBytes = 256u << 10;  // more only as a body really comes

}  // namespace

// Beast's parser, writing into our request; it also refuses what it would let through in a body.
class RequestReader::Parser final : public http::basic_parser<true> {
 public:
  Parser(Request& request, std::size_t header_bytes) : request_(request) {
    header_limit(static_cast<std::uint32_t>(header_bytes));
    body_limit(boost::none);  // ours, by route: LimitBody
    eager(true);
  }
  void LimitBody(std::size_t bytes) { limit_ = bytes; }
  const std::string& target() const { return target_; }
  int version() const { return version_; }
  Refusal refusal() const { return refusal_; }

 private:
  using View = boost::beast::string_view;

  void on_request_impl(http::verb, View method, View target, int version, error_code&) override {
    request_.method.assign(method.data(), method.size());
    target_.assign(target.data(), target.size());
    version_ = version;
  }
  void on_response_impl(int, View, int, error_code& ec) override { ec = http::error::bad_version; }
  void on_field_impl(http::field, View name, View value, error_code& ec) override {
    if (header_done_) {  // a trailer: nobody needs one, and it must never pass for a field
      ec = http::error::bad_field;
      return;
    }
    Header& header = request_.headers.emplace_back();
    header.name.assign(name.data(), name.size());
    for (char& c : header.name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    header.value.assign(value.data(), value.size());
  }
  void on_header_impl(error_code&) override { header_done_ = true; }
  void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override {
    request_.body.reserve(std::min<std::uint64_t>(length.value_or(0), kReservedBytes));
  }
  std::size_t on_body_impl(View piece, error_code& ec) override {
    if (piece.size() > limit_ - request_.body.size()) {
      TooLong(ec);
      return 0;
    }
    request_.body.append(piece.data(), piece.size());
    return piece.size();
  }
  void on_chunk_header_impl(std::uint64_t size, View extensions, error_code& ec) override {
    if (!extensions.empty()) ec = http::error::bad_chunk_extension;
    if (size > limit_ - request_.body.size()) TooLong(ec);
  }
  std::size_t on_chunk_body_impl(std::uint64_t, View piece, error_code& ec) override {
    return on_body_impl(piece, ec);
  }
  void on_finish_impl(error_code&) override {}

  void TooLong(error_code& ec) {
    ec = http::error::body_limit;
    refusal_ = Refusal::kBodyTooLarge;
  }

  Request& request_;
  std::string target_;
  std::size_t limit_ = 0;
  int version_ = 0;
  bool header_done_ = false;
  Refusal refusal_ = Refusal::kBadFraming;
};

RequestReader::RequestReader(Limits limits, const Handler& handler)
    : limits_(limits), handler_(handler), scanner_(limits.header_bytes, limits.header_fields) {}

RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::Refuse(Refusal why, std::size_t used) {
  refusal_ = why;
  return {State::kRefused, used};
}

RequestReader::Step RequestReader::Read(std::string_view input) {
  return in_body_ ? ReadBody(input) : ReadHead(input);
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
  if (!ParseHead(input.substr(0, scanned_))) return {State::kRefused, scanned_};
  in_body_ = framing_.body != Framing::Body::kNone;
  return {in_body_ ? State::kBodyAhead : State::kRequest, scanned_};
}

RequestReader::Step RequestReader::ReadBody(std::string_view input) {
  if (input.empty()) return {State::kMore, 0};
  error_code ec;
  const std::size_t used = parser_->put(boost::asio::const_buffer(input.data(), input.size()), ec);
  if (ec && ec != http::error::need_more) return Refuse(parser_->refusal(), used);
  return {parser_->is_done() ? State::kRequest : State::kMore, used};
}

bool RequestReader::ParseHead(std::string_view head) {
  refusal_ = Refusal::kBadFraming;
  parser_ = std::make_unique<Parser>(request_, limits_.header_bytes);
  error_code ec;
  parser_->put(boost::asio::const_buffer(head.data(), head.size()), ec);
  if (ec || !parser_->is_header_done()) return false;
  const auto checked =
      CheckHead({request_.method, parser_->target(), parser_->version(), request_.headers});
  if (const Refusal* why = std::get_if<Refusal>(&checked)) {
    refusal_ = *why;
    return false;
  }
  framing_ = std::get<Framing>(checked);
  if (parser_->chunked() != (framing_.body == Framing::Body::kChunked) ||
      parser_->content_length().value_or(0) != framing_.length) {
    return false;
  }
  if (!ParseTarget(parser_->target())) {
    refusal_ = Refusal::kBadRequest;
    return false;
  }
  if (framing_.body == Framing::Body::kNone) return true;
  const std::size_t limit = handler_.BodyLimit(request_.method, request_.path);
  parser_->LimitBody(limit);
  refusal_ = Refusal::kBodyTooLarge;
  return framing_.length <= limit;
}

bool RequestReader::ParseTarget(std::string_view target) {
  const std::size_t mark = std::min(target.find('?'), target.size());
  Result<std::string> path = ParsePath(target.substr(0, mark));
  if (!path.ok()) return false;
  request_.path = std::move(path).value();
  request_.query = target.substr(std::min(mark + 1, target.size()));
  return true;
}

Request RequestReader::TakeRequest() {
  scanner_ = HeadScanner(limits_.header_bytes, limits_.header_fields);
  scanned_ = 0;
  in_body_ = false;
  parser_.reset();
  return std::exchange(request_, Request{});
}

}  // namespace jejak::api
