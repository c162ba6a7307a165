// SPDX-License-Identifier: Apache-2.0
//
// What the published definitions call the states and rules of cases, for lists and their filters.
//
//   words.Of("pp94-kota", "1.0.0")   ->  the definition
//   words.stages()                   ->  {"EXAMINED", {"Diperiksa", "Under examination"}} …
//
// One version per id and version; a code that several versions have is called as the newest calls
// it. Holds what it points at. One thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/call.h"
#include "ledger/evidence/documents.h"
#include "ledger/presentation/language.h"

namespace jejak::api {

class CaseWords final {
 public:
  struct Named {
    std::string code;
    presentation::Wording words;  // empty: it has none but its code

    std::string_view in(presentation::Language language) const {
      return words.id.empty() ? std::string_view(code) : words.in(language);
    }
  };

  // O(versions): the parsed definitions are kept by the ledger. kInternal as PublishedDesk::At.
  static Result<CaseWords> Read(Call& call);

  // nullptr: no such version, or its text isn't held.
  const procedure::Definition* Of(const std::string& procedure, const std::string& version) const;

  // By code, distinct; states of tracks that no state is named of are left out.
  const std::vector<Named>& stages() const { return stages_; }
  const std::vector<Named>& rules() const { return rules_; }
  const std::vector<Named>& units() const { return units_; }

  static const Named* Find(const std::vector<Named>& list, std::string_view code);

 private:
  void Add(std::shared_ptr<const evidence::BoundVersion> version);

  std::vector<std::shared_ptr<const evidence::BoundVersion>> versions_;
  std::map<std::pair<std::string, std::string>, const procedure::Definition*> definitions_;
  std::vector<Named> stages_, rules_, units_;
};

}  // namespace jejak::api
