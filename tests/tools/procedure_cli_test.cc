// SPDX-License-Identifier: Apache-2.0
// `jejak procedure` as a shell sees it.
#include <gtest/gtest.h>

#include "tests/tools/shell.h"

namespace jejak {
namespace {

const std::string kProcedures = JEJAK_SOURCE_DIR "/docs/procedures/";

class ProcedureVerbs : public test::ShellTest {
 protected:
  int Run(const std::string& arguments) {
    return Shell(std::string(JEJAK) + " procedure " + arguments);
  }
};

TEST_F(ProcedureVerbs, CheckIsSilentAboutWhatIsGood) {
  EXPECT_EQ(Run("check " + kProcedures + "id-asn.calendar.json"), 0) << out_;
  EXPECT_EQ(out_, "");
  EXPECT_EQ(Run("check " + kProcedures + "malang-article-2024.json"), 0) << out_;
  EXPECT_EQ(out_.find(" error "), out_.npos) << out_;
}

TEST_F(ProcedureVerbs, CheckNamesFilePointerAndFault) {
  std::string text = test::ReadText(kProcedures + "malang-article-2024.json");
  text.replace(text.find("\"severity\": \"M\""), 15, "\"severity\": \"X\"");
  const std::string file = Write("bad.json", text);
  EXPECT_EQ(Run("check " + file), 3);
  EXPECT_NE(out_.find(file + ": error /rules/0/severity: "), out_.npos) << out_;
  EXPECT_EQ(Run("check --json " + file), 3);
  EXPECT_TRUE(out_.starts_with("{\"file\":\"")) << out_;
  EXPECT_NE(out_.find("{\"severity\":\"error\",\"pointer\":\"/rules/0/severity\",\"message\":"),
            out_.npos)
      << out_;
  std::string calendar = test::ReadText(kProcedures + "id-asn.calendar.json");
  calendar.replace(calendar.find("\"mon\""), 5, "\"moon\"");
  EXPECT_EQ(Run("check " + Write("bad.calendar.json", calendar)), 3);
  EXPECT_NE(out_.find(": error /working_week"), out_.npos) << out_;
  EXPECT_EQ(Run("check " + Write("no.json", "{")), 3);
  EXPECT_EQ(Run("check " + (dir_ / "absent")), 3);
  EXPECT_EQ(Run("check"), 2);
  EXPECT_EQ(Run(""), 2);
}

TEST_F(ProcedureVerbs, DiffSaysWhatChangedInEitherLanguage) {
  const std::string both =
      kProcedures + "malang-article-2024.json " + kProcedures + "malang-article-2024-1.1.0.json";
  EXPECT_EQ(Run("diff " + both), 0) << err_;
  EXPECT_NE(out_.find("~ parameter notice_days (rules A10)\n    value: 14 → 7\n"), out_.npos)
      << out_;
  EXPECT_EQ(Run("diff --lang id " + both), 0) << err_;
  EXPECT_NE(out_.find("~ angka notice_days (aturan A10)\n    nilai: 14 → 7\n"), out_.npos) << out_;
  EXPECT_EQ(Run("diff --lang fr " + both), 2);
  EXPECT_EQ(Run("diff " + kProcedures + "id-asn.calendar.json " + kProcedures + "pp94-kota.json"),
            3);
}

TEST_F(ProcedureVerbs, GraphDrawsATrack) {
  EXPECT_EQ(
      Run("graph --track officer -o " + (dir_ / "g.svg") + " " + kProcedures + "pp94-kota.json"), 0)
      << err_;
  EXPECT_EQ(test::ReadText(dir_ / "g.svg"),
            test::ReadText(JEJAK_SOURCE_DIR "/docs/procedure/pp94-kota-officer.en.svg"));
  EXPECT_EQ(Run("graph --track nobody " + kProcedures + "pp94-kota.json"), 3);
  EXPECT_NE(err_.find("report, officer"), err_.npos) << err_;
  EXPECT_EQ(Run("graph " + kProcedures + "permit-receipt.json"), 3);
}

TEST_F(ProcedureVerbs, GuideTellsADefinition) {
  EXPECT_EQ(Run("guide --lang en " + kProcedures + "malang-article-2024.json"), 0) << err_;
  EXPECT_NE(out_.find("### A07. No sanction without examination"), out_.npos);
}

}  // namespace
}  // namespace jejak
