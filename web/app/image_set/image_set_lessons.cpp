#include "web/app/image_set/image_set_lessons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

#include "core/pipeline/parameters.h"
#include "core/segment/thresholds.h"
#include "web/app/image_set/image_set.h"
#include "web/app/plots/field_plots.h"
#include "web/app/plots/plots.h"
#include "web/app/state/app.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr double share = 0.05;  // of the final mean, within which it counts as settled
constexpr int orders = 200;
constexpr double anything = std::numeric_limits<double>::infinity();  // an axis that need not take in zero
constexpr std::string_view square_um = "\xC2\xB5m\xC2\xB2";

std::string short_number(double value) {
  const double grain = std::abs(value) >= 100 ? 1 : std::abs(value) >= 10 ? 10 : 100;
  return number(std::round(value * grain) / grain);
}

std::size_t with_results(const ImageSet& set) {
  return static_cast<std::size_t>(
      std::ranges::count_if(set.fields, [](const Field& f) { return f.result.has_value(); }));
}

/// Areas are told in micrometres where every field says how large its pixels are.
bool all_sizes_known(const ImageSet& set) {
  return std::ranges::all_of(set.fields, [](const Field& f) { return !f.result || f.pixel_size_um.has_value(); });
}

std::vector<double> values_of(const Field& field, std::size_t property, bool in_um) {
  const std::vector<float>& stored = property == 0 ? field.result->areas : field.result->intensities;
  const bool scaled = property == 0 && in_um;
  const double size = scaled ? *field.pixel_size_um * field.pixel_height_um.value_or(*field.pixel_size_um) : 1;
  std::vector<double> values;
  values.reserve(stored.size());
  for (const float value : stored) values.push_back(static_cast<double>(value) * size);
  return values;
}

void gather_distributions(const ImageSet& set, SetStatistics& s) {
  const bool in_um = all_sizes_known(set);
  s.area_unit = in_um ? square_um : "px";
  for (std::size_t property = 0; property < s.all.size(); ++property) {
    for (const Field& f : set.fields) {
      if (!f.result) {
        s.of_fields[property].emplace_back();
        continue;
      }
      auto values = values_of(f, property, in_um);
      s.all[property].insert(s.all[property].end(), values.begin(), values.end());
      s.of_fields[property].push_back(quartiles(std::move(values)));
    }
    s.population[property] = quartiles(s.all[property]);
  }
}

void gather_means(const ImageSet& set, SetStatistics& s) {
  std::vector<std::size_t> done;
  for (std::size_t i = 0; i < set.fields.size(); ++i) {
    if (set.fields[i].result) done.push_back(i);
  }
  std::array<std::vector<FieldSum>, 2> sums;
  std::vector<std::span<const float>> areas;
  for (const std::size_t i : done) {
    const FieldResult& r = *set.fields[i].result;
    double area = 0;
    for (const float a : r.areas) area += static_cast<double>(a);
    sums[0].push_back({static_cast<double>(r.nuclei), 1});
    sums[1].push_back({area, static_cast<double>(r.areas.size())});
    areas.emplace_back(r.areas);
  }
  const auto order = shuffled_order(done.size(), s.order_seed);
  for (const std::size_t place : order) s.order.push_back(done[place]);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    auto& settling = s.settling[i];
    settling.running = running_mean(sums[i], order);
    settling.band = mean_band(sums[i], 1, orders, share);
    settling.needed = fields_needed(settling.running, share);
  }
  s.of_area = variance_components(areas);
}

const SetStatistics& statistics(App& app) {
  SetStatistics& s = app.image_set.lessons.statistics;
  if (s.version == app.image_set.set.version && s.order_seed == app.image_set.lessons.order_seed) return s;
  s = {};
  s.version = app.image_set.set.version;
  s.order_seed = app.image_set.lessons.order_seed;
  for (const Field& f : app.image_set.set.fields) s.names.push_back(f.name);
  gather_distributions(app.image_set.set, s);
  gather_means(app.image_set.set, s);
  return s;
}

/// One value of each field that has a result, as what a plot draws.
template <typename Value>
std::vector<std::optional<Quartiles>> of_each(const ImageSet& set, const Value& value) {
  std::vector<std::optional<Quartiles>> values;
  for (const Field& f : set.fields) {
    const std::optional<double> v = f.result ? value(*f.result) : std::nullopt;
    values.push_back(v ? std::optional(Quartiles{*v, *v, *v}) : std::nullopt);
  }
  return values;
}

template <typename Value>
std::vector<std::optional<double>> of_each_fixed(const ImageSet& set, const Value& value) {
  std::vector<std::optional<double>> values;
  for (const Field& f : set.fields) values.push_back(f.fixed ? value(*f.fixed) : std::nullopt);
  return values;
}

std::optional<double> nuclei_of(const FieldResult& r) { return r.nuclei; }
std::optional<double> threshold_of(const FieldResult& r) { return r.lowest_threshold; }
std::optional<double> f1_of(const FieldResult& r) { return r.f1; }

/// A plot of the set; a click opens the image, a pointer marks it in the other plots and in the list.
void show_fields(App& app, const FieldPlot& plot, float height) {
  if (const auto chosen = field_plot(plot, app.image_set.lessons.at_hand, px(height))) open_field(app, *chosen);
}

void distributions(App& app) {
  ImageSetLessons& l = app.image_set.lessons;
  const SetStatistics& s = statistics(app);
  show_fields(app, {.name = "Nuclei per image", .fields = s.names, .values = of_each(app.image_set.set, nuclei_of)},
              116);
  const MaskSource& way = *app.image_set.set.recipe.mask_from;
  if (way.has_cutoff)
    show_fields(app,
                {.name = "Threshold per image",
                 .unit = "intensity",
                 .marks = FieldMarks::dots,
                 .fields = s.names,
                 .values = of_each(app.image_set.set, threshold_of),
                 .lowest = anything},
                116);
  note(!way.has_cutoff
           ? "There is no threshold: in every image " + std::string(way.decides) + " says which pixels are nuclei."
       : app.image_set.set.recipe.threshold->terms != nullptr
           ? std::string("Each pixel has a cutoff of its own; drawn is the lowest of "
                         "each image. One far from the others is worth a look.")
           : std::string("The same method is not the same threshold: each image gets "
                         "its own. One far from the others is worth a look."));
  gap(8);
  constexpr std::array<std::string_view, 2> names = {"Area", "Mean intensity"};
  segmented("Distribution of", names, l.property);
  const auto property = static_cast<std::size_t>(l.property);
  const std::string_view unit = property == 0 ? s.area_unit : std::string_view("intensity");
  const auto& q = s.population[property];
  if (!q) {
    note("No nuclei were found in any image.");
    return;
  }
  fact("Nuclei of all images", std::to_string(s.all[property].size()));
  fact("Median", short_number(q->median) + " " + std::string(unit));
  fact("Middle half", short_number(q->low) + " to " + short_number(q->high) + " " + std::string(unit));
  property_histogram({.name = names[property], .unit = unit, .values = s.all[property]}, std::nullopt, px(96));
  gap(4);
  show_fields(app,
              {.name = std::string(names[property]) + " per image",
               .unit = unit,
               .marks = FieldMarks::boxes,
               .fields = s.names,
               .values = s.of_fields[property],
               .lowest = anything},
              132);
  note("A box holds the middle half of an image's nuclei; the line across it is their median.");
}

/// "SD 45 px between the means of images, 210 px within one": and what follows.
void spread_sentence(const SetStatistics& s) {
  if (!s.of_area) return;
  const VarianceComponents& v = *s.of_area;
  paragraph("Areas of nuclei within an image have a standard deviation of " + short_number(v.within_sd) +
            " px; the means of images one of " + short_number(v.sd_of_means) + " px. " +
            short_number(100 * v.correlation) + " % of the variance lies between images, so these " +
            std::to_string(v.values) + " nuclei tell the mean as well as " + short_number(std::round(v.effective)) +
            " that were picked one by one.");
}

/// The running mean of what is chosen; false where there are too few images for one.
bool mean_plot(App& app, float height) {
  ImageSetLessons& l = app.image_set.lessons;
  const SetStatistics& s = statistics(app);
  constexpr std::size_t fewest = 3;
  if (s.order.size() < fewest) {
    note("A running mean needs at least " + std::to_string(fewest) + " images with results.");
    return false;
  }
  const auto& settling = s.settling[static_cast<std::size_t>(l.mean)];
  running_plot({.name = l.mean == 0 ? "mean of nuclei per image" : "mean of the area",
                .unit = l.mean == 0 ? "" : "px",
                .running = settling.running,
                .band = settling.band,
                .share = share,
                .needed = app.covers(Covers::fields_needed) ? 0 : settling.needed},
               l.fields_read, height);
  return true;
}

void enough(App& app) {
  ImageSetLessons& l = app.image_set.lessons;
  constexpr std::array<std::string_view, 2> names = {"Nuclei per image", "Area"};
  segmented("Mean of", names, l.mean);
  if (!mean_plot(app, px(196))) return;
  const SetStatistics& s = statistics(app);
  const auto& settling = s.settling[static_cast<std::size_t>(l.mean)];
  const bool covered = app.covers(Covers::fields_needed);
  const FontScope face(Font::regular, body_text);
  if (button("Another order", {.help = "Shuffles the images and begins anew."})) {
    ++l.order_seed;
    if (covered) app.exercise.reset();  // its answer was made for the order before
  }
  gap(4);
  if (covered) {
    note("After how many does it stay between the lines? That is for you to say.");
  } else {
    paragraph("In this order the mean stays within 5 % of the last one after " + counted(settling.needed, "image") +
              ". Of " + std::to_string(orders) + " orders, half need at most " + number(settling.band.needed_in_half) +
              ", nine tenths at most " + number(settling.band.needed_in_nine_tenths) + ".");
  }
  note(
      "Line: this order. Grey: where nine tenths of the orders lie. Between the two lines: within 5 %. The last mean "
      "is "
      "itself only that of these images: all orders end there.");
  if (l.mean == 1) spread_sentence(s);
}

/// What one threshold for all did against one per image.
struct TwoWays {
  double own = 0;
  double fixed = 0;
  std::size_t fields = 0;
  std::size_t better_fixed = 0;
  std::size_t better_own = 0;
  std::optional<std::size_t> apart;  ///< the field whose two values differ most
};

template <typename Value>
TwoWays compare(const ImageSet& set, const Value& value) {
  TwoWays c;
  double most = 0;
  for (std::size_t i = 0; i < set.fields.size(); ++i) {
    const Field& f = set.fields[i];
    if (!f.result || !f.fixed) continue;
    const auto own = value(*f.result);
    const auto fixed = value(*f.fixed);
    if (!own || !fixed) continue;
    ++c.fields;
    c.own += *own;
    c.fixed += *fixed;
    if (*fixed > *own) ++c.better_fixed;
    if (*own > *fixed) ++c.better_own;
    if (std::abs(*own - *fixed) > most) {
      most = std::abs(*own - *fixed);
      c.apart = i;
    }
  }
  if (c.fields > 0) {
    c.own /= static_cast<double>(c.fields);
    c.fixed /= static_cast<double>(c.fields);
  }
  return c;
}

void threshold_results(App& app, const std::string& method) {
  const ImageSet& set = app.image_set.set;
  const TwoWays nuclei = compare(set, nuclei_of);
  const TwoWays scores = compare(set, f1_of);
  const SetStatistics& s = statistics(app);
  gap(4);
  show_fields(app,
              {.name = "Nuclei",
               .fields = s.names,
               .values = of_each(set, nuclei_of),
               .others = of_each_fixed(set, nuclei_of),
               .others_name = "one for all"},
              116);
  if (scores.fields > 0) {
    show_fields(app,
                {.name = "F1",
                 .marks = FieldMarks::dots,
                 .fields = s.names,
                 .values = of_each(set, f1_of),
                 .others = of_each_fixed(set, f1_of),
                 .others_name = "one for all"},
                132);
  }
  note("Bars and dots: " + method + " per image. Rings: one threshold for all. Their means, in this order:");
  const auto both = [](double own, double fixed) { return short_number(own) + " | " + short_number(fixed); };
  fact("Mean of nuclei", both(nuclei.own, nuclei.fixed));
  if (scores.fields > 0) {
    const auto score = [](double f1) { return number(std::round(f1 * 1000) / 1000); };
    fact("Mean F1", score(scores.own) + " | " + score(scores.fixed));
    paragraph("Of " + counted(scores.fields, "image") + ", one for all scores higher in " +
              std::to_string(scores.better_fixed) + ", " + method + " per image in " +
              std::to_string(scores.better_own) + ". Reproducible is not the same as right: look.");
  } else {
    paragraph("Without a truth nobody knows which count is right. Reproducible is not the same as right: look.");
  }
  const auto apart = scores.fields > 0 ? scores.apart : nuclei.apart;
  if (!apart) return;
  const FontScope face(Font::regular, body_text);
  if (button("Look at " + set.fields[*apart].name, {.help = "The image on which the two differ most."}))
    open_field(app, *apart);
}

void one_threshold(App& app) {
  ImageSetLessons& l = app.image_set.lessons;
  const ImageSet& set = app.image_set.set;
  if (!set.recipe.mask_from->has_cutoff) {
    note("In these results " + std::string(set.recipe.mask_from->decides) +
         " makes the masks, without a threshold. Choose Classic in step 2, and run it again.");
    return;
  }
  std::vector<double> thresholds;
  for (const Field& f : set.fields) {
    if (f.result) thresholds.push_back(f.result->lowest_threshold);
  }
  const auto q = quartiles(thresholds);
  if (!q) return;
  if (set.recipe.threshold == floodlight::thresholds::manual) {
    note("The recipe of these results has one fixed threshold already. Choose Otsu in step 2, and run it again.");
    return;
  }
  if (set.recipe.threshold->terms != nullptr) {
    note("In these results every pixel has a cutoff of its own. Choose Otsu in step 2, and run it again.");
    return;
  }
  const std::string method(current_choice(recipe_parameter("threshold.method"), set.recipe).label);
  const auto [least, most] = std::ranges::minmax(thresholds);
  const double room = std::max(most - least, 1.0);
  // As many digits as a slider of a few hundred steps can set.
  const double step = std::pow(10, std::floor(std::log10(room / 50)));
  const auto on_grid = [&](double value) { return std::round(value / step) * step; };
  double fixed = l.fixed.value_or(on_grid(q->median));
  paragraph(method + " answered from " + short_number(least) + " to " + short_number(most) +
            ". One fixed threshold asks every image the same question; it begins at the median of the answers.");
  if (slider("One threshold for all", fixed,
             {.minimum = on_grid(std::max(0.0, least - room / 2)),
              .maximum = on_grid(most + room / 2),
              .step = step,
              .unit = {},
              .help = "What every image of the second run is thresholded with."}))
    l.fixed = fixed;
  const bool there = set.fixed_threshold == fixed &&
                     std::ranges::all_of(set.fields, [](const Field& f) { return !f.result || f.fixed; });
  const FontScope face(Font::regular, body_text);
  if (button(set.fixed_threshold && *set.fixed_threshold != fixed ? "Run again with it" : "Run with one threshold",
             {.help = "Runs the same recipe over the set once more, with this threshold.",
              .primary = !there,
              .disabled = set.running || there}))
    start_fixed_run(app, fixed);
  if (std::ranges::any_of(set.fields, [](const Field& f) { return f.fixed.has_value(); })) {
    if (set.fixed_threshold && *set.fixed_threshold != fixed)
      note("Below: the results with " + short_number(*set.fixed_threshold) + ".");
    threshold_results(app, method);
  }
}

}  // namespace

std::vector<FieldOfSet> fields_of_set(App& app) {
  std::vector<FieldOfSet> fields;
  for (const std::size_t i : statistics(app).order) {
    const Field& f = app.image_set.set.fields[i];
    fields.push_back({.areas = f.result->areas, .f1 = f.result->f1, .fixed_f1 = f.fixed ? f.fixed->f1 : std::nullopt});
  }
  return fields;
}

void image_set_on_stage(App& app) {
  heading("How many images are enough?", 1);
  gap(16);
  if (!mean_plot(app, ImGui::GetContentRegionAvail().y * 0.6F)) return;
  gap(8);
  const auto& settling = statistics(app).settling[static_cast<std::size_t>(app.image_set.lessons.mean)];
  if (!app.covers(Covers::fields_needed))
    paragraph("Within 5 % after " + counted(settling.needed, "image") + ". Half of " + std::to_string(orders) +
              " orders need at most " + number(settling.band.needed_in_half) + ".");
}

void image_set_lessons(App& app) {
  ImageSetLessons& l = app.image_set.lessons;
  if (l.at_hand && *l.at_hand >= app.image_set.set.fields.size()) l.at_hand.reset();
  if (app.covers(Covers::fields_needed)) {  // the exercise is about this plot
    l.enough_open = true;
    l.mean = 1;
  }
  gap(16);
  if (with_results(app.image_set.set) > 0) {
    if (fold("How the images differ", l.distributions_open)) distributions(app);
    if (fold("How many images are enough?", l.enough_open)) enough(app);
    if (fold("One threshold for all?", l.threshold_open)) one_threshold(app);
  }
  if (fold("The loop, and its traps", l.loop_open)) loop_lesson(app);
}

}  // namespace floodlight::ui
