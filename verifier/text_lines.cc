// SPDX-License-Identifier: Apache-2.0
#include "verifier/text_lines.h"

#include <algorithm>

namespace jejak::verifier {
namespace {

constexpr std::size_t kLabelWidth = 14;
constexpr std::size_t kNameWidth = 19;

// Bytes that don't continue a character.
std::size_t Characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }));
}

}  // namespace

std::string Colored(std::string_view text, std::string_view color, const TextStyle& style) {
  if (!style.colors) return std::string(text);
  return "\x1b[" + std::string(color) + "m" + std::string(text) + "\x1b[0m";
}

std::string Padded(std::string_view text, std::size_t width) {
  std::string out(text);
  const std::size_t characters = Characters(text);
  out.append(characters < width ? width - characters : 0, ' ');
  return out;
}

std::string Line(std::string_view label, std::string_view color, const std::string& name,
                 const std::string& text, const TextStyle& style) {
  return "  " + Colored(Padded(label, kLabelWidth), color, style) + Padded(name, kNameWidth) +
         text + "\n";
}

}  // namespace jejak::verifier
