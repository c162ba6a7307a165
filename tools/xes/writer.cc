// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "tools/xes/export.h"

namespace jejak::xes {
namespace {

void AppendEscaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\t':
        out += "&#9;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\xEF\xBF\xBD";
        } else {
          out += c;
        }
    }
  }
}

// Attributes as elements; each is closed when one follows that is not within it.
void AppendAttributes(std::string& out, const Attributes& attributes, std::string indent) {
  std::vector<const Attribute*> open;
  const auto close_to = [&](std::size_t level) {
    while (open.size() > level) {
      indent.pop_back();
      out += indent + "</" + open.back()->type + ">\n";
      open.pop_back();
    }
  };
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const Attribute& attribute = attributes[i];
    close_to(attribute.level);
    out += indent + "<" + attribute.type;
    if (attribute.type != "values") {
      out += " key=\"";
      AppendEscaped(out, attribute.key);
      out += "\"";
      if (attribute.type != "list" && attribute.type != "container") {
        out += " value=\"";
        AppendEscaped(out, attribute.value);
        out += "\"";
      }
    }
    const bool holds = i + 1 < attributes.size() && attributes[i + 1].level > attribute.level;
    out += holds ? ">\n" : "/>\n";
    if (!holds) continue;
    open.push_back(&attribute);
    indent += '\t';
  }
  close_to(0);
}

}  // namespace

std::string XmlHead() {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<log xes.version=\"1.0\" xes.features=\"nested-attributes\" "
         "xmlns=\"http://www.xes-standard.org/\">\n"
         "\t<extension name=\"Concept\" prefix=\"concept\" "
         "uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
         "\t<extension name=\"Time\" prefix=\"time\" "
         "uri=\"http://www.xes-standard.org/time.xesext\"/>\n"
         "\t<extension name=\"Organizational\" prefix=\"org\" "
         "uri=\"http://www.xes-standard.org/org.xesext\"/>\n"
         "\t<extension name=\"Lifecycle\" prefix=\"lifecycle\" "
         "uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n";
}

std::string XmlTail() { return "</log>\n"; }

std::string TraceXml(const Trace& trace) {
  std::string out = "\t<trace>\n";
  AppendAttributes(out, trace.attributes, "\t\t");
  for (const Event& event : trace.events) {
    out += "\t\t<event>\n";
    AppendAttributes(out, event.attributes, "\t\t\t");
    out += "\t\t</event>\n";
  }
  return out + "\t</trace>\n";
}

std::string WriteXes(const EventLog& log) {
  std::string out = XmlHead();
  for (const Trace& trace : log.traces) out += TraceXml(trace);
  return out + XmlTail();
}

}  // namespace jejak::xes
