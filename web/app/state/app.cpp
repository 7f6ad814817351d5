#include "web/app/state/app.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <initializer_list>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "core/export/python.h"
#include "core/pipeline/recipe_options.h"
#include "core/samples/samples.h"
#include "core/simulate/simulation_parameters.h"
#include "web/app/platform/platform.h"
#include "web/app/state/layers.h"
#include "web/app/widgets/theme.h"
#include "web/app/widgets/wording.h"

namespace floodlight::ui {
namespace {

constexpr std::string_view light_setting = "light";

void count_extremes(ImageSource& source, FloatView pixels) {
  const auto [low, high] = std::ranges::minmax(pixels.pixels());
  source.minimum = static_cast<double>(low);
  source.maximum = static_cast<double>(high);
  source.saturated = source.type_maximum > 0
                         ? std::ranges::count_if(pixels.pixels(),
                                                 [&](float v) { return static_cast<double>(v) >= source.type_maximum; })
                         : 0;
}

}  // namespace

std::pair<float, float> window_of(FloatView image) {
  std::vector<float> values;
  // A sample of some hundred thousand pixels says it as well as all of them.
  const std::size_t stride = std::max<std::size_t>(1, image.size() / 200000);
  for (std::size_t i = 0; i < image.size(); i += stride) {
    if (std::isfinite(image.pixels()[i])) values.push_back(image.pixels()[i]);
  }
  if (values.empty()) return {0, 1};
  const auto at = [&](double share) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, place);
    return *place;
  };
  const float low = at(0.001);
  const float high = at(0.999);
  return {low, high > low ? high : low + 1};
}

App::App() { pipeline.set_recipe(Recipe{}); }

namespace {

std::optional<App>& the_app() {
  static std::optional<App> instance;
  return instance;
}

}  // namespace

App& app() { return the_app() ? *the_app() : begin_app(); }

App& begin_app() { return the_app().emplace(); }

AfterMask after_mask_of(const Recipe& recipe) {
  return {.refinements = recipe.refinements,
          .window = recipe.window,
          .min_distance = recipe.min_distance,
          .exclude_border = recipe.exclude_border,
          .threshold_abs = recipe.threshold_abs};
}

void put_after_mask(Recipe& recipe, const AfterMask& after) {
  recipe.refinements = after.refinements;
  recipe.window = after.window;
  recipe.min_distance = after.min_distance;
  recipe.exclude_border = after.exclude_border;
  recipe.threshold_abs = after.threshold_abs;
}

void App::use_image(ImageSource source, Image<float> values_read, const Recipe& first_recipe) {
  before.reset();
  if (pipeline.has_image()) before = ImageBefore{image.name, recipe(), recipe() != opened_with};
  if (everything_loaded) put_paint_aside(*this);
  // A forest is there to be tried on other images.
  Recipe first = first_recipe;
  if (first.classifier == nullptr) {
    first.mask_from = recipe().mask_from;
    first.classifier = recipe().classifier;
    first.network = recipe().network;
    if (has_network()) put_after_mask(first, after_mask_of(recipe()));
  }
  opened_with = first;
  image = std::move(source);
  const auto [low, high] = window_of(values_read);
  display.window_low = low;
  display.window_high = high;
  own_window = {low, high};
  display.saturation = static_cast<float>(image.type_maximum);
  display.mark_saturated = false;
  fit();
  view.pinned.reset();
  view.hovered.reset();
  message.clear();
  simulated.reset();
  forget_truth();
  unpin_result();
  filter.scan = {};
  exercise.reset();
  experiment.kind = ExperimentKind::none;
  experiment.image = {};
  experiment_work_.reset();
  forget_explanations();
  seeds.editor = {};
  history.clear();
  pipeline.set_recipe(first);
  pipeline.set_image(std::move(values_read));
  if (everything_loaded) take_paint_up(*this);
  go_to(wanted_step);
  platform::set_title(image.name + " - Floodlight");
}

void App::open_sample(std::size_t index, const std::optional<SampleSimulation>& turned) {
  const SampleInfo& info = samples()[index];
  ImageSource source;
  source.name = info.title;
  source.stem = info.id;
  source.sample = index;
  Recipe own_recipe = info.recipe;
  if (info.simulation) {
    const auto& [own, own_seeds] = *info.simulation;
    const auto& [parameters, picture_seeds] = turned ? *turned : *info.simulation;
    const Simulated picture = simulator_.take(parameters, picture_seeds);
    own_recipe.pixel_size_um = picture.pixel_size_um;
    use_image(std::move(source), picture.pixels, own_recipe);
    simulated = SimulationState{parameters, own, picture_seeds, own_seeds, {}, false};
    describe_picture(picture);
    return;
  }
  auto sample = make_sample(info.id);
  if (!sample) {
    message = sample.error().message;
    return;
  }
  source.type = sample->type;
  source.type_maximum = sample->type_maximum;
  source.pixel_size_um = sample->pixel_size_um;
  count_extremes(source, sample->pixels);
  use_image(std::move(source), std::move(sample->pixels), own_recipe);
  if (!sample->truth) return;
  ++truth_version_;
  truth = Truth{std::move(*sample->truth), {}};
}

void App::describe_picture(const Simulated& picture) {
  image.type = picture.type;
  image.type_maximum = picture.type_maximum;
  image.pixel_size_um = picture.pixel_size_um;
  count_extremes(image, picture.pixels);
  display.saturation = static_cast<float>(image.type_maximum);
  simulated->photons = picture.photons;
  ++photons_version_;
  std::tie(display.photons_low, display.photons_high) = window_of(simulated->photons);
  ++truth_version_;
  truth = Truth{picture.truth, {}};
  scored_version_ = 0;
}

void App::simulation_changed() {
  simulated->due = true;
  platform::request_frame();
}

void App::take_picture() {
  simulated->due = false;
  if (const auto good = check(simulated->parameters); !good) {
    message = good.error().message;
    return;
  }
  Simulated picture = simulator_.take(simulated->parameters, simulated->seeds);
  message.clear();
  const bool resized = picture.pixels.rows() != values().raw.rows() || picture.pixels.cols() != values().raw.cols();
  if (resized) {
    fit();
    view.pinned.reset();
    view.hovered.reset();
    unpin_result();
    filter.scan = {};
    forget_explanations();
  }
  exercise.reset();  // its answer was another picture's
  describe_picture(picture);
  Recipe next = recipe();
  next.pixel_size_um = picture.pixel_size_um;
  history.set_pixel_size(next.pixel_size_um);
  opened_with.pixel_size_um = next.pixel_size_um;
  pipeline.set_recipe(next);
  pipeline.replace_image(std::move(picture.pixels));
}

void App::forget_explanations() {
  explanations.forget();
  panel.life_shown.reset();
  distance = {};
  label.growth = {};
  watershed.flood = {};
  watershed.landscape.on = false;
  watershed.section = {};
  watershed.drop.reset();
}

void App::use_truth(Truth labels) {
  ++truth_version_;
  truth = std::move(labels);
  scored_version_ = 0;
  platform::request_frame();
}

void App::forget_truth() {
  truth.reset();
  score.reset();
  fates_ = {};
  scored_version_ = 0;
}

void App::update_score() {
  if (!everything_loaded || !truth || !pipeline.current(Stage::labels)) return;
  const std::uint32_t version = pipeline.version(Stage::labels);
  if (version == scored_version_) return;
  auto scored = floodlight::score(values().labels, truth->labels);
  if (!scored) return;  // the image has just been replaced by one of another size
  score = std::move(*scored);
  fates_ = fate_image(values().labels, truth->labels, *score);
  ++fates_version_;
  scored_version_ = version;
}

bool App::work(std::chrono::microseconds time) {
  // One picture after the other: each is walked to its labels, however fast a knob is turned.
  if (simulated && simulated->due && !pipeline.busy()) take_picture();
  const bool learning = everything_loaded && classifies() && learns(*this);
  if (learning) learn(*this, time);
  const auto end = std::chrono::steady_clock::now() + time;
  while (!learning && computes() && pipeline.advance() && std::chrono::steady_clock::now() < end) {
  }
  update_score();
  if (everything_loaded) show_trained(*this);
  const bool more = learning || computes();
  if (everything_loaded) update_experiment(time);
  update_filtered_window();
  update_feature_window();
  const bool untold = everything_loaded && !more && explain(time);
  return more || untold || experiment_work_ || (simulated && simulated->due);
}

bool App::explain(std::chrono::microseconds time) {
  try {
    return explanations.work(*this, time);
  } catch (const std::exception&) {
    // Nothing but allocations throws.
    forget_explanations();
    message = "There is not enough memory to explain this step; a smaller image would do.";
    return false;
  }
}

void App::update_filtered_window() {
  std::pair window(display.window_low, display.window_high);
  const FilteredRange range = pipeline.recipe().filter->range;
  if (!has(Stage::filtered) || (range != FilteredRange::around_zero && !has_network())) {
    signed_window_of_ = 0;
    if (range == FilteredRange::zero_or_one && !classifies()) window = {0.0F, 1.0F};
  } else if (signed_window_of_ != pipeline.version(Stage::filtered)) {
    signed_window_of_ = pipeline.version(Stage::filtered);
    const auto [low, high] = window_of(values().filtered);
    const float widest = std::max({-low, high, 1e-30F});
    window = has_network() ? std::pair(low, high) : std::pair(-widest, widest);
  } else {
    return;
  }
  if (window == std::pair(display.filtered_low, display.filtered_high)) return;
  std::tie(display.filtered_low, display.filtered_high) = window;
  platform::request_frame();
}

void App::update_feature_window() {
  const auto* feature = explanations.feature.get();
  if (feature == nullptr || feature_window_of_ == explanations.feature.version()) return;
  feature_window_of_ = explanations.feature.version();
  std::tie(display.feature_low, display.feature_high) = window_of(*feature);
  if (has_network()) {
    // What a ReLU left begins at 0; scores have it in the middle.
    const float widest = std::max({-display.feature_low, display.feature_high, 1e-30F});
    display.feature_low = display.feature_low < 0 ? -widest : 0;
    display.feature_high = widest;
  }
  platform::request_frame();
}

std::optional<Pixel> App::probed() const {
  if (step == StepId::filter && filter.scan.open && has(Stage::raw)) {
    const auto place = static_cast<std::size_t>(filter.scan.position);
    const auto cols = static_cast<std::size_t>(values().raw.cols());
    return Pixel{static_cast<int>(place / cols), static_cast<int>(place % cols)};
  }
  return view.pinned ? view.pinned : view.hovered;
}

void App::unpin_result() {
  pinned_result.reset();
  platform::request_frame();
}

bool App::keeps_back(Stage stage) const {
  const auto any = [this](std::initializer_list<Covers> list) {
    return std::ranges::any_of(list, [this](Covers what) { return covers(what); });
  };
  switch (stage) {
    case Stage::raw:
      return false;
    case Stage::filtered:
      return any({Covers::filtered_value, Covers::footprint});
    case Stage::mask:
      return any({Covers::mask_value, Covers::threshold, Covers::counts});
    case Stage::components:
      return any({Covers::component, Covers::counts});
    case Stage::refined:
      return any({Covers::mask_value, Covers::refined, Covers::counts});
    case Stage::distance:
      return any({Covers::distance});
    case Stage::seeds:
      return any({Covers::distance, Covers::seeds, Covers::counts});
    case Stage::labels:
    case Stage::measurements:
      break;
  }
  return any({Covers::labels, Covers::measurements, Covers::counts});
}

bool App::covers(Covers what) const {
  if (!exercise || exercise->solved()) return false;
  const Exercise& e = exercise->exercise;
  // One about a teaching image has nothing to hide in another one.
  if (!e.teaching_image.empty() && image.stem != e.teaching_image) return false;
  return std::ranges::find(e.covers, what) != e.covers.end();
}

bool App::covers(Covers what, Pixel pixel) const {
  return covers(what) && (!exercise->exercise.pixel || *exercise->exercise.pixel == pixel);
}

Comparison App::shown_comparison() const {
  const bool explained = explains_beside(step) && (view.pinned || (step == StepId::filter && filter.scan.open));
  // A layer that an exercise covers has nothing to show beside the other.
  const bool covered = covers(Covers::filtered_value) || covers(Covers::footprint);
  return explained && filter.beside && !covered ? Comparison::side_by_side : comparison;
}

void App::choose_comparison(Comparison chosen) {
  filter.beside = chosen == Comparison::side_by_side;
  comparison = chosen;
}

LayerImages App::layers() const {
  LayerImages images{.pipeline = pipeline};
  if (simulated) images.photons = simulated->photons;
  images.photons_version = photons_version_;
  images.experiment = experiment.image;
  images.experiment_version = experiment_version_;
  if (pinned_result) images.pinned = pinned_result->labels;
  images.pinned_version = pinned_version_;
  if (const auto* explanation = explanations.growth.get()) {
    images.growth = {explanation->components.labels, explanation->growth.order, explanation->growth.order,
                     explanations.growth.version()};
  }
  if (const auto* explanation = explanations.flood.get()) {
    images.flood = {explanation->flood.labels, explanation->flood.taken, explanation->flood.pushed,
                    explanations.flood.version()};
  }
  if (const auto* explanation = explanations.repairs.get()) images.repairs = explanation->changes;
  images.repairs_version = explanations.repairs.version();
  if (const auto* explanation = explanations.differences.get()) {
    images.islands = explanation->islands.labels;
    images.differences = explanation->found.fates;
  }
  images.differences_version = explanations.differences.version();
  if (everything_loaded && has_probability()) {
    images.probability = nuclei_probability(*this);
    // They may change where the mask that they make does not.
    images.probability_version =
        pipeline.runs(Stage::mask) * network_picture_count + static_cast<std::uint32_t>(network.picture);
  }
  if (const auto* feature = explanations.feature.get()) images.feature = *feature;
  images.feature_version = explanations.feature.version();
  if (const auto* uncertainty = explanations.uncertainty.get()) images.uncertainty = *uncertainty;
  images.uncertainty_version = explanations.uncertainty.version();
  if (const auto* passing = explanations.passing.get()) images.passing = *passing;
  images.passing_version = explanations.passing.version();
  images.fates = fates_;
  images.fates_version = fates_version_;
  return images;
}

void App::edit_recipe(const Recipe& recipe) {
  // A handle that is held still asks for the same again and again.
  if (recipe == this->recipe()) return;
  const bool pressed = ImGui::IsMouseDown(ImGuiMouseButton_Left);
  Recipe earlier = this->recipe();
  // Previews of a training are nothing to come back to.
  if (training.before != nullptr) earlier.network = training.before;
  history.changed(earlier, recipe,
                  {.frame = ImGui::GetFrameCount(),
                   .milliseconds = platform::now_ms(),
                   .pressed = pressed ? ImGui::GetIO().MouseClickedTime[ImGuiMouseButton_Left] : 0});
  pipeline.set_recipe(recipe);
  go_to(wanted_step);
  painting.undone.clear();
  platform::request_frame();
}

void App::go_to(StepId next) {
  if (!belongs_to(ui::step(next), *recipe().mask_from)) next = lesson(*recipe().mask_from)[ui::step(next).place];
  wanted_step = next;
  if (next == step || !everything_loaded) return;
  // A stroke ends with the step that it is made in.
  painting.pen_down = false;
  lift_brush(*this);
  step = next;
  panel.explanation_height = 0;
  panel.at_top = true;
  layers_of_stop.reset();
  platform::request_frame();
}

void App::when_loaded(void (*act)(App&)) {
  if (everything_loaded) {
    act(*this);
  } else {
    waiting_.push_back(act);
  }
}

void App::loaded() {
  everything_loaded = true;
  go_to(wanted_step);
  for (void (*const act)(App&) : std::exchange(waiting_, {})) act(*this);
  platform::request_frame();
}

Label App::reached(Layer layer, Pixel pixel) const {
  const LayerImages images = layers();
  const Arrival& arrival = layer == Layer::growth ? images.growth : images.flood;
  if (arrival.labels.empty()) return 0;
  const int time = layer == Layer::growth ? display.growth_time : display.flood_time;
  const std::int32_t pushed = arrival.pushed[pixel];
  return pushed >= 0 && pushed <= time && arrival.taken[pixel] >= 0 ? arrival.labels[pixel] : 0;
}

std::string App::landscape_value(Pixel pixel) const {
  const bool intensity = floods_intensity(recipe());
  const auto height = static_cast<double>(intensity ? values().filtered[pixel] : values().distance[pixel]);
  const double rounded = std::round(height * 100) / 100;
  return number(watershed.forgets_minus || rounded == 0 ? rounded : -rounded);
}

void App::show(Pixel pixel) {
  view.pinned = pixel;
  view.centre = {static_cast<float>(pixel.col) + 0.5F, static_cast<float>(pixel.row) + 0.5F};
  platform::request_frame();
}

void App::fit() {
  view.fitted = true;
  view.close = 0;
}

void App::zoom_by(float factor) { set_zoom(view.target_zoom * factor); }

void App::set_zoom(float zoom) {
  view.target_zoom = zoom;
  view.fitted = false;
  view.close = 0;
  const ImVec2 middle((view.area_min.x + view.area_max.x) / 2, (view.area_min.y + view.area_max.y) / 2);
  view.anchor = view.hovered ? ImGui::GetIO().MousePos : middle;
  if (view.pinned) {
    view.anchor = middle;
    view.centre = {static_cast<float>(view.pinned->col) + 0.5F, static_cast<float>(view.pinned->row) + 0.5F};
  }
  platform::request_frame();
}

void App::zoom_to_pixel() { set_zoom(44 * scale()); }

void App::move_pin(int rows, int cols) {
  if (!has(Stage::raw)) return;
  const auto& raw = values().raw;
  Pixel p = view.pinned.value_or(Pixel{static_cast<int>(view.centre.y), static_cast<int>(view.centre.x)});
  if (view.pinned) {
    p.row += rows;
    p.col += cols;
  }
  view.pinned = Pixel{std::clamp(p.row, 0, raw.rows() - 1), std::clamp(p.col, 0, raw.cols() - 1)};
}

void App::set_presenting(bool on) {
  presenting = on;
  panel.explanation_height = 0;
  display.outline = on ? 3 : 1.5F;
  platform::request_frame();
}

void App::set_light(bool light) {
  ui::set_light(light);
  platform::set_page_theme(light);
  platform::set_setting(std::string(light_setting), light ? "1" : "0");
  platform::request_frame();
}

void App::context_lost() {
  gpu.forget();
  landscape_picture = {};
  image_set.pictures.forget();
  network.pictures.forget();
}

void App::context_restored() {
  if (auto wrong = gpu.start()) platform::give_up(*wrong);
}

}  // namespace floodlight::ui
