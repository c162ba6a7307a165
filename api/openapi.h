// SPDX-License-Identifier: Apache-2.0
//
// api/openapi.json, the contract of the interface (OpenAPI 3.1), as it was when this was compiled.
// Tests replay its examples against a server of the golden log.
#pragma once

#include <string_view>

namespace jejak::api {

std::string_view OpenApiDocument();

}  // namespace jejak::api
