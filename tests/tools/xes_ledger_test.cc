// SPDX-License-Identifier: Apache-2.0
//
// Import and export through a running server, on logs small enough to be looked at, and on the two real ones of ../shared.
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verify.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/tlog/merkle.h"
#include "tests/api/ledger_fixture.h"
#include "tools/xes/export.h"
#include "tools/xes/import.h"
#include "tools/xes/ledger_view.h"
#include "tools/xes/mapping.h"
#include "tools/xes/reader.h"
#include "verifier/cli/worker_pool.h"
#include "verifier/log_audit.h"

namespace jejak::xes {
namespace {

const std::string kProcedures = JEJAK_SOURCE_DIR "/docs/procedures/";
const std::string kEventLogs = JEJAK_SOURCE_DIR "/../shared/data/eventlogs/";

// A ledger's static files over HTTP.
class ServedLog final : public verifier::LogSource {
 public:
  explicit ServedLog(api::LedgerClient& client) : client_(client) {}
  Result<std::string> Checkpoint() override { return client_.Get("/checkpoint"); }
  Result<Bytes> Tile(const tlog::TileId& tile) override {
    JEJAK_TRY(text, client_.Get("/" + tlog::TilePath(tile)));
    const ByteView bytes = AsBytes(text);
    return Bytes(bytes.begin(), bytes.end());
  }

 private:
  api::LedgerClient& client_;
};

class XesLedger : public testing::Test {
 protected:
  static std::string Read(const std::string& path) {
    auto text = sequencer::ReadFile(path, std::size_t{1} << 20);
    EXPECT_TRUE(text.ok()) << path;
    return text.ok() ? *text : std::string();
  }

  void Use(const std::string& definition) {
    definition_ = ReadDefinition(Read(kProcedures + definition + ".json")).value();
    calendar_ = ReadCalendar(Read(kProcedures + "none.calendar.json")).value();
  }

  // Everything that `jejak import xes` does once it has read its files. `keys`: the directory with the secret.
  Result<ImportReport> Import(const EventLog& log, const std::string& keys = "keys") {
    const std::string origin = test::SmallLog::kOrigin;
    JEJAK_TRY(plan, PlanImport(log, origin, definition_, ""));
    JEJAK_TRY(opened, ImportKeys::Open(directory_ / keys, origin));
    std::uint64_t administered = 0;
    JEJAK_TRY(publish,
              PrepareLog(*client_, plan, definition_, calendar_, authority_, opened, administered));
    JEJAK_TRY(report, ImportCases(*client_, plan, origin, definition_, publish, opened, limits_,
                                  [this](std::uint64_t done, std::uint64_t) { done_ = done; }));
    report.administered = administered;
    return report;
  }

  std::vector<std::string> CaseFiles() {
    LedgerView view(*client_);
    std::vector<std::string> files;
    const auto cases = view.Cases();
    EXPECT_TRUE(cases.ok());
    for (const auto& [id, count] : *cases) files.push_back(view.CaseFile(id).value());
    return files;
  }

  static EventLog Export(const std::vector<std::string>& files) {
    std::string text = XmlHead();
    for (const std::string& file : files) text += TraceXml(ReadCase(file)->trace);
    auto log = ParseXes(text + XmlTail());
    EXPECT_TRUE(log.ok()) << log.error().detail;
    return log.ok() ? *log : EventLog();
  }

  evidence::Trust TrustIn() {
    evidence::Trust trust;
    trust.policy = server_.policy();
    const std::string genesis = client_->Get("/v1/entries/0").value();
    trust.genesis = tlog::LeafHash(AsBytes(genesis));
    trust.now = server_.clock().Wall();
    trust.ignore_conformance = true;
    return trust;
  }

  std::string Checkpoint() { return client_->Get("/checkpoint").value(); }

  TemporaryDirectory directory_;
  api::SmallServer server_{api::QuietConfig(api::Entries::kOversight), false};
  std::unique_ptr<api::LedgerClient> client_ =
      std::make_unique<api::LedgerClient>(server_->oversight_url());
  tlog::PrivateKey root_a_ = test::KeyOf("small.jejak.example/root-a");
  tlog::PrivateKey root_b_ = test::KeyOf("small.jejak.example/root-b");
  ImportAuthority authority_{
      {{"root", &root_a_}, {"root", &root_b_}}, std::nullopt, "imports", api::SmallServer::kStart};
  BatchLimits limits_;
  Document definition_;
  Document calendar_;
  std::uint64_t done_ = 0;
};

Event FineEvent(const std::string& name, const std::string& stamp, const std::string& resource = {},
                const std::string& group = {}) {
  Event event{{{"string", "concept:name", name, 0}, {"date", "time:timestamp", stamp, 0}}};
  if (!resource.empty()) event.attributes.push_back({"string", "org:resource", resource, 0});
  if (!group.empty()) event.attributes.push_back({"string", "org:group", group, 0});
  return event;
}

EventLog Fines() {
  Event pay = FineEvent("Payment", "2011-01-03T00:00:00.123Z");
  pay.attributes.push_back({"float", "paymentAmount", "35.10", 0});
  pay.attributes.push_back({"string", "note", "", 0});
  pay.attributes.push_back({"list", "l", "", 0});
  pay.attributes.push_back({"values", "", "", 1});
  pay.attributes.push_back({"int", "n", "7", 2});
  return {{{{{"string", "concept:name", "A1", 0}, {"int", "article", "157", 0}},
            {FineEvent("Create Fine", "2011-01-01T10:00:00.5+01:00", "561", "Police"), pay}},
           {{{"string", "concept:name", "A2", 0}},
            {FineEvent("Create Fine", "2011-01-02T10:00:00+01:00", "561", "Desk 2"),
             FineEvent("Send Fine", "2011-01-01T09:00:00+01:00")}}}};
}

TEST_F(XesLedger, WhatGoesInComesOutAndVerifies) {
  Use("fine-notification");
  const auto report = Import(Fines());
  ASSERT_TRUE(report.ok()) << report.error().detail;
  EXPECT_EQ(report->cases, 2u);
  EXPECT_EQ(report->logged, 4u);
  EXPECT_EQ(report->already_there, 0u);
  EXPECT_EQ(report->administered, 6u);  // unit, owner, calendar, definition, two keys
  EXPECT_EQ(done_, 4u);
  const auto files = CaseFiles();
  EXPECT_EQ(Export(files).traces, Fines().traces);
  for (const std::string& file : files)
    EXPECT_EQ(evidence::VerifyCaseFile(file, TrustIn()).exit_code, 0);
}

TEST_F(XesLedger, SignersAreResourcesWithTheRolesOfTheirGroups) {
  Use("fine-notification");
  ASSERT_TRUE(Import(Fines()).ok());
  const auto keys = LedgerView(*client_).Keys().value();
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_EQ(keys.at("xes.fine-notification/r-561").roles,
            (std::set<std::string>{"desk_2", "police"}));
  EXPECT_TRUE(keys.at("xes.fine-notification/portal").roles.empty());
  const std::string entry =
      client_
          ->Get("/v1/cases/" + CaseIdOf(test::SmallLog::kOrigin, "fine-notification", "A1") +
                "/actions")
          .value();
  EXPECT_NE(entry.find(R"({"name":"xes.fine-notification/r-561","role":"-"})"), std::string::npos)
      << entry;
  EXPECT_NE(entry.find("2011-01-03T00:00:00+00:00"), std::string::npos);
}

TEST_F(XesLedger, ImportingTwiceAddsNothing) {
  Use("fine-notification");
  ASSERT_TRUE(Import(Fines()).ok());
  const std::string before = Checkpoint();
  authority_.roots.clear();  // nothing needs them any more
  const auto again = Import(Fines());
  ASSERT_TRUE(again.ok()) << again.error().detail;
  EXPECT_EQ(again->logged, 0u);
  EXPECT_EQ(again->already_there, 4u);
  EXPECT_EQ(again->administered, 0u);
  EXPECT_EQ(Checkpoint(), before);
}

TEST_F(XesLedger, ImportingTwiceAddsNothingWhereCasesAreNotShown) {
  Use("fine-notification");
  ASSERT_TRUE(Import(Fines()).ok());
  const std::string before = Checkpoint();
  client_ = std::make_unique<api::LedgerClient>(server_->url());
  const auto shown = LedgerView(*client_).Cases();
  ASSERT_TRUE(shown.ok()) << shown.error().detail;
  ASSERT_TRUE(shown->empty()) << "none was released";
  const auto again = Import(Fines());
  ASSERT_TRUE(again.ok()) << again.error().detail;
  EXPECT_EQ(again->logged, 0u);
  EXPECT_EQ(again->already_there, 4u);
  EXPECT_EQ(Checkpoint(), before);
}

TEST_F(XesLedger, AnInterruptedImportGoesOn) {
  Use("fine-notification");
  EventLog part = Fines();
  part.traces[1].events.pop_back();
  ASSERT_TRUE(Import(part).ok());
  limits_.envelopes = 1;
  const auto report = Import(Fines());
  ASSERT_TRUE(report.ok()) << report.error().detail;
  EXPECT_EQ(report->logged, 1u);
  EXPECT_EQ(report->already_there, 3u);
  EXPECT_EQ(report->administered, 0u);
  EXPECT_EQ(Export(CaseFiles()).traces, Fines().traces);
}

TEST_F(XesLedger, AnotherFileUnderTheSameNamesIsAConflict) {
  Use("fine-notification");
  ASSERT_TRUE(Import(Fines()).ok());
  const std::string before = Checkpoint();
  EventLog other = Fines();
  other.traces[1].events[0].attributes[1].value = "2011-01-02T10:00:01+01:00";
  const auto report = Import(other);
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::kConflict);
  EXPECT_NE(report.error().detail.find("trace 2"), std::string::npos) << report.error().detail;
  EXPECT_EQ(Checkpoint(), before);
}

TEST_F(XesLedger, AnotherSecretIsAConflict) {
  Use("fine-notification");
  ASSERT_TRUE(Import(Fines()).ok());
  const auto report = Import(Fines(), "other-keys");
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::kConflict);
  EXPECT_NE(report.error().detail.find("--keys"), std::string::npos) << report.error().detail;
}

TEST_F(XesLedger, AnotherDefinitionOfTheSameVersionIsAConflict) {
  Use("fine-notification");
  ASSERT_TRUE(Import(Fines()).ok());
  definition_ = ReadDefinition(definition_.text + " ").value();
  EXPECT_EQ(Import(Fines()).error().code, Code::kConflict);
}

TEST_F(XesLedger, NewGroupsAreGranted) {
  Use("fine-notification");
  ASSERT_TRUE(Import(Fines()).ok());
  EventLog more = Fines();
  more.traces.push_back({{{"string", "concept:name", "A3", 0}},
                         {FineEvent("Create Fine", "2012-01-01T10:00:00Z", "561", "Night")}});
  const auto report = Import(more);
  ASSERT_TRUE(report.ok()) << report.error().detail;
  EXPECT_EQ(report->administered, 1u);
  EXPECT_TRUE(
      LedgerView(*client_).Keys()->at("xes.fine-notification/r-561").roles.contains("night"));
}

TEST_F(XesLedger, WithoutRootsItSaysWhatIsMissing) {
  Use("fine-notification");
  authority_.roots.clear();
  const auto report = Import(Fines());
  ASSERT_FALSE(report.ok());
  EXPECT_NE(report.error().detail.find("--by root="), std::string::npos) << report.error().detail;
}

TEST_F(XesLedger, ACaseOfAnotherKindIsExportedFromItsSkeleton) {
  api::SmallServer small(api::QuietConfig());
  api::LedgerClient client(small->oversight_url());
  const std::vector<std::string> actions{api::TextOf(small.log().Open(1, small.clock().Wall())),
                                         api::TextOf(small.log().AddNote(1, small.clock().Wall()))};
  const auto answers = client.SubmitBatch(actions);
  for (const api::SubmitAnswer& answer : *answers) ASSERT_TRUE(answer.logged());
  LedgerView view(client);
  const std::string id = view.Cases()->at(0).first;
  const auto exported = ReadCase(*view.CaseFile(id));
  ASSERT_TRUE(exported.ok()) << exported.error().detail;
  EXPECT_EQ(exported->procedure, "small");
  EXPECT_EQ(*Find(exported->trace.attributes, kName), id);
  ASSERT_EQ(exported->trace.events.size(), 2u);
  const Attributes& event = exported->trace.events[1].attributes;
  EXPECT_EQ(*Find(event, kStamp), "2026-01-05T08:00:00+07:00");
  EXPECT_EQ(*Find(event, kResource), "unit.example/officer");
  EXPECT_EQ(*Find(event, "org:role"), "officer");
  EXPECT_NE(Find(event, kName)->find('.'), std::string::npos);
}

TEST_F(XesLedger, WithoutBodiesTheSkeletonIsExported) {
  Use("fine-notification");
  ASSERT_TRUE(Import(Fines()).ok());
  evidence::CaseFile file = evidence::ParseCaseFile(CaseFiles()[0]).value();
  file.bodies[0].text = file.bodies[1].text;  // another action's: it doesn't fit
  file.bodies.pop_back();
  const auto exported = ReadCase(evidence::EncodeCaseFile(file));
  ASSERT_TRUE(exported.ok()) << exported.error().detail;
  for (const Event& event : exported->trace.events) {
    EXPECT_TRUE(Find(event.attributes, kName)->starts_with("xes."));
    EXPECT_NE(Find(event.attributes, kStamp)->find("+0"), std::string::npos);
  }
  EXPECT_FALSE(ReadCase("{}").ok());
}

struct RealLog {
  const char* name;
  const char* file;
  const char* definition;
  std::uint64_t cases;
  std::uint64_t events;
  std::uint64_t keys;  // with the owner's
};

class RealXesLog : public XesLedger, public testing::WithParamInterface<RealLog> {
 protected:
  // Prints how long the step that just ended took.
  void Took(const char* step) {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - since_).count();
    std::cout << GetParam().name << ": " << step << " " << seconds << " s\n";
    since_ = now;
  }

  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

TEST_P(RealXesLog, GoesInVerifiesOfflineAndComesOutEqual) {
  const RealLog& real = GetParam();
  auto text = ReadXesText(kEventLogs + real.file);
  if (!text.ok()) GTEST_SKIP() << "no real event log at " << kEventLogs << real.file;
  const auto source = ParseXes(*std::move(text));
  ASSERT_TRUE(source.ok()) << source.error().detail;
  Took("read");

  Use(real.definition);
  const auto report = Import(*source);
  ASSERT_TRUE(report.ok()) << report.error().detail;
  EXPECT_EQ(report->cases, real.cases);
  EXPECT_EQ(report->logged, real.events);
  EXPECT_EQ(report->already_there, 0u);
  EXPECT_EQ(report->empty_traces, 0u);
  EXPECT_EQ(LedgerView(*client_).Keys()->size(), real.keys);
  Took("imported");

  const auto files = CaseFiles();
  ASSERT_EQ(files.size(), real.cases);
  Took("case files fetched");
  const evidence::Trust trust = TrustIn();
  for (const std::string& file : files)
    ASSERT_EQ(evidence::VerifyCaseFile(file, trust).exit_code, evidence::kExitPass);
  Took("case files verified");

  ServedLog served(*client_);
  verifier::WorkerPool workers(2);
  const evidence::Verdict audit = verifier::AuditLog(served, trust, workers);
  EXPECT_EQ(audit.exit_code, evidence::kExitPass);
  EXPECT_EQ(audit.coverage.total, audit.coverage.checked);
  Took("log audited");

  EXPECT_EQ(Export(files).traces, source->traces);
  Took("exported and compared");

  const std::string before = Checkpoint();
  const auto again = Import(*source);
  ASSERT_TRUE(again.ok()) << again.error().detail;
  EXPECT_EQ(again->logged, 0u);
  EXPECT_EQ(again->already_there, real.events);
  EXPECT_EQ(again->administered, 0u);
  EXPECT_EQ(Checkpoint(), before);
  Took("imported again");
}

constexpr RealLog kRealLogs[] = {
    {"road", "roadtraffic100traces.xes", "fine-notification", 100, 390, 56},
    {"receipt", "receipt.xes.gz", "permit-receipt", 1434, 8577, 49}};
INSTANTIATE_TEST_SUITE_P(Xes, RealXesLog, testing::ValuesIn(kRealLogs),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace jejak::xes
