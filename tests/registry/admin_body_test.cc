// SPDX-License-Identifier: Apache-2.0
//
// The bodies of section 8: exactly these members, and every bullet that a body alone decides.
#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "tests/registry/world.h"

namespace jejak::registry::test {
namespace {

constexpr const char* kHash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

// Reads a body as the action `type` of `stream`; "" when it is one, else where it is at fault.
std::string FaultOf(const std::string& stream, const std::string& type, const std::string& body) {
  Fields fields;
  fields.log = std::string(kOrigin);
  fields.stream = *record::ParseStream(stream);
  fields.type = type;
  fields.at = *ParseAt("2026-01-05T08:00:00+07:00");
  fields.by = {{std::string(kRoot1), "root"}};
  fields.body_form = record::BodyForm::kInline;
  fields.body_json = body;
  const auto parsed = ParseCandidate(SignedNote(fields));
  const auto* refusal = std::get_if<Refusal>(&parsed);
  if (refusal == nullptr) return "";
  EXPECT_EQ(refusal->code, "malformed");
  EXPECT_FALSE(refusal->detail.empty());
  return refusal->where.empty() ? "body" : refusal->where;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

struct Good {
  const char* stream;
  const char* type;
  std::string body;
  std::vector<const char*> members;  // that must be there
};

std::string Document(const std::string& more = "") {
  return std::string(R"({"version":"1.2.3","size":1048576,"sha256":")") + kHash + "\"" + more + "}";
}

std::vector<Good> AllTypes() {
  const std::string key = "\"key\":\"" + VKey(kP1) + "\"";
  return {
      {"registry",
       "log.create",
       CreateBody(kOrigin, VKey(kOrigin), {std::string(kRoot1), "A"}, 1),
       {"origin", "log_key", "roots", "threshold", "rules", "name", "zone"}},
      {"registry",
       "root.rotate",
       "{" + RootsMembers({std::string(kRoot1), "A"}, 1) + "}",
       {"roots", "threshold"}},
      {"registry", "log.upgrade", R"({"rules":1})", {"rules"}},
      {"registry", "log.close", "{}", {}},
      {"registry",
       "unit.register",
       R"({"unit":"u","title":{"id":"U","en":"U"}})",
       {"unit", "title"}},
      {"registry", "unit.close", R"({"unit":"u"})", {"unit"}},
      {"key/o.example/p1",
       "key.enroll",
       "{" + key + R"(,"unit":"u","holder":"h","grants":[]})",
       {"key", "unit", "holder", "grants"}},
      {"key/o.example/p1", "key.rotate", "{" + key + "}", {"key"}},
      {"key/o.example/p1", "key.grant", R"({"grants":[{"role":"x"}]})", {"grants"}},
      {"key/o.example/p1", "key.ungrant", R"({"roles":["x"]})", {"roles"}},
      {"key/o.example/p1", "key.revoke", R"({"reason":"lost"})", {"reason"}},
      {"procedure/p",
       "procedure.publish",
       Document(R"(,"calendar":"c")"),
       {"version", "size", "sha256", "calendar"}},
      {"procedure/p", "procedure.retire", "{}", {}},
      {"calendar/c", "calendar.publish", Document(), {"version", "size", "sha256"}},
  };
}

TEST(AdminBody, EveryTypeHasExactlyItsMembers) {
  for (const Good& good : AllTypes()) {
    SCOPED_TRACE(good.type);
    EXPECT_EQ(FaultOf(good.stream, good.type, good.body), "");
    const bool empty = good.body == "{}";
    EXPECT_EQ(FaultOf(good.stream, good.type,
                      Replaced(good.body, "{", empty ? R"({"x":1)" : R"({"x":1,)")),
              "body")
        << "an unknown member";
    for (const char* member : good.members) {
      const std::string quoted = "\"" + std::string(member) + "\":";
      EXPECT_EQ(FaultOf(good.stream, good.type,
                        Replaced(good.body, quoted, "\"" + std::string(member) + "x\":")),
                "/" + std::string(member))
          << "a missing member";
      EXPECT_EQ(
          FaultOf(good.stream, good.type, Replaced(good.body, quoted, quoted + "null,\"y\":")),
          "/" + std::string(member))
          << "a null";
    }
  }
}

TEST(AdminBody, TypeAndStreamBelongTogether) {
  EXPECT_EQ(FaultOf("registry", "log.close", R"({"successor":"log.example/2"})"), "");
  const auto judge = [](const char* stream, const char* type) {
    Fields fields;
    fields.log = std::string(kOrigin);
    fields.stream = *record::ParseStream(stream);
    fields.type = "log.close";
    fields.at = *ParseAt("2026-01-05T08:00:00+07:00");
    fields.by = {{std::string(kRoot1), "root"}};
    fields.body_form = record::BodyForm::kInline;
    fields.body_json = "{}";
    fields.stream = *record::ParseStream("registry");
    const std::string note = SignedNote(fields);
    std::string changed = Replaced(note, "stream registry", std::string("stream ") + stream);
    changed = Replaced(changed, "type log.close", std::string("type ") + type);
    const auto parsed = ParseCandidate(changed);
    const auto* refusal = std::get_if<Refusal>(&parsed);
    return refusal == nullptr ? std::string("accepted") : refusal->code;
  };
  EXPECT_EQ(judge("registry", "log.close"), "accepted");
  EXPECT_EQ(judge("procedure/p", "procedure.retire"), "accepted");
  EXPECT_EQ(judge("calendar/p", "procedure.retire"), "malformed");
  EXPECT_EQ(judge("calendar/p", "calendar.retire"), "malformed");
  EXPECT_EQ(judge("key/o.example/p1", "log.close"), "malformed");
  EXPECT_EQ(judge("registry", "report.submit"), "malformed");
}

TEST(AdminBody, RootsAreDistinctAndWithinBounds) {
  const auto fault = [](const std::string& members) {
    return FaultOf("registry", "root.rotate", "{" + members + "}");
  };
  std::vector<std::string> many;
  for (int i = 0; i < 17; ++i) {
    many.push_back("r.example/" + std::to_string(i));
    many.push_back("h" + std::to_string(i));
  }
  EXPECT_EQ(fault(RootsMembers(many, 1)), "/roots");
  many.resize(32);
  EXPECT_EQ(fault(RootsMembers(many, 16)), "");
  EXPECT_EQ(fault(RootsMembers(many, 17)), "/threshold");
  EXPECT_EQ(fault(RootsMembers(many, 0)), "/threshold");
  EXPECT_EQ(fault(RootsMembers({}, 1)), "/roots");
  EXPECT_EQ(fault(RootsMembers({"r.example/1", "A", "r.example/2", "A"}, 1)), "/roots/1/holder");
  EXPECT_EQ(fault(RootsMembers({"r.example/1", "A", "r.example/1", "B"}, 1)), "/roots/1/key");
  tlog::VerifierKey same = KeyOf("r.example/1");
  same.name = "r.example/2";
  EXPECT_EQ(fault(Replaced(RootsMembers({"r.example/1", "A", "r.example/2", "B"}, 1),
                           VKey("r.example/2"), tlog::EncodeVerifierKey(same))),
            "/roots/1/key");
  const std::string one = RootsMembers({"r.example/1", "A"}, 1);
  EXPECT_EQ(fault(Replaced(one, "\"A\"", "\"A B\"")), "/roots/0/holder");
  EXPECT_EQ(fault(Replaced(one, "\"A\"", "\"A\",\"x\":1")), "/roots/0");
  EXPECT_EQ(fault(Replaced(one, "[{", "[1,{")), "/roots/0");
}

TEST(AdminBody, CreationIsBounded) {
  const std::string good = CreateBody(kOrigin, VKey(kOrigin), {std::string(kRoot1), "A"}, 1);
  const auto fault = [&](const std::string& from, const std::string& to) {
    return FaultOf("registry", "log.create", Replaced(good, from, to));
  };
  EXPECT_EQ(fault("\"origin\":\"log.example/1\"", "\"origin\":\"log.example//1\""), "/origin");
  EXPECT_EQ(fault("+07:00", "+7:00"), "/zone");
  EXPECT_EQ(fault("\"rules\":1", "\"rules\":0"), "/rules");
  EXPECT_EQ(fault("\"rules\":1", "\"rules\":\"1\""), "/rules");
  EXPECT_EQ(fault("\"Contoh\"", "\"\""), "/name/id");
  EXPECT_EQ(fault("\"Example\"}", "\"Example\",\"fr\":\"x\"}"), "/name");
  const std::string continues =
      std::string(R"("zone":"+07:00","continues":{"origin":"a/1","size":1,"root":")") + kHash +
      "\"}";
  EXPECT_EQ(fault("\"zone\":\"+07:00\"", continues), "");
  EXPECT_EQ(fault("\"zone\":\"+07:00\"", Replaced(continues, "\"size\":1", "\"size\":0")),
            "/continues/size");
  EXPECT_EQ(fault("\"zone\":\"+07:00\"", Replaced(continues, "a/1", "")), "/continues/origin");
  EXPECT_EQ(fault("\"zone\":\"+07:00\"", Replaced(continues, "47DE", "")), "/continues/root");
  EXPECT_EQ(fault("\"zone\":\"+07:00\"", Replaced(continues, ",\"size\":1", "")),
            "/continues/size");
}

TEST(AdminBody, TitlesCountCodePoints) {
  const auto fault = [](const std::string& id) {
    return FaultOf("registry", "unit.register",
                   R"({"unit":"u","title":{"id":")" + id + R"(","en":"U"}})");
  };
  std::string wide;
  for (int i = 0; i < 200; ++i) wide += "\xf0\x9f\x8f\x9b";  // 4 bytes each
  EXPECT_EQ(fault(wide), "");
  EXPECT_EQ(fault(wide + "x"), "/title/id");
  EXPECT_EQ(fault(""), "/title/id");
  EXPECT_EQ(fault("a\\u202eb"), "") << "escaped, so it fakes nothing";
}

TEST(AdminBody, GrantsAreWordsOnceEach) {
  const auto fault = [](const std::string& grants) {
    return FaultOf("key/o.example/p1", "key.grant", "{\"grants\":" + grants + "}");
  };
  EXPECT_EQ(fault("[]"), "/grants");
  for (const char* role : {"root", "self", "-", "X", ""}) {
    EXPECT_EQ(fault(Grants({role})), "/grants/0/role") << role;
  }
  EXPECT_EQ(fault(Grants({"x", "y", "x"})), "/grants/2/role");
  std::vector<std::string> many;
  many.reserve(65);
  for (int i = 0; i < 64; ++i) many.push_back("x" + std::to_string(i));
  EXPECT_EQ(fault(Grants(many)), "");
  many.emplace_back("y");
  EXPECT_EQ(fault(Grants(many)), "/grants");
  EXPECT_EQ(fault(R"([{"role":"x","scope":"kec","acting":"plh","until":"2026-02-28"}])"), "");
  EXPECT_EQ(fault(R"([{"role":"x","scope":"Kec"}])"), "/grants/0/scope");
  EXPECT_EQ(fault(R"([{"role":"x","acting":"pj"}])"), "/grants/0/acting");
  EXPECT_EQ(fault(R"([{"role":"x","until":"2026-02-29"}])"), "/grants/0/until");
  EXPECT_EQ(fault(R"([{"role":"x","until":"9999-01-01"}])"), "/grants/0/until");
  EXPECT_EQ(fault(R"([{"role":"x","until":null}])"), "/grants/0/until");
  EXPECT_EQ(fault(R"([{"role":"x","note":"y"}])"), "/grants/0");
}

TEST(AdminBody, RolesTakenAwayAreDistinctWords) {
  const auto fault = [](const std::string& roles) {
    return FaultOf("key/o.example/p1", "key.ungrant", "{\"roles\":" + roles + "}");
  };
  EXPECT_EQ(fault("[]"), "/roles");
  EXPECT_EQ(fault(R"(["x","y"])"), "");
  EXPECT_EQ(fault(R"(["x","x"])"), "/roles/1");
  EXPECT_EQ(fault(R"(["x",1])"), "/roles/1");
  EXPECT_EQ(fault(R"(["-"])"), "/roles/0");
  std::string many = "[\"y\"";
  for (int i = 0; i < 63; ++i) many += ",\"x" + std::to_string(i) + "\"";
  EXPECT_EQ(fault(many + "]"), "");
  EXPECT_EQ(fault(many + ",\"z\"]"), "/roles");
}

TEST(AdminBody, KeysCarryTheStreamsName) {
  const auto fault = [](const std::string& vkey) {
    return FaultOf("key/o.example/p1", "key.rotate", "{\"key\":\"" + vkey + "\"}");
  };
  EXPECT_EQ(fault(VKey(kP1)), "");
  EXPECT_EQ(fault(VKey(kP2)), "/key");
  EXPECT_EQ(fault(VKey(kP1) + "="), "/key");
  tlog::VerifierKey witness = KeyOf(kP1);
  witness.type = tlog::kCosignatureKey;
  EXPECT_EQ(fault(tlog::EncodeVerifierKey(witness)), "/key") << "not a signing key of type 1";
}

TEST(AdminBody, RevocationsAndDocumentsAreBounded) {
  const auto revoke = [](const std::string& body) {
    return FaultOf("key/o.example/p1", "key.revoke", body);
  };
  for (const char* reason : {"lost", "left_office", "compromised", "superseded"}) {
    EXPECT_EQ(revoke(std::string(R"({"reason":")") + reason + "\"}"), "");
  }
  EXPECT_EQ(revoke(R"({"reason":"other"})"), "/reason");
  EXPECT_EQ(revoke(R"({"reason":"lost","compromised_since":0})"), "");
  EXPECT_EQ(revoke(R"({"reason":"lost","compromised_since":-1})"), "/compromised_since");
  EXPECT_EQ(revoke(R"({"reason":"lost","compromised_since":null})"), "/compromised_since");

  const auto publish = [](const std::string& from, const std::string& to) {
    return FaultOf("calendar/c", "calendar.publish", Replaced(Document(), from, to));
  };
  EXPECT_EQ(publish("1.2.3", "1.2.3.4"), "/version");
  EXPECT_EQ(publish("1.2.3", "01"), "/version");
  EXPECT_EQ(publish("1048576", "1"), "");
  EXPECT_EQ(publish("1048576", "1048577"), "/size");
  EXPECT_EQ(publish("1048576", "0"), "/size");
  EXPECT_EQ(publish("uFU=", "uFV="), "/sha256");
  EXPECT_EQ(FaultOf("procedure/p", "procedure.publish", Document(R"(,"calendar":"C")")),
            "/calendar");
  EXPECT_EQ(FaultOf("registry", "log.close", R"({"successor":""})"), "/successor");
}

TEST(AdminBody, ParseAdminBodySaysWhere) {
  World world(false);
  const auto parsed = record::ParseAction(SignedNote(
      world.InRegistry("unit.close", R"({"unit":"U"})", {{std::string(kRoot1), "root"}})));
  ASSERT_TRUE(parsed.ok());
  const auto body = ParseAdminBody(*parsed);
  ASSERT_FALSE(body.ok());
  EXPECT_EQ(body.error().code, Code::kMalformed);
  EXPECT_EQ(body.error().detail, "/unit: it must be an id");
}

}  // namespace
}  // namespace jejak::registry::test
