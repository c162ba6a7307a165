// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/envelope.h"

#include <algorithm>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/record/header_lines.h"

namespace jejak::record {
namespace {

constexpr std::string_view kSignaturePrefix = "\u2014 ";

// The bytes of the note that `text` begins with, 0 if it begins with none: the text up to its first
// blank line, then every line that looks like a signature.
std::size_t NoteBytes(std::string_view text) {
  const std::size_t blank = text.find("\n\n");
  if (blank == 0 || blank == std::string_view::npos) return 0;
  std::string_view rest = text.substr(blank + 2);
  while (rest.starts_with(kSignaturePrefix)) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return 0;
    rest.remove_prefix(end + 1);
  }
  return text.size() - rest.size();
}

// Enough of RFC 6901 that the line can be read in one way only; whether the pointer points at
// anything is for CheckField.
bool IsPointerText(std::string_view pointer) {
  return pointer.starts_with('/') && std::all_of(pointer.begin(), pointer.end(), [](char c) {
           return static_cast<unsigned char>(c) > 0x20;
         });
}

bool IsOneLine(std::string_view text) { return text.find('\n') == std::string_view::npos; }

class EnvelopeReader final {
 public:
  explicit EnvelopeReader(std::string_view parts) : rest_(parts) {}

  // Each part begins with the line feed that leaves a blank line in front of it.
  Result<void> ReadInto(Envelope& envelope) {
    if (TakePrefix(rest_, "\nbody ")) JEJAK_CHECKED(ReadBody(envelope));
    while (TakePrefix(rest_, "\nopening ")) JEJAK_CHECKED(ReadOpening(envelope));
    if (TakePrefix(rest_, "\ndocument\n")) {
      envelope.document = std::string(rest_);
      return {};
    }
    if (rest_.empty()) return {};
    return Malformed("after the note stand body, opening and document parts, in this order");
  }

 private:
  // The line that is next, without its LF.
  Result<std::string_view> TakeRestOfLine(std::string_view part) {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) {
      return InLine(part, Malformed("every line of this part must end with a line feed"));
    }
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }

  Result<void> ReadBody(Envelope& envelope) {
    JEJAK_TRY(key_text, TakeRestOfLine("body"));
    auto key = ParseHash(key_text);
    if (!key) return InLine("body", std::move(key).error());
    JEJAK_TRY(text, TakeRestOfLine("body"));
    envelope.body = BodyOpening{*key, std::string(text)};
    return {};
  }

  Result<void> ReadOpening(Envelope& envelope) {
    JEJAK_TRY(line, TakeRestOfLine("opening"));
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !IsPointerText(line.substr(0, space))) {
      return InLine("opening", Malformed("a pointer and a key stand here"));
    }
    auto key = ParseHash(line.substr(space + 1));
    if (!key) return InLine("opening", std::move(key).error());
    JEJAK_TRY(value, TakeRestOfLine("opening"));
    envelope.openings.push_back({std::string(line.substr(0, space)), *key, std::string(value)});
    return {};
  }

  std::string_view rest_;
};

}  // namespace

Result<Envelope> ParseEnvelope(std::string_view text) {
  const std::size_t note_bytes = NoteBytes(text);
  if (note_bytes == 0) return Malformed("an envelope begins with a note: text, blank line, lines");
  Envelope envelope;
  envelope.note = std::string(text.substr(0, note_bytes));
  JEJAK_CHECKED(EnvelopeReader(text.substr(note_bytes)).ReadInto(envelope));
  return envelope;
}

Result<std::string> EncodeEnvelope(const Envelope& envelope) {
  if (envelope.note.empty() || NoteBytes(envelope.note) != envelope.note.size()) {
    return Malformed("a note is text, a blank line and signature lines, and nothing else");
  }
  std::string text = envelope.note;
  if (envelope.body) {
    if (!IsOneLine(envelope.body->text)) return InLine("body", Malformed("a body is one line"));
    text.append("\nbody ").append(EncodeHash(envelope.body->key));
    text.append("\n").append(envelope.body->text).append("\n");
  }
  for (const FieldOpening& opening : envelope.openings) {
    if (!IsPointerText(opening.pointer) || !IsOneLine(opening.value)) {
      return InLine("opening", Malformed("a pointer has no spaces, a value is one line"));
    }
    text.append("\nopening ").append(opening.pointer).append(" ").append(EncodeHash(opening.key));
    text.append("\n").append(opening.value).append("\n");
  }
  if (envelope.document) text.append("\ndocument\n").append(*envelope.document);
  return text;
}

Result<std::vector<std::string_view>> ParseBatch(std::string_view text) {
  std::vector<std::string_view> envelopes;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      return Malformed("before each envelope stands its length in bytes, in a line of its own");
    }
    auto bytes = ParseDecimal(text.substr(0, end));
    if (!bytes) return InLine("batch", std::move(bytes).error());
    text.remove_prefix(end + 1);
    if (*bytes == 0 || *bytes > text.size()) {
      return InLine("batch", Malformed("an envelope's length must be that of what follows"));
    }
    envelopes.push_back(text.substr(0, *bytes));
    text.remove_prefix(*bytes);
  }
  return envelopes;
}

Result<std::string> EncodeBatch(const std::vector<std::string>& envelopes) {
  std::string text;
  for (const std::string& envelope : envelopes) {
    if (envelope.empty()) return InLine("batch", Malformed("an envelope can't be empty"));
    text.append(std::to_string(envelope.size())).append("\n").append(envelope);
  }
  return text;
}

}  // namespace jejak::record
