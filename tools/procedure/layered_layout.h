// SPDX-License-Identifier: Apache-2.0
//
// A layered layout for small directed graphs with text on their edges: boxes in rows, edges running
// down, the text of an edge in a row of its own between them, so that nothing covers anything.
//
//        [ Named ]
//            |
//     Invited to clarify         <- a box as well, that its edge runs through
//            |
//       [ Clarifying ]
//
// Cycles are cut where a walk from the first box returns; such an edge runs upwards. Rows by the
// longest path, order in a row by the mean of the neighbours, places by least squares of the
// distance to the neighbours that keeps boxes apart. Deterministic.
// Cost: O(rounds * E^2) for E edges and rows between; graphs of a few hundred edges. Pure.
#pragma once

#include <cstddef>
#include <vector>

namespace jejak::guide {

struct Box {
  double width = 0, height = 0;
  double x = 0, y = 0;  // its centre; given by the layout
};

struct Link {
  std::size_t from = 0, to = 0;  // boxes, not the same
  Box label;                     // a width of 0: none
  struct Point {
    double x = 0, y = 0;
  };
  // From the edge of `from` to the edge of `to`; the label stands between the end of one stretch and
  // the start of the next.
  std::vector<std::vector<Point>> stretches;
};

struct Size {
  double width = 0, height = 0;
};

// Places boxes and links; the first box is where the graph begins.
Size LayOut(std::vector<Box>& boxes, std::vector<Link>& links);

}  // namespace jejak::guide
