// SPDX-License-Identifier: Apache-2.0
#include "api/action_json.h"

#include <utility>

#include "ledger/base/text.h"

namespace jejak::api {
namespace {

using json::Value;

std::string_view BodyWord(record::BodyForm form) {
  switch (form) {
    case record::BodyForm::kNone:
      return "none";
    case record::BodyForm::kCommitted:
      return "committed";
    case record::BodyForm::kInline:
      break;
  }
  return "inline";
}

}  // namespace

Value NumberValue(std::uint64_t number) {
  return Value::Integer(static_cast<std::int64_t>(number));
}

Value HashValue(const Digest& digest) { return Value::String(EncodeHash(digest)); }

Value PositionValue(std::uint64_t count, const Digest& root) {
  Value position = Value::Object();
  position.Add("count", NumberValue(count));
  if (count != 0) position.Add("root", HashValue(root));
  return position;
}

Value ActionValue(const record::LoggedAction& logged) {
  const record::Action& action = logged.action;
  Value value = Value::Object();
  value.Add("index", NumberValue(logged.entry.index))
      .Add("seq", NumberValue(logged.entry.seq))
      .Add("time", Value::String(FormatTime(logged.entry.time)))
      .Add("action_id", HashValue(action.id()))
      .Add("type", Value::String(action.type))
      .Add("at", Value::String(action.at_text));
  if (action.until) {
    value.Add("until",
              Value::String(FormatAt(action.until->instant, action.until->offset_minutes)));
  }
  value.Add(action.position == record::PositionKind::kSeen ? "seen" : "after",
            PositionValue(action.position_count, action.position_root));
  if (action.under) {
    value.Add("under", std::move(Value::Object()
                                     .Add("id", Value::String(action.under->id))
                                     .Add("publish", HashValue(action.under->publish))));
  }
  Value about = Value::Array();
  for (const std::string& subject : action.about) about.Push(Value::String(subject));
  Value by = Value::Array();
  for (const auto& signer : action.by) {
    by.Push(std::move(Value::Object()
                          .Add("name", Value::String(signer.name))
                          .Add("role", Value::String(signer.role))));
  }
  value.Add("about", std::move(about)).Add("by", std::move(by));
  if (!action.parties.empty()) {
    Value parties = Value::Array();
    for (const auto& party : action.parties) {
      parties.Push(std::move(Value::Object()
                                 .Add("role", Value::String(party.role))
                                 .Add("key", Value::String(tlog::EncodeVerifierKey(party.key)))));
    }
    value.Add("parties", std::move(parties));
  }
  value.Add("body", Value::String(std::string(BodyWord(action.body_form))));
  return value;
}

}  // namespace jejak::api
