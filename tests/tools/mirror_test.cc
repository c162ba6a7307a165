// SPDX-License-Identifier: Apache-2.0
// Mirrors: of a tree of any size, cut off anywhere, from a server that lies or was set back.
#include "tools/mirror/mirror.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/edge_tiles.h"
#include "tests/support/temporary_directory.h"
#include "tests/tools/small_directory.h"
#include "verifier/cli/mirror_directory.h"

namespace jejak::mirror {
namespace {

namespace fs = std::filesystem;

// Serves a tree of made-up entries at whatever size it is told, and may be told to misbehave.
class TreeUpstream final : public Upstream {
 public:
  explicit TreeUpstream(std::uint64_t most, const std::string& salt = "") : salt_(salt) {
    items_.resize(1);
    for (std::uint64_t i = 0; i < most; ++i) items_[0].push_back(tlog::LeafHash(AsBytes(Leaf(i))));
    while (items_.back().size() >= tlog::kTileWidth) {
      const std::vector<Digest>& below = items_.back();
      std::vector<Digest> level;
      for (std::size_t i = 0; i + tlog::kTileWidth <= below.size(); i += tlog::kTileWidth)
        level.push_back(sequencer::PerfectRoot(std::span(below).subspan(i, tlog::kTileWidth)));
      items_.push_back(std::move(level));
    }
  }

  std::uint64_t size = 0;
  std::map<std::string, std::string> lies;  // by path
  std::size_t gets_left = 1'000'000;        // then nothing answers
  std::multiset<std::string> asked;
  tlog::PrivateKey key = test::KeyOf("tree.example/1");

  std::string Leaf(std::uint64_t i) const {
    // A salted tree is another history from entry 100 on.
    return "entry " + std::to_string(i) + (i < 100 ? "" : salt_);
  }
  Digest Root() const { return tlog::RootOf(std::span(items_[0]).first(size)); }
  std::string Checkpoint() const {
    tlog::Note note;
    note.text = tlog::EncodeCheckpoint({"tree.example/1", size, Root(), {}});
    note.signatures.push_back(tlog::SignNote(note.text, key.name, key.secret));
    return tlog::EncodeNote(note);
  }

  Result<std::string> Get(const std::string& path) override {
    if (gets_left == 0) return Unavailable("nothing answers");
    --gets_left;
    asked.insert(path);
    if (const auto lie = lies.find(path); lie != lies.end()) return lie->second;
    if (path == "checkpoint") return Checkpoint();
    JEJAK_TRY(tile, tlog::ParseTilePath(path));
    if (tlog::TileWidthAt(tile.level, tile.index, size) < tile.width) return NotFound("no tile");
    Bytes bytes;
    for (std::uint64_t i = tile.index * tlog::kTileWidth, n = 0; n < tile.width; ++i, ++n) {
      if (tile.entries) {
        JEJAK_CHECKED(tlog::AppendBundleEntry(bytes, AsBytes(Leaf(i))));
      } else {
        const ByteView hash = items_[tile.level][i].view();
        bytes.insert(bytes.end(), hash.begin(), hash.end());
      }
    }
    return std::string(AsText(bytes));
  }

 private:
  std::string salt_;
  std::vector<std::vector<Digest>> items_;
};

class MirrorTest : public testing::Test {
 protected:
  Result<MirrorReport> Update(Upstream& upstream) {
    auto files = MirrorFiles::Open(Path());
    if (!files.ok()) return files.error();
    tlog::Policy policy;
    policy.log = test::KeyOf("tree.example/1").verifier_key();
    return UpdateMirror(upstream, *files, policy, nullptr);
  }
  std::string Path() { return dir_ / "mirror"; }
  // Everything of the upstream's tree is here, byte for byte.
  void ExpectComplete(TreeUpstream& upstream) {
    verifier::MirrorDirectory directory(Path());
    ASSERT_EQ(directory.Checkpoint().value(), upstream.Checkpoint());
    std::vector<tlog::TileId> tiles = tlog::TilesOf(upstream.size);
    for (const tlog::TileId& bundle : tlog::BundlesOf(upstream.size)) tiles.push_back(bundle);
    for (const tlog::TileId& tile : tiles) {
      const auto bytes = directory.Tile(tile);
      ASSERT_TRUE(bytes.ok()) << tlog::TilePath(tile);
      ASSERT_EQ(AsText(*bytes), upstream.Get(tlog::TilePath(tile)).value()) << tlog::TilePath(tile);
    }
  }
  std::map<std::string, std::string> Everything() {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(Path())) {
      if (entry.is_regular_file())
        files[entry.path()] = sequencer::ReadFile(entry.path(), 1U << 25U).value();
    }
    return files;
  }

  TemporaryDirectory dir_;
};

TEST_F(MirrorTest, CopiesTreesOfAllShapesAndGrowsBetweenThem) {
  TreeUpstream upstream(70000);
  for (const std::uint64_t size : {1U, 2U, 255U, 256U, 257U, 513U, 1024U, 65536U, 65537U, 70000U}) {
    upstream.size = size;
    upstream.asked.clear();
    const auto report = Update(upstream);
    ASSERT_TRUE(report.ok()) << size << ": " << report.error().detail;
    EXPECT_EQ(report->size, size);
    ASSERT_NO_FATAL_FAILURE(ExpectComplete(upstream)) << size;
  }
  std::size_t partial = 0;
  for (const auto& [path, bytes] : Everything()) partial += path.find(".p/") != path.npos;
  EXPECT_EQ(partial, 4U) << "those of the size before are dropped";
}

TEST_F(MirrorTest, FetchesNothingTwiceAndGoesOnWhereItWasCutOff) {
  TreeUpstream upstream(3000);
  upstream.size = 3000;
  std::multiset<std::string> full;
  for (int run = 0;; ++run) {
    ASSERT_LT(run, 30);
    upstream.asked.clear();
    upstream.gets_left = 7;
    const auto report = Update(upstream);
    for (const std::string& path : upstream.asked) {
      if (path != "checkpoint" && path.find(".p/") == path.npos) full.insert(path);
    }
    if (report.ok()) break;
    EXPECT_EQ(report.error().code, Code::kUnavailable);
    EXPECT_FALSE(fs::exists(Path() + "/checkpoint"));
  }
  upstream.gets_left = 1000;
  ASSERT_NO_FATAL_FAILURE(ExpectComplete(upstream));
  EXPECT_EQ(full.size(), std::set(full.begin(), full.end()).size());
  EXPECT_EQ(full.size(), 22U);
}

TEST_F(MirrorTest, FetchesAgainWhatWasDeletedOrDamaged) {
  TreeUpstream upstream(70000);
  upstream.size = 66000;
  ASSERT_TRUE(Update(upstream).ok());
  for (const char* path : {"tile/0/003", "tile/1/000", "tile/entries/000"})
    fs::remove(Path() + "/" + path);
  upstream.size = 70000;
  std::ofstream(Path() + "/tile/0/256", std::ios::binary | std::ios::trunc)
      << std::string(8192, 'x');  // beyond what the checkpoint covers nothing is believed
  fs::create_directories(Path() + "/tile/0");
  std::ofstream(Path() + "/tile/0/258", std::ios::binary) << std::string(8192, 'x');
  const auto report = Update(upstream);
  ASSERT_TRUE(report.ok()) << report.error().detail;
  EXPECT_GE(report->traffic.mended, 1U);
  fs::remove(Path() + "/tile/0/256");
  ASSERT_TRUE(Update(upstream).ok());
  ASSERT_NO_FATAL_FAILURE(ExpectComplete(upstream));
}

TEST_F(MirrorTest, NeverGoesBack) {
  TreeUpstream upstream(2000);
  upstream.size = 1500;
  ASSERT_TRUE(Update(upstream).ok());
  const auto before = Everything();
  for (const std::uint64_t size : {1U, 256U, 1024U, 1499U}) {
    upstream.size = size;
    const auto report = Update(upstream);
    ASSERT_FALSE(report.ok()) << size;
    EXPECT_EQ(report.error().code, Code::kRefused) << report.error().detail;
  }
  EXPECT_EQ(Everything(), before);
}

TEST_F(MirrorTest, AnotherHistoryIsAnAlarmAndItsCheckpointIsKept) {
  TreeUpstream upstream(2000);
  TreeUpstream fork(2000, " of a fork");
  upstream.size = 1500;
  ASSERT_TRUE(Update(upstream).ok());
  const auto before = Everything();
  for (const std::uint64_t size : {300U, 1024U, 1499U, 1500U, 1501U, 2000U}) {
    fork.size = size;
    const auto report = Update(fork);
    ASSERT_FALSE(report.ok()) << size;
    EXPECT_EQ(report.error().code, Code::kConflict) << report.error().detail;
    const std::string kept = "conflict-" + std::to_string(size) + ".checkpoint";
    EXPECT_NE(report.error().detail.find(kept), std::string::npos) << report.error().detail;
    EXPECT_EQ(sequencer::ReadFile(Path() + "/" + kept, 1U << 20U).value(), fork.Checkpoint());
    ASSERT_FALSE(Update(fork).ok());  // the same evidence once
    fs::remove(Path() + "/" + kept);
    EXPECT_EQ(Everything(), before) << size;
  }
  // Two forks of one size are two pieces of evidence.
  TreeUpstream other(2000, " of another fork");
  other.size = fork.size = 1600;
  ASSERT_FALSE(Update(fork).ok());
  ASSERT_FALSE(Update(other).ok());
  EXPECT_EQ(Everything().size(), before.size() + 2);
  fork.size = 100;  // the forks share their first hundred entries: old, not a contradiction
  EXPECT_EQ(Update(fork).error().code, Code::kRefused);
}

TEST_F(MirrorTest, AByteThatIsNotUnderTheRootIsAnAlarmAndNotWritten) {
  TreeUpstream upstream(70000);
  upstream.size = 70000;
  for (const char* path :
       {"tile/0/000", "tile/0/200", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17",
        "tile/2/000.p/1", "tile/entries/000", "tile/entries/273.p/112"}) {
    fs::remove_all(Path());
    std::string bytes = upstream.Get(path).value();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    for (const std::string& lie : {bytes, bytes.substr(1), std::string()}) {
      upstream.lies = {{path, lie}};
      const auto report = Update(upstream);
      ASSERT_FALSE(report.ok()) << path;
      EXPECT_EQ(report.error().code, Code::kConflict) << report.error().detail;
      EXPECT_FALSE(fs::exists(Path() + "/" + path)) << path;
      EXPECT_FALSE(fs::exists(Path() + "/checkpoint")) << path;
    }
  }
}

TEST_F(MirrorTest, ACheckpointMustBeTheLogsOwn) {
  TreeUpstream upstream(300);
  upstream.size = 300;
  const std::string right = upstream.Checkpoint();
  upstream.lies["checkpoint"] = "not a note";
  EXPECT_EQ(Update(upstream).error().code, Code::kMalformed);
  std::string wrong = right;
  const std::size_t signature = wrong.rfind('=') - 20;
  wrong[signature] = wrong[signature] == 'A' ? 'B' : 'A';
  upstream.lies["checkpoint"] = wrong;
  EXPECT_EQ(Update(upstream).error().code, Code::kConflict);
  upstream.lies.clear();
  upstream.key = test::KeyOf("other.example/1");
  EXPECT_EQ(Update(upstream).error().code, Code::kForbidden);
  EXPECT_EQ(Everything().size(), 1U) << "the lock alone";
}

TEST_F(MirrorTest, AFolderOfAnotherLogIsRefused) {
  fs::create_directories(Path());
  TreeUpstream upstream(300);
  upstream.size = 300;
  TreeUpstream other(300);
  other.size = 10;
  other.key = test::KeyOf("other.example/1");
  std::ofstream(Path() + "/checkpoint") << other.Checkpoint();
  EXPECT_EQ(Update(upstream).error().code, Code::kRefused);
}

TEST_F(MirrorTest, OneAtATime) {
  auto files = MirrorFiles::Open(Path());
  EXPECT_EQ(MirrorFiles::Open(Path()).error().code, Code::kUnavailable);
}

TEST_F(MirrorTest, AMirrorOfARealLogPassesTheAudit) {
  test::SmallDirectory log(dir_ / "log");
  test::LogUpstream upstream(log);
  std::string first;
  for (std::uint64_t n = 1; n < 4; ++n) {
    log.Grow(n, 50);
    auto files = MirrorFiles::Open(Path());
    const auto report = UpdateMirror(upstream, *files, log.policy(), nullptr);
    ASSERT_TRUE(report.ok()) << report.error().detail;
    evidence::Trust trust;
    trust.policy = log.policy();
    trust.genesis = tlog::LeafHash(AsBytes(log.Reader().Entry(0).value()));
    trust.ignore_conformance = true;
    if (!first.empty()) trust.pinned_checkpoint = first;
    verifier::MirrorDirectory directory(Path());
    verifier::CallerOnly workers;
    EXPECT_EQ(verifier::AuditLog(directory, trust, workers).exit_code, 0);
    if (first.empty()) first = directory.Checkpoint().value();
    const auto documents = FetchDocuments(upstream, *files, report->size);
    ASSERT_TRUE(documents.ok()) << documents.error().detail;
    EXPECT_EQ(documents->published, 2U);
    EXPECT_EQ(documents->fetched, n == 1 ? 2U : 0U);
    EXPECT_EQ(documents->missing, 0U);
  }
  for (const auto& entry : fs::directory_iterator(Path() + "/documents")) {
    const std::string text = sequencer::ReadFile(entry.path(), 1U << 20U).value();
    EXPECT_EQ(entry.path().filename(), EncodeHex(crypto::Sha256(AsBytes(text)).view()));
  }
}

}  // namespace
}  // namespace jejak::mirror
