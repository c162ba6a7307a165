// SPDX-License-Identifier: Apache-2.0
#include <unordered_set>
#include <utility>

#include "ledger/crypto/commitment.h"
#include "ledger/crypto/hash.h"
#include "ledger/tlog/merkle.h"
#include "tools/xes/import.h"
#include "tools/xes/ledger_view.h"

namespace jejak::xes {
namespace {

using CaseIds = std::unordered_set<std::string>;

// Writes the actions of one case, one after the other: what each says follows from the ones before it.
class CaseWriter final {
 public:
  CaseWriter(const std::string& origin, const PlannedCase& planned,
             const record::ActionFields::Under& under, ImportKeys& keys)
      : planned_(planned), under_(under), keys_(keys) {
    fields_.log = origin;
    fields_.stream = {record::StreamKind::kCase, planned.id};
    fields_.body_form = record::BodyForm::kCommitted;
  }

  // The text of the next action; moves on.
  Result<std::string> Next() {
    const PlannedAction& action = planned_.actions[ids_.size()];
    fields_.under = ids_.size() == 0 ? std::optional(under_) : std::nullopt;
    fields_.position_count = ids_.size();
    fields_.position_root = ids_.size() == 0 ? Digest() : ids_.Root();
    fields_.type = action.type;
    fields_.at = action.at;
    fields_.by = {{action.signer, "-"}};
    const std::string prefix = record::EncodeActionPrefix(fields_);
    key_ = keys_.BodyKey(prefix, action.body);
    fields_.body_commitment = crypto::CommitBody(key_, prefix, action.body);
    JEJAK_TRY(text, record::EncodeActionText(fields_));
    id_ = crypto::Sha256(AsBytes(text));
    ids_.Append(tlog::LeafHash(id_.view()));
    return std::move(text);
  }

  // The id of the action that Next wrote last, and its envelope.
  const Digest& id() const { return id_; }
  Result<std::string> Envelope(const std::string& text) {
    const PlannedAction& action = planned_.actions[ids_.size() - 1];
    const tlog::PrivateKey& signer = keys_.Key(action.signer);
    record::Envelope envelope;
    envelope.note =
        tlog::EncodeNote({text, {record::SignAction(text, signer.name, signer.secret)}});
    envelope.body = record::BodyOpening{key_, action.body};
    return record::EncodeEnvelope(envelope);
  }

  std::string stream() const { return fields_.stream.text(); }

 private:
  const PlannedCase& planned_;
  const record::ActionFields::Under& under_;
  ImportKeys& keys_;
  record::ActionFields fields_;
  tlog::CompactRange ids_;
  Digest id_;
  Digest key_;
};

// The cases that the ledger has. Where it doesn't show them nothing is known, and what is there comes back as logged before.
Result<CaseIds> CasesOf(LedgerView& view) {
  const auto cases = view.Cases();
  if (!cases.ok() && cases.error().code != Code::kNotFound) return cases.error();
  CaseIds ids;
  if (!cases.ok()) return ids;
  for (const auto& [id, count] : *cases) ids.insert(id);
  return ids;
}

Error OtherActions(const PlannedCase& planned) {
  return Conflict("case " + planned.id + ", trace " + std::to_string(planned.trace) +
                  ", has other actions in the ledger than this file gives with this definition "
                  "and this --keys directory");
}

// One case: nothing is sent of what the ledger has. Returns how many actions that is.
Result<std::uint64_t> ImportCase(LedgerView& view, BatchSender& sender, const PlannedCase& planned,
                                 bool known, CaseWriter writer) {
  std::vector<Digest> there;
  if (known) {
    JEJAK_TRY(ids, view.ActionIds(planned.id, planned.actions.size()));
    there = std::move(ids);
  }
  for (std::size_t i = 0; i < planned.actions.size(); ++i) {
    JEJAK_TRY(text, writer.Next());
    if (i < there.size()) {
      if (there[i] != writer.id()) return OtherActions(planned);
      continue;
    }
    JEJAK_TRY(envelope, writer.Envelope(text));
    JEJAK_CHECKED(sender.Add(writer.stream(), std::move(envelope)));
  }
  return there.size();
}

}  // namespace

Result<ImportReport> ImportCases(api::LedgerClient& client, const ImportPlan& plan,
                                 const std::string& origin, const Document& definition,
                                 const Digest& publish, ImportKeys& keys, const BatchLimits& limits,
                                 const ImportProgress& progress) {
  LedgerView view(client);
  std::uint64_t skipped = 0;
  BatchSender sender(client, limits, [&](std::uint64_t answered) {
    if (progress) progress(skipped + answered, plan.events);
  });
  JEJAK_TRY(known, CasesOf(view));
  const record::ActionFields::Under under{definition.id, publish};
  for (const PlannedCase& planned : plan.cases) {
    JEJAK_TRY(there, ImportCase(view, sender, planned, known.contains(planned.id),
                                CaseWriter(origin, planned, under, keys)));
    skipped += there;
  }
  JEJAK_CHECKED(sender.Flush());
  ImportReport report;
  report.cases = plan.cases.size();
  report.events = plan.events;
  report.logged = sender.logged();
  report.already_there = skipped + sender.duplicates();
  report.empty_traces = plan.empty_traces;
  return report;
}

}  // namespace jejak::xes
