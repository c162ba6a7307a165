// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/procedure.h"

#include <iostream>
#include <memory>

#include "ledger/base/json.h"
#include "ledger/procedure/calendar.h"
#include "ledger/registry/admin_body.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/terminal.h"
#include "tools/procedure/difference.h"
#include "tools/procedure/guide.h"
#include "tools/procedure/state_graph.h"

namespace jejak::cli {
namespace {

using procedure::Problem;

struct Options {
  std::string file, newer, track, output;
  std::string language = "en";
  bool json = false;

  guide::Voice Voice(guide::Markup markup) const {
    return {language == "id" ? guide::Language::kIndonesian : guide::Language::kEnglish, markup};
  }
};

Result<std::string> ReadText(const std::string& path) {
  return sequencer::ReadFile(path, registry::kMaxDocumentBytes);
}

Result<guide::Document> ReadDefinition(const std::string& path) {
  JEJAK_TRY(text, ReadText(path));
  auto document = guide::ReadDocument(text);
  if (!document.ok()) return Error{document.error().code, path + ": " + document.error().detail};
  return document;
}

Result<void> Write(const std::string& output, const std::string& text) {
  if (!output.empty() && output != "-") return sequencer::ReplaceFile(output, text, 0644);
  std::cout << text;
  return {};
}

// By its `format`; a text that says none is read as a definition, whose parser says what is wrong.
std::vector<Problem> Problems(const std::string& text) {
  const auto value = json::Parse(text, json::Rules::kContainer);
  const json::Value* format = value.ok() ? value->Find("format") : nullptr;
  if (format != nullptr && format->as_string() == procedure::kCalendarFormat)
    return procedure::ParseCalendar(text).problems;
  return procedure::ParseDefinition(text).problems;
}

void PrintJson(const std::string& file, const std::vector<Problem>& problems) {
  json::Value list = json::Value::Array();
  for (const Problem& problem : problems) {
    json::Value item = json::Value::Object();
    item.Add("severity", json::Value::String(problem.error ? "error" : "warning"))
        .Add("pointer", json::Value::String(problem.pointer))
        .Add("message", json::Value::String(problem.message));
    list.Push(std::move(item));
  }
  json::Value report = json::Value::Object();
  report.Add("file", json::Value::String(file)).Add("problems", std::move(list));
  std::cout << json::Write(report) << "\n";
}

int Check(const Options& options) {
  const auto text = ReadText(options.file);
  if (!text.ok()) return Fail(text.error());
  const std::vector<Problem> problems = Problems(*text);
  bool errors = false;
  for (const Problem& problem : problems) {
    errors = errors || problem.error;
    if (options.json) continue;
    std::cout << options.file << ": " << (problem.error ? "error" : "warning") << " "
              << problem.pointer << ": " << problem.message << "\n";
  }
  if (options.json) PrintJson(options.file, problems);
  return errors ? kBadInput : kDone;
}

Result<void> Diff(const Options& options) {
  JEJAK_TRY(before, ReadDefinition(options.file));
  JEJAK_TRY(after, ReadDefinition(options.newer));
  std::cout << guide::Difference(before, after, guide::Glossary::BuiltIn(),
                                 options.Voice(guide::Markup::kPlain));
  return {};
}

Result<void> Graph(const Options& options) {
  JEJAK_TRY(document, ReadDefinition(options.file));
  const auto& tracks = document.definition.tracks;
  if (tracks.empty()) return NotFound(options.file + " has no track, so no states to draw");
  std::size_t track = 0;
  std::string names;
  for (; track < tracks.size(); ++track) {
    if (options.track.empty() || tracks[track].name == options.track) break;
    names += (names.empty() ? "" : ", ") + tracks[track].name;
  }
  if (track == tracks.size())
    return NotFound("there is no track " + options.track + "; give --track as one of: " + names);
  return Write(options.output,
               guide::StateGraphSvg(document.definition, track, guide::Glossary::BuiltIn(),
                                    options.Voice(guide::Markup::kPlain).language));
}

Result<void> Guide(const Options& options) {
  JEJAK_TRY(document, ReadDefinition(options.file));
  return Write(options.output, guide::Guide(document, guide::Glossary::BuiltIn(),
                                            options.Voice(guide::Markup::kMarkdown), {}));
}

}  // namespace

void AddProcedureCommands(CommandLine& line) {
  auto options = std::make_shared<Options>();
  const std::vector<std::string> languages{"id", "en"};
  Command& verb =
      line.Add("administrators", "procedure", "check, compare, draw and explain definitions");
  verb.Sub("check", "every error and warning of a definition or calendar")
      .Argument("file", options->file, "the .json file")
      .Flag("--json", options->json, "one JSON object instead of lines")
      .Run([options] { return Check(*options); });
  verb.Sub("diff", "what changed between two versions of a definition, in words")
      .Argument("old", options->file, "the older version")
      .Argument("new", options->newer, "the newer version")
      .Choice("--lang", options->language, languages, "language of the words")
      .Run([options] { return Ended(Diff(*options)); });
  verb.Sub("graph", "an SVG picture of a track's states and the steps between them")
      .Argument("file", options->file, "the definition")
      .Option("--track", options->track, "which track (default: the first)")
      .Choice("--lang", options->language, languages, "language of the words")
      .Option("-o,--output", options->output, "the file to write (default: the terminal)")
      .Run([options] { return Ended(Graph(*options)); });
  verb.Sub("guide", "a definition in words, for people who don't read programs (Markdown)")
      .Argument("file", options->file, "the definition")
      .Choice("--lang", options->language, languages, "language of the words")
      .Option("-o,--output", options->output, "the file to write (default: the terminal)")
      .Run([options] { return Ended(Guide(*options)); });
}

}  // namespace jejak::cli
