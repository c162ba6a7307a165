// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/documents.h"

#include <algorithm>
#include <utility>

#include "ledger/crypto/hash.h"

namespace jejak::evidence {
namespace {

using procedure::Words;

// "definisi pp94-kota 1.0.0 (entri 9)", "the calendar id-asn 2026.1 (entry 6)".
Words Named(const char* kind_id, const char* kind_en, const std::string& id,
            const std::string& version, std::uint64_t index) {
  const std::string entry = std::to_string(index);
  return {std::string(kind_id) + " " + id + " " + version + " (entri " + entry + ")",
          std::string("the ") + kind_en + " " + id + " " + version + " (entry " + entry + ")"};
}

Words Absent(const Words& named) {
  return {"dokumen " + named.id + " tidak ada", "the document of " + named.en + " is not held"};
}

// `fault`: of the parser, as it wrote it: pointer, colon, sentence.
Words Faulty(const Words& named, std::string_view fault) {
  if (fault.starts_with(": ")) fault.remove_prefix(2);  // the pointer to the whole is empty
  return {"dokumen " + named.id + " bukan dokumen yang sah: " + std::string(fault),
          "the document of " + named.en + " is not valid: " + std::string(fault)};
}

Words NotAsPublished(const Words& named, const char* member) {
  const std::string pointer = std::string("/") + member;
  return {"dokumen " + named.id + " bukan yang diterbitkan: " + pointer + " berbeda",
          "the document of " + named.en + " is not what was published: " + pointer + " differs"};
}

}  // namespace

std::shared_ptr<const procedure::ParsedDefinition> DocumentCache::Definition(
    const Digest& sha256, std::string_view text) {
  auto& known = definitions_[sha256];
  if (!known) {
    known = std::make_shared<const procedure::ParsedDefinition>(procedure::ParseDefinition(text));
  }
  return known;
}

std::shared_ptr<const procedure::ParsedCalendar> DocumentCache::Calendar(const Digest& sha256,
                                                                         std::string_view text) {
  auto& known = calendars_[sha256];
  if (!known)
    known = std::make_shared<const procedure::ParsedCalendar>(procedure::ParseCalendar(text));
  return known;
}

void PublishedVersions::Note(const registry::Candidate& candidate, std::uint64_t index,
                             UnixSeconds entered) {
  const std::string& id = candidate.action.stream.name;
  if (const auto* procedure = candidate.body<registry::ProcedurePublish>()) {
    procedures_.emplace(candidate.action.id(),
                        Publish{id, procedure->version, procedure->calendar, index, entered,
                                procedure->size, procedure->sha256});
  } else if (const auto* calendar = candidate.body<registry::CalendarPublish>()) {
    calendars_[id].push_back(
        {id, calendar->version, {}, index, entered, calendar->size, calendar->sha256});
  }
}

void PublishedVersions::Supply(std::string_view text) {
  texts_.emplace(crypto::Sha256(AsBytes(text)), text);
}

std::vector<Digest> PublishedVersions::Wanted() const {
  std::vector<Digest> wanted;
  for (const auto& [action, publish] : procedures_) wanted.push_back(publish.sha256);
  for (const auto& [id, versions] : calendars_) {
    for (const Publish& publish : versions) wanted.push_back(publish.sha256);
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  return wanted;
}

const std::string_view* PublishedVersions::TextOf(const Publish& publish) const {
  const auto found = texts_.find(publish.sha256);
  return found != texts_.end() && found->second.size() == publish.size ? &found->second : nullptr;
}

std::optional<Words> PublishedVersions::AddCalendar(
    const Publish& publish, std::vector<procedure::CalendarVersion>& versions) {
  const Words named = Named("kalender", "calendar", publish.id, publish.version, publish.index);
  const std::string_view* text = TextOf(publish);
  if (text == nullptr) return Absent(named);
  const auto parsed = cache_.Calendar(publish.sha256, *text);
  if (!parsed->calendar) return Faulty(named, parsed->Explain());
  if (parsed->calendar->id != publish.id) return NotAsPublished(named, "id");
  if (parsed->calendar->version != publish.version) return NotAsPublished(named, "version");
  versions.push_back({publish.index, publish.entered, *parsed->calendar});
  return std::nullopt;
}

const PublishedVersions::BoundCalendar& PublishedVersions::BindCalendar(const std::string& id) {
  const auto [at, fresh] = bound_calendars_.try_emplace(id);
  if (!fresh) return at->second;
  std::vector<procedure::CalendarVersion> versions;
  for (const Publish& publish : calendars_[id]) {
    std::optional<Words> why_not = AddCalendar(publish, versions);
    if (why_not && !at->second.why_not) at->second.why_not = std::move(why_not);
  }
  if (versions.empty() && !at->second.why_not) {
    at->second.why_not = Words{"kalender " + id + " tidak pernah diterbitkan",
                               "the calendar " + id + " was never published"};
  }
  at->second.versions =
      std::make_shared<const std::vector<procedure::CalendarVersion>>(std::move(versions));
  return at->second;
}

std::optional<Words> PublishedVersions::BindDefinition(const Publish& publish,
                                                       BoundVersion& bound) {
  const Words named = Named("definisi", "definition", publish.id, publish.version, publish.index);
  const std::string_view* text = TextOf(publish);
  if (text == nullptr) return Absent(named);
  bound.definition = cache_.Definition(publish.sha256, *text);
  if (!bound.definition->definition) return Faulty(named, bound.definition->Explain());
  const procedure::Definition& definition = *bound.definition->definition;
  if (definition.id != publish.id) return NotAsPublished(named, "id");
  if (definition.version != publish.version) return NotAsPublished(named, "version");
  if (definition.calendar != "calendar/" + publish.calendar) {
    return NotAsPublished(named, "calendar");
  }
  const BoundCalendar& calendar = BindCalendar(publish.calendar);
  bound.calendars = calendar.versions;
  return calendar.why_not;
}

std::shared_ptr<const BoundVersion> PublishedVersions::Bind(const record::Action::Under& under) {
  auto& bound = bound_[under.publish];
  if (bound) return bound;
  BoundVersion made;
  made.procedure = under.id;
  const auto publish = procedures_.find(under.publish);
  if (publish == procedures_.end() || publish->second.id != under.id) {
    made.why_not = Words{"penerbitan definisi " + under.id + " tidak ada",
                         "the publish of the definition " + under.id + " is not held"};
  } else {
    made.version = publish->second.version;
    made.publish_index = publish->second.index;
    made.why_not = BindDefinition(publish->second, made);
  }
  bound = std::make_shared<const BoundVersion>(std::move(made));
  return bound;
}

}  // namespace jejak::evidence
