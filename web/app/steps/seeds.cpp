// Step 7: which summits become seeds, which do not and why, and which objects are left without one.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/explain/peak_terms.h"
#include "core/pipeline/recipe_options.h"
#include "web/app/picture/image_view.h"
#include "web/app/picture/seed_editor.h"
#include "web/app/platform/platform.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::size_t most_listed = 6;

/// Whether the seeds are a network's own, in the interiors that it sees.
bool own_seeds(const App& app) { return !app.values().interior_heights.empty(); }

int border_distance(const App& app, Pixel p) {
  const auto& d = app.values().distance;
  return std::min({p.row, p.col, d.rows() - 1 - p.row, d.cols() - 1 - p.col});
}

/// What keeps an object without a seed, in a few words.
std::string loss_of(const App& app, const SeedlessObject& o) {
  if (!o.fate) return "lower in its window";
  switch (*o.fate) {
    case PeakFate::at_border:
      return std::to_string(border_distance(app, o.summit)) + " px from the border";
    case PeakFate::too_near:
      return "too near to " + in_brackets(o.by);
    case PeakFate::below_threshold:
      return "below the minimum height";
    case PeakFate::accepted:
      break;
  }
  return {};
}

void lost_objects(App& app, const SeedsExplanation& explanation) {
  const std::string title = "Objects without a seed: " + std::to_string(explanation.seedless.size());
  if (explanation.seedless.empty()) {
    note("Every object has a seed.");
    return;
  }
  if (!fold(title, app.seeds.lost_open)) return;
  note("No seed, no label: these vanish without a word.");
  for (std::size_t i = 0; i < std::min(most_listed, explanation.seedless.size()); ++i) {
    const SeedlessObject& o = explanation.seedless[i];
    const std::string name = "Object " + std::to_string(o.component) + ", " + std::to_string(o.area) + " px";
    if (list_row(name, loss_of(app, o), false)) app.show(o.summit);
  }
  if (explanation.seedless.size() > most_listed)
    note("And " + std::to_string(explanation.seedless.size() - most_listed) + " more.");
  const auto at_border = std::ranges::count_if(
      explanation.seedless, [](const SeedlessObject& o) { return o.fate && *o.fate == PeakFate::at_border; });
  if (at_border > 0 && app.recipe().exclude_border &&
      button("Keep the " + std::to_string(at_border) + " at the border", {.help = "exclude_border=False"})) {
    Recipe recipe = app.recipe();
    recipe.exclude_border = false;
    app.edit_recipe(recipe);
  }
}

/// What the lab prints on the way from coordinates to an image.
void coordinates(App& app) {
  const auto& peaks = app.values().peaks;
  const auto listed = std::min<std::size_t>(peaks.size(), 3);
  std::string rows = "[";
  std::string first;
  std::string second;
  for (std::size_t i = 0; i < listed; ++i) {
    const std::string row = std::to_string(peaks[i].row);
    const std::string col = std::to_string(peaks[i].col);
    rows += std::string(i > 0 ? "\n " : "") + "[" + row + " " + col + "]";
    first += (i > 0 ? " " : "") + row;
    second += (i > 0 ? " " : "") + col;
  }
  const bool more = peaks.size() > listed;
  rows += more ? "\n ..." : "]";
  const std::string tail = more ? " ..." : "";
  const std::string shape = std::to_string(peaks.size());
  note(app.recipe().seeds == SeedMethod::by_hand ? "As printed, a row and a column for each:"
                                                 : "As printed, a row and a column for each, highest first:");
  if (code("local_maxima_coords, shape (" + shape + ", 2)", rows)) platform::copy_text(rows);
  const std::string turned = "[[" + first + tail + "]\n [" + second + tail + "]]";
  note("Transposed: all rows, then all columns. As a tuple they pick one pixel each:");
  if (code("local_maxima_coords.T, shape (2, " + shape + ")", turned)) platform::copy_text(turned);
  const auto wrong = set_by_untransposed(peaks, app.values().distance.rows(), app.values().distance.cols());
  if (!wrong) {
    note("image[coords] = True, without either, stops here: " + wrong.error().message);
    return;
  }
  const auto set = std::ranges::count(wrong->pixels(), std::uint8_t{1});
  note("image[coords] = True, without either, sets " + number(static_cast<double>(set)) + " pixels instead of " +
       shape + ": each number picks a whole row.");
}

}  // namespace

void seeds_controls(App& app) {
  const SeedMethod before = app.recipe().seeds;
  if (app.has_network() && before != SeedMethod::by_hand) {
    bool own = app.recipe().mask_from == &mask_sources::network;
    if (toggle("Seeds from the network's interiors", own,
               "On: summits of the distance inside what the network calls interior. Off: of the distance inside the "
               "mask, as "
               "on every other way."))
      app.choose_way(own ? mask_sources::network : mask_sources::network_mask);
  }
  for (const char* key :
       {"seeds.method", "seeds.window", "seeds.min_distance", "seeds.exclude_border", "seeds.threshold_abs"})
    recipe_widget(app, key);
  const bool by_hand = app.recipe().seeds == SeedMethod::by_hand;
  if (by_hand && before != SeedMethod::by_hand) start_seed_editor(app, before);
  if (!by_hand) app.seeds.editor = {};
  seed_controls(app);
  if (!app.has(Stage::seeds)) return;
  gap(4);
  if (app.covers(Covers::seeds)) {
    note("An exercise covers the seeds.");
    return;
  }
  fact("Peaks", std::to_string(app.values().peaks.size()));
  fact("Seeds (peaks that touch are one)", std::to_string(app.values().seeds.count));
  const SeedsExplanation* explanation = app.explanations.seeds.get();
  if (explanation == nullptr) return;
  const auto of = [&](PeakFate fate) {
    return std::to_string(std::ranges::count(explanation->candidates, fate, &PeakCandidate::fate));
  };
  fact("Candidates", std::to_string(explanation->candidates.size()));
  fact("Too near, at the border, too low",
       of(PeakFate::too_near) + ", " + of(PeakFate::at_border) + ", " + of(PeakFate::below_threshold));
  toggle("Mark every candidate", app.seeds.show_candidates,
         "Dots are seeds, rings too near to one, crosses lie in the excluded border, dashes are too low.");
  lost_objects(app, *explanation);
  if (fold("From coordinates to seeds", app.seeds.coordinates_open)) coordinates(app);
}

std::string why_seeds(const App& app, Pixel p) {
  if (!app.has(Stage::seeds)) return {};
  if (app.covers(Covers::seeds)) return "A seed or not? That is for you to say.";
  const Label seed = app.values().seeds.labels[p];
  const std::string height = layer_value(app, Layer::seeds, p) + " px";
  const Recipe& r = app.recipe();
  if (seed > 0)
    return "Seed " + std::to_string(seed) + ": nothing in its window is higher than " + height +
           ". Seeds are numbered in raster order, not by height.";
  const auto heights = seed_heights(app.values());
  if (heights[p] == 0) return own_seeds(app) ? "Far from every interior: no candidate." : "Background: no candidate.";
  const SeedsExplanation* explanation = app.explanations.seeds.get();
  if (explanation == nullptr) return "Distance " + height + ", and no seed.";
  const auto found = std::ranges::find(explanation->candidates, p, &PeakCandidate::pixel);
  if (found == explanation->candidates.end()) {
    const auto higher = exceeded_by(heights, seed_options(r), p);
    if (!higher) return "Distance " + height + ", and no seed.";
    return height + ": no candidate, since " + row_and_column(*higher) +
           " in its window is higher: " + layer_value(app, Layer::seeds, *higher) + " px.";
  }
  switch (found->fate) {
    case PeakFate::too_near:
      if (heights[found->by] == found->height)
        return "On a plateau: as high as the one at " + row_and_column(found->by) +
               ", which comes first in raster order and is nearer than " + std::to_string(r.min_distance) + " px.";
      return "A candidate of " + height + ", but nearer than " + std::to_string(r.min_distance) + " px to the one at " +
             row_and_column(found->by) + ", which came first.";
    case PeakFate::at_border:
      return "A candidate of " + height + ", but " + std::to_string(border_distance(app, p)) +
             " px from the border, where the outermost " + std::to_string(r.min_distance) +
             " rows and columns are left out.";
    case PeakFate::below_threshold:
      return "A candidate of " + height + ", but not above the minimum height.";
    case PeakFate::accepted:
      break;
  }
  return "A candidate of " + height + ".";
}

}  // namespace floodlight::ui
