// Step 3: the filter and its size; the lens on one pixel, the running filter, a kernel of one's own, a profile.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/explain/profile.h"
#include "core/segment/filter_terms.h"
#include "web/app/picture/image_view.h"
#include "web/app/picture/player.h"
#include "web/app/platform/platform.h"
#include "web/app/plots/lens.h"
#include "web/app/plots/profile_view.h"
#include "web/app/state/at_pixel.h"
#include "web/app/steps/steps.h"
#include "web/app/teach/wall.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// A kernel to write oneself, beside the recipe.
void kernel_controls(App& app) {
  constexpr std::array<std::string_view, 6> names = {"Identity", "Box", "Gaussian", "Sharpen", "Sobel", "Laplacian"};
  constexpr std::array<std::string_view, 3> sizes = {"3 x 3", "5 x 5", "7 x 7"};
  Experiment& e = app.experiment;
  if (e.kernel.rows == 0) e.kernel = preset_kernel(e.preset);
  note("An experiment: it shows what this kernel would do and leaves the recipe as it is.");
  const std::vector<std::string> options(names.begin(), names.end());
  int preset = static_cast<int>(e.preset);
  int size = (e.kernel.rows - 3) / 2;
  bool changed = false;
  if (combo("Start from", options, preset, "Fills in the weights of a well-known kernel.")) {
    e.preset = static_cast<KernelPreset>(preset);
    e.kernel = preset_kernel(e.preset, e.kernel.rows);
    changed = true;
  }
  if (segmented("Kernel's size", sizes, size)) {
    // What was written stays in the middle.
    Kernel next{2 * size + 3, 2 * size + 3, {}, e.kernel.divisor};
    for (int row = 0; row < next.rows; ++row) {
      for (int col = 0; col < next.cols; ++col) {
        const int r = row - (next.rows - e.kernel.rows) / 2;
        const int c = col - (next.cols - e.kernel.cols) / 2;
        const bool inside = r >= 0 && r < e.kernel.rows && c >= 0 && c < e.kernel.cols;
        next.weights.push_back(inside ? e.kernel.weights[static_cast<std::size_t>(r * e.kernel.cols + c)] : 0);
      }
    }
    e.kernel = next;
    changed = true;
  }
  const NumberOptions weight{.minimum = -1000, .maximum = 1000, .step = 0.01};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float cell = std::floor(ImGui::GetContentRegionAvail().x / static_cast<float>(e.kernel.cols));
  for (int row = 0; row < e.kernel.rows; ++row) {
    for (int col = 0; col < e.kernel.cols; ++col) {
      double& value = e.kernel.weights[static_cast<std::size_t>(row * e.kernel.cols + col)];
      const std::string name = "Weight, row " + std::to_string(row) + ", column " + std::to_string(col);
      const ImVec2 corner = at + ImVec2(cell * static_cast<float>(col), px(30) * static_cast<float>(row));
      changed = number_cell(name, value, weight, corner, cell - px(3)) || changed;
    }
  }
  ImGui::SetCursorScreenPos({at.x, at.y + px(30) * static_cast<float>(e.kernel.rows)});
  ImGui::Dummy({1, px(2)});
  changed = number_input("Divide the sum by", e.kernel.divisor, {.minimum = 0.01, .maximum = 100000, .step = 0.01}) ||
            changed;
  double sum = 0;
  for (const double w : e.kernel.weights) sum += w;
  fact("Sum of the weights", number(sum));
  bool on = e.kind == ExperimentKind::kernel;
  if (toggle("Show its result", on,
             "Draws what this kernel makes of the raw image in the place of the filtered image."))
    app.set_experiment(on ? ExperimentKind::kernel : ExperimentKind::none);
  if (changed && on) app.experiment_changed();
}

/// The raw and the filtered values along a line.
void profile(App& app) {
  const auto pixel = app.probed();
  if (!pixel) {
    note("Point at a pixel: the profile runs along its row. Pin one and point at another: it runs between the two.");
    return;
  }
  const auto& raw = app.values().raw;
  const bool between = app.view.pinned && app.view.hovered && *app.view.pinned != *app.view.hovered;
  const Pixel from = between ? *app.view.pinned : Pixel{pixel->row, 0};
  const Pixel to = between ? *app.view.hovered : Pixel{pixel->row, raw.cols() - 1};
  const auto line = line_pixels(from, to);
  const bool kernel = shows_own_kernel(app);
  auto filtered = values_along(kernel ? app.experiment.image.view() : app.values().filtered.view(), line);
  // An exercise that asks for a value leaves a gap in its curve.
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (app.covers(Covers::filtered_value, line[i])) filtered[i] = std::numeric_limits<float>::quiet_NaN();
  }
  profile_view(values_along(raw, line), filtered, kernel ? "experiment" : "filtered");
  note("From (row, column) " + in_brackets(from) + " to " + in_brackets(to) + ".");
}

std::string sum_sentence(const FilterTerms& t, std::string_view what) {
  return "The sum of " + std::to_string(t.terms.size()) + std::string(what) + " is " + number(t.sum) +
         (t.divisor == 1 ? ", and there is nothing to divide by."
                         : ". " + number(t.sum) + " / " + number(t.divisor) + " = " + number(t.result) + ".");
}

}  // namespace

void filter_controls(App& app) {
  for (const char* key : {"filter.method", "filter.size", "filter.sigma"}) recipe_widget(app, key);
  if (!app.has(Stage::raw)) return;
  if (button("Compare filters side by side...", {.help = "Masks of several filters and sizes; a click takes one."}))
    open_wall(app, WallKind::filters);
  gap(4);
  if (fold("Run it over the image", app.filter.scan.open))
    player_controls(app, "Pixel", "Runs the filter from pixel to pixel, row by row.");
  if (!app.filter.scan.open) app.filter.scan.playing = false;
  if (fold("A kernel of your own", app.filter.kernel_open)) kernel_controls(app);
  if (fold("Profile along a line", app.panel.profile_open)) profile(app);
}

std::string why_filter(const App& app, Pixel p) {
  if (!app.has(Stage::filtered)) return {};
  const std::string raw = layer_value(app, Layer::raw, p);
  if (app.covers(Covers::filtered_value, p)) return raw + " becomes ?: that is for you to say.";
  if (app.covers(Covers::footprint)) return "From how many pixels? That is for you to say.";
  if (shows_own_kernel(app)) return raw + " becomes " + layer_value(app, Layer::experiment, p) + " under your kernel.";
  const Recipe& r = app.recipe();
  const std::string side = std::to_string(2 * footprint_radius(app) + 1);
  const std::string after = number(static_cast<double>(app.values().filtered[p]));
  switch (r.filter) {
    case FilterMethod::mean:
      return raw + " becomes " + after + ": the mean of " + side + " x " + side + " values.";
    case FilterMethod::gaussian:
      return raw + " becomes " + after + ": " + side + " x " + side + " values, weighted by their distance.";
    case FilterMethod::median:
      return raw + " becomes " + after + ": the middle one of " + side + " x " + side +
             " sorted values. No sum, so no "
             "convolution.";
    case FilterMethod::none:
      break;
  }
  return raw + " stays " + after + ": no filter.";
}

void explain_filter(App& app, Pixel p) {
  if (!app.has(Stage::filtered) || app.covers(Covers::filtered_value, p) || app.covers(Covers::footprint)) return;
  const FloatView raw = app.values().raw;
  const Recipe& r = app.recipe();
  if (shows_own_kernel(app)) {
    const FilterTerms t = convolve_terms(raw, app.experiment.kernel, p);
    note(sum_sentence(t, " products"));
    term_grid(t, false, app.filter.terms_shown);
    return;
  }
  switch (r.filter) {
    case FilterMethod::mean: {
      const FilterTerms t = mean_terms(raw, r.filter_size, p);
      note(sum_sentence(t, " values"));
      term_grid(t, true, app.filter.terms_shown);
      break;
    }
    case FilterMethod::gaussian: {
      const int side = 2 * footprint_radius(app) + 1;
      if (side <= 9) {
        const FilterTerms t = gaussian_terms(raw, r.sigma, p);
        note("The sum of " + std::to_string(t.terms.size()) + " products is " + number(t.sum) +
             "; the weights sum to 1.");
        term_grid(t, false, app.filter.terms_shown);
      } else {
        const GaussianPasses passes = gaussian_passes(raw, r.sigma, p);
        pass_bars(passes.down, "First down each column");
        pass_bars(passes.across, "Then along the row, over those results");
        note("Two passes of one dimension give the same as one kernel of " + std::to_string(side) + " x " +
             std::to_string(side) + ", in a fraction of the products.");
      }
      if (r.sigma == 1) {
        const FilterTerms whole = convolve_terms(raw, preset_kernel(KernelPreset::gaussian, 5), p);
        note("The lecture's 5 x 5 kernel of whole numbers (total " + number(whole.divisor) +
             ") is the same bell cut short "
             "and rounded: it would give " +
             number(whole.result) + ".");
      }
      break;
    }
    case FilterMethod::median: {
      const float wanted = app.filter.sort_wanted ? 1 : 0;
      if (app.filter.sorted != wanted) {
        const float step = platform::prefers_reduced_motion() ? 1 : ImGui::GetIO().DeltaTime * 2;
        app.filter.sorted = wanted > app.filter.sorted ? std::min(wanted, app.filter.sorted + step)
                                                       : std::max(wanted, app.filter.sorted - step);
        platform::request_frame(1);
      }
      const MedianTerms t = median_terms(raw, r.filter_size, p);
      median_strip(t, app.filter.sorted);
      if (r.filter_size <= 9) {
        constexpr std::array<std::string_view, 2> names = {"As they lie", "Sorted"};
        int chosen = app.filter.sort_wanted ? 1 : 0;
        if (segmented("Order of the values", names, chosen)) app.filter.sort_wanted = chosen == 1;
      }
      break;
    }
    case FilterMethod::none:
      break;
  }
}

}  // namespace floodlight::ui
