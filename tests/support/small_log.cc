// SPDX-License-Identifier: Apache-2.0
#include "tests/support/small_log.h"

#include <stdexcept>

#include "ledger/crypto/hash.h"
#include "tools/author/administration.h"

namespace jejak::test {

tlog::PrivateKey KeyOf(const std::string& name, std::uint8_t type) {
  const Digest seed = crypto::Sha256(AsBytes("test key of " + name));
  return {name, type, crypto::SecretKey::FromSeed(seed.view())};
}

SmallLog::SmallLog(UnixSeconds now)
    : author_(kOrigin),
      root_a_(KeyOf("small.jejak.example/root-a")),
      root_b_(KeyOf("small.jejak.example/root-b")),
      officer_(KeyOf("unit.example/officer")),
      owner_(KeyOf("unit.example/owner")) {
  const At at = ParseAt(FormatAt(now, 420)).value();
  const std::vector<author::By> roots{{"root", &root_a_}, {"root", &root_b_}};
  const std::vector<author::By> owners{{"procedure_owner", &owner_}, {"root", &root_a_}};
  const auto administer = [&](const registry::AdminBody& body, const std::vector<author::By>& by) {
    return Keep(author::Administer(author_, body, "", at, by));
  };
  const auto enroll = [&](const tlog::PrivateKey& key, const std::string& holder,
                          const std::string& role) {
    std::vector<author::By> by = roots;
    by.push_back({"self", &key});
    setup_.push_back(administer(
        registry::KeyEnroll{key.verifier_key(), "unit", holder, {{role, {}, {}, {}}}}, by));
  };
  create_ =
      administer(registry::LogCreate{kOrigin,
                                     log_key().verifier_key(),
                                     {{root_a_.verifier_key(), "a"}, {root_b_.verifier_key(), "b"}},
                                     2,
                                     1,
                                     {"Kecil", "Small"},
                                     "+07:00",
                                     {}},
                 roots);
  setup_.push_back(administer(registry::UnitRegister{"unit", {"Unit", "Unit"}}, roots));
  enroll(owner_, "o", "procedure_owner");
  enroll(officer_, "p", "officer");
  setup_.push_back(
      Keep(author::Publish(author_, record::StreamKind::kCalendar, "days", "1.0",
                           R"({"format":"jejak/calendar/v1","id":"days"})", "", at, owners)));
  setup_.push_back(
      Keep(author::Publish(author_, record::StreamKind::kProcedure, "small", "1.0",
                           R"({"format":"jejak/procedure/v1","id":"small"})", "days", at, owners)));
  procedure_ = author_.id({record::StreamKind::kProcedure, "small"}, 0);
}

record::Envelope SmallLog::Keep(Result<record::Envelope> envelope) {
  if (!envelope.ok()) throw std::runtime_error(envelope.error().detail);
  const Result<void> logged = author_.Logged(*envelope);
  if (!logged.ok()) throw std::runtime_error(logged.error().detail);
  return std::move(envelope).value();
}

record::Stream SmallLog::CaseStream(std::uint64_t n) {
  const Digest id = crypto::Sha256(AsBytes("case " + std::to_string(n)));
  return {record::StreamKind::kCase, author::CaseIdOf(id.view())};
}

record::Envelope SmallLog::Open(std::uint64_t n, UnixSeconds at) {
  record::ActionFields fields = author_.Place(CaseStream(n));
  fields.under = {{"small", procedure_}};
  fields.type = "report.submit";
  fields.at = ParseAt(FormatAt(at, 420)).value();
  const std::vector<author::By> by{{"officer", &officer_}};
  author::SetSigners(fields, by);
  author::Body body{json::Value::Object(), {}};
  body.value.Add(
      "text", author::SealField(fields, "/text", json::Value::String("report " + std::to_string(n)),
                                body.openings));
  return Keep(author_.Sign(std::move(fields), by, std::move(body)));
}

record::Envelope SmallLog::AddNote(std::uint64_t n, UnixSeconds at, const std::string& text) {
  record::ActionFields fields = author_.Place(CaseStream(n));
  fields.type = "note.add";
  fields.at = ParseAt(FormatAt(at, 420)).value();
  author::Body body{json::Value::Object(), {}};
  body.value.Add("text", json::Value::String(text));
  return Keep(author_.Sign(std::move(fields), {{"officer", &officer_}}, std::move(body)));
}

}  // namespace jejak::test
