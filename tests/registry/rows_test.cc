// SPDX-License-Identifier: Apache-2.0
//
// Rows 2 to 7 and 10 to 13: one probe per condition, and that the first row that matches decides.
#include <gtest/gtest.h>

#include "tests/registry/world.h"

namespace jejak::registry::test {
namespace {

By Clerk() { return {std::string(kP1), "clerk"}; }

// A ledger whose cases all have this many actions.
class CrowdedLedger final : public LedgerView {
 public:
  CrowdedLedger(const LedgerView& within, std::uint64_t count) : within_(within), count_(count) {}
  const Administration& administration() const override { return within_.administration(); }
  const StreamState* Find(const record::Stream& stream) const override {
    const StreamState* state = within_.Find(stream);
    if (state == nullptr) return nullptr;
    crowded_ = *state;
    crowded_.head.count = count_;
    return &crowded_;
  }
  std::optional<std::uint64_t> FindAction(const Digest& id) const override {
    return within_.FindAction(id);
  }
  KeyUse UseOf(const crypto::PublicKey& key) const override { return within_.UseOf(key); }
  std::optional<Digest> RootAt(const record::Stream& stream, std::uint64_t n) const override {
    return within_.RootAt(stream, n);
  }

 private:
  const LedgerView& within_;
  std::uint64_t count_;
  mutable StreamState crowded_;
};

std::string JudgeIn(const LedgerView& view, const Fields& fields, std::uint64_t index,
                    UnixSeconds now) {
  auto parsed = ParseCandidate(SignedNote(fields));
  if (!std::holds_alternative<Candidate>(parsed)) return std::get<Refusal>(parsed).code;
  const Admission admission =
      Admit(std::get<Candidate>(parsed), index, now, view, SignatureCheck{});
  return admission.kind == Admission::kAccepted ? "accepted" : admission.refusal.code;
}

TEST(Rows, TwoAnotherLog) {
  World world;
  Fields fields = world.InCase(kCase, "x.y", {Clerk()});
  fields.log = "log.example/2";
  EXPECT_EQ(world.Judge(fields), "other_log");
  // Before entry 0 the origin is what the caller expects, if it expects one.
  World empty(false);
  const Fields create = empty.InRegistry(
      "log.create", CreateBody(kOrigin, VKey(kOrigin), {std::string(kRoot1), "A"}, 1),
      {{std::string(kRoot1), "root"}});
  EXPECT_EQ(JudgeIn(MemoryLedger("other.example/1"), create, 0, empty.now), "other_log");
  EXPECT_EQ(JudgeIn(MemoryLedger(std::string(kOrigin)), create, 0, empty.now), "accepted");
}

TEST(Rows, ThreeTheSameTextIsTheFirstEntryWhateverItsSignatures) {
  World world;
  const Fields fields = world.InCase(kCase, "x.y", {Clerk()});
  const std::uint64_t first = world.index;
  world.Must(fields);
  const std::string badly_signed = SignedNote(fields, {{std::string(kP1), 1}});
  for (const std::string& note : {SignedNote(fields), badly_signed}) {
    const auto parsed = ParseCandidate(note);
    ASSERT_TRUE(std::holds_alternative<Candidate>(parsed));
    const Admission admission =
        Admit(std::get<Candidate>(parsed), world.index, world.now, world.ledger, SignatureCheck{});
    EXPECT_EQ(admission.kind, Admission::kDuplicate);
    EXPECT_EQ(admission.first_index, first);
  }
  world.Must(world.InRegistry("log.close", "{}", Roots()));
  EXPECT_EQ(world.Judge(fields), "duplicate") << "before log_closed";
}

TEST(Rows, FourNothingAfterTheClose) {
  World world;
  world.Must(world.InRegistry("log.close", R"({"successor":"log.example/2"})", Roots()));
  EXPECT_EQ(world.ledger.administration().successor(), "log.example/2");
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", {Clerk()})), "log_closed");
  EXPECT_EQ(world.Judge(world.InRegistry("log.close", "{}", Roots())), "log_closed");
}

TEST(Rows, FiveTheFirstLineWithoutAKeyDecides) {
  World world;
  world.Must(world.InKey(kP2, "key.revoke", R"({"reason":"lost"})", Pair()));
  const By revoked{std::string(kP2), "officer"};
  const By unknown{"nobody.example/1", "officer"};
  const auto judge = [&](std::vector<By> by) {
    return world.Judge(world.InCase(kCase, "x.y", std::move(by)));
  };
  EXPECT_EQ(judge({Clerk(), revoked}), "revoked_key");
  EXPECT_EQ(judge({Clerk(), unknown}), "unknown_key");
  EXPECT_EQ(judge({revoked, unknown}), "revoked_key");
  EXPECT_EQ(judge({unknown, revoked}), "unknown_key");
  EXPECT_NE(world.last.detail.find("line 1"), std::string::npos) << world.last.detail;
  EXPECT_EQ(judge({{std::string(kP1), "root"}}), "unknown_key") << "not a root";
  EXPECT_EQ(judge({{std::string(kRoot1), "officer"}}), "unknown_key") << "a root is not enrolled";
  EXPECT_EQ(judge({{std::string(kP1), "self"}}), "unknown_key") << "self in a case";
  EXPECT_EQ(judge({{std::string(kReporter), "witness"}}), "unknown_key") << "a party's other role";
  EXPECT_EQ(judge({{std::string(kReporter), "-"}}), "unknown_key");
  Fields bring = world.InCase(kCase, "x.y", {Clerk(), {std::string(kCase) + "/x", "reporter"}});
  bring.parties = {{"witness", KeyOf(bring.by[1].name)}};
  EXPECT_EQ(world.Judge(bring), "unknown_key") << "a new party's other role";
}

TEST(Rows, FiveSelfIsTheKeyThatEntersOrRevokesItself) {
  World world;
  const By p1{std::string(kP1), "self"};
  const auto in_p1 = [&](const char* type, const std::string& body, std::vector<By> by) {
    return world.Judge(world.InKey(kP1, type, body, std::move(by)));
  };
  std::vector<By> with_self = Pair();
  with_self.push_back(p1);
  EXPECT_EQ(in_p1("key.grant", R"({"grants":[{"role":"x"}]})", with_self), "unknown_key");
  EXPECT_EQ(in_p1("key.ungrant", R"({"roles":["clerk"]})", with_self), "unknown_key");
  EXPECT_EQ(in_p1("key.revoke", R"({"reason":"lost"})", with_self), "accepted");
  std::vector<By> with_other = Pair();
  with_other.push_back({std::string(kP2), "self"});
  EXPECT_EQ(in_p1("key.revoke", R"({"reason":"lost"})", with_other), "unknown_key");
  const std::string rotate = "{\"key\":\"" + VKey(kP1, 1) + "\"}";
  EXPECT_EQ(in_p1("key.rotate", rotate, with_other), "unknown_key");
  EXPECT_EQ(in_p1("key.rotate", rotate, with_self), "bad_signature") << "the old key signed";
  EXPECT_EQ(world.Judge(world.InKey(kP1, "key.rotate", rotate, with_self), {{std::string(kP1), 1}}),
            "accepted");
  EXPECT_EQ(world.Judge(world.InKey("o.example/none", "key.revoke", R"({"reason":"lost"})",
                                    {{"o.example/none", "self"}})),
            "unknown_key");
  EXPECT_EQ(world.Judge(world.InKey("o.example/none", "key.enroll",
                                    "{\"key\":\"" + VKey("o.example/none") +
                                        R"(","unit":"u1","holder":"h","grants":[]})",
                                    with_self)),
            "unknown_key")
      << "self under another name than the key's";
  world.Must(world.InKey(kP1, "key.revoke", R"({"reason":"lost"})", {p1}));
  EXPECT_EQ(in_p1("key.revoke", R"({"reason":"lost"})", {p1}), "revoked_key");
}

TEST(Rows, SixARoleMustBeGrantedNow) {
  World world;
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", {{std::string(kP1), "mayor"}})),
            "role_not_held");
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", {Clerk()})), "accepted");
  world.Must(world.InKey(kP1, "key.ungrant", R"({"roles":["clerk"]})", Pair()));
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", {Clerk()})), "role_not_held");
  world.Must(world.InKey(kP1, "key.grant", R"({"grants":[{"role":"clerk"}]})", Pair()));
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", {Clerk()})), "accepted");
}

TEST(Rows, SevenKeyIdAndValueMustBeTheSignersOwn) {
  World world;
  const Fields fields = world.InCase(kCase, "x.y", {{std::string(kP2), "officer"}, Clerk()});
  const auto text = record::EncodeActionText(fields);
  ASSERT_TRUE(text.ok());
  const auto note = [&](const tlog::SignatureLine& second) {
    return *text + "\n" + tlog::EncodeSignatureLine(record::SignAction(*text, kP2, SecretOf(kP2))) +
           tlog::EncodeSignatureLine(second);
  };
  const tlog::SignatureLine good = record::SignAction(*text, kP1, SecretOf(kP1));
  ASSERT_EQ(world.JudgeNote(note(good)), "accepted");
  tlog::SignatureLine line = good;
  line.key_id ^= 1;
  EXPECT_EQ(world.JudgeNote(note(line)), "bad_signature");
  line = good;
  line.signature[0] ^= 1;
  EXPECT_EQ(world.JudgeNote(note(line)), "bad_signature");
  line.signature = record::SignAction(*text + "x", kP1, SecretOf(kP1)).signature;
  EXPECT_EQ(world.JudgeNote(note(line)), "bad_signature");
  EXPECT_NE(world.last.detail.find("line 2"), std::string::npos) << world.last.detail;
}

TEST(Rows, SevenACheckThatRemembersIsAskedForEveryLine) {
  class Counting final : public SignatureCheck {
   public:
    bool Verify(const record::Action&, std::size_t by, const crypto::PublicKey&) const override {
      ++asked;
      return by != refuse;
    }
    mutable int asked = 0;
    std::size_t refuse = 99;
  };
  World world;
  const auto parsed = ParseCandidate(
      SignedNote(world.InCase(kCase, "x.y", {Clerk(), {std::string(kP2), "officer"}})));
  ASSERT_TRUE(std::holds_alternative<Candidate>(parsed));
  Counting check;
  const auto admit = [&] {
    return Admit(std::get<Candidate>(parsed), world.index, world.now, world.ledger, check);
  };
  EXPECT_EQ(admit().kind, Admission::kAccepted);
  EXPECT_EQ(check.asked, 2);
  check.refuse = 1;
  EXPECT_EQ(admit().refusal.code, "bad_signature");
}

TEST(Rows, TenOnlyTheNewestPublishOfAProcedureThatIsNotRetired) {
  World world;
  Fields open = world.Opening(kOtherCase, {Clerk()});
  EXPECT_EQ(world.Judge(open), "accepted");
  Fields wrong = open;
  wrong.under->publish.bytes[0] ^= 1;
  EXPECT_EQ(world.Judge(wrong), "procedure_not_in_force");
  wrong = open;
  wrong.under->id = "none";
  EXPECT_EQ(world.Judge(wrong), "procedure_not_in_force");

  const auto publish = [&](const char* version) {
    world.Must(world.InDocument(
        "procedure/proc", "procedure.publish",
        std::string(R"({"version":")") + version +
            R"(","size":1,"sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=","calendar":"cal"})",
        Owner()));
  };
  publish("2");
  EXPECT_EQ(world.Judge(open), "procedure_not_in_force") << "superseded";
  open = world.Opening(kOtherCase, {Clerk()});
  EXPECT_EQ(world.Judge(open), "accepted");
  world.Must(world.InDocument("procedure/proc", "procedure.retire", "{}", Owner()));
  EXPECT_EQ(world.Judge(open), "procedure_not_in_force") << "retired";
  publish("3");
  EXPECT_EQ(world.Judge(open), "procedure_not_in_force");
  EXPECT_EQ(world.Judge(world.Opening(kOtherCase, {Clerk()})), "accepted") << "published anew";
}

TEST(Rows, ElevenAfterIsTheHeadAndSeenIsAPrefix) {
  World world;
  for (int i = 0; i < 4; ++i) {
    Fields fields = world.InCase(kCase, "x.y" + std::to_string(i), {Clerk()});
    world.Must(fields);
  }
  const record::Stream stream = world.InCase(kCase, "x.y", {}).stream;
  const auto judge = [&](record::PositionKind kind, std::uint64_t n, std::uint64_t root_of) {
    Fields fields = world.InCase(kCase, "x.z", {Clerk()});
    fields.position = kind;
    fields.until = fields.at;
    fields.position_count = n;
    fields.position_root = *world.ledger.RootAt(stream, root_of);
    return world.Judge(fields);
  };
  constexpr auto kAfter = record::PositionKind::kAfter;
  constexpr auto kSeen = record::PositionKind::kSeen;
  for (std::uint64_t n = 1; n <= 6; ++n) {
    for (std::uint64_t root_of = 1; root_of <= 5; ++root_of) {
      SCOPED_TRACE(std::to_string(n) + " with the root of " + std::to_string(root_of));
      EXPECT_EQ(judge(kSeen, n, root_of), n == root_of ? "accepted" : "conflict");
      EXPECT_EQ(judge(kAfter, n, root_of), n == 5 && root_of == 5 ? "accepted" : "conflict");
      if (n != root_of) {
        ASSERT_TRUE(world.last.head.has_value());
        EXPECT_EQ(world.last.head->count, 5u);
        EXPECT_EQ(world.last.head->root, world.ledger.Find(stream)->head.root);
      }
    }
  }
}

TEST(Rows, ElevenRootsAreAskedForOfProperPrefixesOnly) {
  class Asked final : public LedgerView {
   public:
    explicit Asked(const LedgerView& within) : within_(within) {}
    const Administration& administration() const override { return within_.administration(); }
    const StreamState* Find(const record::Stream& stream) const override {
      return within_.Find(stream);
    }
    std::optional<std::uint64_t> FindAction(const Digest&) const override { return std::nullopt; }
    KeyUse UseOf(const crypto::PublicKey& key) const override { return within_.UseOf(key); }
    std::optional<Digest> RootAt(const record::Stream&, std::uint64_t n) const override {
      asked.push_back(n);
      return Digest{};
    }
    mutable std::vector<std::uint64_t> asked;

   private:
    const LedgerView& within_;
  };
  World world;
  for (int i = 0; i < 2; ++i) {
    world.Must(world.InCase(kCase, "x.y" + std::to_string(i), {Clerk()}));
  }
  Asked view(world.ledger);
  Fields fields = world.InCase(kCase, "x.z", {Clerk()});
  fields.position = record::PositionKind::kSeen;
  fields.until = fields.at;
  for (std::uint64_t n = 1; n <= 5; ++n) {
    fields.position_count = n;
    EXPECT_EQ(JudgeIn(view, fields, world.index, world.now), n == 3 ? "accepted" : "conflict");
  }
  EXPECT_EQ(view.asked, (std::vector<std::uint64_t>{1, 2}));
}

TEST(Rows, ElevenAStreamThatIsNotThere) {
  World world;
  Fields fields = world.InCase(kCase, "x.y", {Clerk()});
  fields.stream = *record::ParseStream("case/" + std::string(kOtherCase));
  EXPECT_EQ(world.Judge(fields), "conflict");
  EXPECT_EQ(world.last.head->count, 0u);
  fields.position = record::PositionKind::kSeen;
  fields.until = fields.at;
  EXPECT_EQ(world.Judge(fields), "conflict");
}

TEST(Rows, TwelveTimesAreInclusive) {
  World world;
  const auto judge = [&](std::int64_t at_s, std::optional<std::int64_t> until_s) {
    Fields fields = world.InCase(kCase, "x.y", {Clerk()});
    fields.at = *ParseAt(FormatAt({world.now.value + at_s}, 480));
    if (until_s) fields.until = *ParseAt(FormatAt({world.now.value + *until_s}, -720));
    return world.Judge(fields);
  };
  EXPECT_EQ(judge(300, std::nullopt), "accepted");
  EXPECT_EQ(judge(301, std::nullopt), "at_in_future");
  EXPECT_EQ(judge(-1000000000, std::nullopt), "accepted");
  EXPECT_EQ(judge(0, 0), "accepted");
  EXPECT_EQ(judge(0, -1), "expired");
  EXPECT_EQ(judge(301, -1), "at_in_future");
}

TEST(Rows, ThirteenTheLastThousandIsForEnrolledKeys) {
  World world;
  const auto judge = [&](std::uint64_t count, const By& by) {
    Fields fields = world.InCase(kCase, "x.y", {by});
    fields.position_count = count;
    return JudgeIn(CrowdedLedger(world.ledger, count), fields, world.index, world.now);
  };
  const By reporter{std::string(kReporter), "reporter"};
  EXPECT_EQ(judge(8999, reporter), "accepted");
  EXPECT_EQ(judge(9000, reporter), "case_full");
  EXPECT_EQ(judge(9000, Clerk()), "accepted");
  EXPECT_EQ(judge(9999, Clerk()), "accepted");
  EXPECT_EQ(judge(10000, Clerk()), "case_full");
  Fields admin = world.InRegistry("unit.close", R"({"unit":"u3"})", Roots());
  admin.position_count = 10000;
  EXPECT_EQ(JudgeIn(CrowdedLedger(world.ledger, 10000), admin, world.index, world.now), "accepted")
      << "cases only";
}

// One action with a fault in every row from 2 on, mended row by row.
TEST(Rows, TheFirstThatMatchesDecides) {
  World world;
  World closed = world;
  closed.Must(closed.InRegistry("log.close", "{}", Roots()));
  Fields fields = world.Opening(kCase, {{"nobody.example/1", "officer"}});
  fields.position_count = 0;
  fields.position_root = {};
  fields.log = "log.example/2";
  fields.parties = {{"witness", KeyOf(std::string(kCase) + "/x")}};
  fields.under->id = "none";
  fields.at = *ParseAt(FormatAt({world.now.value + 301}, 420));
  fields.until = *ParseAt(FormatAt({world.now.value - 1}, 420));
  std::uint64_t index = 0;
  int signing_generation = 1;
  const auto judge = [&](const World& in, std::uint64_t count) {
    auto parsed = ParseCandidate(SignedNote(fields, {{std::string(kP1), signing_generation}}));
    const Admission admission = Admit(std::get<Candidate>(parsed), index, in.now,
                                      CrowdedLedger(in.ledger, count), SignatureCheck{});
    const int rows[] = {0, -1, admission.refusal.row};
    return rows[admission.kind];
  };
  EXPECT_EQ(judge(closed, 10000), 2);
  fields.log = std::string(kOrigin);
  EXPECT_EQ(judge(closed, 10000), 4);
  EXPECT_EQ(judge(world, 10000), 5);
  fields.by = {{std::string(kP1), "mayor"}};
  EXPECT_EQ(judge(world, 10000), 6);
  fields.by = {Clerk()};
  EXPECT_EQ(judge(world, 10000), 7);
  signing_generation = 0;
  EXPECT_EQ(judge(world, 10000), 8);
  fields.parties.clear();
  EXPECT_EQ(judge(world, 10000), 9);
  index = world.index;
  EXPECT_EQ(judge(world, 10000), 10);
  fields.under = world.Opening(kCase, {}).under;
  EXPECT_EQ(judge(world, 10000), 11);
  fields.under.reset();
  fields.position_count = 10000;
  fields.position_root = world.ledger.Find(fields.stream)->head.root;
  EXPECT_EQ(judge(world, 10000), 12);
  fields.at = *ParseAt(FormatAt(world.now, 420));
  EXPECT_EQ(judge(world, 10000), 12);
  fields.until.reset();
  EXPECT_EQ(judge(world, 10000), 13);
  fields.position_count = 9999;
  EXPECT_EQ(judge(world, 9999), 0);
}

}  // namespace
}  // namespace jejak::registry::test
