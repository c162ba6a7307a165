// SPDX-License-Identifier: Apache-2.0
//
// A running ledger with real procedures, into which stories (docs/stories) are told act by act, under a clock that follows them.
//
//   StoryServer server;
//   const std::size_t told = server.Begin(StoryServer::ReadStory("M02"));   // enrols and publishes what it needs
//   server.Tell(told, 2);                                                   // its next two actions
//   server.NextEnvelope(told)                                               // written, for the test to send or not
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/api/ledger_fixture.h"
#include "tools/story/story.h"

namespace jejak::api {

class StoryServer final {
 public:
  static constexpr const char* kOrigin = "story.jejak.example/1";
  static constexpr const char* kStart = "2024-01-02T01:00:00Z";

  explicit StoryServer(Config config = QuietConfig());

  static nlohmann::ordered_json ReadStory(const std::string& name);
  // M02, whose first two actions are of a Wednesday: what is due two working days later ends on a
  // Friday.
  static nlohmann::ordered_json BegunOnAWednesday();
  // M03, with the examination left out: A07 is broken, and the skeleton shows it.
  static nlohmann::ordered_json WithoutExamination();
  static std::string ReadDocument(const std::string& name);  // of docs/procedures

  // A new case that the story will become.
  std::size_t Begin(const nlohmann::ordered_json& story);
  const std::string& case_id(std::size_t told) const { return tellings_[told].case_id; }
  bool Ended(std::size_t told) const;
  // Sends its next actions, each when its entry is due by the story; all that are left without a number.
  void Tell(std::size_t told, std::size_t actions = SIZE_MAX);
  // All that is due by then, of all stories, in the order of their times; then the clock stands there.
  void TellUntil(UnixSeconds until);
  // The next action, with the clock set to its entry. It counts as told: send it, or go on with it as it is.
  std::string NextEnvelope(std::size_t told);
  void Send(const std::string& envelope);
  // Publishes docs/procedures/FILE, or this text.
  void Publish(const std::string& file);
  void PublishText(const std::string& file, const std::string& text);
  // A unit under a title of its own, before a signer of it comes.
  void Register(const std::string& unit, const std::string& title);

  // The key that a signer of this name has, in the place of one made up.
  void Hold(tlog::PrivateKey key);

  // Sets the clock; it never goes back.
  void PassTo(UnixSeconds now);
  void Restart();
  void Stop() { server_.reset(); }
  const std::string& data() const { return config_.data; }  // the log's directory

  ClientResponse Public(const std::string& path, const std::vector<Header>& headers = {});
  ClientResponse Oversight(const std::string& path, const std::vector<Header>& headers = {});

  LedgerServer* operator->() { return server_.get(); }
  test::ManualClock& clock() { return clock_; }
  std::string policy() const;  // text

 private:
  struct Telling {
    std::unique_ptr<story::Story> story;
    std::string case_id;
    std::unique_ptr<story::StoryTeller> teller;
    std::size_t next = 0;
  };

  const tlog::PrivateKey& Key(const std::string& name);
  std::vector<author::By> Roots();
  At Now() const;
  void Do(const record::Envelope& envelope);
  void Enroll(const std::string& name, const std::string& unit, const std::string& holder,
              const std::vector<std::string>& roles);

  TemporaryDirectory directory_;
  test::ManualClock clock_;
  Config config_;
  author::Author author_{kOrigin};
  std::map<std::string, tlog::PrivateKey> keys_;
  std::set<std::string> units_;
  std::map<std::string, std::set<std::string>> roles_;  // of enrolled keys
  std::map<std::string, record::ActionFields::Under> published_;
  std::vector<Telling> tellings_;
  std::unique_ptr<LedgerServer> server_;
};

// Ids of rules, "R07 A02 ", that a reader of a page or a CSV sees: attributes aside.
std::string IdsOfRules(const std::string& page);

}  // namespace jejak::api
