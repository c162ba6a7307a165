// SPDX-License-Identifier: Apache-2.0
// Actions and drafts: no crash; what is accepted is what the encoder makes of its fields; an action
// is a draft whose signatures are all there.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ledger/record/action.h"

namespace {

using namespace jejak::record;

void Require(bool condition) {
  if (!condition) std::abort();
}

std::string Rebuilt(const Action& action) {
  const auto text = EncodeActionText(action);
  Require(text.ok() && *text == action.text);
  std::string note = *text + "\n";
  for (const auto& line : action.signatures) note += jejak::tlog::EncodeSignatureLine(line);
  return note;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view note(reinterpret_cast<const char*>(data), size);
  const auto action = ParseAction(note);
  const auto draft = ParseDraft(note);
  Require(action.ok() == (draft.ok() && draft->complete()));
  if (!draft.ok()) {
    Require(draft.error().code == jejak::Code::kMalformed);
    return 0;
  }
  Require(Rebuilt(draft->action) == note && EncodeDraft(*draft) == note);
  Require(draft->action.text.starts_with(draft->action.commitment_prefix()));
  if (action.ok()) Require(EncodeAction(*action) == note && action->id() == draft->action.id());
  return 0;
}
