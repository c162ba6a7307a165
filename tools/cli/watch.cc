// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/watch.h"

#include <iostream>
#include <memory>

#include "api/client.h"
#include "ledger/base/lexical.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/lang_option.h"
#include "tools/cli/terminal.h"
#include "tools/watch/watch.h"

namespace jejak::cli {
namespace {

constexpr int kLate = 11;
constexpr int kDue = 13;
constexpr std::uint64_t kMostDays = 366;
constexpr std::size_t kMaxStateBytes = std::size_t{64} << 20;
constexpr unsigned kPrivate = 0600;

struct Options : LangOption {
  std::string ledger, state;
  watch::Question question;
  bool overdue = false;
};

Result<std::set<std::string>> ReadTold(const std::string& path) {
  if (path.empty()) return std::set<std::string>();
  const Result<std::string> text = sequencer::ReadFile(path, kMaxStateBytes);
  if (!text.ok() && text.error().code == Code::kNotFound) return std::set<std::string>();
  JEJAK_CHECKED(text);
  Result<std::set<std::string>> told = watch::ParseTold(*text);
  if (!told.ok()) return Malformed(path + ": " + told.error().detail);
  return told;
}

Result<int> Watch(Options& options) {
  options.question.language = options.language();
  JEJAK_TRY(told, ReadTold(options.state));
  api::LedgerClient ledger(options.ledger);
  JEJAK_TRY(notices, watch::Ask([&](const std::string& target) { return ledger.Get(target); },
                                options.question, told));
  int code = kDone;
  for (const watch::Notice& notice : notices) {
    if (told.contains(notice.Key())) continue;
    std::cout << notice.Line(options.language()) << "\n";
    code = notice.late || code == kLate ? kLate : kDue;
  }
  // Told first, remembered then: a run that is cut between the two tells twice, never not at all.
  std::cout.flush();
  if (!std::cout) return Unavailable("the notices couldn't be written; they will be told again");
  if (!options.state.empty())
    JEJAK_CHECKED(sequencer::ReplaceFile(options.state, watch::WriteTold(notices), kPrivate));
  return code;
}

int CheckAndWatch(Options& options) {
  if (!options.overdue) return Fail("say what to watch: jejak watch --overdue LEDGER", kUsageError);
  if (!options.question.unit.empty() && !IsId(options.question.unit))
    return Fail("--unit " + options.question.unit + " is not a unit's id, as in `bkpsdm`",
                kUsageError);
  if (options.question.within > kMostDays) return Fail("--within takes 0 to 366 days", kUsageError);
  return Ended(Watch(options));
}

}  // namespace

void AddWatchCommand(CommandLine& line) {
  auto options = std::make_shared<Options>();
  line.Add(
          "analysts", "watch",
          "tell what is late or due tomorrow, a line each; exit code 11: late, 13: due, 0: nothing")
      .Argument("ledger", options->ledger,
                "address of the oversight listener, for example http://127.0.0.1:8081/1")
      .Flag("--overdue", options->overdue, "deadlines that passed and that nothing has met")
      .Option("--unit", options->question.unit, "only cases that this unit holds")
      .Number("--within", options->question.within,
              "also what ends within this many days after today (1: by tomorrow; 0: none)")
      .Option("--state", options->state,
              "a file that remembers what was told, so that each notice comes once")
      .Choice("--lang", options->lang, {"id", "en"}, "language of the notices")
      .Run([options] { return CheckAndWatch(*options); });
}

}  // namespace jejak::cli
