// SPDX-License-Identifier: Apache-2.0
#include "tests/api/story_server.h"

#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "ledger/crypto/hash.h"
#include "ledger/sequencer/recovery.h"
#include "tests/support/must.h"
#include "tools/author/administration.h"

namespace jejak::api {
namespace {

using test::Must;

std::string ReadFile(const std::string& path) {
  std::ifstream in(JEJAK_SOURCE_DIR "/" + path, std::ios::binary);
  if (!in.good()) throw std::runtime_error("no file " + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

StoryServer::StoryServer(Config config)
    : clock_(Must(ParseTime(kStart))), config_(std::move(config)) {
  config_.data = directory_ / "log";
  const record::Envelope create = Must(
      author::Administer(author_,
                         registry::LogCreate{kOrigin,
                                             test::KeyOf(kOrigin).verifier_key(),
                                             {{Key("root-a.example/a").verifier_key(), "root-a"},
                                              {Key("root-b.example/b").verifier_key(), "root-b"}},
                                             2,
                                             registry::kRules,
                                             {"Cerita", "Stories"},
                                             "+07:00",
                                             {}},
                         "", Now(), Roots()));
  Must(author_.Logged(create));
  auto read = sequencer::ReadSubmission(TextOf(create), sequencer::Contents::kRequired);
  sequencer::NewLog made{
      test::KeyOf(kOrigin), std::nullopt,       std::get<sequencer::Submission>(std::move(read)),
      *config_.passphrase,  crypto::kLeastCost, {}};
  { Must(sequencer::CreateLogDirectory(config_.data, std::move(made), clock_.Wall())); }
  Restart();
  Enroll("hukum.example/owner", "hukum", "h-90", {"procedure_owner"});
}

nlohmann::ordered_json StoryServer::ReadStory(const std::string& name) {
  return nlohmann::ordered_json::parse(ReadFile("docs/stories/" + name + ".json"));
}

nlohmann::ordered_json StoryServer::BegunOnAWednesday() {
  std::string text = ReadFile("docs/stories/M02.json");
  const std::string monday = "2024-05-13";
  for (std::size_t at = text.find(monday); at != text.npos; at = text.find(monday, at + 1))
    text.replace(at, monday.size(), "2024-05-15");
  return nlohmann::ordered_json::parse(text);
}

nlohmann::ordered_json StoryServer::WithoutExamination() {
  nlohmann::ordered_json story = ReadStory("M03");
  constexpr std::size_t kExamination = 3;
  if (story["actions"][kExamination]["type"] != "exam.hold")
    throw std::runtime_error("M03 changed");
  story["actions"].erase(kExamination);
  return story;
}

std::string StoryServer::ReadDocument(const std::string& name) {
  return ReadFile("docs/procedures/" + name);
}

void StoryServer::Restart() {
  server_.reset();
  server_ = Must(LedgerServer::Start(config_, clock_));
}

void StoryServer::PassTo(UnixSeconds now) {
  if (now > clock_.Wall()) clock_.Advance(now.value - clock_.Wall().value);
}

const tlog::PrivateKey& StoryServer::Key(const std::string& name) {
  const auto found = keys_.find(name);
  return found != keys_.end() ? found->second
                              : keys_.emplace(name, test::KeyOf(name)).first->second;
}

void StoryServer::Hold(tlog::PrivateKey key) {
  const std::string name = key.name;
  keys_.insert_or_assign(name, std::move(key));
}

std::vector<author::By> StoryServer::Roots() {
  return {{"root", &Key("root-a.example/a")}, {"root", &Key("root-b.example/b")}};
}

At StoryServer::Now() const { return Must(ParseAt(FormatAt(clock_.Wall(), 420))); }

void StoryServer::Send(const std::string& envelope) {
  const ClientResponse answer = Ask(server_->port(), "POST", "/1/v1/actions", {}, envelope);
  if (answer.status != 201) throw std::runtime_error(answer.body);
}

void StoryServer::Do(const record::Envelope& envelope) {
  Send(TextOf(envelope));
  Must(author_.Logged(envelope));
}

void StoryServer::Register(const std::string& unit, const std::string& title) {
  if (!units_.insert(unit).second) return;
  Do(Must(author::Administer(author_, registry::UnitRegister{unit, {title, title}}, "", Now(),
                             Roots())));
}

void StoryServer::Enroll(const std::string& name, const std::string& unit,
                         const std::string& holder, const std::vector<std::string>& roles) {
  Register(unit, unit);
  const bool fresh = !roles_.contains(name);
  std::set<std::string>& held = roles_[name];
  std::vector<registry::Grant> grants;
  for (const std::string& role : roles) {
    if (held.insert(role).second) grants.push_back({role, {}, {}, {}});
  }
  std::vector<author::By> by = Roots();
  if (fresh) {
    by.push_back({"self", &Key(name)});
    const registry::KeyEnroll enroll{Key(name).verifier_key(), unit, holder, std::move(grants)};
    return Do(Must(author::Administer(author_, enroll, "", Now(), by)));
  }
  for (const registry::Grant& grant : grants)
    Do(Must(author::Administer(author_, registry::KeyGrant{{grant}}, name, Now(), by)));
}

void StoryServer::Publish(const std::string& file) { PublishText(file, ReadDocument(file)); }

void StoryServer::PublishText(const std::string& file, const std::string& text) {
  if (published_.contains(file)) return;
  const auto document = nlohmann::json::parse(text);
  const bool procedure = document["format"] == "jejak/procedure/v1";
  const auto kind = procedure ? record::StreamKind::kProcedure : record::StreamKind::kCalendar;
  const std::string calendar =
      procedure ? document["calendar"].get<std::string>().substr(9) : std::string();
  const std::vector<author::By> by{{"procedure_owner", &Key("hukum.example/owner")},
                                   {"root", &Key("root-a.example/a")}};
  const std::string id = document["id"];
  Do(Must(author::Publish(author_, kind, id, document["version"], text, calendar, Now(), by)));
  const record::Stream stream{kind, id};
  published_[file] = {id, author_.id(stream, author_.count(stream) - 1)};
}

std::size_t StoryServer::Begin(const nlohmann::ordered_json& text) {
  auto story = std::make_unique<story::Story>(Must(story::Story::Parse(text.dump())));
  const Digest id =
      crypto::Sha256(AsBytes("told " + std::to_string(tellings_.size()) + story->id()));
  const std::string case_id = author::CaseIdOf(id.view());
  for (const std::string& file : story->calendars()) Publish(file);
  Publish(story->procedure());
  for (const story::Signer& signer : story->signers()) {
    if (signer.party) continue;
    Enroll(signer.name, signer.unit, signer.holder, signer.roles);
  }
  auto teller = std::make_unique<story::StoryTeller>(
      *story, author_, case_id, [this](const std::string& name) { return &Key(name); },
      [this](const std::string& file) -> std::optional<record::ActionFields::Under> {
        const auto found = published_.find(file);
        return found == published_.end() ? std::nullopt : std::optional(found->second);
      });
  tellings_.push_back({std::move(story), case_id, std::move(teller), 0});
  return tellings_.size() - 1;
}

bool StoryServer::Ended(std::size_t told) const {
  return tellings_[told].next == tellings_[told].story->size();
}

std::string StoryServer::NextEnvelope(std::size_t told) {
  Telling& telling = tellings_[told];
  PassTo(telling.story->entered(telling.next++));
  return TextOf(Must(telling.teller->Next()));
}

void StoryServer::Tell(std::size_t told, std::size_t actions) {
  for (std::size_t i = 0; i < actions && !Ended(told); ++i) Send(NextEnvelope(told));
}

void StoryServer::TellUntil(UnixSeconds until) {
  for (;;) {
    std::size_t earliest = tellings_.size();
    UnixSeconds due = until;
    for (std::size_t i = 0; i < tellings_.size(); ++i) {
      if (Ended(i)) continue;
      const UnixSeconds entered = tellings_[i].story->entered(tellings_[i].next);
      if (entered > due || (entered == due && earliest != tellings_.size())) continue;
      earliest = i;
      due = entered;
    }
    if (earliest == tellings_.size()) return PassTo(until);
    Tell(earliest, 1);
  }
}

ClientResponse StoryServer::Public(const std::string& path, const std::vector<Header>& headers) {
  return Ask(server_->port(), "GET", "/1/" + path, headers);
}

ClientResponse StoryServer::Oversight(const std::string& path, const std::vector<Header>& headers) {
  return Ask(server_->oversight_port(), "GET", "/1/" + path, headers);
}

std::string StoryServer::policy() const {
  return "log " + tlog::EncodeVerifierKey(test::KeyOf(kOrigin).verifier_key()) + "\nquorum none\n";
}

std::string IdsOfRules(const std::string& page) {
  static const std::regex kTag("<[^>]*>"), kId("\\b[AR][0-9][0-9]\\b");
  const std::string text = std::regex_replace(page, kTag, " ");
  std::string ids;
  for (std::sregex_iterator id(text.begin(), text.end(), kId), end; id != end; ++id)
    ids += id->str() + " ";
  return ids;
}

}  // namespace jejak::api
