// SPDX-License-Identifier: Apache-2.0
#include "tests/support/small_log.h"

#include <stdexcept>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/tlog/note.h"

namespace jejak::test {
namespace {

record::Stream StreamOf(const std::string& text) { return record::ParseStream(text).value(); }

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

std::string VKey(const tlog::PrivateKey& key) {
  return Quoted(tlog::EncodeVerifierKey(key.verifier_key()));
}

std::string PublishBody(const std::string& document, const std::string& more) {
  return "{\"version\":\"1.0\",\"size\":" + std::to_string(document.size()) +
         ",\"sha256\":" + Quoted(EncodeHash(crypto::Sha256(AsBytes(document)))) + more + "}";
}

}  // namespace

tlog::PrivateKey KeyOf(const std::string& name, std::uint8_t type) {
  const Digest seed = crypto::Sha256(AsBytes("test key of " + name));
  return {name, type, crypto::SecretKey::FromSeed(seed.view())};
}

SmallLog::SmallLog(UnixSeconds now)
    : author_(kOrigin),
      now_(now),
      root_a_(KeyOf("small.jejak.example/root-a")),
      root_b_(KeyOf("small.jejak.example/root-b")),
      officer_(KeyOf("unit.example/officer")),
      owner_(KeyOf("unit.example/owner")) {
  const std::vector<author::By> roots{{"root", &root_a_}, {"root", &root_b_}};
  create_ = Administer("registry", "log.create",
                       "{\"origin\":" + Quoted(kOrigin) + ",\"log_key\":" + VKey(log_key()) +
                           ",\"roots\":[{\"key\":" + VKey(root_a_) +
                           ",\"holder\":\"a\"},{\"key\":" + VKey(root_b_) +
                           ",\"holder\":\"b\"}],\"threshold\":2,\"rules\":1,\"name\":{\"id\":"
                           "\"Kecil\",\"en\":\"Small\"},"
                           "\"zone\":\"+07:00\"}",
                       roots);
  const auto add = [this](record::Envelope envelope) { setup_.push_back(std::move(envelope)); };
  add(Administer("registry", "unit.register",
                 R"({"unit":"unit","title":{"id":"Unit","en":"Unit"}})", roots));
  const auto enroll = [&](const tlog::PrivateKey& key, const std::string& holder,
                          const std::string& role) {
    std::vector<author::By> by = roots;
    by.push_back({"self", &key});
    add(Administer("key/" + key.name, "key.enroll",
                   "{\"key\":" + VKey(key) + ",\"unit\":\"unit\",\"holder\":" + Quoted(holder) +
                       ",\"grants\":[{\"role\":" + Quoted(role) + "}]}",
                   by));
  };
  enroll(owner_, "o", "procedure_owner");
  enroll(officer_, "p", "officer");
  const std::vector<author::By> owners{{"procedure_owner", &owner_}, {"root", &root_a_}};
  const std::string calendar = R"({"format":"jejak/calendar/v1","id":"days"})";
  add(Administer("calendar/days", "calendar.publish", PublishBody(calendar, ""), owners, calendar));
  const std::string procedure = R"({"format":"jejak/procedure/v1","id":"small"})";
  add(Administer("procedure/small", "procedure.publish",
                 PublishBody(procedure, ",\"calendar\":\"days\""), owners, procedure));
  procedure_ = author_.id(StreamOf("procedure/small"), 0);
}

record::Envelope SmallLog::Keep(Result<record::Envelope> envelope) {
  if (!envelope.ok()) throw std::runtime_error(envelope.error().detail);
  const Result<void> logged = author_.Logged(*envelope);
  if (!logged.ok()) throw std::runtime_error(logged.error().detail);
  return std::move(envelope).value();
}

record::Envelope SmallLog::Administer(const std::string& stream, const std::string& type,
                                      const std::string& body, const std::vector<author::By>& by,
                                      std::optional<std::string> document) {
  record::ActionFields fields = author_.Place(StreamOf(stream));
  fields.type = type;
  fields.at = ParseAt(FormatAt(now_, 420)).value();
  fields.body_json = body;
  record::Envelope envelope = Keep(author_.Sign(std::move(fields), by));
  envelope.document = std::move(document);
  return envelope;
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
  author::SetSigners(fields, {{"officer", &officer_}});
  author::Body body{json::Value::Object(), {}};
  body.value.Add(
      "text", author::SealField(fields, "/text", json::Value::String("report " + std::to_string(n)),
                                body.openings));
  return Keep(author_.Sign(std::move(fields), {{"officer", &officer_}}, std::move(body)));
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
