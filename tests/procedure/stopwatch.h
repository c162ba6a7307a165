// SPDX-License-Identifier: Apache-2.0
//
// Stopwatch: processor seconds of this process, so that a busy machine doesn't fail a program that
// is quick. Under sanitizers, which cost about fifteen times, a second counts a twentieth.
#pragma once

#include <ctime>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define JEJAK_SLOWED_DOWN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define JEJAK_SLOWED_DOWN 1
#endif

namespace jejak {

class Stopwatch final {
 public:
  double Seconds() const {
    return static_cast<double>(std::clock() - start_) / CLOCKS_PER_SEC / kSlower;
  }

 private:
#ifdef JEJAK_SLOWED_DOWN
  static constexpr double kSlower = 20;
#else
  static constexpr double kSlower = 1;
#endif
  std::clock_t start_ = std::clock();
};

}  // namespace jejak
