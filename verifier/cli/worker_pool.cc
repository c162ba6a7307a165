// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/worker_pool.h"

namespace jejak::verifier {

WorkerPool::WorkerPool(unsigned jobs) {
  for (unsigned i = 1; i < jobs; ++i) threads_.emplace_back([this] { Serve(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
  }
  begin_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::Work() {
  for (std::size_t i = next_++; i < count_; i = next_++) (*task_)(i);
}

void WorkerPool::Serve() {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  for (;;) {
    begin_.wait(lock, [&] { return stop_ || round_ != seen; });
    if (stop_) return;
    seen = round_;
    lock.unlock();
    Work();
    lock.lock();
    if (--working_ == 0) end_.notify_one();
  }
}

void WorkerPool::ForEach(std::size_t count, const std::function<void(std::size_t)>& task) {
  {
    const std::scoped_lock lock(mutex_);
    count_ = count;
    task_ = &task;
    next_ = 0;
    working_ = threads_.size();
    ++round_;
  }
  begin_.notify_all();
  Work();
  std::unique_lock lock(mutex_);
  end_.wait(lock, [this] { return working_ == 0; });
}

}  // namespace jejak::verifier
