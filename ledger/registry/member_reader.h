// SPDX-License-Identifier: Apache-2.0
//
// Reads the members of one JSON object that section 8 names, and nothing else.
//
//   MemberReader in(object, "/roots/0", fault);
//   root.key = in.Key("key");
//   root.holder = in.Text("holder", IsLabel, "a label");
//   in.Finish();                                     // refuses members that nobody asked for
//
// The first fault sticks, with its pointer: readers go on with empty values and look once at the
// end, which keeps the reading of a body as plain as the table that it follows. A fault's sentence
// never repeats contents. Values that come out of a reader without a fault obey the rule asked for.
//
// For this room's use. Threads: none; a reader lives on the stack.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/registry/admin_body.h"

namespace jejak::registry {

using Lexical = bool (*)(std::string_view);

class MemberReader final {
 public:
  // `fault` is empty, or holds what was wrong before; it outlives the reader, as `value` does.
  MemberReader(const json::Value& value, std::string pointer, BodyFault& fault);

  bool Has(std::string_view name) const { return object_->Find(name) != nullptr; }

  // `what` completes the sentence "it must be …".
  std::string Text(std::string_view name, Lexical is, std::string_view what);
  std::optional<std::string> OptionalText(std::string_view name, Lexical is, std::string_view what);
  std::uint64_t Integer(std::string_view name, std::uint64_t min, std::uint64_t max);
  Digest Hash(std::string_view name);
  tlog::VerifierKey Key(std::string_view name);
  std::string Title(std::string_view name);

  // An object within; `read` takes its members.
  void Object(std::string_view name, const std::function<void(MemberReader&)>& read);
  // An array of `min` to `max` objects.
  void Array(std::string_view name, std::size_t min, std::size_t max,
             const std::function<void(MemberReader&)>& read);
  // An array of `min` to `max` distinct texts.
  void Texts(std::string_view name, std::size_t min, std::size_t max, Lexical is,
             std::string_view what, std::vector<std::string>& out);

  // Records a fault of the member `name`, unless there is one already.
  void Fault(std::string_view name, std::string_view sentence);

  // Refuses every member that was not read.
  void Finish();

 private:
  // The member, counted as read; nullptr with a fault when it is absent or of another kind.
  const json::Value* Take(std::string_view name, json::Kind kind, std::string_view what);
  const std::vector<json::Value>* TakeArray(std::string_view name, std::size_t min,
                                            std::size_t max);
  void FaultAt(std::string pointer, std::string_view sentence);

  const json::Value* object_;
  std::string pointer_;
  BodyFault& fault_;
  std::vector<std::string_view> read_;
};

}  // namespace jejak::registry
