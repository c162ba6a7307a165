// SPDX-License-Identifier: Apache-2.0
// Bodies and sealed fields: the input is  pointer LF value LF body ; the body's first "HASH"
// becomes the commitment of the field, and the action is made to commit to the body. No crash; what
// fits is what should be, and stops fitting under another key or at another place.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ledger/base/text.h"
#include "ledger/crypto/commitment.h"
#include "ledger/record/body.h"

namespace {

using namespace jejak::record;
using jejak::Digest;

void Require(bool condition) {
  if (!condition) std::abort();
}

ActionFields Fields() {
  ActionFields fields;
  fields.log = "fuzz.example/1";
  fields.stream = {StreamKind::kCase, "5MG3Z0FSDG8122AFHMEK5J0EY2"};
  fields.position_count = 1;
  fields.type = "exam.hold";
  fields.by = {{"fuzz.example/a", "-"}};
  fields.body_form = BodyForm::kCommitted;
  return fields;
}

void TryField(const Action& action, const jejak::json::Value& body, FieldOpening opening) {
  const Fit fit = CheckField(action, body, opening);
  if (fit == Fit::kDoesNotFit) return;
  Require(opening.pointer.starts_with('/'));
  Require((fit == Fit::kFits) == (jejak::json::ParseSealedValue(opening.value).ok() &&
                                  opening.value.size() <= kMaxBodyBytes));
  opening.key.bytes[0] ^= 1;
  Require(CheckField(action, body, opening) == Fit::kDoesNotFit);
  opening.key.bytes[0] ^= 1;
  opening.pointer += "/0";
  Require(CheckField(action, body, opening) == Fit::kDoesNotFit);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  jejak::LineReader lines({reinterpret_cast<const char*>(data), size});
  const auto pointer = lines.Next();
  const auto value = lines.Next();
  if (!pointer || !value) return 0;
  ActionFields fields = Fields();
  const std::string prefix = EncodeActionPrefix(fields);
  const FieldOpening field{std::string(*pointer), {}, std::string(*value)};
  std::string body(lines.rest());
  if (const std::size_t at = body.find("HASH"); at != std::string::npos) {
    body.replace(at, 4,
                 jejak::EncodeHash(
                     jejak::crypto::CommitSealed(field.key, prefix, field.pointer, field.value)));
  }
  fields.body_commitment = jejak::crypto::CommitBody({}, prefix, body);
  const auto text = EncodeActionText(fields);
  Require(text.ok());
  const auto draft = ParseDraft(*text + "\n");
  Require(draft.ok() && draft->action.commitment_prefix() == prefix);

  const CheckedBody checked = ReadBody(draft->action, {{}, body});
  Require(checked.fit != Fit::kDoesNotFit);
  Require((checked.fit == Fit::kFits) == checked.value.has_value());
  Require(CheckBody(draft->action, {{}, body + " "}) == Fit::kDoesNotFit);
  if (checked.value) TryField(draft->action, *checked.value, field);
  return 0;
}
