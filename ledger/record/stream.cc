// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/stream.h"

#include <algorithm>
#include <array>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"

namespace jejak::record {
namespace {

struct KindName {
  StreamKind kind;
  std::string_view prefix;
  bool (*fits)(std::string_view);
};

constexpr std::array<KindName, 4> kNamed{{{StreamKind::kCase, "case/", IsCaseId},
                                          {StreamKind::kKey, "key/", IsKeyName},
                                          {StreamKind::kProcedure, "procedure/", IsId},
                                          {StreamKind::kCalendar, "calendar/", IsId}}};

struct AdminType {
  std::string_view type;
  StreamKind kind;
};

// The first two columns of the table of section 8.
constexpr std::array<AdminType, 14> kAdminTypes{{{"log.create", StreamKind::kRegistry},
                                                 {"root.rotate", StreamKind::kRegistry},
                                                 {"log.upgrade", StreamKind::kRegistry},
                                                 {"log.close", StreamKind::kRegistry},
                                                 {"unit.register", StreamKind::kRegistry},
                                                 {"unit.close", StreamKind::kRegistry},
                                                 {"key.enroll", StreamKind::kKey},
                                                 {"key.rotate", StreamKind::kKey},
                                                 {"key.grant", StreamKind::kKey},
                                                 {"key.ungrant", StreamKind::kKey},
                                                 {"key.revoke", StreamKind::kKey},
                                                 {"procedure.publish", StreamKind::kProcedure},
                                                 {"procedure.retire", StreamKind::kProcedure},
                                                 {"calendar.publish", StreamKind::kCalendar}}};

constexpr std::array<std::string_view, 6> kAdminWords{"log", "root",      "unit",
                                                      "key", "procedure", "calendar"};

}  // namespace

std::string Stream::text() const {
  for (const KindName& named : kNamed) {
    if (named.kind == kind) return std::string(named.prefix).append(name);
  }
  return "registry";
}

Result<Stream> ParseStream(std::string_view text) {
  if (text == "registry") return Stream{};
  for (const KindName& named : kNamed) {
    std::string_view name = text;
    if (!TakePrefix(name, named.prefix)) continue;
    if (!named.fits(name)) return Malformed("the name after the slash isn't one of its kind");
    return Stream{named.kind, std::string(name)};
  }
  return Malformed("a stream is registry, case/ID, key/NAME, procedure/ID or calendar/ID");
}

bool TypeFitsStream(std::string_view type, StreamKind kind) {
  if (kind == StreamKind::kCase) {
    const std::string_view first = type.substr(0, type.find('.'));
    return std::find(kAdminWords.begin(), kAdminWords.end(), first) == kAdminWords.end();
  }
  return std::any_of(kAdminTypes.begin(), kAdminTypes.end(), [&](const AdminType& admin) {
    return admin.kind == kind && admin.type == type;
  });
}

}  // namespace jejak::record
