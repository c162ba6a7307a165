// SPDX-License-Identifier: Apache-2.0
// The rules of Body and Container JSON, one row each: what a lenient reader lets pass is refused.
#include "ledger/base/json.h"

#include <gtest/gtest.h>

#include <chrono>

#include "ledger/base/text.h"
#include "ledger/base/unicode.h"

namespace jejak::json {
namespace {

using namespace std::string_literals;

const std::string kHash = "i+hx8TeFtMgaFwBFnHasKzriyuu3h2w3biI8at/5jEc=";

bool Accepts(std::string_view text, Rules rules) { return Parse(text, rules).ok(); }

std::string Deep(std::size_t depth, const std::string& open, const std::string& close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  text += "0";
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

struct Row {
  const char* name;
  std::string text;
  bool body;
  bool container;
};

void Check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(Accepts(row.text, Rules::kBody), row.body) << "body: " << row.name;
    EXPECT_EQ(Accepts(row.text, Rules::kContainer), row.container) << "container: " << row.name;
  }
}

TEST(Json, Structure) {
  Check({
      {"empty object", "{}", true, true},
      {"spaces between tokens", R"({ "a" :  [ 1 , 2 ] , "b" : { } , "c" : [ ] })", true, true},
      {"nothing", "", false, false},
      {"space before", " {}", false, true},
      {"space behind", "{} ", false, true},
      {"line end behind", "{}\n", false, true},
      {"tab between", "{\"a\":\t1}", false, true},
      {"line end between", "{\"a\":1,\n\"b\":2}", false, true},
      {"CR between", "{\r}", false, true},
      {"form feed between", "{\f}", false, false},
      {"no-break space between", "{\xC2\xA0}", false, false},
      {"an array", "[]", false, true},
      {"a string", "\"a\"", false, true},
      {"a number", "1", false, true},
      {"null", "null", false, true},
      {"BOM", "\xEF\xBB\xBF{}", false, false},
      {"two values", "{}{}", false, false},
      {"a NUL behind", "{}\0"s, false, false},
      {"trailing comma in object", R"({"a":1,})", false, false},
      {"trailing comma in array", R"({"a":[1,]})", false, false},
      {"leading comma", R"({,"a":1})", false, false},
      {"lone comma", "[,]", false, false},
      {"missing comma", "[1 2]", false, false},
      {"missing colon", R"({"a" 1})", false, false},
      {"missing value", R"({"a":})", false, false},
      {"unquoted name", "{a:1}", false, false},
      {"quoted with '", "{'a':1}", false, false},
      {"comment", "{/**/}", false, false},
      {"open object", "{", false, false},
      {"open array", R"({"a":[)", false, false},
      {"open string", R"({"a)", false, false},
      {"mismatched ends", R"({"a":[})", false, false},
      {"words", R"({"a":[true,false,null]})", true, true},
      {"word in capitals", R"({"a":True})", false, false},
      {"word cut", R"({"a":tru})", false, false},
      {"word too long", R"({"a":nullx})", false, false},
      {"NaN", R"({"a":NaN})", false, false},
      {"Infinity", R"({"a":-Infinity})", false, false},
  });
}

TEST(Json, Numbers) {
  std::vector<Row> rows;
  for (const auto good : {"0", "-1", "10", "9007199254740991", "-9007199254740991"}) {
    rows.push_back({good, "{\"a\":"s + good + "}", true, true});
  }
  for (const auto bad : {"-0",
                         "00",
                         "01",
                         "-01",
                         "+1",
                         "1.0",
                         "1.5",
                         "-0.0",
                         "0e0",
                         "1e2",
                         "1E2",
                         "1e400",
                         ".5",
                         "1.",
                         "-",
                         "--1",
                         "0x10",
                         "1_000",
                         "9007199254740992",
                         "-9007199254740992",
                         "18446744073709551616",
                         "-9223372036854775808",
                         "9223372036854775807",
                         "100000000000000000000000000000000",
                         "1n",
                         "1a"}) {
    rows.push_back({bad, "{\"a\":"s + bad + "}", false, false});
  }
  Check(rows);
}

TEST(Json, DuplicateNamesAreRefusedAfterUnescaping) {
  Check({
      {"equal", R"({"a":1,"a":2})", false, false},
      {"equal values too", R"({"a":1,"a":1})", false, false},
      {"escaped", R"({"a":1,"\u0061":2})", false, false},
      {"hex of either case", R"({"\u00EB":1,"\u00eb":2})", false, false},
      {"surrogate pair", "{\"\\ud83d\\ude00\":1,\"\xF0\x9F\x98\x80\":2}", false, false},
      {"not adjacent", R"({"a":1,"b":2,"c":3,"a":4})", false, false},
      {"deep", R"({"x":[{"a":1,"a":2}]})", false, false},
      {"empty name twice", R"({"":1,"":2})", false, false},
      {"empty name once", R"({"":1})", true, true},
      {"in two objects", R"({"a":{"a":1},"b":{"a":1}})", true, true},
      {"case differs", R"({"a":1,"A":2})", true, true},
      {"composed and decomposed", "{\"\xC3\xA9\":1,\"e\xCC\x81\":2}", true, true},
      {"prefixes", R"({"a":1,"aa":2,"aaa":3})", true, true},
  });
}

TEST(Json, DepthCountsObjectsAndArrays) {
  Check({
      {"arrays, 16", "{\"a\":" + Deep(15, "[", "]") + "}", true, true},
      {"arrays, 17", "{\"a\":" + Deep(16, "[", "]") + "}", false, false},
      {"objects, 16", Deep(16, "{\"a\":", "}"), true, true},
      {"objects, 17", Deep(17, "{\"a\":", "}"), false, false},
      {"mixed, 16", Deep(8, "{\"a\":[", "]}"), true, true},
      {"mixed, 17", "{\"a\":" + Deep(8, "{\"a\":[", "]}") + "}", false, false},
      {"empty at 16", "{\"a\":" + std::string(15, '[') + std::string(15, ']') + "}", true, true},
      {"empty at 17", "{\"a\":" + std::string(16, '[') + std::string(16, ']') + "}", false, false},
      {"siblings don't count", R"({"a":[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]})", true,
       true},
      {"100,000 deep", std::string(100000, '['), false, false},
      {"100,000 deep objects", Deep(100000, "{\"a\":", "}"), false, false},
  });
}

// What stands between the quotes of a string value, of a name, and how it fares there.
struct Character {
  const char* name;
  std::string spelling;
  bool body;
  bool container_string;
};

void CheckCharacters(const std::vector<Character>& rows) {
  for (const Character& row : rows) {
    const std::string value = "{\"a\":\"x" + row.spelling + "y\"}";
    const std::string name = "{\"x" + row.spelling + "y\":1}";
    EXPECT_EQ(Accepts(value, Rules::kBody), row.body) << "body value: " << row.name;
    EXPECT_EQ(Accepts(name, Rules::kBody), row.body) << "body name: " << row.name;
    EXPECT_EQ(Accepts(value, Rules::kContainer), row.container_string)
        << "container value: " << row.name;
    EXPECT_EQ(Accepts(name, Rules::kContainer), row.body) << "container name: " << row.name;
  }
}

TEST(Json, CharactersAndEscapes) {
  CheckCharacters({
      {"every short escape", R"(\"\\\/\b\f\n\r\t)", true, true},
      {"unknown escape", R"(\x41)", false, false},
      {"escaped '", R"(\')", false, false},
      {"upper-case U", R"(\U0041)", false, false},
      {"three hex digits", R"(\u041)", false, false},
      {"not hex", R"(\u00g1)", false, false},
      {"signed hex", R"(\u+041)", false, false},
      {"raw LF", "\n", false, false},
      {"raw tab", "\t", false, false},
      {"raw NUL", "\0"s, false, false},
      {"raw U+001F", "\x1F", false, false},
      {"escaped U+0001", R"(\u0001)", true, true},
      {"escaped NUL", R"(\u0000)", false, true},
      {"pair", R"(\ud83d\ude00)", true, true},
      {"pair in capitals", R"(\uD83D\uDE00)", true, true},
      {"lone high", R"(\ud83d)", false, false},
      {"lone low", R"(\ude00)", false, false},
      {"low before high", R"(\ude00\ud83d)", false, false},
      {"high, then high", R"(\ud83d\ud83d\ude00)", false, false},
      {"high, then a character", R"(\ud83d\u0041)", false, false},
      {"high, then an escape", R"(\ud83d\n)", false, false},
      {"surrogate in UTF-8", "\xED\xA0\xBD\xED\xB8\x80", false, false},
      {"overlong /", "\xC0\xAF", false, false},
      {"cut sequence", "\xE2\x82", false, false},
      {"above U+10FFFF", "\xF4\x90\x80\x80", false, false},
      {"replacement character", "\xEF\xBF\xBD", true, true},
      {"U+2027, raw", "\xE2\x80\xA7", true, true},
      {"U+00A0, raw", "\xC2\xA0", true, true},
      {"$ inside", "$", true, true},
  });
}

TEST(Json, CharactersThatFakeAScreenStandOnlyEscaped) {
  for (char32_t c = 0x7F; c <= 0xFEFF; ++c) {
    if (!FakesScreen(c)) continue;
    std::string raw;
    AppendUtf8(raw, c);
    Bytes unit;
    AppendU16(unit, static_cast<std::uint16_t>(c));
    const std::string escaped = "\\u" + EncodeHex(unit);
    CheckCharacters({{"raw", raw, false, true}, {escaped.c_str(), escaped, true, true}});
  }
}

TEST(Json, NoncharactersStandNowhereInABody) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (!IsNoncharacter(c)) continue;
    std::string raw;
    AppendUtf8(raw, c);
    CheckCharacters({{"raw", raw, false, true}});
  }
  for (const auto spelling :
       {R"(\ufdd0)", R"(\ufdef)", R"(\ufffe)", R"(\uffff)", R"(\ud83f\udffe)", R"(\udbff\udfff)"}) {
    CheckCharacters({{spelling, spelling, false, true}});
  }
  CheckCharacters({{"U+FDCF", R"(\ufdcf)", true, true}, {"U+FDF0", R"(\ufdf0)", true, true}});
}

TEST(Json, SealedFields) {
  const std::string sealed = "{\"$sealed\":\"" + kHash + "\"}";
  Check({
      {"a member", "{\"a\":" + sealed + "}", true, false},
      {"an item", "{\"a\":[" + sealed + "," + sealed + "]}", true, false},
      {"with spaces", "{\"a\":{ \"$sealed\" : \"" + kHash + "\" }}", true, false},
      {"the whole body", sealed, false, false},
      {"with a second member", "{\"a\":{\"$sealed\":\"" + kHash + "\",\"b\":1}}", false, false},
      {"as a second member", "{\"a\":{\"b\":1,\"$sealed\":\"" + kHash + "\"}}", false, false},
      {"no string", R"({"a":{"$sealed":1}})", false, false},
      {"no hash", R"({"a":{"$sealed":"abc"}})", false, false},
      {"31 bytes", "{\"a\":{\"$sealed\":\"" + EncodeBase64(Bytes(31)) + "\"}}", false, false},
      {"unused bits", R"({"a":{"$sealed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB="}})", false,
       false},
      {"another $ name", "{\"a\":{\"$seal\":\"" + kHash + "\"}}", false, false},
      {"$ alone", R"({"a":{"$":1}})", false, false},
      {"$ at the outermost", R"({"$x":1})", false, false},
      {"escaped $", R"({"a":{"\u0024x":1}})", false, false},
      {"$ later in a name", R"({"a$":1})", true, true},
  });
}

TEST(Json, SealedValues) {
  const std::string sealed = "{\"$sealed\":\"" + kHash + "\"}";
  for (const auto& good : {"1"s, "\"x\""s, "null"s, "true"s, "{}"s, "[1, 2]"s, R"({"a":{"b":[]}})"s,
                           Deep(15, "[", "]"), "\"\\u202e\""s}) {
    EXPECT_TRUE(ParseSealedValue(good).ok()) << good;
  }
  for (const auto& bad :
       {""s, " 1"s, "1 "s, "1,2"s, "1}"s, "1.5"s, "\"\n\""s, "\"\xE2\x80\xAE\""s, sealed,
        "[" + sealed + "]", R"({"a":1,"a":2})"s, Deep(16, "[", "]"), "[1,\n2]"s, "\"\\u0000\""s}) {
    EXPECT_FALSE(ParseSealedValue(bad).ok()) << bad;
  }
}

TEST(Json, ValuesHoldWhatTheTextSays) {
  const std::string text = R"({"a":[1,-2,true,null,"x\u00e9\n"], "b":{"c":""}})";
  const auto root = Parse(text, Rules::kBody);
  ASSERT_TRUE(root.ok());
  ASSERT_EQ(root->members().size(), 2u);
  EXPECT_EQ(root->members()[1].name, "b");
  const auto& items = root->Find("a")->items();
  ASSERT_EQ(items.size(), 5u);
  EXPECT_EQ(items[0].as_integer(), 1);
  EXPECT_EQ(items[1].as_integer(), -2);
  EXPECT_TRUE(items[2].as_bool());
  EXPECT_TRUE(items[3].is_null());
  EXPECT_EQ(items[4].as_string(), "x\xC3\xA9\n");
  EXPECT_EQ(text.substr(items[4].begin(), items[4].end() - items[4].begin()), R"("x\u00e9\n")");
  const Value* b = root->Find("b");
  EXPECT_EQ(text.substr(b->begin(), b->end() - b->begin()), R"({"c":""})");
  EXPECT_EQ(root->end(), text.size());
  EXPECT_EQ(root->Find("c"), nullptr);
  EXPECT_EQ(b->Find("c")->kind(), Kind::kString);
  EXPECT_EQ(items[0].Find("a"), nullptr);
  EXPECT_TRUE(items[0].as_string().empty() && items[0].items().empty());
  EXPECT_EQ(root->as_integer(), 0);
}

TEST(Json, ValuesAreCopiedDeeplyAndMoved) {
  auto root = Parse(R"({"a":["long enough to be on the heap",{"b":[1]}]})", Rules::kBody);
  ASSERT_TRUE(root.ok());
  const std::string written = Write(*root);
  Value copy = *root;
  Value moved = std::move(*root);
  EXPECT_EQ(Write(copy), written);
  EXPECT_EQ(Write(moved), written);
  copy.Find("a");
  copy = Value(copy.Find("a")->items()[1]);
  EXPECT_EQ(Write(copy), R"({"b":[1]})");
  moved = *moved.Find("a");  // a part of itself
  EXPECT_EQ(Write(moved), R"(["long enough to be on the heap",{"b":[1]}])");
}

TEST(Json, FaultsNamePointerAndOffset) {
  const auto where = [](std::string_view text) {
    Fault fault;
    const auto value = Parse(text, Rules::kBody, &fault);
    EXPECT_FALSE(value.ok()) << text;
    EXPECT_EQ(value.error().code, Code::kMalformed);
    EXPECT_NE(value.error().detail.find("byte " + std::to_string(fault.offset)), std::string::npos);
    return fault.pointer + "@" + std::to_string(fault.offset);
  };
  EXPECT_EQ(where(R"({"a":[0,{"b/~":1.5}]})"), "/a/1/b~1~0@15");
  EXPECT_EQ(where(R"({"a":1,"a":2})"), "@11");
  EXPECT_EQ(where("[1]"), "@0");
  EXPECT_EQ(where(R"({"a":[1,2)"), "/a/1@9");
  EXPECT_EQ(where(R"({"a":{"b":1}x})"), "@12");
  EXPECT_EQ(where(R"({"\u202e":x})"), "/\\u202e@10");
  EXPECT_EQ(where("{\"" + std::string(39, 'n') + "\xC3\xA9\":x}"),
            "/" + std::string(39, 'n') + "...@45");
  EXPECT_EQ(where(R"({"a":"secret word)").find("secret"), std::string::npos);
}

TEST(Json, WriteIsMinimalAndBodyJson) {
  Value value = Value::Object();
  value
      .Add("text", Value::String("\"\\/\b\f\n\r\t\x01\x7F\xC2\x85\xE2\x80\xAE\xEF\xBB\xBF\xC3\xA9"))
      .Add("n", Value::Integer(-5))
      .Add("yes", Value::Bool(true))
      .Add("none", Value())
      .Add("empty", Value::Array());
  Value list = Value::Array();
  list.Push(Value::Integer(1));
  list.Push(Value::Object());
  value.Add("list", std::move(list));
  const std::string text = Write(value);
  EXPECT_EQ(text, R"({"text":"\"\\/\b\f\n\r\t\u0001\u007f\u0085\u202e\ufeff)"
                  "\xC3\xA9\",\"n\":-5,\"yes\":true,\"none\":null,\"empty\":[],\"list\":[1,{}]}");
  const auto parsed = Parse(text, Rules::kBody);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(Write(*parsed), text);
}

TEST(JsonPointer, IsStrict) {
  const auto root =
      Parse(R"({"a":[10,{"b":"x"}],"":{"~/":1},"0":2,"m n":3,"\u202e":4})", Rules::kBody);
  ASSERT_TRUE(root.ok());
  const auto at = [&](std::string_view pointer) {
    const auto value = ResolvePointer(*root, pointer);
    if (value.ok()) return Write(**value);
    return value.error().code == Code::kMalformed ? "malformed"s : "not found"s;
  };
  EXPECT_EQ(at(""), Write(*root));
  EXPECT_EQ(at("/a/0"), "10");
  EXPECT_EQ(at("/a/1/b"), "\"x\"");
  EXPECT_EQ(at("//~0~1"), "1");
  EXPECT_EQ(at("/0"), "2");
  for (const auto pointer : {"/a/2", "/b", "/a/0/x", "/a/1/c", "/", "/a/1/b/0"}) {
    if (pointer == "/"s) continue;
    EXPECT_EQ(at(pointer), "not found") << pointer;
  }
  EXPECT_EQ(at("/"), "{\"~/\":1}");
  for (const auto pointer :
       {"a", "a/b", "/a/-", "/a/00", "/a/01", "/a/+1", "/a/x", "/~", "/~2", "/b~", "/m n",
        "/\xE2\x80\xAE", "/\x7F", "/\n", "/\xFF", "/\t", "/zzz/~3", "#/a", "/a/"}) {
    EXPECT_EQ(at(pointer), "malformed") << pointer;
  }
}

// 10^5 members and 10^5 hostile names take n log n, not n^2.
TEST(Json, ManyMembersAreCheap) {
  const std::string prefix(200, 'p');
  std::string text = "{";
  for (int i = 0; i < 100000; ++i) text += "\"" + prefix + std::to_string(i) + "\":0,";
  const auto started = std::chrono::steady_clock::now();
  EXPECT_TRUE(Accepts(text + "\"q\":1}", Rules::kContainer));
  EXPECT_FALSE(Accepts(text + "\"" + prefix + "7\":1}", Rules::kContainer));
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(20));
}

TEST(Json, LongStringsAreReadWhole) {
  const std::string megabyte(1 << 20, 'x');
  const auto value = Parse("{\"a\":\"" + megabyte + "\"}", Rules::kBody);
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(value->Find("a")->as_string(), megabyte);
}

}  // namespace
}  // namespace jejak::json
