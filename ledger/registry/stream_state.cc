// SPDX-License-Identifier: Apache-2.0
#include "ledger/registry/stream_state.h"

#include <bit>
#include <utility>

#include "ledger/base/lexical.h"

namespace jejak::registry {
namespace {

constexpr std::uint8_t kVersion = 1;

void AppendText(Bytes& out, std::string_view text) {
  out.push_back(static_cast<std::uint8_t>(text.size()));  // lexical rules keep it below 256
  const ByteView bytes = AsBytes(text);
  out.insert(out.end(), bytes.begin(), bytes.end());
}

// Takes bytes off the front; after the first lack everything is empty and ok() false.
class Cursor final {
 public:
  explicit Cursor(ByteView bytes) : rest_(bytes) {}

  ByteView Take(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const ByteView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  std::uint8_t Byte() {
    const ByteView byte = Take(1);
    return byte.empty() ? std::uint8_t{0} : byte[0];
  }
  std::string Text() { return std::string(AsText(Take(Byte()))); }
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }

 private:
  ByteView rest_;
  bool ok_ = true;
};

Result<tlog::CompactRange> ReadEdge(Cursor& in, const statemap::StreamHead& head) {
  std::vector<Digest> nodes;
  for (int left = std::popcount(head.count); left > 0; --left) {
    const auto node = DigestFromBytes(in.Take(32));
    if (!node.ok()) return Malformed("stream state: the edge is cut short");
    nodes.push_back(*node);
  }
  auto ids = tlog::CompactRange::From(head.count, std::move(nodes));
  if (!ids.ok()) return std::move(ids).error();
  if (ids->Root() != head.root) return Malformed("stream state: the edge does not give the root");
  return ids;
}

Result<record::Action::Party> ReadParty(Cursor& in) {
  record::Action::Party party;
  party.role = in.Text();
  party.key.name = in.Text();
  const auto key = crypto::PublicKeyFromBytes(in.Take(32));
  if (!key.ok() || !IsWord(party.role) || !IsKeyName(party.key.name)) {
    return Malformed("stream state: a party is not a role, a name and a key");
  }
  party.key.key = *key;
  return party;
}

}  // namespace

const record::Action::Party* StreamState::FindParty(std::string_view name,
                                                    std::string_view role) const {
  for (const record::Action::Party& party : parties) {
    if (party.key.name == name && party.role == role) return &party;
  }
  return nullptr;
}

void StreamState::Append(const record::Action& action, std::uint64_t index,
                         const Digest& leaf_hash) {
  ids.Append(tlog::LeafHash(action.id().view()));
  head = {ids.size(), index, leaf_hash, ids.Root()};
  parties.insert(parties.end(), action.parties.begin(), action.parties.end());
  if (action.under) procedure_id = action.under->id;
}

Bytes EncodeStreamState(const StreamState& state) {
  Bytes out{kVersion};
  const auto head = statemap::EncodeStreamHead(state.head);
  out.insert(out.end(), head.begin(), head.end());
  for (const Digest& node : state.ids.nodes()) {
    out.insert(out.end(), node.bytes.begin(), node.bytes.end());
  }
  AppendText(out, state.procedure_id);
  AppendU16(out, static_cast<std::uint16_t>(state.parties.size()));
  for (const record::Action::Party& party : state.parties) {
    AppendText(out, party.role);
    AppendText(out, party.key.name);
    out.insert(out.end(), party.key.key.bytes.begin(), party.key.key.bytes.end());
  }
  return out;
}

Result<StreamState> ParseStreamState(ByteView bytes) {
  Cursor in(bytes);
  if (in.Byte() != kVersion) return Malformed("stream state: the version is not 1");
  StreamState state;
  JEJAK_TRY(head, statemap::ParseStreamHead(in.Take(statemap::kStreamHeadBytes)));
  state.head = head;
  JEJAK_TRY(ids, ReadEdge(in, state.head));
  state.ids = std::move(ids);
  state.procedure_id = in.Text();
  if (!state.procedure_id.empty() && !IsId(state.procedure_id)) {
    return Malformed("stream state: the procedure is not an id");
  }
  const ByteView count = in.Take(2);
  if (!in.ok()) return Malformed("stream state: it is cut short");
  const std::size_t parties = LoadU16(count.data());
  if (parties > kMaxParties) return Malformed("stream state: too many parties");
  for (std::size_t i = 0; i < parties; ++i) {
    JEJAK_TRY(party, ReadParty(in));
    state.parties.push_back(std::move(party));
  }
  if (!in.done()) return Malformed("stream state: bytes follow the last party");
  return state;
}

}  // namespace jejak::registry
