// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/administration.h"

#include <functional>
#include <memory>
#include <sstream>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/author/administration.h"
#include "tools/cli/found.h"
#include "tools/cli/signers.h"
#include "tools/cli/terminal.h"

namespace jejak::cli {
namespace {

// Everything that some verb here takes; each binds the members that it needs.
struct Options {
  WriteOptions write;
  std::string subject;  // a key's name, a unit's id, a file
  std::string key;
  std::string unit, title_id, title_en, holder, reason;
  std::vector<std::string> grants, roles;
  std::string compromised_since;
};

// "role", "role,scope=unit-3,acting=plt,until=2027-01-31"
Result<registry::Grant> ParseGrant(const std::string& text) {
  registry::Grant grant;
  std::istringstream parts(text);
  std::getline(parts, grant.role, ',');
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t equals = part.find('=');
    const std::string name = part.substr(0, equals);
    std::optional<std::string>* member = name == "scope"    ? &grant.scope
                                         : name == "acting" ? &grant.acting
                                         : name == "until"  ? &grant.until
                                                            : nullptr;
    if (member == nullptr || equals == std::string::npos) {
      return Malformed("--grant " + text +
                       " is not ROLE[,scope=ID][,acting=plt|plh][,until=YYYY-MM-DD]");
    }
    *member = part.substr(equals + 1);
  }
  if (!IsWord(grant.role))
    return Malformed("--grant " + text + ": the role is not a word of a-z, 0-9 and _");
  return grant;
}

Result<std::vector<registry::Grant>> ParseGrants(const std::vector<std::string>& texts) {
  std::vector<registry::Grant> grants;
  for (const std::string& text : texts) {
    JEJAK_TRY(grant, ParseGrant(text));
    grants.push_back(std::move(grant));
  }
  return grants;
}

// Places, signs and delivers one administration action.
Result<int> Write(const registry::AdminBody& body, const std::string& subject,
                  const WriteOptions& options, std::optional<std::string> document = {}) {
  JEJAK_TRY(signers, ReadSigners(options.by, options.passphrase_file));
  api::LedgerClient ledger(options.ledger);
  record::ActionFields fields = author::FieldsOf(body, subject);
  JEJAK_CHECKED(PlaceAtHead(ledger, fields));
  JEJAK_TRY(at, ReadAt(options.at));
  fields.at = at;
  JEJAK_TRY(envelope, author::Author(fields.log).Sign(fields, AsBy(signers)));
  envelope.document = std::move(document);
  return Deliver(envelope, options);
}

Result<int> Enroll(Options& options) {
  JEJAK_TRY(grants, ParseGrants(options.grants));
  options.write.by.push_back("self=" + options.key);  // the new key shows that somebody holds it
  std::string vkey = options.key;
  if (vkey.ends_with(".key")) vkey = vkey.substr(0, vkey.size() - 4) + ".vkey";
  JEJAK_TRY(key, ReadVerifierKey(vkey));
  return Write(registry::KeyEnroll{key, options.unit, options.holder, std::move(grants)}, "",
               options.write);
}

Result<int> Rotate(Options& options) {
  options.write.by.push_back("self=" + options.key);
  std::string vkey = options.key;
  if (vkey.ends_with(".key")) vkey = vkey.substr(0, vkey.size() - 4) + ".vkey";
  JEJAK_TRY(key, ReadVerifierKey(vkey));
  return Write(registry::KeyRotate{key}, "", options.write);
}

Result<int> Grant(Options& options) {
  JEJAK_TRY(grants, ParseGrants(options.grants));
  return Write(registry::KeyGrant{std::move(grants)}, options.subject, options.write);
}

Result<int> Ungrant(Options& options) {
  return Write(registry::KeyUngrant{options.roles}, options.subject, options.write);
}

Result<int> Revoke(Options& options) {
  registry::KeyRevoke revoke{options.reason, {}};
  if (!options.compromised_since.empty()) {
    JEJAK_TRY(index, ParseDecimal(options.compromised_since));
    revoke.compromised_since = index;
  }
  return Write(revoke, options.subject, options.write);
}

Result<int> RegisterUnit(Options& options) {
  return Write(registry::UnitRegister{options.unit, {options.title_id, options.title_en}}, "",
               options.write);
}

Result<int> CloseUnit(Options& options) {
  return Write(registry::UnitClose{options.unit}, "", options.write);
}

// A definition or calendar says itself what it is: format, id, version, and by which calendar it counts.
Result<int> Publish(Options& options) {
  JEJAK_TRY(document, sequencer::ReadFile(options.subject, registry::kMaxDocumentBytes));
  JEJAK_TRY(parsed, json::Parse(document, json::Rules::kContainer));
  const auto member = [&parsed](std::string_view name) {
    const json::Value* value = parsed.Find(name);
    return value == nullptr ? std::string() : value->as_string();
  };
  const bool procedure = member("format") == "jejak/procedure/v1";
  if (!procedure && member("format") != "jejak/calendar/v1") {
    return Malformed(options.subject +
                     ": `format` is neither jejak/procedure/v1 nor jejak/calendar/v1");
  }
  std::string calendar = member("calendar");
  if (procedure && !calendar.starts_with("calendar/")) {
    return Malformed(options.subject + ": `calendar` does not name a calendar/ID");
  }
  const std::uint64_t size = document.size();
  const Digest sha256 = crypto::Sha256(AsBytes(document));
  registry::AdminBody body = registry::CalendarPublish{member("version"), size, sha256};
  if (procedure)
    body = registry::ProcedurePublish{member("version"), size, sha256, calendar.substr(9)};
  return Write(body, member("id"), options.write, std::move(document));
}

Result<int> Retire(Options& options) {
  return Write(registry::ProcedureRetire{}, options.subject, options.write);
}

// Adds a verb that writes one action.
Command& AddVerb(Command& verb, const std::shared_ptr<Options>& options,
                 Result<int> (*run)(Options&)) {
  AddWriteOptions(verb, options->write);
  verb.Run([options, run] {
    if (options->write.ledger.empty())
      return Fail("give the ledger's address with --ledger", kUsageError);
    return Ended(run(*options));
  });
  return verb;
}

constexpr const char* kGroup = "administrators";

void AddKeyVerbs(CommandLine& line, const std::shared_ptr<Options>& options) {
  AddVerb(line.Add(
              kGroup, "enroll",
              "enrol a key (two registrars of different units, or the roots if a role is guarded)"),
          options, Enroll)
      .Required("--key", options->key, "the new key: FILE.key signs at once, FILE.vkey later")
      .Required("--unit", options->unit, "id of the unit that it belongs to")
      .Required("--holder", options->holder, "the person's stable pseudonym")
      .List("--grant", options->grants,
            "ROLE[,scope=ID][,acting=plt|plh][,until=DATE] (repeatable)");
  AddVerb(
      line.Add(kGroup, "rotate", "put a new key in the place of an enrolled one of the same name"),
      options, Rotate)
      .Required("--key", options->key, "the new key: FILE.key signs at once, FILE.vkey later");
  AddVerb(line.Add(kGroup, "grant", "grant roles to an enrolled key"), options, Grant)
      .Required("--name", options->subject, "the key's name")
      .List("--grant", options->grants,
            "ROLE[,scope=ID][,acting=plt|plh][,until=DATE] (repeatable)");
  AddVerb(line.Add(kGroup, "ungrant", "withdraw roles from an enrolled key"), options, Ungrant)
      .Required("--name", options->subject, "the key's name")
      .List("--role", options->roles, "a role that it holds (repeatable)");
  AddVerb(line.Add(kGroup, "revoke", "revoke a key, for ever"), options, Revoke)
      .Required("--name", options->subject, "the key's name")
      .Required("--reason", options->reason, "lost, left_office, compromised or superseded")
      .Option("--compromised-since", options->compromised_since,
              "index of the entry from which on its signatures are in doubt");
}

}  // namespace

void AddAdministrationCommands(CommandLine& line) {
  AddFoundCommand(line);
  auto options = std::make_shared<Options>();
  Command& unit = line.Add(kGroup, "unit", "register or close a unit (the roots)");
  AddVerb(unit.Sub("register", "register a unit"), options, RegisterUnit)
      .Required("--unit", options->unit, "its id, for example inspektorat")
      .Required("--title-id", options->title_id, "its title in Indonesian")
      .Required("--title-en", options->title_en, "its title in English");
  AddVerb(unit.Sub("close", "close a unit; its keys stay"), options, CloseUnit)
      .Required("--unit", options->unit, "its id");
  AddKeyVerbs(line, options);
  AddVerb(line.Add(kGroup, "publish",
                   "publish a procedure or a calendar (a procedure_owner and a root)"),
          options, Publish)
      .Argument("file", options->subject, "the document");
  AddVerb(line.Add(kGroup, "retire", "retire a procedure: no case is opened under it any more"),
          options, Retire)
      .Required("--procedure", options->subject, "its id");
}

}  // namespace jejak::cli
