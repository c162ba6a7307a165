// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/html_writer.h"

#include "ledger/presentation/displayable.h"

namespace jejak::presentation {
namespace {

// The reference for a character that means something in markup; empty for others.
std::string_view Reference(char character) {
  switch (character) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

HtmlWriter& HtmlWriter::Raw(Literal markup) {
  text_ += markup.text();
  return *this;
}

HtmlWriter& HtmlWriter::Text(std::string_view text) {
  for (const char character : Displayable(text)) {
    const std::string_view reference = Reference(character);
    if (reference.empty()) {
      text_ += character;
    } else {
      text_ += reference;
    }
  }
  return *this;
}

HtmlWriter& HtmlWriter::Number(std::int64_t number) {
  text_ += std::to_string(number);
  return *this;
}

HtmlWriter& HtmlWriter::Add(const HtmlWriter& part) {
  text_ += part.text_;
  return *this;
}

}  // namespace jejak::presentation
