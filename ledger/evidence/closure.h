// SPDX-License-Identifier: Apache-2.0
//
// Closure (formats.md section 6): the least set of streams that lets a stranger repeat admission
// for one case. It holds the case and the registry and, for every stream in it,
//
//   under golden iSNP…                       -> procedure/golden
//   procedure.publish {"calendar":"id-asn"}  -> calendar/id-asn
//   by bkpsdm.example/p-07 unsur_kepegawaian -> key/bkpsdm.example/p-07
//   by … root, by … self, a party's name     -> nothing
//
// The server asks it what to read next while it builds a case file; the verifier asks it what the
// file must hold and refuses anything else:
//
//   Closure closure(case_stream);
//   while (auto next = closure.Next()) closure.Add(actions of *next);
//
// Not thread-safe: one owner. Work and memory are linear in the actions added; nothing recurses.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "ledger/record/action.h"
#include "ledger/record/stream.h"

namespace jejak::evidence {

class Closure final {
 public:
  explicit Closure(const record::Stream& case_stream);

  // The next stream whose actions were not asked for yet; nullopt when the set is complete. The
  // case comes first, then the registry, then what they need, in the order met: so a case file has
  // one natural order.
  std::optional<record::Stream> Next();

  // Takes in all actions of one stream, in stream order. A body that can't be read asks for
  // nothing: whoever admits the action refuses it.
  void Add(std::span<const record::Action* const> actions);

  // Every stream asked for so far, in that order.
  const std::vector<record::Stream>& streams() const { return order_; }

 private:
  void Need(record::StreamKind kind, std::string_view name);

  std::vector<record::Stream> order_;
  std::set<record::Stream> known_;
  std::size_t next_ = 0;
};

}  // namespace jejak::evidence
