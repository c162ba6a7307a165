// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/report_form.h"

#include <array>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/presentation/glossary.h"

namespace jejak::intake {
namespace {

using presentation::Phrase;

struct TextMember {
  std::string_view pointer;
  std::string ReportForm::*text;
};

constexpr std::array<TextMember, 6> kTop = {{{"/mode", &ReportForm::mode},
                                             {"/channel", &ReportForm::channel},
                                             {"/what", &ReportForm::what},
                                             {"/where", &ReportForm::where},
                                             {"/when", &ReportForm::when},
                                             {"/service", &ReportForm::service}}};
constexpr std::array<TextMember, 2> kIdentity = {
    {{"/identity/name", &ReportForm::name}, {"/identity/contact", &ReportForm::contact}}};

// Takes one member; false if it is none of these.
template <std::size_t kCount>
Result<bool> Take(const std::array<TextMember, kCount>& members, const std::string& pointer,
                  const json::Value& value, ReportForm& form) {
  for (const TextMember& member : members) {
    if (member.pointer != pointer) continue;
    if (!value.is_string() || value.as_string().empty())
      return Malformed(pointer + " must be a text that isn't empty; leave it out if there is none");
    form.*member.text = value.as_string();
    return true;
  }
  return false;
}

Error Unknown(const std::string& pointer) {
  return Malformed(
      pointer +
      " is not a member of a report; it has what, where, when, mode and maybe service, "
      "channel and identity {name, contact}");
}

Result<void> ReadIdentity(const json::Value& identity, ReportForm& form) {
  if (!identity.is_object()) return Malformed("/identity must be an object {name, contact}");
  for (const json::Member& member : identity.members()) {
    const std::string pointer = "/identity/" + member.name;
    JEJAK_TRY(taken, Take(kIdentity, pointer, member.value, form));
    if (!taken) return Unknown(pointer);
  }
  return {};
}

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words)
    if (text == word) return true;
  return false;
}

// What can stand in a body at all (docs/formats.md section 1).
bool CanBeRecorded(const std::string& text) {
  return IsUtf8(text) && json::ParseSealedValue(json::Write(json::Value::String(text))).ok();
}

Result<void> CheckTexts(const ReportForm& form) {
  std::size_t bytes = 0;
  const auto check = [&](const TextMember& member) -> Result<void> {
    bytes += (form.*member.text).size();
    if (CanBeRecorded(form.*member.text)) return {};
    return Malformed(std::string(member.pointer) +
                     " holds a character that can't be recorded; type it anew");
  };
  for (const TextMember& member : kTop) JEJAK_CHECKED(check(member));
  for (const TextMember& member : kIdentity) JEJAK_CHECKED(check(member));
  if (bytes > kMostReportBytes)
    return Malformed("/what is too long: a report has at most 20,000 bytes; attach the rest later");
  return {};
}

}  // namespace

Result<ReportForm> ParseReportForm(std::string_view text) {
  JEJAK_TRY(value, json::Parse(text, json::Rules::kContainer));
  if (!value.is_object()) return Malformed("the file is not one JSON object");
  ReportForm form;
  for (const json::Member& member : value.members()) {
    const std::string pointer = "/" + member.name;
    if (member.name == "identity") {
      JEJAK_CHECKED(ReadIdentity(member.value, form));
      continue;
    }
    JEJAK_TRY(taken, Take(kTop, pointer, member.value, form));
    if (!taken) return Unknown(pointer);
  }
  JEJAK_CHECKED(CheckForm(form));
  return form;
}

Result<void> CheckForm(const ReportForm& form) {
  if (!IsOneOf(form.mode, {"named", "confidential", "anonymous"}))
    return Malformed("/mode must be named, confidential or anonymous");
  if (!IsOneOf(form.channel, {"counter", "phone", "letter"}))
    return Malformed("/channel must be counter, phone or letter");
  if (form.what.empty()) return Malformed("/what is missing: say what happened");
  if (form.where.empty()) return Malformed("/where is missing: say where it happened");
  if (form.when.empty()) return Malformed("/when is missing: say when it happened");
  if (form.anonymous() && !(form.name.empty() && form.contact.empty())) {
    return Malformed(
        "/identity: an anonymous report holds no name and no contact; leave identity out, or make "
        "the mode confidential");
  }
  if (form.mode == "named" && form.name.empty())
    return Malformed("/identity/name is missing: a named report needs the name");
  return CheckTexts(form);
}

std::string ReportText(const ReportForm& form, presentation::Language language) {
  std::string text;
  const auto add = [&](presentation::Wording heading, const std::string& told) {
    if (told.empty()) return;
    if (!text.empty()) text += "\n";
    text += std::string(heading.in(language)) + ": " + told;
  };
  add(Phrase("intake.what"), form.what);
  add(Phrase("intake.where"), form.where);
  add(Phrase("intake.when"), form.when);
  add(Phrase("intake.service"), form.service);
  return text;
}

json::Value IdentityOf(const ReportForm& form) {
  if (form.name.empty() && form.contact.empty()) return {};
  json::Value identity = json::Value::Object();
  if (!form.name.empty()) identity.Add("name", json::Value::String(form.name));
  if (!form.contact.empty()) identity.Add("contact", json::Value::String(form.contact));
  return identity;
}

}  // namespace jejak::intake
