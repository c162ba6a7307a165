// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/tlog_proof.h"
