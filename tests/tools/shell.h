// SPDX-License-Identifier: Apache-2.0
//
// What tests of commands share: a command as a shell runs it, its exit code, and what it says on
// which stream.
//
//   EXPECT_EQ(Shell(std::string(JEJAK) + " fsck log"), 3) << err_;
//
// It runs in the test's own directory, with empty input. One thread.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/temporary_directory.h"

namespace jejak::test {

inline std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ShellTest : public testing::Test {
 protected:
  // -1: a signal ended it.
  int Shell(const std::string& command) {
    const std::string line = "cd " + dir_.path() + " && " + command + " >" + (dir_ / "out") +
                             " 2>" + (dir_ / "err") + " </dev/null";
    const int status = std::system(line.c_str());
    out_ = ReadText(dir_ / "out");
    err_ = ReadText(dir_ / "err");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(dir_ / name) << text;
    return dir_ / name;
  }

  TemporaryDirectory dir_;
  std::string out_, err_;
};

}  // namespace jejak::test
