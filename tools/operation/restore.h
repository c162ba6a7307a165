// SPDX-License-Identifier: Apache-2.0
//
// Putting a backup back, so that the log may sign again or says clearly why it may not.
//
// What decides is the newest guard: the last size that may have been signed. It survives where it
// lies on another volume (--guard, or `guard` in config.toml) or in DIR itself; a guard out of the
// backup only says what had been signed *then*. So:
//
//   guard survived, backup as new       restored; may sign
//   guard survived, backup older        restored, will not sign; with a mirror as new: healed
//   no guard but the backup's           refused, unless the operator states that nothing was signed
//                                       since the backup was made
//
// Giving DIR itself as the backup heals it in place. One thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "tools/operation/backup.h"
#include "tools/operation/heal.h"

namespace jejak::operation {

struct RestoreRequest {
  std::string backup;
  std::string directory;
  std::string guard;                  // empty: where the log's config says
  std::string mirror;                 // empty: none
  bool nothing_signed_since = false;  // the operator's word
};

struct RestoreReport {
  BackupReport log;
  std::optional<HealReport> healed;
  std::optional<std::string> will_not_sign;  // why, and what to do
};

// `passphrase` is asked for only to heal. kConflict: DIR holds a log already. kRefused: no guard
// that can be relied on, or the mirror does not heal it; then DIR is as it was. kForbidden: wrong
// passphrase, or a mirror of another log. kInternal: the backup is damaged.
Result<RestoreReport> Restore(const RestoreRequest& request,
                              const std::function<Result<std::string>()>& passphrase);

}  // namespace jejak::operation
