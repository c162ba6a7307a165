// SPDX-License-Identifier: Apache-2.0
#include "tools/author/administration.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

namespace jejak::author {
namespace {

using json::Value;

Value Number(std::uint64_t number) { return Value::Integer(static_cast<std::int64_t>(number)); }

Value TitleValue(const registry::Title& title) {
  Value value = Value::Object();
  value.Add("id", Value::String(title.id)).Add("en", Value::String(title.en));
  return value;
}

Value KeyValue(const tlog::VerifierKey& key) { return Value::String(tlog::EncodeVerifierKey(key)); }

Value RootsValue(const std::vector<registry::RootKey>& roots) {
  Value list = Value::Array();
  for (const registry::RootKey& root : roots) {
    Value value = Value::Object();
    value.Add("key", KeyValue(root.key)).Add("holder", Value::String(root.holder));
    list.Push(std::move(value));
  }
  return list;
}

Value GrantsValue(const std::vector<registry::Grant>& grants) {
  Value list = Value::Array();
  for (const registry::Grant& grant : grants) {
    Value value = Value::Object();
    value.Add("role", Value::String(grant.role));
    if (grant.scope) value.Add("scope", Value::String(*grant.scope));
    if (grant.acting) value.Add("acting", Value::String(*grant.acting));
    if (grant.until) value.Add("until", Value::String(*grant.until));
    list.Push(std::move(value));
  }
  return list;
}

// One overload per body: its type, stream and members in the order of the table of section 8.
struct Form {
  std::string_view type;
  record::StreamKind kind;
  Value value = Value::Object();
};

Form FormOf(const registry::LogCreate& body) {
  Form form{"log.create", record::StreamKind::kRegistry};
  form.value.Add("origin", Value::String(body.origin)).Add("log_key", KeyValue(body.log_key));
  form.value.Add("roots", RootsValue(body.roots)).Add("threshold", Number(body.threshold));
  form.value.Add("rules", Number(body.rules))
      .Add("name", TitleValue(body.name))
      .Add("zone", Value::String(body.zone));
  if (body.continues) {
    Value continues = Value::Object();
    continues.Add("origin", Value::String(body.continues->origin))
        .Add("size", Number(body.continues->size));
    continues.Add("root", Value::String(EncodeHash(body.continues->root)));
    form.value.Add("continues", std::move(continues));
  }
  return form;
}

Form FormOf(const registry::RootRotate& body) {
  Form form{"root.rotate", record::StreamKind::kRegistry};
  form.value.Add("roots", RootsValue(body.roots)).Add("threshold", Number(body.threshold));
  return form;
}

Form FormOf(const registry::LogUpgrade& body) {
  Form form{"log.upgrade", record::StreamKind::kRegistry};
  form.value.Add("rules", Number(body.rules));
  return form;
}

Form FormOf(const registry::LogClose& body) {
  Form form{"log.close", record::StreamKind::kRegistry};
  if (body.successor) form.value.Add("successor", Value::String(*body.successor));
  return form;
}

Form FormOf(const registry::UnitRegister& body) {
  Form form{"unit.register", record::StreamKind::kRegistry};
  form.value.Add("unit", Value::String(body.unit)).Add("title", TitleValue(body.title));
  return form;
}

Form FormOf(const registry::UnitClose& body) {
  Form form{"unit.close", record::StreamKind::kRegistry};
  form.value.Add("unit", Value::String(body.unit));
  return form;
}

Form FormOf(const registry::KeyEnroll& body) {
  Form form{"key.enroll", record::StreamKind::kKey};
  form.value.Add("key", KeyValue(body.key)).Add("unit", Value::String(body.unit));
  form.value.Add("holder", Value::String(body.holder)).Add("grants", GrantsValue(body.grants));
  return form;
}

Form FormOf(const registry::KeyRotate& body) {
  Form form{"key.rotate", record::StreamKind::kKey};
  form.value.Add("key", KeyValue(body.key));
  return form;
}

Form FormOf(const registry::KeyGrant& body) {
  Form form{"key.grant", record::StreamKind::kKey};
  form.value.Add("grants", GrantsValue(body.grants));
  return form;
}

Form FormOf(const registry::KeyUngrant& body) {
  Form form{"key.ungrant", record::StreamKind::kKey};
  Value roles = Value::Array();
  for (const std::string& role : body.roles) roles.Push(Value::String(role));
  form.value.Add("roles", std::move(roles));
  return form;
}

Form FormOf(const registry::KeyRevoke& body) {
  Form form{"key.revoke", record::StreamKind::kKey};
  form.value.Add("reason", Value::String(body.reason));
  if (body.compromised_since) form.value.Add("compromised_since", Number(*body.compromised_since));
  return form;
}

Form FormOf(const registry::ProcedurePublish& body) {
  Form form{"procedure.publish", record::StreamKind::kProcedure};
  form.value.Add("version", Value::String(body.version)).Add("size", Number(body.size));
  form.value.Add("sha256", Value::String(EncodeHash(body.sha256)))
      .Add("calendar", Value::String(body.calendar));
  return form;
}

Form FormOf(const registry::ProcedureRetire&) {
  return {"procedure.retire", record::StreamKind::kProcedure};
}

Form FormOf(const registry::CalendarPublish& body) {
  Form form{"calendar.publish", record::StreamKind::kCalendar};
  form.value.Add("version", Value::String(body.version)).Add("size", Number(body.size));
  form.value.Add("sha256", Value::String(EncodeHash(body.sha256)));
  return form;
}

Form FormOf(const registry::AdminBody& body) {
  return std::visit([](const auto& kind) { return FormOf(kind); }, body);
}

std::string SubjectOf(const registry::AdminBody& body, const std::string& given) {
  if (const auto* enroll = std::get_if<registry::KeyEnroll>(&body)) return enroll->key.name;
  if (const auto* rotate = std::get_if<registry::KeyRotate>(&body)) return rotate->key.name;
  return given;
}

}  // namespace

std::string EncodeAdminBody(const registry::AdminBody& body) {
  return json::Write(FormOf(body).value);
}

std::string_view TypeOf(const registry::AdminBody& body) { return FormOf(body).type; }

record::ActionFields FieldsOf(const registry::AdminBody& body, const std::string& subject) {
  Form form = FormOf(body);
  record::ActionFields fields;
  fields.stream.kind = form.kind;
  if (form.kind != record::StreamKind::kRegistry) fields.stream.name = SubjectOf(body, subject);
  fields.type = form.type;
  fields.body_form = record::BodyForm::kInline;
  fields.body_json = json::Write(form.value);
  return fields;
}

Result<record::Envelope> Administer(const Author& author, const registry::AdminBody& body,
                                    const std::string& subject, const At& at,
                                    const std::vector<By>& by) {
  record::ActionFields fields = FieldsOf(body, subject);
  const record::ActionFields placed = author.Place(fields.stream);
  fields.log = placed.log;
  fields.position_count = placed.position_count;
  fields.position_root = placed.position_root;
  fields.at = at;
  return author.Sign(std::move(fields), by);
}

Result<record::Envelope> Publish(const Author& author, record::StreamKind kind,
                                 const std::string& id, const std::string& version,
                                 const std::string& document, const std::string& calendar,
                                 const At& at, const std::vector<By>& by) {
  const Digest sha256 = crypto::Sha256(AsBytes(document));
  const std::uint64_t size = document.size();
  registry::AdminBody body = registry::CalendarPublish{version, size, sha256};
  if (kind == record::StreamKind::kProcedure)
    body = registry::ProcedurePublish{version, size, sha256, calendar};
  JEJAK_TRY(envelope, Administer(author, body, id, at, by));
  envelope.document = document;
  return std::move(envelope);
}

}  // namespace jejak::author
