// SPDX-License-Identifier: Apache-2.0
// The words of the formats (formats.md, section 1, lexical rules).
//
//   word     ketua_tim                        type     exam.hold
//   role     ketua_tim, or - for none         id       malang-article-2024
//   label    P044                             version  1.2.0
//   keyname  inspektorat.contohkota.go.id/p-41     (an origin is a keyname)
//   case-id  5K3D7Q2M8ZP4XK3V9T5R6W1Y0B       zone     +07:00
//
// All are ASCII and bounded, so what passes can stand in a line, a path, a log or a page as it is.
// Threads: pure functions.
#pragma once

#include <string_view>

namespace jejak {

// A lower-case letter, then lower-case letters, digits and "_"; at most 64 bytes.
bool IsWord(std::string_view text);
// Two or more words joined by "."; at most 64 bytes in all.
bool IsType(std::string_view text);
// A word, or "-" which claims no role.
bool IsRole(std::string_view text);
// 1-64 of lower-case letters, digits and "-", not beginning with "-".
bool IsId(std::string_view text);
// 1-32 letters, digits, "_" and "-".
bool IsLabel(std::string_view text);
// Segments joined by "/", at most 200 bytes; a segment is neither "." nor "..", so that a name can
// be part of a URL path.
bool IsKeyName(std::string_view text);
// 26 characters of Crockford's base32, upper case, the first 0-7: 128 bits.
bool IsCaseId(std::string_view text);
// One to three decimals joined by ".", each at most 999999.
bool IsVersion(std::string_view text);
// An offset from UTC as in `at`: -12:00 to +14:00, not -00:00.
bool IsZone(std::string_view text);

}  // namespace jejak
