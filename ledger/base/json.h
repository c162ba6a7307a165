// SPDX-License-Identifier: Apache-2.0
// JSON as the formats admit it: a strict reader and a writer (formats.md, section 1).
//
//   {"finding":"proven","weight":3,"name":{"$sealed":"i+hx8TeFtMgaFwBFnHasKzriyuu3h2w3biI8at/5jEc="}}
//
// | rule                             | Body (signed, at most 64 KiB)  | Container (a case file)      |
// |----------------------------------|--------------------------------|------------------------------|
// | outermost value                  | an object                      | any                          |
// | names in one object              | distinct after unescaping      | the same                     |
// | depth of objects and arrays      | at most 16                     | the same                     |
// | numbers                          | integers within +-(2^53-1)     | the same                     |
// | between tokens                   | spaces only, none at the ends  | any JSON white space         |
// | U+0000, noncharacters            | nowhere, escaped or not        | not in names                 |
// | what fakes a screen: U+007F-009F | only escaped                   | only escaped in names,       |
// | 061C 200B-200F 2028-202E ...     |                                | free in strings              |
// | a name that begins with $        | only {"$sealed":HASH}, never   | nowhere                      |
// |                                  | as the outermost object        |                              |
//
// Two readers of one text must never see two things: duplicate names, numbers that some readers
// round, lone surrogates and text that only looks like a line end are therefore faults, not
// leniences. Every fault is kMalformed; its detail names the place as an RFC 6901 pointer and a
// byte offset, and never shows a string value.
//
// Cost: O(n log n) for n bytes, whatever they hold. Memory: the strings, and 24 bytes per value;
// the worst text, of nothing but tiny values, costs 27 bytes per byte. Recursion ends at depth 16.
// Threads: values, no shared state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"

namespace jejak::json {

enum class Kind : std::uint8_t { kNull, kBool, kInteger, kString, kArray, kObject };

struct Member;

// One JSON value. 24 bytes, since a container may hold millions; what is larger is owned on the
// heap. Asking for another kind than kind() gives the empty value of that kind: check kind() first.
class Value final {
 public:
  Value() = default;  // null
  Value(Value&& other) noexcept;
  Value(const Value& other);
  Value& operator=(Value&& other) noexcept;
  Value& operator=(const Value& other);
  ~Value();

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::kNull; }
  bool is_bool() const { return kind_ == Kind::kBool; }
  bool is_integer() const { return kind_ == Kind::kInteger; }
  bool is_string() const { return kind_ == Kind::kString; }
  bool is_array() const { return kind_ == Kind::kArray; }
  bool is_object() const { return kind_ == Kind::kObject; }

  bool as_bool() const { return is_bool() && content_.boolean; }
  std::int64_t as_integer() const { return is_integer() ? content_.integer : 0; }
  const std::string& as_string() const;
  // In document order, both.
  const std::vector<Value>& items() const;
  const std::vector<Member>& members() const;
  // The member's value; nullptr when absent or when this is not an object. Linear.
  const Value* Find(std::string_view name) const;

  // The bytes [begin, end) of the parsed text that hold this value; 0 and 0 for built values.
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }

  // Builders, for writing. They check nothing: Write's output is Body JSON when names and strings
  // are UTF-8 and obey the rules above.
  static Value String(std::string text);
  static Value Integer(std::int64_t value);
  static Value Bool(bool value);
  static Value Array();
  static Value Object();
  // On an object; returns this object, so that calls chain. Nothing happens on another kind.
  Value& Add(std::string_view name, Value value);
  // On an array; nothing happens on another kind.
  void Push(Value item);

 private:
  friend class Scanner;

  union Content {
    bool boolean;
    std::int64_t integer;
    std::string* text;  // these three are null when empty
    std::vector<Value>* items;
    std::vector<Member>* members;
  };

  void Release();
  std::vector<Value>& MutableItems();
  std::vector<Member>& MutableMembers();

  Content content_{.integer = 0};
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  Kind kind_ = Kind::kNull;
};

struct Member {
  std::string name;  // unescaped
  Value value;
};

enum class Rules : std::uint8_t { kBody, kContainer };

// Where a parse failed: the value or the name at fault.
struct Fault {
  std::size_t offset = 0;  // in bytes
  std::string pointer;     // of the innermost value that was being read; escaped for display
};

// kMalformed if `text` breaks a rule of the table; `fault`, if given, then says where.
// A text of 4 GiB or more is refused. How many bytes are too many is for the caller to check first.
Result<Value> Parse(std::string_view text, Rules rules, Fault* fault = nullptr);

// The value of a sealed field (section 2): any one JSON value without a space at either end, such
// that {"v":VALUE} is Body JSON, and in which no name begins with "$".
Result<Value> ParseSealedValue(std::string_view text);

// One line without spaces. Escapes what JSON and the Body rules demand and nothing else, with the
// short escapes where there are some and lower-case hex in the others.
std::string Write(const Value& value);

// RFC 6901, strictly as section 2 has it: "~0" and "~1" only, indexes without leading zero, no "-",
// no U+0000-0020 and no character that Body JSON holds only escaped. "" is the root itself; who
// needs a part of the whole refuses it. kMalformed for the form, kNotFound if nothing is there.
Result<const Value*> ResolvePointer(const Value& root, std::string_view pointer);

}  // namespace jejak::json
