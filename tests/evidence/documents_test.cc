// SPDX-License-Identifier: Apache-2.0
//
// Which version judges a case: the one that the `under` line names, if its document and those of
// every version of its calendar are there and are what their publishes say.
#include "ledger/evidence/documents.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/record/entry.h"
#include "tests/evidence/book.h"

namespace jejak::evidence::test {
namespace {

constexpr const char* kDefinition =
    R"({"format":"jejak/procedure/v1","id":"p","version":"1.0","title":{"id":"a","en":"b"},)"
    R"("source":"policy","zone":"+07:00","calendar":"calendar/c","parameters":{},"codes":{},)"
    R"("tables":{},"tracks":{},"roles":{"officer":{"id":"a","en":"b"}},"closes":[],)"
    R"("actions":[{"type":"note.add","title":{"id":"a","en":"b"},"roles":[]}],)"
    R"("rules":[{"id":"R1","severity":"C","check":"P","scope":"case","source":"policy",)"
    R"("basis":[],"title":{"id":"a","en":"b"},)"
    R"("duties":[{"id":"d","require":true,"says":{"id":"a","en":"b"}}]}]})";
constexpr const char* kCalendar =
    R"({"format":"jejak/calendar/v1","id":"c","version":"1.0","title":{"id":"a","en":"b"},)"
    R"("source":"law","zone":"+07:00","from":"2024-01-01","to":"2026-12-31",)"
    R"("working_week":["mon","tue","wed","thu","fri"],"holidays":[]})";

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

// A log that publishes, and what is known of its documents.
class Shelf {
 public:
  explicit Shelf(DocumentCache& cache) : published(cache) {}

  Digest Publish(const std::string& stream, const std::string& version, const std::string& text,
                 const std::string& size = {}) {
    std::string body = "{\"version\":\"" + version +
                       "\",\"size\":" + (size.empty() ? std::to_string(text.size()) : size) +
                       ",\"sha256\":\"" + EncodeHash(crypto::Sha256(AsBytes(text))) + "\"";
    const bool procedure = stream.starts_with("procedure/");
    if (procedure) body += ",\"calendar\":\"c\"";
    const auto index = book.Append(book.Admin(
        stream, procedure ? "procedure.publish" : "calendar.publish",
        {{"u.example/owner", "procedure_owner"}, {"book.example/root-1", "root"}}, body + "}"));
    const auto entry = record::ParseEntry(book.leaves()[index]);
    const auto parsed = registry::ParseCandidate(entry->action_note);
    const auto& candidate = std::get<registry::Candidate>(parsed);
    published.Note(candidate, index, entry->time);
    return candidate.action.id();
  }

  Book book;
  PublishedVersions published;
};

TEST(Documents, WhatIsPublishedIsFound) {
  DocumentCache cache;
  Shelf shelf(cache);
  const std::string later = Replaced(kCalendar, "\"1.0\"", "\"1.1\"");
  shelf.Publish("calendar/c", "1.0", kCalendar);
  const Digest publish = shelf.Publish("procedure/p", "1.0", kDefinition);
  shelf.Publish("calendar/c", "1.1", later);
  for (const std::string_view text :
       {std::string_view(kCalendar), std::string_view(kDefinition), std::string_view(later)}) {
    shelf.published.Supply(text);
  }
  EXPECT_EQ(shelf.published.Wanted().size(), 3u);
  const auto bound = shelf.published.Bind({"p", publish});
  ASSERT_FALSE(bound->why_not) << bound->why_not->en;
  EXPECT_EQ(bound->procedure, "p");
  EXPECT_EQ(bound->version, "1.0");
  EXPECT_EQ(bound->definition->definition->rules.size(), 1u);
  ASSERT_EQ(bound->calendars->size(), 2u);
  EXPECT_LT((*bound->calendars)[0].index, bound->publish_index);
  EXPECT_GT((*bound->calendars)[1].index, bound->publish_index);
  EXPECT_EQ((*bound->calendars)[1].calendar.version, "1.1");
  EXPECT_EQ(shelf.published.Bind({"p", publish}), bound);
  // Another log with the same document: parsed once.
  Shelf other(cache);
  other.Publish("calendar/c", "1.0", kCalendar);
  const Digest again = other.Publish("procedure/p", "1.0", kDefinition);
  other.published.Supply(kCalendar);
  other.published.Supply(kDefinition);
  EXPECT_EQ(other.published.Bind({"p", again})->definition, bound->definition);
}

// Each row breaks one condition; then there is no definition, and the reason names it.
TEST(Documents, WhatIsNotWhatWasPublishedIsNone) {
  struct Row {
    const char* name;
    std::string definition = kDefinition;
    std::string calendar = kCalendar;
    std::string later = {};  // a second version of the calendar; "" = none
    bool supply_later = true;
    bool supply_definition = true;
    bool supply_calendar = true;
    bool publish_calendar = true;
    std::string size = {};
    std::string sentence = {};
  };
  const std::string later = Replaced(kCalendar, "\"1.0\"", "\"1.1\"");
  const std::vector<Row> rows = {
      {.name = "no document",
       .supply_definition = false,
       .sentence = "p 1.0 (entry 11) is not held"},
      {.name = "another size", .size = "7", .sentence = "p 1.0 (entry 11) is not held"},
      {.name = "another id",
       .definition = Replaced(kDefinition, R"("id":"p")", R"("id":"q")"),
       .sentence = "is not what was published: /id differs"},
      {.name = "another version",
       .definition = Replaced(kDefinition, R"("version":"1.0")", R"("version":"1.1")"),
       .sentence = "is not what was published: /version differs"},
      {.name = "another calendar",
       .definition = Replaced(kDefinition, "calendar/c", "calendar/d"),
       .sentence = "is not what was published: /calendar differs"},
      {.name = "unknown format",
       .definition = Replaced(kDefinition, "procedure/v1", "procedure/v2"),
       .sentence = "is not valid: /format"},
      {.name = "an error",
       .definition = Replaced(kDefinition, R"("require":true)", R"("require":{"found":"x"})"),
       .sentence = "is not valid: /rules/0/duties/0/require"},
      {.name = "not JSON", .definition = "{}]", .sentence = "is not valid: "},
      {.name = "no calendar document",
       .supply_calendar = false,
       .sentence = "the calendar c 1.0 (entry 10) is not held"},
      {.name = "the calendar's id",
       .calendar = Replaced(kCalendar, R"("id":"c")", R"("id":"d")"),
       .sentence = "the calendar c 1.0 (entry 10) is not what was published: /id differs"},
      {.name = "the calendar's version",
       .calendar = Replaced(kCalendar, R"("1.0")", R"("1.1")"),
       .sentence = "(entry 10) is not what was published: /version differs"},
      {.name = "the calendar's format",
       .calendar = Replaced(kCalendar, "calendar/v1", "calendar/v2"),
       .sentence = "the calendar c 1.0 (entry 10) is not valid: /format"},
      {.name = "a later version of the calendar is missing",
       .later = later,
       .supply_later = false,
       .sentence = "the calendar c 1.1 (entry 12) is not held"},
      {.name = "a calendar never published",
       .publish_calendar = false,
       .sentence = "the calendar c was never published"},
  };
  for (const Row& row : rows) {
    DocumentCache cache;
    Shelf shelf(cache);
    if (row.publish_calendar) shelf.Publish("calendar/c", "1.0", row.calendar);
    const Digest publish = shelf.Publish("procedure/p", "1.0", row.definition, row.size);
    if (!row.later.empty()) shelf.Publish("calendar/c", "1.1", row.later);
    if (row.supply_definition) shelf.published.Supply(row.definition);
    if (row.supply_calendar) shelf.published.Supply(row.calendar);
    if (row.supply_later) shelf.published.Supply(row.later);
    const auto bound = shelf.published.Bind({"p", publish});
    ASSERT_TRUE(bound->why_not) << row.name;
    EXPECT_NE(bound->why_not->en.find(row.sentence), std::string::npos)
        << row.name << ": " << bound->why_not->en;
    EXPECT_FALSE(bound->why_not->id.empty()) << row.name;
    EXPECT_EQ(bound->version, "1.0") << row.name;
  }
}

TEST(Documents, APublishThatIsNotHeldBindsNothing) {
  DocumentCache cache;
  Shelf shelf(cache);
  const Digest publish = shelf.Publish("procedure/p", "1.0", kDefinition);
  EXPECT_TRUE(shelf.published.Bind({"p", Digest{}})->why_not);
  EXPECT_NE(shelf.published.Bind({"q", publish})->why_not->en.find("is not held"),
            std::string::npos);
}

}  // namespace
}  // namespace jejak::evidence::test
