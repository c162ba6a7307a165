// SPDX-License-Identifier: Apache-2.0
#include "ledger/crypto/subgroup.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <array>
#include <cstring>
#include <random>
#include <string>

#include "ledger/base/text.h"
#include "ledger/crypto/field25519.h"
#include "ledger/crypto/hash.h"
#include "ledger/crypto/sign.h"

namespace jejak::crypto {
namespace {

using Encoding = std::array<std::uint8_t, 32>;

Encoding Number(std::uint64_t value) {
  Encoding out{};
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<std::uint8_t>(value >> (8 * i));
  return out;
}

// p + difference, |difference| small.
Encoding NearP(int difference) {
  Encoding out;
  out.fill(0xff);
  out[0] = static_cast<std::uint8_t>(0xed + difference);
  out[31] = 0x7f;
  return out;
}

TEST(Field25519, WritesANumberInOneWay) {
  EXPECT_EQ(Field25519::FromBytes(NearP(0)), Field25519(0));
  EXPECT_EQ(Field25519::FromBytes(NearP(18)), Field25519(18));
  EXPECT_EQ(Field25519::FromBytes(NearP(-1)) + Field25519(1), Field25519(0));
  EXPECT_EQ(Field25519(3) - Field25519(5), Field25519::FromBytes(NearP(-2)));
  EXPECT_FALSE(Field25519::FromBytes(NearP(-1)) == Field25519(1));
  EXPECT_EQ(Field25519::FromBytes(NearP(-1)) * Field25519::FromBytes(NearP(-1)), Field25519(1));
  EXPECT_EQ(Field25519(0).Inverse(), Field25519(0));
}

// Limbs full of ones and of nothing, where a carry would be lost.
TEST(Field25519, IsAField) {
  std::mt19937_64 random(1);
  std::vector<Field25519> numbers{Field25519(0), Field25519(1), Field25519(19)};
  for (int i = 0; i < 300; ++i) {
    Encoding bytes;
    for (std::uint8_t& byte : bytes) {
      const std::uint64_t kind = random();
      byte = static_cast<std::uint8_t>(i % 3 == 0 ? kind >> 8 : (kind & 7) != 0 ? 0xff : kind >> 8);
    }
    numbers.push_back(Field25519::FromBytes(bytes));
  }
  const std::size_t n = numbers.size();
  int roots = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Field25519 &a = numbers[i], &b = numbers[(7 * i + 1) % n], &c = numbers[(5 * i + 2) % n];
    EXPECT_EQ((a + b) * c, a * c + b * c) << i;
    EXPECT_EQ((a - b) * (a + b), a * a - b * b) << i;
    EXPECT_EQ((a * b) * c, a * (b * c)) << i;
    EXPECT_EQ(a * a.Inverse(), Field25519(a == Field25519(0) ? 0 : 1)) << i;
    const auto root = a.Root();
    if (root) {
      EXPECT_EQ(*root * *root, a) << i;
      ++roots;
    }
    const auto known = (a * a).Root();
    ASSERT_TRUE(known) << i;
    EXPECT_TRUE(*known == a || *known + a == Field25519(0)) << i;
  }
  EXPECT_GT(roots, 100);
  EXPECT_LT(roots, 200);
}

// The definition: [L]A is the identity, so [L + 1]A is A. The library refuses some points by a test
// of its own, which lets a part of order 2 pass but turns none of the subgroup away.
bool ByProduct(const Encoding& point) {
  const Bytes next =
      ParseHex("eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").value();
  Encoding product;
  return crypto_scalarmult_ed25519_noclamp(product.data(), next.data(), point.data()) == 0 &&
         product == point;
}

// A point of order 8, and its multiples.
std::vector<Encoding> SmallOrder() {
  Encoding eighth;
  const Bytes bytes =
      ParseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05").value();
  std::copy(bytes.begin(), bytes.end(), eighth.begin());
  std::vector<Encoding> all{eighth};
  while (all.size() < 8) {
    Encoding next;
    EXPECT_EQ(crypto_core_ed25519_add(next.data(), all.back().data(), eighth.data()), 0);
    all.push_back(next);
  }
  EXPECT_EQ(all.back(), Number(1)) << "eight times it is the identity";
  return all;
}

TEST(PrimeSubgroup, HoldsEachKeyAndNoneOfItsSumsWithPointsOfSmallOrder) {
  const std::vector<Encoding> small = SmallOrder();
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Digest hash = Sha256(AsBytes("key " + std::to_string(seed)));
    const Encoding key = SecretKey::FromSeed(hash.view()).public_key().bytes;
    EXPECT_TRUE(IsInPrimeSubgroup(key));
    for (std::size_t i = 0; i < 8; ++i) {
      Encoding sum;
      ASSERT_EQ(crypto_core_ed25519_add(sum.data(), key.data(), small[i].data()), 0);
      EXPECT_EQ(IsInPrimeSubgroup(sum), i == 7) << seed << " " << i;
      EXPECT_EQ(ByProduct(sum), i == 7) << seed << " " << i;
    }
  }
}

// Half of all numbers are no point, an eighth of the points is of the subgroup.
TEST(PrimeSubgroup, IsThatOfTheProduct) {
  int inside = 0;
  constexpr int kTried = 4000;
  for (int i = 0; i < kTried; ++i) {
    PublicKey key;
    key.bytes = Sha256(AsBytes("y " + std::to_string(i))).bytes;
    if (i % 4 == 1) key.bytes = Number(static_cast<std::uint64_t>(i));
    if (i % 40 == 2) key.bytes = NearP(-i / 40 - 2);
    const bool expected = ByProduct(key.bytes);
    inside += expected ? 1 : 0;
    EXPECT_EQ(IsStrongKey(key), expected) << EncodeHex(key.view());
  }
  EXPECT_GT(inside, kTried / 16 / 2);
  EXPECT_LT(inside, kTried / 16 * 2);
}

}  // namespace
}  // namespace jejak::crypto
