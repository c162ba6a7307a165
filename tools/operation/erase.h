// SPDX-License-Identifier: Apache-2.0
//
// Erasure of what is kept beside a stopped log (docs/operations.md, Erasure): the body of an action
// with its key, and the values of its sealed fields with theirs. The log itself stays whole, so every
// proof still verifies; what was erased is unknown from then on, to everybody and for good.
//
//   EraseRequest{"/var/lib/jejak", {"uA4b…="}, {}}             body and all openings of an action
//   EraseRequest{"/var/lib/jejak", {"uA4b…="}, {"/identity"}}  one opening; the body stays, with
//                                                              a commitment that nothing opens
//
// A case's definitions and calendars are documents of the log and stay; of a document that an action
// attaches the log has the hash alone. Whoever erases must have recorded why (erase_grounds.h).
//
// A crash in the middle is mended by the same request: what is gone already is no error, and the
// files are cleaned all the same (Store::Erase). One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"

namespace jejak::operation {

struct EraseRequest {
  std::string directory;
  std::vector<std::string> actions;  // action ids, or indexes of their entries
  std::vector<std::string> fields;   // pointers of sealed fields; none: body and all openings
  UnixSeconds now;                   // by which the case is judged
};

// What is held of one action and goes.
struct ErasedAction {
  std::uint64_t entry = 0;
  std::string stream, type;
  bool body = false;
  std::vector<std::string> openings;  // pointers
  std::string grounds;                // "entry 97, privacy.shred by … as admin, 2024-10-11"

  bool nothing_held() const { return !body && openings.empty(); }
};

// In the order asked for, each action once.
struct Erasure {
  std::vector<ErasedAction> actions;

  // Done before; only old bytes may have to be cleaned up.
  bool nothing_held() const;
};

// Asked before anything is destroyed, unless nothing is held any more; an error ends it there.
using ConfirmErasure = std::function<Result<void>(const Erasure&)>;

// kMalformed, kNotFound: no such log, action or field. kRefused: nothing in the case is grounds for
// it. kUnavailable: a ledger runs on the directory. kInternal: the store is damaged, or was torn by a
// power cut. In all these cases nothing was changed.
// kUnknownOutcome: begun; the same request ends it.
Result<Erasure> Erase(const EraseRequest& request, const ConfirmErasure& confirm);

}  // namespace jejak::operation
