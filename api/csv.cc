// SPDX-License-Identifier: Apache-2.0
#include "api/csv.h"

namespace jejak::api {
namespace {

bool BeginsAsFormula(std::string_view field) {
  const std::size_t first = field.find_first_not_of(' ');
  return first != field.npos && std::string_view("=+-@\t\r\n").find(field[first]) != field.npos;
}

}  // namespace

Csv& Csv::Add(std::string_view field) {
  Separate();
  std::string guarded(BeginsAsFormula(field) ? "'" : "");
  guarded += field;
  if (guarded.find_first_of(",\"\r\n") == guarded.npos) {
    text_ += guarded;
    return *this;
  }
  text_ += '"';
  for (const char c : guarded) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

Csv& Csv::AddNumber(std::int64_t number) {
  Separate();
  text_ += std::to_string(number);
  return *this;
}

void Csv::EndRow() {
  text_ += "\r\n";
  begun_ = false;
}

void Csv::Separate() {
  if (begun_) text_ += ',';
  begun_ = true;
}

}  // namespace jejak::api
