// SPDX-License-Identifier: Apache-2.0
//
// Rows of reading over HTTP with one I/O thread, and of case files.
#include <array>
#include <chrono>
#include <functional>
#include <random>
#include <thread>
#include <utility>

#include "api/client.h"
#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verify.h"
#include "ledger/record/leaf.h"
#include "ledger/sequencer/case_file_builder.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/sequencer.h"
#include "tools/bench/bench.h"
#include "tools/bench/bench_log.h"
#include "tools/bench/primitives.h"
#include "tools/bench/server_process.h"
#include "verifier/cli/worker_pool.h"

namespace jejak::bench {
namespace {

constexpr std::size_t kReaders = 64;
constexpr std::size_t kCaseActions = 20;
constexpr int kRepeats = 20;

// One kind of read, over the rounds: answers a second, and the server's processor time for one.
struct Kind {
  std::string what;
  Target target;  // of the rate
  std::function<std::string()> path;
  Rounds rate, cpu;

  void Add(const Gets& gets, const Gets& g) {
    rate.Add(gets.per_second, g.per_second);
    cpu.Add(gets.cpu_us, g.cpu_us);
  }
};

// So many reads a connection, each of a place of its own.
template <class Path>
std::vector<Script> ReadScripts(std::size_t each, Path path) {
  std::vector<Script> scripts(kReaders);
  for (Script& script : scripts) {
    for (std::size_t i = 0; i < each; ++i) script.push_back(GetRequest(path()));
  }
  return scripts;
}

double MillisecondsSince(std::chrono::steady_clock::time_point start, int repeats) {
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  return took.count() / repeats;
}

// Until the index of cases is made, which a server does at its start, on a thread beside reads.
Result<void> AwaitIndex(const ServerProcess& server) {
  constexpr int kMostAsks = 600;
  api::LedgerClient client("http://127.0.0.1:" + std::to_string(server.port()) + "/1");
  Result<std::string> cases = client.Get("/v1/cases?limit=1");
  for (int asks = 0; !cases.ok() && asks < kMostAsks; ++asks) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    cases = client.Get("/v1/cases?limit=1");
  }
  return cases.ok() ? Result<void>() : Result<void>(cases.error());
}

// Signatures that a verifier of this case file has to check.
Result<std::uint64_t> SignaturesIn(const std::string& casefile) {
  JEJAK_TRY(file, evidence::ParseCaseFile(casefile));
  std::uint64_t signatures = 0;
  for (const evidence::HeldStream& stream : file.streams) {
    for (const std::string& entry : stream.entries) {
      JEJAK_TRY(leaf, record::ParseLeaf(entry));
      if (const auto* logged = std::get_if<record::LoggedAction>(&leaf))
        signatures += logged->action.by.size();
    }
  }
  return signatures;
}

// Milliseconds to verify it as `jejak-verify case FILE --jobs N` does, its threads included.
Result<double> VerifyOften(const std::string& casefile, const evidence::Trust& trust,
                           unsigned jobs) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kRepeats; ++i) {
    verifier::WorkerPool pool(jobs);
    const verifier::ParallelRunner runner(pool);
    const evidence::Verdict verdict = evidence::VerifyCaseFile(casefile, trust, runner);
    if (verdict.exit_code != evidence::kExitPass)
      return Internal("an intact case file is judged " + verdict.word);
  }
  return MillisecondsSince(start, kRepeats);
}

// A case of 20 actions at the end of the log.
Result<record::Stream> AppendCase(sequencer::OpenLog& log, const World& world) {
  const std::string name = FreshTag();
  JEJAK_TRY(submissions, world.PrepareCase(name, kCaseActions));
  sequencer::SystemClock clock;
  sequencer::Sequencer sequencer(*log.store, *log.signer, clock, *log.tiles, log.head, {});
  JEJAK_CHECKED(sequencer.Submit(std::move(submissions), [](const sequencer::Completed&) {}));
  sequencer.Stop();
  log.head = sequencer.head();
  return World::CaseOf(name);
}

}  // namespace

Result<std::vector<Line>> ReadsRow(Bench& bench) {
  JEJAK_TRY(folder, bench.ReadLog());
  std::uint64_t size = 0;
  std::uint64_t cases = 0;
  {
    JEJAK_TRY(log, OpenBenchLog(folder, bench.world()));
    size = log.head->size();
    JEJAK_TRY(opened, sequencer::LogReader(log.head, *log.tiles).Cases(0, size));
    cases = opened.size();
  }
  std::mt19937_64 random(1);
  const std::size_t each = std::min<std::uint64_t>(1500, bench.options().entries / 10);
  const std::string of_size = "/proof/" + std::to_string(size);
  const auto entry = [&] { return "/1/v1/entries/" + std::to_string(random() % size); };
  const auto inclusion = [&] { return entry() + of_size; };
  const auto state = [&] {
    const std::string name = FilledCase(random() % cases);
    return "/1/v1/streams/proof?stream=case/" + World::CaseOf(name).name;
  };
  const auto at_least = [](double ratio) { return Target{Target::kAtLeast, ratio, "G"}; };
  Kind plain{
      "GET of 1 KiB from our server with nothing behind it", {Target::kNone, 0, "G"}, {}, {}, {}};
  std::array<Kind, 3> kinds{Kind{"GET of an entry", at_least(0.8), entry, {}, {}},
                            Kind{"GET of an inclusion proof", at_least(0.8), inclusion, {}, {}},
                            Kind{"GET of a case's state proof", at_least(0.3), state, {}, {}}};
  for (std::uint64_t round = 0; round < bench.options().rounds; ++round) {
    JEJAK_TRY(g, BeastGets(bench.spawner()));
    JEJAK_TRY(nothing, PlainGets(bench.spawner()));
    plain.Add(nothing, g);
    JEJAK_TRY(server, bench.spawner().Start(folder, 1));
    JEJAK_CHECKED(AwaitIndex(server));
    for (Kind& kind : kinds) {
      JEJAK_TRY(gets, RunGets(server, ReadScripts(each, kind.path)));
      kind.Add(gets, g);
    }
  }
  std::vector<Line> lines;
  const auto tell = [&lines](const Kind& kind) {
    lines.push_back(kind.rate.Summary("reads", kind.what + ", one I/O thread", "/s", kind.target));
    lines.push_back(kind.cpu.Summary("reads", "server processor time for it", "us",
                                     {Target::kNone, 0, "that of G"}));
  };
  for (const Kind& kind : kinds) tell(kind);
  tell(plain);
  return lines;
}

Result<std::vector<Line>> CaseFileRow(Bench& bench) {
  JEJAK_TRY(folder, bench.ReadLog());
  JEJAK_TRY(log, OpenBenchLog(folder, bench.world()));
  JEJAK_TRY(stream, AppendCase(log, bench.world()));
  sequencer::LogReader reader(log.head, *log.tiles);
  JEJAK_TRY(casefile, sequencer::BuildCaseFile(reader, stream, {}, {}));
  JEJAK_TRY(signatures, SignaturesIn(casefile));
  JEJAK_TRY(first, reader.Entry(0));
  evidence::Trust trust;
  trust.policy.log = log.signer->verifier_key();
  trust.genesis = tlog::LeafHash(AsBytes(first));
  trust.now = sequencer::SystemClock().Wall();
  trust.ignore_conformance = true;
  Rounds build, verify, alone;
  const auto verified = [&](unsigned jobs) { return VerifyOften(casefile, trust, jobs); };
  for (std::uint64_t round = 0; round < bench.options().rounds; ++round) {
    const double v = VerificationsPerSecond();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kRepeats; ++i)
      JEJAK_CHECKED(sequencer::BuildCaseFile(reader, stream, {}, {}));
    build.Add(MillisecondsSince(start, kRepeats));
    const double allowed = 1000 * static_cast<double>(signatures) / v + 1;
    JEJAK_TRY(both, verified(2));
    verify.Add(both, allowed);
    JEJAK_TRY(one, verified(1));
    alone.Add(one, allowed);
  }
  return std::vector<Line>{
      build.Summary("casefile", "case file of 20 actions: build", "ms", {Target::kAtMost, 2, {}}),
      verify.Summary("casefile",
                     "the same: verify with 2 jobs, S = " + std::to_string(signatures) +
                         " signatures (V is of one core)",
                     "ms", {Target::kAtMost, 1, "S / V + 1 ms"}),
      alone.Summary("casefile", "the same with 1 job", "ms", {Target::kNone, 0, "S / V + 1 ms"})};
}

}  // namespace jejak::bench
