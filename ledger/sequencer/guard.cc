// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/guard.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/tlog/merkle.h"

namespace jejak::sequencer {
namespace {

constexpr std::size_t kSlotBytes = 4096;

struct Slot {
  std::uint64_t turn;
  GuardState state;
};

std::string SlotText(const std::string& origin, std::uint64_t turn, const GuardState& state) {
  std::string text = "jejak/guard/v1\norigin " + origin + "\nturn " + std::to_string(turn) +
                     "\nsize " + std::to_string(state.size) + "\nroot " + EncodeHash(state.root) +
                     "\n";
  return text + "sum " + EncodeHash(crypto::Sha256(AsBytes(text))) + "\n";
}

// Field by field, then compared with what the encoder makes: a slot has one spelling.
std::optional<Slot> ParseSlot(std::string_view bytes, const std::string& origin) {
  const std::size_t end = bytes.find('\0');
  const std::string_view text = bytes.substr(0, end);
  LineReader lines(text);
  std::optional<std::string_view> line;
  Slot slot{};
  for (std::string_view field : {"", "", "turn ", "size ", "root "}) {
    line = lines.Next();
    if (!line || !TakePrefix(*line, field)) return std::nullopt;
    if (field == "root ") {
      const Result<Digest> root = ParseHash(*line);
      if (!root.ok()) return std::nullopt;
      slot.state.root = root.value();
    } else if (!field.empty()) {
      const Result<std::uint64_t> number = ParseDecimal(*line);
      if (!number.ok()) return std::nullopt;
      (field == "turn " ? slot.turn : slot.state.size) = number.value();
    }
  }
  if (SlotText(origin, slot.turn, slot.state) != text) return std::nullopt;
  return slot;
}

bool ReadSlot(int fd, std::size_t number, std::array<char, kSlotBytes>& out) {
  return ::pread(fd, out.data(), out.size(), static_cast<off_t>(number * kSlotBytes)) ==
         static_cast<ssize_t>(out.size());
}

}  // namespace

Guard::Guard(Guard&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      origin_(std::move(other.origin_)),
      turn_(other.turn_),
      state_(other.state_) {}

Guard& Guard::operator=(Guard&& other) noexcept {
  if (this == &other) return *this;
  if (fd_ >= 0) ::close(fd_);
  fd_ = std::exchange(other.fd_, -1);
  origin_ = std::move(other.origin_);
  turn_ = other.turn_;
  state_ = other.state_;
  return *this;
}

Guard::~Guard() {
  if (fd_ >= 0) ::close(fd_);
}

Result<Guard> Guard::Create(const std::string& path, const std::string& origin) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    return errno == EEXIST
               ? Conflict("guard " + path + " exists already; a guard belongs to one log")
               : Unavailable("guard " + path +
                             " cannot be made; check the path and its permissions");
  }
  Guard guard(fd, origin);
  // Both slots, so that a later reader always finds two whole ones.
  for (std::uint64_t turn : {0u, 1u}) JEJAK_CHECKED(guard.WriteSlot({0, tlog::EmptyRoot()}, turn));
  const std::size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int dir_fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (dir_fd < 0 || ::fsync(dir_fd) != 0) {
    if (dir_fd >= 0) ::close(dir_fd);
    return UnknownOutcome("folder of the guard could not be synced");
  }
  ::close(dir_fd);
  return guard;
}

Result<Guard> Guard::Open(const std::string& path, const std::string& origin) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) {
    return errno == ENOENT
               ? NotFound("guard " + path + " is missing; restore it, or follow docs/operations.md")
               : Unavailable("guard " + path + " cannot be opened; check its permissions");
  }
  Guard guard(fd, origin);
  std::optional<Slot> best;
  std::array<char, kSlotBytes> bytes;
  for (std::size_t number : {0u, 1u}) {
    if (!ReadSlot(fd, number, bytes)) continue;
    const std::optional<Slot> slot = ParseSlot({bytes.data(), bytes.size()}, origin);
    if (slot && (!best || slot->turn > best->turn)) best = slot;
  }
  if (!best)
    return Refused("guard " + path + " holds no intact slot of log " + origin +
                   "; nothing will be signed");
  guard.turn_ = best->turn;
  guard.state_ = best->state;
  return guard;
}

Result<void> Guard::Advance(const GuardState& next) {
  if (next.size < state_.size) {
    return Refused("the guard has seen size " + std::to_string(state_.size) + ", so size " +
                   std::to_string(next.size) + " is not signed");
  }
  if (next == state_) return {};
  if (next.size == state_.size) {
    return Refused("the guard has seen another root of size " + std::to_string(next.size));
  }
  return WriteSlot(next, turn_ + 1);
}

Result<void> Guard::WriteSlot(const GuardState& next, std::uint64_t turn) {
  std::string text = SlotText(origin_, turn, next);
  text.resize(kSlotBytes, '\0');
  const off_t offset = static_cast<off_t>((turn % 2) * kSlotBytes);
  if (::pwrite(fd_, text.data(), text.size(), offset) != static_cast<ssize_t>(text.size()) ||
      ::fdatasync(fd_) != 0) {
    return UnknownOutcome("guard could not be written and synced");
  }
  turn_ = turn;
  state_ = next;
  return {};
}

}  // namespace jejak::sequencer
