// SPDX-License-Identifier: Apache-2.0
//
// Row 9: one probe for each thing that the registry's state forbids, and what revocation does.
#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "tests/registry/world.h"

namespace jejak::registry::test {
namespace {

constexpr std::string_view kFresh = "o.example/new";

By Root(std::string_view name) { return {std::string(name), "root"}; }

std::string Create(std::string_view origin, std::string_view log_key_name,
                   std::string_view root_name = kRoot1) {
  return CreateBody(origin, VKey(log_key_name), {std::string(root_name), "A"}, 1);
}

std::string Enroll(const std::string& vkey, const char* unit = "u1") {
  return "{\"key\":\"" + vkey + "\",\"unit\":\"" + unit + R"(","holder":"h9","grants":[]})";
}

// The vkey of `name` around the key of `owner`.
std::string Borrowed(std::string_view name, std::string_view owner, int generation = 0) {
  tlog::VerifierKey key = KeyOf(owner, generation);
  key.name = std::string(name);
  return tlog::EncodeVerifierKey(key);
}

// A note in which `name` signs with the secret of `owner`.
std::string NoteSignedFor(const Fields& fields, std::string_view name, std::string_view owner,
                          int generation = 0) {
  const auto text = record::EncodeActionText(fields);
  EXPECT_TRUE(text.ok());
  std::string note = *text + "\n";
  for (const By& by : fields.by) {
    const bool borrows = by.name == name;
    note += tlog::EncodeSignatureLine(record::SignAction(
        *text, by.name, borrows ? SecretOf(owner, generation) : SecretOf(by.name)));
  }
  return note;
}

TEST(StateCreation, EntryZeroIsCreationAndNothingElseIs) {
  World world(false);
  const Fields create = world.InRegistry("log.create", Create(kOrigin, kOrigin), {Root(kRoot1)});
  EXPECT_EQ(world.Judge(create), "accepted");
  world.index = 1;
  EXPECT_EQ(world.Judge(create), "state");
  World full;
  EXPECT_EQ(
      full.Judge(full.InRegistry("log.create", Create(kOrigin, "log.example/1"), {Root(kRoot1)})),
      "state");
  full.index = 0;
  EXPECT_EQ(full.Judge(full.InRegistry("unit.close", R"({"unit":"u1"})", Roots())), "state");
  EXPECT_EQ(full.Judge(full.InCase(kCase, "x.y", {{std::string(kP1), "clerk"}})), "state");
}

TEST(StateCreation, OriginAndKeyNameAreTheLogLine) {
  World world(false);
  const auto judge = [&](std::string body) {
    return world.Judge(world.InRegistry("log.create", std::move(body), {Root(kRoot1)}));
  };
  EXPECT_EQ(judge(Create("log.example/2", kOrigin)), "state");
  EXPECT_EQ(world.last.where, "/origin");
  EXPECT_EQ(judge(Create(kOrigin, "log.example/2")), "state");
  EXPECT_EQ(world.last.where, "/log_key");
}

TEST(StateCreation, ARootIsNeitherTheLogNorNamedLikeIt) {
  World world(false);
  EXPECT_EQ(world.Judge(
                world.InRegistry("log.create", Create(kOrigin, kOrigin, kOrigin), {Root(kOrigin)})),
            "state")
      << "the name";
  std::string body = Create(kOrigin, kOrigin);
  const std::string root = VKey(kRoot1);
  body.replace(body.find(root), root.size(), Borrowed(kRoot1, kOrigin));
  const Fields fields = world.InRegistry("log.create", body, {Root(kRoot1)});
  EXPECT_EQ(world.JudgeNote(NoteSignedFor(fields, kRoot1, kOrigin)), "state") << "the key";
}

TEST(StateUnits, RegisteredOnceAndClosedOnce) {
  World world;
  const auto judge = [&](const char* type, const char* body) {
    return world.Judge(world.InRegistry(type, body, Roots()));
  };
  const char* register_u1 = R"({"unit":"u1","title":{"id":"U","en":"U"}})";
  EXPECT_EQ(judge("unit.register", register_u1), "state");
  EXPECT_EQ(judge("unit.close", R"({"unit":"u9"})"), "state");
  world.Must(world.InRegistry("unit.close", R"({"unit":"u1"})", Roots()));
  EXPECT_EQ(judge("unit.close", R"({"unit":"u1"})"), "state");
  EXPECT_EQ(judge("unit.register", register_u1), "state") << "an id is never registered again";
  EXPECT_EQ(world.Judge(world.InKey(kFresh, "key.enroll", Enroll(VKey(kFresh)),
                                    RootsAnd({{std::string(kFresh), "self"}}))),
            "state")
      << "into a closed unit";
  EXPECT_EQ(world.Judge(world.InKey(kFresh, "key.enroll", Enroll(VKey(kFresh), "u9"),
                                    RootsAnd({{std::string(kFresh), "self"}}))),
            "state");
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", {{std::string(kP1), "clerk"}})), "accepted")
      << "closing a unit does not end its keys";
}

TEST(StateRules, OnlyRaised) {
  World world;
  EXPECT_EQ(world.Judge(world.InRegistry("log.upgrade", R"({"rules":1})", Roots())), "state");
}

TEST(StateDocuments, VersionsOnceCalendarsFirstRetirementOnce) {
  World world;
  const auto judge = [&](const char* stream, const char* type, const std::string& version,
                         const char* calendar) {
    std::string body = R"({"version":")" + version +
                       R"(","size":1,"sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")";
    if (calendar != nullptr) body += std::string(R"(,"calendar":")") + calendar + "\"";
    return world.Judge(world.InDocument(stream, type, body + "}", Owner()));
  };
  EXPECT_EQ(judge("calendar/cal", "calendar.publish", "1", nullptr), "state");
  EXPECT_EQ(judge("calendar/cal", "calendar.publish", "1.0", nullptr), "accepted");
  EXPECT_EQ(judge("procedure/proc", "procedure.publish", "1", "cal"), "state");
  EXPECT_EQ(judge("procedure/proc", "procedure.publish", "2", "none"), "state");
  EXPECT_EQ(world.last.where, "/calendar");
  EXPECT_EQ(judge("procedure/other", "procedure.publish", "1", "cal"), "accepted")
      << "versions are per stream";
  const auto retire = [&](const char* stream) {
    return world.InDocument(stream, "procedure.retire", "{}", Owner());
  };
  EXPECT_EQ(world.Judge(retire("procedure/other")), "state") << "never published";
  world.Must(retire("procedure/proc"));
  EXPECT_EQ(world.Judge(retire("procedure/proc")), "state") << "twice";
  EXPECT_EQ(judge("procedure/proc", "procedure.publish", "1", "cal"), "state");
  EXPECT_EQ(judge("procedure/proc", "procedure.publish", "2", "cal"), "accepted");
}

TEST(StateKeys, EnrolledFirstOnceAndNothingAfterRevocation) {
  World world;
  const std::string grant = R"({"grants":[{"role":"x"}]})";
  const std::string lost = R"({"reason":"lost"})";
  const auto judge = [&](std::string_view name, const char* type, const std::string& body,
                         std::vector<By> by, int generation = 0) {
    return world.Judge(world.InKey(name, type, body, std::move(by)),
                       {{std::string(name), generation}});
  };
  const std::vector<By> fresh_self = RootsAnd({{std::string(kFresh), "self"}});
  EXPECT_EQ(judge(kFresh, "key.grant", grant, Roots()), "state");
  EXPECT_EQ(judge(kFresh, "key.ungrant", R"({"roles":["x"]})", Roots()), "state");
  EXPECT_EQ(judge(kFresh, "key.revoke", lost, Roots()), "state");
  EXPECT_EQ(judge(kFresh, "key.rotate", "{\"key\":\"" + VKey(kFresh) + "\"}", fresh_self), "state");
  const std::vector<By> p1_self = RootsAnd({{std::string(kP1), "self"}});
  EXPECT_EQ(judge(kP1, "key.enroll", Enroll(VKey(kP1, 1)), p1_self, 1), "state") << "twice";
  EXPECT_EQ(judge(kP1, "key.ungrant", R"({"roles":["clerk","x"]})", Roots()), "state");
  EXPECT_EQ(world.last.where, "/roles/1");

  world.Must(world.InKey(kP1, "key.revoke", lost, Roots()));
  EXPECT_EQ(judge(kP1, "key.grant", grant, Roots()), "state");
  EXPECT_EQ(judge(kP1, "key.ungrant", R"({"roles":["clerk"]})", Roots()), "state");
  EXPECT_EQ(judge(kP1, "key.revoke", lost, Roots()), "state");
  EXPECT_EQ(judge(kP1, "key.rotate", "{\"key\":\"" + VKey(kP1, 1) + "\"}", p1_self, 1), "state");
  EXPECT_EQ(judge(kP1, "key.enroll", Enroll(VKey(kP1, 1)), p1_self, 1), "state");
}

TEST(StateKeys, NoKeyEntersTwice) {
  World world;
  world.Must(world.InKey(kP2, "key.rotate", "{\"key\":\"" + VKey(kP2, 1) + "\"}",
                         RootsAnd({{std::string(kP2), "self"}})),
             {{std::string(kP2), 1}});
  struct Former {
    const char* name;
    std::string_view owner;
    int generation;
  };
  for (const Former& former : {Former{"a root's", kRoot3, 0}, Former{"the log's", kOrigin, 0},
                               Former{"enrolled", kP1, 0}, Former{"rotated out", kP2, 0},
                               Former{"rotated in", kP2, 1}, Former{"a party's", kReporter, 0}}) {
    SCOPED_TRACE(former.name);
    const auto judge = [&](const Fields& fields, std::string_view name) {
      return world.JudgeNote(NoteSignedFor(fields, name, former.owner, former.generation));
    };
    const std::string enrolled = Borrowed(kFresh, former.owner, former.generation);
    EXPECT_EQ(judge(world.InKey(kFresh, "key.enroll", Enroll(enrolled),
                                RootsAnd({{std::string(kFresh), "self"}})),
                    kFresh),
              "state");
    const std::string rotated = Borrowed(kReg1, former.owner, former.generation);
    EXPECT_EQ(judge(world.InKey(kReg1, "key.rotate", "{\"key\":\"" + rotated + "\"}",
                                RootsAnd({{std::string(kReg1), "self"}})),
                    kReg1),
              "state");
    std::string roots = "{" + RootsMembers({std::string(kRoot1), "A", "r.example/9", "D"}, 1) + "}";
    const std::string plain = VKey("r.example/9");
    roots.replace(roots.find(plain), plain.size(),
                  Borrowed("r.example/9", former.owner, former.generation));
    EXPECT_EQ(judge(world.InRegistry("root.rotate", roots, RootsAnd({Root("r.example/9")})),
                    "r.example/9"),
              "state");
  }
}

TEST(StateNames, EachNameIsOneThing) {
  World world;
  const auto enroll = [&](const std::string& name) {
    return world.Judge(
        world.InKey(name, "key.enroll", Enroll(VKey(name, 3)), RootsAnd({{name, "self"}})),
        {{name, 3}});
  };
  const auto rotate = [&](const std::string& name, int generation) {
    std::string body = "{" + RootsMembers({std::string(kRoot1), "A", name, "D"}, 1) + "}";
    const std::string plain = VKey(name);
    body.replace(body.find(plain), plain.size(), VKey(name, generation));
    return world.Judge(world.InRegistry("root.rotate", body, RootsAnd({Root(name)})),
                       {{name, generation}});
  };
  EXPECT_EQ(enroll(std::string(kFresh)), "accepted");
  EXPECT_EQ(enroll(std::string(kRoot3)), "state") << "a root's name";
  EXPECT_EQ(enroll(std::string(kOrigin)), "state") << "the origin";
  EXPECT_EQ(enroll(std::string(kOtherCase) + "/x"), "state") << "begins with a case id";
  EXPECT_EQ(enroll(std::string(kOtherCase)), "accepted") << "a case id without slash";
  EXPECT_EQ(enroll(std::string(kOtherCase) + "x/y"), "accepted");

  EXPECT_EQ(rotate("r.example/9", 3), "accepted");
  EXPECT_EQ(rotate(std::string(kP1), 3), "state") << "an enrolled name";
  EXPECT_EQ(rotate(std::string(kOrigin), 3), "state");
  EXPECT_EQ(rotate(std::string(kOtherCase) + "/x", 3), "state");
}

TEST(StateRoots, ANameKeepsItsKeyWhileTheHolderMayChange) {
  World world;
  const auto roots = [&](const std::vector<std::string>& names_and_holders) {
    return "{" + RootsMembers(names_and_holders, 1) + "}";
  };
  const std::string r1(kRoot1), r2(kRoot2), r3(kRoot3);
  world.Must(world.InRegistry("root.rotate", roots({r1, "A", r2, "E"}), Roots()));
  EXPECT_EQ(world.ledger.administration().FindRoot(r2)->holder(), "E");
  EXPECT_EQ(world.ledger.administration().FindRoot(r2)->terms.size(), 2u);
  EXPECT_EQ(world.ledger.administration().FindRoot(r1)->terms.size(), 1u);
  EXPECT_EQ(
      world.Judge(world.InRegistry("root.rotate", roots({r1, "A", r3, "C"}), {Root(r1), Root(r3)})),
      "accepted")
      << "a root may return as it was";
  std::string body = roots({r1, "A", r3, "C"});
  body.replace(body.find(VKey(r3)), VKey(r3).size(), VKey(r3, 1));
  EXPECT_EQ(world.Judge(world.InRegistry("root.rotate", body, {Root(r1), Root(r3)}), {{r3, 1}}),
            "state")
      << "a name that left keeps its key";
  body = roots({r1, "A", r2, "E"});
  body.replace(body.find(VKey(r2)), VKey(r2).size(), VKey(r2, 1));
  EXPECT_EQ(world.Judge(world.InRegistry("root.rotate", body, Roots())), "state")
      << "and so does one in force";
}

TEST(Revocation, TheIndexLiesBetweenEnrolmentAndThisEntry) {
  World world;
  const std::uint64_t enrolled = world.ledger.administration().FindKey(kP1)->since();
  const auto judge = [&](std::uint64_t since) {
    return world.Judge(world.InKey(
        kP1, "key.revoke",
        R"({"reason":"compromised","compromised_since":)" + std::to_string(since) + "}", Pair()));
  };
  EXPECT_EQ(judge(enrolled - 1), "state");
  EXPECT_EQ(world.last.where, "/compromised_since");
  EXPECT_EQ(judge(enrolled), "accepted");
  EXPECT_EQ(judge(world.index), "accepted");
  EXPECT_EQ(judge(world.index + 1), "state");
}

TEST(Revocation, AnIndexMayFollowAndOnlyMoveBack) {
  World world;
  const auto revoke = [&](const char* reason, std::optional<std::uint64_t> since) {
    std::string body = std::string(R"({"reason":")") + reason + "\"";
    if (since) body += ",\"compromised_since\":" + std::to_string(*since);
    return world.InKey(kP1, "key.revoke", body + "}", Pair());
  };
  const std::uint64_t enrolled = world.ledger.administration().FindKey(kP1)->since();
  const Administration& admin = world.ledger.administration();
  world.Must(revoke("left_office", std::nullopt));
  EXPECT_FALSE(admin.IsCompromised(kP1, world.index));
  EXPECT_EQ(world.Judge(revoke("lost", std::nullopt)), "state");

  world.Must(revoke("compromised", enrolled + 3));
  EXPECT_FALSE(admin.IsCompromised(kP1, enrolled + 2));
  EXPECT_TRUE(admin.IsCompromised(kP1, enrolled + 3));
  EXPECT_TRUE(admin.IsCompromised(kP1, world.index));
  EXPECT_FALSE(admin.IsCompromised(kP2, world.index));
  EXPECT_FALSE(admin.IsCompromised("nobody.example/1", world.index));

  EXPECT_EQ(world.Judge(revoke("compromised", enrolled + 3)), "state");
  EXPECT_EQ(world.Judge(revoke("compromised", enrolled + 4)), "state");
  EXPECT_EQ(world.Judge(revoke("compromised", std::nullopt)), "state");
  world.Must(revoke("compromised", enrolled + 1));
  EXPECT_TRUE(admin.IsCompromised(kP1, enrolled + 1));
  EXPECT_EQ(admin.FindKey(kP1)->revocations.size(), 3u);
  EXPECT_EQ(admin.FindKey(kP1)->revocations[0].reason, "left_office");
}

TEST(Revocation, AGuardedKeyStaysGuardedWhenItIsRevoked) {
  World world;
  world.Must(world.InKey(kOwner, "key.revoke", R"({"reason":"lost"})", Pair()));
  const std::string since = R"({"reason":"compromised","compromised_since":15})";
  EXPECT_EQ(world.Judge(world.InKey(kOwner, "key.revoke", since, Pair())), "authority");
  EXPECT_EQ(world.Judge(world.InKey(kOwner, "key.revoke", since, Roots())), "accepted");
}

TEST(Revocation, ARevokedRegistrarDecidesNothing) {
  World world;
  world.Must(world.InKey(kReg2, "key.revoke", R"({"reason":"lost"})", Roots()));
  EXPECT_EQ(world.Judge(world.InKey(kP1, "key.grant", R"({"grants":[{"role":"x"}]})", Pair())),
            "revoked_key");
}

TEST(Grants, HistoryIsByPositionAndARegrantReplaces) {
  World world;
  const std::uint64_t first = world.ledger.administration().FindKey(kP1)->since();
  const std::uint64_t second = world.index;
  world.Must(world.InKey(
      kP1, "key.grant",
      R"({"grants":[{"role":"clerk","scope":"u1","acting":"plt","until":"2026-12-31"}]})", Pair()));
  const KeyRecord* key = world.ledger.administration().FindKey(kP1);
  ASSERT_EQ(key->grants.size(), 3u);
  EXPECT_EQ(key->grants[1].grant.role, "clerk");
  EXPECT_EQ(key->grants[1].since, first);
  EXPECT_EQ(key->grants[1].until, second);
  EXPECT_EQ(key->grants[2].grant.acting, "plt");
  EXPECT_EQ(key->held().size(), 2u);
  EXPECT_FALSE(key->guarded());
  world.Must(world.InKey(kP1, "key.grant", R"({"grants":[{"role":"registrar"}]})", Roots()));
  EXPECT_TRUE(world.ledger.administration().FindKey(kP1)->guarded());
  world.Must(world.InKey(kP1, "key.ungrant", R"({"roles":["registrar"]})", Pair()));
  EXPECT_FALSE(world.ledger.administration().FindKey(kP1)->guarded());
  const std::uint64_t third = world.index;
  world.Must(world.InKey(kP1, "key.ungrant", R"({"roles":["clerk"]})", Pair()));
  key = world.ledger.administration().FindKey(kP1);
  EXPECT_EQ(key->grants[1].until, second) << "an ended grant stays as it ended";
  EXPECT_EQ(key->grants[2].until, third);
}

}  // namespace
}  // namespace jejak::registry::test
