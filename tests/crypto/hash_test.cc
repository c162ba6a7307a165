// SPDX-License-Identifier: Apache-2.0
#include "ledger/crypto/hash.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "ledger/crypto/commitment.h"

namespace jejak::crypto {
namespace {

std::string Hex(const Digest& digest) { return EncodeHex(digest.view()); }

// FIPS 180-4 examples.
TEST(Sha256, KeepsTheStandardVectors) {
  EXPECT_EQ(Hex(Sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(Sha256(AsBytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hex(Sha256(AsBytes(std::string(1000000, 'a')))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, IsTheSameInPiecesAndReusable) {
  Bytes data(300);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(i * 7);
  const ByteView all(data);
  Sha256Stream stream;
  for (std::size_t cut = 0; cut <= data.size(); ++cut) {
    EXPECT_EQ(stream.Add(all.first(cut)).Add(all.subspan(cut)).Finish(), Sha256(all)) << cut;
  }
  EXPECT_EQ(stream.Finish(), Sha256({}));
}

TEST(Sha256, AStreamCanBeCopiedInTheMiddle) {
  Sha256Stream prefix;
  prefix.Add(AsBytes("ab"));
  Sha256Stream other = prefix;
  EXPECT_EQ(prefix.Add(AsBytes("c")).Finish(), Sha256(AsBytes("abc")));
  EXPECT_EQ(other.Add(AsBytes("d")).Finish(), Sha256(AsBytes("abd")));
}

// RFC 4231, cases 1, 2 and 6 (a key longer than a block).
TEST(HmacSha256, KeepsTheStandardVectors) {
  EXPECT_EQ(Hex(HmacSha256(Bytes(20, 0x0b), {AsBytes("Hi There")})),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(
      Hex(HmacSha256(AsBytes("Jefe"), {AsBytes("what do ya "), AsBytes("want for nothing?")})),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(Hex(HmacSha256(Bytes(131, 0xaa),
                           {AsBytes("Test Using Larger Than Block-Size Key - Hash Key First")})),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Commitment, SaysWhatSection2Says) {
  Digest key;
  key.bytes[0] = 1;
  const auto expected = [&](const std::string& message) {
    return HmacSha256(key.view(), {AsBytes(message)});
  };
  EXPECT_EQ(CommitBody(key, "prefix\n", "{}"), expected("jejak/body/v1\nprefix\n{}"));
  EXPECT_EQ(CommitSealed(key, "prefix\n", "/a", "1"), expected("jejak/sealed/v1\nprefix\n/a\n1"));
  EXPECT_NE(CommitBody(key, "prefix\n", "{}"), CommitBody(Digest{}, "prefix\n", "{}"));
}

}  // namespace
}  // namespace jejak::crypto
