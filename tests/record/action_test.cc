// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/action.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "ledger/record/leaf.h"
#include "tests/record/golden.h"

namespace jejak::record {
namespace {

TEST(Action, GoldenActionsKeepTheirBytesAndIds) {
  const auto ids = golden::ReadJson("expected.json")["action_ids"];
  std::size_t seen = 0;
  for (const std::string& bytes : golden::Leaves()) {
    const auto leaf = ParseLeaf(bytes);
    ASSERT_TRUE(leaf.ok()) << leaf.error().detail;
    const auto* logged = std::get_if<LoggedAction>(&*leaf);
    if (logged == nullptr) continue;
    const std::string index = std::to_string(logged->entry.index);
    EXPECT_EQ(EncodeHex(logged->action.id().view()), ids.at(index).get<std::string>()) << index;
    EXPECT_EQ(EncodeAction(logged->action), logged->entry.action_note) << index;
    ++seen;
  }
  EXPECT_EQ(seen, ids.size());
}

TEST(Action, FieldsAloneGiveTheTextOfEveryGoldenAction) {
  for (const std::string& note : golden::Notes()) {
    const auto action = ParseAction(note);
    ASSERT_TRUE(action.ok()) << action.error().detail;
    const auto text = EncodeActionText(*action);
    ASSERT_TRUE(text.ok()) << text.error().detail;
    EXPECT_EQ(*text, action->text);
    EXPECT_EQ(EncodeActionPrefix(*action), action->commitment_prefix());
  }
}

TEST(Action, EveryLineIsRead) {
  const ActionFields fields = golden::SomeFields();
  const auto action = ParseAction(golden::NoteOf(fields));
  ASSERT_TRUE(action.ok()) << action.error().detail;
  EXPECT_EQ(action->log, fields.log);
  EXPECT_EQ(action->stream, fields.stream);
  EXPECT_EQ(action->under, fields.under);
  EXPECT_EQ(action->position, PositionKind::kSeen);
  EXPECT_EQ(action->position_count, 3u);
  EXPECT_EQ(action->position_root, fields.position_root);
  EXPECT_EQ(action->type, fields.type);
  EXPECT_EQ(action->about, fields.about);
  EXPECT_EQ(action->at_text, "2026-06-19T09:30:00+07:00");
  EXPECT_EQ(action->at.instant, fields.at.instant);
  EXPECT_EQ(action->until->instant, fields.until->instant);
  EXPECT_EQ(action->until->offset_minutes, -150);
  ASSERT_EQ(action->parties.size(), 2u);
  EXPECT_EQ(action->parties[1].role, "officer");
  EXPECT_EQ(action->parties[1].key, fields.parties[1].key);
  EXPECT_EQ(action->by, fields.by);
  EXPECT_EQ(action->body_form, BodyForm::kCommitted);
  EXPECT_EQ(action->body_commitment, fields.body_commitment);
  ASSERT_EQ(action->signatures.size(), 3u);
  EXPECT_EQ(action->signatures[0].signature.size(), 64u);
  EXPECT_TRUE(action->commitment_prefix().ends_with("/P044 -\n"));
}

TEST(Action, OtherFormsOfBodyAndPositionAreRead) {
  ActionFields fields = golden::SomeFields();
  fields.body_form = BodyForm::kNone;
  fields.position = PositionKind::kAfter;
  fields.position_count = 0;
  fields.type = "report.submit";
  const auto opening = ParseAction(golden::NoteOf(fields));
  ASSERT_TRUE(opening.ok()) << opening.error().detail;
  EXPECT_EQ(opening->body_form, BodyForm::kNone);
  EXPECT_EQ(opening->position, PositionKind::kAfter);
  EXPECT_EQ(opening->position_root, Digest{});

  const auto publish = ParseAction(golden::Notes()[0]);
  ASSERT_TRUE(publish.ok());
  EXPECT_EQ(publish->type, "log.create");
  EXPECT_EQ(publish->body_form, BodyForm::kInline);
  EXPECT_TRUE(publish->body_json.starts_with("{\"origin\""));
}

TEST(Action, SigningAGoldenTextGivesItsGoldenLines) {
  const auto expected = golden::ReadJson("expected.json");
  std::size_t compared = 0;
  for (const std::string& note : golden::Notes()) {
    const auto action = ParseAction(note);
    ASSERT_TRUE(action.ok());
    for (const auto& line : action->signatures) {
      const auto key = expected["keys"].find(line.name);
      if (key == expected["keys"].end()) continue;
      const auto seed = ParseHex((*key)["seed"].get<std::string>());
      const auto made = SignAction(action->text, line.name, crypto::SecretKey::FromSeed(*seed));
      if (made.key_id != line.key_id) continue;  // signed by the key before a rotation
      EXPECT_EQ(made, line) << action->text;
      ++compared;
    }
  }
  EXPECT_GT(compared, 300u);
}

TEST(EncodeActionText, RefusesFieldsThatWouldReadDifferently) {
  const auto refuses = [](auto change) {
    ActionFields fields = golden::SomeFields();
    change(fields);
    return !EncodeActionText(fields).ok();
  };
  EXPECT_FALSE(refuses([](ActionFields&) {}));
  EXPECT_TRUE(refuses([](ActionFields& f) { f.about = {"P1\nabout P2"}; }));
  EXPECT_TRUE(refuses([](ActionFields& f) { f.type = "case.rebind\nabout P1"; }));
  EXPECT_TRUE(refuses([](ActionFields& f) { f.by[0].name = "a b"; }));
  EXPECT_TRUE(refuses([](ActionFields& f) { f.by.clear(); }));
  EXPECT_TRUE(refuses([](ActionFields& f) { f.under.reset(); }));
  EXPECT_TRUE(refuses([](ActionFields& f) { f.log = ""; }));
  EXPECT_TRUE(refuses([](ActionFields& f) { f.at.instant.value = -100000; }));
  EXPECT_TRUE(refuses([](ActionFields& f) { f.position_count = kMaxDecimal + 1; }));
  EXPECT_TRUE(refuses([](ActionFields& f) {
    f.body_form = BodyForm::kInline;
    f.body_json = "body -";
  }));
  EXPECT_TRUE(refuses([](ActionFields& f) {
    f.body_form = BodyForm::kInline;
    f.body_json = "{}\n";
  }));
}

TEST(Draft, TakesSignaturesInAnyOrderAndKeepsTheirPlace) {
  const auto text = EncodeActionText(golden::SomeFields());
  ASSERT_TRUE(text.ok());
  auto draft = ParseDraft(*text + "\n");
  ASSERT_TRUE(draft.ok()) << draft.error().detail;
  EXPECT_FALSE(ParseAction(*text + "\n").ok());
  for (const std::size_t place : {2u, 0u, 1u}) {
    EXPECT_FALSE(draft->complete());
    const std::string name = draft->action.by[place].name;
    ASSERT_TRUE(AddSignature(*draft, {name, 0, Bytes(64)}).ok());
    EXPECT_EQ(AddSignature(*draft, {name, 0, Bytes(64)}).error().code, Code::kConflict);
    const auto again = ParseDraft(EncodeDraft(*draft));
    ASSERT_TRUE(again.ok()) << again.error().detail;
    EXPECT_EQ(EncodeDraft(*again), EncodeDraft(*draft));
  }
  EXPECT_TRUE(draft->complete());
  const auto action = ParseAction(EncodeDraft(*draft));
  ASSERT_TRUE(action.ok()) << action.error().detail;
  EXPECT_EQ(EncodeAction(*action), golden::SignedWithZeros(*text));
}

TEST(Draft, RefusesStrangersAndShortSignatures) {
  auto draft = ParseDraft(*EncodeActionText(golden::SomeFields()) + "\n");
  ASSERT_TRUE(draft.ok());
  const std::string name = draft->action.by[0].name;
  EXPECT_FALSE(AddSignature(*draft, {"stranger.example/x", 0, Bytes(64)}).ok());
  EXPECT_FALSE(AddSignature(*draft, {name, 0, Bytes(63)}).ok());
  EXPECT_FALSE(AddSignature(*draft, {name, 0, Bytes(72)}).ok());
  EXPECT_TRUE(draft->action.signatures.empty());
}

TEST(Draft, RefusesASignatureTwiceAndOutOfOrder) {
  const std::string note = golden::NoteOf(golden::SomeFields());
  const std::size_t blank = note.find("\n\n") + 2;
  const std::string text = note.substr(0, blank);
  LineReader lines(std::string_view(note).substr(blank));
  const std::string first = std::string(*lines.Next()) + "\n";
  const std::string second = std::string(*lines.Next()) + "\n";
  EXPECT_TRUE(ParseDraft(text + first + second).ok());
  EXPECT_TRUE(ParseDraft(text + second).ok());
  EXPECT_FALSE(ParseDraft(text + second + first).ok());
  EXPECT_FALSE(ParseDraft(text + first + first).ok());
}

}  // namespace
}  // namespace jejak::record
