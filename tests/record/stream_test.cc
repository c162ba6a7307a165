// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/stream.h"

#include <gtest/gtest.h>

#include <vector>

namespace jejak::record {
namespace {

TEST(Stream, EveryKindKeepsItsText) {
  const std::vector<std::pair<std::string, StreamKind>> rows = {
      {"registry", StreamKind::kRegistry},
      {"case/5K3D7Q2M8ZP4XK3V9T5R6W1Y0B", StreamKind::kCase},
      {"key/bkpsdm.contohkota.go.id/p-07", StreamKind::kKey},
      {"procedure/malang-article-2024", StreamKind::kProcedure},
      {"calendar/id-asn", StreamKind::kCalendar}};
  for (const auto& [text, kind] : rows) {
    const auto stream = ParseStream(text);
    ASSERT_TRUE(stream.ok()) << text;
    EXPECT_EQ(stream->kind, kind) << text;
    EXPECT_EQ(stream->text(), text);
    EXPECT_EQ(stream->is_case(), kind == StreamKind::kCase);
  }
}

TEST(Stream, RefusesEveryOtherSpelling) {
  for (const char* text : {"",
                           "registry/",
                           "registry/x",
                           "Registry",
                           " registry",
                           "registry ",
                           "case",
                           "case/",
                           "case/5k3d7q2m8zp4xk3v9t5r6w1y0b",
                           "case/8K3D7Q2M8ZP4XK3V9T5R6W1Y0B",
                           "case/5K3D7Q2M8ZP4XK3V9T5R6W1Y0",
                           "case/5K3D7Q2M8ZP4XK3V9T5R6W1Y0BB",
                           "key/",
                           "key/a b",
                           "key/a//b",
                           "key/a/../b",
                           "key/a+b",
                           "procedure/",
                           "procedure/A",
                           "procedure/a/b",
                           "calendar/-a",
                           "file/a",
                           "/a"}) {
    EXPECT_FALSE(ParseStream(text).ok()) << text;
  }
}

TEST(Stream, AdministrationTypesStandInTheirStreamAlone) {
  const std::vector<std::pair<std::string, StreamKind>> rows = {
      {"log.create", StreamKind::kRegistry},
      {"root.rotate", StreamKind::kRegistry},
      {"log.upgrade", StreamKind::kRegistry},
      {"log.close", StreamKind::kRegistry},
      {"unit.register", StreamKind::kRegistry},
      {"unit.close", StreamKind::kRegistry},
      {"key.enroll", StreamKind::kKey},
      {"key.rotate", StreamKind::kKey},
      {"key.grant", StreamKind::kKey},
      {"key.ungrant", StreamKind::kKey},
      {"key.revoke", StreamKind::kKey},
      {"procedure.publish", StreamKind::kProcedure},
      {"procedure.retire", StreamKind::kProcedure},
      {"calendar.publish", StreamKind::kCalendar}};
  for (const auto& [type, home] : rows) {
    for (const StreamKind kind : {StreamKind::kRegistry, StreamKind::kCase, StreamKind::kKey,
                                  StreamKind::kProcedure, StreamKind::kCalendar}) {
      EXPECT_EQ(TypeFitsStream(type, kind), kind == home) << type << static_cast<int>(kind);
    }
  }
}

TEST(Stream, CasesTakeAnyTypeWhoseFirstWordIsFree) {
  for (const char* type :
       {"exam.hold", "case.rebind", "keys.lost", "exam.key", "logs.log.create"}) {
    EXPECT_TRUE(TypeFitsStream(type, StreamKind::kCase)) << type;
    EXPECT_FALSE(TypeFitsStream(type, StreamKind::kRegistry)) << type;
  }
  for (const char* type : {"log.x", "root.x", "unit.x", "key.x", "procedure.x", "calendar.x.y"}) {
    EXPECT_FALSE(TypeFitsStream(type, StreamKind::kCase)) << type;
    EXPECT_FALSE(TypeFitsStream(type, StreamKind::kKey)) << type;
  }
}

}  // namespace
}  // namespace jejak::record
