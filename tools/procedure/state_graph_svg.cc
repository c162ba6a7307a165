// SPDX-License-Identifier: Apache-2.0
//
// Draws a state graph.
#include <algorithm>
#include <cmath>

#include "tools/procedure/layered_layout.h"
#include "tools/procedure/state_graph.h"

namespace jejak::guide {
namespace {

constexpr double kLetter = 5.7;  // mean width at 10 px, and some
constexpr double kLine = 14;
constexpr double kTitleLine = 17;
constexpr double kTitleLetter = 7.8;
constexpr double kPad = 10;
constexpr double kBadge = 17;

std::size_t Letters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// Whole tenths of a pixel: the same text on every machine.
std::string Number(double value) {
  const auto tenths = static_cast<std::int64_t>(std::llround(value * 10));
  const std::int64_t fraction = tenths < 0 ? -(tenths % 10) : tenths % 10;
  std::string text = (tenths < 0 && tenths > -10 ? "-" : "") + std::to_string(tenths / 10);
  return fraction == 0 ? text : text + "." + std::to_string(fraction);
}

std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

double WidthOf(const std::vector<std::string>& lines) {
  double width = 0;
  for (const std::string& line : lines)
    width = std::max(width, kLetter * static_cast<double>(Letters(line)));
  return width;
}

std::string Text(double x, double y, std::string_view style, std::string_view text) {
  return "<text x=\"" + Number(x) + "\" y=\"" + Number(y) + "\" class=\"" + std::string(style) +
         "\">" + Escape(text) + "</text>\n";
}

class Drawing final {
 public:
  explicit Drawing(const StateGraph& graph) : graph_(graph) {}

  std::string Draw() {
    for (const StateGraph::Node& node : graph_.nodes) boxes_.push_back(Measure(node));
    for (std::size_t i = 0; i < graph_.wide.size(); ++i) AddEntrance(i);
    for (const StateGraph::Arrow& arrow : graph_.arrows) AddLink(arrow);
    const Size size = LayOut(boxes_, links_);
    std::string body;
    for (std::size_t i = 0; i < links_.size(); ++i) body += DrawLink(i);
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) body += DrawNode(i);
    for (std::size_t i = 0; i < graph_.wide.size(); ++i) body += DrawEntrance(i);
    return Head(size) + body + "</svg>\n";
  }

 private:
  static Box Measure(const StateGraph::Node& node) {
    Box box;
    box.width =
        std::max({kTitleLetter * static_cast<double>(Letters(node.title)), WidthOf(node.inside),
                  kBadge * static_cast<double>(node.may_leave_by.size())}) +
        2 * kPad;
    box.height = kTitleLine + kLine * static_cast<double>(node.inside.size()) +
                 (node.may_leave_by.empty() ? 0 : kBadge + 2) + 2 * kPad;
    return box;
  }

  // A step that is done in many states comes in from a box of its own.
  void AddEntrance(std::size_t index) {
    const StateGraph::Wide& wide = graph_.wide[index];
    Box box;
    box.width = WidthOf(wide.lines) + kBadge + 2 * kPad;
    box.height = kLine * static_cast<double>(wide.lines.size()) + kPad;
    boxes_.push_back(box);
    Link link;
    link.from = graph_.nodes.size() + index;
    link.to = wide.to;
    links_.push_back(link);
  }

  void AddLink(const StateGraph::Arrow& arrow) {
    Link link;
    link.from = arrow.from;
    link.to = arrow.to;
    link.label.width = WidthOf(arrow.lines) + 4;
    link.label.height = kLine * static_cast<double>(arrow.lines.size()) + 4;
    links_.push_back(link);
  }

  // A curve from each point to the next; straight where they are above each other.
  static std::string Path(const std::vector<Link::Point>& points, bool last) {
    std::string path = "M" + Number(points[0].x) + " " + Number(points[0].y);
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Link::Point& from = points[i - 1];
      const Link::Point& to = points[i];
      if (Number(from.x) == Number(to.x)) {
        if (Number(from.y) != Number(to.y)) path += " V" + Number(to.y);
        continue;
      }
      const std::string middle = Number((from.y + to.y) / 2);
      path += " C" + Number(from.x) + " " + middle + " " + Number(to.x) + " " + middle + " " +
              Number(to.x) + " " + Number(to.y);
    }
    return "<path class=\"arrow\" d=\"" + path + "\"" + (last ? " marker-end=\"url(#head)\"" : "") +
           "/>\n";
  }

  std::string DrawLink(std::size_t index) const {
    const Link& link = links_[index];
    std::string text;
    for (std::size_t i = 0; i < link.stretches.size(); ++i)
      text += Path(link.stretches[i], i + 1 == link.stretches.size());
    if (index < graph_.wide.size()) return text;
    const std::vector<std::string>& lines = graph_.arrows[index - graph_.wide.size()].lines;
    double y = link.label.y - kLine * static_cast<double>(lines.size()) / 2 + kLine - 4;
    for (const std::string& line : lines) {
      if (!line.empty()) text += Text(link.label.x, y, "step", line);
      y += kLine;
    }
    return text;
  }

  static std::string Frame(const Box& box, double grow, std::string_view style) {
    return "<rect x=\"" + Number(box.x - box.width / 2 - grow) + "\" y=\"" +
           Number(box.y - box.height / 2 - grow) + "\" width=\"" + Number(box.width + 2 * grow) +
           "\" height=\"" + Number(box.height + 2 * grow) + "\" rx=\"6\" class=\"" +
           std::string(style) + "\"/>\n";
  }

  std::string DrawNode(std::size_t index) const {
    const StateGraph::Node& node = graph_.nodes[index];
    const Box& box = boxes_[index];
    std::string text = Frame(box, 0, node.final ? "state final" : "state");
    if (node.final) text += Frame(box, -3, "inner");
    double y = box.y - box.height / 2 + kPad + kTitleLine - 5;
    text += Text(box.x, y, "title", node.title);
    for (const std::string& line : node.inside) text += Text(box.x, y += kLine, "step", line);
    double x = box.x - kBadge * (static_cast<double>(node.may_leave_by.size()) - 1) / 2;
    y = box.y + box.height / 2 - kPad - 5;
    for (const unsigned number : node.may_leave_by) {
      text += Badge(x, y, number);
      x += kBadge;
    }
    return text;
  }

  std::string DrawEntrance(std::size_t index) const {
    const StateGraph::Wide& wide = graph_.wide[index];
    const Box& box = boxes_[graph_.nodes.size() + index];
    std::string text =
        Badge(box.x - box.width / 2 + kBadge / 2 + 2, box.y, static_cast<unsigned>(index + 1));
    double y = box.y - kLine * static_cast<double>(wide.lines.size()) / 2 + kLine - 4;
    for (const std::string& line : wide.lines) {
      text += Text(box.x + kBadge / 2, y, "step", line);
      y += kLine;
    }
    return text;
  }

  static std::string Badge(double x, double y, unsigned number) {
    return "<circle cx=\"" + Number(x) + "\" cy=\"" + Number(y) + "\" r=\"7\" class=\"badge\"/>\n" +
           Text(x, y + 3.5, "number", std::to_string(number));
  }

  std::string Head(Size size) const {
    const std::string width = Number(std::ceil(size.width));
    const std::string height = Number(std::ceil(size.height));
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height +
           "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\">\n<title>" +
           Escape(graph_.title) +
           "</title>\n<style>"
           "text{font-family:'DejaVu Sans',Verdana,sans-serif;font-size:10px;text-anchor:middle;"
           "fill:#1b2733}"
           ".title{font-size:12px;font-weight:bold}"
           ".state{fill:#eef3f8;stroke:#44627f;stroke-width:1.2}"
           ".final{fill:#e9f4ea;stroke:#3d7046}"
           ".inner{fill:none;stroke:#3d7046;stroke-width:.8}"
           ".arrow{fill:none;stroke:#5a6b7b;stroke-width:1.1}"
           ".badge{fill:#fff3d6;stroke:#a3741b}"
           ".number{font-size:9px}"
           "</style>\n<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" "
           "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8Z\" "
           "fill=\"#5a6b7b\"/></marker></defs>\n<rect width=\"100%\" height=\"100%\" "
           "fill=\"#fff\"/>\n";
  }

  const StateGraph& graph_;
  std::vector<Box> boxes_;   // the states, then the entrances
  std::vector<Link> links_;  // of the entrances, then the arrows
};

}  // namespace

std::string DrawStateGraph(const StateGraph& graph) { return Drawing(graph).Draw(); }

}  // namespace jejak::guide
