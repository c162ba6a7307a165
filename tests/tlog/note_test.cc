// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/note.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"

namespace jejak::tlog {
namespace {

// From the tests of Go's note package: made by others, so a key, an id and a signature that agree
// with theirs.
constexpr char kPeterKey[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr char kPeterNote[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
    "KE6RyyBwJnAM=\n";

crypto::SecretKey Key(std::uint8_t seed) { return crypto::SecretKey::FromSeed(Bytes(32, seed)); }

VerifierKey Public(std::uint8_t seed, std::string name) {
  return {std::move(name), kEd25519Key, Key(seed).public_key()};
}

std::string Signed(std::string_view text, std::uint8_t seed, std::string_view name) {
  return EncodeNote({std::string(text), {SignNote(text, name, Key(seed))}});
}

TEST(Note, VectorOfTheGoPackageVerifies) {
  const VerifierKey key = ParseVerifierKey(kPeterKey, kEd25519Key).value();
  EXPECT_EQ(EncodeVerifierKey(key), kPeterKey);
  EXPECT_EQ(key.id(), 0xc74f20a3U);
  const Note note = ParseNote(kPeterNote).value();
  EXPECT_EQ(EncodeNote(note), kPeterNote);
  const SignatureVerdict verdict = VerifySignatures(note, {&key, 1});
  EXPECT_FALSE(verdict.failed);
  EXPECT_EQ(verdict.verified.size(), 1U);
}

TEST(Note, VectorOfTheSpecificationParses) {
  const std::string bytes =
      "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito "
      "sera.\n\n"
      "— quasimodo.example/salvatore "
      "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0"
      "xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
  const Note note = ParseNote(bytes).value();
  EXPECT_TRUE(note.text.ends_with(":\n\ned è subito sera.\n")) << "cut at the last blank line";
  EXPECT_EQ(note.signatures[0].name, "quasimodo.example/salvatore");
  EXPECT_EQ(note.signatures[0].key_id, 0x367ba04bU);
  EXPECT_EQ(note.signatures[0].signature.size(), 64U);
  EXPECT_EQ(EncodeNote(note), bytes);
}

TEST(Note, SignsAndVerifies) {
  const VerifierKey key = Public(1, "example.com/a");
  const Note note = ParseNote(Signed("hello\n", 1, "example.com/a")).value();
  EXPECT_EQ(note.text, "hello\n");
  EXPECT_TRUE(VerifySignature(note.text, key, note.signatures[0].signature));
  EXPECT_FALSE(VerifySignature("hello", key, note.signatures[0].signature));
  EXPECT_FALSE(
      VerifySignature(note.text, Public(2, "example.com/a"), note.signatures[0].signature));
  EXPECT_FALSE(VerifySignature(note.text, key, ByteView(note.signatures[0].signature).first(63)));
  VerifierKey other_type = key;
  other_type.type = kCosignatureKey;
  EXPECT_FALSE(VerifySignature(note.text, other_type, note.signatures[0].signature));
  other_type.type = 2;
  EXPECT_FALSE(VerifySignature(note.text, other_type, note.signatures[0].signature));
}

TEST(Note, RefusesWhatIsNotExactlyANote) {
  const std::string line = EncodeSignatureLine(SignNote("t\n", "a", Key(1)));
  const std::string good = "t\n\n" + line;
  ASSERT_TRUE(ParseNote(good).ok());
  EXPECT_TRUE(ParseNote("\n\n" + line).ok()) << "a text of one empty line";
  EXPECT_TRUE(ParseNote("a\x7f\xC2\x85\n\n" + line).ok()) << "DEL and C1 controls are allowed";

  const std::string b64 = line.substr(line.rfind(' ') + 1);
  const std::string dash = "\xE2\x80\x94 ";
  const std::pair<const char*, std::string> rows[] = {
      {"empty", ""},
      {"no blank line", "t\n" + line},
      {"no text", "\n" + line},
      {"no signature", "t\n\n"},
      {"no final line feed", good.substr(0, good.size() - 1)},
      {"no line feed after the second line", good + line.substr(0, line.size() - 1)},
      {"a blank line after", good + "\n"},
      {"something after", good + "x\n"},
      {"carriage returns", "t\r\n\r\n" + line},
      {"a tab", "t\t\n\n" + line},
      {"a NUL", std::string("t\0\n\n", 4) + line},
      {"not UTF-8", "t\xff\n\n" + line},
      {"a surrogate", "t\xED\xA0\x80\n\n" + line},
      {"an en dash", "t\n\n\xE2\x80\x93 a " + b64},
      {"a hyphen", "t\n\n- a " + b64},
      {"no space after the dash",
       "t\n\n\xE2\x80\x94"
       "a " +
           b64},
      {"no name", "t\n\n" + dash + " " + b64},
      {"no signature value", "t\n\n" + dash + "a \n"},
      {"no space before the value", "t\n\n" + dash + "a\n"},
      {"a plus in the name", "t\n\n" + dash + "a+b " + b64},
      {"a wide space in the name", "t\n\n" + dash +
                                       "a\xE3\x80\x80"
                                       "b " +
                                       b64},
      {"two spaces", "t\n\n" + dash + "a  " + b64},
      {"a space at the end", "t\n\n" + dash + "a " + b64.substr(0, b64.size() - 1) + " \n"},
      {"a key id alone", "t\n\n" + dash + "a AAAAAA==\n"},
      {"no padding", "t\n\n" + dash + "a AAAAAAA\n"},
      {"unused bits", "t\n\n" + dash + "a AAAAAAB=\n"},
  };
  for (const auto& [what, bytes] : rows) EXPECT_FALSE(ParseNote(bytes).ok()) << what;
  EXPECT_TRUE(ParseNote("t\n\n" + dash + "a AAAAAAA=\n").ok()) << "the shortest signature";
}

TEST(Note, HoldsOneToAHundredSignatureLines) {
  const SignatureLine line{"a", 1, Bytes{1}};
  Note note{"t\n", {}};
  for (std::size_t i = 0; i < kMaxSignatureLines; ++i) note.signatures.push_back(line);
  EXPECT_EQ(ParseNote(EncodeNote(note)).value(), note);
  note.signatures.push_back(line);
  EXPECT_FALSE(ParseNote(EncodeNote(note)).ok());
}

TEST(Note, SignerNames) {
  for (const char* name : {"a", "example.com/x", "caf\xC3\xA9", "a\x7f", "\xE2\x80\x94"}) {
    EXPECT_TRUE(IsSignerName(name)) << name;
  }
  const std::string spaces[] = {"\x09",         "\x0A",
                                "\x0B",         "\x0C",
                                "\x0D",         " ",
                                "\xC2\x85",     "\xC2\xA0",
                                "\xE1\x9A\x80", "\xE2\x80\x80",
                                "\xE2\x80\x81", "\xE2\x80\x82",
                                "\xE2\x80\x83", "\xE2\x80\x84",
                                "\xE2\x80\x85", "\xE2\x80\x86",
                                "\xE2\x80\x87", "\xE2\x80\x88",
                                "\xE2\x80\x89", "\xE2\x80\x8A",
                                "\xE2\x80\xA8", "\xE2\x80\xA9",
                                "\xE2\x80\xAF", "\xE2\x81\x9F",
                                "\xE3\x80\x80", "+",
                                "\x01",         "\xff"};
  for (const std::string& space : spaces) {
    EXPECT_FALSE(IsSignerName("a" + space + "b")) << EncodeHex(AsBytes(space));
  }
  EXPECT_FALSE(IsSignerName(""));
}

TEST(VerifierKey, RefusesWhatIsNotItsOneSpelling) {
  const std::string good = EncodeVerifierKey(Public(1, "example.com/a"));
  ASSERT_TRUE(ParseVerifierKey(good, kEd25519Key).ok());
  EXPECT_FALSE(ParseVerifierKey(good, kCosignatureKey).ok()) << "another type";
  const std::string id = good.substr(good.find('+') + 1, 8);
  const std::string b64 = good.substr(good.rfind(id) + 9);
  std::string upper = id;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  const std::pair<const char*, std::string> rows[] = {
      {"empty", ""},
      {"a name alone", "example.com/a"},
      {"no key", "example.com/a+" + id},
      {"another name", "example.com/b+" + id + "+" + b64},
      {"no name", "+" + id + "+" + b64},
      {"a space in the name", "example.com /a+" + id + "+" + b64},
      {"upper case id", "example.com/a+" + upper + "+" + b64},
      {"a short id", "example.com/a+" + id.substr(2) + "+" + b64},
      {"another id", "example.com/a+00000000+" + b64},
      {"no padding", good.substr(0, good.size() - 1)},
      {"a longer key", good + "AAAA"},
      {"a space after", good + " "},
      {"another type byte under this type's id", "example.com/a+" + id + "+B" + b64.substr(1)},
  };
  for (const auto& [what, vkey] : rows) {
    EXPECT_FALSE(ParseVerifierKey(vkey, kEd25519Key).ok()) << what;
  }
}

TEST(VerifierKey, NamesOfLogsAreKeyNamesAndThoseOfWitnessesAreTheirOwn) {
  const VerifierKey log{"caf\xC3\xA9", kEd25519Key, Key(1).public_key()};
  const VerifierKey witness{"caf\xC3\xA9", kCosignatureKey, Key(1).public_key()};
  EXPECT_FALSE(ParseVerifierKey(EncodeVerifierKey(log), kEd25519Key).ok());
  EXPECT_EQ(ParseVerifierKey(EncodeVerifierKey(witness), kCosignatureKey).value(), witness);
  EXPECT_NE(log.id(), witness.id()) << "the type is part of the id";
}

TEST(VerifierKey, Base64MayHoldAPlus) {
  for (std::uint8_t seed = 0; seed < 255; ++seed) {
    const std::string vkey = EncodeVerifierKey(Public(seed, "a"));
    EXPECT_EQ(ParseVerifierKey(vkey, kEd25519Key).value(), Public(seed, "a")) << vkey;
  }
}

TEST(Signatures, UnknownPairsAreIgnored) {
  const VerifierKey a = Public(1, "a");
  const SignatureLine same_name{"a", 12345, Bytes(64)};
  const SignatureLine same_id{"c", a.id(), Bytes(64)};
  const Note note{"t\n",
                  {same_name, same_id, SignNote("t\n", "b", Key(2)), SignNote("t\n", "a", Key(1))}};
  const SignatureVerdict verdict = VerifySignatures(note, {&a, 1});
  EXPECT_FALSE(verdict.failed);
  ASSERT_EQ(verdict.verified.size(), 1U);
  EXPECT_EQ(verdict.verified[0].line, 3U);
}

TEST(Signatures, AKnownPairThatFailsRefusesTheNote) {
  const VerifierKey keys[] = {Public(1, "a"), Public(2, "b")};
  Note note{"t\n", {SignNote("t\n", "a", Key(1)), SignNote("t\n", "b", Key(2))}};
  EXPECT_EQ(VerifySignatures(note, keys).verified.size(), 2U);
  note.signatures[1].signature[0] ^= 1;
  const SignatureVerdict verdict = VerifySignatures(note, keys);
  EXPECT_TRUE(verdict.failed);
  EXPECT_EQ(verdict.failed_name, "b");
  EXPECT_TRUE(verdict.verified.empty());
}

TEST(Signatures, OfARepeatedPairTheFirstCounts) {
  const VerifierKey a = Public(1, "a");
  const SignatureLine good = SignNote("t\n", "a", Key(1));
  SignatureLine bad = good;
  bad.signature[5] ^= 1;
  const SignatureVerdict first = VerifySignatures({"t\n", {good, bad}}, {&a, 1});
  EXPECT_FALSE(first.failed);
  EXPECT_EQ(first.verified.size(), 1U);
  EXPECT_TRUE(VerifySignatures({"t\n", {bad, good}}, {&a, 1}).failed);
}

TEST(SignatureLines, ParseAloneWithTheirLineFeed) {
  const SignatureLine line = SignNote("t\n", "a", Key(1));
  const std::string text = EncodeSignatureLine(line);
  EXPECT_EQ(ParseSignatureLine(text).value(), line);
  EXPECT_FALSE(ParseSignatureLine(text.substr(0, text.size() - 1)).ok());
  EXPECT_FALSE(ParseSignatureLine(text + text).ok());
  EXPECT_FALSE(ParseSignatureLine("").ok());
  EXPECT_FALSE(ParseSignatureLine("\n").ok());
}

}  // namespace
}  // namespace jejak::tlog
