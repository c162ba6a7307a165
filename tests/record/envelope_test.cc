// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/envelope.h"

#include <gtest/gtest.h>

#include <random>

#include "ledger/base/text.h"
#include "tests/record/golden.h"

namespace jejak::record {
namespace {

Envelope Whole() {
  Envelope envelope;
  envelope.note = golden::NoteOf(golden::SomeFields());
  envelope.body = BodyOpening{{}, "{}"};
  envelope.openings = {{"/a", {}, "1"}, {"/a~1b/0", {}, R"("x y")"}};
  envelope.document = "one\n\ndocument\ntwo";
  return envelope;
}

TEST(Envelope, GoldenReportComesApartAndBack) {
  const std::string text = golden::ReadVector("report.action");
  const auto envelope = ParseEnvelope(text);
  ASSERT_TRUE(envelope.ok()) << envelope.error().detail;
  EXPECT_EQ(*EncodeEnvelope(*envelope), text);
  const auto action = ParseAction(envelope->note);
  ASSERT_TRUE(action.ok()) << action.error().detail;
  ASSERT_TRUE(envelope->body.has_value());
  ASSERT_EQ(envelope->openings.size(), 1u);
  EXPECT_FALSE(envelope->document.has_value());
  const auto body = ReadBody(*action, *envelope->body);
  ASSERT_EQ(body.fit, Fit::kFits);
  EXPECT_EQ(CheckField(*action, *body.value, envelope->openings[0]), Fit::kFits);
}

TEST(Envelope, GoldenProcedureComesApartAndBack) {
  const std::string text = golden::ReadVector("procedure.action");
  const auto envelope = ParseEnvelope(text);
  ASSERT_TRUE(envelope.ok()) << envelope.error().detail;
  EXPECT_EQ(*EncodeEnvelope(*envelope), text);
  EXPECT_TRUE(ParseAction(envelope->note).ok());
  EXPECT_FALSE(envelope->body.has_value());
  ASSERT_TRUE(envelope->document.has_value());
  EXPECT_EQ(envelope->document->size(), 187u);
}

TEST(Envelope, EveryCombinationOfPartsComesBack) {
  for (unsigned parts = 0; parts < 16; ++parts) {
    Envelope envelope = Whole();
    if ((parts & 1) == 0) envelope.body.reset();
    if ((parts & 2) == 0) envelope.openings.clear();
    if ((parts & 4) == 0) envelope.document.reset();
    if ((parts & 8) == 0) envelope.note = envelope.note.substr(0, envelope.note.find("\n\n") + 2);
    const auto text = EncodeEnvelope(envelope);
    ASSERT_TRUE(text.ok()) << parts << text.error().detail;
    const auto again = ParseEnvelope(*text);
    ASSERT_TRUE(again.ok()) << parts << again.error().detail;
    EXPECT_EQ(*again, envelope) << parts;
  }
}

TEST(Envelope, EmptyPartsAreParts) {
  Envelope envelope = Whole();
  envelope.body->text.clear();
  envelope.openings[0].value.clear();
  envelope.document->clear();
  EXPECT_EQ(*ParseEnvelope(*EncodeEnvelope(envelope)), envelope);
}

TEST(Envelope, RefusesToEncodeWhatWouldReadDifferently) {
  const auto refuses = [](auto change) {
    Envelope envelope = Whole();
    change(envelope);
    return !EncodeEnvelope(envelope).ok();
  };
  EXPECT_FALSE(refuses([](Envelope&) {}));
  EXPECT_TRUE(refuses([](Envelope& e) { e.note.clear(); }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.note.pop_back(); }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.note += "\n"; }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.note += "\nbody x\n"; }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.note = "x\n"; }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.note = "\n\n"; }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.body->text = "{\n}"; }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.openings[0].value = "1\n"; }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.openings[0].pointer = ""; }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.openings[0].pointer = "a"; }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.openings[0].pointer = "/a b"; }));
  EXPECT_TRUE(refuses([](Envelope& e) { e.openings[0].pointer = "/a\n"; }));
}

TEST(Envelope, RefusesEveryOtherOrderAndForm) {
  const std::string note = Whole().note;
  const std::string key = EncodeHash({});
  ASSERT_TRUE(ParseEnvelope(note + "\nbody " + key + "\n{}\n").ok());
  const std::string opening = "\nopening /a " + key + "\n1\n";
  ASSERT_TRUE(ParseEnvelope(note + opening + opening).ok());
  const std::vector<std::pair<const char*, std::string>> rows = {
      {"nothing", ""},
      {"no note", "\nbody " + key + "\n{}\n"},
      {"text alone", note.substr(0, note.find("\n\n") + 1)},
      {"a cut signature", note.substr(0, note.size() - 1)},
      {"a line feed behind", note + "\n"},
      {"a word behind", note + "x"},
      {"a part behind the last", note + opening + "x"},
      {"no blank line", note + "body " + key + "\n{}\n"},
      {"two blank lines", note + "\n\nbody " + key + "\n{}\n"},
      {"body twice", note + "\nbody " + key + "\n{}\n\nbody " + key + "\n{}\n"},
      {"body after opening", note + opening + "\nbody " + key + "\n{}\n"},
      {"body of two lines", note + "\nbody " + key + "\n{\n}\n"},
      {"body without end", note + "\nbody " + key + "\n{}"},
      {"body without text", note + "\nbody " + key + "\n"},
      {"body without key", note + "\nbody \n{}\n"},
      {"body of a short key", note + "\nbody AAAA\n{}\n"},
      {"opening without pointer", note + "\nopening " + key + "\n1\n"},
      {"opening of the whole body", note + "\nopening  " + key + "\n1\n"},
      {"opening with a space", note + "\nopening /a b " + key + "\n1\n"},
      {"opening without slash", note + "\nopening a " + key + "\n1\n"},
      {"opening without end", note + "\nopening /a " + key + "\n1"},
      {"opening cut in its line", note + "\nopening /a " + key},
      {"document without line feed", note + "\ndocument"},
      {"document on its line", note + "\ndocument x"}};
  for (const auto& [name, text] : rows) {
    const auto envelope = ParseEnvelope(text);
    ASSERT_FALSE(envelope.ok()) << name;
    EXPECT_EQ(envelope.error().code, Code::kMalformed) << name;
  }
}

TEST(Envelope, EveryChangedByteIsRefusedOrKept) {
  std::mt19937 random(20260619);
  const std::string text = *EncodeEnvelope(Whole());
  std::size_t kept = 0;
  for (int round = 0; round < 20; ++round) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::string mutant = text;
      mutant[at] = round == 0 ? '\n' : static_cast<char>(random() % 256);
      const auto envelope = ParseEnvelope(mutant);
      if (!envelope.ok()) continue;
      const auto again = EncodeEnvelope(*envelope);
      ASSERT_TRUE(again.ok()) << mutant;
      EXPECT_EQ(*again, mutant);
      ++kept;
    }
  }
  EXPECT_GT(kept, 1000u);
}

TEST(Batch, ComesApartAndBack) {
  const std::vector<std::string> envelopes = {"x", *EncodeEnvelope(Whole()), "12\nabc", "\n"};
  const auto text = EncodeBatch(envelopes);
  ASSERT_TRUE(text.ok());
  const auto views = ParseBatch(*text);
  ASSERT_TRUE(views.ok()) << views.error().detail;
  EXPECT_EQ(std::vector<std::string>(views->begin(), views->end()), envelopes);
  EXPECT_TRUE(ParseBatch("")->empty());
  EXPECT_EQ(*EncodeBatch({}), "");
}

TEST(Batch, RefusesLengthsThatAreNone) {
  ASSERT_TRUE(ParseBatch("1\nx").ok());
  for (const char* text :
       {"x", "1", "1\n", "2\nx", "0\n", "01\nx", "-1\nx", " 1\nx", "1 \nx", "\nx", "1\nxy",
        "1\nx\n", "18446744073709551617\nx", "9007199254740991\nx", "1\nx0\n"}) {
    EXPECT_FALSE(ParseBatch(text).ok()) << text;
  }
  EXPECT_FALSE(EncodeBatch({"x", ""}).ok());
}

}  // namespace
}  // namespace jejak::record
