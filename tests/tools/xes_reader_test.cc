// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_directory.h"
#include "tools/xes/export.h"
#include "tools/xes/reader.h"

namespace jejak::xes {
namespace {

constexpr const char* kSmall = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment with & and <log> in it -->
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <float key="average" value="4.13"><float key="Resource14" value="1.004"/></float>
  <trace>
    <string key="concept:name" value="A &amp; B"/>
    <event>
      <string key="concept:name" value="Create &#x22;Fine&#34;"/>
      <date key="time:timestamp" value="2011-10-11T13:45:40.276+02:00"/>
      <int key="article" value="157"/>
      <float key="amount" value="35.0"/>
      <boolean key="paid" value="false"/>
      <id key="ref" value="f47ac10b-58cc-4372-a567-0e02b2c3d479"/>
      <string key="empty" value=""/>
      <list key="phones"><values><string key="a" value="1"/><string key="a" value="2"/></values></list>
      <string key="outer" value="o"><container key="c"><int key="deep" value="-9"/></container></string>
    </event>
    <event/>
  </trace>
  <trace/>
</log>
)";

Trace SmallTrace() {
  const Event first{{{"string", "concept:name", "Create \"Fine\"", 0},
                     {"date", "time:timestamp", "2011-10-11T13:45:40.276+02:00", 0},
                     {"int", "article", "157", 0},
                     {"float", "amount", "35.0", 0},
                     {"boolean", "paid", "false", 0},
                     {"id", "ref", "f47ac10b-58cc-4372-a567-0e02b2c3d479", 0},
                     {"string", "empty", "", 0},
                     {"list", "phones", "", 0},
                     {"values", "", "", 1},
                     {"string", "a", "1", 2},
                     {"string", "a", "2", 2},
                     {"string", "outer", "o", 0},
                     {"container", "c", "", 1},
                     {"int", "deep", "-9", 2}}};
  return {{{"string", "concept:name", "A & B", 0}}, {first, Event{}}};
}

// A log with this inside its first event.
std::string WithEvent(const std::string& inside) {
  return "<log><trace><event>" + inside + "</event></trace></log>";
}

TEST(XesReader, KeepsEveryAttributeAsItsText) {
  const auto log = ParseXes(kSmall);
  ASSERT_TRUE(log.ok()) << log.error().detail;
  ASSERT_EQ(log->traces.size(), 2u);
  EXPECT_EQ(log->traces[0], SmallTrace());
  EXPECT_EQ(log->traces[1], Trace{});
  EXPECT_EQ(log->events(), 2u);
}

TEST(XesReader, FindsAttributesOfLevelZeroOnly) {
  const Event event = SmallTrace().events[0];
  ASSERT_NE(Find(event.attributes, "article"), nullptr);
  EXPECT_EQ(*Find(event.attributes, "article"), "157");
  EXPECT_EQ(Find(event.attributes, "deep"), nullptr);
}

TEST(XesReader, TakesANamespacePrefix) {
  const auto log =
      ParseXes("<x:log><x:trace><x:event><x:int key='a' value='1'/></x:event></x:trace></x:log>");
  ASSERT_TRUE(log.ok()) << log.error().detail;
  EXPECT_EQ(log->traces[0].events[0].attributes, (Attributes{{"int", "a", "1", 0}}));
}

TEST(XesWriter, WhatItWritesReadsBackEqual) {
  Trace trace = SmallTrace();
  trace.events[1].attributes = {{"string", "k\"<&>", "tab\tline\nreturn\r <&>\"' \xC3\xA9", 0}};
  const auto log = ParseXes(WriteXes({{trace, Trace{}}}));
  ASSERT_TRUE(log.ok()) << log.error().detail;
  ASSERT_EQ(log->traces.size(), 2u);
  EXPECT_EQ(log->traces[0], trace);
}

TEST(XesWriter, WritesNoCharacterThatXmlCannotHold) {
  const Trace trace{{{"string", "a", "x\x01y", 0}}, {}};
  const auto log = ParseXes(WriteXes({{trace}}));
  ASSERT_TRUE(log.ok()) << log.error().detail;
  EXPECT_EQ(log->traces[0].attributes[0].value, "x\xEF\xBF\xBDy");
}

struct Refused {
  const char* name;
  std::string text;
  const char* says;
};

class RefusedXes : public testing::TestWithParam<Refused> {};

TEST_P(RefusedXes, IsRefusedWithASentence) {
  const auto log = ParseXes(GetParam().text);
  ASSERT_FALSE(log.ok());
  EXPECT_NE(log.error().detail.find(GetParam().says), std::string::npos) << log.error().detail;
}

std::string Nested(std::size_t depth) {
  std::string open;
  std::string close;
  for (std::size_t i = 0; i < depth; ++i) {
    open += "<int key='a' value='1'>";
    close += "</int>";
  }
  return WithEvent(open + close);
}

const Refused kRefused[] = {
    {"nothing", "", "not XML"},
    {"text", "hello", "not XML"},
    {"json", R"({"format":"jejak/casefile/v1"})", "not XML"},
    {"html", "<html><body/></html>", "not XES"},
    {"two_logs", "<log/><log/>", "not XES"},
    {"cut_off", "<log><trace>", "not XML"},
    {"open_comment", "<log><!-- ", "no end"},
    {"doctype", "<!DOCTYPE log [<!ENTITY a 'b'>]><log/>", "document type"},
    {"external_entity", "<!DOCTYPE log SYSTEM 'file:///etc/passwd'><log/>", "document type"},
    {"unknown_entity", WithEvent("<string key='a' value='&lol;'/>"), "entity"},
    {"bare_ampersand", WithEvent("<string key='a' value='a & b'/>"), "entity"},
    {"zero_character", WithEvent("<string key='a' value='a&#0;b'/>"), "entity"},
    {"surrogate_character", WithEvent("<string key='a' value='&#xD800;'/>"), "entity"},
    {"huge_character", WithEvent("<string key='a' value='&#99999999;'/>"), "entity"},
    {"nul", std::string("<log>\0</log>", 12), "UTF-8"},
    {"control_character", WithEvent("<string key='a' value='a\x1b[0mb'/>"), "UTF-8"},
    {"latin_1", "<log><!-- \xE9 --></log>", "UTF-8"},
    {"utf_16", std::string("\xFF\xFE<\0l\0o\0g\0/\0>\0", 14), "UTF-8"},
    {"million_levels", Nested(1'000'000), "16 levels"},
    {"seventeen_levels", Nested(17), "16 levels"},
    {"two_same_keys",
     WithEvent("<string key='org:resource' value='a'/><string key='org:resource' value='b'/>"),
     "trace 1, event 1: two attributes"},
    {"no_key", WithEvent("<string value='a'/>"), "without a key"},
    {"no_value", WithEvent("<string key='a'/>"), "without a value"},
    {"list_with_value", WithEvent("<list key='a' value='b'/>"), "list with one"},
    {"unknown_element", WithEvent("<script key='a' value='b'/>"), "no attribute of XES"},
    {"text_in_an_event", WithEvent("hello"), "text between"},
    {"event_outside", "<log><event/></log>", "outside of traces"},
};
INSTANTIATE_TEST_SUITE_P(Xes, RefusedXes, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(XesReader, TakesSixteenLevels) { EXPECT_TRUE(ParseXes(Nested(16)).ok()); }

TEST(XesReader, CountsTagsBeforeItParses) {
  std::string text = "<log>";
  for (std::size_t i = 0; i < kMaxTags; ++i) text += "<a/>";
  EXPECT_EQ(CheckXmlText(text).error().code, Code::kRefused);
}

// A gzip file of "<log/>\n", written by gzip -n.
const std::string kGzip(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xb3\xc9\xc9\x4f\xd7\xb7\xe3\x02\x00\xe1\x03\x0b\xa2"
    "\x07"
    "\x00\x00\x00",
    27);

TEST(XesFile, InflatesOneMemberOrSeveral) {
  const auto one = Inflate(kGzip, 7);
  ASSERT_TRUE(one.ok()) << one.error().detail;
  EXPECT_EQ(*one, "<log/>\n");
  const auto two = Inflate(kGzip + kGzip, 14);
  ASSERT_TRUE(two.ok()) << two.error().detail;
  EXPECT_EQ(*two, "<log/>\n<log/>\n");
}

TEST(XesFile, BoundsWhatItInflates) {
  EXPECT_EQ(Inflate(kGzip, 6).error().code, Code::kRefused);
  EXPECT_EQ(Inflate(kGzip + kGzip, 13).error().code, Code::kRefused);
}

TEST(XesFile, RefusesDamagedGzip) {
  EXPECT_EQ(Inflate(kGzip.substr(0, 20), 100).error().code, Code::kMalformed);
  EXPECT_EQ(Inflate(kGzip + "x", 100).error().code, Code::kMalformed);
  std::string flipped = kGzip;
  flipped[20] = static_cast<char>(flipped[20] ^ 1);  // the checksum
  EXPECT_EQ(Inflate(flipped, 100).error().code, Code::kMalformed);
}

TEST(XesFile, TellsGzipByItsBytesAndNotByItsName) {
  const TemporaryDirectory directory;
  std::ofstream(directory / "a.xes", std::ios::binary) << kGzip;
  std::ofstream(directory / "b.xes.gz", std::ios::binary) << "<log/>\n";
  EXPECT_EQ(ReadXesText(directory / "a.xes").value(), "<log/>\n");
  EXPECT_EQ(ReadXesText(directory / "b.xes.gz").value(), "<log/>\n");
  EXPECT_EQ(ReadXesText(directory / "c").error().code, Code::kNotFound);
}

}  // namespace
}  // namespace jejak::xes
