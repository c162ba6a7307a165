// SPDX-License-Identifier: Apache-2.0
#include "ledger/crypto/subgroup.h"

#include <optional>

#include "ledger/crypto/field25519.h"

namespace jejak::crypto {
namespace {

constexpr Field25519 kA(486662);
constexpr Field25519 kOne(1);
constexpr Field25519 kZero(0);
constexpr Field25519 kHalf = (kOne + kOne).Inverse();
static_assert(kHalf + kHalf == kOne);
constexpr Field25519 kImaginary = *(kZero - kOne).Root();

// The product of the two choices of u', which is no square: so one of them is.
constexpr Field25519 kProduct = kA * kA - Field25519(4);
static_assert(!kProduct.Root());
// If a is no square and e = a^((p - 5) / 8), then a e^2 is a root of -1, and kProduct / a, which is
// a square, has the root e times one of these.
constexpr Field25519 kOther = *(kProduct * kImaginary).Root();
constexpr Field25519 kOtherOpposite = kOther * kImaginary;
static_assert(kOtherOpposite.Square() + kProduct * kImaginary == kZero);

struct Point {
  Field25519 u, w, t;  // w^2 = u, and t = v / w
};

struct Choice {
  Field25519 square, root;
};

// Of `plus` and `minus`, whose product is kProduct, the square.
Choice ChooseSquare(const Field25519& plus, const Field25519& minus) {
  const Field25519 power = plus.PowerForRoot();
  const Field25519 root = plus * power;
  const Field25519 square = root.Square();
  if (square == plus) return {plus, root};
  if (square + plus == kZero) return {plus, root * kImaginary};
  const Field25519 other = power * kOther;
  return {minus, other.Square() == minus ? other : power * kOtherOpposite};
}

// nullopt: the half is not twice a point itself.
std::optional<Point> Halve(const Point& point) {
  const Field25519 middle = kA + point.u + point.u;
  const Field25519 twice_t = point.t + point.t;
  const auto [between, s] = ChooseSquare(middle + twice_t, middle - twice_t);
  const Field25519 u = (between - kA) * kHalf + point.w * s;
  const std::optional<Field25519> w = u.Root();
  if (!w) return std::nullopt;
  return Point{u, *w, s * *w};
}

// A root of n / d without dividing: n d^3 (n d^7)^((p - 5) / 8), or that times a root of -1.
std::optional<Field25519> RootOfRatio(const Field25519& n, const Field25519& d) {
  const Field25519 cube = d.Square() * d;
  const Field25519 root = n * cube * (n * cube.Square() * d).PowerForRoot();
  const Field25519 square = d * root.Square();
  if (square == n) return root;
  if (square + n == kZero) return root * kImaginary;
  return std::nullopt;
}

}  // namespace

bool IsInPrimeSubgroup(ByteView y) {
  const Field25519 number = Field25519::FromBytes(y);
  const std::optional<Field25519> w = RootOfRatio(kOne + number, kOne - number);
  if (!w) return false;
  const Field25519 u = w->Square();
  const std::optional<Field25519> t = (u * u + kA * u + kOne).Root();
  if (!t) return false;
  const std::optional<Point> half = Halve({u, *w, *t});
  return half && Halve(*half);
}

Field25519 Field25519::FromBytes(ByteView bytes) {
  Field25519 value(0);
  for (std::size_t bit = 0; bit < 255; bit += 51) {
    std::uint64_t limb = 0;
    const std::size_t first = bit / 8;
    for (std::size_t i = 0; i < 8 && first + i < 32; ++i)
      limb |= std::uint64_t{bytes[first + i]} << (8 * i);
    value.limb_[bit / 51] = (limb >> bit % 8) & kMask;
  }
  return value;
}

}  // namespace jejak::crypto
