// SPDX-License-Identifier: Apache-2.0
#include "api/reads.h"

#include <algorithm>
#include <utility>

#include "api/caching.h"
#include "ledger/base/text.h"
#include "ledger/evidence/verify.h"
#include "ledger/record/leaf.h"
#include "ledger/tlog/tile.h"

namespace jejak::api {
namespace {

// Whether this listener may show an entry, and for how long: a release can be voided, so that what
// it shows isn't kept.
std::optional<Freshness> MayShow(Call& call, std::string_view entry) {
  if (call.shows_cases()) return Freshness::kImmutable;
  const Result<record::Leaf> leaf = record::ParseLeaf(entry);
  if (!leaf.ok() || !call.ShowsEntry(*leaf)) return std::nullopt;
  const bool of_case = std::get<record::LoggedAction>(*leaf).action.stream.is_case();
  return of_case ? Freshness::kRevalidate : Freshness::kImmutable;
}

Result<Response> EntryProof(Call& call, std::uint64_t index, std::string_view size_text,
                            Freshness freshness) {
  const std::optional<std::uint64_t> size = NumberIn(size_text);
  if (!size) return NotFound("no such size");
  JEJAK_TRY(proof, call.reader.Inclusion(index, *size));
  constexpr std::size_t kHashBytes = 47;  // with quotes and comma
  std::string json;
  json.reserve(64 + kHashBytes * proof.size());
  json.append("{\"index\":").append(std::to_string(index));
  json.append(",\"size\":").append(std::to_string(*size)).append(",\"proof\":[");
  for (std::size_t i = 0; i < proof.size(); ++i) {
    AppendHash(json.append(i == 0 ? "\"" : ",\""), proof[i]);
    json.push_back('"');
  }
  json.append("]}");
  return WithFreshness(JsonAnswer(std::move(json)), freshness);
}

}  // namespace

Result<Response> ReadCheckpoint(Call& call) {
  return WithFreshness(TextAnswer(call.reader.head().checkpoint), Freshness::kCheckpoint);
}

Result<Response> ReadTile(Call& call, std::string_view tile_path) {
  const Result<tlog::TileId> tile = tlog::ParseTilePath(tile_path);
  if (!tile.ok() || (tile->entries && !call.shows_cases())) return NotFound("no such tile");
  JEJAK_TRY(bytes, call.reader.Tile(*tile));
  Response response = MakeResponse(200, "application/octet-stream", std::move(bytes));
  return WithFreshness(std::move(response), tile->width == tlog::kTileWidth ? Freshness::kImmutable
                                                                            : Freshness::kMinutes);
}

Result<Response> ReadEntry(Call& call, std::string_view path) {
  const std::size_t slash = std::min(path.find('/'), path.size());
  const std::optional<std::uint64_t> index = NumberIn(path.substr(0, slash));
  std::string_view size = path.substr(slash);
  const bool proof = TakePrefix(size, "/proof/");
  if (!index || (!size.empty() && !proof)) return NotFound("no such entry");
  if (proof && call.shows_cases()) return EntryProof(call, *index, size, Freshness::kImmutable);
  JEJAK_TRY(entry, call.reader.SharedEntry(*index));
  const std::optional<Freshness> freshness = MayShow(call, *entry);
  if (!freshness) return NotFound("no such entry");
  if (proof) return EntryProof(call, *index, size, *freshness);
  Response response = TextAnswer({});
  response.shared_body = std::move(entry);
  return WithFreshness(std::move(response), *freshness);
}

Result<Response> ReadConsistency(Call& call, std::string_view path) {
  const std::vector<std::string_view> segments = SegmentsOf(path);
  if (segments.size() != 2) return NotFound("no such proof");
  const std::optional<std::uint64_t> from = NumberIn(segments[0]);
  const std::optional<std::uint64_t> to = NumberIn(segments[1]);
  if (!from || !to || *from >= *to) return NotFound("no such proof");
  JEJAK_TRY(proof, call.reader.Consistency(*from, *to));
  return WithFreshness(JsonAnswer(evidence::EncodeConsistencyProof(*from, *to, proof)),
                       Freshness::kImmutable);
}

Result<Response> ReadStreamProof(Call& call) {
  const std::string* name = call.query.Find("stream");
  if (name == nullptr) return Malformed("parameter stream is missing; name a stream");
  const Result<record::Stream> stream = record::ParseStream(*name);
  if (!stream.ok()) return Malformed("parameter stream is no stream, as in case/ID or key/NAME");
  if (stream->is_case() && !call.ShowsCase(*stream)) return NotFound("not here");
  // The tree of a checkpoint has one seal at its end, that seal one state of each stream.
  const std::string tag = ETagOf(call.reader.head().checkpoint + *name);
  Response response = WithFreshness(TextAnswer({}), Freshness::kRevalidate);
  response.headers.push_back({"ETag", tag});
  if (NamesETag(call.request, tag)) {
    response.status = 304;
    return response;
  }
  JEJAK_TRY(receipt, call.reader.StateReceipt(*stream));
  response.body = std::move(receipt);
  return response;
}

Result<Response> ReadDocument(Call& call, std::string_view sha256) {
  std::string hash(sha256);
  std::replace(hash.begin(), hash.end(), '-', '+');
  std::replace(hash.begin(), hash.end(), '_', '/');
  const Result<Digest> digest = ParseHash(hash);
  if (!digest.ok() || sha256.find_first_of("+/") != sha256.npos)
    return NotFound("no such document");
  JEJAK_TRY(document, call.reader.Document(*digest));
  if (!document) return NotFound("no such document");
  return WithFreshness(TextAnswer(std::move(*document)), Freshness::kImmutable);
}

}  // namespace jejak::api
