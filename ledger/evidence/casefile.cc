// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/casefile.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "ledger/base/json.h"
#include "ledger/base/text.h"

namespace jejak::evidence {
namespace {

// A JSON value and how to name it when it is wrong. Names are put together only then.
struct Place {
  const json::Value& value;
  const Place* parent = nullptr;
  std::string_view name = {};
  std::size_t item = 0;

  std::string Pointer() const {
    if (parent == nullptr) return "";
    return parent->Pointer() + "/" + (name.empty() ? std::to_string(item) : std::string(name));
  }
  Error Wrong(std::string_view want) const {
    const std::string pointer = Pointer();
    return Malformed((pointer.empty() ? "the case file" : pointer) + " must be " +
                     std::string(want));
  }
};

Result<void> CheckMembers(const Place& at, std::span<const std::string_view> names) {
  if (at.value.kind() != json::Kind::kObject) return at.Wrong("an object");
  for (const std::string_view name : names) {
    if (at.value.Find(name) == nullptr) {
      return Malformed(at.Pointer() + "/" + std::string(name) + " is missing");
    }
  }
  // No name occurs twice (container JSON), so equal counts mean equal sets.
  if (at.value.members().size() != names.size()) {
    return at.Wrong("an object without unknown members");
  }
  return {};
}

Result<void> Read(const Place& at, std::string& out) {
  if (at.value.kind() != json::Kind::kString) return at.Wrong("a string");
  out = at.value.as_string();
  return {};
}

Result<void> Read(const Place& at, std::int64_t& out) {
  if (at.value.kind() != json::Kind::kInteger) return at.Wrong("an integer");
  out = at.value.as_integer();
  return {};
}

Result<void> Read(const Place& at, Digest& out) {
  if (at.value.kind() != json::Kind::kString) return at.Wrong("a string");
  const Result<Digest> hash = ParseHash(at.value.as_string());
  if (!hash.ok()) return at.Wrong("the base64 of 32 bytes");
  out = *hash;
  return {};
}

Result<void> Read(const Place& at, PathStep& out) {
  if (at.value.kind() != json::Kind::kArray || at.value.items().size() != 2) {
    return at.Wrong("an array of a bit and a hash");
  }
  JEJAK_CHECKED(Read({at.value.items()[0], &at, {}, 0}, out.bit));
  return Read({at.value.items()[1], &at, {}, 1}, out.sibling);
}

Result<void> Read(const Place& at, EarlierSize& out);
Result<void> Read(const Place& at, HeldStream& out);
Result<void> Read(const Place& at, HeldBody& out);
Result<void> Read(const Place& at, HeldOpening& out);
Result<void> Read(const Place& at, HeldDocument& out);

template <class T>
Result<void> Read(const Place& at, std::vector<T>& out) {
  if (at.value.kind() != json::Kind::kArray) return at.Wrong("an array");
  const std::vector<json::Value>& items = at.value.items();
  out.resize(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    JEJAK_CHECKED(Read({items[i], &at, {}, i}, out[i]));
  }
  return {};
}

// Reads a member that CheckMembers has found.
template <class T>
Result<void> ReadMember(const Place& at, std::string_view name, T& out) {
  return Read({*at.value.Find(name), &at, name}, out);
}

Result<void> Read(const Place& at, EarlierSize& out) {
  static constexpr std::array<std::string_view, 2> kNames = {"from", "proof"};
  JEJAK_CHECKED(CheckMembers(at, kNames));
  JEJAK_CHECKED(ReadMember(at, "from", out.from));
  return ReadMember(at, "proof", out.proof);
}

Result<void> Read(const Place& at, HeldStream& out) {
  static constexpr std::array<std::string_view, 3> kNames = {"stream", "path", "entries"};
  JEJAK_CHECKED(CheckMembers(at, kNames));
  JEJAK_CHECKED(ReadMember(at, "stream", out.stream));
  JEJAK_CHECKED(ReadMember(at, "path", out.path));
  return ReadMember(at, "entries", out.entries);
}

Result<void> Read(const Place& at, HeldBody& out) {
  static constexpr std::array<std::string_view, 3> kNames = {"index", "key", "text"};
  JEJAK_CHECKED(CheckMembers(at, kNames));
  JEJAK_CHECKED(ReadMember(at, "index", out.index));
  JEJAK_CHECKED(ReadMember(at, "key", out.key));
  return ReadMember(at, "text", out.text);
}

Result<void> Read(const Place& at, HeldOpening& out) {
  static constexpr std::array<std::string_view, 4> kNames = {"index", "pointer", "key", "value"};
  JEJAK_CHECKED(CheckMembers(at, kNames));
  JEJAK_CHECKED(ReadMember(at, "index", out.index));
  JEJAK_CHECKED(ReadMember(at, "pointer", out.pointer));
  JEJAK_CHECKED(ReadMember(at, "key", out.key));
  return ReadMember(at, "value", out.value);
}

Result<void> Read(const Place& at, HeldDocument& out) {
  static constexpr std::array<std::string_view, 2> kNames = {"sha256", "text"};
  JEJAK_CHECKED(CheckMembers(at, kNames));
  JEJAK_CHECKED(ReadMember(at, "sha256", out.sha256));
  return ReadMember(at, "text", out.text);
}

json::Value Hash(const Digest& digest) { return json::Value::String(EncodeHash(digest)); }

template <class T, class Write>
json::Value List(const std::vector<T>& items, Write write) {
  json::Value list = json::Value::Array();
  for (const T& item : items) list.Push(write(item));
  return list;
}

json::Value WriteStream(const HeldStream& stream) {
  json::Value out = json::Value::Object();
  out.Add("stream", json::Value::String(stream.stream));
  out.Add("path", List(stream.path, [](const PathStep& step) {
            json::Value pair = json::Value::Array();
            pair.Push(json::Value::Integer(step.bit));
            pair.Push(Hash(step.sibling));
            return pair;
          }));
  out.Add("entries", List(stream.entries, json::Value::String));
  return out;
}

json::Value WriteEarlier(const EarlierSize& earlier) {
  json::Value out = json::Value::Object();
  out.Add("from", json::Value::Integer(earlier.from));
  out.Add("proof", List(earlier.proof, Hash));
  return out;
}

json::Value WriteBody(const HeldBody& body) {
  json::Value out = json::Value::Object();
  out.Add("index", json::Value::Integer(body.index));
  out.Add("key", Hash(body.key));
  out.Add("text", json::Value::String(body.text));
  return out;
}

json::Value WriteOpening(const HeldOpening& opening) {
  json::Value out = json::Value::Object();
  out.Add("index", json::Value::Integer(opening.index));
  out.Add("pointer", json::Value::String(opening.pointer));
  out.Add("key", Hash(opening.key));
  out.Add("value", json::Value::String(opening.value));
  return out;
}

json::Value WriteDocument(const HeldDocument& document) {
  json::Value out = json::Value::Object();
  out.Add("sha256", Hash(document.sha256));
  out.Add("text", json::Value::String(document.text));
  return out;
}

}  // namespace

Result<CaseFile> ParseCaseFile(std::string_view bytes) {
  if (bytes.size() > kMaxCaseFileBytes) return Malformed("a case file has at most 64 MiB");
  JEJAK_TRY(root, json::Parse(bytes, json::Rules::kContainer));
  const Place at{root};
  static constexpr std::array<std::string_view, 10> kNames = {
      "format",    "stream",  "checkpoint", "consistency", "seal",
      "inclusion", "streams", "bodies",     "openings",    "documents"};
  JEJAK_CHECKED(CheckMembers(at, kNames));
  std::string format;
  JEJAK_CHECKED(ReadMember(at, "format", format));
  if (format != kCaseFileFormat) return Malformed("/format must be jejak/casefile/v1");
  CaseFile file;
  JEJAK_CHECKED(ReadMember(at, "stream", file.stream));
  JEJAK_CHECKED(ReadMember(at, "checkpoint", file.checkpoint));
  JEJAK_CHECKED(ReadMember(at, "consistency", file.consistency));
  JEJAK_CHECKED(ReadMember(at, "seal", file.seal));
  JEJAK_CHECKED(ReadMember(at, "inclusion", file.inclusion));
  JEJAK_CHECKED(ReadMember(at, "streams", file.streams));
  JEJAK_CHECKED(ReadMember(at, "bodies", file.bodies));
  JEJAK_CHECKED(ReadMember(at, "openings", file.openings));
  JEJAK_CHECKED(ReadMember(at, "documents", file.documents));
  return file;
}

std::string EncodeCaseFile(const CaseFile& file) {
  json::Value out = json::Value::Object();
  out.Add("format", json::Value::String(std::string(kCaseFileFormat)));
  out.Add("stream", json::Value::String(file.stream));
  out.Add("checkpoint", json::Value::String(file.checkpoint));
  out.Add("consistency", List(file.consistency, WriteEarlier));
  out.Add("seal", json::Value::String(file.seal));
  out.Add("inclusion", List(file.inclusion, Hash));
  out.Add("streams", List(file.streams, WriteStream));
  out.Add("bodies", List(file.bodies, WriteBody));
  out.Add("openings", List(file.openings, WriteOpening));
  out.Add("documents", List(file.documents, WriteDocument));
  return json::Write(out);
}

}  // namespace jejak::evidence
