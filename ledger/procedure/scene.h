// SPDX-License-Identifier: Apache-2.0
//
// Scene: everything that a case's rules are judged against, and Frame: one activation of a duty in
// one instance, with its names bound (language.md).
//
//   Scene   acts, tracks, checks, calendars, now            one per judging
//   Frame   officer P044, x = act 9, s1 = act 7, n unfound  one per activation
//
// Candidates of closed selectors are found once per instance, or once per case where neither the
// key nor the instance matters. Not for sharing between threads: it fills caches.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/procedure/candidates.h"
#include "ledger/procedure/checks.h"
#include "ledger/procedure/compare.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/field_lookup.h"
#include "ledger/procedure/readings.h"
#include "ledger/procedure/seen_act.h"
#include "ledger/procedure/tracks.h"

namespace jejak::procedure {

// Where a duty is judged: an instance of a track, or the case.
struct Where {
  Scope track;
  std::size_t instance = 0;  // with a track
};

// A name of a duty: an act, an item of a list, nothing, or not to be known.
struct Bound {
  enum class Kind : std::uint8_t { kFound, kUnfound, kUnknown, kItem };
  Kind kind = Kind::kUnfound;
  std::size_t act = 0;
  Causes causes;               // kUnknown
  Place item;                  // kItem, of a list in a body
  std::optional<Datum> datum;  // kItem, of another list
};

class Scene;

struct Frame {
  Scene* scene = nullptr;
  Where where;
  std::vector<Bound> names;
  std::optional<std::size_t> candidate;       // while a closed selector is evaluated
  std::optional<std::size_t> activation;      // the act of `each`; a duty may have none
  std::vector<std::size_t>* trace = nullptr;  // acts that decide, or nobody asks
};

class Scene final {
 public:
  Scene(const Definition& definition, const SeenRecord& record, const Readings& readings,
        UnixSeconds now, std::size_t limit);
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  // Memberships, moves or (judge.cc) activations went beyond the limit: nothing is judged.
  bool too_large() const { return too_large_; }
  // Candidates looked at, and items of lists that were read, over all instances: so many that a
  // case was made for it. Instances times acts, or a list read for every item of another.
  void Spend(std::size_t steps) { spent_ += steps; }
  bool exhausted() const { return spent_ > kMaxSteps; }

  const Definition& definition() const { return definition_; }
  const std::vector<SeenAct>& acts() const { return record_.acts; }
  const Readings& readings() const { return readings_; }
  UnixSeconds now() const { return now_; }
  std::int64_t today() const { return today_; }
  const std::vector<TrackView>& views() const { return views_; }
  const std::vector<ActChecks>& checks() const { return checks_; }

  // The candidates of selector `closed` in an instance; valid until Leave().
  const Candidates& Of(std::size_t closed, Where where);
  // Those of any of the definition's `closes` types.
  const Candidates& Closings(Where where);
  // Leaves the instance: what depends on it is forgotten.
  void Leave() { of_instance_.clear(), closings_.reset(); }

  // Whether every known instance of a track is in one of `states`, just before act `at`.
  // O(instances), once per (place in the definition, act) if the list is constant.
  Finding AllIn(const Expression& asked, const Datum& states, std::size_t at);

 private:
  Candidates Collect(const Closed& closed, Where where);
  // Acts of a type list as this instance sees them, in log order.
  std::vector<std::pair<std::size_t, Finding>> Visible(bool any,
                                                       const std::vector<std::string>& types,
                                                       Where where) const;
  bool DependsOnInstance(const Closed& closed, Where where) const;

  const Definition& definition_;
  const SeenRecord& record_;
  const Readings& readings_;
  UnixSeconds now_;
  std::int64_t today_ = 0;
  bool too_large_ = false;
  static constexpr std::size_t kMaxSteps = 20'000'000;
  std::size_t spent_ = 0;
  std::vector<TrackView> views_;
  std::vector<ActChecks> checks_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_type_;
  std::unordered_map<std::size_t, Candidates> of_case_, of_instance_;
  std::optional<Candidates> closings_;
  std::map<std::pair<const Expression*, std::size_t>, Finding> all_in_;
};

// terms.cc, conditions.cc: what a term, a condition and a place in the log are in a frame.
Operand Evaluate(const Term& term, const Frame& frame);
Finding Evaluate(const Expression& condition, Frame& frame);

// While it lives, nobody is told which acts decide.
class Untraced final {
 public:
  explicit Untraced(Frame& frame) : frame_(frame), trace_(frame.trace) { frame.trace = nullptr; }
  ~Untraced() { frame_.trace = trace_; }
  Untraced(const Untraced&) = delete;
  Untraced& operator=(const Untraced&) = delete;

 private:
  Frame& frame_;
  std::vector<std::size_t>* trace_;
};

// Where a selector looks: nothing (a name is unfound), or a stretch of which, when a name is
// unknown, every candidate is only possible.
struct Reach {
  bool nothing = false;
  Stretch stretch;
  Causes doubt;
};
Reach ReachOf(const Selector& selector, const Frame& frame);

// A pick: the first or last candidate, unfound, or unknown.
Bound PickFirst(const Selector& selector, bool last, const Frame& frame);

// The act that a term's value comes from, for the calendar's two readings.
Readings::Named NamedBy(const Term& term, const Frame& frame);

// The legal date (or instant) that a term states; nullopt with causes when it states none.
struct Moment {
  std::optional<std::int64_t> day;
  std::optional<UnixSeconds> instant;  // of a time
  Causes causes;
};
Moment MomentOf(const Term& term, const Frame& frame);

// A span's number and unit; nullopt with causes when it is no integer >= 0 or no unit.
struct Amount {
  std::optional<std::int64_t> value;
  Causes causes;
};
Amount AmountOf(const Term& term, const Frame& frame);
// nullopt: `causes` are added to.
std::optional<Unit> UnitOf(const Term& term, const Frame& frame, Causes& causes);
// Of so many hours; of more than lie between any two instants, as many as that.
std::int64_t SecondsOf(std::int64_t hours);

// requirements.cc: what a duty requires, which may also wait.
struct Requirement {
  enum class Kind : std::uint8_t { kFalse, kUnknown, kPending, kTrue };  // F < U < P < T
  Kind kind = Kind::kTrue;
  Causes causes;           // kUnknown
  std::optional<Due> due;  // kPending, not always
  // Of a deadline that was missed: its last day, or last second if `unit` is hours.
  std::optional<std::int64_t> missed;
  std::optional<std::size_t> came_late;  // the first act after it that would have met it
  bool ended = false;                    // its `until` came first: nothing can meet it any more
  Unit unit = Unit::kWorkingDays;
};
Requirement Require(const Expression& expression, Frame& frame);

}  // namespace jejak::procedure
