// SPDX-License-Identifier: Apache-2.0
//
// A small log in a directory of its own, fed through a sequencer, for tests of what operators and
// analysts do with it; and the same log as an upstream for mirrors.
//
//   SmallDirectory log(dir / "log");
//   log.Send({log.text().Open(1, log.now())});     one batch
//   log.Stop();                                    the directory is free for fsck, backup, ...
//   log.Start();
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ledger/sequencer/log_directory.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/sequencer.h"
#include "ledger/tlog/policy.h"
#include "tests/support/manual_clock.h"
#include "tests/support/small_log.h"
#include "tools/mirror/upstream.h"

namespace jejak::test {

class SmallDirectory final {
 public:
  static constexpr const char* kPassphrase = "small passphrase";
  static constexpr UnixSeconds kNow{1767574800};

  // Founds the log and logs its setup: 2 batches.
  explicit SmallDirectory(const std::string& path, const std::string& guard = {});

  void Stop();
  // Throws with the error's sentence.
  void Start();
  // Nothing or why the directory can't be opened for signing.
  Result<void> TryStart();

  // As one batch; each receipt. Throws unless all are logged, or known already.
  std::vector<std::string> Send(const std::vector<record::Envelope>& envelopes);
  // What a crash between commit and guard leaves: a batch that is stored, not signed and not
  // acknowledged. The sequencer is stopped; the store stays open until Stop.
  void CommitUnsigned(const std::vector<record::Envelope>& envelopes);
  // Opens case n and adds notes to it, a batch each.
  void Grow(std::uint64_t n, int notes);

  SmallLog& text() { return log_; }
  sequencer::LogReader Reader();
  sequencer::OpenLog& open() { return *open_; }
  const std::string& path() const { return path_; }
  std::string guard_path() const;
  tlog::Policy policy() const;

 private:
  std::string path_, guard_;
  SmallLog log_{kNow};
  ManualClock clock_{kNow};
  std::unique_ptr<sequencer::OpenLog> open_;
  std::unique_ptr<sequencer::Sequencer> sequencer_;
};

// What a server serves of a log that is open.
class LogUpstream final : public mirror::Upstream {
 public:
  explicit LogUpstream(SmallDirectory& log) : log_(log) {}
  Result<std::string> Get(const std::string& path) override;

 private:
  SmallDirectory& log_;
};

}  // namespace jejak::test
