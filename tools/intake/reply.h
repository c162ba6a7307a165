// SPDX-License-Identifier: Apache-2.0
//
// What the holder of a receipt code adds to a case, signed by the holder's own key.
//
//   add        a type whose last word is `complete`, `add` or `supplement`        report.complete
//   withdraw   … `withdraw`                                                       report.withdraw
//   object     … `objection` or `object`                                          appeal.objection
//
// Which of them exist, in which state and until when, the definition decides; the words above only
// say which of the actions that it offers is meant. Others are named by their type
// (`appeal.banding`). One thread.
#pragma once

#include <optional>
#include <string>

#include "ledger/base/json.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/procedure/definition.h"
#include "ledger/record/envelope.h"
#include "ledger/record/receipt_code.h"
#include "tools/intake/standing.h"

namespace jejak::intake {

enum class ReplyVerb : std::uint8_t { kAdd, kWithdraw, kObject };

// The offered action that a verb means; of several the one that is due first, as they are offered.
// nullptr: none.
const Offered* FindOffered(const Standing& standing, ReplyVerb verb);
// The offered action of that type; nullptr: not offered.
const Offered* FindOffered(const Standing& standing, const std::string& type);

// What the holder gives with an action, as far as it takes it.
struct ReplyContents {
  std::string text;                     // into its one field of free text
  std::optional<json::Value> attached;  // {sha256,size,media}, into its one attachment
};

// The field that takes the text, or the attachment, of an action; empty if it has none. `required`:
// it can't do without.
struct ReplyField {
  std::string name;
  bool required = false;
};
ReplyField TextFieldOf(const procedure::Definition& definition, const procedure::ActionType& type);
ReplyField AttachmentFieldOf(const procedure::ActionType& type);

// {"sha256":…,"size":…,"media":…} of a file's contents; the media by the ending of its name.
json::Value DescribeAttachment(const std::string& name, std::string_view contents);

// kMalformed: the contents aren't what the type declares. kRefused: the case knows no key of the
// code.
Result<record::Envelope> WriteReply(const Standing& standing,
                                    const procedure::Definition& definition,
                                    const procedure::ActionType& type,
                                    const ReplyContents& contents, const record::ReceiptCode& code,
                                    At at);

}  // namespace jejak::intake
