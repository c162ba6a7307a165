// SPDX-License-Identifier: Apache-2.0
#include "tools/xes/reader.h"

#include <pugixml.hpp>
#include <set>

namespace jejak::xes {
namespace {

// The element's name without a namespace prefix.
std::string_view LocalName(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Collects the attributes of one trace or event: a walk in document order, without recursion.
class Walk final {
 public:
  Walk(Attributes& out, std::string where) : out_(out), where_(std::move(where)) {}

  // Elements `event` right below are left to the caller.
  Result<void> Over(const pugi::xml_node& parent) {
    pugi::xml_node node = parent.first_child();
    unsigned level = 0;
    while (node) {
      const bool event = level == 0 && LocalName(node) == "event";
      if (!event) JEJAK_CHECKED(Take(node, level));
      if (!event && node.first_child()) {
        if (++level >= kMaxLevels)
          return Refused(where_ + ": attributes nest deeper than 16 levels");
        node = node.first_child();
        continue;
      }
      while (level > 0 && !node.next_sibling()) {
        node = node.parent();
        --level;
      }
      node = node.next_sibling();
    }
    return {};
  }

 private:
  Result<void> Take(const pugi::xml_node& node, unsigned level) {
    if (node.type() != pugi::node_element)
      return Malformed(where_ + ": text between elements, which XES does not have");
    Attribute attribute{std::string(LocalName(node)), node.attribute("key").value(),
                        node.attribute("value").value(), level};
    if (!IsAttributeType(attribute.type))
      return Malformed(where_ + ": an element that is no attribute of XES");
    const bool values = attribute.type == "values";
    if (values != attribute.key.empty()) return Malformed(where_ + ": an attribute without a key");
    const bool plain = !values && attribute.type != "list" && attribute.type != "container";
    if (plain != static_cast<bool>(node.attribute("value")))
      return Malformed(where_ + ": an attribute without a value, or a list with one");
    if (level == 0 && !keys_.insert(attribute.key).second)
      return Malformed(where_ + ": two attributes with the same key");
    out_.push_back(std::move(attribute));
    return {};
  }

  Attributes& out_;
  std::string where_;
  std::set<std::string> keys_;
};

Result<Trace> ReadTrace(const pugi::xml_node& node, const std::string& where) {
  Trace trace;
  JEJAK_CHECKED(Walk(trace.attributes, where).Over(node));
  for (const pugi::xml_node& child : node) {
    if (LocalName(child) != "event") continue;
    Event& event = trace.events.emplace_back();
    const std::string place = where + ", event " + std::to_string(trace.events.size());
    JEJAK_CHECKED(Walk(event.attributes, place).Over(child));
  }
  return trace;
}

}  // namespace

Result<EventLog> ParseXes(std::string text) {
  JEJAK_CHECKED(CheckXmlText(text));
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer_inplace(
      text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) {
    return Malformed("the file is not XML at byte " + std::to_string(parsed.offset) + ": " +
                     parsed.description());
  }
  const pugi::xml_node root = document.first_child();
  if (root.type() != pugi::node_element || LocalName(root) != "log" || root.next_sibling())
    return Malformed("the file is not XES: its outermost element is not <log>");
  EventLog log;
  for (const pugi::xml_node& child : root) {
    if (LocalName(child) == "event")
      return Malformed("the log has events outside of traces; only traces become cases");
    if (LocalName(child) != "trace") continue;
    JEJAK_TRY(trace, ReadTrace(child, "trace " + std::to_string(log.traces.size() + 1)));
    log.traces.push_back(std::move(trace));
  }
  return log;
}

}  // namespace jejak::xes
