// SPDX-License-Identifier: Apache-2.0
#include "tests/house/layers.h"

#include <algorithm>
#include <cctype>

namespace jejak::house {
namespace {

const std::vector<std::string> kPure = {"base",      "crypto",   "tlog",
                                        "record",    "statemap", "registry",
                                        "procedure", "evidence", "presentation"};

std::vector<std::string> PureAnd(std::vector<std::string> more) {
  more.insert(more.begin(), kPure.begin(), kPure.end());
  return more;
}

// A header of the outside world and the only places that may name it. A place is a path prefix; an
// include in a .h of ours is refused even there.
struct HeavyHeader {
  std::string prefix;
  std::vector<std::string> places;
};

const std::vector<HeavyHeader> kHeavyHeaders = {
    {"sodium", {"ledger/crypto/crypto_"}},
    {"nettle/", {"ledger/crypto/crypto_"}},
    {"rocksdb/", {"ledger/store/rocksdb_"}},
    {"boost/",
     {"api/http_server.cc", "api/http_reader.cc", "api/http_client.cc",
      "tools/bench/beast_server.cc"}},
    // At most three files: the server's parser, the client, and what the bench measures it against.
    {"boost/beast", {"api/http_reader.cc", "api/http_client.cc", "tools/bench/beast_server.cc"}},
    // Stories are anybody's JSON, with names that a container refuses; nothing that is signed is read there.
    {"nlohmann/", {"tools/story/story.cc"}},
    {"gtest/", {}},
    {"CLI/", {"api/main.cc", "tools/cli/", "verifier/cli/"}},
    {"toml++/", {"api/config.cc"}},
    {"pugixml.hpp", {"tools/"}},
    {"zlib.h", {"tools/"}},
    {"qrencode.h", {"tools/intake/qr_code.cc"}},
    // The load generator: any library would cost a good part of the two cores that it measures.
    {"sys/socket.h", {"api/http_", "tools/bench/load_generator.cc"}},
    {"netinet/", {"api/http_", "tools/bench/load_generator.cc"}},
    {"arpa/", {"api/http_", "tools/bench/load_generator.cc"}},
    {"netdb.h", {"api/http_"}},
    {"sys/un.h", {"api/http_"}},
};

// Standard headers that a pure room has no use for: threads, clocks, streams, files, processes.
const std::vector<std::string> kImpureHeaders = {
    "thread",   "mutex",      "shared_mutex", "condition_variable",
    "future",   "atomic",     "semaphore",    "latch",
    "barrier",  "stop_token", "chrono",       "ctime",
    "time.h",   "fstream",    "iostream",     "istream",
    "ostream",  "sstream",    "filesystem",   "random",
    "cstdio",   "stdio.h",    "csignal",      "locale",
    "clocale",  "exception",  "stdexcept",    "pthread.h",
    "unistd.h", "fcntl.h",    "dlfcn.h",      "sys/",
};

// Words by which a pure room would reach outside through a header that it may include.
const std::vector<std::string> kImpureWords = {
    "getenv", "setenv", "setlocale", "thread_local", "rand",         "srand", "random_device",
    "printf", "throw",  "try",       "catch",        "dynamic_cast", "exit",  "system"};

// Randomness and passphrases are in the crypto room for its libraries' sake, yet above the line.
const std::vector<std::string> kAboveTheLine = {"ledger/crypto/random.h", "ledger/crypto/keybox.h"};

// Files are the business of verifier/cli/: the rest of the verifier computes and renders.
const std::vector<std::string> kFileHeaders = {"fstream",  "filesystem", "iostream", "cstdio",
                                               "unistd.h", "fcntl.h",    "sys/"};

bool Contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool MatchesAny(const std::vector<std::string>& headers, std::string_view name) {
  return std::any_of(headers.begin(), headers.end(), [name](const std::string& header) {
    return header.back() == '/' ? name.starts_with(header) : name == header;
  });
}

bool IsWordByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool HasWord(std::string_view line, std::string_view word) {
  for (std::size_t at = line.find(word); at != line.npos; at = line.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !IsWordByte(line[at - 1]);
    if (starts && (end == line.size() || !IsWordByte(line[end]))) return true;
  }
  return false;
}

// The text after `#include`, or nothing if the line is another.
std::string_view IncludeTarget(std::string_view line) {
  const auto skip_spaces = [&line] {
    const std::size_t at = line.find_first_not_of(" \t");
    line.remove_prefix(at == line.npos ? line.size() : at);
  };
  skip_spaces();
  if (!line.starts_with('#')) return {};
  line.remove_prefix(1);
  skip_spaces();
  if (!line.starts_with("include")) return {};
  line.remove_prefix(7);
  skip_spaces();
  return line;
}

// Checks one include of `path`; returns what is wrong, or an empty string.
std::string CheckOutside(std::string_view path, const Room& room, std::string_view name) {
  for (const HeavyHeader& heavy : kHeavyHeaders) {
    if (!name.starts_with(heavy.prefix)) continue;
    const bool allowed = std::any_of(heavy.places.begin(), heavy.places.end(),
                                     [path](const auto& place) { return path.starts_with(place); });
    if (!allowed) return "<" + std::string(name) + "> is not for this file";
    if (path.ends_with(".h")) return "<" + std::string(name) + "> stands in no header of ours";
  }
  if (room.pure && MatchesAny(kImpureHeaders, name)) {
    return "<" + std::string(name) + "> reaches outside a pure room";
  }
  if (room.name == "verifier" && !path.starts_with("verifier/cli/") &&
      MatchesAny(kFileHeaders, name)) {
    return "<" + std::string(name) + "> belongs in verifier/cli/";
  }
  return {};
}

std::string CheckOurs(const Room& room, std::string_view name) {
  const Room* other = RoomOf(name);
  if (other == nullptr) {
    return "\"" + std::string(name) + "\" is not a path from the repository root into a room";
  }
  if (room.pure && room.name != "crypto" && Contains(kAboveTheLine, name)) {
    return "\"" + std::string(name) + "\" is for use above the pure line";
  }
  if (other->name != room.name && !Contains(room.may_include, other->name)) {
    return room.name + " may not include " + other->name + " (\"" + std::string(name) + "\")";
  }
  return {};
}

std::string CheckInclude(std::string_view path, const Room& room, std::string_view target) {
  const char open = target.empty() ? '\0' : target.front();
  const std::size_t close = open == '<'   ? target.find('>', 1)
                            : open == '"' ? target.find('"', 1)
                                          : target.npos;
  if (close == target.npos) return "an include names its file";
  const std::string_view name = target.substr(1, close - 1);
  // However it is quoted, a path into a room is ours.
  return open == '"' || RoomOf(name) != nullptr ? CheckOurs(room, name)
                                                : CheckOutside(path, room, name);
}

}  // namespace

const std::vector<Room>& Rooms() {
  static const std::vector<Room> kRooms = {
      {"base", "ledger/base/", true, {}},
      {"crypto", "ledger/crypto/", true, {"base"}},
      {"tlog", "ledger/tlog/", true, {"base", "crypto"}},
      {"record", "ledger/record/", true, {"base", "crypto", "tlog"}},
      {"statemap", "ledger/statemap/", true, {"base", "crypto", "tlog", "record"}},
      {"registry", "ledger/registry/", true, {"base", "crypto", "tlog", "record", "statemap"}},
      {"procedure", "ledger/procedure/", true, {"base", "record", "registry"}},
      {"evidence",
       "ledger/evidence/",
       true,
       {"base", "crypto", "tlog", "record", "statemap", "registry", "procedure"}},
      {"presentation",
       "ledger/presentation/",
       true,
       {"base", "record", "registry", "procedure", "evidence"}},
      {"store", "ledger/store/", false, {"base"}},
      {"sequencer",
       "ledger/sequencer/",
       false,
       {"base", "crypto", "tlog", "record", "statemap", "registry", "procedure", "evidence",
        "store"}},
      {"api", "api/", false, PureAnd({"store", "sequencer"})},
      {"verifier", "verifier/", false, kPure},
      {"tools", "tools/", false, PureAnd({"store", "sequencer", "api", "verifier"})},
  };
  return kRooms;
}

const Room* RoomOf(std::string_view path) {
  for (const Room& room : Rooms()) {
    if (path.starts_with(room.folder)) return &room;
  }
  return nullptr;
}

std::string Finding::text() const { return file + ":" + std::to_string(line) + ": " + what; }

std::vector<Finding> CheckFile(std::string_view path, std::string_view text) {
  std::vector<Finding> findings;
  const Room* room = RoomOf(path);
  if (room == nullptr) {
    return {{std::string(path), 1, "this file is in no room of docs/architecture.md"}};
  }
  const std::vector<std::string> lines = CodeLines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view target = IncludeTarget(lines[i]);
    if (!target.empty()) {
      std::string what = CheckInclude(path, *room, target);
      if (!what.empty()) findings.push_back({std::string(path), i + 1, std::move(what)});
      continue;
    }
    if (!room->pure) continue;
    for (const std::string& word : kImpureWords) {
      if (HasWord(lines[i], word)) {
        findings.push_back(
            {std::string(path), i + 1, "`" + word + "` has no place in a pure room"});
      }
    }
  }
  return findings;
}

std::vector<std::string> CodeLines(std::string_view text) {
  std::vector<std::string> lines(1);
  enum class In { kCode, kLineComment, kBlockComment, kString, kCharacter } in = In::kCode;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (c == '\n') {
      if (in != In::kBlockComment) in = In::kCode;
      lines.emplace_back();
    } else if (in == In::kCode) {
      if (c == '/' && next == '/') in = In::kLineComment;
      if (c == '/' && next == '*') in = In::kBlockComment;
      if (in != In::kCode) continue;
      // A digit separator is no character literal; an include keeps its quoted name.
      const bool separator = c == '\'' && i > 0 && IsWordByte(text[i - 1]);
      const bool include = IncludeTarget(lines.back() + "x") != "";
      if (c == '"' && !include) in = In::kString;
      if (c == '\'' && !separator) in = In::kCharacter;
      lines.back().push_back(c);
    } else if (in == In::kBlockComment) {
      if (c == '*' && next == '/') {
        in = In::kCode;
        ++i;
      }
    } else if (in == In::kString || in == In::kCharacter) {
      if (c == '\\') {
        ++i;
      } else if (c == (in == In::kString ? '"' : '\'')) {
        in = In::kCode;
        lines.back().push_back(c);
      }
    }
  }
  return lines;
}

}  // namespace jejak::house
