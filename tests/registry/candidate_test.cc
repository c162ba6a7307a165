// SPDX-License-Identifier: Apache-2.0
//
// Row 1 but the bodies (admin_body_test): size, weak keys, unknown rules, and their order.
#include "ledger/registry/candidate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/record/entry.h"
#include "tests/registry/world.h"

namespace jejak::registry::test {
namespace {

void Replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

TEST(RowOne, TheSizeLimitIsExactWithTheHeaderOfThisPlace) {
  World world;
  Fields fields =
      world.InRegistry("unit.register", R"({"unit":"u9","title":{"id":"U","en":"U"}})", Roots());
  const std::string body = fields.body_json;
  // Spaces between tokens are legal, so a body can be padded to any length.
  const auto padded_to = [&](std::size_t note_bytes) {
    fields.body_json = body;
    const std::size_t spaces = note_bytes - SignedNote(fields).size();
    fields.body_json.insert(body.find(':'), spaces, ' ');
    return fields;
  };
  const std::uint64_t seq = fields.position_count;
  std::size_t longest = record::kMaxNoteBytes;
  while (!record::FitsEntry(world.index, seq, longest)) --longest;
  ASSERT_LT(longest, record::kMaxNoteBytes) << "the index has two digits";
  EXPECT_EQ(world.Judge(padded_to(longest)), "accepted");
  EXPECT_EQ(world.Judge(padded_to(longest + 1)), "malformed");
  EXPECT_EQ(world.last.row, 1);
  EXPECT_EQ(world.last.where, "note");
  EXPECT_EQ(world.Judge(padded_to(record::kMaxNoteBytes + 1)), "malformed");
}

TEST(RowOne, WeakKeysAndUnknownRulesComeAfterEverythingElse) {
  World world(false);
  // Order 8, a small subgroup: a vkey is well-formed around it.
  const auto low = ParseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
  ASSERT_TRUE(low.ok());
  const auto weak = [&](std::string_view name) {
    tlog::VerifierKey key{std::string(name), tlog::kEd25519Key, {}};
    std::copy(low->begin(), low->end(), key.key.bytes.begin());
    return tlog::EncodeVerifierKey(key);
  };
  const std::string good = CreateBody(kOrigin, VKey(kOrigin), {std::string(kRoot1), "A"}, 1);
  const std::vector<By> by = {{std::string(kRoot1), "root"}};
  const auto judge = [&](std::string body) {
    return world.Judge(world.InRegistry("log.create", std::move(body), by));
  };
  ASSERT_EQ(judge(good), "accepted");

  std::string body = good;
  Replace(body, VKey(kRoot1), weak(kRoot1));
  EXPECT_EQ(judge(body), "weak_key");
  EXPECT_EQ(world.last.where, "/roots/0/key");
  Replace(body, "\"rules\":1", "\"rules\":2");
  EXPECT_EQ(judge(body), "weak_key") << "before unknown rules";
  Replace(body, "+07:00", "07:00");
  EXPECT_EQ(judge(body), "malformed") << "before a weak key";

  body = good;
  Replace(body, VKey(kOrigin), weak(kOrigin));
  EXPECT_EQ(judge(body), "weak_key");
  EXPECT_EQ(world.last.where, "/log_key");

  body = good;
  Replace(body, "\"rules\":1", "\"rules\":2");
  EXPECT_EQ(judge(body), "unknown_rules");
  EXPECT_EQ(world.last.where, "/rules");

  World full;
  const auto in_key = [&](std::string_view name, const char* type, const std::string& json) {
    return full.Judge(full.InKey(name, type, json, RootsAnd({{std::string(name), "self"}})));
  };
  EXPECT_EQ(
      in_key("o.example/new", "key.enroll",
             "{\"key\":\"" + weak("o.example/new") + R"(","unit":"u1","holder":"h","grants":[]})"),
      "weak_key");
  EXPECT_EQ(in_key(kP1, "key.rotate", "{\"key\":\"" + weak(kP1) + "\"}"), "weak_key");
  body = "{" + RootsMembers({std::string(kRoot1), "A"}, 1) + "}";
  Replace(body, VKey(kRoot1), weak(kRoot1));
  EXPECT_EQ(full.Judge(full.InRegistry("root.rotate", body, Roots())), "weak_key");
  Fields bring = full.InCase(kCase, "x.y", {{std::string(kP1), "clerk"}});
  bring.parties = {{"witness", {std::string(kCase) + "/x", tlog::kEd25519Key, {}}}};
  std::copy(low->begin(), low->end(), bring.parties[0].key.key.bytes.begin());
  EXPECT_EQ(full.Judge(bring), "weak_key");
  EXPECT_EQ(full.last.where, "party");
}

TEST(RowOne, AVerifierMayAdmitTheUpgradeThatItDoesNotKnow) {
  World world;
  const std::string note = SignedNote(world.InRegistry("log.upgrade", R"({"rules":7})", Roots()));
  const auto refused = ParseCandidate(note);
  ASSERT_TRUE(std::holds_alternative<Refusal>(refused));
  EXPECT_EQ(std::get<Refusal>(refused).code, "unknown_rules");
  const auto parsed = ParseCandidate(note, UnknownRules::kAdmit);
  ASSERT_TRUE(std::holds_alternative<Candidate>(parsed));
  EXPECT_EQ(std::get<Candidate>(parsed).unknown_rules(), 7u);
  EXPECT_EQ(
      Admit(std::get<Candidate>(parsed), world.index, world.now, world.ledger, SignatureCheck{})
          .kind,
      Admission::kAccepted);
}

}  // namespace
}  // namespace jejak::registry::test
