// SPDX-License-Identifier: Apache-2.0
#include "api/http_framing.h"

#include <algorithm>

#include "ledger/base/text.h"

namespace jejak::api {
namespace {

struct RefusalRow {
  int status;
  std::string_view code;
  std::string_view title;
  int retry_after_s;  // 0: trying again as it is does not help
};

constexpr std::array<RefusalRow, kRefusalCount> kRefusals = {{
    {400, "bad_request", "The method or target of the request is malformed", 0},
    {400, "bad_framing", "The request's framing is not strict HTTP/1.1", 0},
    {501, "unsupported_transfer", "Only the chunked transfer coding is supported", 0},
    {431, "header_too_large", "The header is too long or has too many fields", 0},
    {413, "body_too_large", "The body is longer than this route takes", 0},
    {408, "timeout", "The request did not arrive in time", 1},
    {429, "too_many_requests", "Too many requests from this address", 1},
    {503, "too_many_connections", "Too many connections are open", 5},
    {503, "overloaded", "Too many requests are being received", 1},
    {417, "expectation_failed", "Only the expectation 100-continue is supported", 0},
    {500, "internal", "The request could not be answered", 1},
}};

constexpr bool IsAlphaNumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr char LowerOf(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// 0: ends a run (CR, or refused); 1: good in a field; 3: good in the request line as well.
constexpr std::array<std::uint8_t, 256> kOctets = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t i = 0x21; i < 0x100; ++i) table[i] = i < 0x7f ? 3 : 1;
  table[0x7f] = 0;
  table[' '] = 1;
  table['\t'] = 1;
  return table;
}();

constexpr std::array<bool, 256> kTokenOctets = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < 128; ++i) table[i] = IsAlphaNumeric(static_cast<char>(i));
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    table[static_cast<std::size_t>(c)] = true;
  return table;
}();

const std::string* FindOnly(const std::vector<Header>& headers, std::string_view name, int& count) {
  const std::string* found = nullptr;
  count = 0;
  for (const Header& header : headers) {
    if (header.name != name) continue;
    found = &header.value;
    ++count;
  }
  return found;
}

bool IsMethod(std::string_view text) {
  return !text.empty() && text.size() <= 16 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool MayHaveBody(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

bool IsHostText(std::string_view text) {
  return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
    return IsAlphaNumeric(c) || std::string_view(".-_:[]").find(c) != std::string_view::npos;
  });
}

// Whether a comma-separated list of tokens has `token`.
bool ListHas(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view item = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
    while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
    if (EqualsIgnoringCase(item, token)) return true;
  }
  return false;
}

// Where a body ends, by its fields alone.
std::variant<Framing, Refusal> CheckBody(const std::vector<Header>& headers, int version) {
  Framing framing;
  int lengths = 0;
  int codings = 0;
  const std::string* length = FindOnly(headers, "content-length", lengths);
  const std::string* coding = FindOnly(headers, "transfer-encoding", codings);
  if (coding != nullptr) {
    if (lengths != 0 || version != 11) return Refusal::kBadFraming;
    if (codings != 1 || !EqualsIgnoringCase(*coding, "chunked")) {
      return Refusal::kUnsupportedTransfer;
    }
    framing.body = Framing::Body::kChunked;
  } else if (length != nullptr) {
    const Result<std::uint64_t> value = ParseDecimal(*length);
    if (lengths != 1 || !value.ok()) return Refusal::kBadFraming;
    framing.length = *value;
    if (framing.length > 0) framing.body = Framing::Body::kLength;
  }
  return framing;
}

bool SaysClose(const std::vector<Header>& headers) {
  return std::any_of(headers.begin(), headers.end(), [](const Header& header) {
    return header.name == "connection" && ListHas(header.value, "close");
  });
}

}  // namespace

std::string_view RefusalCode(Refusal refusal) {
  return kRefusals[static_cast<std::size_t>(refusal)].code;
}

Response RefusalResponse(Refusal refusal) {
  const RefusalRow& row = kRefusals[static_cast<std::size_t>(refusal)];
  std::string body = "{\"type\":\"about:blank\",\"title\":\"";
  body.append(row.title).append("\",\"status\":").append(std::to_string(row.status));
  body.append(",\"code\":\"").append(row.code).append("\",\"retryable\":");
  body.append(row.retry_after_s > 0 ? "true" : "false").append("}\n");
  Response response = MakeResponse(row.status, "application/problem+json", std::move(body));
  response.Add(FixedField::kNeverStored);
  response.Add(FixedField::kNosniff);
  if (row.retry_after_s > 0) {
    response.headers.push_back({"Retry-After", std::to_string(row.retry_after_s)});
  }
  response.close = true;
  return response;
}

// The line end of the request line wants its two spaces seen; an empty line ends the head.
bool HeadScanner::TakeLineEnd() {
  after_cr_ = false;
  if (request_line_) {
    request_line_ = false;
    line_bytes_ = 0;
    return spaces_ == 2;
  }
  done_ = line_bytes_ == 0;
  line_bytes_ = 0;
  return true;
}

// A field starts with its name: a blank there would fold it into the one before.
bool HeadScanner::TakeLineStart(unsigned char octet) {
  if (octet == ' ' || octet == '\t') return false;
  if (!request_line_) ++fields_;
  return true;
}

HeadScanner::Progress HeadScanner::Scan(std::string_view piece) {
  using State = Progress::State;
  const std::size_t room = max_bytes_ - bytes_;
  const std::size_t end = std::min(piece.size(), room);
  std::size_t i = 0;
  while (i < end) {
    const auto octet = static_cast<unsigned char>(piece[i]);
    if (after_cr_) {
      if (octet != '\n' || !TakeLineEnd()) return {State::kRefused, i, Refusal::kBadFraming};
      ++i;
      if (done_) return {State::kEnd, i, {}};
      continue;
    }
    if (octet == '\r') {
      if (request_line_ && line_bytes_ == 0) return {State::kRefused, i, Refusal::kBadFraming};
      after_cr_ = true;
      ++i;
      continue;
    }
    if (line_bytes_ == 0 && kOctets[octet] != 0) {
      if (!TakeLineStart(octet)) return {State::kRefused, i, Refusal::kBadFraming};
      if (fields_ > max_fields_) return {State::kRefused, i, Refusal::kHeaderTooLarge};
    }
    if (request_line_ && octet == ' ') {
      ++spaces_;
      ++line_bytes_;
      ++i;
      continue;
    }
    const std::uint8_t wanted = request_line_ ? 2 : 1;
    const std::size_t run = i;
    while (i < end && (kOctets[static_cast<unsigned char>(piece[i])] & wanted) != 0) ++i;
    if (i == run) return {State::kRefused, i, Refusal::kBadFraming};
    line_bytes_ += i - run;
  }
  bytes_ += end;
  if (bytes_ == max_bytes_) return {State::kRefused, i, Refusal::kHeaderTooLarge};
  return {State::kMore, i, {}};
}

std::variant<Framing, Refusal> CheckHead(const Head& head) {
  if (head.version != 10 && head.version != 11) return Refusal::kBadFraming;
  if (!IsMethod(head.method)) return Refusal::kBadRequest;
  int hosts = 0;
  const std::string* host = FindOnly(head.headers, "host", hosts);
  if (hosts != 1 || !IsHostText(*host)) return Refusal::kBadFraming;

  std::variant<Framing, Refusal> checked = CheckBody(head.headers, head.version);
  Framing* framing = std::get_if<Framing>(&checked);
  if (framing == nullptr) return checked;
  if (framing->body != Framing::Body::kNone && !MayHaveBody(head.method)) {
    return Refusal::kBadFraming;
  }
  framing->keep_alive = head.version == 11 && !SaysClose(head.headers);
  framing->takes_chunks = head.version == 11;
  for (const Header& header : head.headers) {
    if (header.name != "expect" || head.version != 11) continue;
    if (!EqualsIgnoringCase(header.value, "100-continue")) return Refusal::kExpectationFailed;
    framing->expects_continue = true;
  }
  if (head.target.empty() || head.target.front() != '/') return Refusal::kBadRequest;
  return checked;
}

std::optional<Framing> CheckAnswer(int status, bool to_head_request, int version,
                                   const std::vector<Header>& headers) {
  std::variant<Framing, Refusal> checked = CheckBody(headers, version);
  Framing* framing = std::get_if<Framing>(&checked);
  if (framing == nullptr) return std::nullopt;
  int lengths = 0;
  const bool told = FindOnly(headers, "content-length", lengths) != nullptr;
  if (framing->body == Framing::Body::kNone && !told) framing->body = Framing::Body::kToEnd;
  if (to_head_request || status / 100 == 1 || status == 204 || status == 304) {
    framing->body = Framing::Body::kNone;
  }
  framing->keep_alive =
      version == 11 && !SaysClose(headers) && framing->body != Framing::Body::kToEnd;
  return *framing;
}

std::string BaseUrl::HostField() const {
  std::string field = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != "80") field.append(":").append(port);
  return field;
}

Result<BaseUrl> ParseBaseUrl(std::string_view url) {
  if (!TakePrefix(url, "http://")) {
    return Malformed("base address does not start with http://; for TLS go through a proxy");
  }
  BaseUrl base;
  const std::size_t slash = std::min(url.find('/'), url.size());
  std::string_view authority = url.substr(0, slash);
  std::string_view prefix = url.substr(slash);
  const bool literal = TakePrefix(authority, "[");
  const std::size_t end = std::min(authority.find(literal ? ']' : ':'), authority.size());
  base.host = std::string(authority.substr(0, end));
  authority.remove_prefix(end);
  if ((literal && !TakePrefix(authority, "]")) || !IsHostText(base.host) ||
      base.host.find_first_of("[]") != std::string::npos) {
    return Malformed("host of the base address is not a name or address");
  }
  if (literal != (base.host.find(':') != std::string::npos)) {
    return Malformed("host of the base address wants brackets around IPv6, and only there");
  }
  base.port = authority.empty() ? "80" : std::string(authority.substr(1));
  if (!authority.empty() && authority.front() != ':') base.port.clear();
  const Result<std::uint64_t> port = ParseDecimal(base.port);
  if (!port.ok() || *port == 0 || *port > 65535) {
    return Malformed("port of the base address is not 1 to 65535");
  }
  if (!prefix.empty() && !ParsePath(prefix).ok()) {
    return Malformed("path of the base address is not a plain path");
  }
  if (!prefix.empty() && prefix.back() == '/') prefix.remove_suffix(1);
  base.prefix = std::string(prefix);
  return base;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return kTokenOctets[static_cast<unsigned char>(c)];
  });
}

bool IsFieldValue(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return kOctets[static_cast<unsigned char>(c)] != 0; });
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return LowerOf(x) == LowerOf(y);
         });
}

}  // namespace jejak::api
