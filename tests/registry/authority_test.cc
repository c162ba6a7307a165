// SPDX-License-Identifier: Apache-2.0
//
// Row 8: the quorums of section 8 against every administrative action, and the signers of a case.
#include <gtest/gtest.h>

#include <set>

#include "tests/registry/world.h"

namespace jejak::registry::test {
namespace {

By Registrar(std::string_view name) { return {std::string(name), "registrar"}; }
By Root(std::string_view name) { return {std::string(name), "root"}; }
By Officer(std::string_view name, std::string role = "officer") {
  return {std::string(name), std::move(role)};
}

// Who signs, and which of the three quorums that satisfies for a key of unit u1.
struct Signing {
  const char* name;
  std::vector<By> by;
  bool one;
  bool pair;
  bool roots;
};

std::vector<Signing> AllSignings() {
  return {
      {"threshold of roots", Roots(), true, true, true},
      {"one root", {Root(kRoot2)}, true, false, false},
      {"two registrars of different units and holders", Pair(), true, true, false},
      {"two registrars of one unit", {Registrar(kReg1), Registrar(kRegU)}, true, false, false},
      {"two registrars of one holder", {Registrar(kReg1), Registrar(kRegH)}, true, false, false},
      {"two registrars of other units and one holder each",
       {Registrar(kReg2), Registrar(kRegH)},
       true,
       true,
       false},
      {"a registrar and a root", {Registrar(kReg1), Root(kRoot2)}, true, true, false},
      {"a registrar and a root of one holder",
       {Registrar(kRegA), Root(kRoot1)},
       true,
       false,
       false},
      {"a registrar of the unit", {Registrar(kReg1)}, true, false, false},
      {"a registrar of another unit", {Registrar(kReg2)}, false, false, false},
  };
}

enum class Need { kOne, kPair, kRoots };

struct Operation {
  const char* name;
  std::string_view key;
  const char* type;
  std::string body;
  bool self;  // the new key signs too
  Need need;
};

std::string EnrollBody(std::string_view name, const std::vector<std::string>& roles) {
  return "{\"key\":\"" + VKey(name) + R"(","unit":"u1","holder":"h9","grants":)" + Grants(roles) +
         "}";
}

std::vector<Operation> AllOperations() {
  const std::string_view fresh = "o.example/new";
  const auto rotate = [](std::string_view name) { return "{\"key\":\"" + VKey(name, 1) + "\"}"; };
  const std::string since = R"({"reason":"compromised","compromised_since":14})";
  return {
      {"enrol", fresh, "key.enroll", EnrollBody(fresh, {"clerk"}), true, Need::kPair},
      {"enrol without grants", fresh, "key.enroll", EnrollBody(fresh, {}), true, Need::kPair},
      {"enrol a registrar", fresh, "key.enroll", EnrollBody(fresh, {"clerk", "registrar"}), true,
       Need::kRoots},
      {"enrol an owner", fresh, "key.enroll", EnrollBody(fresh, {"procedure_owner"}), true,
       Need::kRoots},
      {"rotate", kP1, "key.rotate", rotate(kP1), true, Need::kPair},
      {"rotate a guarded key", kOwner, "key.rotate", rotate(kOwner), true, Need::kRoots},
      {"grant", kP1, "key.grant", R"({"grants":[{"role":"x"}]})", false, Need::kPair},
      {"grant a guarded role", kP1, "key.grant",
       R"({"grants":[{"role":"x"},{"role":"registrar"}]})", false, Need::kRoots},
      {"grant to a guarded key", kOwner, "key.grant", R"({"grants":[{"role":"x"}]})", false,
       Need::kRoots},
      {"ungrant", kP1, "key.ungrant", R"({"roles":["clerk"]})", false, Need::kOne},
      {"ungrant from a guarded key", kOwner, "key.ungrant", R"({"roles":["procedure_owner"]})",
       false, Need::kPair},
      {"revoke", kP1, "key.revoke", R"({"reason":"lost"})", false, Need::kOne},
      {"revoke a guarded key", kOwner, "key.revoke", R"({"reason":"lost"})", false, Need::kPair},
      {"revoke with an index", kP1, "key.revoke", since, false, Need::kPair},
      {"revoke a guarded key with an index", kOwner, "key.revoke", since, false, Need::kRoots},
  };
}

bool Meets(const Signing& signing, Need need) {
  if (need == Need::kOne) return signing.one;
  return need == Need::kPair ? signing.pair : signing.roots;
}

std::string JudgeOperation(World& world, const Operation& operation, std::vector<By> by) {
  std::vector<Generation> generations;
  if (operation.self) {
    by.push_back({std::string(operation.key), "self"});
    const bool rotates = std::string_view(operation.type) == "key.rotate";
    generations = {{std::string(operation.key), rotates ? 1 : 0}};
  }
  return world.Judge(world.InKey(operation.key, operation.type, operation.body, std::move(by)),
                     generations);
}

TEST(KeyAuthority, EveryOperationTakesItsQuorumAndNoLess) {
  World world;
  int accepted = 0;
  for (const Operation& operation : AllOperations()) {
    for (const Signing& signing : AllSignings()) {
      SCOPED_TRACE(std::string(operation.name) + " by " + signing.name);
      const bool meets = Meets(signing, operation.need);
      EXPECT_EQ(JudgeOperation(world, operation, signing.by), meets ? "accepted" : "authority");
      accepted += meets ? 1 : 0;
    }
  }
  // Six operations for roots only, seven for a pair, two for one.
  EXPECT_EQ(accepted, 6 * 1 + 7 * 4 + 2 * 9);
}

TEST(KeyAuthority, TheNewKeyMustSign) {
  World world;
  const std::string_view fresh = "o.example/new";
  EXPECT_EQ(world.Judge(world.InKey(fresh, "key.enroll", EnrollBody(fresh, {}), Roots())),
            "authority");
  EXPECT_EQ(
      world.Judge(world.InKey(kP1, "key.rotate", "{\"key\":\"" + VKey(kP1, 1) + "\"}", Roots())),
      "authority");
}

TEST(KeyAuthority, AKeyMayRevokeItselfButNotWithAnIndex) {
  World world;
  for (const std::string_view name : {kP1, kOwner}) {  // plain and guarded
    const By self{std::string(name), "self"};
    EXPECT_EQ(world.Judge(world.InKey(name, "key.revoke", R"({"reason":"lost"})", {self})),
              "accepted");
    EXPECT_EQ(world.Judge(world.InKey(name, "key.revoke",
                                      R"({"reason":"lost","compromised_since":14})", {self})),
              "authority");
  }
}

TEST(KeyAuthority, OnlyRolesThatSectionEightNamesStandInItsStreams) {
  World world;
  const std::string grant = R"({"grants":[{"role":"x"}]})";
  for (const By& extra : {Officer(kP1), Officer(kP1, "-"), Officer(kOwner, "procedure_owner")}) {
    std::vector<By> by = Pair();
    by.push_back(extra);
    EXPECT_EQ(world.Judge(world.InKey(kP2, "key.grant", grant, by)), "authority") << extra.role;
  }
  for (const By& extra : {Registrar(kReg1), Officer(kP1), Officer(kOwner, "procedure_owner")}) {
    EXPECT_EQ(world.Judge(world.InRegistry("unit.close", R"({"unit":"u3"})", RootsAnd({extra}))),
              "authority")
        << extra.role;
  }
  std::vector<By> by = Owner();
  by.push_back(Registrar(kReg1));
  EXPECT_EQ(world.Judge(world.InDocument("procedure/proc", "procedure.retire", "{}", by)),
            "authority");
}

TEST(RegistryAuthority, TheThresholdOfRootsInForceIsNeeded) {
  World world;
  const std::vector<std::pair<std::string, std::string>> bodies = {
      {"unit.register", R"({"unit":"u9","title":{"id":"U","en":"U"}})"},
      {"unit.close", R"({"unit":"u3"})"},
      {"log.close", "{}"},
      {"root.rotate", "{" + RootsMembers({std::string(kRoot1), "A"}, 1) + "}"},
  };
  for (const auto& [type, body] : bodies) {
    SCOPED_TRACE(type);
    EXPECT_EQ(world.Judge(world.InRegistry(type, body, Roots())), "accepted");
    EXPECT_EQ(world.Judge(world.InRegistry(type, body, {Root(kRoot1)})), "authority");
  }
}

TEST(RegistryAuthority, NewRootsSignButDoNotCount) {
  World world;
  const std::string body =
      "{" + RootsMembers({std::string(kRoot1), "A", "r.example/4", "D"}, 1) + "}";
  EXPECT_EQ(world.Judge(world.InRegistry("root.rotate", body, RootsAnd({Root("r.example/4")}))),
            "accepted");
  EXPECT_EQ(world.Judge(world.InRegistry("root.rotate", body, Roots())), "authority");
  EXPECT_EQ(world.Judge(world.InRegistry("root.rotate", body, {Root(kRoot1), Root("r.example/4")})),
            "authority");
}

TEST(RegistryAuthority, ARootThatLeftDoesNotSignAndMustSignToReturn) {
  World world;
  const std::string without3 =
      "{" + RootsMembers({std::string(kRoot1), "A", std::string(kRoot2), "B"}, 2) + "}";
  world.Must(world.InRegistry("root.rotate", without3, Roots()));
  EXPECT_EQ(
      world.Judge(world.InRegistry("unit.close", R"({"unit":"u3"})", {Root(kRoot1), Root(kRoot3)})),
      "unknown_key");
  const std::string with3 =
      "{" + RootsMembers({std::string(kRoot1), "A", std::string(kRoot3), "C"}, 2) + "}";
  EXPECT_EQ(world.Judge(world.InRegistry("root.rotate", with3, Roots())), "authority");
  EXPECT_EQ(world.Judge(world.InRegistry("root.rotate", with3, RootsAnd({Root(kRoot3)}))),
            "accepted");
}

TEST(RegistryAuthority, CreationTakesTheThresholdOfItsOwnRoots) {
  World world(false);
  const auto create = [&](int threshold, std::vector<By> by) {
    return world.Judge(world.InRegistry(
        "log.create",
        CreateBody(kOrigin, VKey(kOrigin), {std::string(kRoot1), "A", std::string(kRoot2), "B"},
                   threshold),
        std::move(by)));
  };
  EXPECT_EQ(create(2, Roots()), "accepted");
  EXPECT_EQ(create(2, {Root(kRoot1)}), "authority");
  EXPECT_EQ(create(1, {Root(kRoot1)}), "accepted");
  EXPECT_EQ(create(1, {Root(kRoot3)}), "unknown_key");
}

TEST(RegistryAuthority, NobodyHasAuthorityBeforeEntryZero) {
  World world(false);
  EXPECT_EQ(world.Judge(world.InKey("o.example/new", "key.enroll", EnrollBody("o.example/new", {}),
                                    {{"o.example/new", "self"}})),
            "authority");
}

TEST(DocumentAuthority, AnOwnerAndARootOfAnotherHolder) {
  World world;
  const auto retire = [&](std::vector<By> by) {
    return world.Judge(world.InDocument("procedure/proc", "procedure.retire", "{}", std::move(by)));
  };
  EXPECT_EQ(retire(Owner()), "accepted");
  EXPECT_EQ(retire({Officer(kOwnerA, "procedure_owner"), Root(kRoot2)}), "accepted");
  EXPECT_EQ(retire({Officer(kOwnerA, "procedure_owner"), Root(kRoot1)}), "authority");
  EXPECT_EQ(retire({Officer(kOwner, "procedure_owner")}), "authority");
  EXPECT_EQ(retire({Officer(kOwner, "procedure_owner"), Officer(kOwnerA, "procedure_owner")}),
            "authority");
  EXPECT_EQ(retire(Roots()), "authority");
  const std::string publish =
      R"({"version":"2","size":1,"sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")";
  EXPECT_EQ(
      world.Judge(world.InDocument("calendar/cal", "calendar.publish", publish + "}", Roots())),
      "authority");
  EXPECT_EQ(world.Judge(world.InDocument("procedure/proc", "procedure.publish",
                                         publish + R"(,"calendar":"cal"})", Roots())),
            "authority");
}

TEST(CaseAuthority, SomebodyKnownBeforeMustSign) {
  World world;
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", {Officer(kP1)})), "accepted");
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", {Officer(kP1, "-")})), "accepted");
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", {{std::string(kReporter), "reporter"}})),
            "accepted");
  EXPECT_EQ(world.Judge(world.InCase(kCase, "x.y", Roots())), "authority");
}

TEST(CaseAuthority, AnEnrolledKeyOpensAndBringsPartiesIn) {
  World world;
  const std::string id(kOtherCase);
  const By reporter{id + "/r", "reporter"};
  Fields open = world.Opening(kOtherCase, {Officer(kP1), reporter});
  open.parties = {{"reporter", KeyOf(id + "/r")}};
  EXPECT_EQ(world.Judge(open), "accepted");
  open.by = {reporter};
  EXPECT_EQ(world.Judge(open), "authority");

  const By second{std::string(kCase) + "/x", "witness"};
  Fields bring = world.InCase(kCase, "x.y", {Officer(kP1), second});
  bring.parties = {{"witness", KeyOf(second.name)}};
  EXPECT_EQ(world.Judge(bring), "accepted");
  bring.by = {{std::string(kReporter), "reporter"}, second};
  EXPECT_EQ(world.Judge(bring), "authority") << "a party brings no party in";
}

TEST(CaseAuthority, APartyOpensNothingEvenWhereItIsKnown) {
  World world;
  Fields again = world.Opening(kCase, {{std::string(kReporter), "reporter"}});
  again.position_count = 0;
  again.position_root = {};
  EXPECT_EQ(world.Judge(again), "authority");
  again.by = {Officer(kP1)};
  EXPECT_EQ(world.Judge(again), "conflict");
}

TEST(CaseAuthority, APartyMustBeNewAndSign) {
  World world;
  const By entering{std::string(kCase) + "/x", "witness"};
  Fields bring = world.InCase(kCase, "x.y", {Officer(kP1), entering});
  bring.parties = {{"witness", KeyOf(entering.name)}};
  ASSERT_EQ(world.Judge(bring), "accepted");

  Fields silent = bring;
  silent.by = {Officer(kP1)};
  EXPECT_EQ(world.Judge(silent), "authority");

  Fields known_name = bring;
  known_name.parties = {{"reporter", KeyOf(kReporter, 1)}};
  known_name.by = {Officer(kP1), {std::string(kReporter), "reporter"}};
  EXPECT_EQ(world.Judge(known_name), "authority") << "the name's known key signs";

  // The same secret under another name: a key that is a party, a root's, the log's, enrolled.
  for (const std::string_view other : {kReporter, kRoot3, kOrigin, kP2}) {
    Fields known_key = bring;
    known_key.parties[0].key.key = KeyOf(other).key;
    auto text = record::EncodeActionText(known_key);
    ASSERT_TRUE(text.ok());
    const std::string note =
        *text + "\n" + tlog::EncodeSignatureLine(record::SignAction(*text, kP1, SecretOf(kP1))) +
        tlog::EncodeSignatureLine(record::SignAction(*text, entering.name, SecretOf(other)));
    EXPECT_EQ(world.JudgeNote(note), "authority") << other;
    EXPECT_EQ(world.last.where, "party");
  }
}

TEST(CaseAuthority, RebindingTakesOwnerAndRoots) {
  World world;
  const auto rebind = [&](std::vector<By> by) {
    Fields fields = world.InCase(kCase, "case.rebind", std::move(by));
    fields.under = world.Opening(kCase, {}).under;
    return world.Judge(fields);
  };
  const By owner = Officer(kOwner, "procedure_owner");
  EXPECT_EQ(rebind(RootsAnd({owner})), "accepted");
  EXPECT_EQ(rebind(RootsAnd({owner, Officer(kP1)})), "accepted");
  EXPECT_EQ(rebind({owner, Root(kRoot1)}), "authority") << "below the threshold";
  EXPECT_EQ(rebind(RootsAnd({Officer(kP1)})), "authority") << "no owner";
}

}  // namespace
}  // namespace jejak::registry::test
