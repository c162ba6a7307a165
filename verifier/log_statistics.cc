// SPDX-License-Identifier: Apache-2.0
#include "verifier/log_statistics.h"

#include <algorithm>
#include <utility>

#include "ledger/evidence/case_statistics.h"
#include "ledger/record/leaf.h"
#include "ledger/tlog/tile.h"
#include "verifier/case_records.h"

namespace jejak::verifier {
namespace {

// Takes the entries in, in log order.
class Reader final {
 public:
  Result<void> Take(ByteView entry) {
    JEJAK_TRY(leaf, record::ParseLeaf(AsText(entry)));
    now_ = record::LeafTime(leaf);
    if (const auto* seal = std::get_if<record::Seal>(&leaf)) sealing_.Note(seal->index, seal->time);
    auto* logged = std::get_if<record::LoggedAction>(&leaf);
    if (logged == nullptr) return {};
    const std::uint64_t index = logged->entry.index;
    registry::Candidate candidate{std::move(logged->action), std::nullopt};
    if (!candidate.action.stream.is_case()) {
      JEJAK_TRY(body, registry::ParseAdminBody(candidate.action));
      candidate.admin = std::move(body);
      administration_.Apply(candidate.action, index, *candidate.admin);
    }
    records_.Note(candidate, index, logged->entry.time);
    return {};
  }

  UnixSeconds now() const { return now_; }
  CaseRecords& records() { return records_; }
  const procedure::Sealing& sealing() const { return sealing_; }
  const registry::Administration& administration() const { return administration_; }

 private:
  CaseRecords records_;
  registry::Administration administration_;
  procedure::Sealing sealing_;
  UnixSeconds now_;
};

class Counter final : public CaseHearer {
 public:
  explicit Counter(UnixSeconds now) : now_(now) {}

  void HearDocument(std::string_view) override {}
  void HearCase(const evidence::CaseRecord& record,
                const evidence::CaseConformance& conformance) override {
    statistics_.Add(evidence::FactsOf(record, conformance, now_));
  }

  const procedure::Statistics& statistics() const { return statistics_; }

 private:
  UnixSeconds now_;
  procedure::Statistics statistics_;
};

Result<void> ReadEntries(LogSource& source, std::uint64_t size, std::uint64_t at_size,
                         Reader& reader) {
  for (std::uint64_t begin = 0; begin < at_size; begin += tlog::kTileWidth) {
    const std::uint64_t number = begin / tlog::kTileWidth;
    const std::uint16_t width = tlog::TileWidthAt(0, number, size);
    JEJAK_TRY(bundle, source.Tile({.level = 0, .index = number, .width = width, .entries = true}));
    JEJAK_TRY(entries, tlog::ParseBundle(bundle, width));
    const std::uint64_t wanted = std::min<std::uint64_t>(entries.size(), at_size - begin);
    for (std::uint64_t i = 0; i < wanted; ++i) JEJAK_CHECKED(reader.Take(entries[i]));
  }
  return {};
}

}  // namespace

Result<json::Value> CountLog(LogSource& source, std::uint64_t size, std::uint64_t at_size,
                             Workers& workers) {
  Reader reader;
  JEJAK_CHECKED(ReadEntries(source, size, at_size, reader));
  evidence::Trust as_of;
  as_of.now = reader.now();
  Counter counter(as_of.now);
  reader.records().Judge(reader.administration(), source, as_of, workers, &counter);
  return counter.statistics().Write(at_size, as_of.now, reader.sealing(), "none");
}

}  // namespace jejak::verifier
