// SPDX-License-Identifier: Apache-2.0
#include "ledger/base/text.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <random>

#include "ledger/base/unicode.h"

namespace jejak {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

std::string Text(const Result<Bytes>& bytes) {
  return bytes.ok() ? std::string(AsText(*bytes)) : "refused";
}

TEST(Utf8, AcceptsTheShortestFormOfEveryCharacterAndNothingElse) {
  for (char32_t c = 0; c <= 0x110000; c += c < 0x3000 ? 1 : 7) {
    std::string text = "abcdefgh";
    AppendUtf8(text, c);
    const bool valid = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    ASSERT_EQ(IsUtf8(text), valid) << std::hex << static_cast<unsigned>(c);
    std::size_t at = 8;
    if (valid) {
      ASSERT_EQ(DecodeUtf8(text, at), c);
      ASSERT_EQ(at, text.size());
    }
    ASSERT_FALSE(IsUtf8(text.substr(0, text.size() - 1)) && c >= 0x80);
  }
}

TEST(Utf8, RefusesEveryTwoByteSequenceThatIsNone) {
  int accepted = 0;
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      accepted += IsUtf8(std::string{static_cast<char>(a), static_cast<char>(b)});
    }
  }
  EXPECT_EQ(accepted, 128 * 128 + (0xDF - 0xC2 + 1) * 64);
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatLiesAbove) {
  for (const auto text : {"\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv,
                          "\xED\xBF\xBF"sv, "\xF0\x8F\xBF\xBF"sv, "\xF4\x90\x80\x80"sv,
                          "\xF5\x80\x80\x80"sv, "\x80"sv, "\xE2\x82"sv, "\xFF"sv}) {
    EXPECT_FALSE(IsUtf8(text)) << EncodeHex(AsBytes(text));
    EXPECT_FALSE(IsUtf8("0123456789"s + std::string(text) + "0123456789"));
  }
  EXPECT_TRUE(IsUtf8("\xEF\xBB\xBF\xF4\x8F\xBF\xBF"sv));
}

TEST(Utf8, CountsCodePoints) {
  EXPECT_EQ(CountCodePoints(""), 0u);
  EXPECT_EQ(CountCodePoints("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 4u);
}

TEST(Unicode, NamesTheCharactersThatFakeAScreenAndNoOthers) {
  std::size_t faking = 0, noncharacters = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    faking += FakesScreen(c);
    noncharacters += IsNoncharacter(c);
  }
  EXPECT_EQ(faking, 33u + 1 + 5 + 7 + 10 + 1);
  EXPECT_EQ(noncharacters, 66u);
  for (const char32_t c : std::initializer_list<char32_t>{0x7F, 0x9F, 0x61C, 0x200B, 0x200F, 0x2028,
                                                          0x202E, 0x2060, 0x2069, 0xFEFF}) {
    EXPECT_TRUE(FakesScreen(c)) << std::hex << static_cast<unsigned>(c);
  }
  for (const char32_t c : std::initializer_list<char32_t>{0x7E, 0xA0, 0x200A, 0x2010, 0x2027,
                                                          0x202F, 0x205F, 0x206A}) {
    EXPECT_FALSE(FakesScreen(c)) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Hex, ReadsLowerCasePairsOnly) {
  EXPECT_EQ(EncodeHex(AsBytes("\x00\xab\xff"sv)), "00abff");
  EXPECT_EQ(Text(ParseHex("00abff")), "\x00\xab\xff"s);
  EXPECT_EQ(Text(ParseHex("")), "");
  for (const auto text : {"0", "0A", "0g", " 0", "0x", "a\n"}) {
    EXPECT_FALSE(ParseHex(text).ok()) << text;
  }
}

TEST(Base64, KeepsTheVectorsOfRfc4648) {
  const std::pair<const char*, const char*> kVectors[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : kVectors) {
    EXPECT_EQ(EncodeBase64(AsBytes(plain)), encoded);
    std::string longer = "before ";
    AppendBase64(longer, AsBytes(plain));
    EXPECT_EQ(longer, "before " + std::string(encoded));
    EXPECT_EQ(Text(ParseBase64(encoded)), plain);
  }
}

TEST(Base64, RefusesEveryOtherTextOfTheSameBytes) {
  for (const auto text :
       {"Zg=", "Zg", "Zh==", "Zm9=", "Zg===", "====", "=", "A===", "Zg==\n",
        " Zg==", "Zg==Zg==", "Zm9v=", "Z-9v", "Z_9v", "Z=9v", "Zm=v", "=m9v", "Zm9vZg=A"}) {
    EXPECT_FALSE(ParseBase64(text).ok()) << text;
  }
}

TEST(Base64, ReadsExactlyWhatItWrites) {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 200; ++size) {
    Bytes bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    const std::string text = EncodeBase64(bytes);
    const auto parsed = ParseBase64(text);
    ASSERT_TRUE(parsed.ok());
    ASSERT_EQ(*parsed, bytes);
    // Any other character anywhere is another value or none, never the same bytes.
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string changed = text;
      changed[i] = static_cast<char>(random());
      const auto other = ParseBase64(changed);
      ASSERT_FALSE(changed != text && other.ok() && *other == bytes) << changed;
    }
  }
}

TEST(Hash, IsTheBase64OfExactly32Bytes) {
  Digest digest;
  for (std::size_t i = 0; i < 32; ++i) digest.bytes[i] = static_cast<std::uint8_t>(255 - i);
  const std::string text = EncodeHash(digest);
  EXPECT_EQ(text.size(), 44u);
  const auto parsed = ParseHash(text);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(*parsed, digest);
  EXPECT_FALSE(ParseHash(text + "=").ok());
  EXPECT_FALSE(ParseHash(text.substr(0, 43)).ok());
  EXPECT_FALSE(ParseHash(EncodeBase64(Bytes(31))).ok());
  EXPECT_FALSE(ParseHash(EncodeBase64(Bytes(33))).ok());
  std::string unused_bit = EncodeHash(Digest{});
  unused_bit[42] = 'B';
  EXPECT_FALSE(ParseHash(unused_bit).ok());
}

TEST(Decimal, HasOneFormPerNumberUpTo2To53) {
  const std::pair<const char*, std::uint64_t> kGood[] = {
      {"0", 0}, {"1", 1}, {"10", 10}, {"9007199254740991", kMaxDecimal}};
  for (const auto& [text, value] : kGood) {
    const auto parsed = ParseDecimal(text);
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(*parsed, value);
  }
  for (const auto text :
       {"", "00", "01", "+1", "-1", "-0", " 1", "1 ", "1.0", "1e3", "0x1", "a", "9007199254740992",
        "9999999999999999", "18446744073709551616", "10000000000000000", "1\n", "/", ":"}) {
    EXPECT_FALSE(ParseDecimal(text).ok()) << text;
  }
}

TEST(LineReader, TakesOnlyWhatEndsWithLf) {
  LineReader lines("a\n\nb\r\nrest");
  EXPECT_EQ(lines.Next(), "a");
  EXPECT_EQ(lines.Next(), "");
  EXPECT_EQ(lines.Next(), "b\r");
  EXPECT_EQ(lines.Next(), std::nullopt);
  EXPECT_EQ(lines.rest(), "rest");
  EXPECT_FALSE(lines.done());
  EXPECT_TRUE(LineReader("").done());
  std::string_view text = "log x";
  EXPECT_FALSE(TakePrefix(text, "logs"));
  EXPECT_TRUE(TakePrefix(text, "log "));
  EXPECT_EQ(text, "x");
}

TEST(Bytes, AreBigEndian) {
  Bytes bytes;
  AppendU16(bytes, 0x0102);
  AppendU64(bytes, 0x030405060708090A);
  EXPECT_EQ(EncodeHex(bytes), "0102030405060708090a");
  EXPECT_EQ(LoadU16(bytes.data()), 0x0102);
  EXPECT_EQ(LoadU64(bytes.data() + 2), 0x030405060708090Au);
}

TEST(Bytes, DigestsHave32AndAreOrderedAsUnsigned) {
  EXPECT_FALSE(DigestFromBytes(Bytes(31)).ok());
  EXPECT_FALSE(DigestFromBytes(Bytes(33)).ok());
  const auto low = DigestFromBytes(Bytes(32, 0x7F)), high = DigestFromBytes(Bytes(32, 0x80));
  ASSERT_TRUE(low.ok() && high.ok());
  EXPECT_LT(*low, *high);
  EXPECT_NE(DigestHash()(*low), DigestHash()(*high));
}

}  // namespace
}  // namespace jejak
