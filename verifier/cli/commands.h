// SPDX-License-Identifier: Apache-2.0
//
// The commands of jejak-verify, one file each. Each returns the exit code of the program
// (evidence/verdict.h) and has written its result when it returns. Threads: called once, from main.
#pragma once

#include "verifier/cli/options.h"

namespace jejak::verifier {

// receipt FILE…: an action, or a stream's state, is in the log (formats.md section 7).
int RunReceipt(const Options& options);
// case FILE…: everything about one case (section 6).
int RunCase(const Options& options);
// log DIR: a whole log (log_audit.h).
int RunLog(const Options& options);
// stats DIR: the statistics of a whole log, as its server has them (log_statistics.h). Always JSON.
int RunStats(const Options& options);
// conformance FILE… or DIR…: as case and log, with every rule, its title and legal basis.
int RunConformance(const Options& options);
// report FILE -o FILE.html: the case as a page (report_html.h). report DIR -o OUTDIR: a whole log,
// an index and a page per case (report_html_log.h).
int RunReport(const Options& options);
// consistency OLD NEW [PROOF]: one checkpoint is a prefix of the other.
int RunConsistency(const Options& options);
// inspect FILE: what a file claims to be. Verifies nothing.
int RunInspect(const Options& options);
// policy check FILE: what a policy trusts.
int RunPolicyCheck(const Options& options);
// selftest: built-in vectors. Exit 1 when this program doesn't judge as it should.
int RunSelftest(const Options& options);

}  // namespace jejak::verifier
