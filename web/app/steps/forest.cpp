// Step 3 of machine learning: the brush, the forest that learns from it, and why it answers as it does at one pixel.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/files/tiff.h"
#include "core/learn/feature_importance.h"
#include "core/learn/forest_terms.h"
#include "web/app/files/app_files.h"
#include "web/app/picture/brush.h"
#include "web/app/platform/platform.h"
#include "web/app/plots/forest_plots.h"
#include "web/app/state/app.h"
#include "web/app/steps/steps.h"
#include "web/app/teach/wall.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// A value beside the cut that it is compared with: with as many digits as tell the two apart.
std::pair<std::string, std::string> told_apart(float value, double cut) {
  const auto exact = static_cast<double>(value);
  for (const double scale : {1.0, 10.0, 100.0, 1000.0}) {
    const double a = std::round(exact * scale) / scale;
    const double b = std::round(cut * scale) / scale;
    if ((a <= b) == (exact <= cut) && (a != b || exact == cut)) return {shortest(a), shortest(b)};
  }
  return {shortest(exact), shortest(cut)};
}

std::string name_of(const PixelClassifier& classifier, std::size_t place) {
  return place < classifier.classes.size() ? classifier.classes[place].name : "class " + std::to_string(place + 1);
}

void brush_controls(App& app) {
  Painting& p = app.painting;
  constexpr std::array<std::string_view, 3> names = {"Nuclei", "Background", "Eraser"};
  int chosen = p.label == 0 ? 2 : p.label == label_of_nuclei ? 0 : 1;
  if (segmented("Brush", names, chosen)) {
    lift_brush(app);
    p.label = chosen == 2 ? std::uint8_t{0} : chosen == 0 ? label_of_nuclei : label_of_background;
    p.brushing = true;
  }
  double radius = p.radius;
  if (slider("Brush radius", radius,
             {.minimum = 0, .maximum = 20, .step = 1, .unit = "px", .help = "0 paints single pixels.", .whole = true}))
    p.radius = static_cast<int>(radius);
  toggle("A drag paints", p.brushing, "Off: a drag moves the picture and a click pins. Shift does so for a moment.");
  if (app.view.pinned &&
      button(p.pen_down ? "Lift the pen" : "Put the pen down at the pin",
             {.help = "While it is down, the arrow keys paint.", .shortcut = "A", .pressed = p.pen_down}))
    put_pen_down_or_up(app);
}

void sample_paint(App& app) {
  if (!app.truth || app.painting.counts.all() > 0) return;
  if (button("Take sample paint",
             {.help = "Short strokes in twelve nuclei and beside them, made from the true labels."}))
    take_paint(app, example_paint(app.truth->labels));
}

void paint_files(App& app) {
  const FontScope face(Font::regular, small_text);
  if (button("Open paint...", {.help = "A label TIFF of the image's size: 1 nuclei, 2 background, 0 not painted."})) {
    app.painting.awaited = true;
    platform::open_file_dialog(platform::FilePurpose::truth);
  }
  ImGui::SameLine(0, px(8));
  if (button("Save paint", {.help = "As a label TIFF that Python, the command line program and this page read.",
                            .disabled = app.painting.counts.all() == 0}))
    save_paint(app);
  ImGui::SameLine(0, px(8));
  if (button("Clear", {.help = "Takes all paint off this image; Undo brings it back.",
                       .disabled = app.painting.counts.all() == 0}))
    take_paint(app, {});
}

/// What the painted pixels are, of the image at hand or another one.
std::string counts_in_words(const PaintCounts& counts) {
  return std::to_string(counts.nuclei) + ", " + std::to_string(counts.background) +
         (counts.others > 0 ? ", " + std::to_string(counts.others) + " of other classes" : std::string()) + " px";
}

/// What there is to learn from, and whether it has been learnt.
void state_of_learning(App& app) {
  Painting& p = app.painting;
  fact("Painted: nuclei, background", counts_in_words(p.counts));
  for (const PaintedImage& other : p.others) fact("and in " + other.name, counts_in_words(other.counts));
  const PixelClassifier& classifier = *app.recipe().classifier;
  if (!can_learn(app)) {
    if (is_trained(classifier)) {
      std::string from;
      for (const PaintedFile& file : classifier.painted) from += (from.empty() ? "" : ", ") + file.image;
      note("This forest was trained on " + (from.empty() ? "paint that is gone" : from) +
           ". Paint nuclei and background to train another.");
    } else {
      note("Paint a stroke in a nucleus, then choose Background and paint one beside it: the forest answers at once.");
    }
    return;
  }
  if (!p.problem.empty()) {
    note("Not learnt: " + p.problem);
  } else if (p.due && !p.live) {
    note("Stopped: the picture shows what was learnt before.");
  } else if (p.due) {
    note("Learning ...");
  } else {
    note(counted(classifier.settings.trees, "tree", "trees") + " learnt from " + counted(p.learnt.size(), "pixel") +
         " in " + number(std::round(p.milliseconds)) + " ms, and answered in " +
         number(std::round(app.pipeline.milliseconds(Stage::mask))) + " ms.");
  }
}

void settings_controls(App& app) {
  ForestSettings next = chosen_settings(app);
  double trees = next.trees;
  if (number_input(
          "Trees", trees,
          {.minimum = 1, .maximum = most_trees, .step = 1, .help = "More of them agree more smoothly.", .whole = true}))
    next.trees = static_cast<int>(trees);
  bool limited = next.max_depth.has_value();
  if (toggle("Limit the depth", limited, "Off: a tree asks on until every leaf holds a single class."))
    next.max_depth = limited ? ForestSettings{}.max_depth : std::nullopt;
  if (next.max_depth) {
    double depth = *next.max_depth;
    if (number_input("Greatest depth", depth,
                     {.minimum = 1,
                      .maximum = largest_max_depth,
                      .step = 1,
                      .unit = "questions",
                      .help = "On the longest way down a tree.",
                      .whole = true}))
      next.max_depth = static_cast<int>(depth);
  }
  double seed = next.seed;
  if (number_input("Seed", seed,
                   {.minimum = 0,
                    .maximum = static_cast<double>(std::numeric_limits<std::uint32_t>::max()),
                    .step = 1,
                    .help = "Another one draws other pixels and features: same paint, another forest.",
                    .whole = true}))
    next.seed = static_cast<std::uint32_t>(seed);
  choose_settings(app, next);
}

void importances(App& app) {
  const PixelClassifier& classifier = *app.recipe().classifier;
  if (!is_trained(classifier)) return;
  if (!fold("Which features matter", app.painting.importances_open)) return;
  const auto shares = impurity_importances(classifier.forest);
  std::vector<std::string> names;
  for (const Feature& f : features_of(classifier.features)) names.push_back(beginning_a_sentence(feature_name(f)));
  if (names.size() != shares.size()) return;
  note("By how much the questions about each lower Gini's impurity; all together 1.");
  share_bars(names, shares);
}

/// The way down one tree in words, a row a question; a pressed one shows its pixels.
void way_down(App& app, const PixelClassifier& classifier, const TreePath& path) {
  const auto features = features_of(classifier.features);
  for (const PathStep& s : path.steps) {
    const auto [value, cut] = told_apart(s.value, s.threshold);
    const std::string text =
        beginning_a_sentence(feature_name(features[s.feature])) + ": " + value + (s.left ? " <= " : " > ") + cut;
    ImGui::PushID(static_cast<int>(s.node));
    if (list_row(text, s.left ? "left" : "right", app.painting.node == s.node))
      app.painting.node = app.painting.node == s.node ? std::nullopt : std::optional(s.node);
    ImGui::PopID();
  }
  std::string leaf = "Its leaf: ";
  for (std::size_t c = 0; c < path.shares.size(); ++c)
    leaf += (c > 0 ? ", " : "") + name_of(classifier, c) + " " + two_decimals(path.shares[c]);
  note(leaf + ".");
}

void similar_pixels(App& app, const Forest& forest, const std::vector<float>& sample) {
  const TrainingSet* samples = samples_of_forest(app);
  if (samples == nullptr || !fold("Painted pixels most like it", app.painting.similar_open)) return;
  if (app.painting.due) return note("There is paint that the forest has not learnt from yet.");
  const LeafTable* table = app.explanations.leaves.get();
  if (table == nullptr) return note("Computing ...");
  const auto similar = similar_samples(forest, *table, sample, 5);
  if (similar.empty()) return note("None shares a leaf with it.");
  // The image at hand is the last of the set, in raster order.
  const auto at_hand = painted_pixels(app.painting.paint);
  const std::size_t before = table->samples - std::min(at_hand.size(), table->samples);
  for (const SimilarSample& s : similar) {
    const std::uint8_t label = samples->labels[s.sample];
    const std::string where = s.sample >= before ? "at " + in_brackets(at_hand[s.sample - before]) : "in another image";
    fact((label == label_of_nuclei       ? "Nuclei, "
          : label == label_of_background ? "Background, "
                                         : "Class, ") +
             where,
         std::to_string(s.shared) + " of " + std::to_string(forest.trees.size()) + " leaves");
  }
}

}  // namespace

void way_control(App& app) {
  std::vector<const MaskSource*> ways;
  std::vector<std::string_view> names;
  for (const MaskSource* way : all_mask_sources()) {
    if (&stepping_way(*way) != way) continue;
    ways.push_back(way);
    names.push_back(way->label);
  }
  int chosen = static_cast<int>(std::ranges::find(ways, &stepping_way(*app.recipe().mask_from)) - ways.begin());
  if (segmented("Where the mask comes from", names, chosen)) app.choose_way(*ways[static_cast<std::size_t>(chosen)]);
  const FontScope face(Font::regular, small_text);
  if (button("Compare the three ways", {.help = "Side by side, on this image and three unlike it.", .quiet = true}))
    open_wall(app, WallKind::ways);
  gap(4);
}

void forest_controls(App& app) {
  if (app.recipe().classifier == nullptr) return;
  brush_controls(app);
  sample_paint(app);
  state_of_learning(app);
  toggle("Learn after every stroke", app.painting.live, "Off: painting changes nothing until you turn it on.");
  constexpr std::array<std::string_view, 3> pictures = {"Probability", "Mask", "Uncertainty"};
  int picture = static_cast<int>(app.painting.picture);
  if (segmented("Picture", pictures, picture)) {
    app.painting.picture = static_cast<ForestPicture>(picture);
    app.painting.node.reset();
  }
  paint_files(app);
  gap(4);
  settings_controls(app);
  importances(app);
}

std::string why_forest(const App& app, Pixel p) {
  if (!app.pipeline.current(Stage::mask) || app.values().prediction.segmentation.empty()) return {};
  const PixelClassifier& classifier = *app.recipe().classifier;
  if (app.covers(Covers::mask_value, p)) return "What does the forest say? That is for you to say.";
  std::vector<float> sample(classifier.forest.features);
  features_at(app.values().features, p, sample);
  const ForestVotes votes = forest_votes(classifier.forest, sample);
  const auto nuclei = static_cast<std::size_t>(std::ranges::find(classifier.forest.classes, classifier.nuclei) -
                                               classifier.forest.classes.begin());
  const std::string mean = number(std::round(votes.probabilities[nuclei] * 1000) / 1000);
  const bool is_nucleus = votes.winner == nuclei;
  return "Probability of nuclei " + mean + ", the mean of " + counted(votes.trees.size(), "tree", "trees") + "; " +
         std::to_string(votes.votes[nuclei]) + " of them vote for it. The class is " +
         name_of(classifier, votes.winner) + ": the mask is " + (is_nucleus ? "True." : "False.");
}

void explain_forest(App& app, Pixel p) {
  if (!app.pipeline.current(Stage::mask) || app.values().prediction.segmentation.empty() ||
      app.covers(Covers::mask_value, p))
    return;
  const PixelClassifier& classifier = *app.recipe().classifier;
  const Forest& forest = classifier.forest;
  std::vector<float> sample(forest.features);
  features_at(app.values().features, p, sample);
  const ForestVotes votes = forest_votes(forest, sample);
  app.painting.tree = std::min(app.painting.tree, forest.trees.size() - 1);
  if (const auto chosen = votes_strip(forest, votes, app.painting.tree)) {
    app.painting.tree = *chosen;
    app.painting.node.reset();
  }
  note("Tree " + std::to_string(app.painting.tree + 1) +
       ": a dot is a question, left is yes. Press one: the pixels that it is put to light up.");
  const TreePath& path = votes.trees[app.painting.tree];
  app.painting.node = tree_drawing(forest, app.painting.tree, path, app.painting.node, px(app.presenting ? 260 : 130));
  way_down(app, classifier, path);
  if (samples_of_forest(app) != nullptr && fold("Its features among the painted pixels", app.painting.bars_open)) {
    if (const auto* spreads = app.explanations.spreads.get()) {
      note("Bars: the middle half of each class's pixels. The line is this pixel.");
      feature_bars(features_of(classifier.features), sample, *spreads, forest.classes);
    } else {
      note("Computing ...");
    }
  }
  similar_pixels(app, forest, sample);
}

}  // namespace floodlight::ui
