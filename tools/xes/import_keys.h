// SPDX-License-Identifier: Apache-2.0
//
// The keys of an import: all of them follow from one secret file that the first import makes, so that importing again signs and
// commits with the same keys and gives the same bytes, and nobody without the file can make any of them.
//
//   DIR/xes-import.secret       64 hex digits, mode 0600
//
//   seed of a key  = HMAC-SHA-256(secret, "jejak/xes/key/v1" LF "log " ORIGIN LF "name " NAME LF)
//   key of a body  = HMAC-SHA-256(secret, "jejak/xes/body/v1" LF, the action's text up to its body line, the body)
//
// The key of a body is fresh for every action, as section 2 of docs/formats.md asks, since no two actions have the same text: it is
// derived where others draw it. Whoever holds the file can sign as every resource of the import: keep it until the log is imported
// for good, then destroy it, and revoke the keys if nobody is to use them.
// One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/tlog/private_key.h"

namespace jejak::xes {

class ImportKeys final {
 public:
  // Reads the secret of this directory; makes directory and secret if they are not there. kMalformed: the file is not one;
  // kRefused: others than its owner may read it; kUnavailable.
  static Result<ImportKeys> Open(const std::string& directory, std::string origin);

  // The key of this name; the reference stays valid as long as this object.
  const tlog::PrivateKey& Key(const std::string& name);

  Digest BodyKey(std::string_view action_prefix, std::string_view body) const;

 private:
  ImportKeys(crypto::SecretKey secret, std::string origin)
      : secret_(std::move(secret)), origin_(std::move(origin)) {}

  crypto::SecretKey secret_;  // its seed is the secret: wiped at the end
  std::string origin_;
  std::map<std::string, tlog::PrivateKey> keys_;
};

}  // namespace jejak::xes
