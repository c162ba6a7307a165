// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/problem_list.h"

#include <algorithm>

#include "ledger/base/unicode.h"

namespace jejak::procedure {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxQuoted = 40;

// One token of a pointer; what could fake a screen is shown as JSON would escape it.
void AppendToken(std::string& pointer, std::string_view name) {
  pointer += '/';
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    const char32_t character = DecodeUtf8(name, at);
    if (character == U'~' || character == U'/') {
      pointer += character == U'~' ? "~0" : "~1";
    } else if (character < 0x20 || FakesScreen(character)) {
      constexpr std::string_view kHex = "0123456789abcdef";
      pointer += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4) pointer += kHex[(character >> shift) & 0xfU];
    } else {
      pointer += name.substr(begin, at - begin);
    }
  }
}

// Goes down to the value: of the children, the one whose text holds it.
std::string PointerTo(const json::Value& root, const json::Value& wanted) {
  std::string pointer;
  const json::Value* at = &root;
  while (at != &wanted) {
    const auto before = [&](const json::Value& value) { return value.end() <= wanted.begin(); };
    if (at->is_object()) {
      const auto& members = at->members();
      const auto child =
          std::partition_point(members.begin(), members.end(),
                               [&](const json::Member& member) { return before(member.value); });
      if (child == members.end()) break;
      AppendToken(pointer, child->name);
      at = &child->value;
    } else {
      const auto& items = at->items();
      const auto child = std::partition_point(items.begin(), items.end(), before);
      if (child == items.end()) break;
      AppendToken(pointer, std::to_string(child - items.begin()));
      at = &*child;
    }
  }
  return pointer;
}

}  // namespace

void ProblemList::Error(const json::Value& at, std::string message) {
  Missing(at, {}, std::move(message));
}

void ProblemList::Missing(const json::Value& object, std::string_view name, std::string message) {
  if (errors_ >= kMaxProblems) return;
  ++errors_;
  found_.push_back({true, &object, std::string(name), std::move(message)});
}

void ProblemList::Warn(const json::Value& at, std::string message) {
  if (warnings_ >= kMaxProblems / 2) return;
  ++warnings_;
  found_.push_back({false, &at, {}, std::move(message)});
}

bool ProblemList::has_errors_at(const json::Value& at) const {
  for (auto found = found_.rbegin(); found != found_.rend(); ++found) {
    if (!found->error) continue;
    return at.begin() <= found->at->begin() && found->at->end() <= at.end();
  }
  return false;
}

std::vector<Problem> ProblemList::Finish(const json::Value& root) {
  std::stable_sort(found_.begin(), found_.end(),
                   [](const Found& a, const Found& b) { return a.at->begin() < b.at->begin(); });
  std::vector<Problem> problems;
  std::size_t warnings = std::min(warnings_, kMaxProblems - std::min(errors_, kMaxProblems));
  std::size_t bytes = 0;
  bool error_kept = false;
  for (Found& found : found_) {
    if (!found.error && warnings == 0) continue;
    if (!found.error) --warnings;
    std::string pointer = PointerTo(root, *found.at);
    if (!found.member.empty()) AppendToken(pointer, found.member);
    bytes += pointer.size() + found.message.size();
    // The first error is always kept: without one there would be a definition.
    if (bytes > kMaxBytes && (!found.error || error_kept)) continue;
    error_kept |= found.error;
    problems.push_back({found.error, std::move(pointer), std::move(found.message)});
  }
  *this = {};
  return problems;
}

std::string FirstError(const std::vector<Problem>& problems) {
  const auto first = std::find_if(problems.begin(), problems.end(),
                                  [](const Problem& problem) { return problem.error; });
  if (first == problems.end()) return {};
  return first->pointer.empty() ? first->message : first->pointer + ": " + first->message;
}

std::string Quoted(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name.substr(0, kMaxQuoted)) {
    quoted += c >= 0x20 && c < 0x7f && c != '"' ? c : '?';
  }
  return quoted + (name.size() > kMaxQuoted ? "…\"" : "\"");
}

std::string OneOf(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

}  // namespace jejak::procedure
