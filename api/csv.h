// SPDX-License-Identifier: Apache-2.0
//
// A table as CSV (RFC 4180) that a spreadsheet takes for data only.
//
//   {"5MG3…", "=HYPERLINK(…)", "a \"b\""}   ->   5MG3…,'=HYPERLINK(…),"a ""b"""\r\n
//
// A field that begins as a formula does (= + - @, tab, carriage return) gets an apostrophe before it:
// spreadsheets show it as text, and no text of the log is run by them. So does one after spaces,
// which some of them skip. A number of our own needs none: AddNumber. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace jejak::api {

class Csv final {
 public:
  Csv& Add(std::string_view field);
  Csv& AddNumber(std::int64_t number);
  void EndRow();

  std::string Take() { return std::move(text_); }

 private:
  void Separate();

  std::string text_;
  bool begun_ = false;  // the row has a field
};

}  // namespace jejak::api
