// SPDX-License-Identifier: Apache-2.0
//
// Every code that a reader can meet has words.
#include "ledger/presentation/words.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace jejak::presentation::test {
namespace {

// Every code of a check that any source names has words.
TEST(Words, NameEveryCheck) {
  std::set<std::string> ids;
  for (const char* room : {"ledger/evidence", "ledger/procedure", "verifier"}) {
    for (const auto& file :
         std::filesystem::directory_iterator(std::string(JEJAK_SOURCE_DIR "/") + room)) {
      if (file.path().extension() != ".cc") continue;
      std::ifstream in(file.path());
      const std::string text((std::istreambuf_iterator<char>(in)), {});
      static const std::regex kId("\"(check\\.[a-z_]+)\"");
      for (std::sregex_iterator i(text.begin(), text.end(), kId), end; i != end; ++i) {
        ids.insert((*i)[1]);
      }
    }
  }
  EXPECT_GE(ids.size(), 30u);
  for (const std::string& id : ids) {
    const bool named = IntegrityCheckWording(id).en != id || ProcedureCheckWording(id).en != id;
    EXPECT_TRUE(named) << id;
  }
}

}  // namespace
}  // namespace jejak::presentation::test
