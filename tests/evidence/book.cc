// SPDX-License-Identifier: Apache-2.0
#include "tests/evidence/book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/base/time.h"
#include "ledger/crypto/commitment.h"
#include "ledger/crypto/hash.h"
#include "ledger/evidence/closure.h"
#include "ledger/evidence/receipt.h"
#include "ledger/record/entry.h"
#include "ledger/record/seal.h"
#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/cosignature.h"
#include "ledger/tlog/multiproof.h"
#include "tests/evidence/golden.h"

namespace jejak::evidence::test {
namespace {

crypto::SecretKey Secret(std::string_view name) {
  return crypto::SecretKey::FromSeed(crypto::Sha256(AsBytes(name)).view());
}

tlog::VerifierKey Key(std::string_view name, std::uint8_t type = tlog::kEd25519Key) {
  return {std::string(name), type, Secret(name).public_key()};
}

std::string Signed(const std::string& text, const Book::Signers& by) {
  std::string note = text + "\n";
  for (const auto& signer : by) {
    note += tlog::EncodeSignatureLine(record::SignAction(text, signer.name, Secret(signer.name)));
  }
  return note;
}

const Book::Signers kRoots = {{"book.example/root-1", "root"}, {"book.example/root-2", "root"}};
constexpr std::string_view kOwner = "u.example/owner";

}  // namespace

std::string Book::Vkey(std::string_view name) const { return tlog::EncodeVerifierKey(Key(name)); }

Book::Book() {
  const auto root = [&](const char* name, const char* holder) {
    return "{\"key\":\"" + Vkey(name) + "\",\"holder\":\"" + holder + "\"}";
  };
  Append(Admin("registry", "log.create", kRoots,
               "{\"origin\":\"book.example/1\",\"log_key\":\"" + Vkey(kBookOrigin) +
                   "\",\"roots\":[" + root("book.example/root-1", "A") + "," +
                   root("book.example/root-2", "B") +
                   "],\"threshold\":2,\"rules\":1,\"name\":{\"id\":\"Buku\",\"en\":\"Book\"},"
                   "\"zone\":\"+07:00\"}"));
  Append(Admin("registry", "unit.register", kRoots,
               R"({"unit":"u","title":{"id":"Unit","en":"Unit"}})"));
  for (const auto& [name, role] :
       {std::pair<std::string, std::string>{"u.example/reg", "registrar"},
        {std::string(kOwner), "procedure_owner"},
        {"u.example/p1", "officer"}}) {
    Signers by = kRoots;
    by.push_back({name, "self"});
    Append(Admin("key/" + name, "key.enroll", by,
                 "{\"key\":\"" + Vkey(name) + "\",\"unit\":\"u\",\"holder\":\"h-" +
                     role.substr(0, 4) + "\",\"grants\":[{\"role\":\"" + role + "\"}]}"));
  }
  const Signers owners = {{std::string(kOwner), "procedure_owner"}, kRoots[0]};
  const std::string hash = EncodeHash(crypto::Sha256(AsBytes("{}")));
  Append(Admin("calendar/cal", "calendar.publish", owners,
               "{\"version\":\"1.0\",\"size\":2,\"sha256\":\"" + hash + "\"}"));
  Append(
      Admin("procedure/proc", "procedure.publish", owners,
            "{\"version\":\"1.0\",\"size\":2,\"sha256\":\"" + hash + "\",\"calendar\":\"cal\"}"));
  Seal();
  record::ActionFields opening = Act("report.submit", {{"u.example/p1", "officer"}});
  opening.under = {{"proc", streams_.at({record::StreamKind::kProcedure, "proc"}).ids.back()}};
  AppendWithBody(opening, R"({"channel":"counter"})");
  AppendWithBody(Act("note.add", {{"u.example/p1", "officer"}}), R"({"text":"x"})");
}

record::ActionFields Book::Act(std::string type, Signers by) const {
  record::ActionFields fields;
  fields.stream = {record::StreamKind::kCase, std::string(kBookCase)};
  fields.type = std::move(type);
  fields.by = std::move(by);
  return fields;
}

record::ActionFields Book::Admin(std::string_view stream, std::string type, Signers by,
                                 std::string body) const {
  record::ActionFields fields;
  fields.stream = *record::ParseStream(stream);
  fields.type = std::move(type);
  fields.by = std::move(by);
  fields.body_form = record::BodyForm::kInline;
  fields.body_json = std::move(body);
  return fields;
}

std::uint64_t Book::Append(record::ActionFields fields) {
  fields.log = kBookOrigin;
  if (fields.at.instant.value == 0) fields.at = *ParseAt(FormatAt(UnixSeconds{now}, 420));
  if (!fields.until && fields.position == record::PositionKind::kAfter) {
    fields.position_count = streams_[fields.stream].ids.size();
    fields.position_root = HeadOf(streams_[fields.stream]).root;
    if (fields.position_count == 0) fields.position_root = {};
  }
  const auto text = record::EncodeActionText(fields);
  EXPECT_TRUE(text.ok()) << (text.ok() ? "" : text.error().detail);
  if (!text.ok()) return 0;
  return AppendNote(fields.stream, Signed(*text, fields.by), crypto::Sha256(AsBytes(*text)));
}

std::uint64_t Book::AppendWithBody(record::ActionFields fields, const std::string& body) {
  fields.log = kBookOrigin;
  fields.at = *ParseAt(FormatAt(UnixSeconds{now}, 420));
  fields.position_count = streams_[fields.stream].ids.size();
  fields.position_root =
      fields.position_count == 0 ? Digest{} : HeadOf(streams_[fields.stream]).root;
  const Digest key = crypto::Sha256(AsBytes(std::to_string(size())));
  fields.body_form = record::BodyForm::kCommitted;
  fields.body_commitment = crypto::CommitBody(key, record::EncodeActionPrefix(fields), body);
  bodies_.push_back({static_cast<std::int64_t>(size()), key, body});
  return Append(std::move(fields));
}

std::string Book::Header(std::string_view kind) const {
  const Digest prev =
      leaves_.empty() ? crypto::Sha256({}) : tlog::LeafHash(AsBytes(leaves_.back()));
  return "jejak/" + std::string(kind) + "/v1\nindex " + std::to_string(size()) + "\ntime " +
         FormatTime(UnixSeconds{now}) + "\nprev " + EncodeHash(prev) + "\n";
}

void Book::Push(std::string leaf) {
  leaves_.push_back(std::move(leaf));
  ++now;
}

std::uint64_t Book::AppendNote(const record::Stream& stream, const std::string& note,
                               const Digest& action_id) {
  Held& held = streams_[stream];
  const std::uint64_t index = size();
  held.indexes.push_back(index);
  held.ids.push_back(action_id);
  Push(Header("entry") + "seq " + std::to_string(held.ids.size() - 1) + "\n\n" + note);
  map_.Set(statemap::StreamKey(stream), statemap::HeadValue(HeadOf(held)));
  return index;
}

std::uint64_t Book::Seal() {
  const std::uint64_t index = size();
  Push(Header("seal") + "streams " + std::to_string(streams_.size()) + "\nstate " +
       EncodeHash(map_.Root()) + "\n");
  return index;
}

void Book::SetHead(const record::Stream& stream, const statemap::StreamHead& head) {
  map_.Set(statemap::StreamKey(stream), statemap::HeadValue(head));
}

statemap::StreamHead Book::HeadOf(const Held& held) const {
  tlog::CompactRange ids;
  for (const Digest& id : held.ids) ids.Append(tlog::LeafHash(id.view()));
  statemap::StreamHead head{held.ids.size(), 0, {}, ids.Root()};
  if (held.indexes.empty()) return head;
  head.last_index = held.indexes.back();
  head.leaf = tlog::LeafHash(AsBytes(leaves_[head.last_index]));
  return head;
}

std::string Book::Checkpoint(const std::map<std::string, std::int64_t>& cosigned) const {
  std::vector<Digest> hashes;
  for (const std::string& leaf : leaves_) hashes.push_back(tlog::LeafHash(AsBytes(leaf)));
  tlog::Note note;
  note.text = tlog::EncodeCheckpoint({std::string(kBookOrigin), size(), tlog::RootOf(hashes), {}});
  note.signatures.push_back(tlog::SignNote(note.text, kBookOrigin, Secret(kBookOrigin)));
  for (const auto& [name, time] : cosigned) {
    note.signatures.push_back(
        tlog::Cosign(note.text, UnixSeconds{time}, Key(name, tlog::kCosignatureKey), Secret(name)));
  }
  return tlog::EncodeNote(note);
}

CaseFile Book::Case(const std::string& checkpoint) const {
  const record::Stream stream{record::StreamKind::kCase, std::string(kBookCase)};
  CaseFile file;
  file.stream = stream.text();
  file.checkpoint = checkpoint;
  file.seal = leaves_.back();
  file.bodies = bodies_;
  Closure closure(stream);
  while (const auto next = closure.Next()) {
    const auto at = streams_.find(*next);
    if (at == streams_.end()) continue;
    HeldStream held{next->text(), {}, {}};
    for (const auto& step : map_.Path(statemap::StreamKey(*next)).steps) {
      held.path.push_back({step.bit, step.sibling});
    }
    std::vector<record::Action> actions;
    for (const std::uint64_t index : at->second.indexes) {
      held.entries.push_back(leaves_[index]);
      auto action = record::ParseAction(record::ParseEntry(leaves_[index])->action_note);
      if (action.ok()) actions.push_back(std::move(*action));
    }
    std::vector<const record::Action*> pointers;
    for (const record::Action& action : actions) pointers.push_back(&action);
    closure.Add(pointers);
    file.streams.push_back(std::move(held));
  }
  RefitInclusion(file, leaves_);
  return file;
}

std::string Book::ActionReceipt(std::uint64_t index) const {
  LeafTree tree(leaves_);
  return BuildActionReceipt(leaves_[index], index, *tlog::BuildInclusion(tree, index, size()),
                            Checkpoint());
}

std::string Book::StateReceipt(const record::Stream& stream) const {
  StateExtra state;
  state.stream = stream;
  state.path = map_.Path(statemap::StreamKey(stream));
  if (state.path.present) state.head = HeadOf(streams_.at(stream));
  state.seal = leaves_.back();
  LeafTree tree(leaves_);
  return BuildStateReceipt(state, size() - 1, *tlog::BuildInclusion(tree, size() - 1, size()),
                           Checkpoint());
}

Trust Book::trust() const {
  Trust trust;
  trust.policy.log = Key(kBookOrigin);
  for (const char* name : {"w1", "w2"}) {
    trust.policy.witnesses.push_back({name, Key(name, tlog::kCosignatureKey), ""});
  }
  trust.genesis = tlog::LeafHash(AsBytes(leaves_[0]));
  trust.now = UnixSeconds{now};
  trust.ignore_conformance = true;
  return trust;
}

}  // namespace jejak::evidence::test
