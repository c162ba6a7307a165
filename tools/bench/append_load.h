// SPDX-License-Identifier: Apache-2.0
//
// The load of appends that several rows run. One thread.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/bench/load_generator.h"
#include "tools/bench/world.h"

namespace jejak::bench {

inline constexpr std::size_t kConnections = 256;

// `actions` single submits, shared out evenly; each connection writes its own new cases, action
// after action.
Result<std::vector<Script>> AppendScripts(const World& world, std::size_t connections,
                                          std::uint64_t actions);

// RunLoad, where an answer other than 2xx is an error that shows it.
Result<LoadResult> RunAccepted(std::uint16_t port, const std::vector<Script>& scripts);

}  // namespace jejak::bench
