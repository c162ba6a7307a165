// SPDX-License-Identifier: Apache-2.0
//
// Numbers modulo p = 2^255 - 19, the field of Ed25519, for the one question that libsodium answers
// slowly or wrongly: whether a public key lies in the prime-order subgroup (subgroup.cc).
//
//   value = limb[0] + 2^51 limb[1] + 2^102 limb[2] + 2^153 limb[3] + 2^204 limb[4]   (mod p)
//
// Invariant of every element that a function here returns: each limb is below 2^52, so that no sum
// in a product overflows: 5 products of 52 bits, four of them times 19, are below 2^111, and what
// is carried out of the highest limb is below 2^56.
//
// Takes time that depends on its values: for public values only, never for a secret.
// Pure; any thread; usable at compile time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "ledger/base/bytes.h"

namespace jejak::crypto {

class Field25519 final {
 public:
  // A small number, below 2^51.
  constexpr explicit Field25519(std::uint64_t value) : limb_{value, 0, 0, 0, 0} {}
  // 32 bytes, little-endian; the highest bit is left out. Another size is a bug of the caller.
  static Field25519 FromBytes(ByteView bytes);

  friend constexpr Field25519 operator+(const Field25519& a, const Field25519& b);
  friend constexpr Field25519 operator-(const Field25519& a, const Field25519& b);
  friend constexpr Field25519 operator*(const Field25519& a, const Field25519& b);
  // Of the numbers, however they are written.
  friend constexpr bool operator==(const Field25519& a, const Field25519& b);

  constexpr Field25519 Square() const;
  // 1 / this; of 0, 0.
  constexpr Field25519 Inverse() const;
  // A number whose square this is; nullopt: there is none. Either root.
  constexpr std::optional<Field25519> Root() const;
  // this^((p - 5) / 8), from which roots are made: times this it is a root of this, if there is
  // one, or of this times a root of one (of which there are four).
  constexpr Field25519 PowerForRoot() const;

 private:
  __extension__ typedef unsigned __int128 Wide;  // NOLINT(modernize-use-using)
  static constexpr std::uint64_t kMask = (std::uint64_t{1} << 51) - 1;

  constexpr Field25519 Squared(int times) const;
  // this^(2^250 - 1), and this^11 on the way.
  constexpr Field25519 Power250(Field25519& eleventh) const;
  constexpr void Carry();
  // Of the sums of products: what each is above 51 bits goes to the next.
  static constexpr Field25519 Carried(Wide r0, Wide r1, Wide r2, Wide r3, Wide r4);
  constexpr std::array<std::uint64_t, 5> Reduced() const;

  std::array<std::uint64_t, 5> limb_;
};

constexpr void Field25519::Carry() {
  for (std::size_t i = 0; i < 4; ++i) {
    limb_[i + 1] += limb_[i] >> 51;
    limb_[i] &= kMask;
  }
  limb_[0] += 19 * (limb_[4] >> 51);
  limb_[4] &= kMask;
}

constexpr Field25519 operator+(const Field25519& a, const Field25519& b) {
  Field25519 sum = a;
  for (std::size_t i = 0; i < 5; ++i) sum.limb_[i] += b.limb_[i];
  sum.Carry();
  return sum;
}

// 4 p is added first: each of its limbs is above any of b's.
constexpr Field25519 operator-(const Field25519& a, const Field25519& b) {
  Field25519 difference = a;
  for (std::size_t i = 0; i < 5; ++i) {
    const std::uint64_t limb_of_p = Field25519::kMask - (i == 0 ? 18 : 0);
    difference.limb_[i] += 4 * limb_of_p - b.limb_[i];
  }
  difference.Carry();
  return difference;
}

constexpr Field25519 Field25519::Carried(Wide r0, Wide r1, Wide r2, Wide r3, Wide r4) {
  Field25519 out(0);
  out.limb_[0] = static_cast<std::uint64_t>(r0) & kMask;
  r1 += static_cast<std::uint64_t>(r0 >> 51);
  out.limb_[1] = static_cast<std::uint64_t>(r1) & kMask;
  r2 += static_cast<std::uint64_t>(r1 >> 51);
  out.limb_[2] = static_cast<std::uint64_t>(r2) & kMask;
  r3 += static_cast<std::uint64_t>(r2 >> 51);
  out.limb_[3] = static_cast<std::uint64_t>(r3) & kMask;
  r4 += static_cast<std::uint64_t>(r3 >> 51);
  out.limb_[4] = static_cast<std::uint64_t>(r4) & kMask;
  out.limb_[0] += 19 * static_cast<std::uint64_t>(r4 >> 51);
  out.limb_[1] += out.limb_[0] >> 51;
  out.limb_[0] &= kMask;
  return out;
}

constexpr Field25519 operator*(const Field25519& a, const Field25519& b) {
  using Wide = Field25519::Wide;
  const auto [x0, x1, x2, x3, x4] = a.limb_;
  const auto [y0, y1, y2, y3, y4] = b.limb_;
  const std::uint64_t z1 = 19 * y1, z2 = 19 * y2, z3 = 19 * y3, z4 = 19 * y4;
  return Field25519::Carried(
      Wide{x0} * y0 + Wide{x1} * z4 + Wide{x2} * z3 + Wide{x3} * z2 + Wide{x4} * z1,
      Wide{x0} * y1 + Wide{x1} * y0 + Wide{x2} * z4 + Wide{x3} * z3 + Wide{x4} * z2,
      Wide{x0} * y2 + Wide{x1} * y1 + Wide{x2} * y0 + Wide{x3} * z4 + Wide{x4} * z3,
      Wide{x0} * y3 + Wide{x1} * y2 + Wide{x2} * y1 + Wide{x3} * y0 + Wide{x4} * z4,
      Wide{x0} * y4 + Wide{x1} * y3 + Wide{x2} * y2 + Wide{x3} * y1 + Wide{x4} * y0);
}

constexpr Field25519 Field25519::Square() const {
  const auto [x0, x1, x2, x3, x4] = limb_;
  const std::uint64_t d0 = 2 * x0, d1 = 2 * x1, d2 = 38 * x2, z3 = 19 * x3, z4 = 19 * x4;
  return Carried(Wide{x0} * x0 + Wide{2 * x1} * z4 + Wide{d2} * x3,
                 Wide{d0} * x1 + Wide{d2} * x4 + Wide{z3} * x3,
                 Wide{d0} * x2 + Wide{x1} * x1 + Wide{2 * z4} * x3,
                 Wide{d0} * x3 + Wide{d1} * x2 + Wide{z4} * x4,
                 Wide{d0} * x4 + Wide{d1} * x3 + Wide{x2} * x2);
}

// Below p: the one way to write the number.
constexpr std::array<std::uint64_t, 5> Field25519::Reduced() const {
  Field25519 value = *this;
  value.Carry();
  value.Carry();
  std::uint64_t above = (value.limb_[0] + 19) >> 51;  // whether value + 19 reaches 2^255
  for (std::size_t i = 1; i < 5; ++i) above = (value.limb_[i] + above) >> 51;
  value.limb_[0] += 19 * above;
  for (std::size_t i = 0; i < 4; ++i) {
    value.limb_[i + 1] += value.limb_[i] >> 51;
    value.limb_[i] &= kMask;
  }
  value.limb_[4] &= kMask;
  return value.limb_;
}

constexpr bool operator==(const Field25519& a, const Field25519& b) {
  return a.Reduced() == b.Reduced();
}

constexpr Field25519 Field25519::Squared(int times) const {
  Field25519 power = *this;
  for (int i = 0; i < times; ++i) power = power.Square();
  return power;
}

constexpr Field25519 Field25519::Power250(Field25519& eleventh) const {
  const Field25519 second = Squared(1);
  const Field25519 ninth = second.Squared(2) * *this;
  eleventh = ninth * second;
  const Field25519 ones5 = eleventh.Squared(1) * ninth;  // this^(2^5 - 1)
  const Field25519 ones10 = ones5.Squared(5) * ones5;
  const Field25519 ones20 = ones10.Squared(10) * ones10;
  const Field25519 ones40 = ones20.Squared(20) * ones20;
  const Field25519 ones50 = ones40.Squared(10) * ones10;
  const Field25519 ones100 = ones50.Squared(50) * ones50;
  const Field25519 ones200 = ones100.Squared(100) * ones100;
  return ones200.Squared(50) * ones50;
}

constexpr Field25519 Field25519::Inverse() const {
  Field25519 eleventh(0);
  const Field25519 power = Power250(eleventh);
  return power.Squared(5) * eleventh;  // p - 2 = 2^255 - 32 + 11
}

constexpr Field25519 Field25519::PowerForRoot() const {
  Field25519 unused(0);
  return Power250(unused).Squared(2) * *this;  // 2^252 - 3
}

// p = 5 mod 8: the power is a root, or a root of the opposite, or there is none.
constexpr std::optional<Field25519> Field25519::Root() const {
  const Field25519 two(2);
  const Field25519 candidate = *this * PowerForRoot();
  const Field25519 square = candidate.Square();
  if (square == *this) return candidate;
  if (square + *this == Field25519(0)) return candidate * two.PowerForRoot().Square() * two;
  return std::nullopt;
}

}  // namespace jejak::crypto
