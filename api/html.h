// SPDX-License-Identifier: Apache-2.0
//
// HTML in the making. Text is escaped by default; markup can only be a literal of this program, so
// nothing that a client or the log says ever becomes a tag or an attribute.
//
//   Html page;
//   page.Markup("<p>").Text(title_from_the_log).Markup("</p>");
//
// One thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace jejak::api {

class Html final {
 public:
  // A literal, known when the program is compiled.
  template <std::size_t kSize>
  Html& Markup(const char (&literal)[kSize]) {
    text_.append(literal, kSize - 1);
    return *this;
  }

  // Any text, as the content of an element or of a quoted attribute.
  Html& Text(std::string_view text) {
    for (const char c : text) {
      switch (c) {
        case '&':
          text_.append("&amp;");
          break;
        case '<':
          text_.append("&lt;");
          break;
        case '>':
          text_.append("&gt;");
          break;
        case '"':
          text_.append("&quot;");
          break;
        case '\'':
          text_.append("&#39;");
          break;
        default:
          text_.push_back(c);
      }
    }
    return *this;
  }

  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace jejak::api
