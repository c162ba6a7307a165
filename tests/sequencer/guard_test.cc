// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/guard.h"

#include <gtest/gtest.h>

#include <fstream>

#include "ledger/crypto/hash.h"
#include "ledger/sequencer/durable_file.h"
#include "tests/support/temporary_directory.h"

namespace jejak::sequencer {
namespace {

Digest Root(int i) { return crypto::Sha256(AsBytes(std::to_string(i))); }

class GuardTest : public testing::Test {
 protected:
  void Overwrite(std::size_t offset, const std::string& bytes) {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  TemporaryDirectory directory_;
  std::string path_ = directory_ / "guard";
  std::string origin_ = "golden.jejak.example/1";
};

TEST_F(GuardTest, KeepsTheLastStateAcrossOpenings) {
  {
    auto guard = Guard::Create(path_, origin_);
    ASSERT_TRUE(guard.ok());
    for (int i = 1; i <= 5; ++i) {
      ASSERT_TRUE(guard->Advance({static_cast<std::uint64_t>(10 * i), Root(i)}).ok());
      EXPECT_EQ(Guard::Open(path_, origin_)->state(),
                (GuardState{static_cast<std::uint64_t>(10 * i), Root(i)}));
    }
  }
  EXPECT_EQ(Guard::Open(path_, origin_)->state(), (GuardState{50, Root(5)}));
}

TEST_F(GuardTest, RefusesASmallerSizeAndAnotherRootOfTheSameSize) {
  auto guard = Guard::Create(path_, origin_);
  ASSERT_TRUE(guard->Advance({10, Root(1)}).ok());
  EXPECT_EQ(guard->Advance({9, Root(1)}).error().code, Code::kRefused);
  EXPECT_EQ(guard->Advance({10, Root(2)}).error().code, Code::kRefused);
  EXPECT_TRUE(guard->Advance({10, Root(1)}).ok());
  EXPECT_EQ(guard->state(), (GuardState{10, Root(1)}));
}

TEST_F(GuardTest, FallsBackToTheOtherSlotWhenAWriteWasTorn) {
  {
    auto guard = Guard::Create(path_, origin_);
    ASSERT_TRUE(guard->Advance({10, Root(1)}).ok());  // turn 2: slot 0
    ASSERT_TRUE(guard->Advance({20, Root(2)}).ok());  // turn 3: slot 1
  }
  Overwrite(4096 + 40, "torn");
  EXPECT_EQ(Guard::Open(path_, origin_)->state(), (GuardState{10, Root(1)}));
}

TEST_F(GuardTest, RefusesAFileWithoutAnIntactSlot) {
  { ASSERT_TRUE(Guard::Create(path_, origin_).ok()); }
  Overwrite(20, "x");
  Overwrite(4096 + 20, "x");
  EXPECT_EQ(Guard::Open(path_, origin_).error().code, Code::kRefused);
}

TEST_F(GuardTest, EveryByteOfASlotCounts) {
  {
    auto guard = Guard::Create(path_, origin_);
    ASSERT_TRUE(guard->Advance({10, Root(1)}).ok());  // slot 0
  }
  const std::string whole = ReadFile(path_, 1 << 20).value();
  for (std::size_t i = 0; i < 200; ++i) {
    Overwrite(0, whole.substr(0, 4096));
    const char changed = static_cast<char>(whole[i] ^ 1);
    if (whole[i] == '\0') break;
    Overwrite(i, std::string(1, changed));
    EXPECT_EQ(Guard::Open(path_, origin_)->state().size, 0u) << "byte " << i;
  }
}

TEST_F(GuardTest, BelongsToOneLogAndIsMadeOnce) {
  ASSERT_TRUE(Guard::Create(path_, origin_).ok());
  EXPECT_EQ(Guard::Create(path_, origin_).error().code, Code::kConflict);
  EXPECT_EQ(Guard::Open(path_, "other.example/1").error().code, Code::kRefused);
  EXPECT_EQ(Guard::Open(path_ + "x", origin_).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace jejak::sequencer
