// SPDX-License-Identifier: Apache-2.0
#include "ledger/crypto/keybox.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "ledger/crypto/random.h"

namespace jejak::crypto {
namespace {

const Bytes kSecret = {1, 2, 3, 4, 5, 6, 7, 8};

std::string Sealed() {
  static const std::string sealed = SealSecret(kSecret, "correct horse", kLeastCost).value();
  return sealed;
}

std::string With(const std::string& from, const std::string& to) {
  std::string text = Sealed();
  return text.replace(text.find(from), from.size(), to);
}

Code CodeOf(const std::string& text) {
  const auto opened = OpenSecret(text, "correct horse");
  EXPECT_FALSE(opened.ok()) << text;
  return opened.ok() ? Code::kInternal : opened.error().code;
}

TEST(Keybox, OpensWithThePassphraseAndNoOther) {
  EXPECT_EQ(OpenSecret(Sealed(), "correct horse").value(), kSecret);
  EXPECT_EQ(OpenSecret(Sealed(), "correct horsf").error().code, Code::kForbidden);
  EXPECT_EQ(OpenSecret(Sealed(), "").error().code, Code::kForbidden);
}

TEST(Keybox, IsFiveLinesOfTextAndDiffersEachTime) {
  EXPECT_TRUE(Sealed().starts_with("jejak/secret/v1\nkdf argon2id 19456 2\nsalt "));
  EXPECT_NE(Sealed(), SealSecret(kSecret, "correct horse", kLeastCost).value());
}

TEST(Keybox, RefusesCostsOutOfBoundsBeforeDeriving) {
  for (const auto cost :
       {"67108864 3", "8 3", "19455 2", "1048577 2", "19456 1", "19456 11", "9007199254740991 2",
        "19456 9007199254740991", "0 0", "4294986752 2"}) {  // 2^32 + 19456
    EXPECT_EQ(CodeOf(With("19456 2", cost)), Code::kRefused) << cost;
  }
  for (const KdfCost cost : {KdfCost{19455, 2}, KdfCost{19456, 1}, KdfCost{1048577, 2},
                             KdfCost{19456, 11}, KdfCost{0, 0}}) {
    EXPECT_EQ(SealSecret(kSecret, "p", cost).error().code, Code::kRefused);
  }
}

TEST(Keybox, BindsItsOwnCost) { EXPECT_EQ(CodeOf(With("19456 2", "19456 3")), Code::kForbidden); }

TEST(Keybox, RefusesOtherForms) {
  for (const auto& text :
       {std::string(), Sealed().substr(0, Sealed().size() - 1), Sealed() + "\n", Sealed() + "x",
        With("v1", "v2"), With("argon2id", "argon2i"), With("19456 2", "19456"),
        With("19456 2", "019456 2"), With("19456 2", "19456  2"), With("19456 2", "19456 2 "),
        With("salt ", "salt"), With("salt ", "salt AAAA"), With("nonce ", "nonce AAAA"),
        With("box ", "bax "), With("\n", "\r\n")}) {
    EXPECT_EQ(CodeOf(text), Code::kMalformed) << text;
  }
}

TEST(Keybox, NoticesEveryChangedByteOfTheBox) {
  const std::string sealed = Sealed();
  const std::size_t start = sealed.find("box ") + 4;
  const Bytes box = ParseBase64(sealed.substr(start, sealed.size() - 1 - start)).value();
  ASSERT_EQ(box.size(), kSecret.size() + 16);
  for (std::size_t i = 0; i < box.size(); i += 5) {
    Bytes changed = box;
    changed[i] ^= 0x40;
    EXPECT_EQ(CodeOf(sealed.substr(0, start) + EncodeBase64(changed) + "\n"), Code::kForbidden);
  }
}

TEST(Keybox, HoldsKeysNotDocuments) {
  EXPECT_EQ(SealSecret({}, "p", kLeastCost).error().code, Code::kRefused);
  EXPECT_EQ(SealSecret(Bytes(4097), "p", kLeastCost).error().code, Code::kRefused);
  const Bytes largest(4096, 1);
  EXPECT_EQ(OpenSecret(SealSecret(largest, "p", kLeastCost).value(), "p").value(), largest);
}

TEST(Wipe, LeavesZeros) {
  Bytes secret = kSecret;
  Wipe(secret);
  EXPECT_EQ(secret, Bytes(8, 0));
}

TEST(Random, FillsAndDiffers) {
  EXPECT_EQ(RandomBytes(0).size(), 0u);
  EXPECT_EQ(RandomBytes(33).size(), 33u);
  EXPECT_NE(RandomDigest(), RandomDigest());
  // Every byte gets values: 64 draws leave none at zero (a chance of 2^-507 per byte otherwise).
  Bytes seen(32);
  for (int i = 0; i < 64; ++i) {
    const Bytes drawn = RandomBytes(32);
    for (std::size_t k = 0; k < 32; ++k) seen[k] |= drawn[k];
  }
  for (const auto byte : seen) EXPECT_NE(byte, 0);
}

}  // namespace
}  // namespace jejak::crypto
