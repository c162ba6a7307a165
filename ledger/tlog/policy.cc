// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/policy.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/tlog/cosignature.h"

namespace jejak::tlog {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::string_view kBlank = " \t";

Words SplitWords(std::string_view line) {
  Words words;
  for (std::size_t at = line.find_first_not_of(kBlank); at != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(kBlank, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(kBlank, end);
  }
  return words;
}

bool IsPolicyByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7f);
}

// Reads a policy line by line. Details of its errors lack the line number, which the caller adds.
class Reader {
 public:
  Result<void> TakeLine(std::string_view line);
  Result<Policy> Finish();

 private:
  Result<void> TakeComment(std::string_view comment, const Words& words);
  Result<void> TakeLog(const Words& words);
  Result<void> TakeWitness(const Words& words);
  Result<void> TakeGroup(const Words& words);
  Result<void> TakeQuorum(const Words& words);
  Result<void> Define(std::string_view name);
  Result<void> TakeKey(const VerifierKey& key);

  Policy policy_;
  bool has_log_ = false;
  bool has_quorum_ = false;
  std::map<std::string, bool, std::less<>> names_;  // name -> is a member already
  std::set<crypto::PublicKey> keys_;
};

Result<void> Reader::TakeLine(std::string_view line) {
  const Words words = SplitWords(line);
  if (words.empty()) return {};
  if (words[0][0] == '#') return TakeComment(line.substr(line.find('#') + 1), words);
  if (words[0] == "log") return TakeLog(words);
  if (words[0] == "witness") return TakeWitness(words);
  if (words[0] == "group") return TakeGroup(words);
  if (words[0] == "quorum") return TakeQuorum(words);
  return Malformed("unknown keyword; use log, witness, group or quorum");
}

Result<void> Reader::TakeComment(std::string_view comment, const Words& words) {
  const Words said = SplitWords(comment);
  if (said.empty() || said[0] != "genesis") return {};
  if (words.size() != 3 || words[0] != "#") {
    return Malformed("the genesis comment is written `# genesis HASH`");
  }
  const Result<Digest> genesis = ParseHash(words[2]);
  if (!genesis.ok()) return Malformed("the genesis is 44 characters of base64");
  if (policy_.genesis) return Malformed("the genesis is given twice; keep one");
  policy_.genesis = genesis.value();
  return {};
}

Result<void> Reader::TakeLog(const Words& words) {
  if (words.size() != 2 && words.size() != 3) return Malformed("write `log VKEY [URL]`");
  if (has_log_) return Malformed("a second log; use one policy file per log");
  JEJAK_TRY(key, ParseVerifierKey(words[1], kEd25519Key));
  JEJAK_CHECKED(TakeKey(key));
  policy_.log = std::move(key);
  if (words.size() == 3) policy_.log_url = words[2];
  has_log_ = true;
  return {};
}

Result<void> Reader::TakeWitness(const Words& words) {
  if (words.size() != 3 && words.size() != 4) return Malformed("write `witness NAME VKEY [URL]`");
  JEJAK_CHECKED(Define(words[1]));
  JEJAK_TRY(key, ParseVerifierKey(words[2], kCosignatureKey));
  JEJAK_CHECKED(TakeKey(key));
  Witness witness{std::string(words[1]), std::move(key), {}};
  if (words.size() == 4) witness.url = words[3];
  policy_.witnesses.push_back(std::move(witness));
  return {};
}

Result<void> Reader::TakeGroup(const Words& words) {
  if (words.size() < 4) return Malformed("write `group NAME any|all|K MEMBER...`");
  const std::span<const std::string_view> members = std::span(words).subspan(3);
  Group group{std::string(words[1]), 1, {}};
  if (words[2] == "all") {
    group.threshold = members.size();
  } else if (words[2] != "any") {
    const Result<std::uint64_t> threshold = ParseDecimal(words[2]);
    if (!threshold.ok() || threshold.value() < 1 || threshold.value() > members.size()) {
      return Malformed("a group's threshold is any, all, or 1 to the number of its members");
    }
    group.threshold = threshold.value();
  }
  for (const std::string_view member : members) {
    const auto known = names_.find(member);
    if (known == names_.end()) {
      return Malformed("a member isn't defined; define witnesses and groups on earlier lines");
    }
    if (known->second) return Malformed("a member is in a group already; a name is a member once");
    known->second = true;
    group.members.emplace_back(member);
  }
  JEJAK_CHECKED(Define(words[1]));
  policy_.groups.push_back(std::move(group));
  return {};
}

Result<void> Reader::TakeQuorum(const Words& words) {
  if (words.size() != 2) return Malformed("write `quorum NAME` or `quorum none`");
  if (has_quorum_) return Malformed("a second quorum line; keep one");
  if (words[1] != "none" && !names_.contains(words[1])) {
    return Malformed("the quorum isn't defined; name a witness or group of an earlier line");
  }
  policy_.quorum = words[1];
  has_quorum_ = true;
  return {};
}

Result<void> Reader::Define(std::string_view name) {
  if (name == "none") return Malformed("`none` can't be defined; choose another name");
  if (!names_.emplace(name, false).second) {
    return Malformed("the name is defined already; choose another");
  }
  return {};
}

Result<void> Reader::TakeKey(const VerifierKey& key) {
  if (keys_.insert(key.key).second) return {};
  return Malformed("the key stands in the file already; each log and witness has its own");
}

Result<Policy> Reader::Finish() {
  if (!has_log_) return Malformed("policy: has no log line; add `log VKEY`");
  if (!has_quorum_)
    return Malformed("policy: has no quorum line; add `quorum NAME` or `quorum none`");
  return std::move(policy_);
}

// Witnesses that a policy names, or a group that has enough of its members.
bool MeetsQuorum(const Policy& policy, const std::vector<WitnessWord>& words) {
  if (policy.quorum == "none") return true;
  std::set<std::string_view> met;
  for (const WitnessWord& word : words) met.insert(word.name);
  // A group names only what precedes it, so one pass in order decides all.
  for (const Group& group : policy.groups) {
    const auto count = std::count_if(group.members.begin(), group.members.end(),
                                     [&](const std::string& name) { return met.contains(name); });
    if (static_cast<std::uint64_t>(count) >= group.threshold) met.insert(group.name);
  }
  return met.contains(policy.quorum);
}

}  // namespace

Result<Policy> ParsePolicy(std::string_view text) {
  if (text.size() > kMaxPolicyBytes) return Malformed("policy: is longer than 1 MiB");
  Reader reader;
  LineReader lines(text);
  for (std::size_t number = 1; !lines.done(); ++number) {
    const std::string where = "policy line " + std::to_string(number) + ": ";
    const std::optional<std::string_view> line = lines.Next();
    if (!line) return Malformed(where + "has no line feed at its end; add one");
    if (!std::all_of(line->begin(), line->end(), IsPolicyByte)) {
      return Malformed(where + "holds a control character; use spaces, tabs and line feeds only");
    }
    const Result<void> taken = reader.TakeLine(*line);
    if (!taken.ok()) return Malformed(where + taken.error().detail);
  }
  return reader.Finish();
}

std::string EncodePolicy(const Policy& policy) {
  const auto with_url = [](const std::string& url) {
    return url.empty() ? "\n" : " " + url + "\n";
  };
  std::string text;
  if (policy.genesis) text += "# genesis " + EncodeHash(*policy.genesis) + "\n";
  text += "log " + EncodeVerifierKey(policy.log) + with_url(policy.log_url);
  for (const Witness& witness : policy.witnesses) {
    text +=
        "witness " + witness.name + " " + EncodeVerifierKey(witness.key) + with_url(witness.url);
  }
  for (const Group& group : policy.groups) {
    text += "group " + group.name + " " + std::to_string(group.threshold);
    for (const std::string& member : group.members) text += " " + member;
    text += "\n";
  }
  return text + "quorum " + policy.quorum + "\n";
}

PolicyOutcome JudgeCheckpoint(const Policy& policy, const Note& note) {
  PolicyOutcome outcome;
  const Result<Checkpoint> checkpoint = ParseCheckpoint(note.text);
  outcome.origin_is_log = checkpoint.ok() && checkpoint.value().origin == policy.log.name;

  SignatureVerdict verdict;
  if (outcome.origin_is_log) {
    std::vector<VerifierKey> keys{policy.log};
    for (const Witness& witness : policy.witnesses) keys.push_back(witness.key);
    verdict = VerifySignatures(note, keys);
  }
  outcome.known_signature_failed = verdict.failed;
  outcome.failed_name = verdict.failed_name;

  std::vector<std::optional<UnixSeconds>> times(policy.witnesses.size());
  for (const VerifiedLine& verified : verdict.verified) {
    if (verified.key == 0) {
      outcome.log_signed = true;
    } else {
      const std::uint64_t time = CosignatureTime(note.signatures[verified.line].signature);
      times[verified.key - 1] = UnixSeconds{static_cast<std::int64_t>(time)};
    }
  }
  for (std::size_t i = 0; i < times.size(); ++i) {
    const std::string& name = policy.witnesses[i].name;
    if (times[i]) {
      outcome.witnesses.push_back({name, *times[i]});
    } else {
      outcome.missing.push_back(name);
    }
  }
  outcome.quorum_met = outcome.origin_is_log && !outcome.known_signature_failed &&
                       MeetsQuorum(policy, outcome.witnesses);
  return outcome;
}

}  // namespace jejak::tlog
