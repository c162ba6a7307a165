// SPDX-License-Identifier: Apache-2.0
//
// Waits for what another thread does.
//
//   EXPECT_TRUE(Eventually([&] { return server.stats().active == 0; }));
//
// The condition runs on the calling thread, every few milliseconds.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace jejak::test {

// Whether `condition` came true within five seconds.
inline bool Eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

}  // namespace jejak::test
