// SPDX-License-Identifier: Apache-2.0
//
// Writes docs/procedure.md and docs/procedure/ from the definitions in docs/procedures/ and compares them with the files in the
// repository. After a change that is meant: JEJAK_WRITE_DOCS=1 build/release/tests/docs/procedure_doc_tests.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "tools/procedure/guide_index.h"
#include "tools/procedure/state_graph.h"

namespace jejak::guide {
namespace {

const std::string kDocs = JEJAK_SOURCE_DIR "/docs/";

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Document ReadProcedure(const std::string& name) {
  auto document = ReadDocument(Read(kDocs + "procedures/" + name + ".json"));
  EXPECT_TRUE(document.ok()) << name << ": " << (document.ok() ? "" : document.error().detail);
  return document.ok() ? *std::move(document) : Document();
}

procedure::Calendar ReadCalendar(const std::string& name) {
  auto parsed = procedure::ParseCalendar(Read(kDocs + "procedures/" + name + ".calendar.json"));
  EXPECT_TRUE(parsed.calendar.has_value()) << name << ": " << parsed.Explain();
  return parsed.calendar.value_or(procedure::Calendar());
}

Library ReadLibrary() {
  Library library;
  for (const char* name :
       {"malang-article-2024", "pp94-kota", "permit-receipt", "fine-notification"})
    library.procedures.push_back(ReadProcedure(name));
  library.versions.push_back(ReadProcedure("malang-article-2024-1.1.0"));
  library.calendars = {ReadCalendar("id-asn"), ReadCalendar("none")};
  return library;
}

// Path below docs/ and text of every file that is written.
std::map<std::string, std::string> Pages(const Library& library) {
  const Glossary& glossary = Glossary::BuiltIn();
  std::map<std::string, std::string> pages{{"procedure.md", GuideIndex(library, glossary)}};
  for (const Document& document : library.procedures) {
    const procedure::Definition& definition = document.definition;
    pages["procedure/" + definition.id + ".md"] = GuidePage(document, glossary);
    for (std::size_t track = 0; track < definition.tracks.size(); ++track) {
      for (const Language language : {Language::kIndonesian, Language::kEnglish})
        pages["procedure/" + PictureName(definition, track, language)] =
            StateGraphSvg(definition, track, glossary, language);
    }
  }
  return pages;
}

TEST(ProcedureDocs, AreWhatTheCodeWrites) {
  const auto pages = Pages(ReadLibrary());
  for (const auto& [path, text] : pages) {
    if (std::getenv("JEJAK_WRITE_DOCS") != nullptr) {
      std::filesystem::create_directories(std::filesystem::path(kDocs + path).parent_path());
      std::ofstream(kDocs + path, std::ios::binary) << text;
    }
    EXPECT_EQ(Read(kDocs + path), text)
        << path << ": run this with JEJAK_WRITE_DOCS=1 if the change is meant";
  }
}

TEST(ProcedureDocs, NoPageIsLeftOver) {
  const auto pages = Pages(ReadLibrary());
  for (const auto& entry : std::filesystem::directory_iterator(kDocs + "procedure")) {
    const std::string name = entry.path().filename();
    EXPECT_TRUE(name == "words.json" || pages.contains("procedure/" + name)) << name;
  }
}

TEST(ProcedureDocs, EveryShippedDefinitionAndCalendarIsInThem) {
  std::set<std::string> shown;
  const Library library = ReadLibrary();
  for (const Document& document : library.procedures)
    shown.insert(document.definition.id + ".json");
  for (const Document& document : library.versions)
    shown.insert(document.definition.id + "-" + document.definition.version + ".json");
  for (const procedure::Calendar& calendar : library.calendars)
    shown.insert(calendar.id + ".calendar.json");
  for (const auto& entry : std::filesystem::directory_iterator(kDocs + "procedures")) {
    const std::string name = entry.path().filename();
    if (!name.ends_with(".json")) continue;
    EXPECT_TRUE(shown.contains(name)) << name;
  }
}

TEST(ProcedureDocs, EveryFieldHasAWord) {
  const Glossary& glossary = Glossary::BuiltIn();
  for (const Document& document : ReadLibrary().procedures) {
    for (const procedure::ActionType& action : document.definition.actions) {
      for (const auto& [name, field] : action.fields)
        EXPECT_NE(glossary.Field(action.type, name), nullptr) << action.type << "/" << name;
    }
    for (const auto& [name, codes] : document.definition.codes)
      EXPECT_NE(glossary.Find("codes:" + name), nullptr) << name;
    for (const procedure::Table& table : document.definition.tables)
      EXPECT_NE(glossary.Find("table:" + table.name), nullptr) << table.name;
  }
}

}  // namespace
}  // namespace jejak::guide
