// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/multiproof.h"

#include <bit>
#include <cstddef>
#include <utility>

namespace jejak::tlog {
namespace {

// One range of the walk, with the held leaves [first, last) that lie in it.
struct Task {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  bool join = false;  // both halves are done
};

// The first position in [first, last) whose index is at or past `bound`; `last` if there is none.
template <class IndexAt>
std::size_t FirstAtOrPast(std::size_t first, std::size_t last, IndexAt index_at,
                          std::uint64_t bound) {
  while (first < last) {
    const std::size_t probe = first + (last - first) / 2;
    if (index_at(probe) < bound) {
      first = probe + 1;
    } else {
      last = probe;
    }
  }
  return first;
}

// Depth first over the ranges of the definition. `visit` has three members, each false to stop:
// Absent(begin, end), Held(position), Join(). `index_at` gives the i-th held index.
template <class IndexAt, class Visitor>
Result<void> Walk(std::size_t count, IndexAt index_at, std::uint64_t size, Visitor& visit) {
  if (count == 0) return Malformed("multiproof: must hold at least one leaf");
  for (std::size_t i = 0; i < count; ++i) {
    if (index_at(i) >= size) return Malformed("multiproof: an index is not below the tree's size");
    if (i > 0 && index_at(i) <= index_at(i - 1)) {
      return Malformed("multiproof: indexes must grow strictly");
    }
  }
  std::vector<Task> stack{{0, size, 0, count, false}};
  while (!stack.empty()) {
    const Task task = stack.back();
    stack.pop_back();
    bool go_on = true;
    if (task.join) {
      go_on = visit.Join();
    } else if (task.first == task.last) {
      go_on = visit.Absent(task.begin, task.end);
    } else if (task.end - task.begin == 1) {
      go_on = visit.Held(task.first);
    } else {
      const std::uint64_t middle = task.begin + std::bit_floor(task.end - task.begin - 1);
      const std::size_t right = FirstAtOrPast(task.first, task.last, index_at, middle);
      stack.push_back({0, 0, 0, 0, true});
      stack.push_back({middle, task.end, right, task.last, false});
      stack.push_back({task.begin, middle, task.first, right, false});
    }
    if (!go_on) return Malformed("multiproof: a hash is missing");
  }
  return {};
}

struct Planner {
  ProofPlan plan;

  bool Absent(std::uint64_t begin, std::uint64_t end) {
    AddRange(begin, end, plan);
    return true;
  }
  bool Held(std::size_t) { return true; }
  bool Join() { return true; }
};

struct Computer {
  std::span<const HeldLeaf> leaves;
  std::span<const Digest> proof;  // what is left of it
  std::vector<Digest> done;       // roots of finished ranges; at most one per level

  bool Absent(std::uint64_t, std::uint64_t) {
    if (proof.empty()) return false;
    done.push_back(proof.front());
    proof = proof.subspan(1);
    return true;
  }
  bool Held(std::size_t position) {
    done.push_back(leaves[position].hash);
    return true;
  }
  bool Join() {
    const Digest right = done.back();
    done.pop_back();
    done.back() = NodeHash(done.back(), right);
    return true;
  }
};

}  // namespace

Result<Digest> RootFromMultiproof(std::span<const HeldLeaf> leaves, std::uint64_t size,
                                  std::span<const Digest> proof) {
  Computer computer{leaves, proof, {}};
  const auto index_at = [leaves](std::size_t i) { return leaves[i].index; };
  JEJAK_CHECKED(Walk(leaves.size(), index_at, size, computer));
  if (!computer.proof.empty()) return Malformed("multiproof: hashes are left over");
  return computer.done.back();
}

Result<ProofPlan> MultiproofNodes(std::span<const std::uint64_t> indexes, std::uint64_t size) {
  Planner planner;
  const auto index_at = [indexes](std::size_t i) { return indexes[i]; };
  JEJAK_CHECKED(Walk(indexes.size(), index_at, size, planner));
  return std::move(planner.plan);
}

Result<std::vector<Digest>> BuildMultiproof(NodeReader& reader,
                                            std::span<const std::uint64_t> indexes,
                                            std::uint64_t size) {
  JEJAK_TRY(plan, MultiproofNodes(indexes, size));
  if (plan.nodes.empty()) return std::vector<Digest>{};
  JEJAK_TRY(hashes, reader.ReadNodes(plan.nodes));
  return Assemble(plan, hashes);
}

}  // namespace jejak::tlog
