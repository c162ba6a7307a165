// SPDX-License-Identifier: Apache-2.0
//
// Whether a point of edwards25519 lies in the subgroup of prime order, by halving it three times.
//
// The group is Z8 x ZL, so a point is of the subgroup iff it is eight times a point. On the
// Montgomery form v^2 = u (u^2 + A u + 1), with u = (1 + y) / (1 - y) and A = 486662, multiplying
// by two goes through a second curve, v'^2 = u' (u'^2 - 2 A u' + A^2 - 4), in two maps of degree 2:
//
//   u' = (v / u)^2      and back:      u = (v' / 2 u')^2
//
// Backwards from a point (u, v), with t = v / w:
//
//   w = root of u                 there is one iff the point is twice another: of u' and its other
//                                 choice (A^2 - 4) / u' exactly one is a square, A^2 - 4 being none
//   u' = A + 2 u + 2 t  or  A + 2 u - 2 t, whichever has a root s
//   half: u = (u' - A) / 2 + w s,   v = s u
//
// The two halves differ by the point of order 2, which is four times a point; a sign of v changes
// the half's sign. Neither matters to whether a half can be halved again, so one way is enough, and
// y alone is needed: v^2 / u = u^2 + A u + 1 has a root iff (given that u has) y is on the curve.
//
// Six powers in the place of a product by L; libsodium 1.0.18's own test takes longer and lets points with a part of order 2 pass (CVE-2025-69277). tests/crypto/subgroup_test.cc
// holds the two against each other.
// Public values only. Pure; any thread.
#pragma once

#include "ledger/base/bytes.h"

namespace jejak::crypto {

// `y`: 32 bytes, the encoding of a point; the sign of x is not looked at. False also if there is no
// such point. Meaningless for the eight points of small order, which the caller has excluded.
bool IsInPrimeSubgroup(ByteView y);

}  // namespace jejak::crypto
