// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/sealing.h"

#include <algorithm>
#include <utility>

namespace jejak::procedure {

using json::Value;

void Sealing::Note(std::uint64_t index, UnixSeconds time) {
  if (newest_) longest_s_ = std::max(longest_s_.value_or(0), time.value - newest_->time.value);
  newest_ = {index, time};
  ++seals_;
}

Value Sealing::Write(std::uint64_t at_size, UnixSeconds now) const {
  const auto number = [](std::uint64_t count) {
    return Value::Integer(static_cast<std::int64_t>(count));
  };
  Value newest;
  if (newest_) {
    newest = Value::Object();
    newest.Add("index", number(newest_->index))
        .Add("time", Value::String(FormatTime(newest_->time)));
  }
  Value out = Value::Object();
  out.Add("seals", number(seals_))
      .Add("newest_seal", std::move(newest))
      .Add("unsealed_entries", number(newest_ ? at_size - newest_->index - 1 : at_size))
      .Add("unsealed_s", newest_ ? Value::Integer(now.value - newest_->time.value) : Value())
      .Add("longest_between_seals_s", longest_s_ ? Value::Integer(*longest_s_) : Value());
  return out;
}

}  // namespace jejak::procedure
