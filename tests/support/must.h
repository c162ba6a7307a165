// SPDX-License-Identifier: Apache-2.0
//
// What a test needs before it can begin: the value, or the end of the test with the reason.
//
//   const auto envelope = Must(record::ParseEnvelope(text));
//
// Throws std::runtime_error with the error's sentence. Any thread.
#pragma once

#include <stdexcept>
#include <utility>

#include "ledger/base/result.h"

namespace jejak::test {

template <class T>
T Must(Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.error().detail);
  return std::move(result).value();
}
inline void Must(const Result<void>& result) {
  if (!result.ok()) throw std::runtime_error(result.error().detail);
}

}  // namespace jejak::test
