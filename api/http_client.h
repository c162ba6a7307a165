// SPDX-License-Identifier: Apache-2.0
//
// A blocking HTTP/1.1 client: one request at a time, one connection kept for the next.
//
//   HttpClient client({});
//   auto answer = client.Request("http://127.0.0.1:8080/1", "POST", "/v1/actions", {}, envelope);
//
// Its errors tell a submitter what to do: kUnavailable means that the server has not seen the
// request (no such host, refused, no connection in time); kUnknownOutcome that it was sent, wholly
// or in part, and no usable answer came: the action may be in the log, resubmitting is safe.
// An answer with status 4xx or 5xx is an answer, not an error.
//
// Speaks http only. TLS is the job of a proxy beside us, as on the server; what the ledger serves
// is signed and is checked by who receives it. Follows no redirects, sends no credentials.
// Thread rule: an object belongs to one thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_message.h"
#include "ledger/base/result.h"

namespace jejak::api {

struct ClientResponse {
  int status = 0;
  std::vector<Header> headers;  // names in lower case
  std::string body;

  // The value of the first field of that name (lower case), or null.
  const std::string* Find(std::string_view name) const;
};

struct ClientOptions {
  // Resolving and connecting; the system's resolver may take longer before it lets go.
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds answer_timeout{
      60'000};  // from the first byte sent to the last received
  std::size_t max_response_bytes = 64u << 20;
};

class HttpClient final {
 public:
  explicit HttpClient(ClientOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // `base`: "http://HOST[:PORT][/PREFIX]"; `target` starts with '/' and is put after the prefix as
  // it is (encode it first). Host, Content-Length and Connection are set here, not by the caller.
  // Also kMalformed: a base, target, method or field that cannot be sent. A GET or HEAD that fails
  // on a kept connection is tried once more on a new one; nothing else is ever sent twice.
  Result<ClientResponse> Request(std::string_view base, std::string_view method,
                                 std::string_view target, const std::vector<Header>& headers,
                                 std::string_view body);

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace jejak::api
