// SPDX-License-Identifier: Apache-2.0
//
// The pure half of the HTTP reader: scanner, head checks, bodies, paths, queries, base addresses.
// Besides not crashing, none of them may depend on where the octets are cut.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/http_body.h"
#include "api/http_framing.h"
#include "api/http_message.h"

namespace {

using jejak::api::BodyReader;
using jejak::api::Framing;
using jejak::api::HeadScanner;

void Require(bool holds) {
  if (!holds) std::abort();
}

void ScanHead(std::string_view text, std::size_t cut) {
  HeadScanner whole(1024, 8);
  const auto one = whole.Scan(text);
  HeadScanner parts(1024, 8);
  auto two = parts.Scan(text.substr(0, cut));
  if (two.state == HeadScanner::Progress::State::kMore) {
    const std::size_t used = two.used;
    two = parts.Scan(text.substr(cut));
    two.used += used;
  }
  Require(one.state == two.state);
  if (one.state == HeadScanner::Progress::State::kEnd) Require(one.used == two.used);
  if (one.state == HeadScanner::Progress::State::kRefused) Require(one.refusal == two.refusal);
}

void ReadChunks(std::string_view text, std::size_t cut) {
  Framing framing;
  framing.body = Framing::Body::kChunked;
  std::string body;
  BodyReader whole(framing, 512);
  const auto one = whole.Read(text, body);
  std::string parts_body;
  BodyReader parts(framing, 512);
  auto two = parts.Read(text.substr(0, cut), parts_body);
  if (two.state == BodyReader::State::kMore) two = parts.Read(text.substr(cut), parts_body);
  Require(one.state == two.state && body == parts_body && body.size() <= 512);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = size == 0 ? 0 : data[0] % size;
  ScanHead(text, cut);
  ReadChunks(text, cut);

  const auto path = jejak::api::ParsePath(text);
  if (path.ok()) Require(path->front() == '/' && path->find("//") == std::string::npos);
  const auto query = jejak::api::QueryParameters::Parse(text);
  if (query.ok()) Require(query->pairs().size() <= 32);
  const auto base = jejak::api::ParseBaseUrl(text);
  if (base.ok()) Require(jejak::api::ParseBaseUrl("http://" + base->HostField()).ok());

  const std::vector<jejak::api::Header> headers = {
      {"host", "h"}, {"content-length", std::string(text)}, {"connection", std::string(text)}};
  (void)jejak::api::CheckHead({"POST", text, 11, headers});
  (void)jejak::api::CheckAnswer(200, false, 11, headers);
  return 0;
}
