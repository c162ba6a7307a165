// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/erase.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "api/case_record.h"
#include "ledger/base/text.h"
#include "ledger/sequencer/log_directory.h"
#include "ledger/store/rocksdb_store.h"
#include "tools/operation/erase_grounds.h"

namespace jejak::operation {
namespace {

using procedure::Act;
using store::RocksdbStore;

constexpr std::size_t kCachedTiles = 256;

// The pointers of an action's openings that are here.
std::vector<std::string> PointersOf(const std::vector<record::FieldOpening>& openings) {
  std::vector<std::string> pointers;
  pointers.reserve(openings.size());
  for (const record::FieldOpening& opening : openings) pointers.push_back(opening.pointer);
  return pointers;
}

std::string Listed(const std::vector<std::string>& pointers) {
  std::string list;
  for (const std::string& pointer : pointers) list += " " + pointer;
  return list.empty() ? " none" : list;
}

// kNotFound unless the body, if it is here, seals something there.
Result<void> CheckField(const Act& act, const std::string& pointer,
                        const std::vector<std::string>& held) {
  if (act.body_state != procedure::BodyState::kPresent) return {};
  const Result<const json::Value*> value = json::ResolvePointer(act.body, pointer);
  if (value.ok() && procedure::IsSealed(**value)) return {};
  return NotFound("entry " + std::to_string(act.index) + " seals nothing at " + pointer +
                  "; openings held:" + Listed(held));
}

std::string GroundsIn(const Act& shred) {
  std::string grounds = "entry " + std::to_string(shred.index) + ", " + shred.type;
  for (const procedure::SignerLine& line : shred.by)
    grounds += " by " + line.name + " as " + line.role;
  return grounds + ", " + FormatDate(shred.at.local_date);
}

// Strictly: whether a torn end may go, the guard decides, and jejakd asks it.
Result<std::unique_ptr<RocksdbStore>> Open(const std::string& db) {
  Result<std::unique_ptr<RocksdbStore>> store = RocksdbStore::Open(db);
  if (store.ok() || store.error().code != Code::kInternal) return store;
  return Internal(store.error().detail +
                  "; nothing was erased. After a power cut start jejakd once, which drops a torn "
                  "end that nothing needs, stop it, and erase then");
}

// What a request comes to in one state of a log.
class Planner final {
 public:
  Planner(sequencer::LogReader& reader, api::Published& published, const EraseRequest& request)
      : reader_(reader), published_(published), request_(request) {}

  Result<ErasedAction> Plan(const std::string& action) {
    JEJAK_TRY(entry, Find(action));
    JEJAK_TRY(text, reader_.Entry(entry));
    JEJAK_TRY(leaf, record::ParseLeaf(text));
    const auto* logged = std::get_if<record::LoggedAction>(&leaf);
    if (logged == nullptr || logged->action.stream.kind != record::StreamKind::kCase) {
      return Refused("entry " + std::to_string(entry) +
                     " is no action of a case; only those have contents that can be erased");
    }
    JEJAK_TRY(record, api::ReadCase(reader_, published_, logged->action.stream, reader_.size(),
                                    api::Contents::kHeld));
    const auto act = std::find_if(record.acts.begin(), record.acts.end(),
                                  [entry](const Act& one) { return one.index == entry; });
    if (act == record.acts.end()) return Internal("a case lacks one of its own entries");
    JEJAK_TRY(erased, Held(*act));
    const auto conformance = evidence::JudgeRecord(record, request_.now);
    JEJAK_TRY(shred, ErasureGrounds(record, conformance).For(*act, !erased.nothing_held()));
    erased.stream = record.stream;
    erased.grounds = GroundsIn(*shred);
    return erased;
  }

 private:
  Result<std::uint64_t> Find(const std::string& action) {
    const Error unknown = NotFound(
        "the log has no action " + action +
        "; give an action's id or the index of its entry, as v1/cases/{id}/actions has it");
    if (const Result<Digest> id = ParseHash(action); id.ok()) {
      JEJAK_TRY(found, reader_.FindAction(*id));
      return found ? Result<std::uint64_t>(*found) : unknown;
    }
    const Result<std::uint64_t> index = ParseDecimal(action);
    return index.ok() && *index < reader_.size() ? index : unknown;
  }

  Result<ErasedAction> Held(const Act& act) {
    JEJAK_TRY(body, reader_.Body(act.index));
    JEJAK_TRY(openings, reader_.Openings(act.index));
    ErasedAction erased{act.index, {}, act.type, body.has_value(), PointersOf(openings), {}};
    if (request_.fields.empty()) return erased;
    for (const std::string& pointer : request_.fields)
      JEJAK_CHECKED(CheckField(act, pointer, erased.openings));
    std::erase_if(erased.openings, [this](const std::string& pointer) {
      return !procedure::Contains(request_.fields, pointer);
    });
    erased.body = false;
    return erased;
  }

  sequencer::LogReader& reader_;
  api::Published& published_;
  const EraseRequest& request_;
};

Result<Erasure> Plan(store::Store& store, const EraseRequest& request) {
  sequencer::Head head;  // it was never signed here, and nothing is proven by it
  JEJAK_TRY(view, store.Latest());
  JEJAK_TRY(state, sequencer::LoadState(*view));
  head.log = std::move(state);
  head.view = std::move(view);
  sequencer::TileCache tiles(kCachedTiles);
  sequencer::LogReader reader(std::make_shared<const sequencer::Head>(std::move(head)), tiles);
  JEJAK_TRY(published, api::Published::Read(reader, reader.size()));
  Planner planner(reader, *published, request);
  Erasure erasure;
  for (const std::string& action : request.actions) {
    JEJAK_TRY(erased, planner.Plan(action));
    const bool twice =
        std::any_of(erasure.actions.begin(), erasure.actions.end(),
                    [&erased](const ErasedAction& before) { return before.entry == erased.entry; });
    if (!twice) erasure.actions.push_back(std::move(erased));
  }
  return erasure;
}

// By what a row's key may be, not by the rows that are there: after a crash those are gone, and
// their bytes are still in the files.
std::vector<store::KeyRange> RangesOf(const Erasure& erasure,
                                      const std::vector<std::string>& fields) {
  std::vector<store::KeyRange> ranges;
  for (const ErasedAction& action : erasure.actions) {
    if (fields.empty()) {
      const std::string body = store::BodyKey(action.entry);
      const std::string openings = store::OpeningKey(action.entry, "");
      ranges.push_back({body, store::PrefixEnd(body)});
      ranges.push_back({openings, store::PrefixEnd(openings)});
    }
    for (const std::string& pointer : fields) {
      const std::string opening = store::OpeningKey(action.entry, pointer);
      ranges.push_back({opening, opening + '\0'});
    }
  }
  return ranges;
}

}  // namespace

bool Erasure::nothing_held() const {
  return std::all_of(actions.begin(), actions.end(),
                     [](const ErasedAction& action) { return action.nothing_held(); });
}

Result<Erasure> Erase(const EraseRequest& request, const ConfirmErasure& confirm) {
  const sequencer::LogFiles files(request.directory);
  std::error_code failed;
  if (!std::filesystem::exists(files.db, failed))
    return NotFound("there is no log in " + request.directory);
  const Result<store::DirectoryLock> lock = store::DirectoryLock::ForWriting(request.directory);
  if (!lock.ok()) return lock.error();
  JEJAK_TRY(store, Open(files.db));
  JEJAK_TRY(erasure, Plan(*store, request));
  if (!erasure.nothing_held()) JEJAK_CHECKED(confirm(erasure));
  JEJAK_CHECKED(store->Erase(RangesOf(erasure, request.fields)));
  return std::move(erasure);
}

}  // namespace jejak::operation
