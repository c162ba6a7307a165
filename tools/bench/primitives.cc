// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/primitives.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "ledger/crypto/hash.h"
#include "ledger/crypto/sign.h"
#include "tools/bench/load_generator.h"

namespace jejak::bench {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Calls per second of `call`, over at least half a second.
template <class Call>
double Rate(Call call) {
  std::uint64_t calls = 0;
  const Clock::time_point start = Clock::now();
  double seconds = 0;
  do {
    for (int i = 0; i < 1000; ++i) call();
    calls += 1000;
    seconds = SecondsSince(start);
  } while (seconds < 0.5);
  return static_cast<double>(calls) / seconds;
}

// A call that verifies one signature under a key that is kept.
auto OneVerification() {
  const Bytes seed(32, 7);
  const crypto::SecretKey key = crypto::SecretKey::FromSeed(seed);
  const Bytes message(400, 42);
  const crypto::Signature signature = key.Sign(message);
  const crypto::PublicKey public_key = key.public_key();
  return [=] {
    volatile bool sink = crypto::Verify(public_key, message, signature);
    static_cast<void>(sink);
  };
}

double ThreadCpuSeconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// What a server of one answer is asked: 64 connections at once.
std::vector<Script> PlainScripts() {
  return std::vector<Script>(64, Script(1500, GetRequest("/")));
}

}  // namespace

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double VerificationsPerSecond() { return Rate(OneVerification()); }

double VerificationCpuMicroseconds() {
  constexpr int kCalls = 2000;
  const auto verify = OneVerification();
  const double start = ThreadCpuSeconds();
  for (int i = 0; i < kCalls; ++i) verify();
  return (ThreadCpuSeconds() - start) * 1e6 / kCalls;
}

double HashesPerSecond() {
  std::array<std::uint8_t, 65> node{1};
  return Rate([&] { node[1] = crypto::Sha256(node).bytes[0]; });
}

Result<double> SyncedAppendMs(const std::string& folder) {
  const std::string path = folder + "/fsync-probe";
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return Unavailable(path + " cannot be written");
  const Bytes block(4096, 1);
  std::vector<double> times;
  for (int i = 0; i < 400; ++i) {
    const Clock::time_point start = Clock::now();
    if (::write(fd, block.data(), block.size()) < 0 || ::fdatasync(fd) != 0) break;
    times.push_back(SecondsSince(start) * 1000);
  }
  ::close(fd);
  ::unlink(path.c_str());
  if (times.size() < 400) return Unavailable(path + " cannot be synced");
  return Median(std::move(times));
}

Result<Gets> BeastGets(Spawner& spawner) {
  JEJAK_TRY(server, spawner.StartBeast());
  return RunGets(server, PlainScripts());
}

Result<Gets> PlainGets(Spawner& spawner) {
  JEJAK_TRY(server, spawner.StartPlain());
  return RunGets(server, PlainScripts());
}

Result<Gets> RunGets(const ServerProcess& server, const std::vector<Script>& scripts) {
  const double before = server.CpuSeconds();
  JEJAK_TRY(load, RunLoad(server.port(), scripts, 600));
  if (load.refused != 0) return Internal("the server refused: " + load.first_refusal);
  const double cpu_s = server.CpuSeconds() - before;
  return Gets{load.rate(), cpu_s * 1e6 / static_cast<double>(load.answers)};
}

}  // namespace jejak::bench
