// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger/evidence/case_checks.h"
#include "ledger/evidence/closure.h"
#include "ledger/record/stream.h"
#include "ledger/statemap/proof.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/tlog/merkle.h"

namespace jejak::evidence {
namespace {

// The actions of a stream; empty when one of its entries is no action.
std::vector<const record::Action*> Actions(const HeldCase& held,
                                           const std::vector<std::size_t>& stream) {
  std::vector<const record::Action*> actions;
  actions.reserve(stream.size());
  for (const std::size_t at : stream) {
    if (!held.entries[at].candidate) return {};
    actions.push_back(&held.entries[at].candidate->action);
  }
  return actions;
}

Result<std::vector<statemap::MapStep>> Steps(const std::vector<PathStep>& path) {
  std::vector<statemap::MapStep> steps;
  steps.reserve(path.size());
  for (const PathStep& step : path) {
    if (step.bit < 0 || step.bit >= static_cast<std::int64_t>(statemap::kKeyBits)) {
      return Malformed("a bit of the path is not 0 to 255");
    }
    steps.push_back({static_cast<std::uint16_t>(step.bit), step.sibling});
  }
  return steps;
}

statemap::StreamHead Head(const HeldEntry& last,
                          const std::vector<const record::Action*>& actions) {
  tlog::CompactRange ids;
  for (const record::Action* action : actions) ids.Append(tlog::LeafHash(action->id().view()));
  return {actions.size(), last.entry.index, last.leaf, ids.Root()};
}

// Why a held stream isn't what the seal's map says; empty when it is.
std::string StreamFault(const HeldCase& held, const HeldStream& stream,
                        const std::vector<std::size_t>& positions) {
  const Result<record::Stream> name = record::ParseStream(stream.stream);
  if (!name.ok()) return "is not a stream";
  if (positions.empty()) return "holds no entry";
  const std::vector<const record::Action*> actions = Actions(held, positions);
  if (actions.empty()) return "holds an entry that is not an action";
  for (const record::Action* action : actions) {
    if (action->stream != *name) return "holds an action of another stream";
  }
  const Result<std::vector<statemap::MapStep>> steps = Steps(stream.path);
  if (!steps.ok()) return "has a map path that is none: " + steps.error().detail;
  const statemap::StreamHead head = Head(held.entries[positions.back()], actions);
  const Result<Digest> root =
      statemap::RootFromPresence(statemap::StreamKey(*name), statemap::HeadValue(head), *steps);
  if (!root.ok()) return "has a map path that is none: " + root.error().detail;
  if (*root != held.seal->state) {
    return "is not the stream that the seal's map holds: of its " + std::to_string(actions.size()) +
           " actions one was left out, cut off at the end, added or changed";
  }
  return {};
}

// The streams held, by name; a name that is none or held twice is a fault.
bool Held(const HeldCase& held, std::map<record::Stream, std::size_t>& by_name, Verdict& verdict) {
  for (std::size_t s = 0; s < held.file.streams.size(); ++s) {
    const Result<record::Stream> name = record::ParseStream(held.file.streams[s].stream);
    if (!name.ok()) {
      verdict.Fail("check.closure", "/streams/" + std::to_string(s) + "/stream is not a stream");
      return false;
    }
    if (!by_name.emplace(*name, s).second) {
      verdict.Fail("check.closure", name->text() + " is held twice");
      return false;
    }
  }
  return true;
}

}  // namespace

void CheckClosure(const HeldCase& held, Verdict& verdict) {
  const Result<record::Stream> wanted = record::ParseStream(held.file.stream);
  if (!wanted.ok() || !wanted->is_case()) {
    verdict.Fail("check.closure", "/stream is not the stream of a case");
    return;
  }
  std::map<record::Stream, std::size_t> by_name;
  if (!Held(held, by_name, verdict)) return;
  const std::vector<std::vector<std::size_t>> positions = held.ByStream();
  Closure closure(*wanted);
  bool complete = true;
  while (const std::optional<record::Stream> next = closure.Next()) {
    const auto at = by_name.find(*next);
    if (at == by_name.end()) {
      verdict.Fail("check.closure", next->text() + " is needed to judge the case and is not held");
      complete = false;
      continue;
    }
    closure.Add(Actions(held, positions[at->second]));
    by_name.erase(at);
  }
  // With a stream missing, what only that stream would have asked for can't be told from a surplus.
  if (!complete) return;
  for (const auto& [name, at] : by_name) {
    verdict.Fail("check.closure", name.text() + " is held and nothing in the case needs it");
    complete = false;
  }
  if (complete) {
    verdict.Pass("check.closure", "the " + std::to_string(held.file.streams.size()) +
                                      " streams held are exactly those that the case needs");
  }
}

void CheckStreams(const HeldCase& held, Verdict& verdict) {
  if (!held.seal || !held.readable) {
    verdict.NotChecked("check.stream", "the seal or an entry can't be read");
    return;
  }
  const std::vector<std::vector<std::size_t>> positions = held.ByStream();
  bool whole = true;
  for (std::size_t s = 0; s < held.file.streams.size(); ++s) {
    const HeldStream& stream = held.file.streams[s];
    const std::string fault = StreamFault(held, stream, positions[s]);
    if (fault.empty()) continue;
    const bool named = record::ParseStream(stream.stream).ok();
    verdict.Fail("check.stream",
                 (named ? stream.stream : "/streams/" + std::to_string(s)) + " " + fault);
    whole = false;
  }
  if (whole) {
    verdict.Pass("check.stream", "each of the " + std::to_string(held.file.streams.size()) +
                                     " streams is whole under the seal's map");
  }
}

}  // namespace jejak::evidence
