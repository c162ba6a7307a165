// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/case_action.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/evidence/casefile.h"
#include "ledger/record/leaf.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/signers.h"
#include "tools/cli/terminal.h"
#include "tools/intake/report_action.h"

namespace jejak::cli {
namespace {

struct Options {
  WriteOptions write;
  std::string case_id, type, body_file, until, procedure;
  std::uint64_t seen = 0;
  std::vector<std::string> about, parties, party_codes, seal;
};

// The publication that a new case is opened under: the newest of its procedure, asked of the
// ledger.
Result<record::ActionFields::Under> FetchUnder(api::LedgerClient& ledger,
                                               const std::string& procedure) {
  JEJAK_TRY(text, ledger.Get("/v1/procedures"));
  JEJAK_TRY(list, json::Parse(text, json::Rules::kContainer));
  const json::Value* procedures = list.Find("procedures");
  if (procedures == nullptr)
    return Malformed("the ledger's list of procedures has no `procedures`");
  for (const json::Value& item : procedures->items()) {
    const json::Value* id = item.Find("id");
    if (id == nullptr || id->as_string() != procedure) continue;
    const json::Value* publish = item.Find("in_force");
    const json::Value* action = publish == nullptr ? nullptr : publish->Find("action_id");
    if (action == nullptr) {
      return Refused("procedure " + procedure + " is retired; open the case under another one");
    }
    JEJAK_TRY(hash, ParseHash(action->as_string()));
    return record::ActionFields::Under{procedure, hash};
  }
  return NotFound("the ledger has no procedure " + procedure + "; see v1/procedures");
}

// ROLE=LABEL=FILE: the party's key enters under the name CASE-ID/LABEL.
Result<std::vector<record::ActionFields::Party>> ReadParties(const Options& options) {
  std::vector<record::ActionFields::Party> parties;
  for (const std::string& spec : options.parties) {
    const std::size_t equals = spec.find('=');
    if (equals == std::string::npos) return Malformed("--party " + spec + " is not ROLE=FILE.vkey");
    JEJAK_TRY(key, ReadVerifierKey(spec.substr(equals + 1)));
    if (!key.name.starts_with(options.case_id + "/")) {
      return Malformed("--party " + spec + ": the key's name must be " + options.case_id +
                       "/LABEL; make it with `jejak keygen --name`");
    }
    parties.push_back({spec.substr(0, equals), key});
  }
  return parties;
}

// A party whose key comes from a code that the letter carries to him; drawn here, kept nowhere.
struct CodeParty {
  std::string role;
  record::ReceiptCode code;
  tlog::PrivateKey key;
};

// ROLE=LABEL each.
Result<std::vector<CodeParty>> DrawParties(const Options& options, const std::string& origin) {
  std::vector<CodeParty> parties;
  for (const std::string& spec : options.party_codes) {
    const std::size_t equals = spec.find('=');
    const std::string label = equals == std::string::npos ? "" : spec.substr(equals + 1);
    if (!IsWord(spec.substr(0, equals)) || !IsLabel(label))
      return Malformed("--party-code " + spec + " is not ROLE=LABEL");
    const record::ReceiptCode code = intake::DrawCode();
    parties.push_back({spec.substr(0, equals), code,
                       intake::PartyKey(code, origin, options.case_id + "/" + label)});
  }
  return parties;
}

// Before what was signed with them is sent: an answer that is lost mustn't lose a code that is
// logged.
void PrintCodes(const std::vector<CodeParty>& parties) {
  for (const CodeParty& party : parties) {
    std::cout << "code of " << party.key.name << " (" << party.role
              << "), for the letter to him and nobody else: " << record::Format(party.code) << "\n";
  }
  if (parties.empty()) return;
  std::cout << std::flush;
  std::cerr << "Hand a code out once the action is logged; before that it is not valid.\n";
}

// A copy of `value` in which what stands at each pointer in `seal` (one level: a member of the
// body) is sealed.
Result<author::Body> SealMembers(const record::ActionFields& fields, const json::Value& value,
                                 const std::vector<std::string>& seal) {
  author::Body body{json::Value::Object(), {}};
  std::size_t sealed = 0;
  for (const json::Member& member : value.members()) {
    const std::string pointer = "/" + member.name;
    const bool secret = std::find(seal.begin(), seal.end(), pointer) != seal.end();
    sealed += secret;
    body.value.Add(
        member.name,
        secret ? author::SealField(fields, pointer, member.value, body.openings) : member.value);
  }
  if (sealed != seal.size()) return Malformed("--seal names a member that the body does not have");
  return body;
}

Result<std::optional<author::Body>> ReadBody(const record::ActionFields& fields,
                                             const Options& options) {
  if (options.body_file.empty()) return std::optional<author::Body>();
  JEJAK_TRY(text, sequencer::ReadFile(options.body_file, record::kMaxBodyBytes));
  JEJAK_TRY(value, json::Parse(text, json::Rules::kContainer));
  if (!value.is_object()) return Malformed(options.body_file + ": the body is not a JSON object");
  JEJAK_TRY(body, SealMembers(fields, value, options.seal));
  return std::optional(std::move(body));
}

Result<void> Place(api::LedgerClient& ledger, const Options& options,
                   record::ActionFields& fields) {
  fields.stream = {record::StreamKind::kCase, options.case_id};
  JEJAK_CHECKED(PlaceAtHead(ledger, fields));
  if (!options.procedure.empty()) {
    JEJAK_TRY(under, FetchUnder(ledger, options.procedure));
    fields.under = under;
  } else if (fields.position_count == 0) {
    return NotFound("the ledger has no case " + options.case_id +
                    "; open one with --open-under PROCEDURE");
  }
  if (options.until.empty()) return {};
  JEJAK_TRY(until, ParseAt(options.until));
  fields.until = until;
  fields.position = record::PositionKind::kSeen;  // it may go round while the case moves on
  return {};
}

Result<int> Sign(Options& options) {
  if (!IsCaseId(options.case_id))
    return Malformed("--case " + options.case_id + " is not a case id of 26 characters");
  JEJAK_TRY(signers, ReadSigners(options.write.by, options.write.passphrase_file));
  api::LedgerClient ledger(options.write.ledger);
  record::ActionFields fields;
  JEJAK_CHECKED(Place(ledger, options, fields));
  fields.type = options.type;
  fields.about = options.about;
  JEJAK_TRY(at, ReadAt(options.write.at));
  fields.at = at;
  JEJAK_TRY(parties, ReadParties(options));
  fields.parties = std::move(parties);
  JEJAK_TRY(coded, DrawParties(options, fields.log));
  std::vector<author::By> by = AsBy(signers);
  for (const CodeParty& party : coded) {
    fields.parties.push_back({party.role, party.key.verifier_key()});
    by.push_back({party.role, &party.key});
  }
  author::SetSigners(fields, by);
  JEJAK_TRY(body, ReadBody(fields, options));
  JEJAK_TRY(envelope, author::Author(fields.log).Sign(fields, by, std::move(body)));
  PrintCodes(coded);
  return Deliver(envelope, options.write);
}

void PrintEntry(const record::LoggedAction& logged, const evidence::HeldBody* body) {
  const record::Action& action = logged.action;
  std::cout << logged.entry.seq << "  " << action.at_text << "  " << action.type;
  for (const std::string& about : action.about) std::cout << "  about " << about;
  std::cout << "\n   logged " << FormatTime(logged.entry.time) << " as entry " << logged.entry.index
            << ", " << (action.position == record::PositionKind::kAfter ? "after " : "having seen ")
            << action.position_count << "\n";
  for (const record::ActionFields::By& by : action.by)
    std::cout << "   by " << by.name << " (" << by.role << ")\n";
  if (body != nullptr) std::cout << "   " << body->text << "\n";
}

Result<void> Show(const std::string& what, const std::string& address) {
  std::string text;
  if (IsCaseId(what)) {
    JEJAK_TRY(fetched, api::LedgerClient(address).Get("/v1/cases/" + what + "/casefile"));
    text = std::move(fetched);
  } else {
    JEJAK_TRY(read, sequencer::ReadFile(what, evidence::kMaxCaseFileBytes));
    text = std::move(read);
  }
  JEJAK_TRY(file, evidence::ParseCaseFile(text));
  std::map<std::int64_t, const evidence::HeldBody*> bodies;
  for (const evidence::HeldBody& body : file.bodies) bodies[body.index] = &body;
  std::cout << file.stream << "\n";
  for (const evidence::HeldStream& held : file.streams) {
    if (held.stream != file.stream) continue;
    for (const std::string& entry : held.entries) {
      JEJAK_TRY(leaf, record::ParseLeaf(entry));
      const auto* logged = std::get_if<record::LoggedAction>(&leaf);
      if (logged == nullptr)
        return Malformed("the case file holds a seal where an action should be");
      const auto body = bodies.find(static_cast<std::int64_t>(logged->entry.index));
      PrintEntry(*logged, body == bodies.end() ? nullptr : body->second);
    }
  }
  std::cerr << "This is what the file says; whether it is true, `jejak-verify case` tells.\n";
  return {};
}

}  // namespace

void AddCaseActionCommands(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& sign = line.Add("officers", "sign",
                           "write an action in a case, sign it, and send it or let it go round");
  AddWriteOptions(sign, options->write);
  sign.Required("--case", options->case_id, "the case's id (a new one: `jejak case-id`)")
      .Required("--type", options->type, "the type of the action, for example clarify.hold")
      .Option("--open-under", options->procedure,
              "open the case under this procedure's newest version")
      .List("--about", options->about,
            "pseudonym of a person it concerns, in this case alone (repeatable)")
      .List("--party", options->parties,
            "ROLE=FILE.vkey: a key that may sign in this case from now on (repeatable)")
      .List("--party-code", options->party_codes,
            "ROLE=LABEL: the same, with a key from a receipt code that is drawn and printed once: "
            "for the letter to an examined officer (repeatable)")
      .Option("--body", options->body_file, "file with the body, a JSON object")
      .List("--seal", options->seal, "/MEMBER of the body to be sealed (repeatable)")
      .Option("--until", options->until,
              "void if not logged by then; the action may then be logged after others")
      .Run([options] {
        if (options->write.ledger.empty())
          return Fail("give the ledger's address with --ledger", kUsageError);
        return Ended(Sign(*options));
      });
  line.Add("officers", "case-id", "a fresh case id").Run([] {
    std::cout << author::RandomCaseId() << "\n";
    return kDone;
  });
  auto what = std::make_shared<std::pair<std::string, std::string>>();
  line.Add("officers", "show", "the timeline of a case, from a ledger or from a case file")
      .Argument("case", what->first, "a case id, or a .casefile.json")
      .Option("--ledger", what->second,
              "address of the ledger, for example http://127.0.0.1:8080/1")
      .Run([what] {
        if (IsCaseId(what->first) && what->second.empty())
          return Fail("give the ledger's address with --ledger", kUsageError);
        return Ended(Show(what->first, what->second));
      });
}

}  // namespace jejak::cli
