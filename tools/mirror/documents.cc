// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/record/leaf.h"
#include "ledger/registry/candidate.h"
#include "tools/mirror/mirror.h"

namespace jejak::mirror {
namespace {

struct Published {
  std::uint64_t size = 0;
  Digest sha256;
};

// What an entry publishes, if anything. Most don't, and are not parsed for it.
std::optional<Published> PublishedBy(std::string_view entry) {
  if (entry.find("\ntype procedure.publish\n") == entry.npos &&
      entry.find("\ntype calendar.publish\n") == entry.npos)
    return std::nullopt;
  const Result<record::Leaf> leaf = record::ParseLeaf(entry);
  const auto* logged = leaf.ok() ? std::get_if<record::LoggedAction>(&*leaf) : nullptr;
  if (logged == nullptr) return std::nullopt;
  const auto parsed = registry::ParseCandidate(record::EncodeAction(logged->action));
  const auto* candidate = std::get_if<registry::Candidate>(&parsed);
  if (candidate == nullptr) return std::nullopt;
  if (const auto* publish = candidate->body<registry::ProcedurePublish>())
    return Published{publish->size, publish->sha256};
  if (const auto* publish = candidate->body<registry::CalendarPublish>())
    return Published{publish->size, publish->sha256};
  return std::nullopt;
}

// In a path, base64 has - and _ for + and /.
std::string DocumentPath(const Digest& sha256) {
  std::string hash = EncodeHash(sha256);
  std::replace(hash.begin(), hash.end(), '+', '-');
  std::replace(hash.begin(), hash.end(), '/', '_');
  return "v1/documents/" + hash;
}

Result<void> FetchOne(Upstream& upstream, MirrorFiles& files, const Published& document,
                      DocumentReport& report) {
  report.published += 1;
  const std::string path = "documents/" + EncodeHex(document.sha256.view());
  if (files.Has(path)) {
    const Result<std::string> kept = files.Get(path);
    if (kept.ok() && crypto::Sha256(AsBytes(*kept)) == document.sha256) return {};
  }
  const Result<std::string> text = upstream.Get(DocumentPath(document.sha256));
  if (!text.ok() && text.error().code == Code::kNotFound) {
    report.missing += 1;
    return {};
  }
  if (!text.ok()) return text.error();
  if (text->size() != document.size || crypto::Sha256(AsBytes(*text)) != document.sha256)
    return Conflict("document " + EncodeHash(document.sha256) + " is served as another text");
  report.fetched += 1;
  return files.Write(path, *text);
}

}  // namespace

Result<DocumentReport> FetchDocuments(Upstream& upstream, MirrorFiles& files, std::uint64_t size) {
  DocumentReport report;
  for (const tlog::TileId& bundle : tlog::BundlesOf(size)) {
    JEJAK_TRY(bytes, files.Get(tlog::TilePath(bundle)));
    JEJAK_TRY(entries, tlog::ParseBundle(AsBytes(bytes), bundle.width));
    for (const ByteView entry : entries) {
      if (const auto document = PublishedBy(AsText(entry)))
        JEJAK_CHECKED(FetchOne(upstream, files, *document, report));
    }
  }
  return report;
}

}  // namespace jejak::mirror
