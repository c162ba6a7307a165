// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/tlog_proof.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"

namespace jejak::tlog {
namespace {

const std::string kFirst = "c2sp.org/tlog-proof@v1\n";
const std::string kHash = "wMZ9ghmgOTdUWFftwfdjfLsI6ZKqKuf3FZiCVOhYSrc=";

TEST(TlogProof, RoundTrip) {
  const std::string text =
      kFirst + "extra AAEC\nindex 27\n" + kHash + "\n" + kHash + "\n\na\n1\n…\n\nx";
  const TlogProof proof = ParseTlogProof(text).value();
  EXPECT_EQ(proof.extra, (Bytes{0, 1, 2}));
  EXPECT_EQ(proof.index, 27U);
  EXPECT_EQ(proof.path.size(), 2U);
  EXPECT_EQ(proof.checkpoint, "a\n1\n…\n\nx") << "verbatim";
  EXPECT_EQ(EncodeTlogProof(proof), text);
}

TEST(TlogProof, OfATreeOfOneHasNoHashesAndNoExtra) {
  const std::string text = kFirst + "index 0\n\ncheckpoint";
  const TlogProof proof = ParseTlogProof(text).value();
  EXPECT_FALSE(proof.extra.has_value());
  EXPECT_TRUE(proof.path.empty());
  EXPECT_EQ(EncodeTlogProof(proof), text);
}

TEST(TlogProof, EncodesNoEmptyExtra) {
  TlogProof proof{Bytes{}, 1, {}, "c"};
  EXPECT_EQ(EncodeTlogProof(proof), kFirst + "index 1\n\nc");
}

TEST(TlogProof, RefusesWhatIsNotItsOneSpelling) {
  const std::pair<const char*, std::string> rows[] = {
      {"empty", ""},
      {"another version", "c2sp.org/tlog-proof@v2\nindex 0\n\nc"},
      {"a carriage return", "c2sp.org/tlog-proof@v1\r\nindex 0\n\nc"},
      {"no index", kFirst + "\nc"},
      {"no index but a hash", kFirst + kHash + "\n\nc"},
      {"extra after the index", kFirst + "index 0\nextra AAEC\n\nc"},
      {"extra twice", kFirst + "extra AAEC\nextra AAEC\nindex 0\n\nc"},
      {"empty extra", kFirst + "extra \nindex 0\n\nc"},
      {"extra without padding", kFirst + "extra AAE\nindex 0\n\nc"},
      {"extra with unused bits", kFirst + "extra AAF=\nindex 0\n\nc"},
      {"a leading zero", kFirst + "index 00\n\nc"},
      {"a sign", kFirst + "index -1\n\nc"},
      {"no number", kFirst + "index \n\nc"},
      {"two spaces", kFirst + "index  1\n\nc"},
      {"an index of 2^53", kFirst + "index 9007199254740992\n\nc"},
      {"a short hash", kFirst + "index 0\n" + kHash.substr(4) + "\n\nc"},
      {"a hash with a space after", kFirst + "index 0\n" + kHash + " \n\nc"},
      {"no blank line", kFirst + "index 0\n" + kHash + "\n"},
      {"no blank line nor end", kFirst + "index 0\n" + kHash},
      {"no checkpoint", kFirst + "index 0\n\n"},
  };
  for (const auto& [what, text] : rows) EXPECT_FALSE(ParseTlogProof(text).ok()) << what;
}

TEST(TlogProof, HoldsAtMost63Hashes) {
  TlogProof proof{std::nullopt, 0, std::vector<Digest>(63), "c"};
  EXPECT_EQ(ParseTlogProof(EncodeTlogProof(proof)).value(), proof);
  proof.path.emplace_back();
  EXPECT_FALSE(ParseTlogProof(EncodeTlogProof(proof)).ok());
}

}  // namespace
}  // namespace jejak::tlog
