// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/tracks.h"

#include <algorithm>
#include <utility>

#include "ledger/procedure/field_lookup.h"

namespace jejak::procedure {
namespace {

bool IsOfTrack(const SeenAct& act, std::size_t track) {
  return act.type != nullptr && act.type->track == track;
}

struct KeyTexts {
  std::vector<std::string> texts;  // none: keyless
  Causes unreadable;
};

// Of a key that is one text, or a list of texts; unreadable when it is neither.
KeyTexts Texts(const Datum& datum) {
  if (datum.kind == Datum::Kind::kText) return {{datum.text}, {}};
  if (datum.kind != Datum::Kind::kList) return {{}, kOther};
  KeyTexts key{{}, datum.unreadable};
  for (const Datum& item : datum.items) {
    if (item.kind != Datum::Kind::kText) key.unreadable |= kOther;
    key.texts.push_back(item.text);
  }
  if (key.unreadable.any()) key.texts.clear();
  return key;
}

KeyTexts ReadKey(const SeenAct& act, const Track& track, const Definition& definition) {
  if (track.by_about()) return {act.act->about, {}};
  const std::vector<std::string> path{track.key_field};
  const Looked looked = LookUp(act, path, definition);
  if (!looked.value) {
    if (looked.has == Truth::kFalse) return {};
    return {{}, looked.causes};
  }
  return Texts(*looked.value);
}

// The state that an act moves to: none (no move), a name, or unknown.
std::optional<State> Target(const SeenAct& act, const Definition& definition) {
  const auto& to = act.type->to;
  if (!to) return std::nullopt;
  if (to->field.empty()) return State{to->to, {}};
  const std::vector<std::string> path{to->field};
  const Looked looked = LookUp(act, path, definition);
  if (!looked.value) return State{std::nullopt, looked.causes};
  std::string text = looked.value->text;
  if (looked.value->kind == Datum::Kind::kInteger) text = std::to_string(looked.value->integer);
  if (looked.value->kind == Datum::Kind::kBool)
    text = looked.value->integer != 0 ? "true" : "false";
  const auto state = to->is.find(text);
  if (state == to->is.end()) return std::nullopt;
  return State{state->second, {}};
}

}  // namespace

TrackView::TrackView(const SeenRecord& record, const Definition& definition, std::size_t track,
                     std::size_t limit)
    : track_(definition.tracks[track]), number_(track), limit_(limit), acts_(record.acts.size()) {
  ReadKeys(record, definition);
  FindMembers(record);
  if (!too_large_) Move(record, definition);
}

std::size_t TrackView::InstanceOf(const std::string& key, std::size_t act) {
  const auto [found, fresh] = by_key_.try_emplace(key, instances_.size());
  if (fresh) {
    instances_.emplace_back();
    instances_.back().key = key;
    instances_.back().first = act;
  }
  return found->second;
}

void TrackView::ReadKeys(const SeenRecord& record, const Definition& definition) {
  keys_.resize(acts_);
  std::optional<std::size_t> first_unreadable;
  std::vector<std::size_t> named_by;  // instance -> the last act that named it
  for (std::size_t i = 0; i < acts_; ++i) {
    if (!IsOfTrack(record.acts[i], number_)) continue;
    const KeyTexts read = ReadKey(record.acts[i], track_, definition);
    Keys& keys = keys_[i];
    if (read.unreadable.any()) {
      keys.kind = Keys::Kind::kUnreadable;
      keys.causes = read.unreadable;
      if (!first_unreadable) first_unreadable = i;
    }
    for (const std::string& text : read.texts) {
      keys.kind = Keys::Kind::kKeyed;
      const std::size_t instance = InstanceOf(text, i);
      named_by.resize(instances_.size(), acts_);
      if (std::exchange(named_by[instance], i) != i) keys.instances.push_back(instance);
    }
  }
  if (!first_unreadable) return;
  unreadable_ = instances_.size();
  instances_.emplace_back();
  instances_.back().key = "?";
  instances_.back().unreadable = true;
  instances_.back().first = *first_unreadable;
}

void TrackView::FindMembers(const SeenRecord& record) {
  for (std::size_t i = 0; i < acts_; ++i) {
    if (!IsOfTrack(record.acts[i], number_)) continue;
    const Keys& keys = keys_[i];
    if (keys.kind == Keys::Kind::kKeyed) {
      const bool opens = Contains(track_.reopens, record.acts[i].act->type);
      for (const std::size_t k : keys.instances) {
        instances_[k].members.emplace_back(i, Truth::kTrue);
        if (opens) instances_[k].opens.push_back(i);
      }
      continue;
    }
    work_ += instances_.size();
    if (work_ > limit_) {
      too_large_ = true;
      return;
    }
    for (Instance& instance : instances_) {
      const bool certain = keys.kind == Keys::Kind::kKeyless;
      instance.members.emplace_back(i, certain ? Truth::kTrue : Truth::kUnknown);
    }
  }
}

void TrackView::MoveAll(std::size_t act, const State& state) {
  // An act whose key can't be read may concern a key that only appears later.
  const bool any = keys_[act].kind == Keys::Kind::kUnreadable;
  for (Instance& instance : instances_) {
    const bool concerned = any || instance.first < act;
    if (!instance.unreadable && concerned) instance.moves.emplace_back(act, state);
  }
}

void TrackView::Move(const SeenRecord& record, const Definition& definition) {
  for (std::size_t i = 0; i < acts_; ++i) {
    if (!IsOfTrack(record.acts[i], number_)) continue;
    const auto target = Target(record.acts[i], definition);
    if (!target) continue;
    const Keys& keys = keys_[i];
    if (keys.kind == Keys::Kind::kUnreadable) {
      MoveAll(i, State{std::nullopt, keys.causes});
    } else if (keys.kind == Keys::Kind::kKeyless) {
      MoveAll(i, *target);
    } else {
      for (const std::size_t k : keys.instances) instances_[k].moves.emplace_back(i, *target);
    }
  }
}

State TrackView::StateBefore(std::size_t instance, std::size_t act) const {
  const Instance& of = instances_[instance];
  if (of.unreadable) return {std::nullopt, keys_[of.first].causes};
  const auto after =
      std::lower_bound(of.moves.begin(), of.moves.end(), act,
                       [](const auto& move, std::size_t before) { return move.first < before; });
  if (after == of.moves.begin()) return {track_.initial, {}};
  return std::prev(after)->second;
}

std::pair<std::size_t, std::size_t> TrackView::SegmentOf(std::size_t instance,
                                                         std::size_t act) const {
  const std::vector<std::size_t>& opens = instances_[instance].opens;
  const auto next = std::upper_bound(opens.begin(), opens.end(), act);
  const std::size_t first = next == opens.begin() ? 0 : *std::prev(next);
  return {first, next == opens.end() ? acts_ : *next};
}

bool TrackView::ReopenedAfter(std::size_t instance, std::size_t act) const {
  const std::vector<std::size_t>& opens = instances_[instance].opens;
  return !opens.empty() && opens.back() > act;
}

}  // namespace jejak::procedure
