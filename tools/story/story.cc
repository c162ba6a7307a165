// SPDX-License-Identifier: Apache-2.0
#include "tools/story/story.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

namespace jejak::story {
namespace {

using Json = nlohmann::json;
using Ordered = nlohmann::ordered_json;

constexpr std::int64_t kEntryDelay_s = 60;
constexpr std::int64_t kSeenFor_s = 86400;

struct Act {
  std::string type, at, under;
  std::vector<std::string> about;
  std::vector<std::pair<std::string, std::string>> by;  // name, role
  std::optional<std::uint64_t> seen;
  std::optional<Ordered> body;
  UnixSeconds entered;
};

// What stands in a body in the place of a marker, or the JSON value as it is. Sealed values are collected.
class BodyBuilder final {
 public:
  BodyBuilder(const record::ActionFields& fields, const author::Author& author)
      : fields_(fields), author_(author) {}

  json::Value Build(const Ordered& value, const std::string& pointer) {
    if (value.is_object()) return BuildObject(value, pointer);
    if (value.is_array()) {
      json::Value list = json::Value::Array();
      for (std::size_t i = 0; i < value.size(); ++i)
        list.Push(Build(value[i], pointer + "/" + std::to_string(i)));
      return list;
    }
    if (value.is_boolean()) return json::Value::Bool(value.get<bool>());
    if (value.is_number_integer()) return json::Value::Integer(value.get<std::int64_t>());
    if (value.is_string()) return json::Value::String(value.get<std::string>());
    return {};
  }

  std::vector<record::FieldOpening> openings;

 private:
  json::Value BuildObject(const Ordered& value, const std::string& pointer) {
    if (value.contains("$seal"))
      return author::SealField(fields_, pointer, Build(value["$seal"], pointer), openings);
    if (value.contains("$attach")) return Attachment(value["$attach"].get<std::string>(), pointer);
    if (value.contains("$action")) {
      return json::Value::String(
          EncodeHash(author_.id(fields_.stream, value["$action"].get<std::uint64_t>() - 1)));
    }
    json::Value object = json::Value::Object();
    for (const auto& [name, member] : value.items())
      object.Add(name, Build(member, pointer + "/" + name));
    return object;
  }

  json::Value Attachment(const std::string& text, const std::string& pointer) {
    json::Value value = json::Value::Object();
    value.Add("sha256", json::Value::String(EncodeHash(crypto::Sha256(AsBytes(text)))));
    value.Add("size", json::Value::Integer(static_cast<std::int64_t>(text.size())));
    value.Add("media", json::Value::String("text/plain"));
    return author::SealField(fields_, pointer, value, openings);
  }

  const record::ActionFields& fields_;
  const author::Author& author_;
};

}  // namespace

struct Story::Content {
  std::string id, title, procedure;
  std::vector<std::string> calendars;
  std::vector<Signer> signers;
  std::vector<Act> actions;
};

namespace {

Signer ReadSigner(const std::string& name, const Ordered& value) {
  Signer signer{
      name, value.value("party", false), value.value("unit", ""), value.value("holder", ""),
      {},   value.value("root", false)};
  for (const Ordered& role : value.value("roles", Ordered::array()))
    signer.roles.push_back(role.get<std::string>());
  return signer;
}

Act ReadAct(const Ordered& value, UnixSeconds before) {
  Act act{value.at("type"), value.at("at"), value.value("under", ""), {}, {}, {}, {}, {}};
  for (const Ordered& label : value.value("about", Ordered::array()))
    act.about.push_back(label.get<std::string>());
  for (const Ordered& by : value.at("by"))
    act.by.emplace_back(by.at(0).get<std::string>(), by.at(1).get<std::string>());
  if (value.contains("seen")) act.seen = value["seen"].get<std::uint64_t>();
  if (value.contains("body")) act.body = value["body"];
  const Result<At> entered = ParseAt(value.value("entered", act.at));
  const std::int64_t stamp = entered.ok() ? entered->instant.value : 0;
  act.entered = {std::max(before.value, value.contains("entered") ? stamp : stamp + kEntryDelay_s)};
  return act;
}

}  // namespace

Story::Story(std::unique_ptr<Content> content) : content_(std::move(content)) {}
Story::Story(Story&&) noexcept = default;
Story& Story::operator=(Story&&) noexcept = default;
Story::~Story() = default;

Result<Story> Story::Parse(std::string_view text) {
  try {
    const Ordered json = Ordered::parse(text);
    auto content = std::make_unique<Content>();
    content->id = json.at("id");
    content->title = json.at("title");
    content->procedure = json.at("procedure");
    for (const Ordered& calendar : json.at("calendar"))
      content->calendars.push_back(calendar.at("file"));
    for (const auto& [name, signer] : json.at("signers").items())
      content->signers.push_back(ReadSigner(name, signer));
    UnixSeconds before;
    for (const Ordered& action : json.at("actions")) {
      content->actions.push_back(ReadAct(action, before));
      before = content->actions.back().entered;
    }
    if (!content->actions.empty() && content->actions[0].under.empty())
      content->actions[0].under = content->procedure;
    return Story(std::move(content));
  } catch (const nlohmann::json::exception& fault) {
    return Malformed(std::string("not a story: ") + fault.what());
  }
}

const std::string& Story::id() const { return content_->id; }
const std::string& Story::title() const { return content_->title; }
const std::string& Story::procedure() const { return content_->procedure; }
const std::vector<std::string>& Story::calendars() const { return content_->calendars; }
const std::vector<Signer>& Story::signers() const { return content_->signers; }
std::size_t Story::size() const { return content_->actions.size(); }
UnixSeconds Story::entered(std::size_t n) const { return content_->actions.at(n).entered; }
const std::string& Story::under(std::size_t n) const { return content_->actions.at(n).under; }

StoryTeller::StoryTeller(const Story& story, author::Author& author, std::string case_id,
                         KeyRing keys, Publications publications)
    : story_(story),
      author_(author),
      case_id_(std::move(case_id)),
      keys_(std::move(keys)),
      publications_(std::move(publications)) {}

Result<record::ActionFields> StoryTeller::Fields(std::size_t n, std::vector<author::By>& by) {
  const Act& act = story_.content_->actions[n];
  const record::Stream stream{record::StreamKind::kCase, case_id_};
  record::ActionFields fields =
      act.seen ? author_.PlaceSeen(stream, *act.seen) : author_.Place(stream);
  JEJAK_TRY(at, ParseAt(act.at));
  fields.at = at;
  fields.type = act.type;
  fields.about = act.about;
  if (act.seen) {
    JEJAK_TRY(until, ParseAt(FormatAt({act.entered.value + kSeenFor_s}, at.offset_minutes)));
    fields.until = until;
  }
  if (!act.under.empty()) {
    fields.under = publications_(act.under);
    if (!fields.under) return Malformed("the story names a procedure that was not published");
  }
  for (const auto& [name, role] : act.by) {
    const auto signer = std::find_if(story_.signers().begin(), story_.signers().end(),
                                     [&](const Signer& s) { return s.name == name; });
    const bool party = signer != story_.signers().end() && signer->party;
    const tlog::PrivateKey* key = keys_(party ? case_id_ + "/" + name : name);
    if (key == nullptr) return Malformed("the story's signer " + name + " has no key");
    if (party && !std::exchange(introduced_[name], true))
      fields.parties.push_back({role, key->verifier_key()});
    by.push_back({role, key});
  }
  author::SetSigners(fields, by);
  return fields;
}

Result<record::Envelope> StoryTeller::Next() {
  if (next_ == story_.size()) return NotFound("the story is told");
  std::vector<author::By> by;
  JEJAK_TRY(fields, Fields(next_, by));
  const Act& act = story_.content_->actions[next_];
  std::optional<author::Body> body;
  if (act.body) {
    BodyBuilder builder(fields, author_);
    json::Value value = builder.Build(*act.body, "");
    body = author::Body{std::move(value), std::move(builder.openings)};
  }
  ++next_;
  JEJAK_TRY(envelope, author_.Sign(std::move(fields), by, std::move(body)));
  JEJAK_CHECKED(author_.Logged(envelope));
  return std::move(envelope);
}

}  // namespace jejak::story
