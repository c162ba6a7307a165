// SPDX-License-Identifier: Apache-2.0
#include "tools/author/author.h"

#include <utility>

#include "ledger/crypto/commitment.h"
#include "ledger/crypto/random.h"

namespace jejak::author {

record::ActionFields Author::Place(const record::Stream& stream) const {
  record::ActionFields fields = PlaceSeen(stream, count(stream));
  fields.position = record::PositionKind::kAfter;
  return fields;
}

record::ActionFields Author::PlaceSeen(const record::Stream& stream, std::uint64_t n) const {
  record::ActionFields fields;
  fields.log = origin_;
  fields.stream = stream;
  fields.position = record::PositionKind::kSeen;
  fields.position_count = n;
  tlog::CompactRange ids;
  for (std::uint64_t i = 0; i < n; ++i) ids.Append(tlog::LeafHash(id(stream, i).view()));
  if (n != 0) fields.position_root = ids.Root();
  return fields;
}

Result<record::Envelope> Author::Sign(record::ActionFields fields, const std::vector<By>& by,
                                      std::optional<Body> body) const {
  SetSigners(fields, by);
  record::Envelope envelope;
  if (body) {
    record::BodyOpening opening{crypto::RandomDigest(), json::Write(body->value)};
    fields.body_form = record::BodyForm::kCommitted;
    fields.body_commitment =
        crypto::CommitBody(opening.key, record::EncodeActionPrefix(fields), opening.text);
    envelope.body = std::move(opening);
    envelope.openings = std::move(body->openings);
  } else if (!fields.body_json.empty()) {
    fields.body_form = record::BodyForm::kInline;
  }
  JEJAK_TRY(text, record::EncodeActionText(fields));
  tlog::Note note{text, {}};
  for (const By& signer : by) {
    if (signer.key == nullptr) continue;
    note.signatures.push_back(record::SignAction(text, signer.key->name, signer.key->secret));
  }
  envelope.note = tlog::EncodeNote(note);
  return envelope;
}

Result<void> Author::Logged(const record::Envelope& envelope) {
  JEJAK_TRY(action, record::ParseAction(envelope.note));
  Follow(action.stream, action.id());
  return {};
}

void Author::Follow(const record::Stream& stream, const Digest& action_id) {
  streams_[stream].push_back(action_id);
}

std::uint64_t Author::count(const record::Stream& stream) const {
  const auto found = streams_.find(stream);
  return found == streams_.end() ? 0 : found->second.size();
}

const Digest& Author::id(const record::Stream& stream, std::uint64_t n) const {
  return streams_.at(stream).at(n);
}

void SetSigners(record::ActionFields& fields, const std::vector<By>& by) {
  fields.by.clear();
  for (const By& signer : by) fields.by.push_back({signer.signer(), signer.role});
}

json::Value SealField(const record::ActionFields& fields, std::string pointer,
                      const json::Value& value, std::vector<record::FieldOpening>& openings) {
  record::FieldOpening opening{std::move(pointer), crypto::RandomDigest(), json::Write(value)};
  json::Value field = record::BuildSealedField(record::EncodeActionPrefix(fields), opening);
  openings.push_back(std::move(opening));
  return field;
}

std::string RandomCaseId() { return CaseIdOf(crypto::RandomBytes(16)); }

std::string CaseIdOf(ByteView bytes16) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  // 128 bits behind two zero bits: 26 digits of five, the first below 8.
  std::string id;
  unsigned held = 0;
  int bits = 2;
  for (const std::uint8_t byte : bytes16.first(16)) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      id.push_back(kDigits[(held >> bits) & 31]);
    }
    held &= (1u << bits) - 1;
  }
  return id;
}

}  // namespace jejak::author
