// SPDX-License-Identifier: Apache-2.0
//
// A definition of two tracks, a table, a list and one rule, whose parts a test replaces.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tools/procedure/document.h"

namespace jejak::test {

// `duty` is the inside of the one duty: "each", "let", "when" and "require".
inline std::string SmallDefinition(const std::string& duty) {
  return R"({"format":"jejak/procedure/v1","id":"small","version":"1","title":{"id":"Kecil","en":"Small"},"source":"none",
"zone":"+07:00","calendar":"calendar/none","parameters":{"days":{"value":5,"source":"policy","basis":"own choice"},
"done":{"value":["DONE"],"source":"policy","basis":"own choice"}},
"codes":{"level":[{"code":"low","id":"Rendah","en":"Low"},{"code":"high","id":"Tinggi","en":"High"}]},
"tables":{"fit":[{"level":"low","points":{"min":1,"max":3}},{"level":"high","points":{"min":4,"max":null}}]},
"tracks":{"officer":{"key":"about","initial":"-","states":{"OPEN":{"id":"Terbuka","en":"Open"},"DONE":{"id":"Selesai","en":"Done"}},
"final":["DONE"],"reopens":["x.again"]}},
"roles":{"clerk":{"id":"Petugas","en":"Clerk"},"judge":{"id":"Hakim","en":"Judge"}},"closes":["x.close"],
"actions":[
{"type":"x.open","title":{"id":"Pembukaan","en":"Opening"},"track":"officer","from":["-"],"to":"OPEN","roles":["clerk"],
 "fields":{"level":{"type":"code","codes":"level"},"on":{"type":"date"},"points":{"type":"integer"},"agreed":{"type":"boolean"},
 "team":{"type":"list","of":{"type":"object","fields":{"rank":{"type":"code","codes":"level"}}}},"note":{"type":"string","sealed":true}}},
{"type":"x.decide","title":{"id":"Keputusan","en":"Decision <&>"},"track":"officer","from":["OPEN"],"to":"DONE","roles":["judge"],"min_signers":2,
 "requires":["x.open"],"deadline":{"from":"x.open","max":5,"unit":"working_days","kind":"law"}},
{"type":"x.again","title":{"id":"Pembukaan kembali","en":"Reopening"},"track":"officer","from":["DONE"],"to":"OPEN","roles":["judge"]},
{"type":"x.close","title":{"id":"Penutupan","en":"Closing"},"roles":["clerk"]}],
"rules":[{"id":"R1","severity":"M","check":"P","scope":"officer","source":"law","basis":["law 1"],"title":{"id":"Aturan","en":"Rule"},
"duties":[{"id":"d",)" +
         duty + R"(,"says":{"id":"Kewajiban.","en":"Duty."}}]}]})";
}

inline guide::Document ReadSmall(const std::string& text) {
  auto document = guide::ReadDocument(text);
  EXPECT_TRUE(document.ok()) << (document.ok() ? "" : document.error().detail);
  return document.ok() ? *std::move(document) : guide::Document();
}

}  // namespace jejak::test
