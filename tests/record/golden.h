// SPDX-License-Identifier: Apache-2.0
#pragma once

// The golden vectors of tests/vectors/jejak, as the tests of this room need them, and a small
// action to mutate. Files that are missing fail the test that asks for them.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/record/action.h"

namespace jejak::record::golden {

std::string ReadVector(const std::string& path);
nlohmann::json ReadJson(const std::string& path);

// Every leaf of the golden log, in order: 333 entries and seals.
const std::vector<std::string>& Leaves();

// The notes of the golden log's actions.
const std::vector<std::string>& Notes();

// An action in the middle of a case, with every line that may stand there, and its note. Its
// signatures are 64 zero bytes.
ActionFields SomeFields();
std::string NoteOf(const ActionFields& fields);

// The first line of `text` that begins with `line` replaced by `with` ("" deletes it).
std::string Replaced(std::string text, std::string_view line, std::string_view with);

// Any text in place of an action's, with one signature line of zeros per `by` line of it.
std::string SignedWithZeros(std::string_view text);

}  // namespace jejak::record::golden
