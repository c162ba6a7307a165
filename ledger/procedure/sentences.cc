// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/sentences.h"

#include <array>
#include <utility>

namespace jejak::procedure {
namespace {

Words Join(const Words& a, const Words& b) { return {a.id + " " + b.id, a.en + " " + b.en}; }

Words UnitWords(Unit unit, std::int64_t n) {
  const std::string s = n == 1 ? "" : "s";
  switch (unit) {
    case Unit::kWorkingDays:
      return {"hari kerja", "working day" + s};
    case Unit::kCalendarDays:
      return {"hari kalender", "calendar day" + s};
    default:
      return {"jam", "hour" + s};
  }
}

// How late a missed deadline is, as of the act that came late, or of now.
Words TellLateness(const Requirement& requirement, const Scene& scene) {
  if (!requirement.missed) return {"Tidak dipenuhi.", "Not kept."};
  const bool hours = requirement.unit == Unit::kHours;
  const SeenAct* late = requirement.came_late ? &scene.acts()[*requirement.came_late] : nullptr;
  const Due due = scene.readings().EndOf(*requirement.missed, requirement.unit);
  Words words{"Tidak dipenuhi: batasnya " + due.text, "Not kept: due " + due.text};
  std::optional<std::int64_t> by;
  if (!hours) {
    by = scene.readings().DaysLate(*requirement.missed, late ? late->day : scene.today(),
                                   requirement.unit);
  }
  if (by && *by > 0) {
    const Words unit = UnitWords(requirement.unit, *by);
    words.id += ", lewat " + std::to_string(*by) + " " + unit.id;
    words.en += ", " + std::to_string(*by) + " " + unit.en + " late";
  }
  if (late == nullptr) {
    words.id += ", dan belum dilakukan";
    words.en += ", and not done yet";
  }
  return {words.id + ".", words.en + "."};
}

Words TellUnknown(Causes causes) {
  if (causes.contents && !causes.other) {
    return {"Belum dapat dinilai: isi yang diperlukan tidak disertakan.",
            "Can't be judged: contents that it needs were not supplied."};
  }
  return {"Tidak dapat dinilai: yang diperlukan tidak ada, tidak terbaca, atau di luar kalender.",
          "Can't be judged: what it needs is absent, unreadable or beyond the calendar."};
}

Words TellPending(const RuleVerdict& verdict) {
  if (!verdict.due) return {"Menunggu, tanpa batas waktu.", "Waiting, without a deadline."};
  return {"Menunggu, paling lambat " + verdict.due->text + ".",
          "Waiting, due " + verdict.due->text + "."};
}

constexpr std::array<std::pair<std::string_view, std::string_view>, kCheckIds> kFailed{{
    {"Jenis tindakan ini tidak dikenal oleh prosedur.",
     "The procedure does not know this type of action."},
    {"Tidak ada penanda tangan dengan peran yang diwajibkan.",
     "No signer claims a role that this action demands."},
    {"Penanda tangan yang berbeda kurang dari yang diwajibkan.",
     "Fewer different signers than this action demands."},
    {"Kunci pihak dibawa masuk dalam peran yang tidak diizinkan di sini.",
     "A party key is brought in, in a role that is not admitted here."},
    {"Isi cocok dengan komitmennya, tetapi bukan isi yang sah.",
     "The content fits its commitment, but is not what it should be."},
    {"Tindakan ini harus mengikuti keadaan terakhir perkara, tetapi ditandatangani lepas darinya.",
     "This action must follow the latest state of the case, but was signed apart from it."},
    {"Tindakan yang harus mendahuluinya belum ada.", "An action that must come before is missing."},
    {"Dilakukan pada tahap yang tidak mengizinkannya.", "Done at a stage that does not admit it."},
    {"Isian kurang, tidak dikenal, atau bukan jenis yang diwajibkan.",
     "A field is missing, unknown or not of its type."},
    {"Isian yang harus disegel terbuka, atau kunci jalur disegel.",
     "A field that must be sealed is in the clear, or the track's key is sealed."},
    {"Dicatat lebih lambat dari yang diizinkan setelah tanggalnya.",
     "Entered later after its date than is admitted."},
    {"Pembetulan ini tidak sah dan tidak mengubah apa pun.",
     "This correction does not count and changes nothing."},
}};

}  // namespace

Words TellVerdict(const RuleVerdict& verdict, const Rule& rule, const Duty& duty,
                  const Requirement& requirement, const Scene& scene) {
  const Words& says = duty.says.id.empty() && duty.says.en.empty() ? rule.title : duty.says;
  switch (verdict.outcome) {
    case Outcome::kFail: {
      Words words = Join(says, TellLateness(requirement, scene));
      if (!verdict.remedied) return words;
      return Join(words, {"Tahap itu kemudian dibuka kembali.", "That stage was reopened later."});
    }
    case Outcome::kUnknown:
      return Join(says, TellUnknown(verdict.causes));
    case Outcome::kPending:
      return Join(says, TellPending(verdict));
    default:
      return Join(says, {"Dipenuhi.", "Kept."});
  }
}

CheckVerdict TellCheck(CheckId id, const CheckResult& result, const SeenAct& act,
                       const Scene& scene) {
  CheckVerdict verdict;
  verdict.id = CheckName(id);
  verdict.outcome = result.outcome;
  verdict.entry = act.act->index;
  verdict.causes = result.causes;
  if (result.outcome == Outcome::kUnknown) {
    verdict.detail = TellUnknown(result.causes);
    return verdict;
  }
  const auto& [indonesian, english] = kFailed[static_cast<std::size_t>(id)];
  verdict.detail = {std::string(indonesian), std::string(english)};
  if (result.outcome == Outcome::kPending) {
    verdict.due = act.assent_due;
    const std::string until = verdict.due ? " " + verdict.due->text : "";
    verdict.detail.id += " Persetujuan masih dapat menyusul" +
                         (until.empty() ? "." : ", paling lambat" + until + ".");
    verdict.detail.en +=
        " A co-signature may still follow" + (until.empty() ? "." : ", until" + until + ".");
  }
  if (id == CheckId::kLateEntry && result.outcome == Outcome::kFail) {
    const auto by = scene.readings().DaysLate(act.day, act.entered_day, Unit::kWorkingDays);
    if (by) {
      verdict.detail.id += " Selisihnya " + std::to_string(*by) + " hari kerja.";
      verdict.detail.en +=
          " The gap is " + std::to_string(*by) + " " + UnitWords(Unit::kWorkingDays, *by).en + ".";
    }
  }
  return verdict;
}

Words TellTooLarge() {
  return {
      "Perkara ini terlalu besar untuk dinilai: lebih dari 1.000.000 penerapan aturan, atau "
      "daftar yang terlalu panjang.",
      "This case is too large to be judged: more than 1,000,000 applications of rules, or lists "
      "that are too long."};
}

Words TellTooManyBindings() {
  return {"Perkara ini berganti prosedur lebih dari 8 kali dan tidak dinilai.",
          "This case changed its procedure more than 8 times and is not judged."};
}

Words TellUnreadableCorrection() {
  return {"Tidak dapat dinilai: ada pembetulan atau pembatalan yang isinya tidak terbaca.",
          "Can't be judged: the content of a correction or a void can't be read."};
}

Words TellNotApplicable() {
  return {"Tidak berlaku lagi sesudah pembetulan atau pembatalan.",
          "No longer applicable after a correction or a void."};
}

Words TellKept(const Words& detail) {
  return Join(detail, {"Pembatalan atau pergantian prosedur sesudahnya tidak menghapusnya.",
                       "A later void or change of procedure does not undo it."});
}

}  // namespace jejak::procedure
