// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/action.h"

#include <algorithm>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/record/header_lines.h"

namespace jejak::record {
namespace {

void AppendLine(std::string& text, std::initializer_list<std::string_view> words) {
  std::string_view space;
  for (const std::string_view word : words) {
    text.append(space).append(word);
    space = " ";
  }
  text.push_back('\n');
}

std::string FormatAt(const At& at) { return jejak::FormatAt(at.instant, at.offset_minutes); }

void AppendBody(std::string& text, const ActionFields& fields) {
  switch (fields.body_form) {
    case BodyForm::kNone:
      return AppendLine(text, {"body", "-"});
    case BodyForm::kCommitted:
      return AppendLine(text, {"body", EncodeHash(fields.body_commitment)});
    case BodyForm::kInline:
      return AppendLine(text, {fields.body_json});
  }
}

// How many lines the text of these fields has, if none of them holds a line feed.
std::size_t LineCount(const ActionFields& fields) {
  return 7 + fields.about.size() + fields.parties.size() + fields.by.size() +
         (fields.under ? 1u : 0u) + (fields.until ? 1u : 0u);
}

std::string EncodeNote(const Action& action) {
  std::string note;
  note.reserve(action.text.size() + 1 + action.signatures.size() * 160);
  note.append(action.text).append("\n");
  for (const tlog::SignatureLine& line : action.signatures) note += tlog::EncodeSignatureLine(line);
  return note;
}

}  // namespace

std::string EncodeAction(const Action& action) { return EncodeNote(action); }

std::string EncodeDraft(const Draft& draft) { return EncodeNote(draft.action); }

Result<void> AddSignature(Draft& draft, tlog::SignatureLine line) {
  constexpr std::size_t kSignatureBytes = 64;
  if (line.signature.size() != kSignatureBytes) {
    return InLine("signature", Malformed("a signature has 64 bytes"));
  }
  auto& signatures = draft.action.signatures;
  auto place = signatures.begin();
  for (const ActionFields::By& by : draft.action.by) {
    const bool signed_already = place != signatures.end() && place->name == by.name;
    if (by.name == line.name) {
      if (signed_already) return InLine("signature", Conflict("this signer has signed already"));
      signatures.insert(place, std::move(line));
      return {};
    }
    if (signed_already) ++place;
  }
  return InLine("signature", Malformed("the signer isn't in a by line; sign as one who is"));
}

std::string EncodeActionPrefix(const ActionFields& fields) {
  std::string text;
  text.reserve(512);
  AppendLine(text, {"jejak/action/v1"});
  AppendLine(text, {"log", fields.log});
  AppendLine(text, {"stream", fields.stream.text()});
  if (fields.under) {
    AppendLine(text, {"under", fields.under->id, EncodeHash(fields.under->publish)});
  }
  AppendLine(text, {fields.position == PositionKind::kSeen ? "seen" : "after",
                    std::to_string(fields.position_count),
                    fields.position_count == 0 ? "-" : EncodeHash(fields.position_root)});
  AppendLine(text, {"type", fields.type});
  for (const std::string& label : fields.about) AppendLine(text, {"about", label});
  AppendLine(text, {"at", FormatAt(fields.at)});
  if (fields.until) AppendLine(text, {"until", FormatAt(*fields.until)});
  for (const auto& party : fields.parties) {
    AppendLine(text, {"party", party.role, tlog::EncodeVerifierKey(party.key)});
  }
  for (const auto& by : fields.by) AppendLine(text, {"by", by.name, by.role});
  return text;
}

Result<std::string> EncodeActionText(const ActionFields& fields) {
  std::string text = EncodeActionPrefix(fields);
  AppendBody(text, fields);
  // A line feed inside a field would be read as the start of another line.
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  if (lines != LineCount(fields)) return Malformed("a field holds a line feed; leave it out");
  JEJAK_TRY(draft, ParseDraft(text + "\n"));
  if (draft.action.body_form != fields.body_form) {
    return InLine("body", Malformed("a case commits to its body, other streams hold it inline"));
  }
  return text;
}

tlog::SignatureLine SignAction(std::string_view text, std::string_view name,
                               const crypto::SecretKey& secret) {
  return tlog::SignNote(text, name, secret);
}

}  // namespace jejak::record
