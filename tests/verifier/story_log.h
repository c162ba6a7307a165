// SPDX-License-Identifier: Apache-2.0
//
// A story (docs/stories/README.md) told into a log of its own, in memory, with real keys and
// signatures; and what anybody could hold of it at any time.
//
//   StoryLog log(story_json);
//   log.CaseFile(now, "no_sealed")   ->  the case file that a ledger would have given then
//   log.WriteMirror(now, directory)  ->  the static files of the log then, with its documents
//   log.NumberOf(57)                 ->  4: entry 57 is the story's fourth action
//
// Throws std::runtime_error when the log refuses what the story tells. One thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "ledger/evidence/casefile.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/sequencer.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_directory.h"
#include "tools/author/author.h"
#include "tools/story/story.h"

namespace jejak::verifier::test {

class StoryLog final {
 public:
  // What is published in the place of a definition, which nobody but its judge reads.
  using Change = std::function<void(nlohmann::ordered_json& definition)>;
  explicit StoryLog(const std::string& story_json, Change change = {});
  ~StoryLog();

  // `contents` as in an expected entry.
  std::string CaseFile(UnixSeconds now, const std::string& contents);
  // Without its documents if `documents` is false.
  void WriteMirror(UnixSeconds now, const std::string& directory, bool documents = true);
  std::string policy() const;
  // 0: no action of the story.
  int NumberOf(std::uint64_t entry) const;
  const std::string& case_id() const { return case_id_; }

 private:
  // The log after an entry of this time.
  struct State {
    UnixSeconds entered;
    sequencer::HeadPointer head;
  };

  void Found(UnixSeconds now);
  void Enroll(const story::Signer& signer);
  void Publish(const std::string& file);
  void Do(Result<record::Envelope> envelope);
  void Tell();
  std::uint64_t Log(record::Envelope envelope);
  void MoveTo(UnixSeconds now);
  std::vector<author::By> Roots();
  const tlog::PrivateKey& Key(const std::string& name);
  At Now() const;
  sequencer::LogReader ReaderAt(UnixSeconds now);

  nlohmann::ordered_json json_;
  const Change change_;
  story::Story story_;
  std::string case_id_ = "5MG3Z0FSDG8122AFHMEK5J0EY2";
  std::vector<std::string> roots_;
  std::map<std::string, std::unique_ptr<tlog::PrivateKey>> keys_;
  std::set<std::string> units_;
  std::map<std::string, record::ActionFields::Under> published_;
  std::vector<evidence::HeldBody> unfit_;  // bodies that no server keeps
  std::map<std::uint64_t, int> numbers_;
  std::vector<State> states_;

  TemporaryDirectory directory_;
  author::Author author_;
  jejak::test::ManualClock clock_;
  struct Ledger;
  std::unique_ptr<Ledger> ledger_;
};

}  // namespace jejak::verifier::test
