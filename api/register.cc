// SPDX-License-Identifier: Apache-2.0
#include "api/register.h"

#include <utility>

#include "api/action_json.h"
#include "api/caching.h"
#include "ledger/base/text.h"

namespace jejak::api {
namespace {

using json::Value;
using registry::Administration;

Value TitleValue(const registry::Title& title) {
  return std::move(
      Value::Object().Add("id", Value::String(title.id)).Add("en", Value::String(title.en)));
}

// `since` and, if it ended, `until`: entry indexes, as docs/formats.md section 8 counts validity.
template <class Term>
void AddTerm(Value& value, const Term& term) {
  value.Add("since", NumberValue(term.since));
  if (term.until) value.Add("until", NumberValue(*term.until));
}

Value GrantValue(const registry::KeyRecord::GrantTerm& term) {
  Value value = Value::Object();
  value.Add("role", Value::String(term.grant.role));
  if (term.grant.scope) value.Add("scope", Value::String(*term.grant.scope));
  if (term.grant.acting) value.Add("acting", Value::String(*term.grant.acting));
  if (term.grant.until) value.Add("until_date", Value::String(*term.grant.until));
  AddTerm(value, term);
  return value;
}

Value KeyValue(const registry::KeyRecord& record) {
  Value terms = Value::Array();
  for (const auto& term : record.terms) {
    Value value = Value::Object();
    value.Add("key", Value::String(tlog::EncodeVerifierKey(term.key)));
    AddTerm(value, term);
    terms.Push(std::move(value));
  }
  Value grants = Value::Array();
  for (const auto& grant : record.grants) grants.Push(GrantValue(grant));
  Value revocations = Value::Array();
  for (const auto& revocation : record.revocations) {
    Value value = Value::Object();
    value.Add("index", NumberValue(revocation.index))
        .Add("reason", Value::String(revocation.reason));
    if (revocation.compromised_since)
      value.Add("compromised_since", NumberValue(*revocation.compromised_since));
    revocations.Push(std::move(value));
  }
  Value key = Value::Object();
  key.Add("name", Value::String(record.name))
      .Add("unit", Value::String(record.unit))
      .Add("holder", Value::String(record.holder))
      .Add("revoked", Value::Bool(record.revoked()))
      .Add("terms", std::move(terms))
      .Add("grants", std::move(grants))
      .Add("revocations", std::move(revocations));
  return key;
}

Value PublicationValue(const registry::Publication& publication) {
  Value value = Value::Object();
  value.Add("version", Value::String(publication.version))
      .Add("index", NumberValue(publication.index))
      .Add("action_id", HashValue(publication.action_id))
      .Add("sha256", HashValue(publication.sha256))
      .Add("size", NumberValue(publication.size));
  if (!publication.calendar.empty()) value.Add("calendar", Value::String(publication.calendar));
  return value;
}

// `in_force` is what an `under` line names now; absent once retired.
Value DocumentValue(const std::string& id, const registry::DocumentRecord& record) {
  Value versions = Value::Array();
  for (const registry::Publication& publication : record.versions)
    versions.Push(PublicationValue(publication));
  Value value = Value::Object();
  value.Add("id", Value::String(id)).Add("versions", std::move(versions));
  if (record.retired) {
    value.Add("retired", NumberValue(*record.retired));
  } else {
    value.Add("in_force", PublicationValue(record.newest()));
  }
  return value;
}

Value UnitValue(const std::string& id, const registry::UnitRecord& record) {
  Value value = Value::Object();
  value.Add("unit", Value::String(id))
      .Add("title", TitleValue(record.title))
      .Add("since", NumberValue(record.since));
  if (record.closed) value.Add("closed", NumberValue(*record.closed));
  return value;
}

template <class Rows, class Make>
std::string WriteTable(std::string_view name, const Rows& rows, Make make) {
  Value list = Value::Array();
  for (const auto& [id, row] : rows) list.Push(make(id, row));
  return json::Write(Value::Object().Add(name, std::move(list)));
}

std::string Write(const Administration& administration, Register::Table table) {
  switch (table) {
    case Register::Table::kKeys:
      return WriteTable("keys", administration.keys(),
                        [](const std::string&, const auto& key) { return KeyValue(key); });
    case Register::Table::kUnits:
      return WriteTable("units", administration.units(), UnitValue);
    case Register::Table::kProcedures:
      return WriteTable("procedures", administration.procedures(), DocumentValue);
    case Register::Table::kCalendars:
      break;
  }
  return WriteTable("calendars", administration.calendars(), DocumentValue);
}

Value RootsValue(const Administration& administration) {
  Value roots = Value::Array();
  for (const auto& [name, root] : administration.roots()) {
    Value value = Value::Object();
    value.Add("key", Value::String(tlog::EncodeVerifierKey(root.key)))
        .Add("holder", Value::String(root.holder()))
        .Add("in_force", Value::Bool(root.in_force()))
        .Add("since", NumberValue(root.terms.back().since));
    roots.Push(std::move(value));
  }
  return roots;
}

}  // namespace

Response Register::Read(const Call& call, Table table) {
  const std::shared_ptr<const Administration>& newest = call.reader.head().log.administration;
  const auto slot = static_cast<std::size_t>(table);
  std::shared_ptr<const std::string> text;
  {
    const std::lock_guard lock(mutex_);
    if (written_.of == newest) text = written_.tables[slot];
  }
  if (text == nullptr) {
    text = std::make_shared<const std::string>(Write(*newest, table));
    const std::lock_guard lock(mutex_);
    if (written_.of != newest) written_ = {newest, {}};
    written_.tables[slot] = text;
  }
  Response response = JsonAnswer({});
  response.shared_body = std::move(text);
  return WithETag(call.request, WithFreshness(std::move(response), Freshness::kRevalidate));
}

Response Register::ReadLog(const Call& call) {
  const sequencer::Head& head = call.reader.head();
  const Administration& administration = head.administration();
  Value value = Value::Object();
  value.Add("origin", Value::String(call.ledger.origin))
      .Add("log_key", Value::String(tlog::EncodeVerifierKey(call.ledger.log_key)))
      .Add("genesis", HashValue(call.ledger.genesis))
      .Add("name", TitleValue(administration.created()->name))
      .Add("zone", Value::String(administration.created()->zone))
      .Add("rules", NumberValue(administration.rules()))
      .Add("threshold", NumberValue(administration.threshold()))
      .Add("roots", RootsValue(administration))
      .Add("size", NumberValue(head.size()))
      .Add("root", HashValue(head.log.record.root))
      .Add("streams", NumberValue(head.log.record.streams))
      .Add("time", Value::String(FormatTime({head.log.record.last_time})))
      .Add("entries",
           Value::String(call.ledger.config.entries == Entries::kPublic ? "public" : "oversight"))
      .Add("demo", Value::Bool(call.ledger.config.demo));
  if (administration.closed()) value.Add("closed", NumberValue(*administration.closed()));
  if (administration.successor())
    value.Add("successor", Value::String(*administration.successor()));
  return WithETag(call.request,
                  WithFreshness(JsonAnswer(json::Write(value)), Freshness::kRevalidate));
}

}  // namespace jejak::api
