// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bodies and sealed fields: what an action commits to and keeps beside the log (docs/formats.md
// section 2). Pure; no thread rule.
//
//   body: {"channel":"counter","report":{"$sealed":"FbaKNlPy1p+00fgKAnYhOgd7hnVuRc/GUwoiYxmikdQ="}}
//   opening: pointer /report, key (32 bytes), value {"text":"Petugas loket tidak ada di tempat"}
//
// The commitment is an HMAC under a fresh key, bound to the action's text up to its body line, and
// for a field to its pointer too: an opening can't be moved to another action or field, and nothing
// can be guessed without the key. A body or field that is absent is unknown; that is no error.
// What fits its commitment is three-valued: content that isn't what it should be breaks no proof,
// and is no evidence of anything either.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/json.h"
#include "ledger/record/action.h"

namespace jejak::record {

inline constexpr std::size_t kMaxBodyBytes = 65536;  // of a body, and of a sealed value

// The key and the exact JSON bytes behind `body HASH`.
struct BodyOpening {
  Digest key;
  std::string text;
  bool operator==(const BodyOpening&) const = default;
};

// The key and value behind one sealed field of a body.
struct FieldOpening {
  std::string pointer;  // RFC 6901, "/report"
  Digest key;
  std::string value;  // one JSON value
  bool operator==(const FieldOpening&) const = default;
};

enum class Fit {
  kFits,
  kUnknownContent,  // fits its commitment, but is too long or not what it should be
  kDoesNotFit,      // another key, text, action, pointer; or there is no such commitment
};

// The verdict on a body, and its JSON iff it fits.
struct CheckedBody {
  Fit fit = Fit::kDoesNotFit;
  std::optional<json::Value> value;
};

// Holds a body against its action's commitment and Body JSON. Linear in the text.
CheckedBody ReadBody(const Action& action, const BodyOpening& opening);

// The same without the JSON.
Fit CheckBody(const Action& action, const BodyOpening& opening);

// Holds an opening against the sealed field that `body`, a body of `action` that fits, has at its
// pointer. Never judges whether the value is what a procedure asks for.
Fit CheckField(const Action& action, const json::Value& body, const FieldOpening& opening);

// The sealed field that stands in a body for `value`: {"$sealed":HASH}, where `prefix` is
// EncodeActionPrefix of the action being written.
json::Value BuildSealedField(std::string_view prefix, const FieldOpening& opening);

}  // namespace jejak::record
