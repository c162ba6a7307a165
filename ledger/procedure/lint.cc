// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/lint.h"

namespace jejak::procedure {

void Lint(DefinitionDraft&) {}

}  // namespace jejak::procedure
