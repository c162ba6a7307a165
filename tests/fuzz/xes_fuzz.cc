// SPDX-License-Identifier: Apache-2.0
// XES: no crash on any text or gzip data; what is accepted is written so that it reads back equal.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tools/xes/export.h"
#include "tools/xes/reader.h"

namespace {

constexpr std::size_t kInflated = std::size_t{1} << 20;

void CheckText(std::string text) {
  const auto log = jejak::xes::ParseXes(std::move(text));
  if (!log.ok()) return;
  const auto again = jejak::xes::ParseXes(jejak::xes::WriteXes(*log));
  if (!again.ok() || again->traces != log->traces) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto inflated = jejak::xes::Inflate(text, kInflated);
  if (inflated.ok() && inflated->size() > kInflated) std::abort();
  CheckText(inflated.ok() ? *inflated : std::string(text));
  return 0;
}
