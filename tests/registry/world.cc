// SPDX-License-Identifier: Apache-2.0
#include "tests/registry/world.h"

#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/tlog/merkle.h"

namespace jejak::registry::test {

crypto::SecretKey SecretOf(std::string_view name, int generation) {
  const std::string text = std::to_string(generation) + " " + std::string(name);
  return crypto::SecretKey::FromSeed(crypto::Sha256(AsBytes(text)).view());
}

tlog::VerifierKey KeyOf(std::string_view name, int generation) {
  return {std::string(name), tlog::kEd25519Key, SecretOf(name, generation).public_key()};
}

std::string VKey(std::string_view name, int generation) {
  return tlog::EncodeVerifierKey(KeyOf(name, generation));
}

std::string SignedNote(const Fields& fields, const std::vector<Generation>& generations) {
  auto text = record::EncodeActionText(fields);
  if (!text.ok()) {
    ADD_FAILURE() << "the fields make no action: " << text.error().detail;
    return {};
  }
  std::string note = *text + "\n";
  for (const By& by : fields.by) {
    int generation = 0;
    for (const Generation& other : generations) {
      if (other.name == by.name) generation = other.generation;
    }
    note += tlog::EncodeSignatureLine(
        record::SignAction(*text, by.name, SecretOf(by.name, generation)));
  }
  return note;
}

std::string Grants(const std::vector<std::string>& roles) {
  std::string out;
  for (const std::string& role : roles) {
    out += (out.empty() ? "" : ",") + ("{\"role\":\"" + role + "\"}");
  }
  return "[" + out + "]";
}

std::string RootsMembers(const std::vector<std::string>& names_and_holders, int threshold) {
  std::string out;
  for (std::size_t i = 0; i + 1 < names_and_holders.size(); i += 2) {
    out += (out.empty() ? "" : ",") + ("{\"key\":\"" + VKey(names_and_holders[i])) +
           "\",\"holder\":\"" + names_and_holders[i + 1] + "\"}";
  }
  return "\"roots\":[" + out + "],\"threshold\":" + std::to_string(threshold);
}

std::string CreateBody(std::string_view origin, std::string_view log_key,
                       const std::vector<std::string>& roots_and_holders, int threshold) {
  return "{\"origin\":\"" + std::string(origin) + "\",\"log_key\":\"" + std::string(log_key) +
         "\"," + RootsMembers(roots_and_holders, threshold) +
         ",\"rules\":1,\"name\":{\"id\":\"Contoh\",\"en\":\"Example\"},\"zone\":\"+07:00\"}";
}

std::vector<By> Roots() { return {{std::string(kRoot1), "root"}, {std::string(kRoot2), "root"}}; }

std::vector<By> RootsAnd(std::vector<By> more) {
  std::vector<By> by = Roots();
  by.insert(by.end(), more.begin(), more.end());
  return by;
}

std::vector<By> Pair() {
  return {{std::string(kReg1), "registrar"}, {std::string(kReg2), "registrar"}};
}

std::vector<By> Owner() {
  return {{std::string(kOwner), "procedure_owner"}, {std::string(kRoot2), "root"}};
}

World::World(bool populated) {
  if (!populated) return;
  Must(InRegistry(
      "log.create",
      CreateBody(kOrigin, VKey(kOrigin),
                 {std::string(kRoot1), "A", std::string(kRoot2), "B", std::string(kRoot3), "C"}, 2),
      Roots()));
  for (const char* unit : {"u1", "u2", "u3"}) {
    Must(InRegistry("unit.register",
                    std::string("{\"unit\":\"") + unit + R"(","title":{"id":"U","en":"U"}})",
                    Roots()));
  }
  Enroll(kReg1, "u1", "h1", {"registrar"});
  Enroll(kReg2, "u2", "h2", {"registrar"});
  Enroll(kRegU, "u1", "h3", {"registrar"});
  Enroll(kRegH, "u3", "h1", {"registrar"});
  Enroll(kRegA, "u3", "A", {"registrar"});
  Enroll(kOwner, "u2", "h4", {"procedure_owner"});
  Enroll(kOwnerA, "u2", "A", {"procedure_owner"});
  Enroll(kP1, "u1", "h5", {"officer", "clerk"});
  Enroll(kP2, "u2", "h6", {"officer"});
  const std::string document =
      R"("size":10,"sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")";
  Must(InDocument("calendar/cal", "calendar.publish", R"({"version":"1",)" + document + "}",
                  Owner()));
  Must(InDocument("procedure/proc", "procedure.publish",
                  R"({"version":"1",)" + document + R"(,"calendar":"cal"})", Owner()));
  Fields open = Opening(kCase, {{std::string(kP1), "clerk"}, {std::string(kReporter), "reporter"}});
  open.parties = {{"reporter", KeyOf(kReporter)}};
  Must(open);
}

Fields World::In(const std::string& stream, std::string type, std::vector<By> by) const {
  Fields fields;
  fields.log = std::string(kOrigin);
  fields.stream = *record::ParseStream(stream);
  if (const StreamState* state = ledger.Find(fields.stream)) {
    fields.position_count = state->head.count;
    fields.position_root = state->head.root;
  }
  fields.type = std::move(type);
  fields.at = *ParseAt(FormatAt(now, 420));
  fields.by = std::move(by);
  return fields;
}

Fields World::InDocument(const std::string& stream, std::string type, std::string body,
                         std::vector<By> by) const {
  Fields fields = In(stream, std::move(type), std::move(by));
  fields.body_form = record::BodyForm::kInline;
  fields.body_json = std::move(body);
  return fields;
}

Fields World::InRegistry(std::string type, std::string body, std::vector<By> by) const {
  return InDocument("registry", std::move(type), std::move(body), std::move(by));
}

Fields World::InKey(std::string_view name, std::string type, std::string body,
                    std::vector<By> by) const {
  return InDocument("key/" + std::string(name), std::move(type), std::move(body), std::move(by));
}

Fields World::InCase(std::string_view id, std::string type, std::vector<By> by) const {
  return In("case/" + std::string(id), std::move(type), std::move(by));
}

Fields World::Opening(std::string_view id, std::vector<By> by) const {
  Fields fields = InCase(id, "report.submit", std::move(by));
  fields.under.emplace();
  fields.under->id = "proc";
  if (const Publication* in_force = ledger.administration().InForce("proc")) {
    fields.under->publish = in_force->action_id;
  }
  return fields;
}

std::string World::Judge(const Fields& fields, const std::vector<Generation>& generations) {
  return JudgeNote(SignedNote(fields, generations));
}

std::string World::JudgeNote(std::string_view note) {
  last = {};
  last_candidate_.reset();
  auto parsed = ParseCandidate(note);
  if (auto* refusal = std::get_if<Refusal>(&parsed)) {
    last = std::move(*refusal);
    return last.code;
  }
  last_candidate_ = std::get<Candidate>(std::move(parsed));
  Admission admission = Admit(*last_candidate_, index, now, ledger, SignatureCheck{});
  if (admission.kind == Admission::kAccepted) return "accepted";
  if (admission.kind == Admission::kDuplicate) return "duplicate";
  last = std::move(admission.refusal);
  return last.code;
}

void World::Must(const Fields& fields, const std::vector<Generation>& generations) {
  ASSERT_EQ(Judge(fields, generations), "accepted")
      << fields.type << ": " << last.where << ": " << last.detail;
  ApplyLast();
}

void World::ApplyLast() {
  const std::string leaf = "leaf " + std::to_string(index);
  ledger.Apply(*last_candidate_, index, tlog::LeafHash(AsBytes(leaf)));
  ++index;
}

void World::Enroll(std::string_view name, std::string_view unit, std::string_view holder,
                   const std::vector<std::string>& roles) {
  Must(InKey(name, "key.enroll",
             "{\"key\":\"" + VKey(name) + "\",\"unit\":\"" + std::string(unit) +
                 "\",\"holder\":\"" + std::string(holder) + "\",\"grants\":" + Grants(roles) + "}",
             RootsAnd({{std::string(name), "self"}})));
}

}  // namespace jejak::registry::test
