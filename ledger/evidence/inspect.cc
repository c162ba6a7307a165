// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/inspect.h"

#include <string>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/base/time.h"
#include "ledger/evidence/casefile.h"
#include "ledger/evidence/receipt.h"
#include "ledger/record/action.h"
#include "ledger/record/entry.h"
#include "ledger/record/envelope.h"
#include "ledger/record/seal.h"
#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/note.h"
#include "ledger/tlog/tlog_proof.h"

namespace jejak::evidence {
namespace {

using Facts = std::vector<Fact>;

// Claims of a checkpoint, as far as it is one.
bool AddCheckpoint(std::string_view text, Facts& facts) {
  const Result<tlog::Note> note = tlog::ParseNote(text);
  if (!note.ok()) return false;
  const Result<tlog::Checkpoint> checkpoint = tlog::ParseCheckpoint(note->text);
  if (!checkpoint.ok()) return false;
  facts.push_back({"origin", checkpoint->origin});
  facts.push_back({"size", std::to_string(checkpoint->size)});
  facts.push_back({"root", EncodeHash(checkpoint->root)});
  for (const tlog::SignatureLine& line : note->signatures) {
    facts.push_back({"signature", line.name});
  }
  return true;
}

bool AddSeal(std::string_view text, Facts& facts) {
  const Result<record::Seal> seal = record::ParseSeal(text);
  if (!seal.ok()) return false;
  facts.push_back({"seal_index", std::to_string(seal->index)});
  facts.push_back({"seal_time", FormatTime(seal->time)});
  facts.push_back({"streams", std::to_string(seal->streams)});
  facts.push_back({"state", EncodeHash(seal->state)});
  return true;
}

void AddAction(const record::Action& action, Facts& facts) {
  facts.push_back({"log", action.log});
  facts.push_back({"stream", action.stream.text()});
  facts.push_back({"type", action.type});
  facts.push_back({"at", action.at_text});
  for (const record::Action::By& by : action.by) facts.push_back({"by", by.name + " " + by.role});
  facts.push_back({"action_id", EncodeHash(action.id())});
}

bool AddEntry(std::string_view text, Facts& facts) {
  const Result<record::Entry> entry = record::ParseEntry(text);
  if (!entry.ok()) return false;
  facts.push_back({"index", std::to_string(entry->index)});
  facts.push_back({"time", FormatTime(entry->time)});
  facts.push_back({"seq", std::to_string(entry->seq)});
  const Result<record::Action> action = record::ParseAction(entry->action_note);
  if (action.ok()) AddAction(*action, facts);
  return true;
}

Result<Facts> InspectReceipt(std::string_view bytes) {
  JEJAK_TRY(proof, tlog::ParseTlogProof(bytes));
  Facts facts = {{"kind", "receipt"}, {"proof_index", std::to_string(proof.index)}};
  AddCheckpoint(proof.checkpoint, facts);
  if (!proof.extra) return facts;
  const std::string_view extra = AsText(*proof.extra);
  if (AddEntry(extra, facts)) return facts;
  const Result<StateExtra> state = ParseStateExtra(extra);
  if (!state.ok()) return facts;
  facts.push_back({"stream", state->stream.text()});
  facts.push_back({"count", state->head ? std::to_string(state->head->count) : "absent"});
  AddSeal(state->seal, facts);
  return facts;
}

Result<Facts> InspectCaseFile(std::string_view bytes) {
  JEJAK_TRY(file, ParseCaseFile(bytes));
  Facts facts = {{"kind", "case file"}, {"stream", file.stream}};
  AddCheckpoint(file.checkpoint, facts);
  AddSeal(file.seal, facts);
  for (const HeldStream& stream : file.streams) {
    facts.push_back({stream.stream, std::to_string(stream.entries.size()) + " entries"});
  }
  facts.push_back({"bodies", std::to_string(file.bodies.size())});
  facts.push_back({"openings", std::to_string(file.openings.size())});
  facts.push_back({"documents", std::to_string(file.documents.size())});
  return facts;
}

Result<Facts> InspectEnvelope(std::string_view bytes) {
  JEJAK_TRY(envelope, record::ParseEnvelope(bytes));
  JEJAK_TRY(draft, record::ParseDraft(envelope.note));
  const bool alone = !envelope.body && envelope.openings.empty() && !envelope.document;
  Facts facts = {{"kind", alone ? "action" : "envelope"}};
  AddAction(draft.action, facts);
  facts.push_back({"signatures", std::to_string(draft.action.signatures.size()) + " of " +
                                     std::to_string(draft.action.by.size())});
  facts.push_back({"body", envelope.body ? "present" : "absent"});
  facts.push_back({"openings", std::to_string(envelope.openings.size())});
  facts.push_back({"document", envelope.document ? "present" : "absent"});
  return facts;
}

}  // namespace

Result<std::vector<Fact>> Inspect(std::string_view bytes) {
  if (bytes.starts_with("c2sp.org/tlog-proof")) return InspectReceipt(bytes);
  if (bytes.starts_with("jejak/action/")) return InspectEnvelope(bytes);
  Facts facts = {{"kind", "seal"}};
  if (AddSeal(bytes, facts)) return facts;
  facts = {{"kind", "entry"}};
  if (AddEntry(bytes, facts)) return facts;
  facts = {{"kind", "checkpoint"}};
  if (AddCheckpoint(bytes, facts)) return facts;
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && bytes[first] == '{') return InspectCaseFile(bytes);
  return Malformed(
      "this is none of: case file, receipt, checkpoint, entry, seal, action, envelope");
}

}  // namespace jejak::evidence
