// SPDX-License-Identifier: Apache-2.0
//
// Seeded single changes of a mirror of the golden log, through the program. What a change did tells
// the exit code: a file that is missing or no longer its format 3, another value 10, a cosignature
// lost 12; 0 only where what changed proves nothing. Never 11.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/note.h"
#include "ledger/tlog/tile.h"
#include "tests/evidence/golden.h"
#include "tests/support/temporary_directory.h"
#include "tests/verifier/program.h"
#include "tests/verifier/written_log.h"

namespace jejak::verifier::test {
namespace {

using Random = std::mt19937_64;

constexpr std::uint64_t kSeed = 20260105;

std::size_t Below(Random& random, std::size_t bound) { return random() % bound; }

// The golden mirror with the cosigned checkpoint, so that signatures of several kinds are there.
FileMap GoldenMirror() {
  FileMap files = ReadFiles(Vector("log"));
  files["checkpoint"] = evidence::test::ReadVector("checkpoint-cosigned");
  return files;
}

// A mirror on disk, of which one file at a time is another.
class Mirror {
 public:
  Mirror() : files_(GoldenMirror()) { WriteFiles(files_, directory_.path()); }

  const FileMap& files() const { return files_; }

  Outcome With(const std::string& path, const std::optional<std::string>& bytes) {
    if (bytes) {
      WriteFiles({{path, *bytes}}, directory_.path());
    } else {
      std::filesystem::remove(directory_ / path);
    }
    Outcome outcome = Audit();
    WriteFiles({{path, files_.at(path)}}, directory_.path());
    return outcome;
  }

  Outcome Audit(std::vector<std::string> flags = {}) const {
    flags.insert(flags.begin(), {"log", "--policy", Vector("policy-2-of-3"), "--jobs", "1",
                                 "--ignore-conformance"});
    flags.push_back(directory_.path());
    return RunProgram(flags);
  }

 private:
  TemporaryDirectory directory_;
  FileMap files_;
};

int ExpectCheckpoint(const std::string& before, const std::string& after) {
  const auto old_note = tlog::ParseNote(before);
  const auto note = tlog::ParseNote(after);
  if (!note.ok() || !tlog::ParseCheckpoint(note->text).ok()) return 3;
  if (note->text != old_note->text) return 10;
  // Line by line against the lines there were: the log's first, then two witnesses'.
  std::size_t intact = 0;
  for (const tlog::SignatureLine& was : old_note->signatures) {
    for (const tlog::SignatureLine& is : note->signatures) {
      const bool same_pair = is.name == was.name && is.key_id == was.key_id;
      if (same_pair && is.signature != was.signature) return 10;
      if (same_pair) {
        ++intact;
        break;
      }
    }
    if (was.name == "golden.jejak.example/1" && intact == 0) return 10;
  }
  return intact == old_note->signatures.size() ? 0 : 12;
}

std::uint16_t WidthOf(const std::string& path) { return tlog::ParseTilePath(path)->width; }

std::optional<std::vector<std::string>> EntriesOf(const std::string& path,
                                                  const std::string& bytes) {
  const auto entries = tlog::ParseBundle(AsBytes(bytes), WidthOf(path));
  if (!entries.ok()) return std::nullopt;
  std::vector<std::string> texts;
  for (const ByteView entry : *entries) texts.emplace_back(AsText(entry));
  return texts;
}

int Expect(const std::string& path, const std::string& before, const std::string& after) {
  if (path == "checkpoint") return ExpectCheckpoint(before, after);
  if (before == after) return 0;
  if (path.starts_with("tile/entries/")) return EntriesOf(path, after) ? 10 : 3;
  return after.size() == before.size() ? 10 : 3;
}

std::string ChangeByte(const std::string& bytes, Random& random) {
  static constexpr std::string_view kLikely = "0123456789abcABC=+/ \"\\{}[],:\n-";
  std::string out = bytes;
  const std::size_t at = Below(random, out.size());
  switch (Below(random, 6)) {
    case 0:
    case 1:
      out[at] = static_cast<char>(random());
      break;
    case 2:
      out[at] = kLikely[Below(random, kLikely.size())];
      break;
    case 3:
      out.erase(at, 1);
      break;
    case 4:
      out.insert(at, 1, out[at]);
      break;
    default:
      if (at + 1 < out.size()) std::swap(out[at], out[at + 1]);
  }
  return out;
}

// One entry of a bundle changed, dropped, doubled or moved; the lengths fit again.
std::string ChangeEntry(const std::string& path, const std::string& bytes, Random& random) {
  std::vector<std::string> entries = *EntriesOf(path, bytes);
  const std::size_t at = Below(random, entries.size());
  switch (Below(random, 5)) {
    case 0:
      entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(at), entries[at]);
      break;
    case 2:
      std::swap(entries[at], entries[Below(random, entries.size())]);
      break;
    default:
      entries[at] = ChangeByte(entries[at], random);
  }
  Bytes out;
  for (const std::string& entry : entries) {
    if (entry.empty()) continue;
    EXPECT_TRUE(tlog::AppendBundleEntry(out, AsBytes(entry)).ok());
  }
  return std::string(AsText(out));
}

TEST(LogTampering, RandomSingleChanges) {
  std::printf("seed %llu\n", static_cast<unsigned long long>(kSeed));
  Random random(kSeed);
  Mirror mirror;
  ASSERT_EQ(mirror.Audit().exit_code, 0) << mirror.Audit().out;
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : mirror.files()) paths.push_back(path);
  std::map<int, int> seen;
  std::map<std::string, int> changed;
  for (int round = 0; round < 640; ++round) {
    const std::string& path = paths[static_cast<std::size_t>(round) % paths.size()];
    const std::string& before = mirror.files().at(path);
    const bool entry = path.starts_with("tile/entries/") && Below(random, 3) != 0;
    const std::string after =
        entry ? ChangeEntry(path, before, random) : ChangeByte(before, random);
    const int expected = Expect(path, before, after);
    const Outcome outcome = mirror.With(path, after);
    ASSERT_EQ(outcome.exit_code, expected) << "round " << round << " " << path << "\n"
                                           << outcome.out << outcome.err;
    ++seen[expected];
    if (expected != 0) ++changed[path];
  }
  for (const std::string& path : paths) EXPECT_GT(changed[path], 50) << path;
  EXPECT_GT(seen[10], 250);
  EXPECT_GT(seen[3], 100);
  EXPECT_GT(seen[12], 3);
  EXPECT_LT(seen[0], 60);
}

TEST(LogTampering, MissingAndShortFilesAreNamed) {
  Mirror mirror;
  for (const auto& [path, bytes] : mirror.files()) {
    const Outcome missing = mirror.With(path, std::nullopt);
    EXPECT_EQ(missing.exit_code, 3) << path;
    EXPECT_NE(missing.out.find(path + " does not exist"), std::string::npos) << missing.out;
    EXPECT_EQ(mirror.With(path, "").exit_code, 3) << path;
    EXPECT_EQ(mirror.With(path, bytes + bytes).exit_code, 3) << path;
    EXPECT_EQ(mirror.With(path, bytes.substr(0, bytes.size() - 1)).exit_code, 3) << path;
  }
}

TEST(LogTampering, AChangedTileAndAChangedEntryAreToldApart) {
  Mirror mirror;
  std::string tile = mirror.files().at("tile/0/000");
  tile[32 * 17 + 5] ^= 1;
  const Outcome tiles = mirror.With("tile/0/000", tile);
  EXPECT_EQ(tiles.exit_code, 10);
  EXPECT_NE(tiles.out.find("NOT intact: tile/0/000: hash 17 is not the one that the entries give"),
            std::string::npos)
      << tiles.out;
  EXPECT_NE(tiles.out.find("the entries give the checkpoint's root"), std::string::npos);
  std::string bundle = mirror.files().at("tile/entries/000");
  bundle[bundle.find("\nindex 29\n") + 40] ^= 1;
  const Outcome entry = mirror.With("tile/entries/000", bundle);
  EXPECT_EQ(entry.exit_code, 10);
  EXPECT_NE(entry.out.find("NOT intact: entry "), std::string::npos) << entry.out;
  EXPECT_NE(entry.out.find("tile/0/000: hash 29 is not"), std::string::npos) << entry.out;
  EXPECT_NE(entry.out.find("the entries don't give the checkpoint's root"), std::string::npos);
}

TEST(LogTampering, PinnedCheckpoints) {
  Mirror mirror;
  EXPECT_EQ(mirror.Audit({"--pinned", Vector("pinned-checkpoint")}).exit_code, 0);
  EXPECT_EQ(mirror.Audit({"--pinned", Vector("log/checkpoint")}).exit_code, 0);
  // An older genuine checkpoint in the mirror than the one that is pinned.
  const TemporaryDirectory directory;
  FileMap files = ReadFiles(Vector("log"));
  files["checkpoint"] = evidence::test::ReadVector("pinned-checkpoint");
  WriteFiles(files, directory.path());
  const Outcome older = RunProgram({"log", "--policy", Vector("policy"), "--ignore-conformance",
                                    "--pinned", Vector("log/checkpoint"), directory.path()});
  EXPECT_EQ(older.exit_code, 12);
  EXPECT_NE(older.out.find("the pinned checkpoint of size 333 is newer than the evidence"),
            std::string::npos)
      << older.out;
}

TEST(LogTampering, WiderTilesThanTheCheckpointAsksForAreCut) {
  const TemporaryDirectory directory;
  FileMap files = ReadFiles(Vector("log"));
  files["checkpoint"] = evidence::test::ReadVector("pinned-checkpoint");
  WriteFiles(files, directory.path());
  const auto audit = [&] {
    return RunProgram(
        {"log", "--policy", Vector("policy"), "--ignore-conformance", directory.path()});
  };
  const Outcome outcome = audit();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  EXPECT_NE(outcome.out.find("39 entries and seals stand rightly"), std::string::npos);
  std::string tile = files.at("tile/0/000");
  tile[32 * 38] ^= 1;
  WriteFiles({{"tile/0/000", tile}}, directory.path());
  EXPECT_EQ(audit().exit_code, 10);
}

}  // namespace
}  // namespace jejak::verifier::test
