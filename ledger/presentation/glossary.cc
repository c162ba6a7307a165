// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/glossary.h"

#include <embedded/glossary.h>

#include <algorithm>

namespace jejak::presentation {
namespace {

struct Entry {
  std::string_view key;
  Wording wording;
};

bool IsKey(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_';
  });
}

std::vector<GlossaryLine> Embedded(std::string_view name) {
  for (const embedded::File& file : embedded::glossary()) {
    if (file.name == name) return ParseGlossary(file.contents).lines;
  }
  return {};
}

// Both languages, by key. What one of them lacks is missing in both: a test says so.
std::vector<Entry> Join() {
  std::vector<GlossaryLine> id = Embedded("id.txt"), en = Embedded("en.txt");
  std::ranges::stable_sort(id, {}, &GlossaryLine::key);
  std::ranges::stable_sort(en, {}, &GlossaryLine::key);
  std::vector<Entry> entries;
  auto other = en.begin();
  for (const GlossaryLine& line : id) {
    while (other != en.end() && other->key < line.key) ++other;
    if (other == en.end() || other->key != line.key) continue;
    entries.push_back({line.key, {line.text, other->text}});
  }
  return entries;
}

}  // namespace

ParsedGlossary ParseGlossary(std::string_view text) {
  ParsedGlossary parsed;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t equals = line.find(" = ");
    const std::string_view key = line.substr(0, equals);
    const std::string_view says =
        equals == line.npos ? std::string_view() : line.substr(equals + 3);
    if (!IsKey(key) || says.empty() || says.front() == ' ' || says.back() == ' ') {
      parsed.faults.push_back(number);
    } else {
      parsed.lines.push_back({key, says});
    }
  }
  return parsed;
}

std::optional<Wording> FindPhrase(std::string_view key) {
  static const std::vector<Entry> entries = Join();
  const auto found = std::ranges::lower_bound(entries, key, {}, &Entry::key);
  if (found == entries.end() || found->key != key) return {};
  return found->wording;
}

Wording Phrase(std::string_view key) { return FindPhrase(key).value_or(Wording{key, key}); }

std::string Filled(std::string_view pattern, std::initializer_list<std::string> values) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::size_t number =
        i + 2 < pattern.size() && pattern[i] == '{' && pattern[i + 2] == '}'
            ? static_cast<std::size_t>(static_cast<unsigned char>(pattern[i + 1])) - '0'
            : values.size();
    if (number >= values.size()) {
      out += pattern[i];
      continue;
    }
    out += values.begin()[number];
    i += 2;
  }
  return out;
}

}  // namespace jejak::presentation
