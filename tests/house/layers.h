// SPDX-License-Identifier: Apache-2.0
//
// The table of docs/architecture.md ("Who may include whom") as code, and the check of one source
// file against it. Pure: takes a path and a text, so that the check itself can be tested on planted
// violations. layers_test applies it to every file under ledger/ api/ verifier/ tools/.
//
// A finding reads:   ledger/base/json.cc:5: base may not include tlog ("ledger/tlog/note.h")
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jejak::house {

struct Room {
  std::string name;
  std::string folder;                    // from the repository root, with the slash at the end
  bool pure;                             // below the line that ledger/README.md draws
  std::vector<std::string> may_include;  // names of other rooms
};

// The rooms, lowest first.
const std::vector<Room>& Rooms();

// The room that holds `path` (relative to the repository root), or nullptr.
const Room* RoomOf(std::string_view path);

struct Finding {
  std::string file;
  std::size_t line;  // counted from 1
  std::string what;
  std::string text() const;
};

// Everything in one file that the table forbids: an include of a room not listed, a relative or
// computed include, a heavy header outside its file or in a header of ours, and in a pure room a
// standard header or word that reaches a clock, a thread, the environment, randomness or a file.
std::vector<Finding> CheckFile(std::string_view path, std::string_view text);

// The source lines without comments and without the contents of string and character literals; as
// many lines as `text` has. Include lines keep their file name.
std::vector<std::string> CodeLines(std::string_view text);

}  // namespace jejak::house
