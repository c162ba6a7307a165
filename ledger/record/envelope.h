// SPDX-License-Identifier: Apache-2.0
#pragma once

// The envelope: a note and what belongs beside the log, in one readable file (docs/formats.md
// section 11). What is signed on desks, sent to the ledger and kept. Pure; no thread rule.
//
//   jejak/action/v1
//   …
//   body INgtkSZyL1vYQZmBaO/RarBj2jhXQK3IuZdde2NCkiw=
//
//   — portal.example/intake 1KV9xRMOLcm8fXGEESUlET228o+uHjSEz5cHqNiWsGiZnf7+sZ/prMK…
//
//   body DVl9T3a+LfrlYjCjhSueCAWeJiy2JoWATtnC4GAus7E=
//   {"channel":"counter","report":{"$sealed":"FbaKNlPy1p+00fgKAnYhOgd7hnVuRc/GUwoiYxmikdQ="}}
//
//   opening /report s55b3hW3W20oBxIrtPdZ5Ffk+a7nTID14LpnZB809nw=
//   {"text":"Petugas loket tidak ada di tempat"}
//
// A document, if any, is last and needs no end of line: "document" and then its bytes.
// Takes the file apart and no more: the note is ParseAction's or ParseDraft's, the fit of the parts
// CheckBody's and CheckField's. A draft's note may have no signature line at all.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/record/body.h"

namespace jejak::record {

struct Envelope {
  std::string note;  // text, blank line, signature lines
  std::optional<BodyOpening> body;
  std::vector<FieldOpening> openings;
  std::optional<std::string> document;

  bool operator==(const Envelope&) const = default;
};

// kMalformed: no note in front, or anything after it that isn't a part, in order. What parses
// encodes to the same bytes. Linear in the text; how long that may be is the caller's limit.
Result<Envelope> ParseEnvelope(std::string_view text);

// kMalformed: a part that could be read as something else: a note that isn't one block of text and
// one of signature lines, a body or value with a line end, a pointer that isn't one.
Result<std::string> EncodeEnvelope(const Envelope& envelope);

// The envelopes of a batch (decimal LF envelope, repeated), as views into `text`, each to be judged
// on its own. An empty batch is one. kMalformed: a length that isn't one, is 0 or points past the
// end. At most one view per three bytes: a caller that counts refuses early.
Result<std::vector<std::string_view>> ParseBatch(std::string_view text);

// kMalformed: an empty envelope.
Result<std::string> EncodeBatch(const std::vector<std::string>& envelopes);

}  // namespace jejak::record
