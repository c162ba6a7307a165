// SPDX-License-Identifier: Apache-2.0
//
// Writes signed actions for a log that its caller feeds: the demo, the import, the bench, the tests. It knows where each stream
// that it writes in stands, so that the next action is `after` the last one without asking a server.
//
//   Author author("demo.jejak.example/1");
//   record::ActionFields fields = author.Place(record::ParseStream("case/...").value());
//   fields.type = "sidak.hold"; fields.at = ...;
//   JEJAK_TRY(envelope, author.Sign(std::move(fields), {{"petugas", &key}}, body));
//   ... submit it ...
//   author.Logged(envelope);
//
// No I/O; it draws random keys for bodies. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/base/result.h"
#include "ledger/record/action.h"
#include "ledger/record/envelope.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/private_key.h"

namespace jejak::author {

// Who signs, and in which role. Without a key at hand the name stands here, and the signature is for a co-signer to add.
struct By {
  std::string role;
  const tlog::PrivateKey* key = nullptr;
  std::string name = {};

  const std::string& signer() const { return key != nullptr ? key->name : name; }
};

// An action's body in the making: the JSON, with the openings of the fields that were sealed in it.
struct Body {
  json::Value value;
  std::vector<record::FieldOpening> openings;
};

class Author final {
 public:
  explicit Author(std::string origin) : origin_(std::move(origin)) {}

  // The lines that place an action at the head of a stream: `log`, `stream`, `after`.
  record::ActionFields Place(const record::Stream& stream) const;
  // The same, read up to the first `n` actions: `seen`. The caller sets `until`.
  record::ActionFields PlaceSeen(const record::Stream& stream, std::uint64_t n) const;

  // Encodes, commits to the body under a fresh key, signs by each in order whose key is at hand: an action if all are, else a draft.
  // kMalformed when the fields make no action.
  // For streams other than cases the body is the inline JSON and `body_json` of the fields is used.
  Result<record::Envelope> Sign(record::ActionFields fields, const std::vector<By>& by,
                                std::optional<Body> body = std::nullopt) const;

  // Takes a logged action into account. kMalformed when the note does not parse.
  Result<void> Logged(const record::Envelope& envelope);
  // The same for an action that somebody else wrote: its stream and id, in log order.
  void Follow(const record::Stream& stream, const Digest& action_id);

  // Actions that a stream has, as far as this author knows.
  std::uint64_t count(const record::Stream& stream) const;
  // The id of its n-th action, n < count.
  const Digest& id(const record::Stream& stream, std::uint64_t n) const;

 private:
  std::string origin_;
  std::map<record::Stream, std::vector<Digest>> streams_;
};

// Writes the `by` lines. Sign does it too; a body with sealed fields needs them before, since the fields are bound to them.
void SetSigners(record::ActionFields& fields, const std::vector<By>& by);

// The sealed field to stand at `pointer` of the body of an action with these fields (complete but for the body). Its opening, under
// a fresh key, is added to `openings`. Build the body with what this returns in the place of the value.
json::Value SealField(const record::ActionFields& fields, std::string pointer,
                      const json::Value& value, std::vector<record::FieldOpening>& openings);

// A fresh case id: 128 random bits.
std::string RandomCaseId();
// The case id that 16 given bytes spell.
std::string CaseIdOf(ByteView bytes16);

}  // namespace jejak::author
