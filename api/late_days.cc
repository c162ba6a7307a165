// SPDX-License-Identifier: Apache-2.0
#include "api/late_days.h"

#include <algorithm>

#include "ledger/procedure/readings.h"

namespace jejak::api {

struct LateDays::Counter {
  explicit Counter(std::shared_ptr<const evidence::BoundVersion> bound)
      : version(std::move(bound)),
        readings(*version->calendars, *version->definition->definition) {}

  const std::shared_ptr<const evidence::BoundVersion> version;
  const procedure::Readings readings;
};

Result<std::shared_ptr<LateDays>> LateDays::At(Call& call, std::uint64_t size, UnixSeconds now) {
  JEJAK_TRY(published, call.ledger.published.At(call.reader, std::min(size, call.reader.size())));
  return std::shared_ptr<LateDays>(new LateDays(call, std::move(published), now));
}

const LateDays::Counter* LateDays::Of(const std::string& procedure, const std::string& version) {
  const auto [place, added] = counters_.try_emplace({procedure, version});
  if (!added) return place->second.get();
  const auto& procedures = call_.reader.head().administration().procedures();
  const auto document = procedures.find(procedure);
  if (document == procedures.end()) return nullptr;
  for (const registry::Publication& publication : document->second.versions) {
    if (publication.version != version) continue;
    auto bound = published_->Bind({procedure, publication.action_id});
    if (!bound->why_not) place->second = std::make_shared<const Counter>(std::move(bound));
  }
  return place->second.get();
}

std::optional<std::int64_t> LateDays::Count(const procedure::CaseSummary& summary,
                                            const procedure::Due& due) {
  if (due.last >= now_) return 0;
  const Counter* counter = Of(summary.procedure, summary.version);
  if (counter == nullptr) return std::nullopt;
  const procedure::Readings& readings = counter->readings;
  return readings.DaysLate(readings.LocalDay(due.last), readings.LocalDay(now_),
                           procedure::Unit::kWorkingDays);
}

}  // namespace jejak::api
