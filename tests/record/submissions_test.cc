// SPDX-License-Identifier: Apache-2.0
// Row 1 of the admission table, as far as the note alone decides it, on the golden submissions.
#include <gtest/gtest.h>

#include <set>

#include "ledger/base/text.h"
#include "ledger/record/action.h"
#include "ledger/record/body.h"
#include "tests/record/golden.h"

namespace jejak::record {
namespace {

// Malformed for what their body says: for the registry, which knows section 8.
const std::set<std::string>& MalformedBySectionEight() {
  static const std::set<std::string> names = {
      "json_unknown_member",     "json_missing_member",  "json_bool_as_int", "grant_root",
      "grant_role_twice",        "enroll_name_mismatch", "vkey_wrong_id",    "grant_empty",
      "weak_key_and_bad_unit",   "rules_text",           "rules_zero",       "roots_same_holder",
      "publish_without_calendar"};
  return names;
}

TEST(Submissions, WhatTheNoteAloneMakesMalformedIsRefused) {
  std::size_t refused = 0;
  std::size_t parsed = 0;
  const auto file = golden::ReadJson("submissions.json");
  for (const auto& row : file["submissions"]) {
    const std::string name = row["name"];
    const bool malformed =
        row["expect"] == "malformed" && !MalformedBySectionEight().contains(name);
    const auto action = ParseAction(row["note"].get<std::string>());
    EXPECT_EQ(!action.ok(), malformed)
        << name << ": " << (action.ok() ? "parsed" : action.error().detail);
    if (action.ok()) {
      EXPECT_EQ(EncodeAction(*action), row["note"].get<std::string>()) << name;
      ++parsed;
    } else {
      EXPECT_EQ(action.error().code, Code::kMalformed) << name;
      ++refused;
    }
  }
  EXPECT_EQ(parsed + refused, 178u);
  EXPECT_GT(refused, 50u);
}

TEST(Submissions, BodiesFitWhatWasAccepted) {
  std::size_t fit = 0;
  const auto file = golden::ReadJson("submissions.json");
  for (const auto& row : file["submissions"]) {
    if (row["body"].is_null() || row["expect"] != "accepted") continue;
    const auto action = ParseAction(row["note"].get<std::string>());
    ASSERT_TRUE(action.ok()) << row["name"];
    const auto key = ParseHash(row["body"]["key"].get<std::string>());
    ASSERT_TRUE(key.ok());
    EXPECT_EQ(CheckBody(*action, {*key, row["body"]["text"]}), Fit::kFits) << row["name"];
    ++fit;
  }
  EXPECT_GT(fit, 5u);
}

}  // namespace
}  // namespace jejak::record
