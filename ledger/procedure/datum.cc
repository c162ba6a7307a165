// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/datum.h"

#include <utility>

namespace jejak::procedure {

Datum Datum::Text(std::string value) {
  Datum datum;
  datum.text = std::move(value);
  return datum;
}

Datum Datum::Integer(std::int64_t value) {
  Datum datum;
  datum.kind = Kind::kInteger;
  datum.integer = value;
  return datum;
}

Datum Datum::Bool(bool value) {
  Datum datum;
  datum.kind = Kind::kBool;
  datum.integer = value ? 1 : 0;
  return datum;
}

Datum Datum::Date(CivilDate value) {
  Datum datum;
  datum.kind = Kind::kDate;
  datum.date = value;
  return datum;
}

Datum Datum::List(std::vector<std::string> texts) {
  Datum datum;
  datum.kind = Kind::kList;
  for (std::string& text : texts) datum.items.push_back(Text(std::move(text)));
  return datum;
}

}  // namespace jejak::procedure
