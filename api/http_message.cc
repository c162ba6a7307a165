// SPDX-License-Identifier: Apache-2.0
#include "api/http_message.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "api/http_framing.h"
#include "ledger/base/text.h"

namespace jejak::api {
namespace {

constexpr std::size_t kMaxParameters = 32;

struct Phrase {
  int status;
  std::string_view text;
};

constexpr std::array<Phrase, 27> kPhrases = {{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {400, "Bad Request"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
}};

// In the order of FixedField, each with the line end before it.
constexpr std::array<std::string_view, kFixedFieldCount> kFixedFields = {
    "\r\nContent-Type: text/plain; charset=utf-8",
    "\r\nContent-Type: application/json",
    "\r\nCache-Control: public, max-age=31536000, immutable",
    "\r\nCache-Control: public, max-age=600",
    "\r\nCache-Control: public, max-age=2",
    "\r\nCache-Control: no-cache",
    "\r\nCache-Control: no-store",
    "\r\nX-Content-Type-Options: nosniff",
    "\r\nAccess-Control-Allow-Origin: *",
};

// RFC 3986: unreserved, sub-delims, ':' and '@'; '%' is handled by the decoder.
constexpr std::array<bool, 256> kPathCharacters = [] {
  std::array<bool, 256> table{};
  for (char c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (const char c : std::string_view("-._~!$&'()*+,;=:@%")) {
    table[static_cast<std::size_t>(c)] = true;
  }
  return table;
}();

constexpr bool IsPathCharacter(char c) { return kPathCharacters[static_cast<unsigned char>(c)]; }

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

constexpr int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsShownText(std::string_view text) {
  return IsUtf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           const auto octet = static_cast<unsigned char>(c);
           return octet < 0x20 || octet == 0x7f;
         });
}

// Whether a field of a handler's may stand in an answer.
bool MaySend(const Header& header) {
  for (std::string_view ours : {"content-length", "connection", "date", "transfer-encoding"}) {
    if (EqualsIgnoringCase(header.name, ours)) return false;
  }
  return IsToken(header.name) && IsFieldValue(header.value);
}

// `raw` is of query characters: without these two it means itself.
Result<std::string> DecodeFormText(std::string_view raw) {
  if (raw.find_first_of("%+") == raw.npos) return std::string(raw);
  std::string spaced(raw);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return DecodePercent(spaced);
}

}  // namespace

const std::string* Request::Find(std::string_view name) const {
  for (const Header& header : headers) {
    if (header.name == name) return &header.value;
  }
  return nullptr;
}

Response MakeResponse(int status, std::string_view content_type, std::string body) {
  Response response;
  response.status = status;
  response.headers.push_back({"Content-Type", std::string(content_type)});
  response.body = std::move(body);
  return response;
}

std::string_view ReasonPhrase(int status) {
  for (const Phrase& phrase : kPhrases) {
    if (phrase.status == status) return phrase.text;
  }
  return "Unknown";
}

bool AppendResponseHead(std::string& head, const Response& response, std::string_view date,
                        bool close, bool chunked) {
  if (response.status < 200 || response.status > 599) return false;
  if (!std::all_of(response.headers.begin(), response.headers.end(), MaySend)) return false;
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(ReasonPhrase(response.status)).append("\r\nDate: ").append(date);
  if (chunked) head.append("\r\nTransfer-Encoding: chunked");
  if (!response.stream && response.status != 204 && response.status != 304) {
    head.append("\r\nContent-Length: ").append(std::to_string(response.content().size()));
  }
  if (close) head.append("\r\nConnection: close");
  for (std::size_t i = 0; i < kFixedFieldCount; ++i) {
    if (response.fixed[i]) head.append(kFixedFields[i]);
  }
  for (const Header& header : response.headers) {
    head.append("\r\n").append(header.name).append(": ").append(header.value);
  }
  head.append("\r\n\r\n");
  return true;
}

std::optional<std::string> EncodeResponseHead(const Response& response, std::string_view date,
                                              bool close) {
  std::string head;
  if (!AppendResponseHead(head, response, date, close)) return std::nullopt;
  return head;
}

void AppendChunk(std::string& out, std::string_view piece) {
  if (piece.empty()) return;
  std::array<char, 16> hex{};
  const auto end = std::to_chars(hex.data(), hex.data() + hex.size(), piece.size(), 16);
  out.append(hex.data(), end.ptr).append("\r\n").append(piece).append("\r\n");
}

std::string FormatHttpDate(UnixSeconds time) {
  constexpr std::string_view kDays = "ThuFriSatSunMonTueWed";  // 1970-01-01 was a Thursday
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  time.value = std::max<std::int64_t>(time.value, 0);
  const std::int64_t days = time.value / 86400;
  const CivilDate date = CivilFromDays(days);
  const std::string clock = FormatTime(time).substr(11, 8);
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  std::string text(kDays.substr(static_cast<std::size_t>(days % 7) * 3, 3));
  text.append(", ").append(two(date.day)).append(" ");
  text.append(kMonths.substr(static_cast<std::size_t>(date.month - 1) * 3, 3)).append(" ");
  return text.append(std::to_string(date.year)).append(" ").append(clock).append(" GMT");
}

Result<std::string> DecodePercent(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded.push_back(text[i]);
      continue;
    }
    const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return Malformed("percent sign without two hex digits");
    decoded.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  if (!IsShownText(decoded)) return Malformed("percent-encoded text is not printable UTF-8");
  return decoded;
}

std::string EncodePercent(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      out += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    out.append({'%', kDigits[octet >> 4], kDigits[octet & 15]});
  }
  return out;
}

Result<std::string> ParsePath(std::string_view raw) {
  if (raw.empty() || raw.front() != '/') return Malformed("path does not start with a slash");
  std::string path;
  path.reserve(raw.size());
  std::string_view rest = raw;
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, slash);
    rest.remove_prefix(slash);
    if (!std::all_of(segment.begin(), segment.end(), IsPathCharacter)) {
      return Malformed("path has a character that wants percent-encoding");
    }
    path.push_back('/');
    const std::size_t begin = path.size();
    if (segment.find('%') == segment.npos) {
      path.append(segment);  // path characters mean themselves
    } else {
      JEJAK_TRY(decoded, DecodePercent(segment));
      path.append(decoded);
    }
    const std::string_view decoded = std::string_view(path).substr(begin);
    if (segment.empty() && !rest.empty()) return Malformed("path has an empty segment");
    if (decoded == "." || decoded == "..") return Malformed("path has a dot segment");
    if (decoded.find_first_of("/\\") != std::string::npos) {
      return Malformed("path has an encoded slash or backslash");
    }
  }
  return path;
}

Result<QueryParameters> QueryParameters::Parse(std::string_view raw) {
  QueryParameters parameters;
  std::string_view rest = raw;
  while (!rest.empty()) {
    const std::size_t joint = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, joint);
    rest.remove_prefix(joint);
    if (rest == "&") return Malformed("query ends with an ampersand");
    if (!rest.empty()) rest.remove_prefix(1);
    const std::size_t equals = pair.find('=');
    if (equals == 0 || equals == std::string_view::npos) {
      return Malformed("query has a parameter that is not name=value");
    }
    if (!std::all_of(pair.begin(), pair.end(),
                     [](char c) { return IsPathCharacter(c) || c == '/' || c == '?'; })) {
      return Malformed("query has a character that wants percent-encoding");
    }
    if (parameters.pairs_.size() == kMaxParameters) {
      return Malformed("query has more than 32 parameters");
    }
    JEJAK_TRY(name, DecodeFormText(pair.substr(0, equals)));
    JEJAK_TRY(value, DecodeFormText(pair.substr(equals + 1)));
    if (parameters.Find(name) != nullptr) return Malformed("query has a parameter twice");
    parameters.pairs_.emplace_back(std::move(name), std::move(value));
  }
  return parameters;
}

void QueryParameters::DropEmpty() {
  std::erase_if(pairs_, [](const auto& pair) { return pair.second.empty(); });
}

const std::string* QueryParameters::Find(std::string_view name) const {
  for (const auto& [known, value] : pairs_) {
    if (known == name) return &value;
  }
  return nullptr;
}

}  // namespace jejak::api
