// SPDX-License-Identifier: Apache-2.0
#include "api/thread_priority.h"

#include <sys/resource.h>

namespace jejak::api {

void GiveWay() {
  constexpr int kNiceness = 10;
  // On Linux this is the priority of the thread alone.
  setpriority(PRIO_PROCESS, 0, kNiceness);
}

}  // namespace jejak::api
