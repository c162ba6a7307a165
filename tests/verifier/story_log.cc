// SPDX-License-Identifier: Apache-2.0
#include "tests/verifier/story_log.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/sequencer/case_file_builder.h"
#include "ledger/sequencer/recovery.h"
#include "ledger/store/memory_store.h"
#include "tests/support/must.h"
#include "tests/support/small_log.h"
#include "tools/author/administration.h"

namespace jejak::verifier::test {
namespace {

using jejak::test::KeyOf;
using jejak::test::Must;

constexpr const char* kOrigin = "story.jejak.example/1";
constexpr const char* kOwner = "owner.jejak.example/p-1";
constexpr std::int64_t kDay_s = 86400;

std::string ReadDocument(const std::string& file) {
  for (const char* folder : {"/docs/procedures/", "/tests/vectors/procedure/"}) {
    std::ifstream in(std::string(JEJAK_SOURCE_DIR) + folder + file, std::ios::binary);
    if (in.good()) return {std::istreambuf_iterator<char>(in), {}};
  }
  throw std::runtime_error("no document " + file);
}

sequencer::Submission Read(const record::Envelope& envelope) {
  auto read = sequencer::ReadSubmission(Must(record::EncodeEnvelope(envelope)),
                                        sequencer::Contents::kOptional);
  if (const auto* refusal = std::get_if<registry::Refusal>(&read))
    throw std::runtime_error(refusal->code + ": " + refusal->detail);
  return std::get<sequencer::Submission>(std::move(read));
}

// Removes what a holder of these contents hasn't got.
void Withhold(const std::string& contents, evidence::CaseFile& file) {
  if (contents == "no_sealed" || contents == "none") file.openings.clear();
  if (contents == "none") file.bodies.clear();
  if (contents != "no_definition" && contents != "no_calendar") return;
  const char* format = contents == "no_definition" ? "jejak/procedure/v1" : "jejak/calendar/v1";
  std::erase_if(file.documents, [format](const evidence::HeldDocument& document) {
    return document.text.find(format) != std::string::npos;
  });
}

void WriteFile(const std::string& path, std::string_view bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

// What a running log consists of; made in this order.
struct StoryLog::Ledger {
  store::MemoryStore store;
  sequencer::TileCache tiles{64};
  std::unique_ptr<sequencer::Signer> signer;
  std::unique_ptr<sequencer::Sequencer> sequencer;
};

StoryLog::StoryLog(const std::string& story_json, Change change)
    : json_(nlohmann::ordered_json::parse(story_json)),
      change_(std::move(change)),
      story_(Must(story::Story::Parse(story_json))),
      author_(kOrigin),
      clock_({story_.entered(0).value - 7 * kDay_s}),
      ledger_(std::make_unique<Ledger>()) {
  for (const auto& [name, signer] : json_["signers"].items()) {
    if (signer.value("root", false)) roots_.push_back(name);
  }
  if (roots_.empty()) roots_ = {"root.jejak.example/a", "root.jejak.example/b"};
  Found(clock_.Wall());
  Enroll({kOwner, false, "owner", "owner", {"procedure_owner"}});
  for (const story::Signer& signer : story_.signers()) {
    const bool root = std::find(roots_.begin(), roots_.end(), signer.name) != roots_.end();
    if (!signer.party && !root) Enroll(signer);
  }
  Tell();
}

StoryLog::~StoryLog() = default;

const tlog::PrivateKey& StoryLog::Key(const std::string& name) {
  auto& key = keys_[name];
  if (!key) key = std::make_unique<tlog::PrivateKey>(KeyOf(name));
  return *key;
}

At StoryLog::Now() const { return Must(ParseAt(FormatAt(clock_.Wall(), 420))); }

std::vector<author::By> StoryLog::Roots() {
  std::vector<author::By> by;
  for (const std::string& root : roots_) by.push_back({"root", &Key(root)});
  return by;
}

void StoryLog::Found(UnixSeconds now) {
  registry::LogCreate create;
  create.origin = kOrigin;
  create.log_key = Key(kOrigin).verifier_key();
  for (const std::string& root : roots_) {
    const std::string holder = json_["signers"].contains(root)
                                   ? json_["signers"][root]["holder"].get<std::string>()
                                   : "h-" + root.substr(root.size() - 1);
    create.roots.push_back({Key(root).verifier_key(), holder});
  }
  create.threshold = 2;
  create.rules = registry::kRules;
  create.name = {"Cerita", "A story"};
  create.zone = "+07:00";
  const record::Envelope envelope = Must(author::Administer(author_, create, "", Now(), Roots()));
  Must(author_.Logged(envelope));
  ledger_->signer = std::make_unique<sequencer::Signer>(
      kOrigin, crypto::SecretKey::FromSeed(Key(kOrigin).secret.seed()),
      Must(sequencer::Guard::Create(directory_ / "guard", kOrigin)));
  auto head = Must(sequencer::CreateLog(ledger_->store, *ledger_->signer, Read(envelope), now));
  sequencer::SequencerOptions options;
  options.heartbeat_s = 0;
  options.clock_jump_s = 40000 * kDay_s;
  ledger_->sequencer = std::make_unique<sequencer::Sequencer>(
      ledger_->store, *ledger_->signer, clock_, ledger_->tiles, std::move(head), options);
}

void StoryLog::Do(Result<record::Envelope> envelope) {
  const record::Envelope written = Must(std::move(envelope));
  Log(written);
  Must(author_.Logged(written));
}

void StoryLog::Enroll(const story::Signer& signer) {
  if (units_.insert(signer.unit).second) {
    Do(author::Administer(author_, registry::UnitRegister{signer.unit, {"Unit", "Unit"}}, "", Now(),
                          Roots()));
  }
  registry::KeyEnroll enroll{Key(signer.name).verifier_key(), signer.unit, signer.holder, {}};
  for (const std::string& role : signer.roles) enroll.grants.push_back({role, {}, {}, {}});
  std::vector<author::By> by = Roots();
  by.push_back({"self", &Key(signer.name)});
  Do(author::Administer(author_, enroll, "", Now(), by));
}

void StoryLog::Publish(const std::string& file) {
  if (published_.contains(file)) return;
  std::string text = ReadDocument(file);
  auto document = nlohmann::ordered_json::parse(text);
  const bool procedure = document["format"] == "jejak/procedure/v1";
  const auto kind = procedure ? record::StreamKind::kProcedure : record::StreamKind::kCalendar;
  const std::string id = document["id"];
  const std::string calendar =
      procedure ? document["calendar"].get<std::string>().substr(std::string("calendar/").size())
                : std::string();
  const std::string version = document["version"];
  if (procedure && change_) {
    change_(document);
    text = document.dump();
  }
  Do(author::Publish(author_, kind, id, version, text, calendar, Now(),
                     {{"procedure_owner", &Key(kOwner)}, {"root", &Key(roots_[0])}}));
  const record::Stream stream{kind, id};
  published_[file] = {id, author_.id(stream, author_.count(stream) - 1)};
}

void StoryLog::MoveTo(UnixSeconds now) {
  clock_.Advance(std::max<std::int64_t>(0, now.value - clock_.Wall().value));
}

// A body that isn't what a body should be is kept by nobody but its holder.
std::uint64_t StoryLog::Log(record::Envelope envelope) {
  std::optional<record::BodyOpening> unfit;
  const record::Action action = Must(record::ParseAction(envelope.note));
  if (envelope.body && record::CheckBody(action, *envelope.body) == record::Fit::kUnknownContent) {
    unfit = std::exchange(envelope.body, std::nullopt);
    envelope.openings.clear();
  }
  std::vector<sequencer::Submission> one;
  one.push_back(Read(envelope));
  std::promise<sequencer::Completed> done;
  Must(ledger_->sequencer->Submit(
      std::move(one), [&done](sequencer::Completed c) { done.set_value(std::move(c)); }));
  const sequencer::Completed completed = done.get_future().get();
  if (completed.error) throw std::runtime_error(completed.error->detail);
  const sequencer::Outcome& outcome = completed.outcomes[0];
  if (outcome.kind != sequencer::OutcomeKind::kLogged)
    throw std::runtime_error(outcome.refusal.code + ": " + outcome.refusal.detail);
  states_.push_back({clock_.Wall(), completed.head});
  if (unfit) unfit_.push_back({static_cast<std::int64_t>(outcome.index), unfit->key, unfit->text});
  return outcome.index;
}

// Calendars stand before the first action that isn't entered earlier; a definition is published
// right before it is first named, since only the newest may be.
void StoryLog::Tell() {
  std::vector<std::pair<UnixSeconds, std::string>> calendars;
  for (const auto& version : json_["calendar"]) {
    const std::string file = version["file"];
    if (!version.contains("entered")) {
      Publish(file);
    } else {
      calendars.emplace_back(Must(ParseAt(version["entered"].get<std::string>())).instant, file);
    }
  }
  Publish(story_.procedure());
  story::StoryTeller teller(
      story_, author_, case_id_, [this](const std::string& name) { return &Key(name); },
      [this](const std::string& file) -> std::optional<record::ActionFields::Under> {
        return published_.at(file);
      });
  auto calendar = calendars.begin();
  const auto publish_until = [&](UnixSeconds time) {
    for (; calendar != calendars.end() && calendar->first <= time; ++calendar) {
      MoveTo(calendar->first);
      Publish(calendar->second);
    }
  };
  for (std::size_t n = 0; n < story_.size(); ++n) {
    publish_until(story_.entered(n));
    MoveTo(story_.entered(n));
    const auto& action = json_["actions"][n];
    if (action.contains("under")) Publish(action["under"]);
    numbers_[Log(Must(teller.Next()))] = static_cast<int>(n) + 1;
  }
  publish_until({INT64_MAX});
}

sequencer::LogReader StoryLog::ReaderAt(UnixSeconds now) {
  const State* last = &states_.front();
  for (const State& state : states_) {
    if (state.entered <= now) last = &state;
  }
  return {last->head, ledger_->tiles};
}

std::string StoryLog::CaseFile(UnixSeconds now, const std::string& contents) {
  sequencer::LogReader reader = ReaderAt(now);
  const record::Stream stream{record::StreamKind::kCase, case_id_};
  evidence::CaseFile file =
      Must(evidence::ParseCaseFile(Must(sequencer::BuildCaseFile(reader, stream, {}, {}))));
  for (const evidence::HeldBody& body : unfit_) {
    if (static_cast<std::uint64_t>(body.index) < reader.size()) file.bodies.push_back(body);
  }
  Withhold(contents, file);
  return evidence::EncodeCaseFile(file);
}

void StoryLog::WriteMirror(UnixSeconds now, const std::string& directory, bool documents) {
  sequencer::LogReader reader = ReaderAt(now);
  WriteFile(directory + "/checkpoint", reader.head().checkpoint);
  for (const bool entries : {false, true}) {
    for (std::uint8_t level = 0; level < (entries ? 1 : 8); ++level) {
      for (std::uint64_t index = 0;; ++index) {
        const std::uint16_t width = tlog::TileWidthAt(level, index, reader.size());
        if (width == 0) break;
        const tlog::TileId tile{.level = level, .index = index, .width = width, .entries = entries};
        WriteFile(directory + "/" + tlog::TilePath(tile), Must(reader.Tile(tile)));
      }
    }
  }
  if (!documents) return;
  const evidence::CaseFile file = Must(evidence::ParseCaseFile(CaseFile(now, "all")));
  for (const evidence::HeldDocument& document : file.documents) {
    WriteFile(directory + "/documents/" + EncodeHex(document.sha256.view()), document.text);
  }
}

std::string StoryLog::policy() const {
  std::string entry;
  {
    sequencer::LogReader reader(states_.front().head, ledger_->tiles);
    entry = Must(reader.Entry(0));
  }
  return "# genesis " + EncodeHash(tlog::LeafHash(AsBytes(entry))) + "\nlog " +
         tlog::EncodeVerifierKey(KeyOf(kOrigin).verifier_key()) + "\nquorum none\n";
}

int StoryLog::NumberOf(std::uint64_t entry) const {
  const auto found = numbers_.find(entry);
  return found == numbers_.end() ? 0 : found->second;
}

}  // namespace jejak::verifier::test
