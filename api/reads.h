// SPDX-License-Identifier: Apache-2.0
//
// The log plane (C2SP tlog-tiles) and proofs under v1/ (docs/api.md):
//
//   checkpoint                          the newest signed checkpoint
//   tile/<L>/<N>[.p/<W>]                hash tiles; tile/entries/... where entries are public
//   v1/entries/{index}                  the entry's exact bytes
//   v1/entries/{index}/proof/{size}     {"index":27,"size":29,"proof":["...","..."]}
//   v1/consistency/{from}/{to}          what `jejak-verify consistency` reads
//   v1/streams/proof?stream=            presence or absence in the state map, a .tlog-proof
//   v1/documents/{sha256}               base64 with - and _ for + and /, since it is in a path
//
// Where entries are for oversight, the public listener serves entries and proofs of administration
// streams only; everything else is the one 404. Errors: kNotFound, kMalformed (a parameter), and
// those of LogReader. The path is what follows the part named here.
#pragma once

#include <string_view>

#include "api/call.h"

namespace jejak::api {

Result<Response> ReadCheckpoint(Call& call);
Result<Response> ReadTile(Call& call, std::string_view tile_path);  // "tile/0/000"
Result<Response> ReadEntry(Call& call, std::string_view path);      // "27" or "27/proof/29"
Result<Response> ReadConsistency(Call& call, std::string_view path);
Result<Response> ReadStreamProof(Call& call);
Result<Response> ReadDocument(Call& call, std::string_view sha256);

}  // namespace jejak::api
