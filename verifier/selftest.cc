// SPDX-License-Identifier: Apache-2.0
#include "verifier/selftest.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/crypto/sign.h"
#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verify.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/policy.h"
#include "ledger/tlog/proof.h"

namespace jejak::verifier {
namespace {

using evidence::Verdict;

// Conditions of one subject; the first that doesn't hold is its sentence.
class Subject {
 public:
  Subject(std::string id, Verdict& verdict) : id_(std::move(id)), verdict_(verdict) {}
  ~Subject() {
    if (!failed_) verdict_.Pass(id_, std::to_string(conditions_) + " conditions hold");
  }
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  void Expect(bool holds, const std::string& what) {
    ++conditions_;
    if (holds || failed_) return;
    failed_ = true;
    verdict_.Fail(id_, "this does not hold: " + what);
  }

 private:
  std::string id_;
  Verdict& verdict_;
  int conditions_ = 0;
  bool failed_ = false;
};

void TestHash(Verdict& verdict) {
  Subject subject("selftest.sha256", verdict);
  subject.Expect(EncodeHex(crypto::Sha256(AsBytes("abc")).view()) ==
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                 "the hash of abc");
}

// S + L signs the same for a verifier that doesn't bound S.
crypto::Signature AddOrder(crypto::Signature signature) {
  static constexpr std::array<std::uint8_t, 32> kOrder = {
      0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
      0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
      0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};
  unsigned carry = 0;
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    carry += 0U + signature.bytes[32 + i] + kOrder[i];
    signature.bytes[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  return signature;
}

void TestSignatures(Verdict& verdict) {
  Subject subject("selftest.signature", verdict);
  // RFC 8032, section 7.1, TEST 2.
  const auto key = crypto::PublicKeyFromBytes(
      *ParseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
  const auto good = crypto::SignatureFromBytes(
      *ParseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
  const ByteView message = AsBytes("\x72");
  subject.Expect(crypto::Verify(*key, message, *good), "a good signature verifies");
  subject.Expect(!crypto::Verify(*key, AsBytes("\x73"), *good), "another message is refused");
  for (const std::size_t at : {std::size_t{0}, std::size_t{31}, std::size_t{32}}) {
    crypto::Signature changed = *good;
    changed.bytes[at] ^= 1;
    subject.Expect(!crypto::Verify(*key, message, changed), "a changed signature is refused");
  }
  subject.Expect(!crypto::Verify(*key, message, AddOrder(*good)), "S + L is refused");
  crypto::PublicKey identity;
  identity.bytes[0] = 1;
  crypto::Signature empty;
  empty.bytes[0] = 1;  // R is the identity, S is 0: the equation holds for every message
  subject.Expect(!crypto::Verify(identity, message, empty), "a key of small order is refused");
  subject.Expect(!crypto::IsStrongKey(identity), "a key of small order may not enter a log");
  subject.Expect(crypto::IsStrongKey(*key), "a good key may enter a log");
}

void TestMerkle(Verdict& verdict) {
  Subject subject("selftest.merkle", verdict);
  std::vector<Digest> leaves;
  for (const char* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                          "606162636465666768696a6b6c6d6e6f"}) {
    leaves.push_back(tlog::LeafHash(*ParseHex(hex)));
  }
  const Digest root = tlog::RootOf(leaves);
  subject.Expect(
      EncodeHex(root.view()) == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
      "the root of eight leaves");
  std::vector<Digest> path = {leaves[4], tlog::NodeHash(leaves[6], leaves[7]),
                              tlog::RootOf(std::span(leaves).first(4))};
  subject.Expect(tlog::VerifyInclusion(5, 8, leaves[5], path, root), "an inclusion proof verifies");
  subject.Expect(!tlog::VerifyInclusion(4, 8, leaves[5], path, root), "another index is refused");
  path[1].bytes[0] ^= 1;
  subject.Expect(!tlog::VerifyInclusion(5, 8, leaves[5], path, root), "a changed proof is refused");
  path.pop_back();
  subject.Expect(!tlog::VerifyInclusion(5, 8, leaves[5], path, root), "a short proof is refused");
}

void TestReceipt(const evidence::Trust& trust, Verdict& verdict) {
  Subject subject("selftest.receipt", verdict);
  std::string receipt(Vectors().receipt);
  subject.Expect(evidence::VerifyReceipt(receipt, trust).exit_code == evidence::kExitPass,
                 "a golden receipt verifies");
  const std::size_t path = receipt.find('\n', receipt.find("\nindex ") + 1) + 1;
  receipt[path] = receipt[path] == 'A' ? 'B' : 'A';
  subject.Expect(evidence::VerifyReceipt(receipt, trust).exit_code == evidence::kExitIntegrity,
                 "a changed path is refused");
}

int Judge(const evidence::CaseFile& file, const evidence::Trust& trust) {
  return evidence::VerifyCaseFile(evidence::EncodeCaseFile(file), trust).exit_code;
}

void TestCase(const evidence::Trust& trust, Verdict& verdict) {
  Subject subject("selftest.case", verdict);
  const Result<evidence::CaseFile> golden = evidence::ParseCaseFile(Vectors().case_file);
  subject.Expect(golden.ok(), "a golden case file is read");
  if (!golden.ok()) return;
  subject.Expect(Judge(*golden, trust) == evidence::kExitPass, "a golden case file verifies");
  evidence::CaseFile changed = *golden;
  std::string& entry = changed.streams.front().entries.back();
  const std::size_t at = entry.find("\nat ") + sizeof("\nat 2026-01-05T08:1") - 1;
  entry[at] = entry[at] == '0' ? '1' : '0';
  subject.Expect(Judge(changed, trust) == evidence::kExitIntegrity, "a changed entry is refused");
  changed = *golden;
  changed.streams.front().entries.pop_back();
  subject.Expect(Judge(changed, trust) == evidence::kExitIntegrity, "a cut case is refused");
  evidence::Trust other = trust;
  other.policy.genesis->bytes[0] ^= 1;
  subject.Expect(Judge(*golden, other) == evidence::kExitIntegrity, "another genesis is refused");
  other = trust;
  other.policy.log.key.bytes[0] ^= 1;
  subject.Expect(Judge(*golden, other) == evidence::kExitIntegrity, "another log key is refused");
  other = trust;
  other.ignore_conformance = false;
  subject.Expect(Judge(*golden, other) == evidence::kExitInconclusive,
                 "what is not judged is not a pass");
}

}  // namespace

Verdict RunSelftests() {
  Verdict verdict;
  TestHash(verdict);
  TestSignatures(verdict);
  TestMerkle(verdict);
  Result<tlog::Policy> policy = tlog::ParsePolicy(Vectors().policy);
  if (policy.ok()) {
    evidence::Trust trust;
    trust.policy = std::move(*policy);
    trust.ignore_conformance = true;
    TestReceipt(trust, verdict);
    TestCase(trust, verdict);
  } else {
    verdict.Fail("selftest.policy", "the embedded policy can't be read");
  }
  verdict.Close();
  return verdict;
}

}  // namespace jejak::verifier
