// SPDX-License-Identifier: Apache-2.0
//
// What answers to reads are made of: a type, a name to save it by, and what caches may do with it
// (RFC 9111). Only answers that can never change are immutable; problems are never stored
// (problem.h). Pure.
#pragma once

#include <string>
#include <string_view>

#include "api/http_message.h"

namespace jejak::api {

enum class Freshness {
  kImmutable,   // full tiles, entries, proofs with their sizes in the path
  kMinutes,     // partial tiles: true for ever, soon of no use
  kCheckpoint,  // two seconds
  kRevalidate,  // may be kept, must be asked about: goes with WithETag
  kNever,
};

Response WithFreshness(Response response, Freshness freshness);

// To be saved as a file of that name, which has no quote. Not shown by a browser.
Response WithFileName(Response response, std::string_view name);

// A strong ETag: a hash of the content, or of what decides every octet of it.
std::string ETagOf(std::string_view content);

// Whether the request's If-None-Match names this tag, or any.
bool NamesETag(const Request& request, std::string_view tag);

// Adds the ETag of the content, and answers 304 when the request names it.
Response WithETag(const Request& request, Response response);

Response JsonAnswer(std::string json);
Response TextAnswer(std::string text);

// Whether the Accept field asks for JSON: "application/json" named, and not with q=0.
bool WantsJson(const Request& request);

}  // namespace jejak::api
