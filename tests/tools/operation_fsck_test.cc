// SPDX-License-Identifier: Apache-2.0
// The store audit over the golden log in RocksDB: clean as it is, and every change is seen.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/sequencer/batch.h"
#include "ledger/store/rocksdb_store.h"
#include "tests/support/golden_submission.h"
#include "tests/support/temporary_directory.h"
#include "tests/tools/small_directory.h"
#include "tools/operation/fsck.h"
#include "tools/operation/row_check.h"

namespace jejak::operation {
namespace {

using store::RocksdbStore;
using store::Row;
using test::GoldenLog;

constexpr std::string_view kKinds = "ABCDEIKLMOQSTXZ";

std::string Sentence(const evidence::Verdict& verdict) {
  for (const evidence::CheckLine& line : verdict.checks) {
    if (line.status != evidence::Status::kPass && line.status != evidence::Status::kNotChecked)
      return line.id + ": " + line.detail;
  }
  return "clean";
}

class GoldenStore : public testing::Test {
 protected:
  void SetUp() override {
    store_ = RocksdbStore::Create(directory_ / "db").value();
    sequencer::LogState state = sequencer::EmptyLog(golden_.origin);
    for (const test::GoldenBatch& batch : golden_.batches)
      ASSERT_NO_FATAL_FAILURE(Add(state, batch));
    trust_.policy = tlog::ParsePolicy(test::ReadVector("policy")).value();
    trust_.guard = sequencer::GuardState{state.record.size, state.record.root};
    for (const char kind : kKinds) {
      ASSERT_TRUE(ForEachRow(*View(), kind, [&](const std::string& key, const std::string& value) {
                    rows_[kind].emplace_back(key, value);
                  }).ok());
    }
  }

  void Add(sequencer::LogState& state, const test::GoldenBatch& batch) {
    sequencer::BatchBuilder builder(state, View());
    std::vector<sequencer::Submission> submissions;
    for (const std::string& note : batch.notes)
      submissions.push_back(
          test::GoldenSubmission(golden_, note, state.record.size + submissions.size()));
    ASSERT_TRUE(builder.Add(submissions, batch.time).ok());
    auto built = builder.Finish(batch.time);
    ASSERT_TRUE(built.ok()) << built.error().detail;
    if (state.record.size != 0) {
      const auto& checkpoint = golden_.checkpoints[number_ - 1];
      built->writes.push_back({store::CheckpointKey(state.record.size), checkpoint.note});
    }
    ++number_;
    const auto done = store_->Commit(Head(), store::EncodeHead(built->next.record), built->writes);
    ASSERT_TRUE(done.ok()) << done.error().detail;
    state = std::move(built->next);
  }

  std::shared_ptr<const store::View> View() { return store_->Latest().value(); }
  std::string Head() { return View()->head(); }
  evidence::Verdict Audit() {
    verifier::CallerOnly workers;
    return AuditStore(*View(), trust_, workers);
  }
  void Write(const std::vector<store::Write>& writes) {
    ASSERT_TRUE(store_->Commit(Head(), Head(), writes).ok());
  }

  GoldenLog golden_ = test::LoadGoldenLog();
  TemporaryDirectory directory_;
  std::unique_ptr<RocksdbStore> store_;
  StoreTrust trust_;
  std::map<char, std::vector<Row>> rows_;
  std::size_t number_ = 0;
};

TEST_F(GoldenStore, IsClean) {
  const evidence::Verdict verdict = Audit();
  EXPECT_EQ(verdict.exit_code, 0) << Sentence(verdict);
  for (const char kind : kKinds) EXPECT_FALSE(rows_[kind].empty()) << kind;
  EXPECT_EQ(verdict.coverage.checked, golden_.leaves.size());
}

TEST_F(GoldenStore, ForgivesErasedContentsAndNamesWhatElseIsGone) {
  std::vector<store::Write> erase;
  for (const char kind : {'B', 'O'}) {
    for (const Row& row : rows_[kind]) erase.push_back({row.first, std::nullopt});
  }
  Write(erase);
  EXPECT_EQ(Audit().exit_code, 0) << Sentence(Audit());
  for (const char kind : {'C', 'D'}) {
    const Row row = rows_[kind].front();
    Write({{row.first, std::nullopt}});
    EXPECT_EQ(Audit().exit_code, 12) << Sentence(Audit());
    Write({{row.first, row.second}});
  }
}

TEST_F(GoldenStore, SeesEveryRowOfEveryKindThatIsGone) {
  for (const char kind : kKinds) {
    const std::vector<Row>& rows = rows_[kind];
    for (const std::size_t at : {std::size_t{0}, rows.size() / 2, rows.size() - 1}) {
      if (kind == 'B' || kind == 'O' || kind == 'C' || kind == 'D') continue;
      Write({{rows[at].first, std::nullopt}});
      EXPECT_EQ(Audit().exit_code, 10) << kind << at << " " << Sentence(Audit());
      Write({{rows[at].first, rows[at].second}});
    }
  }
}

TEST_F(GoldenStore, SeesRowsThatBelongNowhere) {
  const std::vector<std::pair<std::string, std::string>> extra{
      {store::EntryKey(golden_.leaves.size()), golden_.leaves.back()},
      {store::ActionKey(crypto::Sha256({})), store::NumberValue(3)},
      {store::CheckpointKey(7), golden_.checkpoints.back().note},
      {store::BodyKey(golden_.leaves.size() + 5), rows_['B'][0].second},
      {store::OpeningKey(golden_.leaves.size() + 5, "/a"), rows_['O'][0].second},
      {store::OpeningKey(0, "/a"), rows_['O'][0].second},
      {store::DocumentKey(crypto::Sha256(AsBytes("x"))), "x"},
      {store::PartyKey(crypto::Sha256({}).view()), ""},
      {store::TileKey(3, 0), rows_['T'][0].second},
      {"E", ""},
      {"Q\xff", ""},
      {"G", ""},
      {"a", ""},
      {"\x01", ""},
      {"\xff\xff", ""}};
  for (const auto& [key, value] : extra) {
    Write({{key, value}});
    EXPECT_EQ(Audit().exit_code, 10) << EncodeHex(AsBytes(key)) << " " << Sentence(Audit());
    Write({{key, std::nullopt}});
  }
  EXPECT_EQ(Audit().exit_code, 0);
}

// One change of one stored value, in a file whose checksums are valid.
std::string Changed(const std::string& value, const std::vector<Row>& kind, std::mt19937& random) {
  std::string changed = value;
  const auto position = [&] { return random() % changed.size(); };
  switch (changed.empty() ? 1 : random() % 5) {
    case 0:
      changed[position()] ^= static_cast<char>(1U << (random() % 8));
      break;
    case 1:
      changed.insert(changed.empty() ? 0 : position(), 1, static_cast<char>(random()));
      break;
    case 2:
      changed.erase(position(), 1);
      break;
    case 3:
      changed.resize(position());
      break;
    default:
      changed = kind[random() % kind.size()].second;
  }
  return changed;
}

// What is left of a checkpoint's meaning when only lines of keys that nobody knows were touched.
bool SameCheckpoint(const tlog::Policy& policy, const std::string& before,
                    const std::string& after) {
  const auto note = tlog::ParseNote(after);
  if (!note.ok() || note->text != tlog::ParseNote(before)->text) return false;
  const tlog::PolicyOutcome outcome = tlog::JudgeCheckpoint(policy, *note);
  return outcome.log_signed && !outcome.known_signature_failed;
}

TEST_F(GoldenStore, SeesFiveHundredRandomChanges) {
  constexpr unsigned kSeed = 20260619;
  std::cout << "seed " << kSeed << "\n";
  std::mt19937 random(kSeed);
  std::map<int, int> exits;
  for (unsigned i = 0, changes = 0; changes < 510; ++i) {
    const char kind = kKinds[i % kKinds.size()];
    const Row& row = rows_[kind][random() % rows_[kind].size()];
    const std::string changed = Changed(row.second, rows_[kind], random);
    if (changed == row.second) continue;
    ++changes;
    Write({{row.first, changed}});
    const evidence::Verdict verdict = Audit();
    ++exits[verdict.exit_code];
    const bool unproven = kind == 'C' && SameCheckpoint(*trust_.policy, row.second, changed);
    EXPECT_TRUE(verdict.exit_code == 10 || (unproven && verdict.exit_code != 11))
        << "change " << i << " of " << kind << ": " << verdict.exit_code << " "
        << Sentence(verdict);
    Write({{row.first, row.second}});
  }
  EXPECT_GE(exits[10], 500) << "too many changes prove nothing";
  EXPECT_EQ(Audit().exit_code, 0);
}

TEST_F(GoldenStore, SeesAChangedHeadRecord) {
  const std::string right = Head();
  for (std::size_t at = 0; at < right.size(); at += 5) {
    std::string wrong = right;
    wrong[at] = static_cast<char>(wrong[at] ^ 1);
    ASSERT_TRUE(store_->Commit(Head(), wrong, {}).ok());
    EXPECT_EQ(Audit().exit_code, 10) << at << " " << Sentence(Audit());
  }
}

TEST_F(GoldenStore, HoldsTheStoreAgainstTheGuardAndThePolicy) {
  const sequencer::GuardState guard = *trust_.guard;
  trust_.guard->size += 1;
  EXPECT_EQ(Audit().exit_code, 10);
  EXPECT_NE(Sentence(Audit()).find("mirror"), std::string::npos) << Sentence(Audit());
  trust_.guard = {guard.size, crypto::Sha256({})};
  EXPECT_EQ(Audit().exit_code, 10);
  trust_.guard = {guard.size - 1, guard.root};  // no seal ends there
  EXPECT_EQ(Audit().exit_code, 10);
  trust_.guard.reset();
  trust_.guard_fault = NotFound("guard is missing");
  EXPECT_EQ(Audit().exit_code, 12);
  trust_.guard_fault = Refused("no intact slot");
  EXPECT_EQ(Audit().exit_code, 10);
  trust_.guard_fault.reset();
  trust_.policy->genesis = crypto::Sha256({});
  EXPECT_EQ(Audit().exit_code, 10);
  trust_.policy.reset();
  EXPECT_EQ(Audit().exit_code, 0) << Sentence(Audit());
}

// --- the directory
TEST(FsckDirectory, SaysWhatStandsInTheWay) {
  TemporaryDirectory directory;
  verifier::CallerOnly workers;
  const auto check = [&] { return CheckDirectory({directory / "log", {}, {}}, workers, nullptr); };
  EXPECT_EQ(check().exit_code, 3);
  test::SmallDirectory log(directory / "log");
  log.Grow(1, 3);
  EXPECT_EQ(check().exit_code, 3) << "it runs";
  log.Stop();
  EXPECT_EQ(check().exit_code, 0) << Sentence(check());
  std::filesystem::rename(log.guard_path(), directory / "away");
  EXPECT_EQ(check().exit_code, 12) << Sentence(check());
  EXPECT_EQ(CheckDirectory({directory / "log", directory / "away", {}}, workers, nullptr).exit_code,
            0);
  std::ofstream(directory / "log/config.toml") << "guard = \"" << directory / "away"
                                               << "\"\n";
  EXPECT_EQ(check().exit_code, 0) << Sentence(check());
}

TEST(FsckDirectory, SeesADamagedFileAndToleratesATornTail) {
  TemporaryDirectory directory;
  test::SmallDirectory log(directory / "log");
  log.Grow(1, 3);
  log.Stop();
  verifier::CallerOnly workers;
  std::string wal;
  for (const auto& file : std::filesystem::directory_iterator(directory / "log/db")) {
    if (file.path().extension() == ".log") wal = std::max(wal, file.path().string());
  }
  const auto check = [&] { return CheckDirectory({log.path(), {}, {}}, workers, nullptr); };
  const auto size = std::filesystem::file_size(wal);
  {
    std::ofstream torn(wal, std::ios::binary | std::ios::app);
    torn << std::string(40, 'x');
  }
  EXPECT_EQ(check().exit_code, 0) << Sentence(check());
  std::filesystem::resize_file(wal, size - 1);  // the last batch was acknowledged
  EXPECT_EQ(check().exit_code, 10) << Sentence(check());
}

}  // namespace
}  // namespace jejak::operation
