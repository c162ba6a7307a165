// SPDX-License-Identifier: Apache-2.0
#include "api/code_index.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

#include "api/thread_priority.h"
#include "ledger/base/json.h"
#include "ledger/record/leaf.h"
#include "ledger/record/receipt_code.h"

namespace jejak::api {
namespace {

using sequencer::LogReader;

constexpr std::chrono::milliseconds kLook{500};  // how often the log's head is looked at
constexpr int kRest = 4;                         // it rests this many times as long as it worked
constexpr std::uint64_t kEntriesAtOnce = 256;
constexpr std::uint64_t kMostOnDemand = 16384;  // entries that a question waits for

// The report that a body names, if as a tag (docs/formats.md, Receipt codes).
std::optional<std::string> TagIn(std::string_view body) {
  const auto parsed = json::Parse(body, json::Rules::kBody);
  const json::Value* report = parsed.ok() && parsed->is_object() ? parsed->Find("report") : nullptr;
  if (report == nullptr || !report->is_string() || !record::IsLookupTag(report->as_string()))
    return std::nullopt;
  return report->as_string();
}

}  // namespace

std::size_t CodeIndex::TagHash::operator()(const Tag& tag) const {
  return std::hash<std::string_view>()({tag.data(), tag.size()});
}

std::size_t CodeIndex::KeyHash::operator()(const crypto::PublicKey& key) const {
  return static_cast<std::size_t>(LoadU64(key.bytes.data()));
}

CodeIndex::CodeIndex(sequencer::Sequencer& sequencer, sequencer::TileCache& tiles,
                     const EventLog& events)
    : sequencer_(sequencer), tiles_(tiles), events_(events), thread_([this] { Run(); }) {}

CodeIndex::~CodeIndex() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

std::uint64_t CodeIndex::size() const {
  const std::lock_guard lock(mutex_);
  return size_;
}

void CodeIndex::Run() {
  GiveWay();
  for (;;) {
    LogReader reader(sequencer_.head(), tiles_);
    const auto start = std::chrono::steady_clock::now();
    const Result<void> read = CatchUp(reader, kEntriesAtOnce);
    const auto took = std::chrono::steady_clock::now() - start;
    if (!read.ok())
      events_.Write(LogLevel::kError, "code_index_failed", {{"reason", read.error().detail}});
    const bool more = read.ok() && size() < reader.size();
    const auto pause = std::chrono::ceil<std::chrono::milliseconds>(kRest * took);
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, more ? pause : std::max(kLook, pause), [this] { return stopping_; }))
      return;
  }
}

Result<CodeIndex::Names> CodeIndex::Read(LogReader& reader, std::uint64_t begin,
                                         std::uint64_t end) {
  std::vector<std::uint64_t> indexes;
  for (std::uint64_t index = begin; index < end; ++index) indexes.push_back(index);
  JEJAK_TRY(entries, reader.Entries(indexes));
  Names names;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string& entry = entries[i];
    if (entry.find("\nstream case/") == entry.npos) continue;
    const bool brings = entry.find("\nparty ") != entry.npos;
    if (!brings && entry.find("\ntype report.submit\n") == entry.npos) continue;
    if (brings) {
      JEJAK_TRY(leaf, record::ParseLeaf(entry));
      if (const auto* logged = std::get_if<record::LoggedAction>(&leaf)) {
        for (const auto& party : logged->action.parties)
          names.keys.emplace_back(party.key.key, indexes[i]);
      }
    }
    JEJAK_TRY(body, reader.Body(indexes[i]));
    if (!body) continue;
    const std::optional<std::string> text = TagIn(body->text);
    if (!text) continue;
    Tag tag;
    std::copy(text->begin(), text->end(), tag.begin());
    names.tags.emplace_back(tag, indexes[i]);
  }
  return names;
}

// Reads on, at most so many entries.
Result<void> CodeIndex::CatchUp(LogReader& reader, std::uint64_t most) {
  const std::lock_guard reading(reading_);
  const std::uint64_t last = std::min(reader.size(), size() + most);
  for (std::uint64_t begin = size(); begin < last;) {
    const std::uint64_t end = std::min(last, begin + kEntriesAtOnce);
    JEJAK_TRY(names, Read(reader, begin, end));
    const std::lock_guard lock(mutex_);
    for (const auto& [tag, index] : names.tags) tags_.emplace(tag, index);
    for (const auto& [key, index] : names.keys) keys_.emplace(key, index);
    size_ = begin = end;
  }
  return {};
}

Result<CodeIndex::Place> CodeIndex::Find(std::string_view tag, const crypto::PublicKey& key,
                                         LogReader& reader) {
  if (size() + kMostOnDemand < reader.size())
    return Unavailable("the log is still being read; ask again in a moment");
  JEJAK_CHECKED(CatchUp(reader, kMostOnDemand));
  Tag wanted{};
  std::copy_n(tag.begin(), std::min(tag.size(), wanted.size()), wanted.begin());
  const std::lock_guard lock(mutex_);
  const auto by_tag = tags_.find(wanted);
  const auto by_key = keys_.find(key);
  Place place;
  if (by_tag != tags_.end()) place.by_tag = by_tag->second;
  if (by_key != keys_.end()) place.by_key = by_key->second;
  return place;
}

}  // namespace jejak::api
