// SPDX-License-Identifier: Apache-2.0
#include "ledger/registry/admin_body.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "ledger/base/json.h"
#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/base/time.h"
#include "ledger/registry/member_reader.h"

namespace jejak::registry {
namespace {

Title ReadTitle(MemberReader& in, std::string_view name) {
  Title title;
  in.Object(name, [&](MemberReader& languages) {
    title.id = languages.Title("id");
    title.en = languages.Title("en");
  });
  return title;
}

std::vector<RootKey> ReadRoots(MemberReader& in) {
  std::vector<RootKey> roots;
  in.Array("roots", 1, kMaxRoots, [&](MemberReader& item) {
    RootKey root;
    root.key = item.Key("key");
    root.holder = item.Text("holder", IsLabel, "a label");
    for (const RootKey& other : roots) {
      if (other.key.name == root.key.name) item.Fault("key", "its name is another root's");
      if (other.key.key == root.key.key) item.Fault("key", "it is another root's key");
      if (other.holder == root.holder) item.Fault("holder", "one person holds one root");
    }
    roots.push_back(std::move(root));
  });
  return roots;
}

std::uint64_t ReadThreshold(MemberReader& in, std::size_t roots) {
  return in.Integer("threshold", 1, std::max<std::uint64_t>(roots, 1));
}

std::vector<Grant> ReadGrants(MemberReader& in, std::size_t at_least) {
  std::vector<Grant> grants;
  in.Array("grants", at_least, kMaxGrants, [&](MemberReader& item) {
    Grant grant;
    grant.role = item.Text("role", IsWord, "a word");
    if (grant.role == "root" || grant.role == "self") {
      item.Fault("role", "root and self cannot be granted");
    }
    grant.scope = item.OptionalText("scope", IsId, "an id");
    grant.acting = item.OptionalText(
        "acting", [](std::string_view text) { return text == "plt" || text == "plh"; },
        "plt or plh");
    grant.until = item.OptionalText(
        "until", [](std::string_view text) { return ParseDate(text).ok(); },
        "a date YYYY-MM-DD of the years 1970 to 9998");
    for (const Grant& other : grants) {
      if (other.role == grant.role) item.Fault("role", "it is granted once already");
    }
    grants.push_back(std::move(grant));
  });
  return grants;
}

// The key of a key stream carries the stream's name.
tlog::VerifierKey ReadOwnKey(MemberReader& in, const record::Stream& stream) {
  tlog::VerifierKey key = in.Key("key");
  if (key.name != stream.name) in.Fault("key", "its name must be the stream's");
  return key;
}

LogCreate ReadLogCreate(MemberReader& in) {
  LogCreate body;
  body.origin = in.Text("origin", IsKeyName, "an origin");
  body.log_key = in.Key("log_key");
  body.roots = ReadRoots(in);
  body.threshold = ReadThreshold(in, body.roots.size());
  body.rules = in.Integer("rules", 1, kMaxDecimal);
  body.name = ReadTitle(in, "name");
  body.zone = in.Text("zone", IsZone, "an offset like +07:00");
  if (in.Has("continues")) {
    in.Object("continues", [&](MemberReader& last) {
      body.continues.emplace();
      body.continues->origin = last.Text("origin", IsKeyName, "an origin");
      body.continues->size = last.Integer("size", 1, kMaxDecimal);
      body.continues->root = last.Hash("root");
    });
  }
  return body;
}

KeyUngrant ReadKeyUngrant(MemberReader& in) {
  KeyUngrant body;
  in.Texts("roles", 1, kMaxGrants, IsWord, "a word", body.roles);
  return body;
}

KeyRevoke ReadKeyRevoke(MemberReader& in) {
  KeyRevoke body;
  body.reason = in.Text(
      "reason",
      [](std::string_view text) {
        return text == "lost" || text == "left_office" || text == "compromised" ||
               text == "superseded";
      },
      "lost, left_office, compromised or superseded");
  if (in.Has("compromised_since")) {
    body.compromised_since = in.Integer("compromised_since", 0, kMaxDecimal);
  }
  return body;
}

// The three members of every published document.
template <class Body>
Body ReadDocument(MemberReader& in) {
  Body body;
  body.version = in.Text("version", IsVersion, "a version like 1.2");
  body.size = in.Integer("size", 1, kMaxDocumentBytes);
  body.sha256 = in.Hash("sha256");
  return body;
}

ProcedurePublish ReadProcedurePublish(MemberReader& in) {
  auto body = ReadDocument<ProcedurePublish>(in);
  body.calendar = in.Text("calendar", IsId, "an id");
  return body;
}

AdminBody ReadRegistryBody(const std::string& type, MemberReader& in) {
  if (type == "log.create") return ReadLogCreate(in);
  if (type == "root.rotate") {
    RootRotate body;
    body.roots = ReadRoots(in);
    body.threshold = ReadThreshold(in, body.roots.size());
    return body;
  }
  if (type == "log.upgrade") return LogUpgrade{in.Integer("rules", 1, kMaxDecimal)};
  if (type == "log.close") return LogClose{in.OptionalText("successor", IsKeyName, "an origin")};
  if (type == "unit.register") {
    UnitRegister body;
    body.unit = in.Text("unit", IsId, "an id");
    body.title = ReadTitle(in, "title");
    return body;
  }
  return UnitClose{in.Text("unit", IsId, "an id")};  // unit.close
}

AdminBody ReadKeyBody(const record::Action& action, MemberReader& in) {
  if (action.type == "key.enroll") {
    KeyEnroll body;
    body.key = ReadOwnKey(in, action.stream);
    body.unit = in.Text("unit", IsId, "an id");
    body.holder = in.Text("holder", IsLabel, "a label");
    body.grants = ReadGrants(in, 0);
    return body;
  }
  if (action.type == "key.rotate") return KeyRotate{ReadOwnKey(in, action.stream)};
  if (action.type == "key.grant") return KeyGrant{ReadGrants(in, 1)};
  if (action.type == "key.ungrant") return ReadKeyUngrant(in);
  return ReadKeyRevoke(in);  // key.revoke
}

AdminBody ReadBody(const record::Action& action, MemberReader& in) {
  switch (action.stream.kind) {
    case record::StreamKind::kKey:
      return ReadKeyBody(action, in);
    case record::StreamKind::kProcedure:
      if (action.type == "procedure.publish") return ReadProcedurePublish(in);
      return ProcedureRetire{};  // procedure.retire
    case record::StreamKind::kCalendar:
      return ReadDocument<CalendarPublish>(in);
    case record::StreamKind::kRegistry:
    case record::StreamKind::kCase:
      break;
  }
  return ReadRegistryBody(action.type, in);
}

}  // namespace

std::variant<AdminBody, BodyFault> ReadAdminBody(const record::Action& action) {
  if (action.stream.is_case() || !record::TypeFitsStream(action.type, action.stream.kind)) {
    return BodyFault{"type", "the type is none of section 8 for this stream"};
  }
  json::Fault at;
  const auto parsed = json::Parse(action.body_json, json::Rules::kBody, &at);
  if (!parsed.ok()) return BodyFault{at.pointer, parsed.error().detail};
  BodyFault fault;
  MemberReader in(*parsed, "", fault);
  AdminBody body = ReadBody(action, in);
  in.Finish();
  if (!fault.detail.empty()) return fault;
  return body;
}

Result<AdminBody> ParseAdminBody(const record::Action& action) {
  auto body = ReadAdminBody(action);
  if (auto* fault = std::get_if<BodyFault>(&body)) {
    return Malformed((fault->where.empty() ? "body" : fault->where) + ": " + fault->detail);
  }
  return std::get<AdminBody>(std::move(body));
}

bool IsGuardedRole(std::string_view role) {
  return role == "registrar" || role == "procedure_owner";
}

}  // namespace jejak::registry
