// SPDX-License-Identifier: Apache-2.0
// One mutation per line rule of section 2: a text that parses, with one line changed.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ledger/base/text.h"
#include "ledger/record/action.h"
#include "ledger/record/entry.h"
#include "tests/record/golden.h"

namespace jejak::record {
namespace {

using golden::Replaced;
using golden::SignedWithZeros;

// What a text mutated by replacing one line must be refused for.
struct Mutation {
  const char* name;
  const char* line;  // the line that is replaced, by its beginning
  std::string with;
  const char* blamed;  // how the detail begins
};

// Fills "HASH", so that rows stay readable.
std::string WithHash(std::string text) {
  const std::size_t at = text.find("HASH");
  if (at != std::string::npos) text.replace(at, 4, EncodeHash(Digest{}));
  return text;
}

void ExpectEachRefused(const std::string& text, const std::vector<Mutation>& mutations) {
  const auto whole = ParseAction(SignedWithZeros(text));
  ASSERT_TRUE(whole.ok()) << whole.error().detail;
  for (const Mutation& row : mutations) {
    const std::string mutant = Replaced(text, row.line, WithHash(row.with));
    ASSERT_NE(mutant, text) << row.name;
    const auto action = ParseAction(SignedWithZeros(mutant));
    ASSERT_FALSE(action.ok()) << row.name;
    EXPECT_EQ(action.error().code, Code::kMalformed) << row.name;
    EXPECT_TRUE(action.error().detail.starts_with(row.blamed))
        << row.name << ": " << action.error().detail;
  }
}

std::string SomeText() { return *EncodeActionText(golden::SomeFields()); }

// The text of an action in the middle of a case with as few lines as can be.
std::string PlainText() {
  ActionFields fields = golden::SomeFields();
  fields.under.reset();
  fields.position = PositionKind::kAfter;
  fields.type = "exam.hold";
  fields.about.clear();
  fields.until.reset();
  fields.parties.clear();
  fields.by = {{"inspektorat.example/p-41", "ketua_tim"}};
  return *EncodeActionText(fields);
}

std::string RegistryText() {
  ActionFields fields = golden::SomeFields();
  fields.stream = {};
  fields.under.reset();
  fields.position = PositionKind::kAfter;
  fields.type = "unit.close";
  fields.about.clear();
  fields.parties.clear();
  fields.body_form = BodyForm::kInline;
  fields.body_json = R"({"unit":"setda"})";
  return *EncodeActionText(fields);
}

std::string Repeated(const std::string& line, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text.append(i == 0 ? "" : "\n").append(line + std::to_string(i));
  return text;
}

TEST(ActionRules, EveryLineHasItsGrammar) {
  const std::string at = "2026-06-19T09:30:00";
  ExpectEachRefused(
      SomeText(), {{"no log", "log ", "", "log:"},
                   {"log with a space", "log ", "log golden.jejak.example/1 x", "log:"},
                   {"log with a plus", "log ", "log golden+x", "log:"},
                   {"two spaces", "log ", "log  golden.jejak.example/1", "log:"},
                   {"log twice", "log ", "log a\nlog a", "stream:"},
                   {"no stream", "stream ", "", "stream:"},
                   {"other stream", "stream ", "stream file/x", "stream:"},
                   {"under without hash", "under ", "under golden", "under:"},
                   {"under with an upper-case id", "under ", "under Golden HASH", "under:"},
                   {"under with a short hash", "under ", "under golden AAAA", "under:"},
                   {"under twice", "under ", "under golden HASH\nunder golden HASH", "after:"},
                   {"no position", "seen ", "", "after:"},
                   {"position without hash", "seen ", "seen 3", "seen:"},
                   {"position with -", "seen ", "seen 3 -", "seen:"},
                   {"position zero with a hash", "seen ", "seen 0 HASH", "seen:"},
                   {"position with a leading zero", "seen ", "seen 03 HASH", "seen:"},
                   {"position with a sign", "seen ", "seen +3 HASH", "seen:"},
                   {"position above 2^53-1", "seen ", "seen 9007199254740992 HASH", "seen:"},
                   {"position behind a space", "seen ", "seen 3  HASH", "seen:"},
                   {"both positions", "seen ", "seen 3 HASH\nafter 3 HASH", "type:"},
                   {"no type", "type ", "", "type:"},
                   {"type of one word", "type ", "type exam", "type:"},
                   {"type with an upper-case letter", "type ", "type Exam.hold", "type:"},
                   {"about with a space", "about ", "about P 1", "about:"},
                   {"about that is empty", "about ", "about ", "about:"},
                   {"about of 33 characters", "about ", "about " + std::string(33, 'P'), "about:"},
                   {"17 about lines", "about ", Repeated("about Q", 16), "about:"},
                   {"no at", "at ", "", "at:"},
                   {"at in UTC", "at ", "at " + at + "Z", "at:"},
                   {"at minus zero", "at ", "at " + at + "-00:00", "at:"},
                   {"at twice", "at ", "at " + at + "+07:00\nat " + at + "+07:00", "by:"},
                   {"until without offset", "until ", "until " + at, "until:"},
                   {"party without key", "party ", "party reporter", "party:"},
                   {"party with another type of key", "party ",
                    "party reporter 5MG3Z0FSDG8122AFHMEK5J0EY2/r+00000000+BAAA", "party:"},
                   {"no by of a role", "by ", "by inspektorat.example/p-41", "by:"},
                   {"by with an empty role", "by ", "by inspektorat.example/p-41 ", "by:"},
                   {"by with two roles", "by ", "by inspektorat.example/p-41 a b", "by:"},
                   {"by with a bad name", "by ", "by inspektorat.example/../p-41 a", "by:"},
                   {"17 signers", "by ", Repeated("by x a", 15), "by:"},
                   {"no body", "body ", "", "body:"},
                   {"body of another length", "body ", "body AAAA", "body:"},
                   {"body that is empty", "body ", "body ", "body:"},
                   {"body in another case", "body ", "Body -", "body:"},
                   {"body twice", "body ", "body -\nbody -", "body:"},
                   {"a line too many", "body ", "body -\nx y", "body:"},
                   {"json in a case", "body ", "{}", "body:"}});
}

TEST(ActionRules, LinesStandInTheOrderOfTheTable) {
  std::vector<std::string> lines;
  const std::string text = SomeText();
  LineReader reader(text);
  while (const auto line = reader.Next()) lines.emplace_back(*line);
  const auto kind = [](const std::string& line) { return line.substr(0, line.find(' ')); };
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (kind(lines[i]) == kind(lines[i + 1])) continue;
    std::vector<std::string> swapped = lines;
    std::swap(swapped[i], swapped[i + 1]);
    std::string mutant;
    for (const std::string& line : swapped) mutant += line + "\n";
    EXPECT_FALSE(ParseAction(SignedWithZeros(mutant)).ok()) << mutant;
  }
}

TEST(ActionRules, RoleOfAPartyIsAWordThatIsNoOfficials) {
  const ActionFields fields = golden::SomeFields();
  const std::string key = tlog::EncodeVerifierKey(fields.parties[0].key);
  for (const char* role : {"-", "root", "self", "registrar", "procedure_owner", "Officer", ""}) {
    ExpectEachRefused(SomeText(),
                      {{role, "party ", "party " + std::string(role) + " " + key, "party:"}});
  }
  EXPECT_TRUE(
      ParseAction(SignedWithZeros(Replaced(SomeText(), "party ", "party roots " + key))).ok());
}

TEST(ActionRules, PartiesBelongToThisCaseAndDiffer) {
  const ActionFields fields = golden::SomeFields();
  const auto with = [&](std::string name, std::size_t key_of) {
    tlog::VerifierKey key = fields.parties[key_of].key;
    key.name = std::move(name);
    return "party officer " + tlog::EncodeVerifierKey(key);
  };
  const std::string id = fields.stream.name;
  ExpectEachRefused(SomeText(),
                    {{"other case", "party ", with("5WV6N1EN85F57JY4X1SEFPD93C/r", 0), "party:"},
                     {"no label", "party ", with(id, 0), "party:"},
                     {"two labels", "party ", with(id + "/a/b", 0), "party:"},
                     {"label with a dot", "party ", with(id + "/a.b", 0), "party:"},
                     {"long label", "party ", with(id + "/" + std::string(33, 'a'), 0), "party:"},
                     {"name of the next", "party ", with(id + "/P044", 0), "party:"},
                     {"key of the next", "party ", with(id + "/reporter", 1), "party:"}});
}

TEST(ActionRules, FourPartiesAndNoMore) {
  ActionFields fields = golden::SomeFields();
  for (std::uint8_t i = 3; i <= 4; ++i) {
    fields.parties.push_back(fields.parties[0]);
    fields.parties.back().key.name = fields.stream.name + "/p" + std::to_string(i);
    fields.parties.back().key.key.bytes[0] ^= i;
  }
  EXPECT_TRUE(EncodeActionText(fields).ok());
  fields.parties.push_back(fields.parties[0]);
  fields.parties.back().key.name = fields.stream.name + "/p5";
  fields.parties.back().key.key.bytes[0] ^= 5;
  EXPECT_FALSE(EncodeActionText(fields).ok());
}

TEST(ActionRules, SixteenSignersAndPseudonymsButNoTwins) {
  ActionFields fields = golden::SomeFields();
  fields.parties.clear();
  fields.by.clear();
  fields.about.clear();
  for (int i = 0; i < 16; ++i) {
    fields.by.push_back({"x.example/" + std::to_string(i), "a"});
    fields.about.push_back("P" + std::to_string(i));
  }
  EXPECT_TRUE(EncodeActionText(fields).ok());
  ActionFields twin = fields;
  twin.by[15].name = twin.by[0].name;
  EXPECT_FALSE(EncodeActionText(twin).ok());
  twin = fields;
  twin.about[15] = twin.about[0];
  EXPECT_FALSE(EncodeActionText(twin).ok());
  fields.by.push_back({"x.example/16", "a"});
  EXPECT_FALSE(EncodeActionText(fields).ok());
}

TEST(ActionRules, UnderStandsExactlyWhereACaseIsOpenedOrRebound) {
  ExpectEachRefused(SomeText(), {{"rebind without", "under ", "", "under:"},
                                 {"under in the middle", "type ", "type exam.hold", "under:"}});
  const std::string opening =
      Replaced(Replaced(PlainText(), "after ", "after 0 -"), "type ", "type report.submit");
  EXPECT_FALSE(ParseAction(SignedWithZeros(opening)).ok());
  const std::string with = WithHash(Replaced(opening, "after ", "under golden HASH\nafter 0 -"));
  EXPECT_TRUE(ParseAction(SignedWithZeros(with)).ok());
  EXPECT_FALSE(ParseAction(SignedWithZeros(Replaced(with, "type ", "type case.rebind"))).ok());
  ExpectEachRefused(RegistryText(),
                    {{"in the registry", "after ", "under golden HASH\nafter 3 HASH", "after:"}});
  ExpectEachRefused(RegistryText(),
                    {{"at its start", "after ", "under golden HASH\nafter 0 -", "under:"}});
}

TEST(ActionRules, SeenIsForCasesThatAreOpenAndForALimitedTime) {
  ExpectEachRefused(SomeText(), {{"without until", "until ", "", "seen:"},
                                 {"of nothing", "seen ", "seen 0 -", "seen:"}});
  ExpectEachRefused(RegistryText(), {{"in the registry", "after ", "seen 3 HASH", "seen:"}});
  EXPECT_TRUE(ParseAction(SignedWithZeros(Replaced(RegistryText(), "after ", "after 0 -"))).ok());
}

TEST(ActionRules, WhatIsForCasesStandsInNoOtherStream) {
  const std::string party =
      "party x " + tlog::EncodeVerifierKey(golden::SomeFields().parties[0].key);
  const std::string until = "until 2026-06-26T09:30:00-02:30";
  ExpectEachRefused(RegistryText(), {{"about", "type ", "type unit.close\nabout P1", "about:"},
                                     {"party", "until ", until + "\n" + party, "party:"},
                                     {"commitment", "{", "body HASH", "body:"},
                                     {"no body", "{", "body -", "body:"},
                                     {"no last line", "{", "", "body:"},
                                     {"a list", "{", "[1]", "body:"},
                                     {"a number that isn't whole", "{", R"({"unit":1.0})", "body:"},
                                     {"a space behind", "{", R"({"unit":"setda"} )", "body:"},
                                     {"a name twice", "{", R"({"unit":"a","unit":"a"})", "body:"}});
}

TEST(ActionRules, APartyNamedAfterAKeyStreamIsNoParty) {
  ActionFields fields = *ParseAction(SignedWithZeros(RegistryText()));
  fields.stream = {StreamKind::kKey, "x.example"};
  fields.type = "key.grant";
  ASSERT_TRUE(EncodeActionText(fields).ok());
  fields.parties = {golden::SomeFields().parties[0]};
  fields.parties[0].key.name = "x.example/P1";
  EXPECT_FALSE(EncodeActionText(fields).ok());
}

TEST(ActionRules, TypesOfSectionEightStandInTheirStream) {
  ExpectEachRefused(PlainText(), {{"in a case", "type ", "type key.enroll", "type:"},
                                  {"unknown", "type ", "type unit.renamed", "type:"}});
  ExpectEachRefused(RegistryText(), {{"of a case", "type ", "type exam.hold", "type:"},
                                     {"of a key", "type ", "type key.enroll", "type:"},
                                     {"unknown", "type ", "type unit.renamed", "type:"}});
}

TEST(ActionRules, TheNoteIsTextABlankLineAndItsSignatures) {
  const std::string text = PlainText();
  const std::string note = SignedWithZeros(text);
  const std::string line = note.substr(text.size() + 1);
  ASSERT_TRUE(ParseAction(note).ok());
  const auto longer = [](std::size_t bytes) {
    return "\u2014 inspektorat.example/p-41 " + EncodeBase64(Bytes(bytes)) + "\n";
  };
  ASSERT_EQ(line, longer(68));
  const std::vector<std::pair<const char*, std::string>> mutants = {
      {"empty", ""},
      {"text alone", text},
      {"no signature", text + "\n"},
      {"no blank line", text + line},
      {"two blank lines", text + "\n\n" + line},
      {"no final line feed", note.substr(0, note.size() - 1)},
      {"a line feed too many", note + "\n"},
      {"twice", note + line},
      {"a stranger's too", note + "\u2014 x " + EncodeBase64(Bytes(68)) + "\n"},
      {"another's", text + "\n\u2014 x " + EncodeBase64(Bytes(68)) + "\n"},
      {"short", text + "\n" + longer(67)},
      {"cosignature", text + "\n" + longer(76)},
      {"en dash", text + "\n\u2013" + line.substr(3)},
      {"no space", text + "\n\u2014" + line.substr(4)},
      {"two spaces", text + "\n\u2014  " + line.substr(4)},
      {"unused bits", Replaced(note, "\u2014", line.substr(0, line.size() - 3) + "B=")},
      {"carriage return", Replaced(note, "\u2014", line.substr(0, line.size() - 1) + "\r")},
      {"byte order mark", "\xEF\xBB\xBF" + note},
      {"another format", "jejak/action/v2" + note.substr(15)}};
  for (const auto& [name, mutant] : mutants) {
    const auto action = ParseAction(mutant);
    ASSERT_FALSE(action.ok()) << name;
    EXPECT_EQ(action.error().code, Code::kMalformed) << name;
  }
}

TEST(ActionRules, ANoteThatFitsNoEntryIsRefused) {
  const std::string text = RegistryText();
  const std::string note = SignedWithZeros(text);
  const auto padded = [&](std::size_t bytes) {
    const std::string body = R"({"unit":)" + std::string(bytes - note.size(), ' ') + R"("setda"})";
    return SignedWithZeros(Replaced(text, "{", body));
  };
  ASSERT_EQ(padded(kMaxNoteBytes).size(), kMaxNoteBytes);
  EXPECT_TRUE(ParseAction(padded(kMaxNoteBytes)).ok());
  EXPECT_FALSE(ParseAction(padded(kMaxNoteBytes + 1)).ok());
}

}  // namespace
}  // namespace jejak::record
