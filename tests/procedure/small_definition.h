// SPDX-License-Identifier: Apache-2.0
//
// A definition small enough to read, which uses every form once and has no problem, and edits of it.
#pragma once

#include <string>
#include <string_view>

namespace jejak::procedure {

inline constexpr std::string_view kSmall = R"({"format":"jejak/procedure/v1",
"id":"small","version":"1.0.0","title":{"id":"Kecil","en":"Small"},"source":"ours",
"zone":[{"from":"1970-01-01T00:00:00Z","offset":"+07:00"},{"from":"2024-01-01T00:00:00+07:00","offset":"+08:00"}],
"calendar":"calendar/none",
"parameters":{"days":{"value":5,"source":"law","basis":"art. 1"},
 "max_entry_lag":{"value":2,"source":"policy","basis":"ours"},
 "bosses":{"value":["chair","clerk"],"source":"policy","basis":"ours"}},
"codes":{"level":[{"code":"low","id":"Rendah","en":"Low"},{"code":"high","id":"Tinggi","en":"High"}]},
"tables":{"fee":[{"days":{"min":1,"max":3},"level":"low"},{"days":{"min":4,"max":null},"level":["high"]}]},
"tracks":{"person":{"key":"about","initial":"-","states":{"HEARD":{"id":"Didengar","en":"Heard"},"DONE":{"id":"Selesai","en":"Done"}},"final":["DONE"],"reopens":["case.again"]}},
"roles":{"chair":{"id":"Ketua","en":"Chair"},"clerk":{"id":"Panitera","en":"Clerk"}},
"closes":["case.end"],
"actions":[
 {"type":"hear.hold","title":{"id":"Dengar","en":"Hearing"},"track":"person","from":["-"],"to":"HEARD","roles":["chair"],"min_signers":1,
  "fields":{"on":{"type":"date","required":true},"days":{"type":"integer","required":true},"level":{"type":"code","codes":"level","required":true},
   "note":{"type":"string"},"members":{"type":"list","required":true,"of":{"type":"object","fields":{"rank":{"type":"code","codes":"level","required":true}}}},
   "paper":{"type":"attachment","required":true}},"audience":"party"},
 {"type":"rule.make","title":{"id":"Putus","en":"Decide"},"track":"person","from":["HEARD"],"to":{"field":"level","is":{"low":"DONE","high":"DONE"}},
  "roles":["chair","clerk"],"requires":["hear.hold",["hear.hold","case.again"]],"position":"after","parties":["clerk"],
  "fields":{"level":{"type":"code","codes":"level","required":true}},"deadline":{"from":"hear.hold","max":5,"unit":"working_days","kind":"law"}},
 {"type":"case.again","title":{"id":"Ulang","en":"Again"},"track":"person","from":["DONE"],"to":"HEARD","roles":[]},
 {"type":"case.end","title":{"id":"Tutup","en":"Close"},"roles":["clerk"]}],
"rules":[
 {"id":"R1","severity":"C","check":"P","scope":"person","source":"law","basis":["art. 1"],"title":{"id":"Dalam {days} hari","en":"Within {days} days"},"duties":[
  {"id":"timely","each":{"type":"hear.hold","as":"h"},"let":{"r":{"first":{"type":"rule.make","after":"h","segment":"h"}}},
   "when":{"any":[{"not":{"found":"r"}},{"ge":["$r.level","low"],"order":"level"}]},
   "require":{"all":[{"must":{"type":"rule.make","after":"h","with":{"level":["low","high"]}},"by":{"from":"$h@date","max":"$param.days","unit":"working_days"},"until":{"type":"case.end"}},
     {"in":["$h.level","$code.level"]},{"contains_all":["$param.bosses","$h@roles"]},{"every":"$h.members","as":"m","is":{"eq":["$m.rank","low"]}},
     {"lookup":"fee","row":{"days":"$h.days","level":"$h.level"}},{"checked":"h","for":["fields","state"]}]},
   "says":{"id":"Oleh {bosses}","en":"By {bosses}"}}]},
 {"id":"R2","severity":"M","check":"P/S","scope":"case","source":"policy","basis":[],"title":{"id":"Akhir","en":"End"},"duties":[
  {"id":"end","each":{"type":"case.end"},"require":{"if":{"states":"person","in":["DONE"],"at":"x"},"then":{"none":{"type":"hear.hold","before":"x","where":{"within":{"from":"$.on","to":"$@date","min":1,"max":"$param.days","unit":"calendar_days"}}}}},"says":{"id":"Selesai","en":"Done"}},
  {"id":"own","scope":"person","require":{"count":{"type":["hear.hold","rule.make"],"where":{"in":["$key",["$$a","b"]]}},"min":0},"says":{"id":"Satu","en":"One"}},
  {"id":"day","each":{"type":"hear.hold","as":"a"},"require":{"on":{"date":"$a.on","from":"$a@date","plus":0,"unit":"calendar_days"}},"says":{"id":"Hari","en":"Day"}}]}]})";

// kSmall with its one occurrence of `old` replaced; "" if it doesn't occur exactly once.
inline std::string Edited(std::string_view old, std::string_view text) {
  std::string changed(kSmall);
  const std::size_t at = changed.find(old);
  if (at == changed.npos || changed.find(old, at + 1) != changed.npos) return {};
  return changed.replace(at, old.size(), text);
}

}  // namespace jejak::procedure
