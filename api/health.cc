// SPDX-License-Identifier: Apache-2.0
#include "api/health.h"

#include <algorithm>
#include <utility>

#include "api/action_json.h"
#include "api/caching.h"
#include "api/case_index.h"

namespace jejak::api {
namespace {

using sequencer::Health;

std::int64_t CheckpointAge(const Ledger& ledger, const sequencer::Head& head) {
  return std::max<std::int64_t>(0, ledger.clock.Wall().value - head.log.record.last_time);
}

// Prometheus text format 0.0.4.
class Page final {
 public:
  void Family(std::string_view name, std::string_view type, std::string_view help) {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
    text_.append(name).append(" ").append(type).append("\n");
  }
  void Sample(std::string_view name, std::uint64_t value, std::string_view labels = {}) {
    text_.append(name).append(labels).append(" ").append(std::to_string(value)).append("\n");
  }
  void Single(std::string_view name, std::string_view type, std::string_view help,
              std::uint64_t value) {
    Family(name, type, help);
    Sample(name, value);
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

void AddSequencer(Page& page, const sequencer::SequencerStats& stats) {
  page.Single("jejak_batches_total", "counter", "Batches committed.", stats.batches);
  page.Single("jejak_actions_logged_total", "counter", "Actions logged.", stats.entries);
  page.Single("jejak_actions_duplicate_total", "counter",
              "Submissions that the sequencer found logged already.", stats.duplicates);
  page.Single("jejak_actions_refused_total", "counter", "Submissions refused by admission.",
              stats.refused);
  page.Single("jejak_queue_full_total", "counter", "Submissions that found the queue full.",
              stats.queue_full);
  page.Single("jejak_queued", "gauge", "Submissions that wait now.", stats.queued);
}

void AddIndex(Page& page, const IndexProgress& index) {
  page.Single("jejak_index_built", "gauge", "1 when cases can be searched.", index.built ? 1 : 0);
  page.Single("jejak_index_size", "gauge", "Size of the log that the index of cases is about.",
              index.size);
  page.Single("jejak_index_replays_total", "counter", "Cases judged for the index.", index.replays);
}

void AddServer(Page& page, const ServerStats& stats) {
  page.Single("jejak_http_connections_total", "counter", "Connections accepted.", stats.accepted);
  page.Single("jejak_http_connections", "gauge", "Connections open now.", stats.active);
  page.Family("jejak_http_answers_total", "counter", "Answers by class of status.");
  for (std::size_t i = 2; i < stats.by_class.size(); ++i) {
    page.Sample("jejak_http_answers_total", stats.by_class[i],
                "{class=\"" + std::to_string(i) + "xx\"}");
  }
  page.Family("jejak_http_refused_total", "counter", "Requests refused before any route.");
  for (const auto& [code, count] : stats.refused) {
    page.Sample("jejak_http_refused_total", count, "{code=\"" + std::string(code) + "\"}");
  }
}

}  // namespace

Readiness ReadinessOf(const Ledger& ledger) {
  sequencer::HealthReport report = ledger.sequencer.health();
  if (report.health != Health::kOk)
    return {sequencer::HealthWord(report.health), std::move(report.reason), false};
  if (ledger.sequencer.stats().queued * 2 > ledger.config.queue_submissions)
    return {"DEGRADED", "more than half of the queue is used", true};
  if (ledger.tail_was_torn) {
    return {"DEGRADED",
            "the store's last record was torn and has been dropped; nothing signed is missing",
            true};
  }
  return {"OK", {}, true};
}

Response Livez() { return WithFreshness(TextAnswer("alive\n"), Freshness::kNever); }

Response Readyz(const Ledger& ledger) {
  const Readiness readiness = ReadinessOf(ledger);
  const sequencer::HeadPointer head = ledger.sequencer.head();
  json::Value value = json::Value::Object();
  value.Add("state", json::Value::String(std::string(readiness.state)))
      .Add("reason", json::Value::String(readiness.reason))
      .Add("size", NumberValue(head->size()))
      .Add("checkpoint_age_s", json::Value::Integer(CheckpointAge(ledger, *head)))
      .Add("queued", NumberValue(ledger.sequencer.stats().queued));
  Response response = JsonAnswer(json::Write(value));
  if (!readiness.ready) response.status = 503;
  return WithFreshness(std::move(response), Freshness::kNever);
}

Response Metrics(const Ledger& ledger, const ServerStats& server, const OpenFeeds& feeds) {
  Page page;
  const sequencer::HeadPointer head = ledger.sequencer.head();
  page.Single("jejak_log_size", "gauge", "Entries under the newest checkpoint.", head->size());
  page.Single("jejak_log_streams", "gauge", "Streams in the state map.", head->log.record.streams);
  page.Single("jejak_checkpoint_age_seconds", "gauge", "Age of the newest checkpoint.",
              static_cast<std::uint64_t>(CheckpointAge(ledger, *head)));
  page.Family("jejak_state", "gauge", "1 for the state of readyz, 0 for the others.");
  const Readiness readiness = ReadinessOf(ledger);
  for (const std::string_view state :
       {"OK", "DEGRADED", "READ_ONLY", "ROLLBACK", "CORRUPT", "FULL"}) {
    page.Sample("jejak_state", state == readiness.state ? 1 : 0,
                "{state=\"" + std::string(state) + "\"}");
  }
  AddSequencer(page, ledger.sequencer.stats());
  AddIndex(page, ledger.cases.progress());
  AddServer(page, server);
  page.Family("jejak_feeds", "gauge", "Feeds open now.");
  page.Sample("jejak_feeds", feeds.on_public, "{listener=\"public\"}");
  page.Sample("jejak_feeds", feeds.on_oversight, "{listener=\"oversight\"}");
  return WithFreshness(MakeResponse(200, "text/plain; version=0.0.4; charset=utf-8", page.Take()),
                       Freshness::kNever);
}

}  // namespace jejak::api
