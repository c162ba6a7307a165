// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/slip.h"

#include <sstream>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/presentation/words.h"

namespace jejak::intake {
namespace {

using presentation::Filled;
using presentation::Language;
using presentation::Phrase;
using procedure::Words;

constexpr std::size_t kColumns = 48;

// The n-th word, from 0, of a text.
std::string NthWord(std::string_view text, std::size_t n) {
  std::istringstream words{std::string(text)};
  std::string word;
  for (std::size_t i = 0; i <= n; ++i) words >> word;
  return word;
}

// Code points; of what a slip says each takes one column.
std::size_t WidthOf(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return width;
}

// Breaks at spaces; later lines are set in by `indent`. A word that is longer than a line keeps its
// own.
std::string Wrapped(const std::string& text, std::size_t indent = 0) {
  std::istringstream words(text);
  std::string out, line, word;
  while (words >> word) {
    if (!line.empty() && WidthOf(line) + 1 + WidthOf(word) > kColumns) {
      out += line + "\n";
      line = std::string(indent, ' ');
      line += word;
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
  }
  return out + line + "\n";
}

// Titles of steps of which one is due, as a part of a sentence.
std::string AnyOf(const std::vector<Words>& titles, Language language) {
  std::string text;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    if (i != 0 && i + 1 == titles.size()) {
      text += (i > 1 ? "; " : " ") + std::string(Phrase("slip.or").in(language)) + " ";
    } else if (i != 0) {
      text += "; ";
    }
    text += presentation::WordingOf(titles[i]).in(language);
  }
  return text;
}

}  // namespace

std::string DayInWords(std::int64_t day, Language language) {
  const CivilDate date = CivilFromDays(day);
  const auto weekday = static_cast<std::size_t>(((day + 3) % 7 + 7) % 7);
  return Filled(
      Phrase("slip.date").in(language),
      {NthWord(Phrase("slip.weekdays").in(language), weekday), std::to_string(date.day),
       NthWord(Phrase("slip.months").in(language), static_cast<std::size_t>(date.month) - 1),
       std::to_string(date.year)});
}

std::string QrTextOf(const Slip& slip) { return slip.status_url; }

std::vector<std::string> NextLines(const Slip& slip, Language language) {
  std::vector<std::string> lines;
  for (const DatedStep& step : slip.outlook.dated) {
    lines.push_back(Filled(Phrase("slip.by_day").in(language),
                           {DayInWords(step.day, language), AnyOf(step.titles, language)}));
  }
  if (lines.empty() && !slip.outlook.next.empty()) {
    lines.push_back(
        Filled(Phrase("slip.no_day").in(language), {AnyOf(slip.outlook.next, language)}));
  }
  return lines;
}

std::string SlipText(const Slip& slip, Language language) {
  const auto in = [language](presentation::Wording wording) {
    return std::string(wording.in(language));
  };
  const std::string rule(kColumns, '-');
  std::string text = rule + "\n" + Wrapped(in(Phrase("slip.heading")));
  text += Wrapped(slip.office) + Wrapped(DayInWords(slip.day, language)) + "\n";
  if (!slip.certain) text += Wrapped(in(Phrase("slip.uncertain"))) + "\n";
  text += in(Phrase("slip.your_code")) + ":\n\n    " + slip.code + "\n\n";
  text += Wrapped(in(Phrase("slip.keep_code"))) + "\n";
  text += Wrapped(in(Phrase("slip.next")));
  for (const std::string& line : NextLines(slip, language)) text += Wrapped("- " + line, 2);
  if (!slip.outlook.promises.empty()) text += "\n" + Wrapped(in(Phrase("slip.promises")));
  for (const Words& promise : slip.outlook.promises)
    text += Wrapped("- " + in(presentation::WordingOf(promise)), 2);
  text += "\n" + Wrapped(in(Phrase("slip.check"))) + "  " + slip.status_url + "\n";
  text += Wrapped(in(Phrase("slip.check_office"))) + rule + "\n";
  return text;
}

}  // namespace jejak::intake
