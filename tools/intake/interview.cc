// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/interview.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "ledger/presentation/glossary.h"

namespace jejak::intake {

using presentation::Phrase;
using presentation::Wording;

void Interview::Say(Wording wording) { out_ << wording.in(language_) << "\n"; }

Result<std::string> Interview::ReadLine() {
  out_ << "> " << std::flush;
  std::string line;
  if (!std::getline(in_, line))
    return Refused("the answers ended before the report was whole; nothing was sent");
  const auto blank = [](unsigned char c) { return std::isspace(c) != 0; };
  line.erase(std::find_if_not(line.rbegin(), line.rend(), blank).base(), line.end());
  line.erase(line.begin(), std::find_if_not(line.begin(), line.end(), blank));
  return line;
}

Result<std::string> Interview::AskLine(Wording question, bool required) {
  for (;;) {
    Say(question);
    JEJAK_TRY(line, ReadLine());
    if (!line.empty() || !required) return std::move(line);
    Say(Phrase("intake.needs_answer"));
  }
}

Result<std::string> Interview::AskLines(Wording question) {
  std::string text;
  for (;;) {
    if (text.empty()) Say(question);
    JEJAK_TRY(line, ReadLine());
    if (!line.empty()) {
      text += (text.empty() ? "" : "\n") + line;
    } else if (!text.empty()) {
      return text;
    } else {
      Say(Phrase("intake.needs_answer"));
    }
  }
}

Result<std::size_t> Interview::Choose(Wording question, const std::vector<Wording>& choices) {
  for (;;) {
    Say(question);
    for (std::size_t i = 0; i < choices.size(); ++i)
      out_ << "  " << i + 1 << "  " << choices[i].in(language_) << "\n";
    JEJAK_TRY(line, ReadLine());
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (line == std::to_string(i + 1)) return i;
    }
    Say(Phrase("intake.type_number"));
  }
}

Result<bool> Interview::Confirm(Wording question) {
  for (;;) {
    Say(question);
    JEJAK_TRY(line, ReadLine());
    if (line == "y" || line == "Y" || line == "ya" || line == "yes") return true;
    if (line == "t" || line == "T" || line == "n" || line == "N" || line == "tidak" || line == "no")
      return false;
    Say(Phrase("intake.type_yes_no"));
  }
}

Result<void> Interview::AskWho(ReportForm& form) {
  constexpr std::array<const char*, 3> kModes = {"named", "confidential", "anonymous"};
  JEJAK_TRY(mode, Choose(Phrase("intake.ask_mode"),
                         {Phrase("intake.mode_named"), Phrase("intake.mode_confidential"),
                          Phrase("intake.mode_anonymous")}));
  form.mode = kModes[mode];
  if (form.anonymous()) return {};
  JEJAK_TRY(name, AskLine(Phrase("intake.ask_name"), form.mode == "named"));
  form.name = std::move(name);
  JEJAK_TRY(contact, AskLine(Phrase("intake.ask_contact"), false));
  form.contact = std::move(contact);
  return {};
}

Result<ReportForm> Interview::AskReport() {
  constexpr std::array<const char*, 3> kChannels = {"counter", "phone", "letter"};
  ReportForm form;
  JEJAK_TRY(channel, Choose(Phrase("intake.ask_channel"),
                            {Phrase("intake.channel_counter"), Phrase("intake.channel_phone"),
                             Phrase("intake.channel_letter")}));
  form.channel = kChannels[channel];
  JEJAK_TRY(what, AskLines(Phrase("intake.ask_what")));
  form.what = std::move(what);
  JEJAK_TRY(where, AskLine(Phrase("intake.ask_where"), true));
  form.where = std::move(where);
  JEJAK_TRY(when, AskLine(Phrase("intake.ask_when"), true));
  form.when = std::move(when);
  JEJAK_TRY(service, AskLine(Phrase("intake.ask_service"), false));
  form.service = std::move(service);
  JEJAK_CHECKED(AskWho(form));
  JEJAK_CHECKED(CheckForm(form));
  return form;
}

}  // namespace jejak::intake
