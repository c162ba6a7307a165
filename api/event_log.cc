// SPDX-License-Identifier: Apache-2.0
#include "api/event_log.h"

#include <unistd.h>

#include <array>

#include "ledger/base/json.h"
#include "ledger/base/time.h"

namespace jejak::api {

void EventLog::Write(LogLevel level, std::string_view event,
                     std::initializer_list<Field> fields) const {
  if (!Takes(level)) return;
  constexpr std::array<const char*, 4> kNames{"debug", "info", "warning", "error"};
  json::Value line = json::Value::Object();
  line.Add("time", json::Value::String(FormatTime(clock_.Wall())))
      .Add("level", json::Value::String(kNames[static_cast<std::size_t>(level)]))
      .Add("event", json::Value::String(std::string(event)));
  for (const auto& [name, value] : fields) {
    const auto* text = std::get_if<std::string>(&value);
    line.Add(name, text != nullptr ? json::Value::String(*text)
                                   : json::Value::Integer(std::get<std::int64_t>(value)));
  }
  const std::string text = json::Write(line) + "\n";
  // One write, so that lines of two threads don't mix; a log that can't be written stops nothing.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

std::string CoarseAddress(std::string_view peer) {
  if (peer.find(':') == peer.npos) {
    const std::size_t last = peer.rfind('.');
    return last == peer.npos ? "-" : std::string(peer.substr(0, last)) + ".0/24";
  }
  // The first three groups, fewer where the zeros are written as "::".
  std::size_t end = 0;
  for (int group = 0; group < 3; ++group) {
    const std::size_t colon = peer.find(':', end);
    if (colon == peer.npos) return "-";
    if (colon == end) break;
    end = colon + 1;
  }
  return std::string(peer.substr(0, end)) + (end == 0 ? "::/48" : ":/48");
}

}  // namespace jejak::api
