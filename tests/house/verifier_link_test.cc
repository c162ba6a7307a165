// SPDX-License-Identifier: Apache-2.0
//
// jejak-verify is offline by construction: no database, no Boost, and no function through which it
// could open a connection, start a program or load code. Seen from outside, with ldd and nm.
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace jejak::house {
namespace {

std::string OutputOf(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::string output;
  if (pipe == nullptr) return output;
  char piece[4096];
  while (const std::size_t size = fread(piece, 1, sizeof piece, pipe.get())) {
    output.append(piece, size);
  }
  return output;
}

// The libraries of an `ldd` listing that the verifier must not load.
std::vector<std::string> ForbiddenLibraries(const std::string& ldd_output) {
  std::vector<std::string> found;
  std::istringstream lines(ldd_output);
  for (std::string line; std::getline(lines, line);) {
    for (const char* name : {"librocksdb", "libboost", "libcurl", "libssl", "libresolv"}) {
      if (line.find(name) != line.npos) found.push_back(line);
    }
  }
  return found;
}

// The symbols of an `nm -D --undefined-only` listing that reach outside the process.
std::vector<std::string> ForbiddenSymbols(const std::string& nm_output) {
  static const std::set<std::string> kForbidden = {
      "socket",      "socketpair", "connect",     "bind",        "listen",        "accept",
      "accept4",     "send",       "sendto",      "sendmsg",     "sendmmsg",      "recv",
      "recvfrom",    "recvmsg",    "recvmmsg",    "getaddrinfo", "gethostbyname", "gethostbyname_r",
      "getnameinfo", "res_query",  "dlopen",      "dlmopen",     "syscall",       "system",
      "popen",       "fork",       "vfork",       "execve",      "execv",         "execvp",
      "execl",       "execlp",     "posix_spawn", "posix_spawnp"};
  std::vector<std::string> found;
  std::istringstream lines(nm_output);
  for (std::string line; std::getline(lines, line);) {
    std::string name = line.substr(line.find_last_of(' ') + 1);  // "     U socket@GLIBC_2.2.5"
    name = name.substr(0, name.find('@'));
    if (kForbidden.contains(name)) found.push_back(name);
  }
  return found;
}

TEST(VerifierLink, FindsPlantedLibraries) {
  const std::string clean =
      "\tlinux-vdso.so.1 (0x00007ffc)\n\tlibsodium.so.23 => /usr/lib/libsodium.so.23 (0x00007f)\n";
  EXPECT_TRUE(ForbiddenLibraries(clean).empty());
  EXPECT_EQ(ForbiddenLibraries(clean + "\tlibrocksdb.so.7.8 => /usr/lib/a (0x1)\n").size(), 1u);
  EXPECT_EQ(ForbiddenLibraries(clean + "\tlibboost_url.so.1.81.0 => not found\n").size(), 1u);
}

TEST(VerifierLink, FindsPlantedSymbols) {
  const std::string clean =
      "                 U memcpy@GLIBC_2.14\n                 w __cxa_finalize\n";
  EXPECT_TRUE(ForbiddenSymbols(clean).empty());
  EXPECT_TRUE(ForbiddenSymbols(clean + "                 U socket_count\n").empty());
  for (const char* line : {" U socket@GLIBC_2.2.5", " U connect", " w getaddrinfo@GLIBC_2.2.5"}) {
    EXPECT_EQ(ForbiddenSymbols(clean + line + "\n").size(), 1u) << line;
  }
}

// Both programs' paths come from CMake; empty where the configuration does not build them.
constexpr std::string_view kVerifier = JEJAK_VERIFIER_FILE;
constexpr std::string_view kServer = JEJAK_SERVER_FILE;

std::string Libraries(std::string_view program) {
  const std::string output = OutputOf("ldd '" + std::string(program) + "'");
  EXPECT_NE(output.find("libc.so"), std::string::npos) << "ldd did not answer: " << output;
  return output;
}

std::string Symbols(std::string_view program) {
  const std::string output = OutputOf("nm -D --undefined-only '" + std::string(program) + "'");
  EXPECT_NE(output.find("memcpy"), std::string::npos) << "nm did not answer: " << output;
  return output;
}

// The same eyes on the server: were they blind, they would find nothing here either.
TEST(VerifierLink, WouldRefuseTheServer) {
  if (kServer.empty()) GTEST_SKIP() << "jejakd is not built in this configuration";
  EXPECT_FALSE(ForbiddenLibraries(Libraries(kServer)).empty());
  EXPECT_FALSE(ForbiddenSymbols(Symbols(kServer)).empty());
}

TEST(VerifierLink, LoadsNoDatabaseAndNoBoost) {
  if (kVerifier.empty()) GTEST_SKIP() << "jejak-verify is not built in this configuration";
  for (const std::string& line : ForbiddenLibraries(Libraries(kVerifier))) ADD_FAILURE() << line;
}

TEST(VerifierLink, CannotOpenAConnection) {
  if (kVerifier.empty()) GTEST_SKIP() << "jejak-verify is not built in this configuration";
  for (const std::string& name : ForbiddenSymbols(Symbols(kVerifier))) ADD_FAILURE() << name;
}

}  // namespace
}  // namespace jejak::house
