// SPDX-License-Identifier: Apache-2.0
//
// Where a mirror's files come from: a server over HTTP, another mirror's directory, a log in a
// test. Nothing that it returns is believed before it was held against a signed checkpoint.
// One thread.
#pragma once

#include <string>

#include "ledger/base/result.h"

namespace jejak::mirror {

class Upstream {
 public:
  virtual ~Upstream() = default;

  // The bytes of "checkpoint", "tile/0/x001/234", "tile/entries/000.p/5" or "v1/documents/HASH".
  // kNotFound: it is not served. kUnavailable: nothing answers. Never kConflict.
  virtual Result<std::string> Get(const std::string& path) = 0;
};

}  // namespace jejak::mirror
