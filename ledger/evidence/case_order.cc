// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "ledger/crypto/hash.h"
#include "ledger/evidence/case_checks.h"
#include "ledger/tlog/multiproof.h"
#include "ledger/tlog/note.h"

namespace jejak::evidence {
namespace {

std::string Entry(std::uint64_t index) { return "entry " + std::to_string(index); }

// The seal's place: the last leaf of the tree.
bool CheckSeal(const HeldCase& held, const tlog::Checkpoint& checkpoint, Verdict& verdict) {
  if (!held.seal) return false;
  if (held.seal->index != checkpoint.size - 1) {
    verdict.Fail("check.seal", "the seal is not the last entry of the checkpoint's tree",
                 held.seal->index);
    return false;
  }
  verdict.Pass("check.seal", "the seal is the last entry of the checkpoint's tree");
  return true;
}

// Index and time of a held leaf, the seal included, to compare neighbours.
struct Link {
  std::uint64_t index;
  UnixSeconds time;
  const Digest* prev;
  const Digest* leaf;
};

std::vector<Link> Links(const HeldCase& held) {
  std::vector<Link> links;
  links.reserve(held.entries.size() + 1);
  for (const HeldEntry& entry : held.entries) {
    links.push_back({entry.entry.index, entry.entry.time, &entry.entry.prev, &entry.leaf});
  }
  if (held.seal) {
    const Link seal{held.seal->index, held.seal->time, &held.seal->prev, &held.seal_leaf};
    const auto after =
        std::upper_bound(links.begin(), links.end(), seal.index,
                         [](std::uint64_t index, const Link& link) { return index < link.index; });
    links.insert(after, seal);
  }
  return links;
}

// The first fault of headers in log order; true when there is none.
bool CheckLogOrder(const std::vector<Link>& links, Verdict& verdict) {
  for (std::size_t i = 1; i < links.size(); ++i) {
    if (links[i].index == links[i - 1].index) {
      verdict.Fail("check.headers",
                   "two held entries have the index " + std::to_string(links[i].index),
                   links[i].index);
      return false;
    }
    if (links[i].time < links[i - 1].time) {
      verdict.Fail("check.headers",
                   "the time of " + Entry(links[i].index) + " is earlier than that of " +
                       Entry(links[i - 1].index) + " before it",
                   links[i].index);
      return false;
    }
  }
  return true;
}

// Order within one stream, as the file gives it.
bool CheckStreamOrder(const HeldCase& held, const std::vector<std::size_t>& stream,
                      Verdict& verdict) {
  if (stream.empty()) return true;
  const std::string& name = held.file.streams[held.entries[stream.front()].stream].stream;
  for (std::size_t p = 1; p < stream.size(); ++p) {
    const record::Entry& entry = held.entries[stream[p]].entry;
    if (entry.index <= held.entries[stream[p - 1]].entry.index) {
      verdict.Fail("check.headers",
                   name + ": " + Entry(entry.index) + " stands after " +
                       Entry(held.entries[stream[p - 1]].entry.index) +
                       ": the order of its actions was changed",
                   entry.index);
      return false;
    }
  }
  for (std::size_t p = 0; p < stream.size(); ++p) {
    const record::Entry& entry = held.entries[stream[p]].entry;
    if (entry.seq != p) {
      verdict.Fail("check.headers",
                   name + ": " + Entry(entry.index) + " has seq " + std::to_string(entry.seq) +
                       " where " + std::to_string(p) +
                       " is due: an action before it was left out or added",
                   entry.index);
      return false;
    }
  }
  return true;
}

}  // namespace

void CheckInclusion(const HeldCase& held, const tlog::Checkpoint& checkpoint, Verdict& verdict) {
  const bool sealed = CheckSeal(held, checkpoint, verdict);
  if (!held.readable || !sealed) {
    verdict.NotChecked("check.inclusion", "an entry or the seal can't be placed in the tree");
    return;
  }
  std::vector<tlog::HeldLeaf> leaves;
  leaves.reserve(held.entries.size() + 1);
  for (const HeldEntry& entry : held.entries) leaves.push_back({entry.entry.index, entry.leaf});
  leaves.push_back({held.seal->index, held.seal_leaf});
  const Result<Digest> root =
      tlog::RootFromMultiproof(leaves, checkpoint.size, held.file.inclusion);
  if (!root.ok()) {
    verdict.Fail("check.inclusion",
                 "the inclusion proof does not fit the entries held: " + root.error().detail);
  } else if (*root != checkpoint.root) {
    verdict.Fail(
        "check.inclusion",
        "the entries held are not those of the checkpoint's tree: one was changed, moved or "
        "is not in the log");
  } else {
    verdict.Pass("check.inclusion", "all " + std::to_string(held.entries.size()) +
                                        " entries and the seal are in the checkpoint's tree");
  }
}

void CheckOrder(const HeldCase& held, Verdict& verdict) {
  const std::vector<Link> links = Links(held);
  bool ordered = held.readable && CheckLogOrder(links, verdict);
  if (held.readable) {
    for (const std::vector<std::size_t>& stream : held.ByStream()) {
      ordered = CheckStreamOrder(held, stream, verdict) && ordered;
    }
  }
  if (ordered) verdict.Pass("check.headers", "index, time and seq of all entries are in order");

  const Digest nothing = crypto::Sha256({});
  for (std::size_t i = 0; i < links.size(); ++i) {
    const bool first = links[i].index == 0;
    const bool adjacent = i > 0 && links[i - 1].index + 1 == links[i].index;
    if ((first && *links[i].prev != nothing) ||
        (adjacent && *links[i].prev != *links[i - 1].leaf)) {
      verdict.Fail("check.chain", Entry(links[i].index) + " does not chain to the entry before it",
                   links[i].index);
      return;
    }
  }
  verdict.Pass("check.chain", "entries with adjacent indexes chain by their hashes");
}

void CheckOrigin(const HeldCase& held, const Trust& trust, const std::optional<Digest>& genesis,
                 Verdict& verdict) {
  const HeldEntry* first = held.Find(0);
  if (first == nullptr) {
    verdict.Fail("check.genesis", "entry 0 is missing, so the log's origin can't be checked");
    return;
  }
  if (genesis && first->leaf != *genesis) {
    verdict.Fail("check.genesis", "entry 0 is not the genesis that is trusted: this is another log",
                 0);
  } else if (genesis) {
    verdict.Pass("check.genesis", "entry 0 is the genesis that is trusted");
  }
  const registry::LogCreate* create =
      first->candidate ? first->candidate->body<registry::LogCreate>() : nullptr;
  if (create == nullptr) {
    verdict.Fail("check.log_key", "entry 0 does not create a log", 0);
  } else if (create->log_key != trust.policy.log) {
    verdict.Fail("check.log_key", "the log key of the policy is not the one that entry 0 names", 0);
  } else {
    verdict.Pass("check.log_key", "the log key of the policy is the one that entry 0 names");
  }
}

}  // namespace jejak::evidence
