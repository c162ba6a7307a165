// SPDX-License-Identifier: Apache-2.0
//
// Plain HTTP messages: what a handler takes and gives. RFC 9110; no type of the network library.
//
//   GET /1/v1/cases?stage=open&unit=kota%2Fa HTTP/1.1
//       path  = "/1/v1/cases"            query = "stage=open&unit=kota%2Fa"
//       QueryParameters::Parse(query)  -> {"stage": "open", "unit": "kota/a"}
//
// Values only: any thread may own one, nothing is shared. Refused: a path that has two readings
// (`//`, `/../`, an encoded slash), a query with a name given twice, text that is not UTF-8.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/peer_address.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"

namespace jejak::api {

// One header field. In a request the server has made `name` lower case and has trimmed `value`.
struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;           // upper case letters, "GET"
  std::string path;             // decoded and canonical: ParsePath below
  std::string query;            // raw, after the '?', possibly empty
  std::vector<Header> headers;  // as sent, in order; names in lower case
  std::string body;             // dechunked, never longer than Handler::BodyLimit
  PeerAddress peer{};           // of the client: the other end, or whom a trusted proxy names
  bool oversight = false;       // came through the oversight listener

  // The value of the first field of that name (give it in lower case), or null.
  const std::string* Find(std::string_view name) const;
};

// Fields whose whole text is known when this is compiled: most of what most answers say. They cost
// no memory of their own and no look at their octets.
enum class FixedField : std::uint8_t {
  kTextType,     // Content-Type: text/plain; charset=utf-8
  kJsonType,     // Content-Type: application/json
  kImmutable,    // Cache-Control: public, max-age=31536000, immutable
  kMinutes,      // Cache-Control: public, max-age=600
  kSeconds,      // Cache-Control: public, max-age=2
  kRevalidated,  // Cache-Control: no-cache
  kNeverStored,  // Cache-Control: no-store
  kNosniff,      // X-Content-Type-Options: nosniff
  kAnyOrigin,    // Access-Control-Allow-Origin: *
};
inline constexpr std::size_t kFixedFieldCount = 9;

class AnswerStream;  // http_stream.h

struct Response {
  int status = 200;
  // Content-Length, Connection, Date and Transfer-Encoding belong to the server: a response that
  // sets one of them, or a name or value that could split the head, is sent as a 500 instead.
  std::vector<Header> headers;
  std::string body;
  // When set it is sent in the place of `body`: a cached answer goes to many without a copy.
  std::shared_ptr<const std::string> shared_body;
  // When set the answer begins with the content and goes on with the stream's pieces.
  std::shared_ptr<AnswerStream> stream;
  bool close = false;  // end the connection after this answer
  std::bitset<kFixedFieldCount> fixed;

  void Add(FixedField field) { fixed.set(static_cast<std::size_t>(field)); }
  // `to` in the place of `from`, where that is.
  void Replace(FixedField from, FixedField to) {
    const auto at = static_cast<std::size_t>(from);
    if (!fixed.test(at)) return;
    fixed.reset(at);
    Add(to);
  }
  std::string_view content() const {
    return shared_body ? std::string_view(*shared_body) : std::string_view(body);
  }
};

// Makes an answer with one Content-Type field.
Response MakeResponse(int status, std::string_view content_type, std::string body);

// The phrase of a status line: 404 -> "Not Found"; "Unknown" for a status that we never send.
std::string_view ReasonPhrase(int status);

// Appends the status line and fields of `response`, with the empty line. `date` is an IMF-fixdate;
// the length of the content is always told (204, 304 and streams excepted), so that the peer never
// has to guess where it ends; `chunked`: it is told piece by piece. False, and nothing appended,
// when a field would split the head or belongs to the server.
[[nodiscard]] bool AppendResponseHead(std::string& head, const Response& response,
                                      std::string_view date, bool close, bool chunked = false);
// The same in a text of its own.
std::optional<std::string> EncodeResponseHead(const Response& response, std::string_view date,
                                              bool close);

// Appends one piece of a chunked body; nothing for an empty one, which would end the body.
void AppendChunk(std::string& out, std::string_view piece);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

// "Sun, 06 Nov 1994 08:49:37 GMT": the IMF-fixdate of RFC 9110, whatever the locale.
std::string FormatHttpDate(UnixSeconds time);

// Decodes %XX strictly: two hex digits, the result UTF-8 without control characters.
Result<std::string> DecodePercent(std::string_view text);
// "kota/a" -> "kota%2Fa": all but RFC 3986 `unreserved` as %XX, to stand in a query or a segment.
std::string EncodePercent(std::string_view text);

// A request path to its one reading: starts with '/', characters of RFC 3986 `pchar` and '/',
// percent-decoded. kMalformed for an empty segment (the last may be empty), '.' and '..' segments,
// an encoded '/', a backslash, control characters, text that is not UTF-8.
Result<std::string> ParsePath(std::string_view raw);

// Parameters of a query, or of a form body: `name=value` joined by '&', '+' reads as a space.
// kMalformed for a name that comes twice, an empty name, a pair without '=', more than 32 pairs,
// characters outside RFC 3986 `query`, wrong percent-encoding, control characters, wrong UTF-8.
class QueryParameters final {
 public:
  static Result<QueryParameters> Parse(std::string_view raw);

  // The value of a parameter, or null when it was not given. Linear: there are few.
  const std::string* Find(std::string_view name) const;
  // Forgets parameters without a value: of a form that was sent unfilled.
  void DropEmpty();
  // In the order given; lets a route refuse names that it does not know.
  const std::vector<std::pair<std::string, std::string>>& pairs() const { return pairs_; }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

}  // namespace jejak::api
