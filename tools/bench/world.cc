// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/world.h"

#include <utility>
#include <variant>

#include "ledger/base/time.h"
#include "ledger/crypto/hash.h"
#include "tools/author/administration.h"

namespace jejak::bench {
namespace {

constexpr const char* kWhen = "2026-01-05T08:00:00+07:00";

tlog::PrivateKey KeyOf(const std::string& name) {
  const Digest seed = crypto::Sha256(AsBytes("bench key of " + name));
  return {name, tlog::kEd25519Key, crypto::SecretKey::FromSeed(seed.view())};
}

// What the action says, some 150 bytes.
author::Body BodyOf(const std::string& name, std::size_t n) {
  author::Body body{json::Value::Object(), {}};
  body.value.Add("step", json::Value::String("step-" + std::to_string(n)));
  body.value.Add("note", json::Value::String("The file " + name +
                                             " was read, compared with the register of the unit "
                                             "and handed on to the next desk."));
  return body;
}

}  // namespace

tlog::PrivateKey World::log_key() const { return KeyOf(kOrigin); }

Result<World> World::Make() {
  World world;
  author::Author author(kOrigin);
  JEJAK_TRY(at, ParseAt(kWhen));
  const tlog::PrivateKey root_a = KeyOf("bench.jejak.example/root-a");
  const tlog::PrivateKey root_b = KeyOf("bench.jejak.example/root-b");
  const tlog::PrivateKey owner = KeyOf("unit.example/owner");
  const std::vector<author::By> roots{{"root", &root_a}, {"root", &root_b}};
  const std::vector<author::By> owners{{"procedure_owner", &owner}, {"root", &root_a}};
  const auto keep = [&](Result<record::Envelope> envelope) -> Result<void> {
    if (!envelope.ok()) return Internal(envelope.error().detail);
    JEJAK_CHECKED(author.Logged(*envelope));
    world.setup_.push_back(std::move(*envelope));
    return {};
  };
  const auto enroll = [&](const tlog::PrivateKey& key, const std::string& holder,
                          const std::string& role) {
    std::vector<author::By> by = roots;
    by.push_back({"self", &key});
    return keep(author::Administer(
        author, registry::KeyEnroll{key.verifier_key(), "unit", holder, {{role, {}, {}, {}}}}, "",
        at, by));
  };
  const registry::LogCreate create{kOrigin,
                                   world.log_key().verifier_key(),
                                   {{root_a.verifier_key(), "a"}, {root_b.verifier_key(), "b"}},
                                   2,
                                   registry::kRules,
                                   {"Uji laju", "Bench"},
                                   "+07:00",
                                   {}};
  JEJAK_CHECKED(keep(author::Administer(author, create, "", at, roots)));
  world.create_ = std::move(world.setup_.back());
  world.setup_.clear();
  JEJAK_CHECKED(keep(
      author::Administer(author, registry::UnitRegister{"unit", {"Unit", "Unit"}}, "", at, roots)));
  JEJAK_CHECKED(enroll(owner, "owner", "procedure_owner"));
  for (std::size_t i = 0; i < kOfficers; ++i) {
    world.officers_.push_back(KeyOf("unit.example/officer-" + std::to_string(i)));
    JEJAK_CHECKED(enroll(world.officers_.back(), "h-" + std::to_string(i), "officer"));
  }
  JEJAK_CHECKED(
      keep(author::Publish(author, record::StreamKind::kCalendar, "days", "1.0",
                           R"({"format":"jejak/calendar/v1","id":"days"})", "", at, owners)));
  JEJAK_CHECKED(
      keep(author::Publish(author, record::StreamKind::kProcedure, "bench", "1.0",
                           R"({"format":"jejak/procedure/v1","id":"bench"})", "days", at, owners)));
  world.procedure_ = author.id({record::StreamKind::kProcedure, "bench"}, 0);
  return world;
}

record::Stream World::CaseOf(const std::string& name) {
  const Digest id = crypto::Sha256(AsBytes("bench case " + name));
  return {record::StreamKind::kCase, author::CaseIdOf(id.view())};
}

const tlog::PrivateKey& World::OfficerOf(const std::string& name) const {
  return officers_[crypto::Sha256(AsBytes(name)).bytes[0] % kOfficers];
}

Result<std::vector<std::string>> World::WriteCase(const std::string& name,
                                                  std::size_t actions) const {
  author::Author author(kOrigin);  // remembers this case only
  const record::Stream stream = CaseOf(name);
  const std::vector<author::By> by{{"officer", &OfficerOf(name)}};
  std::vector<std::string> envelopes;
  for (std::size_t n = 0; n < actions; ++n) {
    record::ActionFields fields = author.Place(stream);
    if (n == 0) fields.under = {{"bench", procedure_}};
    fields.type = n == 0 ? "report.submit" : "note.add";
    JEJAK_TRY(at, ParseAt(kWhen));
    fields.at = at;
    author::SetSigners(fields, by);
    author::Body body = BodyOf(name, n);
    if (n == 0) {
      body.value.Add("reporter",
                     author::SealField(fields, "/reporter",
                                       json::Value::String("a person of " + name), body.openings));
    }
    JEJAK_TRY(envelope, author.Sign(std::move(fields), by, std::move(body)));
    JEJAK_CHECKED(author.Logged(envelope));
    JEJAK_TRY(text, record::EncodeEnvelope(envelope));
    envelopes.push_back(std::move(text));
  }
  return envelopes;
}

Result<std::vector<sequencer::Submission>> World::PrepareCase(const std::string& name,
                                                              std::size_t actions) const {
  JEJAK_TRY(envelopes, WriteCase(name, actions));
  const crypto::PublicKey key = OfficerOf(name).verifier_key().key;
  std::vector<sequencer::Submission> submissions;
  for (const std::string& envelope : envelopes) {
    auto read = sequencer::ReadSubmission(envelope, sequencer::Contents::kRequired);
    if (const auto* refusal = std::get_if<registry::Refusal>(&read))
      return Internal(refusal->detail);
    submissions.push_back(std::get<sequencer::Submission>(std::move(read)));
    submissions.back().verified = {key};
  }
  return submissions;
}

}  // namespace jejak::bench
