// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "tools/author/administration.h"
#include "tools/cli/signers.h"
#include "tools/xes/import.h"
#include "tools/xes/ledger_view.h"
#include "tools/xes/mapping.h"

namespace jejak::xes {
namespace {

class Preparation final {
 public:
  Preparation(api::LedgerClient& client, const ImportAuthority& authority, ImportKeys& keys)
      : client_(client), view_(client), sender_(client), authority_(authority), keys_(keys) {}

  Result<Digest> Run(const ImportPlan& plan, const Document& definition, const Document& calendar) {
    JEJAK_TRY(at, ParseAt(FormatAt(authority_.now, 0)));
    at_ = at;
    JEJAK_TRY(enrolled, view_.Keys());
    enrolled_ = std::move(enrolled);
    JEJAK_CHECKED(RegisterUnit());
    JEJAK_CHECKED(Publish(record::StreamKind::kCalendar, "calendars", calendar, definition.id));
    JEJAK_CHECKED(Publish(record::StreamKind::kProcedure, "procedures", definition, definition.id));
    for (const auto& [name, roles] : plan.signers) JEJAK_CHECKED(Enroll(name, roles));
    JEJAK_CHECKED(sender_.Flush());
    JEJAK_TRY(published, view_.Publication("procedures", definition.id, definition.version));
    if (!published) return Internal("the ledger does not show the definition that was published");
    return published->action_id;
  }

  std::uint64_t administered() const { return sender_.logged(); }

 private:
  Result<void> NeedRoots(const std::string& what) const {
    if (!authority_.roots.empty()) return {};
    return Malformed(what +
                     " is not in the ledger yet; give --by root=FILE.key for as many roots"
                     " as the log asks for");
  }

  // Signs and hands on what carries `body`, at the head of its stream.
  Result<void> Send(const registry::AdminBody& body, const std::string& subject,
                    const std::vector<author::By>& by, std::optional<std::string> document = {}) {
    record::ActionFields fields = author::FieldsOf(body, subject);
    JEJAK_CHECKED(cli::PlaceAtHead(client_, fields));
    fields.at = at_;
    JEJAK_TRY(envelope, author::Author(fields.log).Sign(fields, by));
    envelope.document = std::move(document);
    JEJAK_TRY(text, record::EncodeEnvelope(envelope));
    return sender_.Add(fields.stream.text(), std::move(text));
  }

  Result<void> RegisterUnit() {
    JEJAK_TRY(units, view_.Units());
    if (units.contains(authority_.unit)) return {};
    JEJAK_CHECKED(NeedRoots("the unit " + authority_.unit));
    return Send(
        registry::UnitRegister{authority_.unit, {"Impor log kejadian", "Imported event logs"}}, "",
        authority_.roots);
  }

  // The key of this name with these roles: enrolled, or granted what it lacks.
  Result<void> Enroll(const std::string& name, const std::set<std::string>& roles) {
    const tlog::PrivateKey& key = keys_.Key(name);
    const auto found = enrolled_.find(name);
    std::vector<registry::Grant> grants;
    for (const std::string& role : roles) {
      if (found == enrolled_.end() || !found->second.roles.contains(role))
        grants.push_back({role, {}, {}, {}});
    }
    if (found == enrolled_.end()) {
      JEJAK_CHECKED(NeedRoots("the key " + name));
      std::vector<author::By> by = authority_.roots;
      by.push_back({"self", &key});
      return Send(registry::KeyEnroll{key.verifier_key(), authority_.unit, HolderOf(name),
                                      std::move(grants)},
                  name, by);
    }
    if (found->second.revoked)
      return Conflict("the key " + name + " is revoked; nothing more can be imported with it");
    if (found->second.key != tlog::EncodeVerifierKey(key.verifier_key()))
      return Conflict("the ledger has another key " + name +
                      "; give the --keys directory of the import that enrolled it");
    if (grants.empty()) return {};
    JEJAK_CHECKED(NeedRoots("a role of " + name));
    return Send(registry::KeyGrant{std::move(grants)}, name, authority_.roots);
  }

  // Whoever publishes: the owner that was given, or the import's own.
  Result<author::By> Owner(const std::string& procedure) {
    if (authority_.owner) return *authority_.owner;
    const std::string name = OwnerName(procedure);
    JEJAK_CHECKED(Enroll(name, {"procedure_owner"}));
    JEJAK_CHECKED(sender_.Flush());  // it must be in the log before it signs
    JEJAK_TRY(enrolled, view_.Keys());
    enrolled_ = std::move(enrolled);
    return author::By{"procedure_owner", &keys_.Key(name)};
  }

  Result<void> Publish(record::StreamKind kind, const std::string& table, const Document& document,
                       const std::string& procedure) {
    JEJAK_TRY(published, view_.Publication(table, document.id, document.version));
    const std::string name = table + " " + document.id + " " + document.version;
    if (published) {
      if (published->sha256 == document.sha256) return {};
      return Conflict("the ledger has another document as " + name + "; raise its version");
    }
    JEJAK_CHECKED(NeedRoots(name));
    JEJAK_CHECKED(sender_.Flush());  // the unit
    JEJAK_TRY(owner, Owner(procedure));
    registry::AdminBody body =
        registry::CalendarPublish{document.version, document.text.size(), document.sha256};
    if (kind == record::StreamKind::kProcedure) {
      body = registry::ProcedurePublish{document.version, document.text.size(), document.sha256,
                                        document.calendar};
    }
    JEJAK_CHECKED(Send(body, document.id, {owner, authority_.roots.front()}, document.text));
    return sender_.Flush();
  }

  api::LedgerClient& client_;
  LedgerView view_;
  BatchSender sender_;
  const ImportAuthority& authority_;
  ImportKeys& keys_;
  At at_;
  std::map<std::string, EnrolledKey> enrolled_;
};

}  // namespace

Result<Digest> PrepareLog(api::LedgerClient& client, const ImportPlan& plan,
                          const Document& definition, const Document& calendar,
                          const ImportAuthority& authority, ImportKeys& keys,
                          std::uint64_t& administered) {
  if (calendar.id != definition.calendar)
    return Malformed("the definition counts by the calendar " + definition.calendar +
                     ", and another is given");
  Preparation preparation(client, authority, keys);
  Result<Digest> publish = preparation.Run(plan, definition, calendar);
  administered = preparation.administered();
  return publish;
}

}  // namespace jejak::xes
