// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/html_writer.h"

#include <gtest/gtest.h>

namespace jejak::presentation::test {
namespace {

TEST(HtmlWriter, EscapesTextAndLeavesMarkup) {
  HtmlWriter page;
  page.Raw("<p title=\"").Text("\"><script>'&").Raw("\">").Number(-3);
  EXPECT_EQ(page.Take(), "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">-3");
}

TEST(HtmlWriter, ShowsWhatActsOnAScreen) {
  HtmlWriter page;
  page.Text("a\n\xff\xE2\x80\xAE");
  EXPECT_EQ(page.Take(), "a\\u{a}\\xff\\u{202e}");
}

}  // namespace
}  // namespace jejak::presentation::test
