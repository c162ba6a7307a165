// SPDX-License-Identifier: Apache-2.0
#include "verifier/text_lines.h"

#include "ledger/base/unicode.h"

namespace jejak::verifier {
namespace {

constexpr std::size_t kLabelWidth = 14;
constexpr std::size_t kNameWidth = 19;

}  // namespace

std::string Colored(std::string_view text, std::string_view color, const TextStyle& style) {
  if (!style.colors) return std::string(text);
  return "\x1b[" + std::string(color) + "m" + std::string(text) + "\x1b[0m";
}

std::string Padded(std::string_view text, std::size_t width) {
  std::string out(text);
  const std::size_t characters = CountCodePoints(text);
  out.append(characters < width ? width - characters : 0, ' ');
  return out;
}

std::string Line(std::string_view label, std::string_view color, const std::string& name,
                 const std::string& text, const TextStyle& style) {
  return "  " + Colored(Padded(label, kLabelWidth), color, style) + Padded(name, kNameWidth) +
         text + "\n";
}

}  // namespace jejak::verifier
