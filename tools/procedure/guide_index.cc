// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/guide_index.h"

#include <algorithm>

#include "tools/procedure/difference.h"
#include "tools/procedure/guide.h"

namespace jejak::guide {
namespace {

constexpr const char* kHowToReadId =
    R"(Halaman-halaman ini ditulis oleh program dari berkas prosedur di `docs/procedures/`; yang mengikat ialah berkas itu.
Sebuah pengujian menjaga agar keduanya tidak berbeda.

- **Langkah** ialah tindakan yang dicatat di log: laporan, surat panggilan, keputusan. Langkah menyebut siapa yang boleh melakukannya, pada
  status apa, dan ke status apa perkara berpindah. Langkah yang menyalahi hal itu tetap tercatat, tetap memindahkan status, dan ditandai.
- **Menandatangani** mencakup menyetujui kemudian: orang kedua dapat menyetujui langkah yang sudah tercatat, dalam tenggat `max_assent_lag`.
- **Dicatat sebelum** dan **sesudah** ialah urutan di log. **Tanggal** ialah tanggal yang dinyatakan penanda tangan.
- **Disegel**: log hanya memuat sidik isinya; yang berhak membacanya dapat membuktikan bahwa isinya tidak diubah.
- **Tenggat** "paling lambat 5 hari kerja sesudah" tidak menghitung hari itu sendiri dan berakhir pada akhir hari kerja kelima. Langkah yang
  bertanggal sebelum tenggat itu mulai tidak memenuhinya. Tenggat pada langkah ialah petunjuk bagi petugas; yang dinilai hanya aturan.
- **Hanya bila**: bila syarat itu tidak terpenuhi, kewajibannya tidak berlaku. **Yang dilihat** ialah catatan yang dicari lebih dulu; bila tidak
  ditemukan, catatan itu *tidak ada*.
- **Babak**: bila perkara seorang pegawai dibuka kembali, mulailah babak baru. Pelanggaran di babak lama tetap terlihat sebagai *dipulihkan*.
- Setiap **aturan** terdiri atas kewajiban. Kalimat tebal ialah maksudnya menurut penyusun; daftar di bawahnya ialah apa yang sungguh dinilai
  mesin, kata demi kata dari berkasnya. Bila keduanya berbeda, yang dinilai ialah daftar itu.
- Penilaian per aturan: *dipenuhi*, *dilanggar*, *belum jatuh tempo*, *tidak diketahui* (isi yang diperlukan tidak ada), *tidak berlaku*.
  Yang dinilai ialah jalannya prosedur, tidak pernah orangnya.
- ⚠ menandai apa yang belum dibandingkan dengan sumbernya. Jangan dipakai sebelum diperiksa.
)";

constexpr const char* kHowToReadEn =
    R"(A program writes these pages from the procedure files in `docs/procedures/`; those files are what binds. A test keeps the two equal.

- A **step** is an action that the log records: a report, a summons, a decision. It says who may do it, in which state, and to which
  state it leads. A step that breaks this is recorded all the same, still moves the state, and is flagged.
- **Signing** includes assenting later: a second person may assent to a step that is already logged, within `max_assent_lag`.
- **Logged before** and **after** is the order in the log. The **date** is the one that the signers state.
- **Sealed**: the log has only a fingerprint of the contents; who may read them can prove that they were not changed.
- A **deadline** "at most 5 working days after" does not count the day itself and ends with the end of the fifth working day. A step dated
  before the period begins does not meet it. A deadline of a step is guidance for officers; only rules are judged.
- **Only if**: where this does not hold, the duty does not apply. **Look at** names the entries that are searched first; one that is not
  found does not *exist*.
- **Segment**: when the case of an officer is reopened, a new segment begins. A breach in the old one stays visible, as *remedied*.
- A **rule** is made of duties. The sentence in bold is what its author means; the list below it is what the machine judges, word for
  word from the file. Where they differ, the list is what counts.
- A rule is *kept*, *broken*, *not yet due*, *unknown* (contents that it needs are not at hand) or *not applicable*. It is the
  procedure that is judged, never a person.
- ⚠ marks what nobody has compared with its source. Check it before use.
)";

std::size_t Unverified(const Document& document) {
  const auto& rules = document.definition.rules;
  return static_cast<std::size_t>(std::count_if(
      rules.begin(), rules.end(), [](const auto& rule) { return rule.source == "unverified"; }));
}

std::string List(const Library& library, const Voice& voice) {
  std::string text = TableHead({voice.Say("prosedur", "procedure"), voice.Say("versi", "version"),
                                voice.Say("langkah", "steps"), voice.Say("aturan", "rules"),
                                voice.Say("⚠ aturan belum diperiksa", "⚠ rules unverified")});
  for (const Document& document : library.procedures) {
    const procedure::Definition& definition = document.definition;
    const std::string anchor = voice.indonesian() ? "" : "#english";
    text += TableRow(
        {"[" + voice.Of(definition.title) + "](procedure/" + definition.id + ".md" + anchor + ")",
         definition.version, std::to_string(definition.actions.size()),
         std::to_string(definition.rules.size()), std::to_string(Unverified(document))});
  }
  return text + "\n";
}

std::string Changes(const Library& library, const Glossary& glossary, const Voice& voice) {
  std::string text;
  for (const Document& version : library.versions) {
    for (const Document& base : library.procedures) {
      if (base.definition.id != version.definition.id) continue;
      text += voice.Say("Versi ", "Version ") + version.definition.version +
              voice.Say(" dari `", " of `") + version.definition.id +
              voice.Say("` mengubah ini:\n\n```\n", "` changes this:\n\n```\n") +
              Difference(base, version, glossary, {voice.language, Markup::kPlain}) + "```\n\n";
    }
  }
  return text;
}

// Calendars are headed one level below the page.
std::string Calendars(const Library& library, const Voice& voice) {
  std::string text = "## " + voice.Say("Kalender", "Calendars") + "\n\n";
  for (const procedure::Calendar& calendar : library.calendars)
    text += "##" + CalendarGuide(calendar, voice);
  return text;
}

std::string Half(const Library& library, const Glossary& glossary, Language language) {
  const Voice voice{language, Markup::kMarkdown};
  return voice.Say("# Prosedur dalam kata-kata\n\n[In English](#english)\n\n",
                   "<a id=\"english\"></a>\n\n# Procedures in words\n\n") +
         voice.Say(kHowToReadId, kHowToReadEn) + "\n" +
         voice.Say("## Prosedur\n\n", "## Procedures\n\n") + List(library, voice) +
         Changes(library, glossary, voice) + Calendars(library, voice);
}

std::string Page(const Document& document, const Glossary& glossary, Language language) {
  std::vector<std::string> pictures;
  for (std::size_t track = 0; track < document.definition.tracks.size(); ++track)
    pictures.push_back(PictureName(document.definition, track, language));
  return Guide(document, glossary, {language, Markup::kMarkdown}, pictures);
}

std::string WithoutBlankEnd(std::string text) {
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace

std::string PictureName(const procedure::Definition& definition, std::size_t track,
                        Language language) {
  return definition.id + "-" + definition.tracks[track].name +
         (language == Language::kIndonesian ? ".id.svg" : ".en.svg");
}

std::string GuidePage(const Document& document, const Glossary& glossary) {
  return WithoutBlankEnd("[← docs/procedure.md](../procedure.md) · [In English](#english)\n\n" +
                         Page(document, glossary, Language::kIndonesian) +
                         "<a id=\"english\"></a>\n\n" +
                         Page(document, glossary, Language::kEnglish));
}

std::string GuideIndex(const Library& library, const Glossary& glossary) {
  return WithoutBlankEnd(Half(library, glossary, Language::kIndonesian) +
                         Half(library, glossary, Language::kEnglish));
}

}  // namespace jejak::guide
