// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/header_lines.h"

#include <utility>

namespace jejak::record {

Error InLine(std::string_view line, Error error) {
  error.detail.insert(0, std::string(line).append(": "));
  return error;
}

Result<std::string_view> TakeLine(LineReader& lines, std::string_view name) {
  const auto line = lines.Next();
  std::string_view value = line.value_or(std::string_view());
  if (!TakePrefix(value, name) || !TakePrefix(value, " ")) {
    return InLine(name, Malformed("this line is missing or out of order"));
  }
  return value;
}

Result<std::uint64_t> TakeDecimal(LineReader& lines, std::string_view name) {
  JEJAK_TRY(value, TakeLine(lines, name));
  auto number = ParseDecimal(value);
  if (!number) return InLine(name, std::move(number).error());
  return number;
}

Result<Digest> TakeHash(LineReader& lines, std::string_view name) {
  JEJAK_TRY(value, TakeLine(lines, name));
  auto hash = ParseHash(value);
  if (!hash) return InLine(name, std::move(hash).error());
  return hash;
}

Result<HeaderLines> TakeHeader(LineReader& lines, std::string_view format) {
  if (lines.Next() != format) {
    return InLine(format, Malformed("the first line must be this format's name"));
  }
  HeaderLines header;
  JEJAK_TRY(index, TakeDecimal(lines, "index"));
  header.index = index;
  JEJAK_TRY(time_text, TakeLine(lines, "time"));
  auto time = ParseTime(time_text);
  if (!time) return InLine("time", std::move(time).error());
  header.time = *time;
  JEJAK_TRY(prev, TakeHash(lines, "prev"));
  header.prev = prev;
  return header;
}

std::string EncodeHeader(std::string_view format, const HeaderLines& header) {
  std::string text(format);
  text.append("\nindex ").append(std::to_string(header.index));
  text.append("\ntime ").append(FormatTime(header.time));
  text.append("\nprev ").append(EncodeHash(header.prev)).append("\n");
  return text;
}

}  // namespace jejak::record
