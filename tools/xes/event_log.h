// SPDX-License-Identifier: Apache-2.0
//
// An event log as XES has it (IEEE 1849): traces of events, each with attributes. What the import reads and the export writes.
//
//   <trace>                                                     a case
//     <string key="concept:name" value="case-10011"/>
//     <event>
//       <string key="concept:name" value="Confirmation of receipt"/>
//       <date key="time:timestamp" value="2011-10-11T13:45:40.276+02:00"/>
//       <string key="org:resource" value="Resource21"/>
//     </event>
//   </trace>
//
// Attributes may nest. Here they are a flat list in document order, each with its level, so that nothing recurses and a body can hold
// them as they are. Values stay the text that the file had: no stamp is rounded, no number becomes a float.
// Extensions, globals, classifiers and attributes of the log itself describe the file, not a case; they are not read.
// Values: any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"

namespace jejak::xes {

inline constexpr std::string_view kName = "concept:name";
inline constexpr std::string_view kStamp = "time:timestamp";
inline constexpr std::string_view kResource = "org:resource";
inline constexpr std::string_view kGroup = "org:group";

// One attribute. `type` is its element: string, date, int, float, boolean, id, list, container; or `values`, which stands in a list
// around its members and has neither key nor value. Lists and containers have no value.
struct Attribute {
  std::string type;
  std::string key;
  std::string value;
  unsigned level =
      0;  // 0: of the trace or event itself; n: within the nearest one before it of level n-1

  bool operator==(const Attribute&) const = default;
};

using Attributes = std::vector<Attribute>;

// The value of the attribute of level 0 with this key; null when there is none.
const std::string* Find(const Attributes& attributes, std::string_view key);

// Whether XES knows an element of this name as an attribute.
bool IsAttributeType(std::string_view type);

struct Event {
  Attributes attributes;

  bool operator==(const Event&) const = default;
};

struct Trace {
  Attributes attributes;
  std::vector<Event> events;

  bool operator==(const Trace&) const = default;
};

struct EventLog {
  std::vector<Trace> traces;

  std::size_t events() const;
};

}  // namespace jejak::xes
