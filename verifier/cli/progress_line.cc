// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace jejak::verifier {
namespace {

std::string Grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string Minutes(std::uint64_t seconds) {
  const std::string rest = std::to_string(seconds % 60);
  return std::to_string(seconds / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

}  // namespace

ProgressLine::ProgressLine(When when) : on_(when == When::kAuto && isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::Report(std::uint64_t count, std::uint64_t total) {
  constexpr auto kInterval = std::chrono::milliseconds(200);
  const Clock::time_point now = Clock::now();
  if (!on_ || now - start_ < kInterval || (shown_ && now - last_ < kInterval)) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(count) / seconds);
  const std::uint64_t left = (total - std::min(count, total)) / std::max<std::uint64_t>(rate, 1);
  const std::string line = "\r\x1b[K" + Grouped(count) + " / " + Grouped(total) + " entries  " +
                           Grouped(rate) + "/s  " + Minutes(left) + " left";
  std::fputs(line.c_str(), stderr);
}

}  // namespace jejak::verifier
