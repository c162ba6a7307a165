// SPDX-License-Identifier: Apache-2.0
//
// The engines that the conformance suite runs over. Every test of the port is written against
// Engine, so that a new engine passes the same tests by being listed in engine.cc.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/store/store.h"

namespace jejak::store {

// One store, empty at first.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual Store& store() = 0;
  // Closes and opens it again; false for an engine that keeps nothing.
  virtual bool Reopen() = 0;
};

struct EngineCase {
  std::string name;
  std::function<std::unique_ptr<Engine>()> make;
};

std::vector<EngineCase> AllEngines();

class StorePortTest : public testing::TestWithParam<EngineCase> {
 protected:
  void SetUp() override { engine_ = GetParam().make(); }

  Store& store() { return engine_->store(); }
  std::shared_ptr<const View> Now() { return store().Latest().value(); }
  std::string Head() { return Now()->head(); }
  // A commit on whatever the head is now.
  void Put(std::initializer_list<Write> writes);
  static std::optional<std::string> Get(const View& view, const std::string& key);
  // By value: a range-for over a Result that is a temporary would outlive it.
  static std::vector<Row> Rows(const View& view, std::string_view from, std::string_view to,
                               std::size_t limit);

  std::unique_ptr<Engine> engine_;
  int commits_ = 0;
};

}  // namespace jejak::store
