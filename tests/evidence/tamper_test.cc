// SPDX-License-Identifier: Apache-2.0
//
// One forgery each, as good as a forger without the keys can make it, and the sentence that names
// it.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "ledger/base/text.h"
#include "ledger/crypto/commitment.h"
#include "ledger/evidence/receipt.h"
#include "ledger/evidence/verify.h"
#include "ledger/record/entry.h"
#include "ledger/tlog/note.h"
#include "ledger/tlog/tlog_proof.h"
#include "tests/evidence/book.h"
#include "tests/evidence/golden.h"

namespace jejak::evidence::test {
namespace {

using Change = std::function<void(CaseFile&)>;

struct Forgery {
  const char* name;
  Change change;
  const char* fault;  // the start of a failed line
};

HeldStream& Stream(CaseFile& file, const std::string& name) {
  return *std::find_if(file.streams.begin(), file.streams.end(),
                       [&](const HeldStream& stream) { return stream.stream == name; });
}

HeldStream& TheCase(CaseFile& file) { return Stream(file, file.stream); }

std::string Swap(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// Golden case A, with inclusion refitted where the forger can.
std::vector<Forgery> StreamForgeries(const std::vector<std::string>& leaves) {
  const auto refit = [leaves](CaseFile& file) { RefitInclusion(file, leaves); };
  return {
      {"last action stripped",
       [=](CaseFile& file) {
         TheCase(file).entries.pop_back();
         file.bodies.pop_back();
         refit(file);
       },
       "check.stream: case/5MG3Z0FSDG8122AFHMEK5J0EY2 is not the stream that the seal's map holds: "
       "of its 6 actions one was left out, cut off at the end"},
      {"action dropped in the middle",
       [=](CaseFile& file) {
         TheCase(file).entries.erase(TheCase(file).entries.begin() + 4);
         refit(file);
       },
       "check.headers: case/5MG3Z0FSDG8122AFHMEK5J0EY2: entry 36 has seq 5 where 4 is due: an "
       "action "
       "before it was left out"},
      {"two actions swapped",
       [](CaseFile& file) { std::swap(TheCase(file).entries[2], TheCase(file).entries[3]); },
       "check.headers: case/5MG3Z0FSDG8122AFHMEK5J0EY2: entry 32 stands after entry 33: the order"},
      {"an action twice",
       [](CaseFile& file) { TheCase(file).entries.push_back(TheCase(file).entries.back()); },
       "check.headers: two held entries have the index 39"},
      {"an action of another case",
       [=](CaseFile& file) {
         TheCase(file).entries.push_back(leaves[319]);
         refit(file);
       },
       "check.stream: case/5MG3Z0FSDG8122AFHMEK5J0EY2 holds an action of another stream"},
      {"all actions stripped",
       [=](CaseFile& file) {
         TheCase(file).entries.clear();
         file.bodies.clear();
         file.openings.clear();
         refit(file);
       },
       "check.stream: case/5MG3Z0FSDG8122AFHMEK5J0EY2 holds no entry"},
      {"a stream twice", [](CaseFile& file) { file.streams.push_back(file.streams.back()); },
       "check.closure: key/inspektorat.example/reg-2 is held twice"},
      {"a stream left out",
       [=](CaseFile& file) {
         file.streams.pop_back();
         refit(file);
       },
       "check.closure: key/inspektorat.example/reg-2 is needed to judge the case and is not held"},
      {"another stream named",
       [](CaseFile& file) { file.stream = "case/518GSKQ5W0JF9KB4V98DSX5W6X"; },
       "check.closure: case/518GSKQ5W0JF9KB4V98DSX5W6X is needed"},
      {"not a case", [](CaseFile& file) { file.stream = "registry"; },
       "check.closure: /stream is not the stream of a case"},
      {"a map path of another stream",
       [](CaseFile& file) { file.streams[0].path = file.streams[1].path; },
       "check.stream: case/5MG3Z0FSDG8122AFHMEK5J0EY2 is not the stream"},
      {"a bit out of range", [](CaseFile& file) { file.streams[0].path[0].bit = 256; },
       "check.stream: case/5MG3Z0FSDG8122AFHMEK5J0EY2 has a map path that is none"},
      {"a negative bit", [](CaseFile& file) { file.streams[0].path.back().bit = -1; },
       "check.stream: case/5MG3Z0FSDG8122AFHMEK5J0EY2 has a map path that is none"},
  };
}

std::vector<Forgery> TreeForgeries(const std::vector<std::string>& leaves) {
  return {
      {"an entry changed",
       [](CaseFile& file) {
         TheCase(file).entries[1] = Swap(TheCase(file).entries[1], "sidak.order", "sidak.orber");
       },
       "check.inclusion: the entries held are not those of the checkpoint's tree"},
      {"a co-signer removed",
       [](CaseFile& file) {
         std::string& entry = TheCase(file).entries[2];
         entry = Swap(entry, "by setda.example/asisten-1 asisten1\n", "");
         entry.erase(entry.rfind("\xe2\x80\x94 setda"));
       },
       "check.inclusion: the entries held are not those"},
      {"a co-signer's signature removed",
       [](CaseFile& file) {
         std::string& entry = TheCase(file).entries[2];
         entry.erase(entry.rfind("\xe2\x80\x94 setda"));
       },
       "check.admission: entry 32 is not an action"},
      {"a signature of another action",
       [](CaseFile& file) {
         std::string& entry = TheCase(file).entries[1];
         const std::string& other = TheCase(file).entries[2];
         entry = entry.substr(0, entry.rfind("\xe2\x80\x94 setda")) +
                 other.substr(other.rfind("\xe2\x80\x94 setda"));
       },
       "check.admission: entry 29 should not have been admitted: the signature of "
       "setda.example/asisten-1 doesn't verify (bad_signature)"},
      {"time moved",
       [](CaseFile& file) {
         TheCase(file).entries[1] = Swap(TheCase(file).entries[1], "01:00:56Z", "00:00:56Z");
       },
       "check.headers: the time of entry 29 is earlier than that of entry 27"},
      {"index beyond the tree",
       [](CaseFile& file) {
         TheCase(file).entries.back() = Swap(TheCase(file).entries.back(), "index 39", "index 999");
       },
       "check.inclusion: the inclusion proof does not fit"},
      {"chain broken",
       [](CaseFile& file) {
         TheCase(file).entries[3] = Swap(TheCase(file).entries[3], "prev m8", "prev m9");
       },
       "check.chain: entry 33 does not chain"},
      {"chain of the first entry broken",
       [](CaseFile& file) {
         Stream(file, "registry").entries[0] =
             Swap(Stream(file, "registry").entries[0], "prev 47", "prev 48");
       },
       "check.chain: entry 0 does not chain"},
      {"a hash too many", [](CaseFile& file) { file.inclusion.push_back(file.inclusion.back()); },
       "check.inclusion: the inclusion proof does not fit"},
      {"no entry", [](CaseFile& file) { TheCase(file).entries[0] = "jejak/entry/v2\n"; },
       "check.headers: /streams/0/entries/0 is not an entry"},
      {"no seal", [](CaseFile& file) { file.seal = "jejak/seal/v2\n"; },
       "check.seal: /seal is not a seal"},
      {"an earlier seal", [leaves](CaseFile& file) { file.seal = leaves[38]; },
       "check.seal: the seal is not the last entry"},
      {"another state in the seal",
       [](CaseFile& file) { file.seal = Swap(file.seal, "state UlazL", "state UlazM"); },
       "check.stream: registry is not the stream that the seal's map holds"},
  };
}

std::vector<Forgery> ContentForgeries() {
  return {
      {"a body of another action",
       [](CaseFile& file) { std::swap(file.bodies[0].index, file.bodies[1].index); },
       "check.body: the body for entry 29 does not fit its commitment: it was changed or is of "
       "another action"},
      {"a body changed",
       [](CaseFile& file) {
         file.bodies[0].text = Swap(file.bodies[0].text, "counter", "counted");
       },
       "check.body: the body for entry 27 does not fit"},
      {"a body's key changed", [](CaseFile& file) { file.bodies[2].key.bytes[31] ^= 1; },
       "check.body: the body for entry 32 does not fit"},
      {"two bodies", [](CaseFile& file) { file.bodies.push_back(file.bodies[1]); },
       "check.body: entry 29 has two bodies"},
      {"a body for an entry without one", [](CaseFile& file) { file.bodies[0].index = 35; },
       "check.body: a body is for entry 35, which commits to none"},
      {"a body for an administrative entry", [](CaseFile& file) { file.bodies[0].index = 0; },
       "check.body: a body is for entry 0, which commits to none"},
      {"a body for an entry not held", [](CaseFile& file) { file.bodies[0].index = 30; },
       "check.body: a body is for entry 30, which is not held"},
      {"a body for no entry at all", [](CaseFile& file) { file.bodies[0].index = -1; },
       "check.body: a body is for entry -1, which is not held"},
      {"an opening of another action", [](CaseFile& file) { file.openings[0].index = 33; },
       "check.opening: an opening of entry 33 does not fit its commitment"},
      {"an opening of another field", [](CaseFile& file) { file.openings[0].pointer = "/channel"; },
       "check.opening: an opening of entry 27 does not fit its commitment"},
      {"an opening of nothing", [](CaseFile& file) { file.openings[0].pointer = "/nothing"; },
       "check.opening: an opening of entry 27 does not fit its commitment"},
      {"an opening changed", [](CaseFile& file) { file.openings[0].value = "{}"; },
       "check.opening: an opening of entry 27 does not fit its commitment"},
      {"an opening twice", [](CaseFile& file) { file.openings.push_back(file.openings[0]); },
       "check.opening: a sealed field of entry 27 is opened twice"},
      {"an opening without its body",
       [](CaseFile& file) { file.bodies.erase(file.bodies.begin()); },
       "check.opening: an opening of entry 27 comes without a body"},
      {"a document changed",
       [](CaseFile& file) {
         file.documents[0].text = Swap(file.documents[0].text, "golden", "goldem");
       },
       "check.document: /documents/0 is not the document that was published"},
      {"a document of another size", [](CaseFile& file) { file.documents[0].text += " "; },
       "check.document: /documents/0 is of a size or SHA-256 that no held publish states"},
      {"a document that nobody published",
       [](CaseFile& file) {
         file.documents.push_back(file.documents[0]);
         file.documents.back().sha256.bytes[0] ^= 1;
       },
       "check.document: /documents/3 is of a size or SHA-256 that no held publish states"},
      {"a document twice", [](CaseFile& file) { file.documents.push_back(file.documents[1]); },
       "check.document: /documents/3 is held twice"},
      {"an earlier size of 0", [](CaseFile& file) { file.consistency[0].from = 0; },
       "check.consistency: a consistency proof is from a size that is not between 1"},
      {"an earlier size that isn't earlier", [](CaseFile& file) { file.consistency[0].from = 333; },
       "check.consistency: a consistency proof is from a size that is not between 1"},
      {"an earlier size twice",
       [](CaseFile& file) { file.consistency.push_back(file.consistency[1]); },
       "check.consistency: two consistency proofs are from size 39"},
  };
}

void Expect(const std::vector<Forgery>& forgeries) {
  for (const Forgery& forgery : forgeries) {
    CaseFile file = GoldenCase();
    forgery.change(file);
    const Verdict verdict = VerifyCaseFile(EncodeCaseFile(file), GoldenTrust());
    EXPECT_EQ(verdict.exit_code, kExitIntegrity) << forgery.name;
    EXPECT_EQ(verdict.word, "fail") << forgery.name;
    EXPECT_NE(Faults(verdict).find(forgery.fault), std::string::npos)
        << forgery.name << ", expected " << forgery.fault << "\n"
        << Faults(verdict);
  }
}

TEST(Tampering, WithStreams) { Expect(StreamForgeries(GoldenLeaves())); }
TEST(Tampering, WithEntriesAndProofs) { Expect(TreeForgeries(GoldenLeaves())); }
TEST(Tampering, WithContents) { Expect(ContentForgeries()); }

TEST(Tampering, InTheMapNotInTheTree) {
  const Verdict verdict = VerifyCaseFile(
      ReadVector("negative/in-the-map-not-in-the-tree.casefile.json"), GoldenTrust());
  EXPECT_FALSE(verdict.Failed("check.stream"));
  EXPECT_NE(Faults(verdict).find("check.inclusion: "), std::string::npos) << Faults(verdict);
}

crypto::SecretKey GoldenLogKey() {
  const nlohmann::json expected = ReadVectorJson("expected.json");
  const std::string seed = expected["keys"]["golden.jejak.example/1"]["seed"];
  return crypto::SecretKey::FromSeed(*ParseHex(seed));
}

TEST(Tampering, CheckpointOfAnotherKeyOrTree) {
  const std::string genuine = ReadVector("log/checkpoint");
  const std::string text = tlog::ParseNote(genuine)->text;
  const Digest seed = {};
  const auto other = crypto::SecretKey::FromSeed(seed.view());
  const auto note = [&](const std::string& signed_text, const crypto::SecretKey& key) {
    return tlog::EncodeNote(
        {signed_text, {tlog::SignNote(signed_text, "golden.jejak.example/1", key)}});
  };
  std::string forged = note(text, other);
  const std::string other_root = Swap(text, "kKMz", "kKMy");
  struct Row {
    std::string checkpoint;
    const char* fault;
  };
  const std::string bad_line = Swap(genuine, "DfComK90", "DfComK91");
  for (const Row& row :
       {Row{forged,
            "check.checkpoint: the checkpoint is not genuine: it isn't signed with the log "
            "key of the policy"},
        Row{bad_line,
            "check.checkpoint: the checkpoint is not genuine: the signature of "
            "golden.jejak.example/1 on it doesn't verify"},
        Row{note(other_root, GoldenLogKey()), "check.inclusion: the entries held are not those"},
        Row{note(Swap(text, "golden.", "goldem."), GoldenLogKey()),
            "check.checkpoint: the checkpoint is not genuine: it is a checkpoint of another log"},
        Row{note("golden.jejak.example/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                 GoldenLogKey()),
            "check.checkpoint: the checkpoint is of size 0"},
        Row{text, "check.checkpoint: the checkpoint is not a signed note"}}) {
    CaseFile file = GoldenCase();
    file.checkpoint = row.checkpoint;
    const Verdict verdict = VerifyCaseFile(EncodeCaseFile(file), GoldenTrust());
    EXPECT_EQ(verdict.exit_code, kExitIntegrity);
    EXPECT_NE(Faults(verdict).find(row.fault), std::string::npos) << row.fault << Faults(verdict);
  }
}

TEST(Tampering, TwoTreesOfThePinnedSizeAreAFork) {
  const std::string text =
      Swap(tlog::ParseNote(ReadVector("log/checkpoint"))->text, "kKMz", "kKMy");
  Trust trust = GoldenTrust();
  trust.pinned_checkpoint =
      tlog::EncodeNote({text, {tlog::SignNote(text, "golden.jejak.example/1", GoldenLogKey())}});
  const Verdict verdict = VerifyCaseFile(ReadVector("case-A.casefile.json"), trust);
  EXPECT_EQ(verdict.exit_code, kExitIntegrity);
  EXPECT_NE(Faults(verdict).find("check.pinned: the log is forked"), std::string::npos);
}

TEST(Tampering, OlderGenuineCheckpoint) {
  // With the entries of today it does not hold together …
  CaseFile file = GoldenCase();
  file.checkpoint = ReadVector("pinned-checkpoint");
  const Verdict mixed = VerifyCaseFile(EncodeCaseFile(file), GoldenTrust());
  EXPECT_EQ(mixed.exit_code, kExitIntegrity);
  EXPECT_NE(Faults(mixed).find("check.seal: the seal is not the last entry"), std::string::npos);
  // … and a genuine file of that time is no evidence against someone who has seen more.
  Book book;
  book.Seal();
  const std::string old_file = EncodeCaseFile(book.Case());
  Trust trust = book.trust();
  EXPECT_EQ(VerifyCaseFile(old_file, trust).exit_code, kExitPass);
  book.Append(book.Act("note.add", {{"u.example/p1", "officer"}}));
  book.Seal();
  trust.pinned_checkpoint = book.Checkpoint();
  const Verdict old = VerifyCaseFile(old_file, trust);
  EXPECT_EQ(old.exit_code, kExitInconclusive) << AllLines(old);
}

TEST(TamperingReceipts, EachHasItsSentence) {
  const std::string action = ReadVector("action-A0.tlog-proof");
  const std::string head = ReadVector("head-A.tlog-proof");
  const std::string absent = ReadVector("absent.tlog-proof");
  const auto with = [](const std::string& receipt,
                       const std::function<void(std::string & extra)>& change) {
    auto proof = *tlog::ParseTlogProof(receipt);
    std::string extra(AsText(*proof.extra));
    change(extra);
    proof.extra = Bytes(AsBytes(extra).begin(), AsBytes(extra).end());
    return tlog::EncodeTlogProof(proof);
  };
  struct Row {
    std::string receipt;
    int exit;
    const char* fault;
  };
  const std::vector<Row> rows = {
      {with(action, [](auto& extra) { extra = Swap(extra, "petugas", "petugat"); }), 10,
       "check.inclusion: the entry is not at this index"},
      {with(action, [](auto& extra) { extra = Swap(extra, "index 27", "index 28"); }), 10,
       "check.headers: the index in the entry is not the proof's"},
      {with(action, [](auto& extra) { extra = Swap(extra, "log golden", "log goldem"); }), 10,
       "check.headers: the action is for another log"},
      {with(action, [](auto& extra) { extra = "jejak/entry/v1\n"; }), 10,
       "check.headers: `extra` is not an entry"},
      {with(action, [](auto& extra) { extra += "x"; }), 10,
       "check.admission: the entry does not hold an action"},
      {with(action, [](auto& extra) { extra.clear(); }), 10, "check.headers: `extra` is missing"},
      {Swap(action, "index 27", "index 26"), 10, "check.inclusion: the entry is not at this index"},
      {Swap(action, "index 27", "index 333"), 10, "check.inclusion: the inclusion proof is none"},
      {Swap(action, "index 27", "index 027"), 3, "check.format"},
      {Swap(action, "tlog-proof@v1", "tlog-proof@v2"), 3, "check.format"},
      {Swap(action, "DfComK90", "DfComK91"), 10, "check.checkpoint: the checkpoint is not genuine"},
      {Swap(action, "\n333\n", "\n334\n"), 10, "check.checkpoint: the checkpoint is not genuine"},
      {with(head, [](auto& extra) { extra = Swap(extra, "5MG3", "5MG4"); }), 10,
       "check.stream: case/5MG4Z0FSDG8122AFHMEK5J0EY2: this head is not the one"},
      {with(head, [](auto& extra) { extra = Swap(extra, "head AQAA", "head AgAA"); }), 10,
       "check.stream: `extra` is not the state of a stream"},
      {with(head, [](auto& extra) { extra = Swap(extra, "AAAHAA", "AAAGAA"); }), 10,
       "check.stream: case/5MG3Z0FSDG8122AFHMEK5J0EY2: this head is not the one"},
      {with(head, [](auto& extra) { extra = Swap(extra, "step 4", "step 5"); }), 10,
       "check.stream: case/5MG3Z0FSDG8122AFHMEK5J0EY2: this head is not the one"},
      {with(head, [](auto& extra) { extra = Swap(extra, "step 4", "step 3"); }), 10,
       "check.stream: `extra` is not the state of a stream: the bits"},
      {with(head, [](auto& extra) { extra = Swap(extra, "streams 54", "streams 55"); }), 10,
       "check.inclusion: the seal is not at this index"},
      {with(head, [](auto& extra) { extra = Swap(extra, "index 332", "index 331"); }), 10,
       "check.seal: the seal is not the last entry"},
      {with(absent, [](auto& extra) { extra = Swap(extra, "absent a", "absent b"); }), 10,
       "check.stream: "},
      {with(absent,
            [](auto& extra) {
              extra = extra.substr(0, extra.find("absent")) +
                      extra.substr(extra.find("\n\njejak/seal") + 1);
            }),
       10, "the seal's map does not show that it is absent"},
  };
  for (const Row& row : rows) {
    const Verdict verdict = VerifyReceipt(row.receipt, GoldenTrust());
    EXPECT_EQ(verdict.exit_code, row.exit) << row.fault << "\n" << AllLines(verdict);
    EXPECT_NE(Faults(verdict).find(row.fault), std::string::npos) << row.fault << "\n"
                                                                  << Faults(verdict);
    EXPECT_TRUE(verdict.verified.empty()) << row.fault;
  }
}

}  // namespace
}  // namespace jejak::evidence::test
