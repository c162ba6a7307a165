// SPDX-License-Identifier: Apache-2.0
#include "tests/record/golden.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "ledger/base/text.h"
#include "ledger/crypto/sign.h"
#include "ledger/record/seal.h"

namespace jejak::record::golden {
namespace {

constexpr std::string_view kCase = "5MG3Z0FSDG8122AFHMEK5J0EY2";

tlog::VerifierKey KeyNamed(std::string name, std::uint8_t seed_byte) {
  const Bytes seed(32, seed_byte);
  return {std::move(name), tlog::kEd25519Key, crypto::SecretKey::FromSeed(seed).public_key()};
}

}  // namespace

std::string ReadVector(const std::string& path) {
  std::ifstream in(std::string(JEJAK_SOURCE_DIR "/tests/vectors/jejak/") + path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

nlohmann::json ReadJson(const std::string& path) { return nlohmann::json::parse(ReadVector(path)); }

const std::vector<std::string>& Leaves() {
  static const std::vector<std::string> leaves = [] {
    std::vector<std::string> all;
    for (const char* path : {"log/tile/entries/000", "log/tile/entries/001.p/77"}) {
      const std::string bundle = ReadVector(path);
      for (std::size_t at = 0; at + 2 <= bundle.size();) {
        const std::size_t size = LoadU16(AsBytes(bundle).data() + at);
        all.push_back(bundle.substr(at + 2, size));
        at += 2 + size;
      }
    }
    EXPECT_EQ(all.size(), 333u);
    return all;
  }();
  return leaves;
}

const std::vector<std::string>& Notes() {
  static const std::vector<std::string> notes = [] {
    std::vector<std::string> all;
    for (const std::string& leaf : Leaves()) {
      if (!LooksLikeSeal(leaf)) all.push_back(leaf.substr(leaf.find("\n\n") + 2));
    }
    EXPECT_EQ(all.size(), 276u);
    return all;
  }();
  return notes;
}

ActionFields SomeFields() {
  ActionFields fields;
  fields.log = "golden.jejak.example/1";
  fields.stream = {StreamKind::kCase, std::string(kCase)};
  fields.under = ActionFields::Under{"golden", {}};
  fields.position = PositionKind::kSeen;
  fields.position_count = 3;
  fields.position_root.bytes.fill(7);
  fields.type = "case.rebind";
  fields.about = {"P044", "P045"};
  fields.at = *ParseAt("2026-06-19T09:30:00+07:00");
  fields.until = *ParseAt("2026-06-26T09:30:00-02:30");
  fields.parties = {{"reporter", KeyNamed(std::string(kCase) + "/reporter", 1)},
                    {"officer", KeyNamed(std::string(kCase) + "/P044", 2)}};
  fields.by = {{"inspektorat.example/p-41", "ketua_tim"},
               {std::string(kCase) + "/reporter", "reporter"},
               {std::string(kCase) + "/P044", "-"}};
  fields.body_form = BodyForm::kCommitted;
  fields.body_commitment.bytes.fill(9);
  return fields;
}

std::string NoteOf(const ActionFields& fields) {
  const auto text = EncodeActionText(fields);
  EXPECT_TRUE(text.ok()) << text.error().detail;
  return text.ok() ? SignedWithZeros(*text) : std::string();
}

std::string Replaced(std::string text, std::string_view line, std::string_view with) {
  const std::string found = std::string("\n").append(line);
  const std::size_t begin = text.find(found);
  EXPECT_NE(begin, std::string::npos) << line;
  const std::size_t end = text.find('\n', begin + 1);
  return text.replace(begin + 1, end - begin - (with.empty() ? 0 : 1), with);
}

std::string SignedWithZeros(std::string_view text) {
  std::string note = std::string(text).append("\n");
  LineReader lines(text);
  while (auto line = lines.Next()) {
    if (!TakePrefix(*line, "by ")) continue;
    const std::string name(line->substr(0, line->find(' ')));
    note.append("\u2014 ").append(name).append(" ").append(EncodeBase64(Bytes(68))).append("\n");
  }
  return note;
}

}  // namespace jejak::record::golden
