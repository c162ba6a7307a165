// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

#include <algorithm>

#include "ledger/base/bytes.h"
#include "tools/xes/reader.h"

namespace jejak::xes {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 20;

// zlib's state, freed whatever happens.
class Inflater final {
 public:
  explicit Inflater(std::string_view input) {
    // zlib's type for bytes; inflate reads them and no more.
    stream_.next_in = const_cast<Bytef*>(AsBytes(input).data());  // NOLINT
    stream_.avail_in = static_cast<uInt>(input.size());
    ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK;  // 16: gzip only
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool ready() const { return ready_; }
  // What is left to read.
  std::size_t left() const { return stream_.avail_in; }
  void NextMember() { inflateReset(&stream_); }

  // Appends at most `count` bytes.
  int Read(std::string& out, std::size_t count) {
    const std::size_t before = out.size();
    out.resize(before + count);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);  // NOLINT: as above
    stream_.avail_out = static_cast<uInt>(count);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    out.resize(out.size() - stream_.avail_out);
    return status;
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

}  // namespace

Result<std::string> Inflate(std::string_view gzip, std::size_t limit) {
  if (gzip.size() > kMaxXesBytes) return Refused("the gzip file is longer than 128 MiB; split it");
  Inflater inflater(gzip);
  if (!inflater.ready()) return Internal("zlib cannot be started");
  std::string out;
  for (;;) {
    const std::size_t left = inflater.left();
    const std::size_t before = out.size();
    const int status = inflater.Read(out, std::min(kStep, limit + 1 - out.size()));
    if (out.size() > limit)
      return Refused("the gzip file inflates to more than " + std::to_string(limit) +
                     " bytes; split the log by traces");
    if (status == Z_STREAM_END) {
      if (inflater.left() == 0) return out;
      inflater.NextMember();
    } else if (status != Z_OK || (inflater.left() == left && out.size() == before)) {
      return Malformed("the gzip data are damaged or cut off");
    }
  }
}

}  // namespace jejak::xes
