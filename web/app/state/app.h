// The app's state: the image, the recipe, where the student is and what is shown.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/explain/mask_change.h"
#include "core/export/shared_state.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/recipe_history.h"
#include "core/score/score.h"
#include "web/app/gpu/gpu.h"
#include "web/app/gpu/offscreen.h"
#include "web/app/state/explanations.h"
#include "web/app/state/painting.h"
#include "web/app/state/parts.h"
#include "web/app/state/step.h"
#include "web/app/state/training.h"

namespace floodlight::ui {

class App {
 public:
  /// With the recipe that the page opens with, and without an image.
  App();

  /// The GPU's objects are gone: nothing is drawn until there are new ones.
  void context_lost();
  /// There is a new, empty context: shaders are compiled, and every layer is uploaded again.
  void context_restored();

  // --- what the student does -----------------------------------------------------------------------------------------------
  /// `turned`: simulated with other knobs than the sample's own.
  void open_sample(std::size_t index, const std::optional<SampleSimulation>& turned = {});
  /// True labels of the image at hand's size, and the name of their file.
  void use_truth(Truth labels);
  /// Says that a knob of the simulator was turned: another picture is taken as soon as the last one is done with.
  void simulation_changed();
  /// Another image, with the recipe to begin with; what belonged to the one before is forgotten.
  void use_image(ImageSource source, Image<float> pixels, const Recipe& recipe);
  /// Reads the file at hand anew after its page or channel was changed in the recipe; false, with a message, if it has no
  /// such page or channel.
  bool reread_file();
  /// Makes this the recipe of the image at hand, to be undone; what depends on the change is computed again.
  void edit_recipe(const Recipe& recipe);
  /// Takes the last change back, of the recipe (seeds set by hand included) or of the paint; does nothing where there is none.
  void undo();
  /// Does again what was last taken back.
  void redo();
  [[nodiscard]] bool can_undo() const { return history.can_undo() || !painting.strokes.empty(); }
  [[nodiscard]] bool can_redo() const { return history.can_redo() || !painting.undone.empty(); }
  /// As soon as everything is loaded: the other steps are not there before. Of a step that the way to the mask has not,
  /// the one in its place.
  void go_to(StepId step);
  /// The same, with the way to the mask that has the step.
  void open_step(StepId step);
  /// The mask comes another way; each keeps what it has: parameters, paint, forest.
  void choose_way(const MaskSource& way);
  /// Does it now, or as soon as everything is loaded.
  void when_loaded(void (*act)(App&));
  /// The deferred part of the program is there (see cmake/FloodlightSplit.cmake); what was asked for meanwhile is done.
  void loaded();
  /// Whether there is something to compute now. Measurements wait until everything is loaded: the labels are the first
  /// picture.
  [[nodiscard]] bool computes() const {
    return pipeline.busy() && (everything_loaded || !pipeline.current(Stage::labels));
  }
  /// Whether an open exercise asks for what the stage's value would tell.
  [[nodiscard]] bool keeps_back(Stage stage) const;
  /// Shows the whole image, and goes on doing so when the window changes.
  void fit();
  /// Makes it so many times as large; see set_zoom.
  void zoom_by(float factor);
  /// Zooms smoothly to so many CSS pixels a pixel: around the pinned pixel, else around the pointer, else the middle.
  void set_zoom(float zoom);
  /// So close that the numbers can be read.
  void zoom_to_pixel();
  /// With large type, for a projector, or without.
  void set_presenting(bool presenting);
  /// The light theme or the dark one; kept on this machine.
  void set_light(bool light);
  /// Moves the pinned pixel; pins the middle of the view first when there is none.
  void move_pin(int rows, int cols);

  /// Shows another experiment, or none.
  void set_experiment(ExperimentKind kind);
  /// A part of the experiment is another: its image is made anew.
  void experiment_changed();
  /// Keeps the outline of the step's result on screen; without one, drops it.
  void pin_result();
  /// Takes the outline of the earlier result away.
  void unpin_result();
  /// From the pinned result to the one of the same layer that there is now.
  [[nodiscard]] std::optional<MaskChange> change_since_pin();
  /// Whether an open exercise covers such read-outs: everywhere, or at this pixel where it is about one.
  [[nodiscard]] bool covers(Covers what) const;
  /// The same at one pixel.
  [[nodiscard]] bool covers(Covers what, Pixel pixel) const;

  /// How the two pictures share the view now: a filter's pixel is explained with both of them in sight.
  [[nodiscard]] Comparison shown_comparison() const;
  void choose_comparison(Comparison chosen);

  /// What is to be computed, for about this long; true while there is more.
  bool work(std::chrono::microseconds time);

  // --- state -----------------------------------------------------------------------------------------------------------------
  Pipeline pipeline;
  Explanations explanations;
  Gpu gpu;
  Offscreen landscape_picture;

  ImageSource image;
  RecipeHistory history;  ///< of the image at hand
  Recipe opened_with;     ///< the recipe that the image at hand began with
  /// What follows the mask, as it was when the way to it was last left: of all ways but the networks', and of these.
  std::array<std::optional<AfterMask>, 2> after_mask;
  std::optional<ImageBefore> before;   ///< until it is told what became of its recipe
  std::optional<SharedState> awaited;  ///< what a link asks for, whose file is not there yet
  std::optional<SimulationState> simulated;
  std::optional<Truth> truth;
  std::optional<Score> score;  ///< of the labels against the truth
  DisplaySettings display;
  std::pair<float, float> own_window;  ///< of the values that are drawn, as the image was opened with
  ViewState view;
  Comparison comparison = Comparison::after;
  std::optional<std::pair<Layer, Layer>> layers_of_stop;  ///< in the place of the step's own

  StepId step = StepId::watershed;
  StepId wanted_step = step;  ///< the same, but for a step that waits until everything is loaded
  /// Before this nothing may be called that is fetched after the first picture (cmake/rooms.txt).
  bool everything_loaded = false;
  bool presenting = false;
  bool labels_as_uint16 = false;
  std::string message;  ///< what went wrong, until it is dismissed
  /// With a message that the image is another program's mask, labels or segmentation: it may become the mask here.
  struct OfferedMask {
    std::string message;        ///< the one that asks
    std::vector<float> values;  ///< of which one is the nucleus; none: all but 0 are
  } offered_mask;

  PixelsState pixels;
  ThresholdState threshold;
  FilterState filter;
  LabelState label;
  RefineState refine;
  DistanceState distance;
  SeedsState seeds;
  WatershedState watershed;
  MeasureState measure;
  ImageSetState image_set;
  Painting painting;
  NetworkState network;
  Training training;

  Experiment experiment;
  std::optional<PinnedResult> pinned_result;
  std::optional<OpenExercise> exercise;
  std::optional<std::vector<std::string>> solved;  ///< exercises, by their ids; none: not asked for on this machine yet
  Panel panel;
  Dialogs dialogs;
  Wall wall;
  WantedPicture wanted_picture;
  Tour tour;

  /// The step that makes this stage, with the way to the mask at hand.
  [[nodiscard]] const Step& step_making(Stage stage) const { return step_of(stage, *recipe().mask_from); }
  /// Whether a pixel classifier makes the mask.
  [[nodiscard]] bool classifies() const { return recipe().mask_from == &mask_sources::classifier; }
  /// Whether a network does.
  [[nodiscard]] bool has_network() const { return is_network(*recipe().mask_from); }
  /// Whether the mask is made from the probability of nuclei.
  [[nodiscard]] bool has_probability() const { return classifies() || has_network(); }
  /// The recipe of the image at hand.
  [[nodiscard]] const Recipe& recipe() const { return pipeline.recipe(); }
  /// What was computed of it so far; a stage that is not current has its last value.
  [[nodiscard]] const StageValues& values() const { return pipeline.values(); }
  /// The pixel that is explained: the one that a running filter makes, else the pinned one, else the one under the pointer.
  [[nodiscard]] std::optional<Pixel> probed() const;
  /// Whether there is a value of this image's, current or not.
  [[nodiscard]] bool has(Stage stage) const { return pipeline.has(stage); }
  /// Whether there is something to look at in the layer.
  [[nodiscard]] bool has(Layer layer) const { return layers().has(layer); }
  /// What the layers show now.
  [[nodiscard]] LayerImages layers() const;
  /// Of the truth and the labels: what each pixel belongs to; empty without a truth.
  [[nodiscard]] const Image<std::uint8_t>& fates() const { return fates_; }
  /// Whether the score is one of the labels that there are now.
  [[nodiscard]] bool score_is_current() const {
    return score && scored_version_ == pipeline.version(Stage::labels) && pipeline.current(Stage::labels);
  }
  /// Counts up whenever the truth has become another.
  [[nodiscard]] std::uint32_t truth_version() const { return truth_version_; }
  /// The label that a pixel has at the moment that the layer's player shows; 0: not reached yet.
  [[nodiscard]] Label reached(Layer layer, Pixel pixel) const;
  /// What the flood sees at a pixel: minus the distance, or as the student has it.
  [[nodiscard]] std::string landscape_value(Pixel pixel) const;
  /// Starts far away and zooms in until the image fills the view.
  void come_closer() { view.approach = 0.05F; }
  /// Goes to a pixel: pins it and brings it to the middle of the view.
  void show(Pixel pixel);

 private:
  /// Simulates the image at hand with its knobs as they stand.
  void take_picture();
  /// Keeps what is known of a simulated image beside its pixels: photons and true labels.
  void describe_picture(const Simulated& picture);
  /// Takes the true labels away, with the score and what is drawn of it.
  void forget_truth();
  /// What explains an image that is gone: its pixels may not even lie in the next one.
  void forget_explanations();
  /// Makes a recipe of the history the present one, if there is one.
  void restore(const std::optional<Recipe>& recipe);
  /// Goes on with the explanations for about this long; true while there is more.
  bool explain(std::chrono::microseconds time);
  /// Compares labels and truth where either has become another.
  void update_score();
  /// Goes on with the experiment's image for about this long.
  void update_experiment(std::chrono::microseconds time);
  void update_filtered_window();
  void update_feature_window();

  std::vector<void (*)(App&)> waiting_;  ///< until everything is loaded
  Simulator simulator_;
  std::optional<Sliced<Image<float>>> experiment_work_;  ///< reads the raw image
  Image<std::uint8_t> fates_;
  std::uint32_t photons_version_ = 0;
  std::uint32_t fates_version_ = 0;
  std::uint32_t truth_version_ = 0;
  std::uint32_t scored_version_ = 0;  ///< of the labels; 0: no score yet
  std::uint32_t experiment_version_ = 0;
  std::uint32_t signed_window_of_ =
      0;  ///< the version of the filtered image that the window around 0 is made for; 0: none
  std::uint32_t feature_window_of_ = 0;  ///< the version of the feature's image that its window is made for
  std::uint32_t experiment_of_ = 0;      ///< the raw image's version that it was made from
  std::uint32_t pinned_version_ = 0;
  std::uint32_t change_of_ = 0;  ///< the version of the layer that `change_` was computed for
  MaskChange change_;
};

/// What follows the mask in a recipe, and the same put into another one.
[[nodiscard]] AfterMask after_mask_of(const Recipe& recipe);
void put_after_mask(Recipe& recipe, const AfterMask& after);

/// The window that shows most of an image: from its 0.1st to its 99.9th percentile, so that a hot pixel darkens nothing.
std::pair<float, float> window_of(FloatView image);

/// The app, which lives as long as the page.
App& app();
/// Another one in its place, as a page that is loaded has it; what referred to the one before does so no more.
App& begin_app();

}  // namespace floodlight::ui
