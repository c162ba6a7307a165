// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/checkpoint.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "ledger/tlog/cosignature.h"
#include "ledger/tlog/merkle.h"

namespace jejak::tlog {
namespace {

constexpr char kHash[] = "BDpxh3TFcr2KJa2+sb/NXAJWrhHOz5+cP5JdDlK+r4k=";

std::string Text(const std::string& origin, const std::string& size, const std::string& root) {
  return origin + "\n" + size + "\n" + root + "\n";
}

TEST(Checkpoint, RoundTrip) {
  const std::string text = Text("jejak.contohkota.go.id/1", "42", kHash);
  const Checkpoint checkpoint = ParseCheckpoint(text).value();
  EXPECT_EQ(checkpoint.origin, "jejak.contohkota.go.id/1");
  EXPECT_EQ(checkpoint.size, 42U);
  EXPECT_EQ(EncodeHash(checkpoint.root), kHash);
  EXPECT_TRUE(checkpoint.extensions.empty());
  EXPECT_EQ(EncodeCheckpoint(checkpoint), text);
}

TEST(Checkpoint, ExtensionLinesAreToleratedAndExposed) {
  const std::string text = Text("a", "1", kHash) + "one\ntwo é\n";
  const Checkpoint checkpoint = ParseCheckpoint(text).value();
  EXPECT_EQ(checkpoint.extensions, (std::vector<std::string>{"one", "two é"}));
  EXPECT_EQ(EncodeCheckpoint(checkpoint), text);
}

TEST(Checkpoint, RefusesWhatIsNotItsOneSpelling) {
  const std::string hash = kHash;
  const std::pair<const char*, std::string> rows[] = {
      {"empty", ""},
      {"no root", "a\n1\n"},
      {"no final line feed", "a\n1\n" + hash},
      {"no origin", Text("", "1", hash)},
      {"a space in the origin", Text("a b", "1", hash)},
      {"a plus in the origin", Text("a+b", "1", hash)},
      {"a slash at the end", Text("a/", "1", hash)},
      {"a leading zero", Text("a", "01", hash)},
      {"a sign", Text("a", "+1", hash)},
      {"no size", Text("a", "", hash)},
      {"a space before the size", Text("a", " 1", hash)},
      {"a size of 2^53", Text("a", "9007199254740992", hash)},
      {"a size of 2^64", Text("a", "18446744073709551616", hash)},
      {"a short root", Text("a", "1", hash.substr(4))},
      {"a root without padding", Text("a", "1", hash.substr(0, 43))},
      {"a root with unused bits", Text("a", "1", hash.substr(0, 42) + "l=")},
      {"an extension line without line feed", Text("a", "1", hash) + "x"},
      {"an empty extension line", Text("a", "1", hash) + "\n"},
      {"a carriage return", "a\r\n1\n" + hash + "\n"},
      {"not UTF-8", Text("a", "1", hash) + "\xff\n"},
      {"size 0 with a root", Text("a", "0", hash)},
  };
  for (const auto& [what, text] : rows) EXPECT_FALSE(ParseCheckpoint(text).ok()) << what;
  EXPECT_TRUE(ParseCheckpoint(Text("a", "9007199254740991", hash)).ok());
  EXPECT_TRUE(ParseCheckpoint(Text("a", "0", EncodeHash(EmptyRoot()))).ok());
}

class Cosignatures : public ::testing::Test {
 protected:
  crypto::SecretKey secret = crypto::SecretKey::FromSeed(Bytes(32, 9));
  VerifierKey witness{"w.example", kCosignatureKey, secret.public_key()};
  std::string text = Text("a", "1", kHash);

  Bytes At(std::int64_t time) const {
    return Cosign(text, UnixSeconds{time}, witness, secret).signature;
  }
};

TEST_F(Cosignatures, SignTheTextAtATime) {
  const SignatureLine line = Cosign(text, UnixSeconds{1767584697}, witness, secret);
  EXPECT_EQ(line.name, witness.name);
  EXPECT_EQ(line.key_id, witness.id());
  EXPECT_EQ(line.signature.size(), kCosignatureBytes);
  EXPECT_EQ(CosignatureTime(line.signature), 1767584697U);
  EXPECT_TRUE(VerifyCosignature(text, witness, line.signature));
  EXPECT_TRUE(VerifySignature(text, witness, line.signature));
  // The exact bytes that are signed.
  const std::string message = "cosignature/v1\ntime 1767584697\n" + text;
  const crypto::Signature signature = secret.Sign(AsBytes(message));
  EXPECT_TRUE(
      std::equal(signature.bytes.begin(), signature.bytes.end(), line.signature.begin() + 8));
}

TEST_F(Cosignatures, OneChangeAnywhereFails) {
  const Bytes good = At(1767584697);
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes bad = good;
    bad[i] ^= 1;
    EXPECT_FALSE(VerifyCosignature(text, witness, bad)) << "byte " << i;
  }
  EXPECT_FALSE(VerifyCosignature(text + "x\n", witness, good)) << "an extension line";
  EXPECT_FALSE(VerifyCosignature(text, witness, ByteView(good).first(71)));
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(VerifyCosignature(text, witness, longer));
  EXPECT_FALSE(VerifyCosignature(text, witness, {}));
  VerifierKey other = witness;
  other.type = kEd25519Key;
  EXPECT_FALSE(VerifyCosignature(text, other, good));
  other = witness;
  other.key = crypto::SecretKey::FromSeed(Bytes(32, 8)).public_key();
  EXPECT_FALSE(VerifyCosignature(text, other, good));
}

TEST_F(Cosignatures, TimesAreFromOneTo63Bits) {
  EXPECT_TRUE(VerifyCosignature(text, witness, At(1)));
  EXPECT_TRUE(VerifyCosignature(text, witness, At(INT64_MAX)));
  EXPECT_FALSE(VerifyCosignature(text, witness, At(0)));
  EXPECT_FALSE(VerifyCosignature(text, witness, At(-1)));
  EXPECT_EQ(CosignatureTime(Bytes(71, 1)), 0U);
}

}  // namespace
}  // namespace jejak::tlog
