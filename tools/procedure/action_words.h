// SPDX-License-Identifier: Apache-2.0
//
// An action type in words: who may do it, when, what it leads to and what it must carry. The guide
// puts these after one another; the difference of two versions compares them one by one.
//
//   Who        Inspectorate, Personnel agency or Assistant 1; at least 3 different people sign
//   From       initial (no step yet)
//   To         *Found* if “result” is *Information true*; *Untrue* if “result” is …
//   Needs      *Report by a citizen* or *Information in circulation noted*
//   Deadline   3 working days after *Report submitted* (law)
//
// Pure; any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tools/procedure/document.h"
#include "tools/procedure/naming.h"

namespace jejak::guide {

class ActionWords final {
 public:
  ActionWords(const Naming& naming, const procedure::ActionType& action)
      : naming_(naming), voice_(naming.voice()), action_(action) {}

  // Each is "" if the definition says nothing about it.
  std::string Who() const;
  std::string From() const;
  std::string To() const;
  std::string Needs() const;
  std::string Parties() const;
  std::string Deadline() const;
  std::string Readers() const;
  bool on_current_record() const { return action_.must_be_after; }

  // All of it, as the sentences of one paragraph.
  std::string Paragraph() const;

 private:
  const Naming& naming_;
  const Voice& voice_;
  const procedure::ActionType& action_;
};

// Who may have something: "the parties and oversight".
std::string AudienceWords(const Voice& voice, procedure::Audience audience);

// One field, or a member of one, as a row of a table.
struct FieldRow {
  std::string name;    // as in the definition: "letter › issuer"
  std::string word;    // as people call it
  std::string kind;    // "date", "one of: *Light*, *Medium*"
  std::string duty;    // "required", "required, sealed", "default “yes”"
  std::string reader;  // who may have it
  bool operator==(const FieldRow&) const = default;
};

// Fields in the order of `declared` (the definition's text; nullptr: by name), members after the
// object that they are in.
std::vector<FieldRow> FieldRows(const Naming& naming, const procedure::ActionType& action,
                                const json::Value* declared);

}  // namespace jejak::guide
