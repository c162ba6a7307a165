// SPDX-License-Identifier: Apache-2.0
//
// The start page, in plain words: what this is, where to go, how to check it without trusting it.
// The one stylesheet of all pages. Frame and policy: page_frame.h. Any thread.
//
//   /            what this is; status by code; cases; how to check; size, age of the newest
//                checkpoint, log key, genesis
//   /style.css   how a case looks (presentation/style.h), then the frame (style.css)
#pragma once

#include "api/call.h"

namespace jejak::api {

// A mistaken address is a page too (400).
Result<Response> StartPage(const Call& call);
Response Stylesheet();

}  // namespace jejak::api
