// SPDX-License-Identifier: Apache-2.0
//
// Stories: synthetic cases as JSON (docs/stories/README.md), told into a log action by action with real keys and signatures. Used by
// the demo and by tests.
//
//   {"id":"M02","procedure":"malang-article-2024.json","signers":{"r1":{"party":true,"roles":["pelapor"]},...},
//    "actions":[{"type":"report.submit","at":"2024-05-13T08:00:00+07:00","by":[["r1","pelapor"],...],"body":{...}}, ...]}
//
// A Story is data; a StoryTeller turns its actions into envelopes, one after another, each built on those before it. No I/O.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/record/envelope.h"
#include "tools/author/author.h"

namespace jejak::story {

struct Signer {
  std::string name;  // a key name, or a party's label
  bool party = false;
  std::string unit, holder;  // enrolled keys only
  std::vector<std::string> roles;
  bool root = false;  // of the log; it has no unit
};

class Story final {
 public:
  // kMalformed with the place when the text is not a story.
  static Result<Story> Parse(std::string_view text);
  Story(Story&&) noexcept;
  Story& operator=(Story&&) noexcept;
  ~Story();

  const std::string& id() const;
  const std::string& title() const;
  const std::string& procedure() const;               // file name of the definition
  const std::vector<std::string>& calendars() const;  // file names
  const std::vector<Signer>& signers() const;
  std::size_t size() const;  // actions
  // When the entry of the n-th action (0-based) is made.
  UnixSeconds entered(std::size_t n) const;
  // The file of the definition that the n-th action names; the first action's is procedure() unless it says so itself; "" = none. It
  // has to be published by then, and be the newest of its id.
  const std::string& under(std::size_t n) const;

 private:
  friend class StoryTeller;
  struct Content;
  explicit Story(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

// Finds a signer's key by name; a party's by "CASE-ID/label". Pointers stay valid while the teller is used.
using KeyRing = std::function<const tlog::PrivateKey*(const std::string& name)>;
// The action id of the newest publish of a definition, by its file name.
using Publications =
    std::function<std::optional<record::ActionFields::Under>(const std::string& file)>;

class StoryTeller final {
 public:
  // `case_id`: the case that the story becomes. The story and the author outlive the teller.
  StoryTeller(const Story& story, author::Author& author, std::string case_id, KeyRing keys,
              Publications publications);

  // The next action as an envelope, to be logged before the one after it is asked for. kNotFound at the end. kMalformed when the story
  // asks for something that no action can say.
  Result<record::Envelope> Next();

 private:
  Result<record::ActionFields> Fields(std::size_t n, std::vector<author::By>& by);

  const Story& story_;
  author::Author& author_;
  std::string case_id_;
  KeyRing keys_;
  Publications publications_;
  std::size_t next_ = 0;
  std::map<std::string, bool> introduced_;  // parties
};

}  // namespace jejak::story
