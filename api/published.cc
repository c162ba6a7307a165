// SPDX-License-Identifier: Apache-2.0
#include "api/published.h"

#include <algorithm>
#include <utility>

#include "ledger/record/leaf.h"

namespace jejak::api {
namespace {

using registry::Administration;

// Entries below `size` that published a definition or calendar, ascending.
std::vector<std::uint64_t> PublishesBelow(const Administration& administration,
                                          std::uint64_t size) {
  std::vector<std::uint64_t> indexes;
  for (const auto* table : {&administration.procedures(), &administration.calendars()}) {
    for (const auto& [id, document] : *table) {
      for (const registry::Publication& version : document.versions) {
        if (version.index < size) indexes.push_back(version.index);
      }
    }
  }
  std::sort(indexes.begin(), indexes.end());
  return indexes;
}

}  // namespace

Result<std::shared_ptr<Published>> Published::Read(sequencer::LogReader& reader,
                                                   std::uint64_t size) {
  const std::vector<std::uint64_t> indexes = PublishesBelow(reader.head().administration(), size);
  JEJAK_TRY(entries, reader.Entries(indexes));
  std::shared_ptr<Published> published(new Published());
  for (const std::string& entry : entries) {
    JEJAK_TRY(leaf, record::ParseLeaf(entry));
    auto* logged = std::get_if<record::LoggedAction>(&leaf);
    if (logged == nullptr) return Internal("a register names a seal as a publish");
    JEJAK_TRY(body, registry::ParseAdminBody(logged->action));
    const std::uint64_t index = logged->entry.index;
    const UnixSeconds entered = logged->entry.time;
    published->versions_.Note({std::move(logged->action), std::move(body)}, index, entered);
  }
  for (const Digest& wanted : published->versions_.Wanted()) {
    JEJAK_TRY(document, reader.Document(wanted));
    if (!document) continue;
    published->versions_.Supply(published->texts_.emplace_back(std::move(*document)));
  }
  return published;
}

std::shared_ptr<const evidence::BoundVersion> Published::Bind(const record::Action::Under& under) {
  const std::lock_guard lock(mutex_);
  return versions_.Bind(under);
}

Result<std::shared_ptr<Published>> PublishedDesk::At(sequencer::LogReader& reader,
                                                     std::uint64_t size) {
  const std::size_t count = PublishesBelow(reader.head().administration(), size).size();
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [count](const Kept& kept) { return kept.count == count; });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
    return kept_.front().published;
  }
  JEJAK_TRY(published, Published::Read(reader, size));
  kept_.push_front({count, published});
  if (kept_.size() > kKept) kept_.pop_back();
  return published;
}

}  // namespace jejak::api
