// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/receipt_code.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "ledger/crypto/sign.h"
#include "tests/record/golden.h"

namespace jejak::record {
namespace {

using Symbols = std::array<std::uint8_t, kRandomReceiptSymbols>;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const nlohmann::json& Vectors() {
  static const nlohmann::json vectors = golden::ReadJson("receipt_code.json");
  return vectors;
}

TEST(ReceiptCode, DerivesWhatAnotherImplementationDerives) {
  for (const auto& row : Vectors()["codes"]) {
    const ReceiptCode code = CodeFrom(row["symbols"].get<Symbols>());
    const std::string origin = row["origin"];
    EXPECT_EQ(code.canonical(), row["canonical"]);
    EXPECT_EQ(Format(code), row["printed"]);
    EXPECT_EQ(LookupTag(code, origin), row["tag"]);
    EXPECT_TRUE(IsLookupTag(LookupTag(code, origin)));
    const Digest seed = PartySeed(code, origin);
    EXPECT_EQ(EncodeHex(seed.view()), row["seed"]);
    const auto secret = crypto::SecretKey::FromSeed(seed.view());
    EXPECT_EQ(EncodeHex(secret.public_key().view()), row["public_key"]);
    EXPECT_TRUE(crypto::IsStrongKey(secret.public_key()));
  }
  EXPECT_GE(Vectors()["codes"].size(), 5u);
}

TEST(ReceiptCode, ReadsWhatPeopleType) {
  for (const auto& row : Vectors()["accepted"]) {
    const auto code = ParseReceiptCode(row["typed"].get<std::string>());
    ASSERT_TRUE(code.ok()) << row << code.error().detail;
    EXPECT_EQ(code->canonical(), row["canonical"]);
  }
  for (const auto& row : Vectors()["refused"]) {
    const auto code = ParseReceiptCode(row.get<std::string>());
    ASSERT_FALSE(code.ok()) << row;
    EXPECT_EQ(code.error().code, Code::kMalformed);
  }
}

TEST(ReceiptCode, ErrorsShowNothingOfTheCode) {
  for (const auto& row : Vectors()["refused"]) {
    const std::string typed = row;
    const std::string detail = ParseReceiptCode(typed).error().detail;
    if (typed.size() > 4) {
      EXPECT_EQ(detail.find(typed.substr(0, 4)), std::string::npos) << detail;
    }
    EXPECT_FALSE(detail.empty());
  }
  EXPECT_EQ(ParseReceiptCode("7KQ2-M4U").error().detail,
            "letter or digit 7 of the code is none that codes have");
}

TEST(ReceiptCode, EverySingleSubstitutionIsCaught) {
  const std::string good = Vectors()["codes"][0]["canonical"];
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char symbol : kAlphabet) {
      std::string typed = good;
      typed[at] = symbol;
      EXPECT_EQ(ParseReceiptCode(typed).ok(), typed == good) << at << symbol;
    }
  }
}

// Of all pairs of symbols at each adjacent pair of places: the check is linear, so what stands
// elsewhere does not matter and one code is enough.
TEST(ReceiptCode, EveryAdjacentTranspositionIsCaught) {
  for (std::size_t at = 0; at + 2 < kReceiptSymbols; ++at) {
    for (std::uint8_t left = 0; left < 32; ++left) {
      for (std::uint8_t right = 0; right < 32; ++right) {
        Symbols symbols{3, 14, 15, 9, 2, 6};
        symbols[at] = left;
        symbols[at + 1] = right;
        std::string typed = CodeFrom(symbols).canonical();
        std::swap(typed[at], typed[at + 1]);
        EXPECT_EQ(ParseReceiptCode(typed).ok(), left == right) << at;
      }
    }
  }
}

TEST(ReceiptCode, EverySwapOfTwoPlacesIsCaughtTheCheckSymbolIncluded) {
  const std::string good = Vectors()["codes"][0]["canonical"];
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (std::size_t j = i + 1; j < good.size(); ++j) {
      std::string typed = good;
      std::swap(typed[i], typed[j]);
      EXPECT_EQ(ParseReceiptCode(typed).ok(), typed == good) << i << "," << j;
    }
  }
}

TEST(ReceiptCode, ThirtyTwoCodesOfAThousandAndTwentyFourFit) {
  std::string typed(kReceiptSymbols, '0');
  std::size_t fit = 0;
  for (const char first : kAlphabet) {
    for (const char last : kAlphabet) {
      typed[4] = first;
      typed[19] = last;
      fit += ParseReceiptCode(typed).ok();
    }
  }
  EXPECT_EQ(fit, 32u);
}

TEST(ReceiptCode, LogsShareNeitherTagsNorKeys) {
  const ReceiptCode code = CodeFrom(Symbols{1});
  EXPECT_NE(LookupTag(code, "a.example/1"), LookupTag(code, "a.example/2"));
  EXPECT_NE(PartySeed(code, "a.example/1"), PartySeed(code, "a.example/2"));
  EXPECT_FALSE(IsLookupTag("KVH8QJ68Y39FPMNFJ38F"));
  EXPECT_FALSE(IsLookupTag("kvh8qj68y39fpmnfj38"));
  EXPECT_FALSE(IsLookupTag("kvh8qj68y39fpmnfj38u"));
}

}  // namespace
}  // namespace jejak::record
