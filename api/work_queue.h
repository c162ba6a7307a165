// SPDX-License-Identifier: Apache-2.0
//
// Threads for what would hold up the network's: reading a batch of megabytes, writing a case file.
// Tasks are taken in order; a task never throws and never waits for another one.
// Any thread may Post. Stop (and the destructor) runs what is queued, then ends the threads.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace jejak::api {

class WorkQueue final {
 public:
  WorkQueue(std::size_t threads, std::size_t most_queued);
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  // False when too many wait already, or it has stopped; the task is then not run.
  bool Post(std::function<void()> task);
  void Stop();

 private:
  void Run();

  const std::size_t most_queued_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace jejak::api
