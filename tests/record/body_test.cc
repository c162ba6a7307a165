// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/body.h"

#include <gtest/gtest.h>

#include <map>

#include "ledger/base/text.h"
#include "ledger/crypto/commitment.h"
#include "ledger/record/leaf.h"
#include "tests/record/golden.h"

namespace jejak::record {
namespace {

const Action& GoldenAction(std::size_t index) {
  static std::map<std::size_t, Action> actions;
  const auto found = actions.find(index);
  if (found != actions.end()) return found->second;
  auto leaf = ParseLeaf(golden::Leaves().at(index));
  auto* logged = std::get_if<LoggedAction>(&*leaf);
  EXPECT_NE(logged, nullptr) << index;
  return actions.emplace(index, std::move(logged->action)).first->second;
}

Digest Key(std::uint8_t byte) {
  Digest key;
  key.bytes.fill(byte);
  return key;
}

// An action that commits to `body`.
Action Committed(const std::string& body) {
  ActionFields fields = golden::SomeFields();
  fields.body_commitment = crypto::CommitBody(Key(1), EncodeActionPrefix(fields), body);
  return *ParseAction(golden::NoteOf(fields));
}

TEST(Body, GoldenBodiesFitTheirActionsAndNoOthers) {
  std::size_t seen = 0;
  for (const auto& row : golden::ReadJson("bodies.json")) {
    const Action& action = GoldenAction(row["index"]);
    BodyOpening opening{*ParseHash(row["key"].get<std::string>()), row["text"]};
    const auto body = ReadBody(action, opening);
    EXPECT_EQ(body.fit, Fit::kFits) << row;
    ASSERT_TRUE(body.value.has_value());
    EXPECT_TRUE(body.value->is_object());
    const std::size_t elsewhere = row["index"] == 27 ? 29 : 27;
    EXPECT_EQ(CheckBody(GoldenAction(elsewhere), opening), Fit::kDoesNotFit);
    BodyOpening other = opening;
    other.text.back() ^= 1;
    EXPECT_EQ(CheckBody(action, other), Fit::kDoesNotFit);
    other = opening;
    other.key.bytes[31] ^= 1;
    EXPECT_EQ(CheckBody(action, other), Fit::kDoesNotFit);
    ++seen;
  }
  EXPECT_GT(seen, 100u);
}

TEST(Body, GoldenOpeningsFitTheirFieldsAndNoOthers) {
  const auto file = golden::ReadJson("case-A.casefile.json");
  std::size_t seen = 0;
  for (const auto& row : file["openings"]) {
    const Action& action = GoldenAction(row["index"]);
    for (const auto& body : file["bodies"]) {
      if (body["index"] != row["index"]) continue;
      const auto value = json::Parse(body["text"].get<std::string>(), json::Rules::kBody);
      ASSERT_TRUE(value.ok());
      FieldOpening opening{row["pointer"], *ParseHash(row["key"].get<std::string>()), row["value"]};
      EXPECT_EQ(CheckField(action, *value, opening), Fit::kFits) << row;
      EXPECT_EQ(CheckField(GoldenAction(29), *value, opening), Fit::kDoesNotFit);
      FieldOpening other = opening;
      other.value += " ";
      EXPECT_EQ(CheckField(action, *value, other), Fit::kDoesNotFit);
      other = opening;
      other.key.bytes[0] ^= 1;
      EXPECT_EQ(CheckField(action, *value, other), Fit::kDoesNotFit);
      ++seen;
    }
  }
  EXPECT_GE(seen, 1u);
}

TEST(Body, ContentThatIsNotBodyJsonIsUnknown) {
  const std::string longest = R"({"t":")" + std::string(kMaxBodyBytes - 8, 'x') + R"("})";
  ASSERT_EQ(longest.size(), kMaxBodyBytes);
  EXPECT_EQ(CheckBody(Committed(longest), {Key(1), longest}), Fit::kFits);
  const std::vector<std::string> bodies = {
      R"({"t":")" + std::string(kMaxBodyBytes - 7, 'x') + R"("})",
      "",
      "[]",
      "1",
      "{",
      " {}",
      "{}\n",
      R"({"a":1,"a":1})",
      R"({"a":1.5})",
      R"({"$sealed":")" + EncodeHash({}) + R"("})",
      R"({"a":{"$sealed":"x"}})",
      R"({"a":{"$sealed":")" + EncodeHash({}) + R"(","b":1}})",
      R"({"$a":1})"};
  for (const std::string& body : bodies) {
    const auto checked = ReadBody(Committed(body), {Key(1), body});
    EXPECT_EQ(checked.fit, Fit::kUnknownContent) << body.substr(0, 80);
    EXPECT_FALSE(checked.value.has_value());
  }
}

TEST(Body, AnActionThatCommitsToNoneFitsNone) {
  const Action& genesis = GoldenAction(0);
  EXPECT_EQ(CheckBody(genesis, {Key(1), genesis.body_json}), Fit::kDoesNotFit);
  ActionFields fields = golden::SomeFields();
  fields.body_form = BodyForm::kNone;
  const auto action = ParseAction(golden::NoteOf(fields));
  ASSERT_TRUE(action.ok());
  EXPECT_EQ(CheckBody(*action, {Digest{}, ""}), Fit::kDoesNotFit);
}

// A body with one sealed field at `pointer` in `shape`, where SEALED stands for it.
struct Sealed {
  Action action;
  json::Value body;
  FieldOpening opening;
};

Sealed Seal(std::string shape, const std::string& pointer, const std::string& value) {
  const FieldOpening opening{pointer, Key(2), value};
  const std::string prefix = EncodeActionPrefix(golden::SomeFields());
  const std::string field = json::Write(BuildSealedField(prefix, opening));
  shape.replace(shape.find("SEALED"), 6, field);
  const Action action = Committed(shape);
  auto body = ReadBody(action, {Key(1), shape});
  EXPECT_EQ(body.fit, Fit::kFits) << shape;
  return {action, body.value.value_or(json::Value()), opening};
}

Fit CheckSealed(const std::string& shape, const std::string& pointer, const std::string& value) {
  const Sealed sealed = Seal(shape, pointer, value);
  return CheckField(sealed.action, sealed.body, sealed.opening);
}

TEST(Field, FitsWhereverItStands) {
  EXPECT_EQ(CheckSealed(R"({"a":SEALED})", "/a", "1"), Fit::kFits);
  EXPECT_EQ(CheckSealed(R"({"a":{"b":[1,SEALED]}})", "/a/b/1", R"("x y")"), Fit::kFits);
  EXPECT_EQ(CheckSealed(R"({"a/b":{"c~d":SEALED}})", "/a~1b/c~0d", R"({"e":[null,true]})"),
            Fit::kFits);
  EXPECT_EQ(CheckSealed(R"({"":SEALED})", "/", "[]"), Fit::kFits);
  EXPECT_EQ(CheckSealed("{\"\u00e9\":SEALED}", "/\u00e9", "0"), Fit::kFits);
  EXPECT_EQ(CheckSealed(R"({"a":[0,1,2,3,4,5,6,7,8,9,SEALED]})", "/a/10", "0"), Fit::kFits);
}

TEST(Field, PointersAreStrict) {
  EXPECT_EQ(CheckSealed(R"({"a":[SEALED]})", "/a/00", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a":[SEALED]})", "/a/-", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a":[SEALED]})", "/a/1", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a":[SEALED]})", "a/0", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a~":SEALED})", "/a~", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a~2":SEALED})", "/a~2", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a":SEALED})", "", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a":SEALED})", "/a/$sealed", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a b":SEALED})", "/a b", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a\u200b":SEALED})", "/a\u200b", "1"), Fit::kDoesNotFit);
  EXPECT_EQ(CheckSealed(R"({"a":SEALED,"b":1})", "/b", "1"), Fit::kDoesNotFit);
}

TEST(Field, IsBoundToItsPlace) {
  const Sealed one = Seal(R"({"a":SEALED,"b":1})", "/a", "1");
  FieldOpening moved = one.opening;
  moved.pointer = "/b";
  EXPECT_EQ(CheckField(one.action, one.body, moved), Fit::kDoesNotFit);
  // The same field under another name: the commitment names the pointer that it was made for.
  const Sealed other = Seal(R"({"b":SEALED})", "/a", "1");
  EXPECT_EQ(CheckField(other.action, other.body, moved), Fit::kDoesNotFit);
}

// No parser lets these through; CheckField doesn't count on it.
TEST(Field, IsNothingElseThanASealedField) {
  const Action action = Committed("{}");
  const FieldOpening root{"", Key(2), "1"};
  const json::Value whole = BuildSealedField(action.commitment_prefix(), root);
  EXPECT_EQ(CheckField(action, whole, root), Fit::kDoesNotFit);

  const FieldOpening opening{"/a", Key(2), "1"};
  const json::Value field = BuildSealedField(action.commitment_prefix(), opening);
  const auto fit_of = [&](json::Value value) {
    json::Value body = json::Value::Object();
    body.Add("a", std::move(value));
    return CheckField(action, body, opening);
  };
  EXPECT_EQ(fit_of(field), Fit::kFits);
  json::Value crowded = field;
  crowded.Add("b", json::Value::Integer(1));
  EXPECT_EQ(fit_of(crowded), Fit::kDoesNotFit);
  json::Value number = json::Value::Object();
  number.Add("$sealed", json::Value::Integer(1));
  EXPECT_EQ(fit_of(number), Fit::kDoesNotFit);
}

TEST(Field, ContentThatIsNoSealedValueIsUnknown) {
  const std::string longest = '"' + std::string(kMaxBodyBytes - 2, 'x') + '"';
  EXPECT_EQ(CheckSealed(R"({"a":SEALED})", "/a", longest), Fit::kFits);
  const std::vector<std::string> values = {'"' + std::string(kMaxBodyBytes - 1, 'x') + '"',
                                           "",
                                           " 1",
                                           "1 ",
                                           "1 2",
                                           "1.5",
                                           "{\"a\":1}}",
                                           "1,\"w\":2",
                                           "\"\xE2\x80\xAE\"",
                                           "[1\n]",
                                           R"({"$sealed":")" + EncodeHash({}) + R"("})",
                                           R"([{"$a":1}])"};
  for (const std::string& value : values) {
    EXPECT_EQ(CheckSealed(R"({"a":SEALED})", "/a", value), Fit::kUnknownContent)
        << value.substr(0, 80);
  }
}

}  // namespace
}  // namespace jejak::record
