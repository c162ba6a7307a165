// SPDX-License-Identifier: Apache-2.0
//
// Reads a page as strictly as XML would, so that a test can say what in it is markup and what text.
//
//   <p class="x">a &lt; b</p>   ->   tags {"p[class]"}, elements {{"p", "a < b", {{"class","x"}}}}
//
// Faults: an end without its start, an attribute without quotes or twice, a bare & or <, a reference
// other than the five of XML, a control character, an element left open.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jejak::presentation::test {

struct Element {
  std::string name;
  std::string text;                                             // of it and all within, decoded
  std::vector<std::pair<std::string, std::string>> attributes;  // decoded

  std::string Attribute(std::string_view name) const;
};

struct Markup {
  std::vector<std::string> tags;  // each start with its attributes' names, each end: "/p"
  std::vector<Element> elements;  // in the order in which they start
  std::string text;               // all text but style
  std::vector<std::string> faults;
};

Markup ReadMarkup(std::string_view page);

}  // namespace jejak::presentation::test
