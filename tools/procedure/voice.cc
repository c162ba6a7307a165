// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/voice.h"

#include <array>

namespace jejak::guide {
namespace {

constexpr std::array<std::array<const char*, 2>, 12> kMonths{{{"Januari", "January"},
                                                              {"Februari", "February"},
                                                              {"Maret", "March"},
                                                              {"April", "April"},
                                                              {"Mei", "May"},
                                                              {"Juni", "June"},
                                                              {"Juli", "July"},
                                                              {"Agustus", "August"},
                                                              {"September", "September"},
                                                              {"Oktober", "October"},
                                                              {"November", "November"},
                                                              {"Desember", "December"}}};

std::string Chain(const std::vector<std::string>& items, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i != 0) text += i + 1 == items.size() ? std::string(last) : ", ";
    text += items[i];
  }
  return text;
}

}  // namespace

std::string Voice::Say(std::string_view id, std::string_view en) const {
  return std::string(indonesian() ? id : en);
}

std::string Voice::Of(const procedure::Words& words) const {
  const std::string& mine = indonesian() ? words.id : words.en;
  return !mine.empty() ? mine : indonesian() ? words.en : words.id;
}

std::string Voice::Name(std::string_view title) const {
  const std::string mark = markup == Markup::kMarkdown ? "*" : "\"";
  return mark + std::string(title) + mark;
}

std::string Voice::Quote(std::string_view word) const { return "“" + std::string(word) + "”"; }

std::string Voice::Literal(std::string_view text) const {
  return markup == Markup::kMarkdown ? "`" + std::string(text) + "`" : std::string(text);
}

std::string Voice::Bold(std::string_view text) const {
  return markup == Markup::kMarkdown ? "**" + std::string(text) + "**" : std::string(text);
}

std::string Voice::Or(const std::vector<std::string>& items) const {
  return Chain(items, Say(" atau ", " or "));
}

std::string Voice::And(const std::vector<std::string>& items) const {
  return Chain(items, Say(" dan ", " and "));
}

std::string Voice::Date(CivilDate date) const {
  const auto month = static_cast<std::size_t>(date.month - 1) % kMonths.size();
  return std::to_string(date.day) + " " + kMonths[month][indonesian() ? 0 : 1] + " " +
         std::to_string(date.year);
}

std::string Voice::Unit(std::string_view unit, bool one) const {
  const std::string plural = one ? "" : "s";
  if (unit == "working_days") return Say("hari kerja", "working day" + plural);
  if (unit == "calendar_days") return Say("hari kalender", "calendar day" + plural);
  if (unit == "hours") return Say("jam", "hour" + plural);
  return std::string(unit);
}

std::string Voice::Amount(std::int64_t count, std::string_view unit) const {
  return std::to_string(count) + " " + Unit(unit, count == 1);
}

std::string Voice::Source(std::string_view source) const {
  if (source == "law") return Say("peraturan", "law");
  if (source == "article") return Say("keterangan di pers", "press statement");
  if (source == "policy") return Say("kebijakan sendiri", "own policy");
  if (source == "unverified") return Say("⚠ belum diperiksa pada sumbernya", "⚠ unverified");
  return std::string(source);
}

std::string WithArticle(std::string_view word, std::string_view marked) {
  const bool vowel =
      !word.empty() && std::string_view("AEIOUaeiou").find(word.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(marked);
}

std::string Capital(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string Join(const std::vector<std::string>& items, std::string_view between) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += between;
    text += item;
  }
  return text;
}

}  // namespace jejak::guide
