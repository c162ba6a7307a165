// SPDX-License-Identifier: Apache-2.0
#include "tools/xes/event_log.h"

namespace jejak::xes {

const std::string* Find(const Attributes& attributes, std::string_view key) {
  for (const Attribute& attribute : attributes) {
    if (attribute.level == 0 && attribute.key == key) return &attribute.value;
  }
  return nullptr;
}

bool IsAttributeType(std::string_view type) {
  for (const std::string_view known :
       {"string", "date", "int", "float", "boolean", "id", "list", "container", "values"}) {
    if (type == known) return true;
  }
  return false;
}

std::size_t EventLog::events() const {
  std::size_t count = 0;
  for (const Trace& trace : traces) count += trace.events.size();
  return count;
}

}  // namespace jejak::xes
