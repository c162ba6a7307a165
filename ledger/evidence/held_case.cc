// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/held_case.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "ledger/tlog/merkle.h"

namespace jejak::evidence {
namespace {

// Row 1 of admission, unknown rules let through: the caller stops there.
void ReadAction(HeldEntry& held) {
  const std::string note = std::exchange(held.entry.action_note, {});
  auto parsed = registry::ParseCandidate(note, registry::UnknownRules::kAdmit);
  if (auto* candidate = std::get_if<registry::Candidate>(&parsed)) {
    held.candidate = std::move(*candidate);
  } else {
    const auto& refusal = std::get<registry::Refusal>(parsed);
    held.refusal = refusal.detail + " (" + refusal.code + ")";
  }
}

void ReadEntries(HeldCase& held, Verdict& verdict) {
  for (std::size_t s = 0; s < held.file.streams.size(); ++s) {
    const std::vector<std::string>& texts = held.file.streams[s].entries;
    for (std::size_t p = 0; p < texts.size(); ++p) {
      Result<record::Entry> entry = record::ParseEntry(texts[p]);
      if (!entry.ok()) {
        held.readable = false;
        verdict.Fail("check.headers", "/streams/" + std::to_string(s) + "/entries/" +
                                          std::to_string(p) +
                                          " is not an entry: " + entry.error().detail);
        continue;
      }
      held.entries.push_back(
          {std::move(*entry), tlog::LeafHash(AsBytes(texts[p])), s, p, std::nullopt, {}});
    }
  }
}

}  // namespace

std::vector<std::vector<std::size_t>> HeldCase::ByStream() const {
  std::vector<std::vector<std::size_t>> out(file.streams.size());
  for (std::size_t i = 0; i < entries.size(); ++i) out[entries[i].stream].push_back(i);
  for (std::vector<std::size_t>& stream : out) {
    std::sort(stream.begin(), stream.end(), [this](std::size_t a, std::size_t b) {
      return entries[a].position < entries[b].position;
    });
  }
  return out;
}

const HeldEntry* HeldCase::Find(std::int64_t index) const {
  if (index < 0) return nullptr;
  const auto wanted = static_cast<std::uint64_t>(index);
  const auto at = std::lower_bound(
      entries.begin(), entries.end(), wanted,
      [](const HeldEntry& held, std::uint64_t value) { return held.entry.index < value; });
  return at != entries.end() && at->entry.index == wanted ? &*at : nullptr;
}

HeldCase ReadHeldCase(CaseFile file, Verdict& verdict) {
  HeldCase held;
  held.file = std::move(file);
  ReadEntries(held, verdict);
  std::stable_sort(
      held.entries.begin(), held.entries.end(),
      [](const HeldEntry& a, const HeldEntry& b) { return a.entry.index < b.entry.index; });
  for (std::size_t i = 0; i < held.entries.size() && !held.unknown_rules; ++i) {
    ReadAction(held.entries[i]);
    const std::optional<registry::Candidate>& candidate = held.entries[i].candidate;
    if (candidate && candidate->unknown_rules()) held.unknown_rules = i;
  }
  Result<record::Seal> seal = record::ParseSeal(held.file.seal);
  if (seal.ok()) {
    held.seal = *seal;
  } else {
    verdict.Fail("check.seal", "/seal is not a seal: " + seal.error().detail);
  }
  held.seal_leaf = tlog::LeafHash(AsBytes(held.file.seal));
  return held;
}

}  // namespace jejak::evidence
