// SPDX-License-Identifier: Apache-2.0
//
// Talks to a ledger: what the command line, the import, the mirror and the bench use. Follows
// docs/api.md; knows addresses and answers, no ledger state.
//
//   LedgerClient client("http://127.0.0.1:8080/1");      the server and the path of the origin
//   auto answer = client.Submit(envelope);
//   answer->logged()   ->  answer->receipt is a .tlog-proof
//   else               ->  answer->problem->code, ->detail, ->where, ->head
//
// Submitting is safe to repeat: identical bytes get the first receipt. So a submission whose answer
// was lost, or that met a full queue, is sent again, a few times with growing pauses; when that
// gives up the error says that sending the same file again later is safe. Nothing else is sent
// twice. It believes nothing that it receives: who needs proof verifies the receipt.
// One object is one thread's.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_client.h"
#include "api/problem.h"

namespace jejak::api {

// What the ledger said to one envelope.
struct SubmitAnswer {
  int status = 0;           // 201 logged now, 200 logged before; else the problem's
  std::uint64_t index = 0;  // of the entry, when logged
  std::string receipt;      // the .tlog-proof, when logged
  std::optional<Problem> problem;

  bool logged() const { return !problem.has_value(); }
  bool duplicate() const { return status == 200; }
};

// What a dry run said: no problem, or the first reason that the admission table finds.
struct ValidateAnswer {
  bool duplicate = false;
  std::optional<Problem> problem;
};

struct RetryOptions {
  unsigned attempts = 6;  // in all
  std::chrono::milliseconds first_pause{100};
  std::chrono::milliseconds longest_pause{5'000};  // a longer Retry-After is cut to this
};

class LedgerClient final {
 public:
  explicit LedgerClient(std::string base_url, ClientOptions options = {}, RetryOptions retry = {});

  // Sends one envelope. kUnknownOutcome: gave up, it may be logged. kUnavailable: gave up, nothing
  // reached the ledger or it refused to take any. kMalformed: the address is not one, or what
  // answers there is no ledger.
  Result<SubmitAnswer> Submit(std::string_view envelope);

  // Sends them in one request: one answer per envelope, in order. Errors as above, for all of them.
  // How many fit is for the caller to know: 8 MiB and 8,192 envelopes.
  Result<std::vector<SubmitAnswer>> SubmitBatch(const std::vector<std::string>& envelopes);

  // Asks what Submit would be told now, and logs nothing.
  Result<ValidateAnswer> Validate(std::string_view envelope);

  // The body of a 200 answer; `target` begins with '/' and is put after the base. Otherwise
  // kNotFound, kUnavailable (429, 503), kMalformed, kInternal, with the problem's sentence.
  Result<std::string> Get(std::string_view target, const std::vector<Header>& headers = {});

  const std::string& base_url() const { return base_url_; }

 private:
  Result<ClientResponse> Post(std::string_view target, std::string_view body);
  Result<ClientResponse> PostUntilAnswered(std::string_view target, std::string_view body);

  std::string base_url_;
  RetryOptions retry_;
  HttpClient http_;
};

}  // namespace jejak::api
