// SPDX-License-Identifier: Apache-2.0
//
// What is left of erased bytes in a directory with a store somewhere below it: every file as it lies
// there, every table file by itself, unpacked, whether the database still uses it or not, and every
// version of every row that the database has, also those that a delete or a newer one hides.
//
//   ResidueIn(dir, [&](std::string_view bytes) { return sought.Seen(bytes); })
//
// Nothing is written. The store is closed.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace jejak::store {

// Says what it sees of them; empty: nothing.
using Seen = std::function<std::string(std::string_view bytes)>;

// A line per file and place; empty: none. Throws if a whole table or the database can't be read.
std::string ResidueIn(const std::string& dir, const Seen& seen);

}  // namespace jejak::store
