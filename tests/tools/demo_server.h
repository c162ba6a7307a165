// SPDX-License-Identifier: Apache-2.0
//
// What tests of verbs against a ledger share: a demo log in the test's own directory, the server
// that serves it, and `jejak` as a shell runs it.
//
//   ASSERT_NO_FATAL_FAILURE(MakeDemo());
//   ASSERT_NO_FATAL_FAILURE(Serve(DemoConfig(), clock_));
//   EXPECT_EQ(Run("show " + id + " --ledger " + server_->url()), 0) << err_;
//
// One thread, besides the server's.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "api/ledger_server.h"
#include "ledger/sequencer/clock.h"
#include "tests/tools/shell.h"

namespace jejak::test {

class DemoServerTest : public ShellTest {
 protected:
  void MakeDemo() { ASSERT_EQ(Run("demo " + demo_), 0) << err_; }

  // Public entries on a port of 127.0.0.1 that is free, and no oversight listener.
  api::Config DemoConfig() const {
    api::Config config;
    config.data = demo_;
    config.entries = api::Entries::kPublic;
    config.listen.port = 0;
    config.listen_oversight = std::nullopt;
    config.passphrase_file = demo_ + "/passphrase";
    config.log_level = api::LogLevel::kError;
    return config;
  }
  // In the place of what was served before. The clock outlives the server.
  void Serve(const api::Config& config, sequencer::Clock& clock) {
    StopServer();
    auto server = api::LedgerServer::Start(config, clock);
    ASSERT_TRUE(server.ok()) << server.error().detail;
    server_ = std::move(*server);
  }
  void StopServer() {
    if (server_ != nullptr) server_->Stop();
    server_.reset();
  }
  void TearDown() override { StopServer(); }

  int Run(const std::string& arguments) { return Shell(std::string(JEJAK) + " " + arguments); }
  // Of an actor of the demo, by the key's name.
  std::string KeyFile(std::string name) const {
    std::replace(name.begin(), name.end(), '/', '_');
    return demo_ + "/keys/" + name + ".key";
  }

  const std::string demo_ = dir_ / "demo";
  std::unique_ptr<api::LedgerServer> server_;
};

}  // namespace jejak::test
