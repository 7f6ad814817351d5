// Step 2: the cutoff in the histogram, Otsu's criterion beneath it, and the mask that it makes.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/segment/otsu_curve.h"
#include "core/segment/row.h"
#include "core/segment/thresholds.h"
#include "web/app/picture/image_view.h"
#include "web/app/plots/histogram_view.h"
#include "web/app/plots/lens.h"
#include "web/app/steps/steps.h"
#include "web/app/teach/wall.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

const Thresholded& shown(const App& app) {
  return app.threshold.on_raw ? app.values().raw_thresholded : app.values().thresholded;
}

FloatView shown_image(const App& app) {
  return app.threshold.on_raw ? app.values().raw.view() : app.values().filtered.view();
}

void set_cutoff(App& app, double value) {
  Recipe recipe = app.recipe();
  recipe.threshold = thresholds::manual;
  recipe.threshold[cutoff_value] = value;
  app.edit_recipe(recipe);
}

/// The lecture's two cutoffs, on images whose values reach that far and no further than a byte.
void lecture_stops(App& app) {
  if (app.image.maximum > 255 || app.image.maximum < 100) return;
  note("By hand, the lecture's two cutoffs:");
  const FontScope face(Font::regular, small_text);
  if (button("> 50", {.help = "raw_image > 50"})) set_cutoff(app, 50);
  ImGui::SameLine(0, px(8));
  if (button("> 100", {.help = "raw_image > 100"})) set_cutoff(app, 100);
}

void otsu_facts(const OtsuCurve& curve, double cutoff) {
  if (curve.splits.empty()) return;
  const auto place = std::ranges::find_if(curve.splits, [&](const OtsuSplit& s) { return s.cutoff >= cutoff; });
  const OtsuSplit& here = place == curve.splits.end() ? curve.splits.back() : *place;
  const double most = curve.splits[curve.best].variance;
  const auto share = [](double part) { return number(std::round(part * 1000) / 10) + " %"; };
  fact("Below: share, mean", share(here.weight_below) + ", " + number(std::round(here.mean_below * 10) / 10));
  fact("Above: share, mean", share(here.weight_above) + ", " + number(std::round(here.mean_above * 10) / 10));
  fact("Variance between", share(most > 0 ? here.variance / most : 0) + " of the most");
}

/// Why a notebook prints another cutoff for the same raw image.
void reconcile(const App& app) {
  const auto integers = otsu_of_integers(app.values().raw);
  if (!integers) {
    note("A notebook agrees: this image has no whole numbers that could be binned otherwise.");
    return;
  }
  const Thresholded& raw = app.values().raw_thresholded;
  const double here = raw.otsu.value_or(raw.cutoff.lowest);
  note("On the file's whole numbers threshold_otsu takes one bin a number and gives " + std::to_string(*integers) +
       "; on float32 it takes 256 bins, whose centres are no whole numbers, and gives " + number(here) + ".");
  if (app.image.type == PixelType::u8 || app.image.type == PixelType::u16) {
    const double scale = app.image.type == PixelType::u8 ? 255 : 65535;
    note("And gaussian turns whole numbers into parts of " + number(scale) + ": there a cutoff of " + number(here) +
         " reads " + number(here / scale) + ". Hence astype(\"float32\") at the start.");
  }
}

HistogramMarks marks_of(const App& app, const Thresholded& t) {
  HistogramMarks marks{.cutoff = t.cutoff.lowest,
                       .highest = t.cutoff.highest,
                       .logarithmic = app.threshold.logarithmic,
                       .covered = app.covers(Covers::threshold)};
  if (app.recipe().threshold == thresholds::manual && !marks.covered) {
    marks.suggestion = t.otsu;
    marks.suggestion_name = "Otsu";
  }
  if (const auto pixel = app.probed()) marks.probed = static_cast<double>(shown_image(app)[*pixel]);
  return marks;
}

/// The histogram and Otsu's curve, with the cutoff that can be dragged in both.
void cutoff_plots(App& app, const Thresholded& t, HistogramMarks marks, const OtsuCurve& curve) {
  app.display.highlight_low = 1;
  app.display.highlight_high = 0;
  const double brightest = static_cast<double>(t.histogram.edges.back());
  // Under the hand that drags the cutoff the axis stays: it would run away from it.
  double& axis = app.threshold.axis_high;
  if (!app.threshold.dragged) axis = axis_end(t.histogram, marks.highest);
  if (!marks.covered) marks.axis_high = axis;
  std::optional<BarRange> pointed;
  std::optional<double> chosen = histogram_view(t.histogram, marks, px(150), &pointed);
  const bool one_for_all = !marks.covered && !t.cutoff.differs();
  if (one_for_all && !curve.splits.empty()) {
    // Whatever method is at work, the top is where Otsu's would be.
    const std::string_view caption = app.recipe().threshold == thresholds::otsu
                                         ? "between-class variance: Otsu takes its top"
                                         : "between-class variance: its top is Otsu's";
    if (const auto other = variance_view(curve, t.cutoff.lowest, axis, caption, px(58))) chosen = other;
  }
  if (!marks.covered && axis < brightest) {
    const bool for_the_cutoff = axis > axis_end(t.histogram, static_cast<double>(t.histogram.edges.front()));
    note(std::string("The axis ends ") + (for_the_cutoff ? "beyond the cutoff: " : "at the 99.9th percentile: ") +
         number(static_cast<double>(count_beyond(t.histogram, axis))) + " of the pixels are brighter, up to " +
         number(brightest) + ".");
  }
  app.threshold.dragged = chosen.has_value();
  if (chosen) set_cutoff(app, *chosen);
  if (pointed) {
    app.display.highlight_low = pointed->from;
    app.display.highlight_high = pointed->to;
    app.display.highlight_raw = app.threshold.on_raw;
  }
  // Always a line, so that nothing jumps under the pointer.
  note(pointed        ? "Pink: the " + number(static_cast<double>(pointed->count)) + " pixels of this bar."
       : marks.probed ? "Pink: the bar of the pixel at hand. Point at another: its pixels light up."
                      : "Point at a bar: its pixels light up.");
}

}  // namespace

void threshold_on_stage(App& app) {
  if (!app.has(Stage::mask)) return;
  const Thresholded& t = shown(app);
  if (t.mask.empty()) return;
  cutoff_plots(app, t, marks_of(app, t), otsu_curve(t.histogram));
}

void threshold_controls(App& app) {
  const std::array<std::string_view, 2> images = {"Raw", "Filtered"};
  int on = app.threshold.on_raw ? 0 : 1;
  if (segmented("Threshold on", images, on)) app.threshold.on_raw = on == 0;
  recipe_widget(app, "threshold.method");
  app.display.highlight_low = 1;
  app.display.highlight_high = 0;
  if (!app.has(Stage::mask)) return;
  const Thresholded& t = shown(app);
  if (t.mask.empty()) {
    note("This method has no answer for the raw image; see the filtered one.");
    return;
  }
  const bool covered = app.covers(Covers::threshold);
  const HistogramMarks marks = marks_of(app, t);
  const FloatView image = shown_image(app);
  const OtsuCurve curve = otsu_curve(t.histogram);
  const bool one_for_all = !covered && !t.cutoff.differs();
  gap(4);
  cutoff_plots(app, t, marks, curve);
  recipe_widgets(app, Stage::mask, {"threshold.method", histogram_bins.key});
  if (!covered && t.cutoff.differs()) fact("Cutoffs over the image", from_to(t.cutoff.lowest, t.cutoff.highest));
  lecture_stops(app);
  const auto size = static_cast<double>(image.size());
  const auto above = static_cast<double>(t.above);
  const auto share = [&](double count) {
    if (app.covers(Covers::counts)) return std::string("?");
    return number(count) + " px  (" + number(std::round(1000 * count / size) / 10) + " %)";
  };
  fact("Above the cutoff", share(above));
  fact("Not above", share(size - above));
  if (t.equal > 0) fact("Equal to it, so not above", share(static_cast<double>(t.equal)));
  if (marks.suggestion) fact("Otsu would choose (dashed)", number(*marks.suggestion));
  if (button("Compare all methods...",
             {.help = "The masks of all methods side by side; a click takes one.", .disabled = covered}))
    open_wall(app, WallKind::thresholds);
  if (one_for_all && !app.covers(Covers::counts)) otsu_facts(curve, t.cutoff.lowest);
  toggle("Logarithmic counts", app.threshold.logarithmic,
         "Draws the bars by the logarithm of their counts, so that rare values show.");
  toggle("255 and 0, as Fiji writes them", app.threshold.fiji_values,
         "Fiji's masks hold 255 and 0 where Python's hold True and False; they mean the same.");
  recipe_widget(app, histogram_bins.key);
  if (fold("Another number in my notebook?", app.threshold.notebook_open) && !covered) reconcile(app);
}

std::string why_threshold(const App& app, Pixel p) {
  if (!app.has(Stage::mask)) return {};
  const Thresholded& t = shown(app);
  if (t.mask.empty()) return {};
  const auto value = static_cast<double>(shown_image(app)[p]);
  const Layer layer = app.threshold.on_raw ? Layer::raw : Layer::filtered;
  if (app.covers(Covers::mask_value, p) || app.covers(Covers::threshold))
    return "Is " + layer_value(app, layer, p) + " above the cutoff? That is for you to say.";
  const bool above = t.mask[p] != 0;
  const double cutoff = t.cutoff.at(p);
  const std::string_view sign = above ? " > " : value == cutoff ? " = " : " < ";
  std::string text =
      number(value) + std::string(sign) + number(cutoff) + ", so the mask is " + (above ? "True." : "False.");
  if (value == cutoff) text += " > leaves out what is equal; >= would take it.";
  const auto& method = app.recipe().threshold;
  if (t.cutoff.differs() && !method->at_pixel.empty())
    text += " " + row_text(method->at_pixel, method, FilledFor::words, {{"cutoff", number(cutoff)}});
  return text;
}

void explain_threshold(App& app, Pixel p) {
  const auto& method = app.recipe().threshold;
  if (!app.has(Stage::mask) || method->terms == nullptr || app.covers(Covers::mask_value, p) ||
      app.covers(Covers::threshold))
    return;
  terms_at_pixel(method->terms(shown_image(app), method.values, p), app.filter.lens);
}

}  // namespace floodlight::ui
