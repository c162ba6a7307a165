// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/durable_file.h"
#include "tools/xes/reader.h"

namespace jejak::xes {

Result<std::string> ReadXesText(const std::string& path) {
  JEJAK_TRY(text, sequencer::ReadFile(path, kMaxXesBytes));
  if (!text.starts_with("\x1f\x8b")) return std::move(text);
  return Inflate(text, kMaxXesBytes);
}

}  // namespace jejak::xes
