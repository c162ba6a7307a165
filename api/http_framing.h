// SPDX-License-Identifier: Apache-2.0
//
// What of HTTP/1.1 we take. The parser of the server reads a head; these checks decide whether two
// readers could ever disagree about where it, or its body, ends. RFC 9112; reliability.md 1b, T28.
//
//   POST /1/v1/actions HTTP/1.1 CR LF        HeadScanner: octets, line ends, size, number of fields
//   Host: jejak.example CR LF
//   Content-Length: 1184 CR LF               CheckHead: one Host, one way to end the body
//   CR LF
//
// Pure: bytes in, verdict out; no state is shared. Stricter than the RFC asks, on purpose:
//   refused by the scanner   bare CR or LF, control characters, folded fields, a line before the
//                            request line, octets over 0x7e in it, spaces other than its two,
//                            more bytes or fields than allowed
//   refused by CheckHead     no Host or two; two Content-Length fields, a list, a sign, a leading
//                            zero; Transfer-Encoding other than `chunked` alone, or beside a
//                            length, or in HTTP/1.0; a body on a method that has none
//   refused after them       a target that is not a path (absolute form, `*`: ParsePath), chunks
//                            with anything but a size and octets (http_body.h)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/http_message.h"
#include "ledger/base/result.h"

namespace jejak::api {

// Why the server answers a request by itself. Every one ends the connection.
enum class Refusal : std::uint8_t {
  kBadRequest,           // 400: method, target or path
  kBadFraming,           // 400: octets, fields or chunks
  kUnsupportedTransfer,  // 501
  kHeaderTooLarge,       // 431
  kBodyTooLarge,         // 413
  kTimeout,              // 408
  kTooManyRequests,      // 429, of one address
  kTooManyConnections,   // 503
  kOverloaded,           // 503, bodies in memory
  kExpectationFailed,    // 417
  kInternal,             // 500: the handler dropped the request or gave an impossible answer
};
inline constexpr std::size_t kRefusalCount = 11;

// The stable word for a refusal: "bad_framing".
std::string_view RefusalCode(Refusal refusal);

// {"type":"about:blank","title":"...","status":400,"code":"bad_framing","retryable":false}
// as application/problem+json (RFC 9457), never stored by a cache; Retry-After when waiting helps.
Response RefusalResponse(Refusal refusal);

// Looks at every octet of a head once, in pieces of any size.
class HeadScanner final {
 public:
  HeadScanner(std::size_t max_bytes, std::size_t max_fields)
      : max_bytes_(max_bytes), max_fields_(max_fields) {}

  // Reads on. kMore: all was used. kEnd: `used` octets belong to the head, with its empty line.
  struct Progress {
    enum class State : std::uint8_t { kMore, kEnd, kRefused } state;
    std::size_t used;
    Refusal refusal;  // kBadFraming or kHeaderTooLarge, when kRefused
  };
  Progress Scan(std::string_view piece);

 private:
  bool TakeLineEnd();
  bool TakeLineStart(unsigned char octet);

  std::size_t max_bytes_;
  std::size_t max_fields_;
  std::size_t bytes_ = 0;
  std::size_t fields_ = 0;
  std::size_t line_bytes_ = 0;
  unsigned spaces_ = 0;  // in the request line
  bool request_line_ = true;
  bool after_cr_ = false;
  bool done_ = false;
};

// A head as the parser read it.
struct Head {
  std::string_view method;
  std::string_view target;
  int version = 11;                    // 10 or 11
  const std::vector<Header>& headers;  // names in lower case, values without blanks around
};

struct Framing {
  // kToEnd: until the connection ends; in answers only.
  enum class Body : std::uint8_t { kNone, kLength, kChunked, kToEnd } body = Body::kNone;
  std::uint64_t length = 0;  // with kLength, over 0
  bool keep_alive = false;   // HTTP/1.1 without `Connection: close`; 1.0 is answered and closed
  bool expects_continue = false;
  bool takes_chunks = false;  // HTTP/1.1
};

// The one framing of a head, or why there is none that all readers share. Linear in its fields.
std::variant<Framing, Refusal> CheckHead(const Head& head);

// The framing of an answer, as strict about lengths and codings; nullopt when it is ambiguous.
// `version` as in Head; the client, not the server, has to believe these.
std::optional<Framing> CheckAnswer(int status, bool to_head_request, int version,
                                   const std::vector<Header>& headers);

// A base address of the client: "http://HOST[:PORT][/PREFIX]".
struct BaseUrl {
  std::string host;               // without the brackets of an IPv6 address
  std::string port;               // decimal, "80" when it was not given
  std::string prefix;             // "" or "/1": no slash at the end
  std::string HostField() const;  // as the Host field wants it
};

// kMalformed for another scheme (TLS is a proxy's work), user names, queries, odd characters.
Result<BaseUrl> ParseBaseUrl(std::string_view url);

// RFC 9110 token: what a field name or a method is made of.
bool IsToken(std::string_view text);
// Octets that a field value may have: HTAB, SP and up, not DEL.
bool IsFieldValue(std::string_view text);
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

}  // namespace jejak::api
