// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/options.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

#include "ledger/evidence/verdict.h"
#include "verifier/cli/session.h"
#include "verifier/report_json.h"

namespace jejak::verifier {
namespace {

const std::map<std::string, Format> kFormats = {
    {"text", Format::kText}, {"json", Format::kJson}, {"ndjson", Format::kNdjson}};
const std::map<std::string, When> kColors = {
    {"auto", When::kAuto}, {"always", When::kAlways}, {"never", When::kNever}};
const std::map<std::string, When> kProgress = {{"auto", When::kAuto}, {"never", When::kNever}};
const std::map<std::string, bool> kLanguages = {{"en", false}, {"id", true}};

// One word of a fixed list; the error names the list.
template <class T>
void AddChoice(CLI::App& app, const std::string& flag, T& target,
               const std::map<std::string, T>& words, const std::string& what) {
  std::string list;
  for (const auto& [word, value] : words) list += (list.empty() ? "" : "|") + word;
  app.add_option_function<std::string>(
         flag,
         [&target, &words, flag, list](const std::string& word) {
           const auto found = words.find(word);
           if (found == words.end()) {
             throw CLI::ValidationError(flag + " takes one of " + list);
           }
           target = found->second;
         },
         what)
      ->type_name(list);
}

void AddOutputFlags(CLI::App& app, Options& options) {
  AddChoice(app, "--format", options.format, kFormats, "how the result is written");
  app.add_flag_callback(
      "--json", [&options] { options.format = Format::kJson; }, "the same as --format json");
  app.add_flag("-q,--quiet", options.quiet, "the answer only");
  app.add_flag("-v,--verbose", options.verbose, "hashes of the inputs too");
  AddChoice(app, "--color", options.color, kColors, "colours in text (NO_COLOR is obeyed)");
  AddChoice(app, "--lang", options.indonesian, kLanguages, "language of answers and labels");
  app.add_option("-o,--output", options.output, "write the result to this file")->type_name("FILE");
}

void AddTrustFlags(CLI::App& app, Options& options) {
  app.add_option("--policy", options.policy,
                 "C2SP policy: the log's key, the witnesses, the quorum (needed)")
      ->type_name("FILE");
  app.add_option("--genesis", options.genesis, "the hash of entry 0, if the policy has none")
      ->type_name("HASH");
  app.add_option("--now", options.now,
                 "judge deadlines and ages at this time, 2026-06-19T02:31:07Z")
      ->type_name("TIME");
  app.add_option("--max-age", options.max_age,
                 "how long ago witnesses may have seen the checkpoint: 30m, 24h, 7d")
      ->type_name("DURATION");
  AddOutputFlags(app, options);
}

void AddPinned(CLI::App& app, Options& options) {
  app.add_option("--pinned", options.pinned,
                 "a checkpoint kept from earlier: it must be a prefix of this one")
      ->type_name("CHECKPOINT");
}

void AddConformance(CLI::App& app, Options& options) {
  app.add_flag("--ignore-conformance", options.ignore_conformance,
               "judge integrity alone, not whether the procedure was followed");
  app.add_flag("--require-contents", options.require_contents,
               "absent bodies, openings and documents make it inconclusive");
  app.add_option("--procedure", options.procedure,
                 "the procedure that must judge: under another it is inconclusive")
      ->type_name("ID");
}

void AddWork(CLI::App& app, Options& options) {
  app.add_option_function<unsigned>(
         "--jobs",
         [&options](unsigned jobs) {
           if (jobs < 1 || jobs > 256) throw CLI::ValidationError("--jobs takes 1 to 256");
           options.jobs = jobs;
         },
         "threads (default: the machine's cores)")
      ->type_name("N");
  AddChoice(app, "--progress", options.progress, kProgress, "progress on a terminal");
}

CLI::App* AddCommand(CLI::App& app, Options& options, Command command, const std::string& name,
                     const std::string& what) {
  CLI::App* added = app.add_subcommand(name, what);
  added->parse_complete_callback([&options, command] { options.command = command; });
  return added;
}

CLI::Option* AddFiles(CLI::App& app, Options& options, const std::string& name,
                      const std::string& what) {
  return app.add_option(name, options.files, what)->required()->type_name("");
}

// Of every command that judges acts.
void AddJudgingFlags(CLI::App& app, Options& options) {
  AddTrustFlags(app, options);
  AddPinned(app, options);
  AddConformance(app, options);
  AddWork(app, options);
}

void AddJudging(CLI::App& app, Options& options) {
  CLI::App* receipt =
      AddCommand(app, options, Command::kReceipt, "receipt", "verify receipts (.tlog-proof)");
  AddFiles(*receipt, options, "FILE", "receipts; - is standard input");
  AddJudgingFlags(*receipt, options);

  CLI::App* one_case =
      AddCommand(app, options, Command::kCase, "case", "verify case files (.casefile.json)");
  AddFiles(*one_case, options, "FILE", "case files; - is standard input");
  AddJudgingFlags(*one_case, options);

  CLI::App* log = AddCommand(app, options, Command::kLog, "log",
                             "audit a whole log: a mirror of its static files");
  AddFiles(*log, options, "DIR", "directory that holds checkpoint and tile/")->expected(1);
  AddJudgingFlags(*log, options);
  log->add_flag("--skip-signatures", options.skip_signatures,
                "leave the officers' signatures out: faster, and never a pass");

  CLI::App* conformance =
      AddCommand(app, options, Command::kConformance, "conformance",
                 "was the procedure followed: every rule, with its title and legal basis");
  AddFiles(*conformance, options, "FILE|DIR",
           "case files, or mirrors of logs; - is standard input");
  AddJudgingFlags(*conformance, options);

  CLI::App* stats =
      AddCommand(app, options, Command::kStats, "stats",
                 "the statistics of a whole log, as JSON: what its server answers at v1/stats");
  AddFiles(*stats, options, "DIR", "directory that holds checkpoint, tile/ and documents/")
      ->expected(1);
  AddTrustFlags(*stats, options);
  AddPinned(*stats, options);
  AddWork(*stats, options);
  stats->add_option("--at-size", options.at_size, "count the first N entries only")->type_name("N");

  CLI::App* consistency = AddCommand(app, options, Command::kConsistency, "consistency",
                                     "prove that one checkpoint is a prefix of another");
  AddFiles(*consistency, options, "OLD NEW PROOF",
           "two checkpoints, and the proof unless they are of one size")
      ->expected(2, 3);
  AddTrustFlags(*consistency, options);
  AddConformance(*consistency, options);
  AddWork(*consistency, options);

  CLI::App* report =
      AddCommand(app, options, Command::kReport, "report",
                 "a case as one page of HTML, or a log as an index and a page per case");
  AddFiles(*report, options, "FILE|DIR", "a case file, or a log's mirror (-o names a directory)")
      ->expected(1);
  AddJudgingFlags(*report, options);
}

void AddLooking(CLI::App& app, Options& options) {
  CLI::App* inspect =
      AddCommand(app, options, Command::kInspect, "inspect",
                 "show what a file claims to be, verifying nothing: case file, receipt, "
                 "checkpoint, entry, seal, action, envelope, policy, vkey");
  AddFiles(*inspect, options, "FILE", "any of these; - is standard input")->expected(1);
  AddOutputFlags(*inspect, options);

  CLI::App* policy = app.add_subcommand("policy", "look at policies");
  policy->require_subcommand(1);
  CLI::App* check = AddCommand(*policy, options, Command::kPolicyCheck, "check",
                               "say what a policy file trusts, or its fault");
  AddFiles(*check, options, "FILE", "the policy; - is standard input")->expected(1);
  AddOutputFlags(*check, options);

  CLI::App* selftest =
      AddCommand(app, options, Command::kSelftest, "selftest",
                 "run built-in vectors: does this program judge as it should on this machine?");
  AddOutputFlags(*selftest, options);
}

// Whether the caller is a program: it gets JSON even about a command line that can't be read.
bool AsksForJson(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json" || word == "--format=json" || word == "--format=ndjson") return true;
    const std::string_view next = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--format" && (next == "json" || next == "ndjson")) return true;
  }
  return false;
}

ParsedCommandLine Usage(const std::string& fault, int argc, const char* const* argv) {
  std::cerr << "jejak-verify: " << Displayable(fault) << "\nfor help: jejak-verify --help\n";
  if (AsksForJson(argc, argv)) {
    Report report;
    report.verdict.exit_code = evidence::kExitUsage;
    report.verdict.Inconclusive("check.usage", fault);
    report.verdict.Close();
    std::cout << RenderJson({&report, 1}, ToolName());
  }
  return {std::nullopt, evidence::kExitUsage};
}

}  // namespace

ParsedCommandLine ParseCommandLine(int argc, const char* const* argv) {
  Options options;
  CLI::App app(
      "Verifies what a Jejak ledger hands out, offline. Needs no network and no trust in "
      "the ledger: only a policy file.",
      "jejak-verify");
  app.set_version_flag("--version", ToolName());
  app.set_help_flag("-h,--help", "print this and exit");
  app.require_subcommand(1);
  app.footer(
      "exit codes: 0 intact and conformant; 2 usage or policy; 3 missing or not its format; 10 NOT "
      "intact;\n"
      "11 procedure broken; 12 inconclusive; 1 internal error; 130 interrupted.\n"
      "Of several inputs the worst wins: 10, 3, 12, 11. More in docs/verify.md.");
  AddJudging(app, options);
  AddLooking(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return {std::nullopt, app.exit(asked)};
  } catch (const CLI::ParseError& fault) {
    return Usage(fault.what(), argc, argv);
  }
  if (options.quiet && options.verbose) {
    return Usage("-q and -v exclude each other: give one of them", argc, argv);
  }
  return {std::move(options), 0};
}

}  // namespace jejak::verifier
