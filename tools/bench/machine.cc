// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/machine.h"

#include <fstream>
#include <thread>

namespace jejak::bench {

std::string MachineLine() {
  std::ifstream info("/proc/cpuinfo");
  std::string model = "unknown processor";
  std::string flags;
  for (std::string line; std::getline(info, line) && flags.empty();) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    if (line.starts_with("model name")) model = line.substr(colon + 2);
    if (line.starts_with("flags")) flags = line.substr(colon + 1) + " ";
  }
  const auto has = [&flags](const std::string& flag) {
    return flags.find(" " + flag + " ") != std::string::npos ? " yes" : " no";
  };
  return model + ", " + std::to_string(std::thread::hardware_concurrency()) + " cores, SHA-NI" +
         has("sha_ni") + ", AVX-512 IFMA" + has("avx512ifma");
}

}  // namespace jejak::bench
