// SPDX-License-Identifier: Apache-2.0
#include "tools/procedure/layered_layout.h"

#include <algorithm>
#include <numeric>

namespace jejak::guide {
namespace {

constexpr double kColumnGap = 22;
constexpr double kRowGap = 26;
constexpr double kMargin = 16;
constexpr double kThread = 10;  // the width that an edge takes in a row that it only passes
constexpr int kOrderRounds = 24;
constexpr int kPlaceRounds = 40;

// What stands in a row: a box, the label of a link, or a link that passes.
struct Cell {
  double width = 0, height = 0;
  double x = 0;
  std::size_t row = 0;
  std::vector<std::size_t> up, down;  // cells in the rows beside
  double weight = 1;
};

class Layout final {
 public:
  Layout(std::vector<Box>& boxes, std::vector<Link>& links) : boxes_(boxes), links_(links) {}

  Size Run() {
    CutCycles();
    Rank();
    MakeCells();
    Order();
    Place();
    return Finish();
  }

 private:
  struct Frame {
    std::size_t box, next;
  };

  // Marks the links that close a cycle on a walk from box 0, then from each box not yet seen.
  void CutCycles() {
    std::vector<std::vector<std::size_t>> out(boxes_.size());
    for (std::size_t i = 0; i < links_.size(); ++i) out[links_[i].from].push_back(i);
    reversed_.assign(links_.size(), false);
    std::vector<int> colour(boxes_.size(), 0);  // 1: on the walk, 2: left behind
    for (std::size_t start = 0; start < boxes_.size(); ++start) {
      if (colour[start] == 0) Walk(start, out, colour);
    }
  }

  void Walk(std::size_t start, const std::vector<std::vector<std::size_t>>& out,
            std::vector<int>& colour) {
    std::vector<Frame> stack{{start, 0}};
    colour[start] = 1;
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next == out[top.box].size()) {
        colour[top.box] = 2;
        stack.pop_back();
        continue;
      }
      const std::size_t link = out[top.box][top.next++];
      const std::size_t to = links_[link].to;
      if (colour[to] == 1) reversed_[link] = true;
      if (colour[to] != 0) continue;
      colour[to] = 1;
      stack.push_back({to, 0});
    }
  }

  std::size_t Upper(std::size_t link) const {
    return reversed_[link] ? links_[link].to : links_[link].from;
  }
  std::size_t Lower(std::size_t link) const {
    return reversed_[link] ? links_[link].from : links_[link].to;
  }

  // Two rows per step: one for boxes, one for labels.
  void Rank() {
    row_.assign(boxes_.size(), 0);
    for (std::size_t round = 0; round < boxes_.size(); ++round) {
      for (std::size_t i = 0; i < links_.size(); ++i)
        row_[Lower(i)] = std::max(row_[Lower(i)], row_[Upper(i)] + 2);
    }
    Settle();
  }

  // What nothing leads to stands just above what it leads to; only the first box is the beginning.
  void Settle() {
    std::vector<std::size_t> lowest(boxes_.size(), 0);
    std::vector<bool> reached(boxes_.size(), false);
    for (std::size_t i = 0; i < links_.size(); ++i) {
      std::size_t& row = lowest[Upper(i)];
      row = row == 0 ? row_[Lower(i)] : std::min(row, row_[Lower(i)]);
      reached[Lower(i)] = true;
    }
    for (std::size_t box = 1; box < boxes_.size(); ++box) {
      if (!reached[box] && lowest[box] >= 2) row_[box] = lowest[box] - 2;
    }
  }

  std::size_t AddCell(double width, double height, std::size_t row) {
    cells_.push_back({width, height, 0, row, {}, {}, 1});
    if (rows_.size() <= row) rows_.resize(row + 1);
    rows_[row].push_back(cells_.size() - 1);
    return cells_.size() - 1;
  }

  void Connect(std::size_t upper, std::size_t lower) {
    cells_[upper].down.push_back(lower);
    cells_[lower].up.push_back(upper);
  }

  void MakeCells() {
    for (std::size_t i = 0; i < boxes_.size(); ++i)
      AddCell(boxes_[i].width, boxes_[i].height, row_[i]);
    passes_.resize(links_.size());
    for (std::size_t i = 0; i < links_.size(); ++i) {
      const std::size_t from = row_[Upper(i)];
      const std::size_t to = row_[Lower(i)];
      const std::size_t label = reversed_[i] ? to - 1 : from + 1;
      std::size_t above = Upper(i);
      for (std::size_t row = from + 1; row < to; ++row) {
        const Box& text = links_[i].label;
        const bool here = row == label && text.width > 0;
        const std::size_t cell = AddCell(here ? text.width : kThread, here ? text.height : 0, row);
        cells_[cell].weight = here ? 2 : 4;
        Connect(above, cell);
        passes_[i].push_back(cell);
        above = cell;
      }
      Connect(above, Lower(i));
    }
  }

  std::vector<std::size_t> Positions() const {
    std::vector<std::size_t> position(cells_.size());
    for (const auto& row : rows_) {
      for (std::size_t i = 0; i < row.size(); ++i) position[row[i]] = i;
    }
    return position;
  }

  std::size_t Crossings() const {
    const std::vector<std::size_t> position = Positions();
    std::size_t crossings = 0;
    for (const auto& row : rows_) {
      std::vector<std::pair<std::size_t, std::size_t>> edges;
      for (const std::size_t cell : row) {
        for (const std::size_t down : cells_[cell].down)
          edges.emplace_back(position[cell], position[down]);
      }
      for (std::size_t a = 0; a < edges.size(); ++a) {
        for (std::size_t b = a + 1; b < edges.size(); ++b) {
          const bool left = edges[a].first < edges[b].first && edges[a].second > edges[b].second;
          const bool right = edges[a].first > edges[b].first && edges[a].second < edges[b].second;
          if (left || right) ++crossings;
        }
      }
    }
    return crossings;
  }

  void SortRow(std::vector<std::size_t>& row, bool down) {
    const std::vector<std::size_t> position = Positions();
    const auto mean = [&](std::size_t cell) {
      const auto& near = down ? cells_[cell].up : cells_[cell].down;
      if (near.empty()) return static_cast<double>(position[cell]);
      double sum = 0;
      for (const std::size_t other : near) sum += static_cast<double>(position[other]);
      return sum / static_cast<double>(near.size());
    };
    std::stable_sort(row.begin(), row.end(),
                     [&](std::size_t a, std::size_t b) { return mean(a) < mean(b); });
  }

  void Order() {
    auto best = rows_;
    std::size_t fewest = Crossings();
    for (int round = 0; round < kOrderRounds; ++round) {
      const bool down = round % 2 == 0;
      for (std::size_t i = 0; i < rows_.size(); ++i)
        SortRow(rows_[down ? i : rows_.size() - 1 - i], down);
      if (const std::size_t crossings = Crossings(); crossings < fewest) {
        fewest = crossings;
        best = rows_;
      }
    }
    rows_ = best;
  }

  double WantedX(std::size_t cell, bool down) const {
    const auto& near = down ? cells_[cell].up : cells_[cell].down;
    if (near.empty()) return cells_[cell].x;
    double sum = 0;
    for (const std::size_t other : near) sum += cells_[other].x;
    return sum / static_cast<double>(near.size());
  }

  // The places nearest to the wanted ones, in order and apart: pooled means of what is left when
  // the widths are taken out (isotonic regression).
  void PlaceRow(const std::vector<std::size_t>& row, bool down) {
    struct Pool {
      double sum, weight;
      std::size_t count;
    };
    std::vector<Pool> pools;
    std::vector<double> offset(row.size(), 0);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Cell& cell = cells_[row[i]];
      if (i != 0)
        offset[i] = offset[i - 1] + (cells_[row[i - 1]].width + cell.width) / 2 + kColumnGap;
      pools.push_back({(WantedX(row[i], down) - offset[i]) * cell.weight, cell.weight, 1});
      while (pools.size() > 1) {
        const Pool last = pools.back();
        Pool& before = pools[pools.size() - 2];
        if (before.sum / before.weight <= last.sum / last.weight) break;
        before = {before.sum + last.sum, before.weight + last.weight, before.count + last.count};
        pools.pop_back();
      }
    }
    std::size_t i = 0;
    for (const Pool& pool : pools) {
      for (std::size_t n = 0; n < pool.count; ++n, ++i)
        cells_[row[i]].x = pool.sum / pool.weight + offset[i];
    }
  }

  void Place() {
    for (const auto& row : rows_) PlaceRow(row, true);
    for (int round = 0; round < kPlaceRounds; ++round) {
      const bool down = round % 2 == 1;
      for (std::size_t i = 0; i < rows_.size(); ++i)
        PlaceRow(rows_[down ? i : rows_.size() - 1 - i], down);
    }
    DrawTogether();
  }

  std::vector<std::size_t> Parts() const {
    std::vector<std::size_t> part(cells_.size());
    std::iota(part.begin(), part.end(), std::size_t{0});
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
        for (const std::size_t down : cells_[cell].down) {
          const std::size_t least = std::min(part[cell], part[down]);
          changed = changed || part[cell] != least || part[down] != least;
          part[cell] = part[down] = least;
        }
      }
    }
    return part;
  }

  // A part that no link ties to the rest has no place that it wants: it comes as near as it can.
  void DrawTogether() {
    const std::vector<std::size_t> part = Parts();
    for (std::size_t moved = 1; moved < boxes_.size(); ++moved) {
      if (part[moved] != moved) continue;
      double room = 1e9;
      for (const auto& row : rows_) {
        for (std::size_t i = 1; i < row.size(); ++i) {
          if (part[row[i]] != moved || part[row[i - 1]] == moved) continue;
          const Cell& cell = cells_[row[i]];
          const Cell& before = cells_[row[i - 1]];
          room = std::min(room, cell.x - before.x - (cell.width + before.width) / 2 - kColumnGap);
        }
      }
      for (std::size_t cell = 0; cell < cells_.size() && room < 1e9; ++cell) {
        if (part[cell] == moved) cells_[cell].x -= room;
      }
    }
  }

  // Where a link leaves or enters a box: links side by side in the order of where they lead.
  double Port(std::size_t box, std::size_t cell, bool below) const {
    const auto& near = below ? cells_[box].down : cells_[box].up;
    std::vector<std::pair<double, std::size_t>> order;
    for (const std::size_t other : near) order.emplace_back(cells_[other].x, other);
    std::sort(order.begin(), order.end());
    std::size_t at = 0;
    while (order[at].second != cell) ++at;
    const double share = static_cast<double>(at + 1) / static_cast<double>(order.size() + 1);
    return cells_[box].x + (share - 0.5) * cells_[box].width * 0.8;
  }

  // Sideways only between rows: within a row a link goes straight down, so it cuts no neighbour.
  void Route(std::size_t index) {
    Link& link = links_[index];
    const std::vector<std::size_t>& passes = passes_[index];
    std::vector<std::vector<Link::Point>> stretches(1);
    const auto point = [&stretches](double x, double y) { stretches.back().push_back({x, y}); };
    const std::size_t upper = Upper(index);
    const double start = Port(upper, passes.front(), true);
    point(start, middle_[row_[upper]] + cells_[upper].height / 2);
    point(start, middle_[row_[upper]] + height_[row_[upper]] / 2);
    for (const std::size_t cell : passes) {
      const double middle = middle_[cells_[cell].row];
      const double half = cells_[cell].height / 2;
      const double x = cells_[cell].x;
      point(x, middle - height_[cells_[cell].row] / 2);
      if (half > 0) {
        point(x, middle - half);
        stretches.emplace_back();
        link.label.x = x;
        link.label.y = middle;
        point(x, middle + half);
      }
      point(x, middle + height_[cells_[cell].row] / 2);
    }
    const std::size_t lower = Lower(index);
    const double end = Port(lower, passes.back(), false);
    point(end, middle_[row_[lower]] - height_[row_[lower]] / 2);
    point(end, middle_[row_[lower]] - cells_[lower].height / 2);
    if (reversed_[index]) {
      std::reverse(stretches.begin(), stretches.end());
      for (auto& stretch : stretches) std::reverse(stretch.begin(), stretch.end());
    }
    link.stretches = std::move(stretches);
  }

  // The middle and the height of each row; gives the bottom of the last.
  double MeasureRows() {
    double bottom = kMargin;
    for (const auto& row : rows_) {
      double height = 0;
      for (const std::size_t cell : row) height = std::max(height, cells_[cell].height);
      middle_.push_back(bottom + height / 2);
      height_.push_back(height);
      bottom += height + kRowGap;
    }
    return bottom - kRowGap;
  }

  Size Finish() {
    double left = cells_.front().x;
    double right = left;
    for (const Cell& cell : cells_) {
      left = std::min(left, cell.x - cell.width / 2);
      right = std::max(right, cell.x + cell.width / 2);
    }
    for (Cell& cell : cells_) cell.x += kMargin - left;
    const double bottom = MeasureRows();
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
      boxes_[i].x = cells_[i].x;
      boxes_[i].y = middle_[row_[i]];
    }
    for (std::size_t i = 0; i < links_.size(); ++i) Route(i);
    return {right - left + 2 * kMargin, bottom + kMargin};
  }

  std::vector<Box>& boxes_;
  std::vector<Link>& links_;
  std::vector<bool> reversed_;
  std::vector<std::size_t> row_;
  std::vector<Cell> cells_;  // the boxes first
  std::vector<std::vector<std::size_t>> rows_;
  std::vector<std::vector<std::size_t>> passes_;  // per link, downwards
  std::vector<double> middle_, height_;           // per row
};

}  // namespace

Size LayOut(std::vector<Box>& boxes, std::vector<Link>& links) {
  return Layout(boxes, links).Run();
}

}  // namespace jejak::guide
