#include "web/app/plots/forest_plots.h"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

#include "web/app/widgets/class_swatch.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

std::string class_name(std::uint8_t label) {
  return label == 1 ? "nuclei" : label == 2 ? "background" : "class " + std::to_string(label);
}

/// Where the nodes of a tree stand: leaves side by side, every question in the middle above its two children.
struct Layout {
  std::vector<ImVec2> places;  ///< x in leaves, y in levels
  float leaves = 0;
  float levels = 0;
};

Layout laid_out(const DecisionTree& tree) {
  Layout layout;
  layout.places.resize(tree.nodes.size());
  // Depth first, left first: a node's children come after it.
  std::vector<float> level(tree.nodes.size(), 0);
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    if (tree.nodes[i].is_leaf()) {
      layout.places[i] = {layout.leaves + 0.5F, level[i]};
      ++layout.leaves;
    } else {
      level[i + 1] = level[tree.nodes[i].right] = level[i] + 1;
    }
    layout.levels = std::max(layout.levels, level[i]);
  }
  for (std::size_t i = tree.nodes.size(); i-- > 0;) {
    if (tree.nodes[i].is_leaf()) continue;
    const float middle = (layout.places[i + 1].x + layout.places[tree.nodes[i].right].x) / 2;
    layout.places[i] = {middle, level[i]};
  }
  return layout;
}

std::uint8_t class_at(const Forest& forest, const DecisionTree& tree, std::size_t node) {
  const auto counts = forest.counts(tree, node);
  return forest.classes[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

}  // namespace

std::optional<std::size_t> votes_strip(const Forest& forest, const ForestVotes& votes, std::size_t shown) {
  std::optional<std::size_t> chosen;
  const float width = available_width();
  const std::size_t columns = std::min<std::size_t>(votes.trees.size(), 20);
  const float cell = std::floor(width / static_cast<float>(columns));
  const float height = px(22);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  auto* draw = ImGui::GetWindowDrawList();
  const GroupScope group("Votes of the trees");
  for (std::size_t i = 0; i < votes.trees.size(); ++i) {
    const ImVec2 corner = at + grid_place(i, columns) * ImVec2(cell, height);
    const std::uint8_t label = forest.classes[votes.trees[i].vote];
    const std::string name = "Tree " + std::to_string(i + 1) + " votes " + class_name(label);
    ImGui::SetCursorScreenPos(corner);
    ImGui::PushID(static_cast<int>(i));
    bool pressed = ImGui::InvisibleButton("tree", {cell, height});
    pressed = mirror().take_press(item_id()) || pressed;
    if (pressed) chosen = i;
    draw_class(label, corner + ImVec2(1, 1), corner + ImVec2(cell - px(2), height - px(2)), *draw);
    if (i == shown) draw->AddRect(corner, corner + ImVec2(cell - px(1), height - px(1)), theme().text, px(2), 0, px(2));
    registered({.role = Role::button, .name = name, .selected = i == shown}, "Draws its way through this tree.");
    ImGui::PopID();
  }
  const float rows = grid_place(votes.trees.size() - 1, columns).y + 1;
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, rows * height});
  return chosen;
}

std::optional<std::size_t> tree_drawing(const Forest& forest, std::size_t tree, const TreePath& path,
                                        std::optional<std::size_t> chosen, float height) {
  const DecisionTree& drawn = forest.trees[tree];
  const Layout layout = laid_out(drawn);
  // A tree of few levels needs no tall picture.
  height = std::min(height, px(16) + px(40) * layout.levels);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = available_width();
  ImGui::InvisibleButton("tree drawing", {width, height});
  const bool over = ImGui::IsItemHovered();
  const bool pressed = ImGui::IsItemClicked();
  auto* draw = ImGui::GetWindowDrawList();
  const float margin = px(8);
  const ImVec2 step((width - 2 * margin) / std::max(1.0F, layout.leaves),
                    (height - 2 * margin) / std::max(1.0F, layout.levels));
  const auto place = [&](std::size_t node) {
    return at + ImVec2(margin + layout.places[node].x * step.x, margin + layout.places[node].y * step.y);
  };
  std::vector<bool> on_way(drawn.nodes.size(), false);
  for (const PathStep& s : path.steps) on_way[s.node] = true;
  on_way[path.leaf] = true;
  for (const bool way : {false, true}) {
    for (std::size_t i = 0; i < drawn.nodes.size(); ++i) {
      if (drawn.nodes[i].is_leaf()) continue;
      for (const std::size_t child : {i + 1, std::size_t{drawn.nodes[i].right}}) {
        if ((on_way[i] && on_way[child]) != way) continue;
        draw->AddLine(place(i), place(child), way ? theme().accent : theme().line, px(way ? 3 : 1.5F));
      }
    }
  }
  std::optional<std::size_t> nearest;
  float best = px(10) * px(10);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (std::size_t i = 0; i < drawn.nodes.size(); ++i) {
    const ImVec2 here = place(i);
    if (drawn.nodes[i].is_leaf()) {
      const ImVec2 half(px(i == path.leaf ? 6 : 3), px(i == path.leaf ? 6 : 4));
      draw_class(class_at(forest, drawn, i), here - half, here + half, *draw);
    } else {
      draw->AddCircleFilled(here, px(on_way[i] ? 4 : 2.5F), on_way[i] ? theme().accent : theme().muted);
    }
    if (chosen == i) draw->AddCircle(here, px(8), highlight_colour, 0, px(2));
    const ImVec2 away = mouse - here;
    if (over && away.x * away.x + away.y * away.y < best) {
      best = away.x * away.x + away.y * away.y;
      nearest = i;
    }
  }
  if (nearest) draw->AddCircle(place(*nearest), px(8), theme().text, 0, px(1.5F));
  const std::string words = "Tree " + std::to_string(tree + 1) + ": " + std::to_string(drawn.nodes.size() / 2) +
                            " questions, " + std::to_string(drawn.nodes.size() / 2 + 1) +
                            " leaves; the pixel's way has " + std::to_string(path.steps.size());
  add_text(Role::text, "tree drawing", words, at, at + ImVec2(width, height));
  if (pressed) return nearest == chosen ? std::nullopt : nearest;
  return chosen;
}

void feature_bars(const std::vector<Feature>& features, const std::vector<float>& values,
                  const std::vector<std::vector<FeatureSpread>>& spreads, const std::vector<std::uint8_t>& classes) {
  const FontScope face(Font::regular, small_text);
  const float width = available_width();
  const float lane = px(7);
  const float rows = lane * static_cast<float>(classes.size()) + px(5);
  auto* draw = ImGui::GetWindowDrawList();
  for (std::size_t k = 0; k < features.size(); ++k) {
    ImGui::PushID(static_cast<int>(k));
    fact(beginning_a_sentence(feature_name(features[k])),
         number(std::round(static_cast<double>(values[k]) * 100) / 100));
    float low = values[k];
    float high = values[k];
    for (const FeatureSpread& s : spreads[k]) {
      low = std::min(low, s.lowest);
      high = std::max(high, s.highest);
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const auto x = [&](float value) {
      return at.x + px(2) + (width - px(4)) * (high > low ? (value - low) / (high - low) : 0.5F);
    };
    for (std::size_t c = 0; c < classes.size(); ++c) {
      const FeatureSpread& s = spreads[k][c];
      const float middle = at.y + lane * (static_cast<float>(c) + 0.5F);
      draw->AddLine({x(s.lowest), middle}, {x(s.highest), middle}, theme().muted, px(1));
      draw_class(classes[c], {x(s.lower_quartile), middle - px(3)},
                 {std::max(x(s.upper_quartile), x(s.lower_quartile) + px(2)), middle + px(3)}, *draw);
    }
    draw->AddLine({x(values[k]), at.y - px(1)}, {x(values[k]), at.y + rows - px(4)}, theme().text, px(2));
    ImGui::Dummy({width, rows});
    ImGui::PopID();
  }
}

void share_bars(const std::vector<std::string>& names, const std::vector<double>& shares, bool of_one) {
  const FontScope face(Font::regular, small_text);
  const float width = available_width();
  const double most = of_one ? 1 : std::max(1e-12, *std::ranges::max_element(shares));
  auto* draw = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const auto share = static_cast<float>(std::max(0.0, shares[i]) / most);
    draw->AddRectFilled(at + ImVec2(0, px(17)), at + ImVec2(width * share, px(20)), theme().accent, px(1));
    fact(names[i], two_decimals(shares[i]));
  }
}

}  // namespace floodlight::ui
