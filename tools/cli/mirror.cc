// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/mirror.h"

#include <iostream>
#include <memory>

#include "api/client.h"
#include "ledger/base/text.h"
#include "ledger/evidence/verdict.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/terminal.h"
#include "tools/mirror/mirror.h"
#include "verifier/cli/progress_line.h"

namespace jejak::cli {
namespace {

struct Options {
  std::string url, directory, policy;
  bool documents = false;
};

class Server final : public mirror::Upstream {
 public:
  explicit Server(const std::string& url) : client_(url) {}
  Result<std::string> Get(const std::string& path) override { return client_.Get("/" + path); }

 private:
  api::LedgerClient client_;
};

Result<tlog::Policy> ReadPolicy(const std::string& path) {
  JEJAK_TRY(text, sequencer::ReadFile(path, tlog::kMaxPolicyBytes));
  return tlog::ParsePolicy(text);
}

Result<void> CopyDocuments(Server& server, mirror::MirrorFiles& files, std::uint64_t size) {
  JEJAK_TRY(documents, mirror::FetchDocuments(server, files, size));
  std::cout << "documents  " << documents.published << " published, " << documents.fetched
            << " fetched now\n";
  if (documents.missing != 0)
    std::cerr << "jejak: the server does not have " << documents.missing
              << " of the published documents\n";
  return {};
}

Result<void> Mirror(const Options& options, const tlog::Policy& policy) {
  Server server(options.url);
  JEJAK_TRY(files, mirror::MirrorFiles::Open(options.directory));
  JEJAK_TRY(report, [&] {
    verifier::ProgressLine progress(verifier::When::kAuto);
    return mirror::UpdateMirror(server, files, policy, &progress);
  }());
  std::cout << "size       " << report.size << "\nroot       " << EncodeHash(report.root)
            << "\nbefore     " << (report.before ? std::to_string(*report.before) : "nothing")
            << "\nfetched    " << report.traffic.fetched << " files, " << report.traffic.bytes
            << " bytes\n";
  if (report.traffic.mended != 0)
    std::cerr << "jejak: " << report.traffic.mended << " damaged tiles were fetched anew\n";
  if (!report.quorum_met)
    std::cerr << "jejak: the quorum " << policy.quorum
              << " of the policy has not cosigned this checkpoint\n";
  if (options.documents) JEJAK_CHECKED(CopyDocuments(server, files, report.size));
  std::cerr << "Audit it offline with: jejak-verify log " << options.directory << " --policy "
            << options.policy << "\n";
  return {};
}

}  // namespace

void AddMirrorCommand(CommandLine& line) {
  auto options = std::make_shared<Options>();
  line.Add("analysts", "mirror", "copy a log's static files, verified; resumable")
      .Argument("url", options->url, "the ledger's address with the path of its origin")
      .Argument("directory", options->directory, "where the mirror lives; made if it is not there")
      .Required("--policy", options->policy, "policy file that names the log's key")
      .Flag("--documents", options->documents, "published definitions and calendars too")
      .Run([options] {
        const Result<tlog::Policy> policy = ReadPolicy(options->policy);
        if (!policy.ok()) return Fail(policy.error().detail, kUsageError);
        const Result<void> done = Mirror(*options, *policy);
        if (done.ok()) return kDone;
        if (done.error().code == Code::kConflict)
          return Fail(done.error().detail, evidence::kExitIntegrity);
        return Fail(done.error());
      });
}

}  // namespace jejak::cli
