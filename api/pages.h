// SPDX-License-Identifier: Apache-2.0
//
// Pages for people: no script, no inline style, one stylesheet, a policy that allows nothing else.
// Indonesian unless ?lang=en. Text that comes from the log is escaped by the one function that
// writes text (html.h). Any thread.
//
//   /            what this is, how large, how old the newest checkpoint is, whether it is a
//                demonstration, and how to check it without trusting it
//   /style.css
#pragma once

#include "api/call.h"

namespace jejak::api {

// kMalformed: `lang` is neither id nor en.
Result<Response> StartPage(const Call& call);
Response Stylesheet();

// Adds the fields that every page has: Content-Security-Policy and its like.
Response WithPagePolicy(Response response);

}  // namespace jejak::api
