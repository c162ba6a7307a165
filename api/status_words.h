// SPDX-License-Identifier: Apache-2.0
// Words of the status page, by key.
#pragma once
#include <string_view>
namespace jejak::api {
// Empty: no such key.
std::string_view StatusWord(bool english, std::string_view key);
}  // namespace jejak::api
