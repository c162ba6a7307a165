// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/demo.h"

#include <filesystem>
#include <iostream>
#include <memory>

#include "ledger/evidence/casefile.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/terminal.h"
#include "tools/demo/demo_log.h"

namespace jejak::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> arguments;
  std::string ledger = "http://127.0.0.1:8080/1";
};

// The programs beside this one, as the reader can type them from where he stands.
std::string ProgramPath(const std::string& name) {
  std::error_code failed;
  const fs::path self = fs::read_symlink("/proc/self/exe", failed);
  for (const fs::path& candidate :
       {self.parent_path() / name, self.parent_path().parent_path() / "verifier" / name,
        self.parent_path().parent_path() / "api" / name}) {
    if (fs::exists(candidate, failed)) return fs::proximate(candidate, failed).string();
  }
  return name;
}

// The cases that the commands show: one in which the procedure was broken, by a summons some working days late, and one in which it
// was followed.
constexpr const char* kBroken = "C03";
constexpr const char* kFollowed = "M02";

void PrintCommands(const demo::DemoLog& demo, const std::string& dir, const std::string& ledger) {
  const std::string jejak = ProgramPath("jejak");
  const std::string verify = ProgramPath("jejak-verify");
  const std::string trust = " --policy " + dir + "/policy";
  const demo::DemoCase& broken = *demo.Find(kBroken);
  const demo::DemoCase& followed = *demo.Find(kFollowed);
  const demo::DemoAction& action = demo.action;
  std::cout
      << "\nFive things to try, in another terminal, from this folder:\n\n"
      << "1  Look at a case (\"" << broken.title << "\"):\n   " << jejak << " show " << broken.file
      << "\n\n"
      << "2  Check it, offline. Nothing in it was altered, but its procedure was broken: which "
         "rules, "
         "by which entries,\n   how many working days late (exit 11):\n   "
      << verify << " case " << broken.file << trust << "\n\n"
      << "3  Check a case in which the procedure was followed (exit 0); change one letter in it "
         "and "
         "check again (exit 10):\n   "
      << verify << " case " << followed.file << trust << "\n   " << jejak << " demo tamper "
      << followed.file << "\n   " << verify << " case " << followed.file << ".tampered" << trust
      << "\n\n"
      << "4  Submit an action; the receipt is the proof that it is in the log:\n   " << jejak
      << " sign --ledger " << ledger << " --case " << demo.Find(action.story)->case_id << " --type "
      << action.type << " --body " << action.body << " --by " << action.role << "=" << action.key
      << " --passphrase-file " << dir << "/passphrase --receipt receipt.tlog-proof\n   " << verify
      << " receipt receipt.tlog-proof" << trust << "\n\n"
      << "5  Copy the whole log and audit all of it. It is intact, and the verdict names the cases "
         "in which the procedure\n   was broken (exit 11). A mirror holds no bodies, so it sees "
         "fewer breaches than a case file:\n   "
      << jejak << " mirror " << ledger << " mirror --documents" << trust << "\n   " << verify
      << " log mirror" << trust << "\n\n"
      << "Stop the ledger with Ctrl-C. Start it again with the same command. To start anew, or to "
         "remove it: rm -r "
      << dir << "\n"
      << std::flush;
}

int Make(const Options& options) {
  const std::string& dir = options.arguments[0];
  if (fs::exists(dir + "/db")) {
    std::cout << dir << " holds a log already; nothing was changed. To start anew: rm -r " << dir
              << "\n";
    return kDone;
  }
  const Result<demo::DemoLog> made = demo::MakeDemoLog(dir);
  if (!made.ok()) return Fail(made.error());
  std::cout << "Made a demo log in " << dir << ": " << made->cases.size()
            << " synthetic cases and some that nobody has finished; nothing in them is real.\n";
  PrintCommands(*made, dir, options.ledger);
  return kDone;
}

// One letter of the newest body becomes another: the smallest lie that a case file can tell.
Result<std::string> Tamper(const std::string& path) {
  JEJAK_TRY(text, sequencer::ReadFile(path, evidence::kMaxCaseFileBytes));
  JEJAK_TRY(file, evidence::ParseCaseFile(text));
  if (file.bodies.empty()) return Malformed(path + " holds no body to tamper with");
  evidence::HeldBody& body = file.bodies.back();
  const std::size_t at = body.text.find_last_of("abcdefghijklmnopqrstuvwxyz");
  if (at == std::string::npos) return Malformed(path + " holds no letter to tamper with");
  const char before = body.text[at];
  body.text[at] = before == 'a' ? 'b' : 'a';
  JEJAK_CHECKED(sequencer::ReplaceFile(path + ".tampered", evidence::EncodeCaseFile(file), 0644));
  return path + ".tampered: in the body of entry " + std::to_string(body.index) +
         " one letter is changed, `" + before + "` to `" + body.text[at] + "`";
}

int Run(const Options& options) {
  if (options.arguments.size() == 1 && options.arguments[0] != "tamper") return Make(options);
  if (options.arguments.size() != 2 || options.arguments[0] != "tamper") {
    return Fail("give a folder (`jejak demo DIR`), or `jejak demo tamper FILE`", kUsageError);
  }
  const Result<std::string> said = Tamper(options.arguments[1]);
  if (!said.ok()) return Fail(said.error());
  std::cout << *said << "\n";
  return kDone;
}

}  // namespace

void AddDemoCommands(CommandLine& line) {
  auto options = std::make_shared<Options>();
  line.Add("trying it out", "demo", "make a demo log in a folder, or `demo tamper FILE`")
      .Arguments("directory", options->arguments, "a folder for the demo log; or: tamper FILE")
      .Option("--ledger", options->ledger, "address that the printed commands use")
      .Run([options] { return Run(*options); });
}

}  // namespace jejak::cli
