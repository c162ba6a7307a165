// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/report_action.h"

#include <array>
#include <utility>

#include "ledger/crypto/random.h"
#include "tools/author/author.h"
#include "tools/intake/declared_body.h"

namespace jejak::intake {
namespace {

Result<const procedure::ActionType*> FindSubmit(const procedure::Definition& definition) {
  const procedure::ActionType* type = definition.FindAction(kSubmitType);
  if (type == nullptr || !procedure::Contains(type->parties, kReporterRole) ||
      !type->fields.contains("report")) {
    return Refused("procedure " + definition.id +
                   " takes no reports of citizens; name another with --procedure");
  }
  return type;
}

// What the definition declares of what the form holds.
json::Value BodyOf(const procedure::ActionType& type, const Report& report,
                   const std::string& tag) {
  json::Value body = json::Value::Object();
  const auto add = [&](std::string_view name, json::Value value) {
    if (!value.is_null() && type.fields.contains(std::string(name)))
      body.Add(name, std::move(value));
  };
  add("report", json::Value::String(tag));
  add("mode", json::Value::String(report.form->mode));
  add("channel", json::Value::String(report.form->channel));
  add("text", json::Value::String(ReportText(*report.form, report.language)));
  add("identity", IdentityOf(*report.form));
  return body;
}

}  // namespace

bool TakesReports(const procedure::Definition& definition) { return FindSubmit(definition).ok(); }

record::ReceiptCode DrawCode() {
  std::array<std::uint8_t, record::kRandomReceiptSymbols> symbols{};
  const Bytes random = crypto::RandomBytes(symbols.size());
  std::copy(random.begin(), random.end(), symbols.begin());
  return record::CodeFrom(symbols);
}

tlog::PrivateKey PartyKey(const record::ReceiptCode& code, const std::string& origin,
                          const std::string& name) {
  const Digest seed = record::PartySeed(code, origin);
  return {name, tlog::kEd25519Key, crypto::SecretKey::FromSeed(seed.view())};
}

Result<record::Envelope> WriteReport(const Report& report, const record::ReceiptCode& code) {
  JEJAK_TRY(type, FindSubmit(report.published->definition));
  const std::string case_id = author::RandomCaseId();
  const std::string role(kReporterRole);
  const tlog::PrivateKey party = PartyKey(code, report.origin, case_id + "/" + role);
  const author::Author author(report.origin);
  record::ActionFields fields = author.Place({record::StreamKind::kCase, case_id});
  fields.under = report.published->under;
  fields.type = kSubmitType;
  fields.at = report.at;
  fields.parties = {{role, party.verifier_key()}};
  const std::vector<author::By> by = {{std::string(kOfficerRole), report.officer}, {role, &party}};
  author::SetSigners(fields, by);
  const json::Value body = BodyOf(*type, report, record::LookupTag(code, report.origin));
  JEJAK_CHECKED(CheckDeclared(report.published->definition, *type, body));
  author::Body sealed = SealDeclared(fields, *type, body);
  return author.Sign(std::move(fields), by, std::move(sealed));
}

}  // namespace jejak::intake
