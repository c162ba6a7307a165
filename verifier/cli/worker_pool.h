// SPDX-License-Identifier: Apache-2.0
//
// The threads of jejak-verify: `jobs` hands, the caller's among them.
//
//   WorkerPool pool(2);        // starts one thread
//   AuditLog(source, trust, pool, &progress);
//
// Each ForEach hands out indexes one by one, in order, to whoever is free, and returns when all
// tasks are done. With one job there is no thread at all. A task must not throw.
//
// Threads: ForEach from one thread at a time, not from within a task.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "verifier/workers.h"

namespace jejak::verifier {

class WorkerPool final : public Workers {
 public:
  explicit WorkerPool(unsigned jobs);
  ~WorkerPool() override;
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void ForEach(std::size_t count, const std::function<void(std::size_t)>& task) override;

 private:
  void Serve();
  void Work();

  std::mutex mutex_;
  std::condition_variable begin_;
  std::condition_variable end_;
  std::uint64_t round_ = 0;  // raised for each ForEach
  std::size_t working_ = 0;  // threads that are still in this round
  bool stop_ = false;
  std::size_t count_ = 0;
  const std::function<void(std::size_t)>* task_ = nullptr;
  std::atomic<std::size_t> next_{0};
  std::vector<std::thread> threads_;
};

}  // namespace jejak::verifier
