// SPDX-License-Identifier: Apache-2.0
//
// The states of a track and the steps between them, as a picture (SVG 1.1).
//
//   Named --- Inspection minutes ---> Inspected --- Invited to clarify, ≤ 3 working days … ---> …
//
// An arrow carries the steps that it stands for, each with its deadline. A step that may be done in
// many states (a case that lapses, one that is reopened) would cover the picture with arrows: it
// has a number, shown in the states where it may be done and above the state that it leads to.
// Steps that move nothing stand in the state where they are done. Text is text, so that it can be
// searched, selected and read aloud. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "tools/procedure/naming.h"

namespace jejak::guide {

struct StateGraph {
  struct Node {
    std::string title;
    bool final = false;
    std::vector<std::string> inside;     // steps that stay here, a line each
    std::vector<unsigned> may_leave_by;  // numbers of `wide`
  };
  struct Arrow {
    std::size_t from = 0, to = 0;
    std::vector<std::string> lines;
  };
  // A step that is done in many states.
  struct Wide {
    std::size_t to = 0;
    std::vector<std::string> lines;
  };
  std::string title;
  std::vector<Node> nodes;  // the initial state first
  std::vector<Arrow> arrows;
  std::vector<Wide> wide;  // numbered from 1
};

// `track` in the definition.
StateGraph BuildStateGraph(const Naming& naming, std::size_t track);

// The whole SVG document.
std::string DrawStateGraph(const StateGraph& graph);

// Both, for a definition's track in a language.
std::string StateGraphSvg(const procedure::Definition& definition, std::size_t track,
                          const Glossary& glossary, Language language);

}  // namespace jejak::guide
