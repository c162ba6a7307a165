// SPDX-License-Identifier: Apache-2.0
//
// HTML in the making, where nothing that a file says can become markup.
//
//   HtmlWriter page;
//   page.Raw("<p class=\"note\">").Text(title_from_the_log).Raw("</p>");
//
// Markup is known when the program is compiled (`Literal` can't be made later); all else is text:
// escaped for an element and for a quoted attribute alike, and made visible where it would not be
// (displayable.h). What is written is well-formed XML too, as long as the literals are.
//
// Values; one thread each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace jejak::presentation {

// A text of this program's source.
class Literal final {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is written as one.
  consteval Literal(const char* text) : text_(text) {}
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class HtmlWriter final {
 public:
  HtmlWriter& Raw(Literal markup);
  HtmlWriter& Text(std::string_view text);
  HtmlWriter& Number(std::int64_t number);
  // What another writer made.
  HtmlWriter& Add(const HtmlWriter& part);

  bool empty() const { return text_.empty(); }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace jejak::presentation
