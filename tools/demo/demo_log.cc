// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/demo_log.h"

#include <embedded/demo_documents.h>
#include <embedded/demo_stories.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <map>
#include <set>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/random.h"
#include "ledger/sequencer/case_file_builder.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/key_file.h"
#include "ledger/sequencer/log_directory.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/sequencer.h"
#include "tools/author/administration.h"
#include "tools/cli/found.h"
#include "tools/story/story.h"

namespace jejak::demo {
namespace {

constexpr std::int64_t kDay_s = 86400;
constexpr int kZone_minutes = 420;
const std::string kHost = "contohkota.go.id/";

// The stories' own time: set to each entry's before it is logged. Both clocks move together, so
// nothing looks like a jump.
class StoryClock final : public sequencer::Clock {
 public:
  UnixSeconds Wall() const override { return {now_.load()}; }
  std::int64_t MonotonicSeconds() const override { return now_.load(); }
  std::int64_t WallMinusMonotonic() const override { return 0; }
  void Set(UnixSeconds now) { now_ = std::max(now_.load(), now.value); }

 private:
  std::atomic<std::int64_t> now_{0};
};

// One story on its way into the log.
struct Telling {
  std::unique_ptr<story::Story> story;
  std::string case_id;
  std::unique_ptr<story::StoryTeller> teller;
  std::size_t next = 0;
  std::size_t end = 0;  // actions that are told
  bool whole() const { return end == story->size(); }
};

// Cases that nobody has finished, so that a list of what is open and late isn't empty: the first
// actions of a story, told once more.
struct Unfinished {
  std::string_view story;
  std::size_t actions;
};
constexpr Unfinished kUnfinished[] = {{"C03", 6}, {"C06", 17}, {"C11", 4}, {"M06", 5}};

Result<std::string> Embedded(const std::string& name) {
  for (const embedded::File& file : embedded::demo_documents()) {
    if (file.name == name) return std::string(file.contents);
  }
  return Internal("the program does not hold " + name);
}

class Maker final {
 public:
  explicit Maker(std::string directory) : directory_(std::move(directory)), author_(kDemoOrigin) {}

  Result<DemoLog> Make() {
    JEJAK_CHECKED(ReadStories());
    JEJAK_CHECKED(Found());
    JEJAK_CHECKED(Administer());
    JEJAK_CHECKED(Tell());
    sequencer_->Stop();
    return WriteFiles();
  }

 private:
  static Result<Telling> Read(std::string_view text) {
    JEJAK_TRY(story, story::Story::Parse(text));
    const std::size_t size = story.size();
    return Telling{std::make_unique<story::Story>(std::move(story)), author::RandomCaseId(),
                   nullptr, 0, size};
  }

  Result<void> ReadStories() {
    std::int64_t first = 0;
    for (const embedded::File& file : embedded::demo_stories()) {
      JEJAK_TRY(telling, Read(file.contents));
      const std::int64_t starts = telling.story->entered(0).value;
      first = first == 0 ? starts : std::min(first, starts);
      for (const Unfinished& one : kUnfinished) {
        if (one.story != telling.story->id()) continue;
        JEJAK_TRY(again, Read(file.contents));
        again.end = one.actions;
        tellings_.push_back(std::move(again));
      }
      tellings_.push_back(std::move(telling));
    }
    clock_.Set({first - 7 * kDay_s});
    return {};
  }

  const tlog::PrivateKey& Key(const std::string& name, std::uint8_t type = tlog::kEd25519Key) {
    const auto found = keys_.find(name);
    if (found != keys_.end()) return found->second;
    return keys_
        .emplace(name,
                 tlog::PrivateKey{name, type, crypto::SecretKey::FromSeed(crypto::RandomBytes(32))})
        .first->second;
  }

  At Now() const { return ParseAt(FormatAt(clock_.Wall(), kZone_minutes)).value(); }
  std::vector<author::By> Roots() {
    return {{"root", &Key(kHost + "root-a")}, {"root", &Key(kHost + "root-b")}};
  }

  Result<void> Found() {
    passphrase_ = EncodeHex(crypto::RandomBytes(8));
    tlog::PrivateKey log_key{kDemoOrigin, tlog::kEd25519Key,
                             crypto::SecretKey::FromSeed(crypto::RandomBytes(32))};
    log_vkey_ = log_key.verifier_key();
    const registry::LogCreate create{
        kDemoOrigin,
        log_vkey_,
        {{Key(kHost + "root-a").verifier_key(), "root-a"},
         {Key(kHost + "root-b").verifier_key(), "root-b"}},
        2,
        registry::kRules,
        {"Buku besar PERAGAAN (bukan data nyata)", "DEMO ledger (no real data)"},
        "+07:00",
        {}};
    JEJAK_TRY(envelope, author::Administer(author_, create, "", Now(), Roots()));
    JEJAK_CHECKED(author_.Logged(envelope));
    JEJAK_TRY(submission, Read(envelope));
    const tlog::PrivateKey& witness = Key("witness.jejak.example/demo", tlog::kCosignatureKey);
    sequencer::NewLog log{std::move(log_key), std::nullopt,       std::move(submission),
                          passphrase_,        crypto::kLeastCost, {}};
    log.witness = tlog::PrivateKey{witness.name, witness.type,
                                   crypto::SecretKey::FromSeed(witness.secret.seed())};
    JEJAK_TRY(open, sequencer::CreateLogDirectory(directory_, std::move(log), clock_.Wall()));
    open_ = std::make_unique<sequencer::OpenLog>(std::move(open));
    sequencer::SequencerOptions options;
    options.heartbeat_s = 0;
    options.clock_jump_s = 400 * kDay_s;  // the stories' clock leaps from one act to the next
    sequencer_ = std::make_unique<sequencer::Sequencer>(*open_->store, *open_->signer, clock_,
                                                        *open_->tiles, open_->head, options);
    return {};
  }

  static Result<sequencer::Submission> Read(const record::Envelope& envelope) {
    JEJAK_TRY(text, record::EncodeEnvelope(envelope));
    auto read = sequencer::ReadSubmission(text, sequencer::Contents::kRequired);
    if (const auto* refusal = std::get_if<registry::Refusal>(&read))
      return Malformed(refusal->code + ": " + refusal->detail);
    return std::get<sequencer::Submission>(std::move(read));
  }

  // What is entered in one second is logged in one batch, under one seal.
  Result<void> Log(const record::Envelope& envelope) {
    JEJAK_TRY(submission, Read(envelope));
    pending_.push_back(std::move(submission));
    return {};
  }

  Result<void> Flush() {
    if (pending_.empty()) return {};
    std::promise<sequencer::Completed> done;
    JEJAK_CHECKED(sequencer_->Submit(std::exchange(pending_, {}), [&done](sequencer::Completed c) {
      done.set_value(std::move(c));
    }));
    const sequencer::Completed completed = done.get_future().get();
    if (completed.error) return *completed.error;
    for (const sequencer::Outcome& outcome : completed.outcomes) {
      if (outcome.kind != sequencer::OutcomeKind::kLogged)
        return Refused(outcome.refusal.code + ": " + outcome.refusal.detail);
    }
    return {};
  }

  Result<void> MoveTo(UnixSeconds time) {
    if (time > clock_.Wall()) JEJAK_CHECKED(Flush());
    clock_.Set(time);
    return {};
  }

  // An administration action: written, logged, remembered.
  Result<void> Do(Result<record::Envelope> envelope) {
    if (!envelope.ok()) return envelope.error();
    JEJAK_CHECKED(Log(*envelope));
    return author_.Logged(*envelope);
  }

  Result<void> Enroll(const std::string& name, const std::string& unit, const std::string& holder,
                      const std::set<std::string>& roles) {
    if (units_.insert(unit).second) {
      JEJAK_CHECKED(Do(author::Administer(
          author_, registry::UnitRegister{unit, {"Unit " + unit, "Unit " + unit}}, "", Now(),
          Roots())));
    }
    std::vector<registry::Grant> grants;
    for (const std::string& role : roles) grants.push_back({role, {}, {}, {}});
    std::vector<author::By> by = Roots();
    by.push_back({"self", &Key(name)});
    return Do(author::Administer(
        author_, registry::KeyEnroll{Key(name).verifier_key(), unit, holder, std::move(grants)}, "",
        Now(), by));
  }

  // Everybody who acts in some story, once, with the roles of all of them.
  Result<void> Administer() {
    JEJAK_CHECKED(Enroll("hukum." + kHost + "p-90", "hukum", "h-90", {"procedure_owner"}));
    std::map<std::string, story::Signer> people;
    std::map<std::string, std::set<std::string>> roles;
    for (const Telling& telling : tellings_) {
      for (const story::Signer& signer : telling.story->signers()) {
        if (signer.party || signer.root) continue;
        people.emplace(signer.name, signer);
        roles[signer.name].insert(signer.roles.begin(), signer.roles.end());
      }
    }
    for (const auto& [name, person] : people)
      JEJAK_CHECKED(Enroll(name, person.unit, person.holder, roles[name]));
    for (const Telling& telling : tellings_) {
      for (const std::string& file : telling.story->calendars()) JEJAK_CHECKED(Publish(file));
    }
    return {};
  }

  // Publishes an embedded document once; it says itself what it is.
  Result<void> Publish(const std::string& file) {
    if (published_.contains(file)) return {};
    JEJAK_TRY(document, Embedded(file));
    JEJAK_TRY(parsed, json::Parse(document, json::Rules::kContainer));
    const auto member = [&parsed](std::string_view name) {
      const json::Value* value = parsed.Find(name);
      return value == nullptr ? std::string() : value->as_string();
    };
    const bool procedure = member("format") == "jejak/procedure/v1";
    const record::StreamKind kind =
        procedure ? record::StreamKind::kProcedure : record::StreamKind::kCalendar;
    const std::string calendar =
        procedure ? member("calendar").substr(std::string_view("calendar/").size()) : std::string();
    const std::vector<author::By> by{{"procedure_owner", &Key("hukum." + kHost + "p-90")},
                                     {"root", &Key(kHost + "root-a")}};
    JEJAK_CHECKED(Do(author::Publish(author_, kind, member("id"), member("version"), document,
                                     calendar, Now(), by)));
    const record::Stream stream{kind, member("id")};
    published_[file] = {member("id"), author_.id(stream, author_.count(stream) - 1)};
    return {};
  }

  // A story's roots are this log's, in the order in which it names them.
  static std::map<std::string, std::string> RootNames(const story::Story& story) {
    std::map<std::string, std::string> names;
    for (const story::Signer& signer : story.signers()) {
      const std::string name = kHost + (names.empty() ? "root-a" : "root-b");
      if (signer.root) names.emplace(signer.name, name);
    }
    return names;
  }

  std::unique_ptr<story::StoryTeller> TellerOf(const Telling& telling) {
    return std::make_unique<story::StoryTeller>(
        *telling.story, author_, telling.case_id,
        [this, roots = RootNames(*telling.story)](const std::string& name) {
          const auto root = roots.find(name);
          return &Key(root == roots.end() ? name : root->second);
        },
        [this](const std::string& file) -> std::optional<record::ActionFields::Under> {
          const auto found = published_.find(file);
          return found == published_.end() ? std::nullopt : std::optional(found->second);
        });
  }

  // The story whose next entry is made before those of all others; null when all are told.
  Telling* Earliest() {
    Telling* earliest = nullptr;
    for (Telling& telling : tellings_) {
      if (telling.next == telling.end) continue;
      const bool earlier = earliest == nullptr || telling.story->entered(telling.next) <
                                                      earliest->story->entered(earliest->next);
      if (earlier) earliest = &telling;
    }
    return earliest;
  }

  // All stories at once, act by act in the order of their entry times. A definition is published
  // right before it is first named: once there is a newer version, no case opens under the one
  // before.
  Result<void> Tell() {
    for (Telling& telling : tellings_) telling.teller = TellerOf(telling);
    while (Telling* telling = Earliest()) {
      JEJAK_CHECKED(MoveTo(telling->story->entered(telling->next)));
      const std::string& under = telling->story->under(telling->next);
      if (!under.empty()) JEJAK_CHECKED(Publish(under));
      JEJAK_TRY(envelope, telling->teller->Next());
      JEJAK_CHECKED(Log(envelope));
      ++telling->next;
    }
    return Flush();
  }

  static std::string FileNameOf(std::string name) {
    std::replace(name.begin(), name.end(), '/', '_');
    return name;
  }

  Result<DemoLog> WriteFiles() {
    namespace fs = std::filesystem;
    std::error_code failed;
    fs::create_directories(directory_ + "/keys", failed);
    fs::create_directories(directory_ + "/cases", failed);
    if (failed)
      return Unavailable("folders cannot be made in " + directory_ + ": " + failed.message());
    JEJAK_CHECKED(sequencer::WriteNewFile(directory_ + "/passphrase", passphrase_ + "\n", 0600));
    for (const auto& [name, key] : keys_) {
      JEJAK_CHECKED(sequencer::WriteKeyFile(directory_ + "/keys/" + FileNameOf(name) + ".key", key,
                                            passphrase_, crypto::kLeastCost));
    }
    sequencer::LogReader reader(sequencer_->head(), *open_->tiles);
    JEJAK_CHECKED(WritePolicy(reader));
    JEJAK_CHECKED(sequencer::WriteNewFile(
        directory_ + "/config.toml",
        cli::NewConfig("public", fs::absolute(directory_ + "/passphrase").string()), 0644));
    DemoLog demo;
    for (const Telling& telling : tellings_) {
      if (!telling.whole()) continue;
      const record::Stream stream{record::StreamKind::kCase, telling.case_id};
      JEJAK_TRY(file, sequencer::BuildCaseFile(reader, stream, {}, {}));
      const std::string path = directory_ + "/cases/" + telling.story->id() + ".casefile.json";
      JEJAK_CHECKED(sequencer::WriteNewFile(path, file, 0644));
      demo.cases.push_back({telling.story->id(), telling.story->title(), telling.case_id, path});
    }
    demo.action = {"M02", "info.note", "petugas",
                   directory_ + "/keys/" + FileNameOf("inspektorat." + kHost + "p-10") + ".key",
                   directory_ + "/note.json"};
    JEJAK_CHECKED(sequencer::WriteNewFile(demo.action.body, "{\"source\":\"media\"}\n", 0644));
    return demo;
  }

  Result<void> WritePolicy(sequencer::LogReader& reader) {
    JEJAK_TRY(entry, reader.Entry(0));
    const tlog::VerifierKey witness = Key("witness.jejak.example/demo").verifier_key();
    const std::string policy =
        "# Policy of a DEMO log. Its witness runs inside the ledger's own process and proves "
        "nothing about the operator.\n"
        "# genesis " +
        EncodeHash(tlog::LeafHash(AsBytes(entry))) + "\nlog " + tlog::EncodeVerifierKey(log_vkey_) +
        "\nwitness local " + tlog::EncodeVerifierKey(witness) + "\nquorum local\n";
    return sequencer::WriteNewFile(directory_ + "/policy", policy, 0644);
  }

  std::string directory_;
  std::string passphrase_;
  author::Author author_;
  StoryClock clock_;
  std::map<std::string, tlog::PrivateKey> keys_;
  std::set<std::string> units_;
  std::map<std::string, record::ActionFields::Under> published_;
  std::vector<Telling> tellings_;
  std::vector<sequencer::Submission> pending_;  // all of this second
  tlog::VerifierKey log_vkey_;
  std::unique_ptr<sequencer::OpenLog> open_;
  std::unique_ptr<sequencer::Sequencer> sequencer_;
};

}  // namespace

const DemoCase* DemoLog::Find(std::string_view story) const {
  for (const DemoCase& one : cases) {
    if (one.story == story) return &one;
  }
  return nullptr;
}

Result<DemoLog> MakeDemoLog(const std::string& directory) { return Maker(directory).Make(); }

}  // namespace jejak::demo
