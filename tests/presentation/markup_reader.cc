// SPDX-License-Identifier: Apache-2.0
#include "tests/presentation/markup_reader.h"

#include <algorithm>
#include <array>
#include <set>

namespace jejak::presentation::test {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> kReferences = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}}};

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

class Reader final {
 public:
  explicit Reader(std::string_view page) : rest_(page) {}

  Markup Read() {
    if (!Take("<!DOCTYPE html>\n")) Fault("doctype");
    while (!rest_.empty() && markup_.faults.size() < 10) {
      if (rest_.front() == '<') {
        Tag();
      } else {
        AddText(Character());
      }
    }
    if (!open_.empty()) Fault("left open: " + markup_.elements[open_.back()].name);
    return std::move(markup_);
  }

 private:
  void Fault(const std::string& what) {
    markup_.faults.push_back(what + " before: " + std::string(rest_.substr(0, 60)));
  }

  bool Take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  std::string Name() {
    std::size_t size = 0;
    while (size < rest_.size() && IsNameCharacter(rest_[size])) ++size;
    std::string name(rest_.substr(0, size));
    if (name.empty()) Fault("no name");
    rest_.remove_prefix(size);
    return name;
  }

  char Character() {
    const char c = rest_.front();
    if (c == '&') {
      for (const auto& [reference, character] : kReferences) {
        if (Take(reference)) return character;
      }
      Fault("bare &");
    }
    if (c == '<' || (static_cast<unsigned char>(c) < 0x20 && c != '\n')) Fault("character");
    rest_.remove_prefix(1);
    return c;
  }

  void AddText(char c) {
    markup_.text += c;
    for (const std::size_t element : open_) markup_.elements[element].text += c;
  }

  void Tag() {
    if (Take("</")) return End(Name());
    Take("<");
    Element element;
    element.name = Name();
    if (!markup_.faults.empty()) return;
    std::string shape = element.name;
    while (Take(" ")) {
      Attribute(element);
      if (!markup_.faults.empty()) return;
      shape += "[" + element.attributes.back().first + "]";
    }
    markup_.tags.push_back(shape);
    markup_.elements.push_back(element);
    if (Take("/>")) return;
    if (!Take(">")) return Fault("tag not closed");
    open_.push_back(markup_.elements.size() - 1);
    if (element.name == "style")
      rest_.remove_prefix(std::min(rest_.size(), rest_.find("</style>")));
  }

  void Attribute(Element& element) {
    const std::string name = Name();
    for (const auto& [known, value] : element.attributes) {
      if (known == name) Fault("attribute twice");
    }
    if (!Take("=\"")) return Fault("attribute without value");
    std::string value;
    while (!rest_.empty() && rest_.front() != '"' && markup_.faults.empty()) value += Character();
    if (!Take("\"")) Fault("attribute not closed");
    element.attributes.emplace_back(name, value);
  }

  void End(const std::string& name) {
    if (!Take(">")) Fault("end not closed");
    if (open_.empty() || markup_.elements[open_.back()].name != name) return Fault("wrong end");
    markup_.tags.push_back("/" + name);
    open_.pop_back();
  }

  std::string_view rest_;
  Markup markup_;
  std::vector<std::size_t> open_;
};

}  // namespace

std::string Element::Attribute(std::string_view wanted) const {
  for (const auto& [known, value] : attributes) {
    if (known == wanted) return value;
  }
  return {};
}

Markup ReadMarkup(std::string_view page) { return Reader(page).Read(); }

}  // namespace jejak::presentation::test
