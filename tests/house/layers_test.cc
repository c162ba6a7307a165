// SPDX-License-Identifier: Apache-2.0
#include "tests/house/layers.h"

#include <gtest/gtest.h>

#include "tests/house/source_tree.h"

namespace jejak::house {
namespace {

struct Planted {
  const char* name;
  const char* path;
  const char* text;
  const char* what;  // part of the finding; nullptr: nothing is wrong
};

class PlantedTest : public testing::TestWithParam<Planted> {};

TEST_P(PlantedTest, IsJudgedAsTheTableSays) {
  const Planted& planted = GetParam();
  const auto findings = CheckFile(planted.path, planted.text);
  if (planted.what == nullptr) {
    for (const Finding& finding : findings) ADD_FAILURE() << finding.text();
    return;
  }
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_NE(findings[0].what.find(planted.what), std::string::npos) << findings[0].text();
}

constexpr Planted kPlanted[] = {
    {"upwards", "ledger/base/json.cc", "#include \"ledger/tlog/note.h\"\n",
     "base may not include tlog"},
    {"downwards", "ledger/tlog/note.cc", "#include \"ledger/base/text.h\"\n", nullptr},
    {"own_room", "ledger/tlog/note.cc", "#include \"ledger/tlog/note.h\"\n", nullptr},
    {"sideways", "ledger/record/a.cc", "#include \"ledger/statemap/proof.h\"\n",
     "record may not include statemap"},
    {"store_sees_base_only", "ledger/store/a.cc", "#include \"ledger/record/action.h\"\n",
     "store may not include record"},
    {"verifier_sees_no_store", "verifier/a.cc", "#include \"ledger/store/store.h\"\n",
     "verifier may not include store"},
    {"api_sees_no_tools", "api/a.cc", "#include \"tools/a.h\"\n", "api may not include tools"},
    {"tools_see_all", "tools/cli/a.cc", "#include \"verifier/log_audit.h\"\n", nullptr},
    {"spaces_do_not_hide", "ledger/base/a.cc", "  #  include\t\"ledger/tlog/note.h\"\n",
     "base may not include tlog"},
    {"angles_do_not_hide", "ledger/base/a.cc", "#include <ledger/tlog/note.h>\n",
     "base may not include tlog"},
    {"relative", "ledger/tlog/note.cc", "#include \"note.h\"\n", "not a path from the repository"},
    {"tests_are_no_room", "ledger/tlog/a.cc", "#include \"tests/support/a.h\"\n",
     "not a path from the repository"},
    {"computed", "ledger/tlog/note.cc", "#include HEADER\n", "names its file"},
    {"commented_out", "ledger/base/a.cc",
     "// #include \"ledger/tlog/note.h\"\n/*\n#include <thread>\n*/\n", nullptr},
    {"after_a_comment", "ledger/base/a.cc", "/* \" */ #include <thread>\n", "pure room"},
    {"string_with_comment_start", "ledger/base/a.cc",
     "const char* kUrl = \"http://\";\n#include <mutex>\n", "pure room"},
    {"digit_separator", "ledger/base/a.cc", "int a = 1'000;  // it's\n#include <mutex>\n",
     "pure room"},
    {"clock", "ledger/record/a.cc", "#include <chrono>\n", "pure room"},
    {"thread", "ledger/evidence/a.h", "#include <thread>\n", "pure room"},
    {"file", "ledger/tlog/a.cc", "#include <fstream>\n", "pure room"},
    {"system_header", "ledger/tlog/a.cc", "#include <sys/stat.h>\n", "pure room"},
    {"environment", "ledger/base/a.cc", "auto v = std::getenv(\"HOME\");\n", "`getenv`"},
    {"exception", "ledger/base/a.cc", "  throw 1;\n", "`throw`"},
    {"word_inside_a_word", "ledger/base/a.cc", "int retry_count = operand;\n", nullptr},
    {"word_in_a_string", "ledger/base/a.cc", "Malformed(\"try again\");\n", nullptr},
    {"thread_above_the_line", "ledger/sequencer/a.h", "#include <thread>\n", nullptr},
    {"sodium_in_its_file", "ledger/crypto/crypto_sodium.cc", "#include <sodium.h>\n", nullptr},
    {"sodium_elsewhere", "ledger/crypto/sign.cc", "#include <sodium.h>\n", "not for this file"},
    {"sodium_in_a_header", "ledger/crypto/crypto_sodium.h", "#include <sodium.h>\n",
     "no header of ours"},
    {"nettle_elsewhere", "ledger/tlog/merkle.cc", "#include <nettle/sha2.h>\n",
     "not for this file"},
    {"rocksdb_in_its_file", "ledger/store/rocksdb_store.cc", "#include <rocksdb/db.h>\n", nullptr},
    {"rocksdb_elsewhere", "ledger/store/schema.cc", "#include <rocksdb/db.h>\n",
     "not for this file"},
    {"beast_in_its_file", "api/http_reader.cc", "#include <boost/beast.hpp>\n", nullptr},
    {"asio_in_its_file", "api/http_server.cc", "#include <boost/asio.hpp>\n", nullptr},
    {"beast_is_not_asio", "api/http_server.cc", "#include <boost/beast.hpp>\n",
     "not for this file"},
    {"beast_elsewhere", "api/router.cc", "#include <boost/beast.hpp>\n", "not for this file"},
    {"quotes_do_not_hide", "api/router.cc", "#include \"boost/beast.hpp\"\n",
     "not a path from the repository"},
    {"nlohmann_nowhere", "ledger/base/json.cc", "#include <nlohmann/json.hpp>\n",
     "not for this file"},
    {"socket_in_the_verifier", "verifier/cli/a.cc", "#include <sys/socket.h>\n",
     "not for this file"},
    {"file_in_the_verifier", "verifier/log_audit.cc", "#include <filesystem>\n", "verifier/cli/"},
    {"file_in_the_verifiers_cli", "verifier/cli/a.cc", "#include <filesystem>\n", nullptr},
    {"randomness_below_the_line", "ledger/evidence/a.cc", "#include \"ledger/crypto/random.h\"\n",
     "above the pure line"},
    {"randomness_above_the_line", "ledger/sequencer/a.cc", "#include \"ledger/crypto/random.h\"\n",
     nullptr},
    {"no_room", "ledger/utils/a.cc", "", "in no room"},
};

INSTANTIATE_TEST_SUITE_P(Layers, PlantedTest, testing::ValuesIn(kPlanted),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Layers, EverySourceKeepsToTheTable) {
  std::size_t files = 0;
  for (const char* folder : {"ledger", "api", "verifier", "tools"}) {
    for (const std::string& path : FilesUnder(folder, {".h", ".cc", ".cpp", ".hpp", ".inc"})) {
      ++files;
      for (const Finding& finding : CheckFile(path, ReadText(path))) {
        ADD_FAILURE() << finding.text();
      }
    }
  }
  EXPECT_GE(files, 7u);
}

TEST(Layers, TheTableHasNoCycle) {
  std::vector<std::string> below;
  for (const Room& room : Rooms()) {
    for (const std::string& name : room.may_include) {
      EXPECT_NE(std::find(below.begin(), below.end(), name), below.end())
          << room.name << " includes " << name << ", which stands above it";
    }
    below.push_back(room.name);
  }
}

// The row of the document, as the table in code would write it: "| tlog | base crypto | ".
TEST(Layers, TheDocumentPrintsThisTable) {
  const std::string document = ReadText("docs/architecture.md");
  for (const Room& room : Rooms()) {
    std::string row = "\n| " + room.name + " | ";
    for (const std::string& name : room.may_include) row += name + " ";
    row += room.may_include.empty() ? "– | " : "| ";
    EXPECT_NE(document.find(row), std::string::npos) << "docs/architecture.md lacks the row" << row;
  }
}

}  // namespace
}  // namespace jejak::house
