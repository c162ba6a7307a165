// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/reply.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "tools/author/author.h"
#include "tools/intake/declared_body.h"
#include "tools/intake/report_action.h"

namespace jejak::intake {
namespace {

using procedure::ActionType;
using procedure::FieldType;

bool Means(ReplyVerb verb, std::string_view type) {
  const std::string_view word = type.substr(type.rfind('.') + 1);
  switch (verb) {
    case ReplyVerb::kAdd:
      return word == "complete" || word == "add" || word == "supplement";
    case ReplyVerb::kWithdraw:
      return word == "withdraw";
    case ReplyVerb::kObject:
      break;
  }
  return word == "objection" || word == "object";
}

std::string KeyFieldOf(const procedure::Definition& definition, const ActionType& type) {
  return type.track ? definition.tracks[*type.track].key_field : std::string();
}

std::string MediaOf(const std::string& name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kMedia = {
      {{".pdf", "application/pdf"},
       {".jpg", "image/jpeg"},
       {".jpeg", "image/jpeg"},
       {".png", "image/png"},
       {".txt", "text/plain"}}};
  for (const auto& [ending, media] : kMedia)
    if (name.ends_with(ending)) return std::string(media);
  return "application/octet-stream";
}

Result<json::Value> BodyOf(const Standing& standing, const procedure::Definition& definition,
                           const ActionType& type, const ReplyContents& contents) {
  json::Value body = json::Value::Object();
  const std::string key = KeyFieldOf(definition, type);
  if (!key.empty()) body.Add(key, json::Value::String(standing.instance));
  const ReplyField text = TextFieldOf(definition, type);
  if (!contents.text.empty()) {
    if (text.name.empty()) return Malformed(type.type + " takes no text; leave it out");
    body.Add(text.name, json::Value::String(contents.text));
  }
  const ReplyField attachment = AttachmentFieldOf(type);
  if (contents.attached) {
    if (attachment.name.empty()) return Malformed(type.type + " takes no file; leave out --attach");
    body.Add(attachment.name, *contents.attached);
  }
  JEJAK_CHECKED(CheckDeclared(definition, type, body));
  return body;
}

}  // namespace

const Offered* FindOffered(const Standing& standing, ReplyVerb verb) {
  const auto found = std::find_if(standing.may.begin(), standing.may.end(),
                                  [verb](const Offered& may) { return Means(verb, may.type); });
  return found == standing.may.end() ? nullptr : &*found;
}

const Offered* FindOffered(const Standing& standing, const std::string& type) {
  const auto found = std::find_if(standing.may.begin(), standing.may.end(),
                                  [&](const Offered& may) { return may.type == type; });
  return found == standing.may.end() ? nullptr : &*found;
}

ReplyField TextFieldOf(const procedure::Definition& definition, const ActionType& type) {
  ReplyField best;
  for (const auto& [name, declaration] : type.fields) {
    if (declaration.type != FieldType::kString || name == KeyFieldOf(definition, type)) continue;
    if (best.name.empty() || (declaration.required && !best.required))
      best = {name, declaration.required};
  }
  return best;
}

ReplyField AttachmentFieldOf(const ActionType& type) {
  for (const auto& [name, declaration] : type.fields)
    if (declaration.type == FieldType::kAttachment) return {name, declaration.required};
  return {};
}

json::Value DescribeAttachment(const std::string& name, std::string_view contents) {
  return std::move(
      json::Value::Object()
          .Add("sha256", json::Value::String(EncodeHash(crypto::Sha256(AsBytes(contents)))))
          .Add("size", json::Value::Integer(static_cast<std::int64_t>(contents.size())))
          .Add("media", json::Value::String(MediaOf(name))));
}

Result<record::Envelope> WriteReply(const Standing& standing,
                                    const procedure::Definition& definition, const ActionType& type,
                                    const ReplyContents& contents, const record::ReceiptCode& code,
                                    At at) {
  if (standing.party.empty())
    return Refused("the case knows no key of this code, so nothing can be signed with it");
  const tlog::PrivateKey party = PartyKey(code, standing.origin, standing.party);
  record::ActionFields fields;
  fields.log = standing.origin;
  fields.stream = {record::StreamKind::kCase, standing.case_id};
  fields.position = record::PositionKind::kAfter;
  fields.position_count = standing.count;
  fields.position_root = standing.root;
  fields.type = type.type;
  if (type.track && definition.tracks[*type.track].by_about()) fields.about = {standing.instance};
  fields.at = at;
  const std::vector<author::By> by = {{standing.role, &party}};
  author::SetSigners(fields, by);
  JEJAK_TRY(body, BodyOf(standing, definition, type, contents));
  const author::Author author(standing.origin);
  if (body.members().empty()) return author.Sign(std::move(fields), by);
  author::Body sealed = SealDeclared(fields, type, body);
  return author.Sign(std::move(fields), by, std::move(sealed));
}

}  // namespace jejak::intake
