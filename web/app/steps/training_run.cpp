// Training in step 3 of deep learning: start, stop, one step, back to a kept moment, and how it goes.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "web/app/plots/training_plot.h"
#include "web/app/state/app.h"
#include "web/app/state/training.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// As much as a page may ask of a worker; the core could do more.
constexpr int most_maps = 32;
constexpr int most_fields = 200;
constexpr int most_steps = 2000;
constexpr int fewest_levels = 3;

std::string seconds(double milliseconds) {
  const double s = milliseconds / 1000;
  return number(s < 10 ? std::round(s * 10) / 10 : std::round(s)) + " s";
}

/// What the training is doing, in a sentence or two.
std::string state_in_words(const Training& t) {
  const std::string done =
      std::to_string(t.step) + " of " + std::to_string(t.at_work.settings.schedule.steps) + " steps";
  switch (t.phase) {
    case TrainingPhase::none:
      return "Nothing was trained yet. Training starts from random weights and makes its own images: simulated fields, "
             "whose "
             "truth is known.";
    case TrainingPhase::preparing:
      return t.images == 0 ? "Starting ..." : "Making simulated fields: " + std::to_string(t.images) + " so far ...";
    case TrainingPhase::running:
      return done + " in " + seconds(t.milliseconds) + ", from " + counted(t.images, "field", "fields") + ".";
    case TrainingPhase::stopped:
      return "Stopped after " + done + ", " + seconds(t.milliseconds) + ".";
    case TrainingPhase::done:
      return "Trained for " + done + " in " + seconds(t.milliseconds) + ", from " +
             counted(t.images, "field", "fields") + ".";
    case TrainingPhase::failed:
      return t.problem;
  }
  return {};
}

void run_buttons(App& app) {
  const Training& t = app.training;
  if (is_training(t)) {
    if (button("Stop", {.help = "After the step at hand; what was learnt stays.", .primary = true})) stop_training(app);
    return;
  }
  const bool more = can_go_on(app);
  if (more) {
    if (button("Go on",
               {.help = "From the moment that is shown, with the settings that it was begun with.", .primary = true}))
      go_on_training(app);
    ImGui::SameLine(0, px(8));
  }
  if (button(t.moments.empty() ? "Train" : "Train anew",
             {.help = "From random weights, with the settings below.", .primary = !more}))
    start_training(app);
  ImGui::SameLine(0, px(8));
  if (button("One step", {.help = "Eight patches, one change of all weights."})) train_one_step(app);
}

/// Where among the moments the picture is; moving it goes there.
void moments_slider(App& app) {
  const Training& t = app.training;
  if (is_training(t) || t.moments.size() < 2) return;
  const auto shown = shown_moment(app);
  const double last = t.moments.back().step;
  double step = shown ? t.moments[*shown].step : last;
  const double pace = t.moments[1].step - t.moments[0].step;
  if (slider("The network after step", step,
             {.minimum = 0,
              .maximum = last,
              .step = std::min(pace, last),
              .help = "Goes back to a kept moment.",
              .even = true})) {
    const auto nearest =
        std::ranges::min_element(t.moments, {}, [step](const KeptMoment& m) { return std::abs(m.step - step); });
    show_moment(app, static_cast<std::size_t>(nearest - t.moments.begin()));
  }
  if (!shown) note("The picture is made with another network than one of this training.");
}

/// The score where truth is known, and the losses.
void how_it_goes(App& app) {
  const Training& t = app.training;
  if (app.score && !app.covers(Covers::counts)) fact("F1 on the image at hand", two_decimals(app.score->f1));
  if (t.losses.empty() && t.unseen.empty()) return;
  const auto shown = shown_moment(app);
  TrainingCurves curves{.training = t.losses, .unseen = t.unseen, .steps = t.at_work.settings.schedule.steps};
  if (shown) curves.at_hand = t.moments[*shown].step;
  training_plot(curves, px(app.presenting ? 200 : 150));
  if (!t.losses.empty()) fact("Loss of the last step", two_decimals(t.losses.back()));
  if (!t.unseen.empty()) fact("Loss of unseen fields", two_decimals(t.unseen.back().loss));
}

void whole_number(std::string_view name, int& value, const NumberOptions& options) {
  double shown = value;
  if (number_input(name, shown, options)) value = static_cast<int>(shown);
}

void network_knobs(UNetShape& shape) {
  constexpr std::array<std::string_view, 2> levels = {"3", "4"};
  int chosen = shape.levels() - fewest_levels;
  if (segmented("Levels", levels, chosen)) {
    const auto wanted = static_cast<std::size_t>(fewest_levels + chosen);
    // Another level is as wide as it is where a network begins, or as the one before.
    const std::vector<int> usual = UNetShape{}.widths;
    while (shape.widths.size() < wanted)
      shape.widths.push_back(std::max(usual[shape.widths.size()], shape.widths.back()));
    shape.widths.resize(wanted);
  }
  for (std::size_t level = 0; level < shape.widths.size(); ++level) {
    whole_number("Maps at level " + std::to_string(level + 1), shape.widths[level],
                 {.minimum = 1,
                  .maximum = most_maps,
                  .step = 1,
                  .help = "Each level down sees the image half as large; more maps tell more apart, and take longer.",
                  .whole = true});
  }
  toggle("Skips", shape.skips, "The way up sees the way down; without, outlines are as coarse as the lowest level.");
  toggle("A rim is a class of its own", shape.rim, "Without, nuclei that touch are one interior.");
  fact("Weights", std::to_string(weight_count(shape)));
}

void learning_knobs(TrainingSettings& s) {
  whole_number("Training images", s.images,
               {.minimum = 1,
                .maximum = most_fields,
                .step = 1,
                .help = "Simulated fields of 256 x 256 pixels, made while it learns.",
                .whole = true});
  whole_number("Steps", s.schedule.steps,
               {.minimum = 1, .maximum = most_steps, .step = 1, .help = "Each learns from 8 patches.", .whole = true});
  number_input("Learning rate", s.schedule.rate,
               {.minimum = 0.0001,
                .maximum = 1,
                .step = 0.0001,
                .help = "How far a step moves the weights at most; it falls to 0 at the end."});
  double seed = static_cast<double>(s.seed);
  if (number_input("Training seed", seed,
                   {.minimum = 0,
                    .maximum = static_cast<double>(largest_training_seed),
                    .step = 1,
                    .help = "Of the random weights, the fields and the patches: the same one gives the same network.",
                    .whole = true}))
    s.seed = static_cast<std::uint64_t>(seed);
}

void variety_knobs(FieldVariety& v) {
  note("What differs from field to field. What is off is the same in all: the network never sees it otherwise.");
  toggle("Exposure", v.exposure, "0.03 to 4 times the reference.");
  toggle("Focus", v.focus, "Up to 8 um off.");
  toggle("Illumination", v.illumination, "Haze, fall-off to the corners, stained background.");
  toggle("Magnification", v.magnification, "15x to 26x; off: 20x.");
  toggle("Nuclei", v.cells, "Density, size, staining, chromatin, debris.");
}

}  // namespace

void training_knobs(App& app) {
  gap(4);
  Training& t = app.training;
  TrainingChoice& next = t.chosen;
  if (t.phase != TrainingPhase::none && next != t.at_work) note("These settings are for the next training.");
  if (fold("The network to train", t.network_open)) network_knobs(next.settings.shape);
  if (fold("How it learns", t.learning_open)) learning_knobs(next.settings);
  if (fold("What it is shown", t.variety_open)) variety_knobs(next.variety);
}

void training_run(App& app) {
  run_buttons(app);
  note(state_in_words(app.training));
  moments_slider(app);
  how_it_goes(app);
  if (button("Take the shipped network",
             {.help = "The one that comes with Floodlight, trained for 4,000 steps on 600 fields."}))
    take_shipped_network(app);
}

}  // namespace floodlight::ui
