// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/crypto/hash.h"
#include "ledger/evidence/case_checks.h"
#include "ledger/record/body.h"

namespace jejak::evidence {
namespace {

// A body that fits its commitment; no value when its content is unknown.
using Bodies = std::map<std::int64_t, std::optional<json::Value>>;

std::string Entry(std::int64_t index) { return "entry " + std::to_string(index); }
std::string Entry(std::uint64_t index) { return "entry " + std::to_string(index); }

std::optional<std::uint64_t> At(std::int64_t index) {
  if (index < 0) return std::nullopt;
  return static_cast<std::uint64_t>(index);
}

void ListUnknown(std::string id, std::int64_t index, const std::string& what, Verdict& verdict) {
  const std::string detail = what + " of " + Entry(index) +
                             " fits its commitment but is not what it should be: unknown content";
  verdict.NotChecked(std::move(id), detail, At(index));
  verdict.unverified.push_back({"unknown_content_" + std::to_string(index), detail});
}

// The first fault of a body; empty when it fits, and then it is in `bodies`.
std::string BodyFault(const HeldCase& held, const HeldBody& body, Bodies& bodies,
                      Verdict& verdict) {
  const HeldEntry* entry = held.Find(body.index);
  if (entry == nullptr) return "a body is for " + Entry(body.index) + ", which is not held";
  if (!entry->candidate) return "a body is for " + Entry(body.index) + ", which is not an action";
  const record::Action& action = entry->candidate->action;
  if (action.body_form != record::BodyForm::kCommitted) {
    return "a body is for " + Entry(body.index) + ", which commits to none";
  }
  if (bodies.contains(body.index)) return Entry(body.index) + " has two bodies";
  record::CheckedBody checked = record::ReadBody(action, {body.key, body.text});
  if (checked.fit == record::Fit::kDoesNotFit) {
    return "the body for " + Entry(body.index) +
           " does not fit its commitment: it was changed or is of another action";
  }
  if (checked.fit == record::Fit::kUnknownContent) {
    ListUnknown("check.body", body.index, "the body", verdict);
    checked.value.reset();
  }
  bodies.emplace(body.index, std::move(checked.value));
  return {};
}

Bodies CheckBodies(const HeldCase& held, Verdict& verdict) {
  Bodies bodies;
  bool fit = true;
  for (const HeldBody& body : held.file.bodies) {
    const std::string fault = BodyFault(held, body, bodies, verdict);
    if (fault.empty()) continue;
    verdict.Fail("check.body", fault, At(body.index));
    fit = false;
  }
  if (fit && !bodies.empty()) {
    verdict.Pass("check.body",
                 "all bodies held fit their commitments: " + std::to_string(bodies.size()));
  }
  return bodies;
}

using Opened = std::set<std::pair<std::int64_t, std::string>>;

std::string OpeningFault(const HeldCase& held, const HeldOpening& opening, const Bodies& bodies,
                         Opened& opened, Verdict& verdict) {
  const std::string where = " of " + Entry(opening.index);
  const auto body = bodies.find(opening.index);
  if (body == bodies.end()) return "an opening" + where + " comes without a body that fits";
  if (!body->second) return "an opening" + where + " is into unknown content";
  if (!opened.emplace(opening.index, opening.pointer).second) {
    return "a sealed field" + where + " is opened twice";
  }
  const record::Action& action = held.Find(opening.index)->candidate->action;
  const record::Fit fit =
      record::CheckField(action, *body->second, {opening.pointer, opening.key, opening.value});
  if (fit == record::Fit::kDoesNotFit) {
    return "an opening" + where +
           " does not fit its commitment: it was changed or is of another field or action";
  }
  if (fit == record::Fit::kUnknownContent) {
    ListUnknown("check.opening", opening.index, "a sealed field", verdict);
  }
  return {};
}

Opened CheckOpenings(const HeldCase& held, const Bodies& bodies, Verdict& verdict) {
  Opened opened;
  bool fit = true;
  for (const HeldOpening& opening : held.file.openings) {
    const std::string fault = OpeningFault(held, opening, bodies, opened, verdict);
    if (fault.empty()) continue;
    verdict.Fail("check.opening", fault, At(opening.index));
    fit = false;
  }
  if (fit && !opened.empty()) {
    verdict.Pass("check.opening",
                 "all openings held fit their commitments: " + std::to_string(opened.size()));
  }
  return opened;
}

// What the held publishes say about documents: SHA-256 and size.
std::set<std::pair<Digest, std::uint64_t>> Published(const HeldCase& held) {
  std::set<std::pair<Digest, std::uint64_t>> published;
  for (const HeldEntry& entry : held.entries) {
    if (!entry.candidate) continue;
    if (const auto* procedure = entry.candidate->body<registry::ProcedurePublish>()) {
      published.emplace(procedure->sha256, procedure->size);
    } else if (const auto* calendar = entry.candidate->body<registry::CalendarPublish>()) {
      published.emplace(calendar->sha256, calendar->size);
    }
  }
  return published;
}

void CheckDocuments(const HeldCase& held, Verdict& verdict) {
  const auto published = Published(held);
  std::set<Digest> seen;
  for (std::size_t i = 0; i < held.file.documents.size(); ++i) {
    const HeldDocument& document = held.file.documents[i];
    const std::string name = "/documents/" + std::to_string(i);
    if (!published.contains({document.sha256, document.text.size()})) {
      verdict.Fail("check.document", name + " is of a size or SHA-256 that no held publish states");
    } else if (crypto::Sha256(AsBytes(document.text)) != document.sha256) {
      verdict.Fail("check.document",
                   name + " is not the document that was published: it was changed");
    } else if (!seen.insert(document.sha256).second) {
      verdict.Fail("check.document", name + " is held twice");
    }
  }
  if (!verdict.Failed("check.document") && !seen.empty()) {
    verdict.Pass("check.document",
                 "all documents held are those published: " + std::to_string(seen.size()));
  }
}

// How many sealed fields a body has. Body JSON is at most 16 deep; the walk keeps its own stack.
std::size_t SealedFields(const json::Value& body) {
  std::size_t sealed = 0;
  std::vector<const json::Value*> open = {&body};
  while (!open.empty()) {
    const json::Value* value = open.back();
    open.pop_back();
    if (value->Find("$sealed") != nullptr) {
      ++sealed;
      continue;
    }
    for (const json::Member& member : value->members()) open.push_back(&member.value);
    for (const json::Value& item : value->items()) open.push_back(&item);
  }
  return sealed;
}

void CheckAbsent(const HeldCase& held, const Bodies& bodies, const Opened& opened,
                 const Trust& trust, Verdict& verdict) {
  std::uint64_t absent = 0;
  for (const HeldEntry& entry : held.entries) {
    if (!entry.candidate || entry.candidate->action.body_form != record::BodyForm::kCommitted) {
      continue;
    }
    const std::uint64_t index = entry.entry.index;
    const auto key = static_cast<std::int64_t>(index);
    const auto body = bodies.find(key);
    if (body == bodies.end()) {
      verdict.unverified.push_back(
          {"absent_body_" + std::to_string(index), "the body of " + Entry(index) + " is absent"});
      ++absent;
      continue;
    }
    if (!body->second) continue;
    std::size_t open = 0;
    for (auto at = opened.lower_bound({key, ""}); at != opened.end() && at->first == key; ++at)
      ++open;
    const std::size_t sealed = SealedFields(*body->second);
    if (sealed > open) {
      verdict.unverified.push_back({"absent_openings_" + std::to_string(index),
                                    "sealed fields of " + Entry(index) +
                                        " that are not opened: " + std::to_string(sealed - open)});
      ++absent;
    }
  }
  const std::string detail =
      "contents of " + std::to_string(absent) + " entries are absent: what they say is unknown";
  if (absent == 0) {
    verdict.Pass("check.contents", "all contents that the case commits to are held");
  } else if (trust.require_contents) {
    verdict.Inconclusive("check.contents", detail);
  } else {
    verdict.NotChecked("check.contents", detail);
  }
}

}  // namespace

void CheckContents(const HeldCase& held, const Trust& trust, Verdict& verdict) {
  const Bodies bodies = CheckBodies(held, verdict);
  const Opened opened = CheckOpenings(held, bodies, verdict);
  CheckDocuments(held, verdict);
  CheckAbsent(held, bodies, opened, trust, verdict);
}

}  // namespace jejak::evidence
