// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/tools/small_definition.h"
#include "tools/procedure/layered_layout.h"
#include "tools/procedure/state_graph.h"

namespace jejak::guide {
namespace {

constexpr const char* kDuty = R"("require":{"count":{"type":"x.open"},"min":1})";

// What is not well-formed in a text of elements, or "".
std::string Malformation(std::string_view text) {
  std::vector<std::string> open;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '&' && text.find(';', at) > at + 5) return "a bare &";
    if (text[at] != '<') continue;
    const std::size_t end = text.find('>', at);
    if (end == text.npos) return "an open tag at the end";
    const std::string_view tag = text.substr(at + 1, end - at - 1);
    if (std::count(tag.begin(), tag.end(), '"') % 2 != 0) return "an open quote";
    const std::string name(tag.substr(0, tag.find_first_of(" /", 1)));
    if (tag.starts_with('/')) {
      if (open.empty() || "/" + open.back() != tag) return "a stray " + std::string(tag);
      open.pop_back();
    } else if (!tag.ends_with('/')) {
      open.push_back(name);
    }
    at = end;
  }
  return open.empty() ? "" : "an open " + open.back();
}

TEST(StateGraph, HasEveryStateAndEveryMove) {
  const Document document = test::ReadSmall(test::SmallDefinition(kDuty));
  const Naming naming(document.definition, Glossary::BuiltIn(),
                      {Language::kEnglish, Markup::kPlain});
  const StateGraph graph = BuildStateGraph(naming, 0);
  ASSERT_EQ(graph.nodes.size(), 3u);
  EXPECT_EQ(graph.nodes[0].title, "initial");
  EXPECT_FALSE(graph.nodes[1].final);
  EXPECT_TRUE(graph.nodes[2].final);
  ASSERT_EQ(graph.arrows.size(), 3u);
  EXPECT_EQ(graph.arrows[1].lines,
            (std::vector<std::string>{"Decision <&>", "≤ 5 working days after Opening"}));
  EXPECT_EQ(graph.arrows[2].from, 2u);  // reopened: upwards
  EXPECT_EQ(graph.arrows[2].to, 1u);
}

TEST(StateGraph, IsWellFormedAndItsTextIsText) {
  const Document document = test::ReadSmall(test::SmallDefinition(kDuty));
  const std::string svg =
      StateGraphSvg(document.definition, 0, Glossary::BuiltIn(), Language::kEnglish);
  EXPECT_EQ(Malformation(svg), "");
  EXPECT_NE(svg.find(">Decision &lt;&amp;&gt;</text>"), svg.npos);
  EXPECT_NE(svg.find("class=\"state final\""), svg.npos);
  EXPECT_EQ(Malformation(svg.substr(0, svg.size() - 8)), "an open svg");
}

TEST(StateGraph, AStepOfManyStatesIsNumbered) {
  std::ifstream file(JEJAK_SOURCE_DIR "/docs/procedures/pp94-kota.json");
  const auto document = ReadDocument(std::string(std::istreambuf_iterator<char>(file), {}));
  ASSERT_TRUE(document.ok());
  const Naming naming(document->definition, Glossary::BuiltIn(),
                      {Language::kIndonesian, Markup::kPlain});
  const StateGraph graph = BuildStateGraph(naming, 1);
  ASSERT_EQ(graph.wide.size(), 3u);  // lapse, and the two that reopen
  EXPECT_EQ(std::count_if(graph.nodes.begin(), graph.nodes.end(),
                          [](const auto& node) {
                            return std::count(node.may_leave_by.begin(), node.may_leave_by.end(),
                                              1u) > 0;
                          }),
            14);
  EXPECT_EQ(Malformation(DrawStateGraph(graph)), "");
}

bool Overlap(const Box& a, const Box& b) {
  return std::abs(a.x - b.x) * 2 < a.width + b.width &&
         std::abs(a.y - b.y) * 2 < a.height + b.height;
}

// Seeded graphs with cycles: no box and no label covers another, and every link meets its boxes.
TEST(LayeredLayout, KeepsEverythingApart) {
  std::uint32_t random = 1;
  const auto next = [&random](std::uint32_t below) {
    return (random = random * 1664525U + 1013904223U) / 65536U % below;
  };
  for (int round = 0; round < 50; ++round) {
    std::vector<Box> boxes(3 + next(12));
    for (Box& box : boxes) box = {20.0 + next(100), 20.0 + next(60), 0, 0};
    std::vector<Link> links(boxes.size() + next(10));
    for (Link& link : links) {
      link.from = next(static_cast<std::uint32_t>(boxes.size()));
      link.to = (link.from + 1 + next(static_cast<std::uint32_t>(boxes.size() - 1))) % boxes.size();
      link.label = {30.0 + next(80), 14, 0, 0};
    }
    const Size size = LayOut(boxes, links);
    std::vector<Box> all = boxes;
    for (const Link& link : links) {
      all.push_back(link.label);
      ASSERT_EQ(link.stretches.size(), 2u);
      const Link::Point& start = link.stretches.front().front();
      EXPECT_LE(std::abs(start.x - boxes[link.from].x) * 2, boxes[link.from].width);
      EXPECT_NEAR(std::abs(start.y - boxes[link.from].y) * 2, boxes[link.from].height, 1e-6);
      const Link::Point& end = link.stretches.back().back();
      EXPECT_NEAR(std::abs(end.y - boxes[link.to].y) * 2, boxes[link.to].height, 1e-6);
    }
    for (std::size_t a = 0; a < all.size(); ++a) {
      EXPECT_GE(all[a].x - all[a].width / 2, 0);
      EXPECT_LE(all[a].x + all[a].width / 2, size.width);
      for (std::size_t b = a + 1; b < all.size(); ++b)
        EXPECT_FALSE(Overlap(all[a], all[b])) << round << ": " << a << " " << b;
    }
  }
}

}  // namespace
}  // namespace jejak::guide
