// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/words.h"

#include <algorithm>
#include <span>

namespace jejak::presentation {
namespace {

struct Entry {
  std::string_view code;
  Wording wording;
};

constexpr Entry kProcedureChecks[] = {
    {"check.type", {"Jenis tindakan dikenal", "The kind of action is known"}},
    {"check.role", {"Penanda tangan memegang peran yang tepat", "Signed in a role that may do it"}},
    {"check.signers", {"Cukup banyak penanda tangan", "Signed by enough people"}},
    {"check.party", {"Pihak yang boleh diikutsertakan", "Parties that it may bring in"}},
    {"check.body", {"Isi dapat dibaca", "The contents can be read"}},
    {"check.position", {"Ditulis dengan melihat catatan terakhir", "Written on the latest record"}},
    {"check.predecessor", {"Tindakan pendahulu ada", "The action before it exists"}},
    {"check.transition", {"Sesuai tahap perkara", "Fits the stage of the case"}},
    {"check.fields", {"Isian lengkap dan benar", "Fields are complete and right"}},
    {"check.sealed", {"Yang harus tersegel tersegel", "What must be sealed is sealed"}},
    {"check.late_entry", {"Dicatat tepat waktu", "Entered in time"}},
    {"check.correction", {"Koreksi sah", "The correction counts"}},
};

constexpr Entry kIntegrityChecks[] = {
    {"check.admission", {"Setiap catatan diterima menurut aturan", "Every entry rightly admitted"}},
    {"check.age", {"Umur checkpoint", "Age of the checkpoint"}},
    {"check.body", {"Isi cocok dengan janjinya", "Contents fit their commitments"}},
    {"check.chain", {"Rantai catatan tidak putus", "The chain of entries is whole"}},
    {"check.checkpoint", {"Checkpoint ditandatangani log", "The checkpoint is the log's"}},
    {"check.clock", {"Jam log wajar", "The log's clock"}},
    {"check.closure", {"Semua yang diperlukan ada", "All that is needed is here"}},
    {"check.compromised", {"Kunci yang bocor", "Compromised keys"}},
    {"check.conformance", {"Prosedur diikuti", "The procedure was followed"}},
    {"check.consistency", {"Sejarah hanya bertambah", "History only grew"}},
    {"check.contents", {"Isi yang disertakan", "Contents that are supplied"}},
    {"check.document",
     {"Naskah prosedur dan kalender asli", "Procedure and calendars are genuine"}},
    {"check.format", {"Bentuk berkas", "The form of the file"}},
    {"check.genesis", {"Awal log benar", "The log began where it should"}},
    {"check.headers", {"Kepala catatan terbaca", "Headers of entries"}},
    {"check.inclusion", {"Semua catatan ada dalam log", "Every entry is in the log"}},
    {"check.input", {"Berkas terbaca", "The file can be read"}},
    {"check.log_key", {"Kunci log benar", "The log's key is right"}},
    {"check.opening", {"Segel yang dibuka cocok", "Openings fit their seals"}},
    {"check.pinned", {"Cocok dengan checkpoint simpanan", "Fits the checkpoint kept earlier"}},
    {"check.policy", {"Saksi independen cukup", "Enough independent witnesses"}},
    {"check.root", {"Akar pohon cocok", "The root of the tree"}},
    {"check.rules", {"Aturan log dikenal", "The log's rules are known"}},
    {"check.seal", {"Segel penutup benar", "The closing seal"}},
    {"check.signatures", {"Tanda tangan sah", "Signatures are valid"}},
    {"check.stream", {"Tidak ada catatan yang hilang", "No entry is missing"}},
    {"check.tiles", {"Berkas hash cocok", "Hash tiles fit"}},
    {"check.usage", {"Perintah", "The command"}},
};

constexpr Entry kSources[] = {
    {"law", {"hukum", "law"}},
    {"article", {"keterangan pejabat", "an official's statement"}},
    {"policy", {"kebijakan", "policy"}},
    {"unverified", {"belum diverifikasi", "not verified"}},
};

constexpr Entry kSeverities[] = {
    {"C", {"menentukan sahnya hasil", "the outcome rests on it"}},
    {"M", {"tata cara", "a matter of procedure"}},
};

constexpr Entry kUnits[] = {
    {"working_days", {"hari kerja", "working days"}},
    {"calendar_days", {"hari kalender", "calendar days"}},
    {"hours", {"jam", "hours"}},
};

constexpr Entry kTracks[] = {
    {"case", {"perkara", "the case"}},
    {"report", {"laporan", "report"}},
    {"officer", {"pegawai", "officer"}},
};

constexpr Entry kTypes[] = {
    {procedure::kAssent, {"Persetujuan atas tindakan", "Assent to an action"}},
    {procedure::kRebind, {"Versi prosedur diganti", "Procedure version changed"}},
    {procedure::kCorrect, {"Koreksi isian", "A field corrected"}},
    {procedure::kVoid, {"Pembatalan catatan", "An entry voided"}},
};

constexpr Entry kRoles[] = {
    {"-", {"tanpa peran", "no role"}},
    {"root", {"pemegang kunci akar", "holder of a root key"}},
    {"procedure_owner", {"pengelola prosedur", "owner of the procedure"}},
    {"registrar", {"pencatat kunci", "registrar of keys"}},
};

// The words for a code; it itself when there are none.
Wording Look(std::span<const Entry> table, std::string_view code) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Entry& entry) { return entry.code == code; });
  return found == table.end() ? Wording{code, code} : found->wording;
}

}  // namespace

Wording WordingOf(const procedure::Words& words) {
  const std::string_view id = words.id.empty() ? words.en : words.id;
  const std::string_view en = words.en.empty() ? words.id : words.en;
  return {id, en};
}

Wording OutcomeWording(procedure::Outcome outcome) {
  switch (outcome) {
    case procedure::Outcome::kPass:
      return {"dipenuhi", "kept"};
    case procedure::Outcome::kFail:
      return {"dilanggar", "broken"};
    case procedure::Outcome::kPending:
      return {"masih berjalan", "still open"};
    case procedure::Outcome::kUnknown:
      return {"tidak dapat dipastikan", "can't be told"};
    case procedure::Outcome::kNotApplicable:
      break;
  }
  return {"tidak berlaku", "doesn't apply"};
}

Wording StatusWording(evidence::Status status) {
  switch (status) {
    case evidence::Status::kPass:
      return {"benar", "holds"};
    case evidence::Status::kFail:
      return {"GAGAL", "FAILED"};
    case evidence::Status::kInconclusive:
      return {"tidak pasti", "not certain"};
    case evidence::Status::kViolation:
      return {"dilanggar", "broken"};
    case evidence::Status::kNotChecked:
      break;
  }
  return {"tidak dinilai", "not judged"};
}

Wording IntegrityCheckWording(std::string_view id) { return Look(kIntegrityChecks, id); }
Wording ProcedureCheckWording(std::string_view id) { return Look(kProcedureChecks, id); }
Wording SourceWording(std::string_view source) { return Look(kSources, source); }
Wording SeverityWording(std::string_view severity) { return Look(kSeverities, severity); }
Wording UnitWording(std::string_view unit) { return Look(kUnits, unit); }
Wording TrackWording(std::string_view track) { return Look(kTracks, track); }

Wording TypeWording(const procedure::Definition* definition, std::string_view type) {
  const procedure::ActionType* action =
      definition == nullptr ? nullptr : definition->FindAction(type);
  if (action != nullptr) {
    const Wording wording = WordingOf(action->title);
    if (!wording.id.empty()) return wording;
  }
  return Look(kTypes, type);
}

Wording RoleWording(const procedure::Definition* definition, std::string_view role) {
  if (definition != nullptr) {
    const auto found = definition->roles.find(std::string(role));
    if (found != definition->roles.end() && !WordingOf(found->second).id.empty()) {
      return WordingOf(found->second);
    }
  }
  return Look(kRoles, role);
}

Wording StateWording(const procedure::Definition* definition, std::string_view track,
                     std::string_view state) {
  if (definition == nullptr) return {state, state};
  for (const procedure::Track& candidate : definition->tracks) {
    if (candidate.name != track) continue;
    for (const auto& [code, words] : candidate.states) {
      if (code == state && !WordingOf(words).id.empty()) return WordingOf(words);
    }
    if (state == candidate.initial) return {"belum dimulai", "not begun"};
  }
  return {state, state};
}

}  // namespace jejak::presentation
