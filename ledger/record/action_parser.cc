// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "ledger/base/json.h"
#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/record/action.h"
#include "ledger/record/action_rules.h"
#include "ledger/record/entry.h"
#include "ledger/record/header_lines.h"

namespace jejak::record {
namespace {

constexpr std::string_view kFormat = "jejak/action/v1";
constexpr std::string_view kSignaturePrefix = "\u2014 ";
constexpr std::size_t kKeyIdBytes = 4;
constexpr std::size_t kSignatureBytes = 64;

struct Pair {
  std::string_view first;
  std::string_view second;
};

// The two words of a value; what follows the first space is the second word, and a space in it is
// for the second word's grammar to refuse.
std::optional<Pair> SplitPair(std::string_view value) {
  const std::size_t space = value.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  return Pair{value.substr(0, space), value.substr(space + 1)};
}

Result<tlog::SignatureLine> ParseSignature(std::string_view value) {
  const auto pair = SplitPair(value);
  if (!pair) return Malformed("a signature line is an em dash, a name and base64");
  auto blob = ParseBase64(pair->second);
  if (!blob) return std::move(blob).error();
  if (blob->size() != kKeyIdBytes + kSignatureBytes) {
    return Malformed("a signature has 4 bytes of key id and 64 of signature");
  }
  tlog::SignatureLine line{std::string(pair->first), 0, std::move(*blob)};
  for (std::size_t i = 0; i < kKeyIdBytes; ++i) {
    line.key_id = line.key_id << 8 | line.signature[i];
  }
  line.signature.erase(line.signature.begin(), line.signature.begin() + kKeyIdBytes);
  return line;
}

}  // namespace

// Reads the lines of one note in their order. One line of look-ahead; nothing is read twice.
class ActionParser final {
 public:
  static Result<Draft> Read(std::string_view note) {
    if (note.size() > kMaxNoteBytes) return Malformed("an entry has at most 48000 bytes");
    // No line of an action is blank, so the first blank line is the note's last as well.
    const std::size_t blank = note.find("\n\n");
    if (blank == std::string_view::npos) {
      return Malformed("a blank line must stand between text and signatures");
    }
    ActionParser parser(note.substr(0, blank + 1));
    JEJAK_CHECKED(parser.ReadText());
    JEJAK_CHECKED(CheckActionRules(parser.action_));
    JEJAK_CHECKED(parser.ReadSignatures(note.substr(blank + 2)));
    parser.action_.text = parser.text_;
    parser.action_.id_ = crypto::Sha256(AsBytes(parser.text_));
    return Draft{std::move(parser.action_)};
  }

 private:
  explicit ActionParser(std::string_view text) : text_(text), lines_(text), line_(lines_.Next()) {}

  // The next line's value, if the line begins with `name` and a space.
  std::optional<std::string_view> Take(std::string_view name) {
    if (!line_) return std::nullopt;
    std::string_view value = *line_;
    if (!TakePrefix(value, name) || !TakePrefix(value, " ")) return std::nullopt;
    line_ = lines_.Next();
    return value;
  }

  Result<std::string_view> Need(std::string_view name) {
    const auto value = Take(name);
    if (!value) return InLine(name, Malformed("this line is missing or out of order"));
    return *value;
  }

  Result<void> ReadText() {
    if (line_ != kFormat) return Malformed("the first line must be jejak/action/v1");
    line_ = lines_.Next();
    JEJAK_CHECKED(ReadStream());
    JEJAK_CHECKED(ReadPosition());
    JEJAK_CHECKED(ReadType());
    JEJAK_CHECKED(ReadTimes());
    JEJAK_CHECKED(ReadParties());
    JEJAK_CHECKED(ReadSigners());
    return ReadBody();
  }

  Result<void> ReadStream() {
    JEJAK_TRY(log, Need("log"));
    if (!IsKeyName(log)) return InLine("log", Malformed("an origin is a keyname"));
    action_.log = log;
    JEJAK_TRY(stream_text, Need("stream"));
    auto stream = ParseStream(stream_text);
    if (!stream) return InLine("stream", std::move(stream).error());
    action_.stream = std::move(*stream);
    const auto under = Take("under");
    if (!under) return {};
    const auto pair = SplitPair(*under);
    if (!pair || !IsId(pair->first)) {
      return InLine("under", Malformed("a procedure's id and its publish's action id stand here"));
    }
    auto publish = ParseHash(pair->second);
    if (!publish) return InLine("under", std::move(publish).error());
    action_.under = Action::Under{std::string(pair->first), *publish};
    return {};
  }

  Result<void> ReadPosition() {
    auto value = Take("after");
    const std::string_view name = value ? "after" : "seen";
    action_.position = value ? PositionKind::kAfter : PositionKind::kSeen;
    if (!value) value = Take("seen");
    if (!value) return InLine("after", Malformed("this line, or seen, is missing"));
    const auto pair = SplitPair(*value);
    if (!pair) return InLine(name, Malformed("a number and a hash stand here"));
    auto count = ParseDecimal(pair->first);
    if (!count) return InLine(name, std::move(count).error());
    action_.position_count = *count;
    if (*count == 0) {
      if (pair->second == "-") return {};
      return InLine(name, Malformed("the hash of no actions is written -"));
    }
    auto root = ParseHash(pair->second);
    if (!root) return InLine(name, std::move(root).error());
    action_.position_root = *root;
    return {};
  }

  Result<void> ReadType() {
    JEJAK_TRY(type, Need("type"));
    if (!IsType(type)) return InLine("type", Malformed("a type is words joined by dots"));
    action_.type = type;
    while (const auto label = Take("about")) {
      if (!IsLabel(*label)) return InLine("about", Malformed("a pseudonym is a label"));
      if (action_.about.size() == kMaxAbout) {
        return InLine("about", Malformed("at most 16 of these lines may stand"));
      }
      action_.about.emplace_back(*label);
    }
    return {};
  }

  Result<void> ReadTimes() {
    JEJAK_TRY(at_text, Need("at"));
    auto at = ParseAt(at_text);
    if (!at) return InLine("at", std::move(at).error());
    action_.at = *at;
    action_.at_text = at_text;
    const auto until_text = Take("until");
    if (!until_text) return {};
    auto until = ParseAt(*until_text);
    if (!until) return InLine("until", std::move(until).error());
    action_.until = *until;
    return {};
  }

  Result<void> ReadParties() {
    while (const auto value = Take("party")) {
      const auto pair = SplitPair(*value);
      if (!pair) return InLine("party", Malformed("a role and a vkey stand here"));
      auto key = tlog::ParseVerifierKey(pair->second, tlog::kEd25519Key);
      if (!key) return InLine("party", std::move(key).error());
      if (action_.parties.size() == kMaxParties) {
        return InLine("party", Malformed("at most 4 of these lines may stand"));
      }
      action_.parties.push_back({std::string(pair->first), std::move(*key)});
    }
    return {};
  }

  Result<void> ReadSigners() {
    while (const auto value = Take("by")) {
      const auto pair = SplitPair(*value);
      if (!pair || !IsKeyName(pair->first) || !IsRole(pair->second)) {
        return InLine("by", Malformed("a keyname and a role, or - for none, stand here"));
      }
      if (action_.by.size() == kMaxSigners) {
        return InLine("by", Malformed("at most 16 of these lines may stand"));
      }
      action_.by.push_back({std::string(pair->first), std::string(pair->second)});
    }
    if (action_.by.empty()) return InLine("by", Malformed("this line is missing or out of order"));
    return {};
  }

  Result<void> ReadBody() {
    if (!line_) return InLine("body", Malformed("this line is missing"));
    action_.prefix_bytes_ = static_cast<std::size_t>(line_->data() - text_.data());
    JEJAK_CHECKED(action_.stream.is_case() ? ReadCommitment() : ReadInlineBody());
    if (line_) return InLine("body", Malformed("the body must be the last line of the text"));
    return {};
  }

  Result<void> ReadCommitment() {
    const auto value = Take("body");
    if (!value) return InLine("body", Malformed("in a case, body and a hash or - must stand here"));
    action_.body_form = *value == "-" ? BodyForm::kNone : BodyForm::kCommitted;
    if (action_.body_form == BodyForm::kNone) return {};
    auto commitment = ParseHash(*value);
    if (!commitment) return InLine("body", std::move(commitment).error());
    action_.body_commitment = *commitment;
    return {};
  }

  Result<void> ReadInlineBody() {
    auto body = json::Parse(*line_, json::Rules::kBody);
    if (!body) return InLine("body", std::move(body).error());
    action_.body_form = BodyForm::kInline;
    action_.body_json = *line_;
    line_ = lines_.Next();
    return {};
  }

  // A subset of the signers, in their order: each line is looked for behind the one before.
  Result<void> ReadSignatures(std::string_view text) {
    LineReader lines(text);
    std::size_t next = 0;
    action_.signatures.reserve(action_.by.size());
    while (auto line = lines.Next()) {
      if (!TakePrefix(*line, kSignaturePrefix)) {
        return InLine("signature",
                      Malformed("a signature line begins with an em dash and a space"));
      }
      auto signature = ParseSignature(*line);
      if (!signature) return InLine("signature", std::move(signature).error());
      while (next < action_.by.size() && action_.by[next].name != signature->name) ++next;
      if (next == action_.by.size()) {
        return InLine("signature", Malformed("there must be one per by line, in the same order"));
      }
      ++next;
      action_.signatures.push_back(std::move(*signature));
    }
    if (lines.done()) return {};
    return InLine("signature", Malformed("the last line must end with a line feed"));
  }

  std::string_view text_;
  LineReader lines_;
  std::optional<std::string_view> line_;  // the next one; nullopt at the end
  Action action_;
};

Result<Draft> ParseDraft(std::string_view note) { return ActionParser::Read(note); }

Result<Action> ParseAction(std::string_view note) {
  JEJAK_TRY(draft, ActionParser::Read(note));
  if (!draft.complete()) {
    return InLine("signature", Malformed("there must be one per by line, in the same order"));
  }
  return std::move(draft.action);
}

}  // namespace jejak::record
