// SPDX-License-Identifier: Apache-2.0
//
// Draws days: one row per action or deadline, time from left to right.
//
//   2024-05-01          2024-06-01              2024-07-01
//   |░░   ░░   ░░   ░░ |░░   ░░   ░░   ░░   ░░ |            ░ no working day
//   Summons
//   2024-06-03 · Direct superior · 8 working days later
//             ═══════════╪────●                             allowed until ╪, done at ●
//
// Positions are percentages and text has its own size, so one drawing is legible at 320 px, on a
// wide screen and on paper. Met and missed differ in shape, not in colour alone, and the row says
// it in words. Long drawings are cut into several of kRowsPerDrawing rows, each with its axis, so
// that a page break falls between two.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "ledger/presentation/html_writer.h"

namespace jejak::presentation {

inline constexpr std::size_t kRowsPerDrawing = 14;

enum class RowState : std::uint8_t {
  kPlain,    // an action without a deadline
  kMet,      // a filled dot
  kMissed,   // a cross, and a line from the due day to it
  kPending,  // no action yet: an open triangle at the due day
};

// Days are counted since 1970-01-01.
struct TimelineRow {
  std::string title;     // cut where it would not fit; so below
  std::string line;      // when, by whom
  std::string deadline;  // "" = none
  std::int64_t day = 0;  // of the mark
  std::optional<std::pair<std::int64_t, std::int64_t>> allowed;  // [from, due]
  RowState state = RowState::kPlain;
  bool flagged = false;  // something about it is broken: a sign before the title
};

struct Timeline {
  std::span<const TimelineRow> rows;
  std::string label;                                     // what readers who can't see it are told
  std::function<bool(std::int64_t day)> may_be_working;  // false: shaded
  std::optional<std::int64_t> today;                     // drawn if within the days shown
};

HtmlWriter DrawTimeline(const Timeline& timeline);

}  // namespace jejak::presentation
