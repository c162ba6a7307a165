// SPDX-License-Identifier: Apache-2.0
//
// Why a verdict is as it is, in one sentence in each language. About the process, never the person.
//
//   id  Panggilan pertama terbit tepat waktu. Belum dipenuhi: batasnya 2024-05-29, lewat 3 hari kerja.
//   en  The first summons goes out in time. Not kept: due 2024-05-29, 3 working days late.
//
// No contents of bodies are repeated. Pure; any thread.
#pragma once

#include "ledger/procedure/scene.h"
#include "ledger/procedure/verdict.h"

namespace jejak::procedure {

// `duty` and `requirement`: of the activation that is told, the first or the most pressing.
Words TellVerdict(const RuleVerdict& verdict, const Rule& rule, const Duty& duty,
                  const Requirement& requirement, const Scene& scene);
CheckVerdict TellCheck(CheckId id, const CheckResult& result, const SeenAct& act,
                       const Scene& scene);
Words TellTooLarge();
Words TellTooManyBindings();
Words TellUnreadableCorrection();
// Of a verdict that is listed only because a correction made it not applicable.
Words TellNotApplicable();
// Put before the detail of a verdict that stays a fail after a void or a rebinding.
Words TellKept(const Words& detail);

}  // namespace jejak::procedure
