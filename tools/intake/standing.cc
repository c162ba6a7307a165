// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/standing.h"

#include <optional>
#include <utility>

#include "api/status_json.h"
#include "api/status_view.h"
#include "ledger/base/json_member.h"
#include "ledger/base/text.h"
#include "ledger/evidence/conformance.h"
#include "ledger/record/leaf.h"
#include "ledger/tlog/merkle.h"

namespace jejak::intake {
namespace {

procedure::Words WordsOf(const json::Value& value) {
  return {TextOf(value, "id"), TextOf(value, "en")};
}

// The actions of the case that a file is about, in order.
Result<std::vector<record::LoggedAction>> ActionsOf(const evidence::CaseFile& file) {
  std::vector<record::LoggedAction> actions;
  for (const evidence::HeldStream& held : file.streams) {
    if (held.stream != file.stream) continue;
    for (const std::string& entry : held.entries) {
      JEJAK_TRY(leaf, record::ParseLeaf(entry));
      auto* logged = std::get_if<record::LoggedAction>(&leaf);
      if (logged == nullptr)
        return Malformed("the case file holds a seal where an action should be");
      actions.push_back(std::move(*logged));
    }
  }
  return actions;
}

// The action whose `party` line has the key.
const record::LoggedAction* BringerOf(const std::vector<record::LoggedAction>& actions,
                                      const crypto::PublicKey& key) {
  for (const record::LoggedAction& logged : actions) {
    for (const record::ActionFields::Party& party : logged.action.parties)
      if (party.key.key == key) return &logged;
  }
  return nullptr;
}

}  // namespace

Result<Standing> ParseStanding(std::string_view text) {
  const Error wrong = Malformed("what answers v1/status is no ledger of this version");
  const Result<json::Value> answer = json::Parse(text, json::Rules::kContainer);
  if (!answer.ok()) return wrong;
  Standing standing;
  std::string stream = TextOf(*answer, "stream");
  const json::Value& head = MemberOf(*answer, "head");
  const Result<Digest> root = ParseHash(TextOf(head, "root"));
  if (!stream.starts_with("case/") || !root.ok() || MemberOf(head, "count").as_integer() < 1)
    return wrong;
  standing.origin = TextOf(*answer, "log");
  standing.case_id = stream.substr(5);
  standing.count = static_cast<std::uint64_t>(MemberOf(head, "count").as_integer());
  standing.root = *root;
  standing.party = TextOf(MemberOf(*answer, "party"), "name");
  standing.role = TextOf(MemberOf(*answer, "party"), "role");
  standing.instance = TextOf(*answer, "instance");
  standing.procedure = TextOf(*answer, "procedure");
  standing.version = TextOf(*answer, "version");
  standing.stage = WordsOf(MemberOf(*answer, "stage"));
  for (const json::Value& may : MemberOf(*answer, "may").items()) {
    standing.may.push_back({TextOf(may, "type"), WordsOf(MemberOf(may, "title")),
                            TextOf(MemberOf(may, "due"), "date")});
  }
  return standing;
}

Result<Standing> StandingIn(std::string_view case_file, const record::ReceiptCode& code,
                            UnixSeconds now) {
  JEJAK_TRY(file, evidence::ParseCaseFile(case_file));
  JEJAK_TRY(actions, ActionsOf(file));
  JEJAK_TRY(stream, record::ParseStream(file.stream));
  const std::string origin = file.checkpoint.substr(0, file.checkpoint.find('\n'));
  const Digest seed = record::PartySeed(code, origin);
  const crypto::PublicKey key = crypto::SecretKey::FromSeed(seed.view()).public_key();
  const record::LoggedAction* bringer = BringerOf(actions, key);
  if (bringer == nullptr)
    return NotFound("this code has no key in that case; compare it with the slip");

  evidence::Verdict ignored;
  evidence::DocumentCache cache;
  const evidence::HeldCase held = evidence::ReadHeldCase(std::move(file), ignored);
  const evidence::CaseRecord record = evidence::ReadCaseRecord(held, cache);
  const evidence::CaseConformance conformance = evidence::JudgeRecord(record, now);
  std::optional<api::CodeHolder> holder = api::FindHolder(record, conformance, *bringer, &key);
  if (!holder) {
    return NotFound(
        "the case file lacks the contents of the holder's own actions; fetch it anew, or ask "
        "the ledger with --ledger");
  }
  api::StatusPlace place{origin, 0, stream, {}};
  tlog::CompactRange ids;
  for (const record::LoggedAction& logged : actions)
    ids.Append(tlog::LeafHash(logged.action.id().view()));
  place.state.head.count = actions.size();
  place.state.head.root = ids.Root();
  return ParseStanding(api::StatusJson(
      api::BuildStatusView(*std::move(holder), record, conformance, now), place, false));
}

}  // namespace jejak::intake
