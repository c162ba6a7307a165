// SPDX-License-Identifier: Apache-2.0
// The one rule for Ed25519, held against Wycheproof and CCTV, twice: by the library's verdict and
// by the group's operations alone.
#include "ledger/crypto/sign.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

namespace jejak::crypto {
namespace {

nlohmann::json ReadVectors(const std::string& path) {
  std::ifstream file(std::string(JEJAK_SOURCE_DIR) + "/tests/vectors/" + path);
  return nlohmann::json::parse(file);
}

Bytes Hex(const std::string& text) { return ParseHex(text).value(); }

PublicKey Key(const std::string& hex) { return PublicKeyFromBytes(Hex(hex)).value(); }

// A signature of another length is none.
bool Accepts(const PublicKey& key, const Bytes& message, const Bytes& signature_bytes) {
  const auto signature = SignatureFromBytes(signature_bytes);
  if (!signature.ok()) return false;
  const bool verdict = Verify(key, message, *signature);
  EXPECT_EQ(VerifyByEquation(key, message, *signature), verdict)
      << EncodeHex(key.view()) << ' ' << EncodeHex(signature->view());
  return verdict;
}

TEST(Ed25519, Wycheproof151Of151) {
  int right = 0;
  const auto vectors = ReadVectors("wycheproof/ed25519_test.json");
  for (const auto& group : vectors["testGroups"]) {
    const PublicKey key = Key(group["publicKey"]["pk"]);
    for (const auto& test : group["tests"]) {
      const bool valid = test["result"] == "valid";
      const bool accepted = Accepts(key, Hex(test["msg"]), Hex(test["sig"]));
      EXPECT_EQ(accepted, valid) << test["tcId"] << ' ' << test["comment"];
      right += accepted == valid;
    }
  }
  EXPECT_EQ(right, 151);
}

TEST(Ed25519, CctvExactlyThe43) {
  int accepted = 0;
  Sha256Stream which;
  for (const auto& vector : ReadVectors("cctv/ed25519vectors.json")) {
    const std::string message = vector["msg"];
    const ByteView bytes = AsBytes(message);
    if (!Accepts(Key(vector["key"]), Bytes(bytes.begin(), bytes.end()), Hex(vector["sig"]))) {
      continue;
    }
    ++accepted;
    which.Add(AsBytes(std::to_string(vector["number"].get<int>()) + "\n"));
    for (const auto& flag : vector["flags"]) {
      EXPECT_TRUE(flag == "low_order_component_A" || flag == "low_order_component_R" ||
                  flag == "reencoded_k")
          << vector["number"] << ' ' << flag;
    }
  }
  EXPECT_EQ(accepted, 43);
  EXPECT_EQ(EncodeHex(which.Finish().view()),
            "1d5bda7cd467d2d2a4d33e2dd71d7631d65949e7c9163c883e781060c53589ff");
}

// RFC 8032, section 7.1, test 3.
TEST(Ed25519, SignsAsTheRfcSays) {
  const SecretKey key =
      SecretKey::FromSeed(Hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));
  EXPECT_EQ(EncodeHex(key.public_key().view()),
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  const Bytes message = Hex("af82");
  const Signature signature = key.Sign(message);
  EXPECT_EQ(EncodeHex(signature.view()),
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  EXPECT_TRUE(Verify(key.public_key(), message, signature));
  EXPECT_TRUE(IsStrongKey(key.public_key()));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    Signature changed = signature;
    changed.bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(Verify(key.public_key(), message, changed)) << bit;
  }
  EXPECT_FALSE(Verify(key.public_key(), Hex("af83"), signature));
}

// Holds with the cofactor and not without: what a laxer library accepts.
TEST(Ed25519, RefusesASignatureWhoseRCarriesAPartOfOrder8) {
  const PublicKey key = Key("b3be7a6d8526338a101a115638d3c653530a958a4abaa70019e108b1f4f809e1");
  const Bytes signature =
      Hex("3d0b9634e87f2099cb0825c16e99d5e61330ce0ad2ab2098630372226fee8be0"
          "bbc9922ee397e4fd276a61c99b2fa1cd152422791b14dfdeec877b30e5a0f407");
  EXPECT_FALSE(Accepts(key, {}, signature));
  EXPECT_TRUE(IsStrongKey(key));
  // The same key, message and nonce without that part.
  EXPECT_TRUE(Accepts(key, {},
                      Hex("d67545a3bb4b8ec23c6d1bac8e5a33319a91bc40adadd55630cc311a81570d06"
                          "6c2e0e46aa9868a1d7b2fe66c83f0ef15d2e1e1e1fd2776f02c73ffa1076e603")));
}

TEST(Ed25519, RefusesSThatIsNotReduced) {
  const SecretKey key = SecretKey::FromSeed(Bytes(32, 7));
  const Bytes message = Hex("00");
  const Signature signature = key.Sign(message);
  const Bytes order = Hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  Signature larger = signature;
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += larger.bytes[32 + i] + unsigned{order[i]};
    larger.bytes[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_TRUE(Verify(key.public_key(), message, signature));
  EXPECT_FALSE(Verify(key.public_key(), message, larger));
  EXPECT_FALSE(VerifyByEquation(key.public_key(), message, larger));
}

TEST(StrongKey, LiesInThePrimeOrderSubgroup) {
  // A key, and its sums with the seven other points of small order.
  EXPECT_TRUE(IsStrongKey(Key("b3be7a6d8526338a101a115638d3c653530a958a4abaa70019e108b1f4f809e1")));
  for (const auto hex : {"5db36097c7a1b9b3ae6e9953734618e7f7c068312d9c6c0f0965046bca03ef63",
                         "e3624d09ff0d86f64ae57e04fe237303d0695f112acc2f5d5e3013dde4fd6498",
                         "53d1534ddfa1562ab97ab16d727fe9f3e930ed0b7015993be3ce33e1049a94d0",
                         "3a4185927ad9cc75efe5eea9c72c39acacf56a75b54558ffe61ef74e0b07f61e",
                         "904c9f68385e464c519166ac8cb9e718083f97ced26393f0f69afb9435fc109c",
                         "0a9db2f600f27909b51a81fb01dc8cfc2f96a0eed533d0a2a1cfec221b029b67",
                         "9a2eacb2205ea9d546854e928d80160c16cf12f48fea66c41c31cc1efb656b2f"}) {
    EXPECT_FALSE(IsStrongKey(Key(hex))) << hex;
  }
}

TEST(StrongKey, IsNotOfSmallOrderNotAnotherEncodingAndNotOffTheCurve) {
  for (const auto hex : {"0100000000000000000000000000000000000000000000000000000000000000",
                         "0100000000000000000000000000000000000000000000000000000000000080",
                         "0000000000000000000000000000000000000000000000000000000000000000",
                         "0000000000000000000000000000000000000000000000000000000000000080",
                         "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                         "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                         "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                         "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                         "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                         "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                         "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                         "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                         "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                         "0200000000000000000000000000000000000000000000000000000000000000"}) {
    EXPECT_FALSE(IsStrongKey(Key(hex))) << hex;
  }
}

TEST(SecretKey, IsMovedNotCopiedAndWipedThen) {
  static_assert(!std::is_copy_constructible_v<SecretKey> && !std::is_copy_assignable_v<SecretKey>);
  SecretKey first = SecretKey::FromSeed(Bytes(32, 9));
  const PublicKey key = first.public_key();
  SecretKey second = std::move(first);
  EXPECT_EQ(second.public_key(), key);
  EXPECT_EQ(Bytes(second.seed().begin(), second.seed().end()), Bytes(32, 9));
  EXPECT_EQ(Bytes(first.seed().begin(), first.seed().end()), Bytes(32, 0));
  first = std::move(second);
  EXPECT_EQ(first.public_key(), key);
  EXPECT_EQ(second.public_key(), PublicKey{});
}

TEST(SecretKey, HasASeedOf32Bytes) {
  EXPECT_FALSE(SecretKey::ParseSeed(Bytes(31)).ok());
  EXPECT_FALSE(SecretKey::ParseSeed(Bytes(33)).ok());
  EXPECT_TRUE(SecretKey::ParseSeed(Bytes(32)).ok());
  EXPECT_DEATH((void)SecretKey::FromSeed(Bytes(31)), "");
}

}  // namespace
}  // namespace jejak::crypto
