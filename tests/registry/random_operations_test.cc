// SPDX-License-Identifier: Apache-2.0
//
// Seeded random operations over a small world, most of them wrong in some way. The accumulated
// hash over every answer pins the behaviour: whoever changes a row sees it here.
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "tests/registry/world.h"

namespace jejak::registry::test {
namespace {

// splitmix64: the same numbers on every platform.
class Random final {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::size_t Below(std::size_t bound) {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return static_cast<std::size_t>((z ^ (z >> 31)) % bound);
  }
  template <class T, std::size_t kSize>
  const T& Pick(const std::array<T, kSize>& from) {
    return from[Below(kSize)];
  }

 private:
  std::uint64_t state_;
};

constexpr std::array<const char*, 5> kRoles = {"officer", "clerk", "registrar", "procedure_owner",
                                               "-"};
constexpr std::array<const char*, 6> kKeys = {"o.example/a", "o.example/b",  "o.example/c",
                                              "o.example/d", "o.example/p1", "o.example/own"};
constexpr std::array<const char*, 3> kRootNames = {"r.example/1", "r.example/2", "r.example/4"};
constexpr std::array<const char*, 2> kCases = {"5MG3Z0FSDG8122AFHMEK5J0EY2",
                                               "5WV6N1EN85F57JY4X1SEFPD93C"};

class Operations final {
 public:
  explicit Operations(std::uint64_t seed) : random_(seed) {}

  // One operation: its type, the answer, and the heads that follow from it.
  std::string Step() {
    world_.now.value += static_cast<std::int64_t>(random_.Below(30));
    std::vector<Generation> generations;
    const Fields fields = Next(generations);
    const std::string answer = world_.Judge(fields, generations);
    if (answer == "accepted") {
      world_.ApplyLast();
      if (fields.type == "key.rotate") ++generation_[fields.stream.name];
    }
    ++answers[answer];
    const StreamState* state = world_.ledger.Find(fields.stream);
    return fields.type + " " + answer + " " + world_.last.where + " " +
           (state == nullptr ? "-" : EncodeHash(state->head.root)) + "\n";
  }

  std::map<std::string, int> answers;

 private:
  std::vector<By> Signers() {
    switch (random_.Below(6)) {
      case 0:
        return Roots();
      case 1:
        return Owner();
      case 2:
        return {{random_.Pick(kKeys), random_.Pick(kRoles)}, {std::string(kReg2), "registrar"}};
      case 3:
        return {{random_.Pick(kRootNames), "root"}, {std::string(kReg1), "registrar"}};
      default:
        return Pair();
    }
  }

  Fields Next(std::vector<Generation>& generations) {
    const std::string name = random_.Pick(kKeys);
    const int now = generation_[name];
    Fields fields = [&] {
      switch (random_.Below(8)) {
        case 0:
        case 1:
          return KeyAction(name, now);
        case 2:
          return Registry();
        case 3:
          return Document();
        default:
          return CaseAction(name);
      }
    }();
    for (const By& by : fields.by) {
      const bool entering = fields.type == "key.rotate" && by.name == name;
      generations.push_back({by.name, generation_[by.name] + (entering ? 1 : 0)});
    }
    if (!fields.under && random_.Below(12) == 0) fields.position_count += 1;
    if (random_.Below(30) == 0) generations.front().generation += 1;
    return fields;
  }

  Fields KeyAction(const std::string& name, int now) {
    std::vector<By> by = Signers();
    const std::string role = random_.Pick(kRoles);
    const auto with_self = [&] {
      std::erase_if(by, [&](const By& line) { return line.name == name; });
      by.push_back({name, "self"});
    };
    switch (random_.Below(5)) {
      case 0:
        with_self();
        return Enroll(name, now, role, by);
      case 1:
        with_self();
        return world_.InKey(name, "key.rotate", "{\"key\":\"" + VKey(name, now + 1) + "\"}", by);
      case 2:
        return world_.InKey(name, "key.ungrant", R"({"roles":["officer"]})", by);
      case 3:
        if (random_.Below(4) != 0) break;
        return world_.InKey(name, "key.revoke",
                            R"({"reason":"lost","compromised_since":)" +
                                std::to_string(random_.Below(world_.index + 9)) + "}",
                            by);
      default:
        break;
    }
    return world_.InKey(name, "key.grant",
                        "{\"grants\":" + Grants({role == "-" ? "x" : role}) + "}", by);
  }

  // Every draw in a statement of its own: the order of operands is the compiler's.
  Fields Enroll(const std::string& name, int now, const std::string& role, std::vector<By> by) {
    const std::string unit = std::to_string(random_.Below(4));
    const std::string holder = std::to_string(random_.Below(9));
    return world_.InKey(name, "key.enroll",
                        "{\"key\":\"" + VKey(name, now) + R"(","unit":"u)" + unit +
                            R"(","holder":"h)" + holder + R"(","grants":)" +
                            (role == "-" ? "[]" : Grants({role})) + "}",
                        std::move(by));
  }

  Fields Registry() {
    const std::string unit = "u" + std::to_string(random_.Below(12));
    switch (random_.Below(4)) {
      case 0:
        return world_.InRegistry("unit.register",
                                 "{\"unit\":\"" + unit + R"(","title":{"id":"U","en":"U"}})",
                                 Signers());
      case 1:
        return world_.InRegistry("unit.close", "{\"unit\":\"" + unit + "\"}", Signers());
      default:
        break;
    }
    const std::string third = random_.Pick(kRootNames);
    std::vector<std::string> roots = {std::string(kRoot1), "A", std::string(kRoot2), "B"};
    std::vector<By> by = Roots();
    if (third == "r.example/4") {
      roots.insert(roots.end(), {third, "D"});
      by.push_back({third, "root"});
    }
    return world_.InRegistry("root.rotate", "{" + RootsMembers(roots, 2) + "}", by);
  }

  Fields Document() {
    if (random_.Below(4) == 0) {
      return world_.InDocument("procedure/proc", "procedure.retire", "{}", Owner());
    }
    const std::string version = std::to_string(random_.Below(60));
    std::vector<By> by = random_.Below(3) == 0 ? Signers() : Owner();
    return world_.InDocument(
        "procedure/proc", "procedure.publish",
        R"({"version":")" + version +
            R"(","size":1,"sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=","calendar":"cal"})",
        std::move(by));
  }

  Fields CaseAction(const std::string& name) {
    const std::string id = random_.Pick(kCases);
    std::vector<By> by = {{name, random_.Pick(kRoles)}};
    if (random_.Below(3) == 0) by.push_back({id + "/reporter", "reporter"});
    const std::string type = "step.n" + std::to_string(random_.Below(50));
    Fields fields = world_.InCase(id, type, by);
    if (fields.position_count == 0) {
      fields.under = world_.Opening(id, {}).under;
    } else if (random_.Below(4) == 0) {
      const std::uint64_t n = 1 + random_.Below(fields.position_count + 1);
      fields.position = record::PositionKind::kSeen;
      fields.position_root = world_.ledger.RootAt(fields.stream, n).value_or(fields.position_root);
      fields.position_count = n;
      fields.until = fields.at;
      if (random_.Below(5) == 0) fields.until = *ParseAt(FormatAt({world_.now.value - 1}, 0));
    }
    if (random_.Below(5) == 0) {
      const std::string party = id + "/x" + std::to_string(random_.Below(40));
      fields.parties = {{"witness", KeyOf(party)}};
      if (random_.Below(6) != 0) fields.by.push_back({party, "witness"});
    }
    if (random_.Below(12) == 0) fields.at = *ParseAt(FormatAt({world_.now.value + 301}, 420));
    return fields;
  }

  World world_;
  Random random_;
  std::map<std::string, int> generation_;
};

TEST(RandomOperations, GiveTheSameAnswersForEver) {
  crypto::Sha256Stream accumulated;
  std::map<std::string, int> answers;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Operations operations(seed);
    for (int i = 0; i < 250; ++i) {
      const std::string line = operations.Step();
      accumulated.Add(AsBytes(line));
    }
    for (const auto& [answer, count] : operations.answers) answers[answer] += count;
  }
  for (const char* answer :
       {"accepted", "unknown_key", "revoked_key", "role_not_held", "bad_signature", "authority",
        "state", "procedure_not_in_force", "conflict", "at_in_future", "expired"}) {
    EXPECT_GT(answers[answer], 0) << answer;
  }
  EXPECT_EQ(EncodeHex(accumulated.Finish().view()),
            "c30f5813f210fb8ecda7b6a9e378facd067e3ce78d23908d8e7a6c94f44b25bc");
}

}  // namespace
}  // namespace jejak::registry::test
