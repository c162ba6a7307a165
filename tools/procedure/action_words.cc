// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/action_words.h"

#include <algorithm>

namespace jejak::guide {

using procedure::ActionType;
using procedure::Audience;

std::string AudienceWords(const Voice& voice, Audience audience) {
  switch (audience) {
    case Audience::kPublic:
      return voice.Say("siapa pun", "anyone");
    case Audience::kParty:
      return voice.Say("para pihak dan pengawas", "the parties and oversight");
    case Audience::kOversight:
      break;
  }
  return voice.Say("pengawas saja", "oversight only");
}

std::string ActionWords::Who() const {
  std::vector<std::string> roles;
  for (const std::string& role : action_.roles) roles.push_back(naming_.Role(role));
  std::string who = roles.empty() ? voice_.Say("siapa pun yang punya kunci", "anyone with a key")
                                  : voice_.Or(roles);
  if (action_.min_signers > 1) {
    const std::string count = std::to_string(action_.min_signers);
    who += voice_.Say("; sedikitnya " + count + " orang berbeda menandatangani",
                      "; at least " + count + " different people sign");
  }
  return who;
}

std::string ActionWords::From() const {
  if (!action_.track || !action_.from) return "";
  std::vector<std::string> states;
  for (const std::string& state : *action_.from)
    states.push_back(naming_.State(*action_.track, state));
  return voice_.Or(states);
}

std::string ActionWords::To() const {
  if (!action_.track || !action_.to) return "";
  const ActionType::Move& move = *action_.to;
  if (!move.to.empty()) return naming_.State(*action_.track, move.to);
  const auto declared = action_.fields.find(move.field);
  Meaning meaning;
  if (declared != action_.fields.end()) meaning = Naming::MeaningOf(declared->second);
  const bool yes_no =
      declared != action_.fields.end() && declared->second.type == procedure::FieldType::kBoolean;
  std::vector<std::string> states;  // in the order in which the track declares them
  for (const auto& [state, words] : naming_.definition().tracks[*action_.track].states) {
    std::vector<std::string> values;
    for (const auto& [value, to] : move.is) {
      if (to != state) continue;
      procedure::Datum datum =
          yes_no ? procedure::Datum::Bool(value == "true") : procedure::Datum::Text(value);
      values.push_back(naming_.Value(datum, meaning));
    }
    if (values.empty()) continue;
    states.push_back(voice_.Name(voice_.Of(words)) + voice_.Say(" bila ", " if ") +
                     naming_.Field(action_.type, {move.field}) + voice_.Say(" ", " is ") +
                     voice_.Or(values));
  }
  return Join(states, "; ");
}

std::string ActionWords::Needs() const {
  std::vector<std::string> groups;
  for (const std::vector<std::string>& group : action_.requires_groups) {
    std::vector<std::string> types;
    for (const std::string& type : group) types.push_back(naming_.Type(type));
    groups.push_back(voice_.Or(types));
  }
  return Join(groups, voice_.Say(", dan ", ", and "));
}

std::string ActionWords::Parties() const {
  std::vector<std::string> roles;
  for (const std::string& role : action_.parties) roles.push_back(naming_.Role(role));
  return voice_.Or(roles);
}

std::string ActionWords::Deadline() const {
  if (!action_.deadline) return "";
  const ActionType::Deadline& deadline = *action_.deadline;
  return voice_.Amount(deadline.max, deadline.unit) + voice_.Say(" sesudah ", " after ") +
         naming_.Type(deadline.from) + " (" + voice_.Source(deadline.kind) + ")";
}

std::string ActionWords::Readers() const { return AudienceWords(voice_, action_.audience); }

std::string ActionWords::Paragraph() const {
  std::vector<std::string> sentences;
  sentences.push_back(voice_.Say("Dilakukan oleh ", "Done by ") + Who() + ".");
  const std::string track = action_.track ? naming_.Track(*action_.track) : "";
  if (const std::string from = From(); !from.empty())
    sentences.push_back(voice_.Say("Boleh ketika status " + track + " " + from + ".",
                                   "Allowed when the state of the " + track + " is " + from + "."));
  if (const std::string to = To(); !to.empty()) {
    sentences.push_back(voice_.Say("Status " + track + " menjadi " + to + ".",
                                   "The state of the " + track + " becomes " + to + "."));
  } else if (action_.track) {
    sentences.push_back(voice_.Say("Status " + track + " tidak berubah.",
                                   "The state of the " + track + " stays as it is."));
  }
  if (const std::string needs = Needs(); !needs.empty())
    sentences.push_back(voice_.Say("Sebelumnya harus sudah ada " + needs + ".",
                                   "Before it there must be " + needs + "."));
  if (action_.must_be_after)
    sentences.push_back(
        voice_.Say("Penanda tangan harus sudah melihat semua catatan sebelumnya dalam perkara itu.",
                   "The signers must have seen every earlier entry of the case."));
  if (const std::string parties = Parties(); !parties.empty())
    sentences.push_back(voice_.Say("Boleh menyertakan kunci pihak baru sebagai " + parties + ".",
                                   "It may bring in the key of a party, as " + parties + "."));
  if (const std::string deadline = Deadline(); !deadline.empty())
    sentences.push_back(voice_.Say("Tenggat: ", "Deadline: ") + deadline + ".");
  sentences.push_back(voice_.Say("Isinya boleh dibaca ", "Its contents may be read by ") +
                      Readers() + ".");
  return Join(sentences, " ");
}

}  // namespace jejak::guide
