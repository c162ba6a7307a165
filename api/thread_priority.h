// SPDX-License-Identifier: Apache-2.0
//
// Threads that work behind the log: the indexes and the feeds give way to those that take actions
// and answer.
#pragma once

namespace jejak::api {

// Lowers the priority of the calling thread, for good; where the system refuses, nothing changes.
void GiveWay();

}  // namespace jejak::api
