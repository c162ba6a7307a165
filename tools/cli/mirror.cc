// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/mirror.h"

#include <iostream>
#include <memory>

#include "api/client.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/terminal.h"
#include "tools/mirror/mirror.h"
#include "tools/mirror/mirror_files.h"
#include "verifier/cli/progress_line.h"

namespace jejak::cli {
namespace {

constexpr std::size_t kMaxPolicyBytes = std::size_t{1} << 20;
constexpr int kForked = 10;  // as jejak-verify: what is served contradicts what was signed

struct Options {
  std::string ledger, directory, policy;
  bool documents = false;
};

class LedgerUpstream final : public mirror::Upstream {
 public:
  explicit LedgerUpstream(const std::string& address) : ledger_(address) {}
  Result<std::string> Get(const std::string& path) override { return ledger_.Get("/" + path); }

 private:
  api::LedgerClient ledger_;
};

Result<tlog::Policy> ReadPolicy(const std::string& path) {
  JEJAK_TRY(text, sequencer::ReadFile(path, kMaxPolicyBytes));
  return tlog::ParsePolicy(text);
}

Result<void> Mirror(const Options& options, const tlog::Policy& policy) {
  JEJAK_TRY(files, mirror::MirrorFiles::Open(options.directory));
  LedgerUpstream upstream(options.ledger);
  JEJAK_TRY(report, [&] {
    verifier::ProgressLine progress(verifier::When::kAuto);
    return mirror::UpdateMirror(upstream, files, policy, &progress);
  }());
  std::cout << options.directory << " holds " << report.size << " entries of " << policy.log.name;
  if (report.before) std::cout << ", " << report.size - *report.before << " of them new";
  std::cout << (report.quorum_met ? "" : "; the quorum of the policy is not met") << "\n";
  if (options.documents) {
    JEJAK_TRY(documents, mirror::FetchDocuments(upstream, files, report.size));
    std::cout << documents.published << " documents published, " << documents.fetched
              << " fetched, " << documents.missing << " not served\n";
  }
  std::cerr << "Now audit it: jejak-verify log " << options.directory << " --policy "
            << options.policy << "\n";
  return {};
}

}  // namespace

void AddMirrorCommands(CommandLine& line) {
  auto options = std::make_shared<Options>();
  line.Add("analysts", "mirror",
           "copy a log into a folder, verified on the way; run it again to go on")
      .Argument("ledger", options->ledger,
                "address of the ledger, for example http://127.0.0.1:8080/1")
      .Argument("directory", options->directory, "where to; made if it is not there")
      .Required("--policy", options->policy, "the policy that names the log's key")
      .Flag("--documents", options->documents, "fetch published procedures and calendars too")
      .Run([options] {
        const Result<tlog::Policy> policy = ReadPolicy(options->policy);
        if (!policy.ok()) return Fail(options->policy + ": " + policy.error().detail, kUsageError);
        const Result<void> done = Mirror(*options, *policy);
        if (done.ok()) return kDone;
        return done.error().code == Code::kConflict ? Fail(done.error().detail, kForked)
                                                    : Fail(done.error());
      });
}

}  // namespace jejak::cli
