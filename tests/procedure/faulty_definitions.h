// SPDX-License-Identifier: Apache-2.0
//
// Definitions with one fault each: what is wrong, the text, where it is said, a part of what is said.
#pragma once

#include <string>
#include <vector>

#include "tests/procedure/small_definition.h"

namespace jejak::procedure {

struct Faulty {
  const char* name;
  std::string text;  // of kSmall, edited
  const char* pointer;
  const char* message;
};

// A second track, which the first rule is judged by.
inline std::string OfAnotherTrack() {
  std::string text =
      Edited(R"("tracks":{"person")",
             R"("tracks":{"paper":{"key":"/sheet","initial":"-","states":{},"final":[]},"person")");
  const std::string_view scope = R"("scope":"person","source")";
  return text.replace(text.find(scope), scope.size(), R"("scope":"paper","source")");
}

inline std::vector<Faulty> FaultyDefinitions() {
  // clang-format off
  return {
      {"not JSON", R"({)", "", "JSON at byte"},
      {"no object", R"([])", "", "a definition must be an object"},
      {"a name twice", Edited(R"("id":"small")", R"("id":"small","id":"small")"), "/id", "the member \"id\" is given twice"},
      {"an unknown member", Edited(R"("source":"ours")", R"("source":"ours","a/b":1)"), "/a~1b", "unknown member \"a/b\": remove it"},
      {"no id", Edited(R"("id":"small",)", R"()"), "/id", "\"id\" is missing"},
      {"another format", Edited(R"(procedure/v1)", R"(procedure/v2)"), "/format", "jejak/procedure/v1"},
      {"an id of capitals", Edited(R"("id":"small")", R"("id":"SMALL")"), "/id", "\"SMALL\" won't do"},
      {"a version of words", Edited(R"(1.0.0)", R"(new)"), "/version", "\"new\" won't do"},
      {"a title of nothing", Edited(R"({"id":"Kecil","en":"Small"})", R"({})"), "/title", "empty"},
      {"a title of three", Edited(R"("en":"Small")", R"("en":"Small","nl":"Klein")"), "/title/nl", "unknown member \"nl\""},
      {"a zone of words", Edited(R"([{"from":"1970-01-01T00:00:00Z","offset":"+07:00"},{"from":"2024-01-01T00:00:00+07:00","offset":"+08:00"}])", R"("WIB")"), "/zone", "offset like +07:00"},
      {"a zone out of order", Edited(R"(1970-01-01T00:00:00Z)", R"(2025-01-01T00:00:00Z)"), "/zone/1/from", "time order"},
      {"a wrong offset", Edited(R"("+08:00")", R"("8")"), "/zone/1/offset", "\"8\" won't do"},
      {"a calendar without room", Edited(R"(calendar/none)", R"(none)"), "/calendar", "calendar/ and a calendar"},
      {"a parameter of null", Edited(R"("value":5)", R"("value":null)"), "/parameters/days/value", "a text, an integer"},
      {"a parameter without basis", Edited(R"("source":"law","basis":"art. 1"})", R"("source":"law"})"), "/parameters/days/basis", "\"basis\" is missing"},
      {"a parameter of hearsay", Edited(R"({"value":5,"source":"law")", R"({"value":5,"source":"hearsay")"), "/parameters/days/source", "law, article, policy or unverified"},
      {"a lag below 0", Edited(R"({"value":2,)", R"({"value":-2,)"), "/parameters/max_entry_lag/value", "working days"},
      {"a lag of text", Edited(R"({"value":2,)", R"({"value":"2",)"), "/parameters/max_entry_lag/value", "working days"},
      {"a code twice", Edited(R"({"code":"high")", R"({"code":"low")"), "/codes/level/1/code", "\"low\" is declared twice"},
      {"a code without text", Edited(R"(,"id":"Tinggi","en":"High"})", R"(})"), "/codes/level/1", "has no text"},
      {"a range reversed", Edited(R"({"min":1,"max":3})", R"({"min":3,"max":1})"), "/tables/fee/0/days", "exchange"},
      {"a range of kinds", Edited(R"({"min":1,"max":3})", R"({"min":1,"max":"2024-01-01"})"), "/tables/fee/0/days", "both"},
      {"a range without max", Edited(R"({"min":1,"max":3})", R"({"min":1})"), "/tables/fee/0/days/max", "\"max\" is missing"},
      {"a cell of null", Edited(R"("level":["high"])", R"("level":null)"), "/tables/fee/1/level", "a text, an integer"},
      {"a row of text", Edited(R"({"days":{"min":1,"max":3},"level":"low"})", R"("low")"), "/tables/fee/0", "a row must be an object"},
      {"a key inside", Edited(R"("key":"about")", R"("key":"/a/b")"), "/tracks/person/key", "\"/a/b\" won't do"},
      {"a final state unknown", Edited(R"("final":["DONE"])", R"("final":["GONE"])"), "/tracks/person/final/0", "unknown state \"GONE\""},
      {"a reopening type unknown", Edited(R"("reopens":["case.again"])", R"("reopens":["case.anew"])"), "/tracks/person/reopens/0", "unknown type \"case.anew\""},
      {"a track without initial", Edited(R"("initial":"-",)", R"()"), "/tracks/person/initial", "\"initial\" is missing"},
      {"a role in capitals", Edited(R"("chair":{"id")", R"("Chair":{"id")"), "/roles/Chair", "\"Chair\" won't do"},
      {"closes of words", Edited(R"("closes":["case.end"])", R"("closes":["end"])"), "/closes/0", "\"end\" won't do"},
      {"a type of one word", Edited(R"("type":"case.end","title")", R"("type":"end","title")"), "/actions/3/type", "\"end\" won't do"},
      {"a type understood everywhere", Edited(R"("type":"case.end","title")", R"("type":"record.void","title")"), "/actions/3/type", "\"record.void\" is understood"},
      {"a type twice", Edited(R"("type":"case.end","title")", R"("type":"case.again","title")"), "/actions/3/type", "\"case.again\" is declared twice"},
      {"an action of a track unknown", Edited(R"("track":"person","from":["DONE"])", R"("track":"persons","from":["DONE"])"), "/actions/2/track", "unknown track \"persons\""},
      {"a from state unknown", Edited(R"("from":["DONE"])", R"("from":["GONE"])"), "/actions/2/from/0", "unknown state \"GONE\""},
      {"a to state unknown", Edited(R"({"low":"DONE","high":"DONE"})", R"({"low":"DONE","high":"GONE"})"), "/actions/1/to/is/high", "unknown state \"GONE\""},
      {"a to code unknown", Edited(R"({"low":"DONE","high":"DONE"})", R"({"low":"DONE","hi":"DONE"})"), "/actions/1/to/is/hi", "unknown code \"hi\""},
      {"a to field unknown", Edited(R"("to":{"field":"level")", R"("to":{"field":"levl")"), "/actions/1/to/field", "unknown field \"levl\""},
      {"states without a track", Edited(R"("type":"case.end","title":{"id":"Tutup","en":"Close"})", R"("type":"case.end","to":"DONE","title":{"id":"Tutup","en":"Close"})"), "/actions/3/to", "without a track"},
      {"a role unknown", Edited(R"("roles":["chair","clerk"])", R"("roles":["chair","judge"])"), "/actions/1/roles/1", "unknown role \"judge\""},
      {"a party role unknown", Edited(R"("parties":["clerk"])", R"("parties":["judge"])"), "/actions/1/parties/0", "unknown role \"judge\""},
      {"signers below 0", Edited(R"("min_signers":1)", R"("min_signers":-1)"), "/actions/0/min_signers", "0 or more"},
      {"a predecessor unknown", Edited(R"(["hear.hold","case.again"]],"position")", R"(["hear.hold","case.anew"]],"position")"), "/actions/1/requires/1/1", "unknown type \"case.anew\""},
      {"a position seen", Edited(R"("position":"after")", R"("position":"seen")"), "/actions/1/position", "\"seen\" won't do"},
      {"a field type unknown", Edited(R"("note":{"type":"string"})", R"("note":{"type":"text"})"), "/actions/0/fields/note/type", "\"text\" won't do"},
      {"a declaration of more", Edited(R"("note":{"type":"string"})", R"("note":{"type":"string","fields":{}})"), "/actions/0/fields/note/fields", "unknown member \"fields\""},
      {"codes unknown", Edited(R"("required":true},"level":{"type":"code","codes":"level","required":true})", R"("required":true},"level":{"type":"code","codes":"levels","required":true})"), "/actions/0/fields/level/codes", "unknown codes \"levels\""},
      {"a default of another type", Edited(R"("on":{"type":"date","required":true})", R"("on":{"type":"date","default":"soon"})"), "/actions/0/fields/on/default", "a date"},
      {"a field with a dot", Edited(R"("note":{"type":"string"})", R"("no.te":{"type":"string"})"), "/actions/0/fields/no.te", "\"no.te\" won't do"},
      {"an audience unknown", Edited(R"("audience":"party")", R"("audience":"press")"), "/actions/0/audience", "public, party or oversight"},
      {"a deadline of another unit", Edited(R"("max":5,"unit":"working_days","kind")", R"("max":5,"unit":"weeks","kind")"), "/actions/1/deadline/unit", "\"weeks\" won't do"},
      {"a severity unknown", Edited(R"("severity":"C")", R"("severity":"X")"), "/rules/0/severity", "C or M"},
      {"a check unknown", Edited(R"("check":"P/S")", R"("check":"Q")"), "/rules/1/check", "P, S or P/S"},
      {"a scope unknown", Edited(R"("scope":"case")", R"("scope":"log")"), "/rules/1/scope", "unknown scope \"log\""},
      {"a rule twice", Edited(R"("id":"R2")", R"("id":"R1")"), "/rules/1/id", "\"R1\" is used twice"},
      {"a duty twice", Edited(R"("id":"own")", R"("id":"end")"), "/rules/1/duties/1/id", "\"end\" is used twice"},
      {"a title of a parameter unknown", Edited(R"(Within {days} days)", R"(Within {dayz} days)"), "/rules/0/title/en", "unknown parameter {dayz}"},
      {"a duty without require", Edited(R"(,"require":{"on":{"date":"$a.on","from":"$a@date","plus":0,"unit":"calendar_days"}})", R"()"), "/rules/1/duties/2/require", "\"require\" is missing"},
      {"a code that with misspells", Edited(R"("each":{"type":"hear.hold","as":"h"})", R"("each":{"type":"hear.hold","as":"h","with":{"level":"hihg"}})"), "/rules/0/duties/0/each/with/level", "unknown code \"hihg\""},
      {"a selected type unknown", Edited(R"({"type":"rule.make","after":"h","segment":"h"})", R"({"type":"rule.mak","after":"h","segment":"h"})"), "/rules/0/duties/0/let/r/first/type", "unknown type \"rule.mak\""},
      {"a pick of neither end", Edited(R"({"first":{"type":"rule.make","after":"h","segment":"h"}})", R"({"next":{"type":"rule.make"}})"), "/rules/0/duties/0/let/r", "first"},
      {"a name bound twice", Edited(R"("let":{"r":{"first")", R"("let":{"h":{"first")"), "/rules/0/duties/0/let/h", "\"h\" is bound already"},
      {"a name that means something else", Edited(R"("let":{"r":{"first")", R"("let":{"key":{"first")"), "/rules/0/duties/0/let/key", "\"key\" won't do"},
      {"a name unbound in after", Edited(R"("after":"h","segment":"h")", R"("after":"r","segment":"h")"), "/rules/0/duties/0/let/r/first/after", "unbound name \"r\""},
      {"a name unbound in found", Edited(R"({"found":"r"})", R"({"found":"q"})"), "/rules/0/duties/0/when/any/0/not/found", "unbound name \"q\""},
      {"a name unbound in a value", Edited(R"("$r.level")", R"("$q.level")"), "/rules/0/duties/0/when/any/1/ge/0", "unbound name \"q\""},
      {"an item after its every", Edited(R"({"in":["$h.level")", R"({"in":["$m.rank")"), "/rules/0/duties/0/require/all/1/in/0", "unbound name \"m\""},
      {"a field unknown", Edited(R"("$r.level")", R"("$r.levle")"), "/rules/0/duties/0/when/any/1/ge/0", "unknown field \"levle\""},
      {"a member of an item unknown", Edited(R"("$m.rank")", R"("$m.rang")"), "/rules/0/duties/0/require/all/3/is/eq/0", "unknown field \"rang\""},
      {"an order unknown", Edited(R"("order":"level")", R"("order":"levels")"), "/rules/0/duties/0/when/any/1/order", "unknown codes \"levels\""},
      {"a code out of order", Edited(R"(["$r.level","low"])", R"(["$r.level","middle"])"), "/rules/0/duties/0/when/any/1/ge/1", "unknown code \"middle\""},
      {"a parameter unknown", Edited(R"("$param.bosses")", R"("$param.boss")"), "/rules/0/duties/0/require/all/2/contains_all/0", "unknown parameter \"boss\""},
      {"named codes unknown", Edited(R"("$code.level")", R"("$code.levels")"), "/rules/0/duties/0/require/all/1/in/1", "unknown codes \"levels\""},
      {"an attribute unknown", Edited(R"("$h@roles")", R"("$h@rolls")"), "/rules/0/duties/0/require/all/2/contains_all/1", "unknown attribute \"rolls\""},
      {"an attribute of a role unknown", Edited(R"("$h@roles")", R"("$h@holders.judge")"), "/rules/0/duties/0/require/all/2/contains_all/1", "unknown role \"judge\""},
      {"roles of a role", Edited(R"("$h@roles")", R"("$h@roles.chair")"), "/rules/0/duties/0/require/all/2/contains_all/1", "of one role"},
      {"a role compared unknown", Edited(R"("$param.bosses","$h@roles")", R"(["judge"],"$h@roles")"), "/rules/0/duties/0/require/all/2/contains_all/0", "unknown role \"judge\""},
      {"an action as a value", Edited(R"("$h@roles")", R"("$h")"), "/rules/0/duties/0/require/all/2/contains_all/1", "\"h\" is an action"},
      {"a list that is none", Edited(R"("$param.bosses","$h@roles")", R"("$h.level","$h@roles")"), "/rules/0/duties/0/require/all/2/contains_all/0", "must be a list"},
      {"a condition unknown", Edited(R"({"checked":"h","for":["fields","state"]})", R"({"holds":"h"})"), "/rules/0/duties/0/require/all/5/holds", "\"holds\" is no condition"},
      {"a condition of two", Edited(R"({"found":"r"})", R"({"found":"r","has":"$r.level"})"), "/rules/0/duties/0/when/any/0/not/has", "unknown member \"has\""},
      {"a check of nothing known", Edited(R"(["fields","state"])", R"(["fields","colour"])"), "/rules/0/duties/0/require/all/5/for/1", "unknown check \"colour\""},
      {"must under when", Edited(R"("when":{"any":[{"not":)", R"("when":{"any":[{"must":{"type":"case.end"}},{"not":)"), "/rules/0/duties/0/when/any/0/must", "must can't stand under a condition"},
      {"must under not", Edited(R"({"not":{"found":"r"}})", R"({"not":{"must":{"type":"case.end"}}})"), "/rules/0/duties/0/when/any/0/not/must", "must can't stand"},
      {"must in every", Edited(R"({"eq":["$m.rank","low"]})", R"({"must":{"type":"case.end"}})"), "/rules/0/duties/0/require/all/3/is/must", "must can't stand"},
      {"a unit unknown", Edited(R"("max":"$param.days","unit":"working_days")", R"("max":"$param.days","unit":"days")"), "/rules/0/duties/0/require/all/0/by/unit", "the unit must be"},
      {"a period of text", Edited(R"("max":"$param.days","unit":"working_days")", R"("max":"$param.bosses","unit":"working_days")"), "/rules/0/duties/0/require/all/0/by/max", "an integer, 0 or more"},
      {"a start that is no date", Edited(R"("by":{"from":"$h@date")", R"("by":{"from":"$h@roles")"), "/rules/0/duties/0/require/all/0/by/from", "a date or a time"},
      {"by without from", Edited(R"("by":{"from":"$h@date",)", R"("by":{)"), "/rules/0/duties/0/require/all/0/by/from", "\"from\" is missing"},
      {"a table unknown", Edited(R"("lookup":"fee")", R"("lookup":"fees")"), "/rules/0/duties/0/require/all/4/lookup", "unknown table \"fees\""},
      {"a column unknown", Edited(R"("row":{"days")", R"("row":{"day")"), "/rules/0/duties/0/require/all/4/row/day", "unknown column \"day\""},
      {"three deep", Edited(R"("is":{"eq":["$m.rank","low"]})", R"("is":{"exists":{"type":"case.end"}})"), "/rules/0/duties/0/require/all/3/is/exists", "two quantifiers deep"},
      {"a track unknown in states", Edited(R"("states":"person")", R"("states":"people")"), "/rules/1/duties/0/require/if/states", "unknown track \"people\""},
      {"a state unknown in states", Edited(R"("in":["DONE"])", R"("in":["GONE"])"), "/rules/1/duties/0/require/if/in", "unknown state \"GONE\""},
      {"an open where", Edited(R"({"from":"$.on","to")", R"({"from":"$x.on","to")"), "/rules/1/duties/0/require/then/none/where/within/from", "open selector"},
      {"a quantifier in where", Edited(R"("where":{"in":["$key")", R"("where":{"exists":{"type":"case.end"}},"with":{"level":["$key")"), "/rules/1/duties/1/require/count/where/exists", "open selector"},
      {"a candidate outside", Edited(R"({"date":"$a.on")", R"({"date":"$.on")"), "/rules/1/duties/2/require/on/date", "names a candidate"},
      {"a key of the case", Edited(R"({"id":"own","scope":"person")", R"({"id":"own","scope":"case")"), "/rules/1/duties/1/require/count/where/in/0", "$key in the scope case"},
      {"a state of the case", Edited(R"("from":"$a@date","plus")", R"("from":"$a@state","plus")"), "/rules/1/duties/2/require/on/from", "@state in the scope case"},
      {"with a field unknown", Edited(R"("with":{"level":["low","high"]})", R"("with":{"lvl":["low","high"]})"), "/rules/0/duties/0/require/all/0/must/with/lvl", "unknown field \"lvl\""},
      {"with null", Edited(R"("with":{"level":["low","high"]})", R"("with":{"level":null})"), "/rules/0/duties/0/require/all/0/must/with/level", "a text, an integer"},
      {"has of no field", Edited(R"({"found":"r"})", R"({"has":"level"})"), "/rules/0/duties/0/when/any/0/not/has", "has asks for a field"},
      {"an empty all", Edited(R"({"any":[{"not":{"found":"r"}},{"ge":["$r.level","low"],"order":"level"}]})", R"({"all":[]})"), "/rules/0/duties/0/when/all", "empty"},
      {"a list in a list", Edited(R"(["$$a","b"])", R"(["$$a",["b"]])"), "/rules/1/duties/1/require/count/where/in/1/1", "a list within a list"},
      {"a path with a gap", Edited(R"("$r.level")", R"("$r..level")"), "/rules/0/duties/0/when/any/1/ge/0", "between the dots"},
      {"a bracket of three", Edited(R"(["$r.level","low"])", R"(["$r.level","low","high"])"), "/rules/0/duties/0/when/any/1/ge", "a list of two"},
      {"a basis of numbers", Edited(R"("basis":[],"title")", R"("basis":[1],"title")"), "/rules/1/basis/0", "a text"},
      {"each on another track", OfAnotherTrack(), "/rules/0/duties/0/each/type", "of another track"},
      {"a key field sealed", Edited(R"("key":"about")", R"("key":"/paper")"), "/actions/0/fields/paper", "the key field \"paper\" must not be sealed"},
  };
  // clang-format on
}

}  // namespace jejak::procedure
