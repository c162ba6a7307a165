// SPDX-License-Identifier: Apache-2.0
//
// A status as JSON (docs/api.md "Status by code"), in both languages and with the head that the
// holder's next action follows:
//
//   {"at_size":333,"log":"…","stream":"case/5K3D…","head":{"count":7,"root":"…"},
//    "party":{"name":"5K3D…/r1","role":"pelapor"},"stage":{"state":"ANSWERED","id":…,"en":…},…}
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "api/status_view.h"
#include "ledger/record/stream.h"
#include "ledger/registry/stream_state.h"

namespace jejak::api {

// Where the case stands in the log.
struct StatusPlace {
  std::string origin;
  std::uint64_t size = 0;
  record::Stream stream;
  registry::StreamState state;
};

std::string StatusJson(const StatusView& view, const StatusPlace& place, bool has_casefile);

}  // namespace jejak::api
