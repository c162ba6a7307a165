// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/duty_speech.h"

namespace jejak::guide {

using procedure::Selector;
using Op = procedure::Expression::Op;

DutySpeech::DutySpeech(const Naming& naming, const procedure::Duty& duty)
    : naming_(naming), voice_(naming.voice()), duty_(duty) {
  if (duty.each) selected_[0] = &*duty.each;
  for (const procedure::Pick& pick : duty.let) selected_[pick.name] = &pick.selector;
}

std::string DutySpeech::ScopeWords() const {
  if (!duty_.scope) return voice_.Say("per perkara", "per case");
  return voice_.Say("per ", "per ") + naming_.Track(*duty_.scope);
}

std::string DutySpeech::Subject() {
  if (duty_.each) return voice_.Say("setiap ", "every ") + Select(*duty_.each, Article::kNone);
  if (!duty_.scope) return voice_.Say("perkara ini", "the case");
  return voice_.Say("setiap ", "every ") + naming_.Track(*duty_.scope);
}

// "Every A must be followed by B": the commonest duties need no list.
bool DutySpeech::Direct(Clause& clause) {
  const procedure::Expression& require = duty_.require;
  if (!duty_.each || !duty_.let.empty() || !require.selector || require.op == Op::kCount)
    return false;
  const Selector& selector = *require.selector;
  const bool after = selector.after == 0 && !selector.before;
  const bool before = selector.before == 0 && !selector.after;
  if (!after && !before) return false;
  const std::string subject = Subject();
  const std::string object =
      Select(selector, require.op == Op::kNone ? Article::kNone : Article::kIndefinite, false);
  const std::string window = require.op == Op::kMust ? Window(require) : "";
  if (require.op == Op::kNone) {
    clause.text =
        voice_.Say((after ? "sesudah " : "sebelum ") + subject + " tidak boleh ada " + object,
                   (after ? "after " : "before ") + subject + " there must be no " + object);
  } else {
    clause.text =
        voice_.Say(subject + (after ? " harus diikuti " : " harus didahului ") + object,
                   subject + (after ? " must be followed by " : " must be preceded by ") + object) +
        window;
  }
  return true;
}

// The requirement, with the word that makes it one.
Clause DutySpeech::Demand() {
  Clause require = Say(duty_.require);
  if (duty_.require.op == Op::kMust) return require;
  if (!require.leaf() && (duty_.require.op == Op::kAll || duty_.require.op == Op::kAny)) {
    require.text += voice_.Say(" harus terpenuhi", " must hold");
  } else {
    const std::string mark = require.leaf() ? ": " : ", ";
    require.text = voice_.Say("harus terpenuhi" + mark, "this must hold" + mark) + require.text;
  }
  return require;
}

Clause DutySpeech::Condition() {
  Clause when = duty_.when ? Say(*duty_.when) : Clause();
  Clause direct;
  if (when.leaf() && Direct(direct)) {
    if (duty_.when)
      direct.text = voice_.Say("bila " + when.text + ", ", "if " + when.text + ", ") + direct.text;
    direct.text = Capital(direct.text);
    return direct;
  }
  Clause whole(voice_.Say("Untuk ", "For ") + Subject());
  for (const procedure::Pick& pick : duty_.let) {
    Clause picked = Picked(pick);
    picked.text = voice_.Say("yang dilihat: ", "look at ") + picked.text;
    whole.parts.push_back(std::move(picked));
  }
  if (duty_.when) {
    when.text = voice_.Say("hanya bila ", "only if ") + when.text;
    whole.parts.push_back(std::move(when));
  }
  Clause require = Demand();
  if (whole.leaf()) {
    require.text = whole.text + ", " + require.text;
    return require;
  }
  whole.parts.push_back(std::move(require));
  return whole;
}

}  // namespace jejak::guide
