// SPDX-License-Identifier: Apache-2.0
//
// Reads XES files, plain or gzipped. Whoever hands in a log is not trusted: sizes are bounded before memory is taken, nothing
// recurses, and what XML allows but a log never needs is refused rather than guessed at:
//
//   | refused | why |
//   |---|---|
//   | a document type declaration | entities that expand, files that are fetched |
//   | an entity other than the five of XML | its text is unknown |
//   | anything but UTF-8 | one text, one reading |
//   | more than 128 MiB, 8 million tags, 16 levels of attributes | memory, time |
//   | two attributes of one event with the same key | which one counts? |
//   | elements that XES does not have, text between elements | it is something else |
//
// Functions without state; any thread.
#pragma once

#include <string>

#include "tools/xes/event_log.h"

namespace jejak::xes {

inline constexpr std::size_t kMaxXesBytes = std::size_t{128} << 20;  // after inflating
inline constexpr std::size_t kMaxTags = 8'000'000;
inline constexpr unsigned kMaxLevels = 16;

// The text of a file, inflated if it is gzip (told by its first bytes, not by its name). kNotFound, kUnavailable as ReadFile;
// kRefused: too large; kMalformed: the gzip data are damaged or cut off.
Result<std::string> ReadXesText(const std::string& path);

// Inflates gzip data, one member or several. kRefused: more than `limit` bytes. kMalformed: damaged, cut off, or followed by more.
Result<std::string> Inflate(std::string_view gzip, std::size_t limit);

// kMalformed: not XES, or one of the refusals above; names the trace and the event, counted from 1. kRefused: a limit.
Result<EventLog> ParseXes(std::string text);

// The part of ParseXes that looks at the text before any XML reader does: encoding, declarations, entities, number of tags.
Result<void> CheckXmlText(std::string_view text);

}  // namespace jejak::xes
