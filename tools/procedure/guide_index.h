// SPDX-License-Identifier: Apache-2.0
//
// The first page of the guide: how to read it, which procedures there are, which calendars they
// count by, and what a newer version of one changes. docs/procedure.md. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "ledger/procedure/calendar.h"
#include "tools/procedure/document.h"
#include "tools/procedure/glossary.h"
#include "tools/procedure/voice.h"

namespace jejak::guide {

// What the pages are made of.
struct Library {
  std::vector<Document> procedures;  // a page each
  std::vector<Document> versions;    // newer ones of some of them: shown by what changed
  std::vector<procedure::Calendar> calendars;
};

// Both languages, Indonesian first.
std::string GuideIndex(const Library& library, const Glossary& glossary);

// The page of one procedure in both languages; its pictures are PictureName's files beside it.
std::string GuidePage(const Document& document, const Glossary& glossary);
std::string PictureName(const procedure::Definition& definition, std::size_t track,
                        Language language);

}  // namespace jejak::guide
