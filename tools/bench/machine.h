// SPDX-License-Identifier: Apache-2.0
//
// What kind of machine a figure is from. Any thread.
#pragma once

#include <string>

namespace jejak::bench {

// "AMD EPYC 9B45, 2 cores, SHA-NI yes, AVX-512 IFMA yes", as the kernel tells it.
std::string MachineLine();

}  // namespace jejak::bench
