// SPDX-License-Identifier: Apache-2.0
//
// Request shapes that tell strict servers from lenient ones (reliability.md 1b, T28). Each row is
// what a client sends on one connection and the statuses it must get, in order; after a refusal
// the connection ends, so that a request behind it never gets an answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jejak::api {

struct Shape {
  std::string_view name;
  std::string bytes;
  std::vector<int> statuses;
  std::string_view code;  // in the last answer, when that is a refusal
};

const std::vector<Shape>& Shapes();

}  // namespace jejak::api
