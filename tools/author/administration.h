// SPDX-License-Identifier: Apache-2.0
//
// Writes the actions of docs/formats.md section 8: founding a log, units, keys, grants, documents. The body is given as the typed
// value that the registry's parser gives back, so that what is written is what will be read.
//
//   registry::KeyEnroll enroll{key.verifier_key(), "inspektorat", "h-14", {{"inspektorat", {}, {}, {}}}};
//   JEJAK_TRY(envelope, Administer(author, enroll, at, {{"root", &a}, {"root", &b}, {"self", &key}}));
//
// No I/O. The envelope is at the head of its stream as the author knows it; tell the author with Logged when it is in the log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/registry/admin_body.h"
#include "tools/author/author.h"

namespace jejak::author {

// The inline JSON of a body. ParseAdminBody of an action with it gives the same value.
std::string EncodeAdminBody(const registry::AdminBody& body);

// The type of the action that carries a body of this kind, for example "key.enroll".
std::string_view TypeOf(const registry::AdminBody& body);

// Stream, type and body of the action that carries `body`; log, position, time and signers are for the caller to fill in. `subject`
// as below.
record::ActionFields FieldsOf(const registry::AdminBody& body, const std::string& subject);

// A signed action that carries `body`. `subject`: the id after the slash of the stream: a key's name (taken from the body where it
// names one), a procedure's or calendar's id; unused in the registry. kMalformed when the fields make no action.
Result<record::Envelope> Administer(const Author& author, const registry::AdminBody& body,
                                    const std::string& subject, const At& at,
                                    const std::vector<By>& by);

// A `procedure.publish` (with the id of its calendar) or `calendar.publish` (without) of this document, which comes along.
Result<record::Envelope> Publish(const Author& author, record::StreamKind kind,
                                 const std::string& id, const std::string& version,
                                 const std::string& document, const std::string& calendar,
                                 const At& at, const std::vector<By>& by);

}  // namespace jejak::author
