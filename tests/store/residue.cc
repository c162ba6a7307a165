// SPDX-License-Identifier: Apache-2.0
#include "tests/store/residue.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/utilities/debug.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace jejak::store {
namespace {

void Must(const rocksdb::Status& status, const std::string& what) {
  if (!status.ok()) throw std::runtime_error(what + ": " + status.ToString());
}

std::string SeenInTable(const std::string& path, const Seen& seen) {
  rocksdb::SstFileReader table{rocksdb::Options()};
  const rocksdb::Status opened = table.Open(path);
  if (opened.IsCorruption()) return {};  // half written when a crash came: no more than its bytes
  Must(opened, path);
  std::string found;
  const std::unique_ptr<rocksdb::Iterator> it(table.NewIterator(rocksdb::ReadOptions()));
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    if (const std::string here = seen(it->key().ToString() + it->value().ToString()); !here.empty())
      found += path + ", unpacked: " + here + "\n";
  }
  Must(it->status(), path);
  return found;
}

std::string SeenInVersions(const std::string& db, const Seen& seen) {
  rocksdb::DB* opened = nullptr;
  Must(rocksdb::DB::OpenForReadOnly(rocksdb::Options(), db, &opened), db);
  const std::unique_ptr<rocksdb::DB> owned(opened);
  std::vector<rocksdb::KeyVersion> versions;
  Must(rocksdb::GetAllKeyVersions(opened, std::string(1, '\0'), std::string(64, '\xff'), SIZE_MAX,
                                  &versions),
       db);
  if (versions.empty()) throw std::runtime_error(db + " has no rows");
  std::string found;
  for (const rocksdb::KeyVersion& version : versions) {
    if (const std::string here = seen(version.user_key + version.value); !here.empty())
      found += db + ", version " + std::to_string(version.sequence) + ": " + here + "\n";
  }
  return found;
}

}  // namespace

std::string ResidueIn(const std::string& dir, const Seen& seen) {
  std::string found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(dir)) {
    if (!file.is_regular_file()) continue;
    const std::string path = file.path().string();
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (const std::string here = seen(bytes); !here.empty()) found += path + ": " + here + "\n";
    if (file.path().extension() == ".sst") found += SeenInTable(path, seen);
    if (file.path().filename() == "CURRENT")
      found += SeenInVersions(file.path().parent_path().string(), seen);
  }
  return found;
}

}  // namespace jejak::store
