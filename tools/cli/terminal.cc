// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/terminal.h"

#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "ledger/sequencer/durable_file.h"

namespace jejak::cli {
namespace {

constexpr std::size_t kMaxPassphraseBytes = 1024;
constexpr std::size_t kLeastPassphraseBytes = 8;

// The terminal without echo, put back whatever happens.
class WithoutEcho final {
 public:
  WithoutEcho() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  WithoutEcho(const WithoutEcho&) = delete;
  WithoutEcho& operator=(const WithoutEcho&) = delete;
  ~WithoutEcho() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

 private:
  termios before_{};
};

Result<std::string> Ask(const std::string& prompt) {
  return AskHidden(
      prompt,
      "no passphrase: name a file with --passphrase-file or JEJAK_PASSPHRASE_FILE, or run this "
      "on a terminal");
}

Result<std::string> FromFile(std::string path) {
  if (path.empty()) {
    if (const char* named = std::getenv("JEJAK_PASSPHRASE_FILE")) path = named;
  }
  if (path.empty()) return std::string();
  JEJAK_TRY(text, sequencer::ReadFile(path, kMaxPassphraseBytes));
  if (text.ends_with('\n')) text.pop_back();
  if (text.empty()) return Refused(path + " holds no passphrase");
  return std::move(text);
}

}  // namespace

int Fail(const std::string& sentence, int exit_code) {
  std::cerr << "jejak: " << sentence << "\n";
  return exit_code;
}

int Fail(const Error& error) {
  switch (error.code) {
    case Code::kMalformed:
    case Code::kNotFound:
      return Fail(error.detail, kBadInput);
    case Code::kForbidden:
    case Code::kConflict:
    case Code::kRefused:
      return Fail(error.detail, kRefusedByLedger);
    case Code::kUnavailable:
    case Code::kUnknownOutcome:
      return Fail(error.detail, kTryAgain);
    case Code::kInternal:
      break;
  }
  return Fail(error.detail, kInternalError);
}

int Ended(const Result<void>& done) { return done.ok() ? kDone : Fail(done.error()); }

int Ended(const Result<int>& code) { return code.ok() ? *code : Fail(code.error()); }

Result<std::string> AskHidden(const std::string& prompt, const std::string& no_terminal) {
  if (::isatty(STDIN_FILENO) == 0) return Refused(no_terminal);
  std::cerr << prompt << ": " << std::flush;
  std::string line;
  {
    const WithoutEcho silent;
    std::getline(std::cin, line);
  }
  std::cerr << "\n";
  return line;
}

Result<std::string> ReadPassphrase(const std::string& file, const std::string& prompt) {
  JEJAK_TRY(text, FromFile(file));
  if (!text.empty()) return std::move(text);
  return Ask(prompt);
}

Result<std::string> ReadNewPassphrase(const std::string& file, const std::string& prompt) {
  JEJAK_TRY(text, FromFile(file));
  const bool asked = text.empty();
  if (asked) {
    JEJAK_TRY(first, Ask(prompt));
    JEJAK_TRY(second, Ask(prompt + ", again"));
    if (first != second) return Refused("the two passphrases differ; try again");
    text = std::move(first);
  }
  if (text.size() < kLeastPassphraseBytes)
    return Refused("the passphrase is shorter than 8 characters; choose a longer one");
  return std::move(text);
}

}  // namespace jejak::cli
