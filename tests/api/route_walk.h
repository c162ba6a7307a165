// SPDX-License-Identifier: Apache-2.0
//
// Every operation of api/openapi.json as requests, so that a route that is added is asked too.
//
//   {"/v1/cases/{id}/actions", "GET", "/1/v1/cases/5K3D…/actions?from=0", "released cases",
//    "application/json"}
//
// Path parameters are filled with what a test is about; query parameters are asked without, and
// each with its example.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jejak::api {

struct RouteRequest {
  std::string route;  // as openapi.json has it
  std::string method, path;
  std::string audience;  // x-audience; "" = everybody
  std::string type;      // of its 200, the first that is declared; "" = none

  bool names_case() const { return route.find("{id}") != route.npos; }
};

// `cases` and `entries` take the places of {id} and {index}, `size` that of {size}.
std::vector<RouteRequest> WalkRoutes(const std::vector<std::string>& cases,
                                     const std::vector<std::uint64_t>& entries, std::uint64_t size);

}  // namespace jejak::api
