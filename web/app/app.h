// The app's state: the image, the recipe, where the student is and what is shown.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/distance_terms.h"
#include "core/exercise.h"
#include "core/filter_terms.h"
#include "core/flood_section.h"
#include "core/mask_change.h"
#include "core/pipeline.h"
#include "core/recipe.h"
#include "core/recipe_history.h"
#include "core/samples.h"
#include "core/score.h"
#include "core/shared_state.h"
#include "core/simulate.h"
#include "core/sliced.h"
#include "core/tiff.h"
#include "web/app/field_pictures.h"
#include "web/app/gpu.h"
#include "web/app/landscape.h"
#include "web/app/many.h"
#include "web/app/many_lessons.h"
#include "web/app/picture.h"
#include "web/app/stories.h"

namespace floodlight::ui {

enum class StepId : std::uint8_t {
  pixels,
  threshold,
  filter,
  label,
  refine,
  distance,
  seeds,
  watershed,
  measure,
  many  ///< shows the set of images in the place of one
};
inline constexpr std::size_t step_count = 10;

/// How the two pictures of a step share the view.
enum class Comparison : std::uint8_t { before, split, side_by_side, after };

/// Where the image at hand came from, and what its file says of it.
struct ImageSource {
  std::string name;                   ///< the file's name, or the sample's title
  std::string stem;                   ///< what saved files are named after
  std::optional<std::size_t> sample;  ///< its place in the list of samples
  std::vector<std::uint8_t> bytes;    ///< of the file, for its other pages and channels
  std::string digest;                 ///< of these bytes: a link to the file knows it again by them
  std::vector<TiffPage> pages;
  PixelType type = PixelType::u16;
  double type_maximum = 0;
  std::int64_t saturated = 0;
  std::int64_t nonfinite = 0;
  bool rounded = false;
  double minimum = 0;
  double maximum = 0;
  std::optional<double> pixel_size_um;
};

/// How the image at hand was simulated; the knobs turn these.
struct SimulationState {
  SimulationParameters parameters;
  SimulationParameters at_first;
  SimulationSeeds seeds;
  SimulationSeeds first_seeds;
  Image<float> photons;  ///< that fell on each pixel
  bool due = false;      ///< a knob was turned since the picture was taken
};

/// The true labels of the image at hand.
struct Truth {
  LabelImage labels;
  std::string name;  ///< of the file that they were read from; empty for a sample's own
};

/// A process that is walked unit by unit.
struct Player {
  bool open = false;
  bool playing = false;
  double position = 0;  ///< how many units are done
  int pace = 1;         ///< which of the speeds
};

/// A line through the flood, whose profile stands below the picture.
struct SectionLine {
  bool open = false;
  bool drawing = false;  ///< the next drag over the picture draws it
  std::optional<Pixel> from;
  std::optional<Pixel> to;
};

/// A drop on the flooded landscape.
struct FallenDrop {
  Pixel pixel;
  std::uint32_t version = 0;  ///< of the flood
  DropPath path;
  Ridge ridge;
};

/// A look beside the recipe, which it does not change.
enum class ExperimentKind : std::uint8_t { none, fewer_bits, kernel };
struct Experiment {
  ExperimentKind kind = ExperimentKind::none;
  int bits = 4;
  KernelPreset preset = KernelPreset::sharpen;
  Kernel kernel;  ///< the preset's, until weights are written; empty until it is first shown
  Image<float> image;
  std::int64_t values = 0;         ///< different ones in it
  std::int64_t values_before = 0;  ///< and in the raw image
  bool due = false;
};

/// A setting on the comparison wall, and what came of it.
struct WallCandidate {
  std::string title;
  Recipe recipe;
  bool done = false;
  std::string failure = {};
  double threshold = 0;
  double share = 0;  ///< of the pixels above it
  int nuclei = 0;
  std::optional<double> f1 = {};
};
enum class WallKind : std::uint8_t { thresholds, filters };
struct Wall {
  bool open = false;
  WallKind kind = WallKind::filters;
  bool on_noisy_case = true;  ///< rather than on the image at hand
  Image<float> image;
  std::optional<LabelImage> truth;
  std::vector<WallCandidate> candidates;
  std::unique_ptr<Pipeline> work;  ///< of the first candidate that is not done
};

/// An earlier result whose outline stays on screen.
struct PinnedResult {
  LabelImage labels;
  Layer layer = Layer::labels;
  std::string name;
};

/// An exercise that is being answered.
struct OpenExercise {
  Exercise exercise;
  std::string typed;
  int choice = -1;
  std::optional<Judgement> judgement;
  std::string problem;  ///< what is wrong with what was typed, if it is no number
  bool revealed = false;
  bool scroll_to = true;  ///< it has just been opened or answered: into the panel's view
  [[nodiscard]] bool solved() const { return revealed || (judgement && judgement->verdict == Verdict::right); }
};

struct ViewState {
  ImVec2 centre;          ///< of the view, in pixels of the image (x: column, y: row)
  float zoom = 1;         ///< CSS pixels per pixel
  bool fitted = true;     ///< the whole image is shown, also after the window has changed
  float target_zoom = 1;  ///< where a smooth zoom is going
  ImVec2 anchor;          ///< the point of the screen that stays put meanwhile
  float approach = 1;     ///< of a fitted view that comes closer: the share of its zoom that is reached
  float split = 0.5F;     ///< where the divider stands, as a share of the width
  std::optional<Pixel> hovered;
  std::optional<Pixel> pinned;
  ImVec2 area_min;  ///< the image area on the screen, set by each frame
  ImVec2 area_max;
};

/// Seeds that are set with the mouse.
struct SeedEditor {
  bool on = false;
  int grabbed = -1;  ///< the seed under a pressed button; -1: none
  bool moved = false;
  SeedMethod before = SeedMethod::peaks;  ///< the method to go back to
};

/// The guided tour.
struct Tour {
  bool on = false;
  std::size_t stop = 0;
  bool notes = false;
  bool short_path = false;  ///< only the stops for 45 minutes
  float height = 0;         ///< of its band, as its words need
};

class App {
 public:
  App();

  /// Draws one whole frame.
  void frame();
  void context_lost();
  void context_restored();

  // --- what the student does -----------------------------------------------------------------------------------------------
  /// `turned`: simulated with other knobs than the sample's own.
  void open_sample(std::size_t index, const std::optional<SampleSimulation>& turned = {});
  /// A label image that was chosen as the truth for the image at hand.
  void open_truth(const std::string& name, const std::vector<std::uint8_t>& bytes);
  /// Says that a knob of the simulator was turned: another picture is taken as soon as the last one is done with.
  void simulation_changed();
  /// A file that was dropped or chosen: an image, a recipe, or what was on somebody's screen. What cannot be read gives a
  /// message, changes nothing else, and is told by false.
  bool open_file(const std::string& name, std::vector<std::uint8_t> bytes);
  /// Reads the file at hand anew after its page or channel was changed in the recipe; false, with a message, if it has no
  /// such page or channel.
  bool reread_file();
  void edit_recipe(const Recipe& recipe);
  /// Takes the last change of the recipe back, seeds set by hand included; does nothing where there is none.
  void undo();
  void redo();
  /// As soon as everything is loaded: the other steps are not there before.
  void go_to(StepId step);
  /// Does it now, or as soon as everything is loaded.
  void when_loaded(void (*act)(App&));
  /// The deferred part of the program is there (see cmake/FloodlightSplit.cmake); what was asked for meanwhile is done.
  void loaded();
  /// Whether an open exercise asks for what the stage's value would tell.
  [[nodiscard]] bool keeps_back(Stage stage) const;
  void save_labels();
  /// The value of the step's stage as a TIFF.
  void save_stage(Stage stage);
  void fit();
  void zoom_by(float factor);
  void set_zoom(float zoom);
  /// So close that the numbers can be read.
  void zoom_to_pixel();
  void set_presenting(bool presenting);
  void set_light(bool light);
  /// Moves the pinned pixel; pins the middle of the view first when there is none.
  void move_pin(int rows, int cols);

  /// Shows another experiment, or none.
  void set_experiment(ExperimentKind kind);
  void experiment_changed();
  /// Keeps the outline of the step's result on screen; without one, drops it.
  void pin_result();
  void unpin_result();
  /// From the pinned result to the one of the same layer that there is now.
  [[nodiscard]] std::optional<MaskChange> change_since_pin();
  /// Whether an open exercise covers such read-outs: everywhere, or at this pixel where it is about one.
  [[nodiscard]] bool covers(Covers what) const;
  [[nodiscard]] bool covers(Covers what, Pixel pixel) const;

  /// What is to be computed, for about this long; true while there is more.
  bool work(std::chrono::microseconds time);

  // --- state -----------------------------------------------------------------------------------------------------------------
  Pipeline pipeline;
  Gpu gpu;
  ImageSource image;
  RecipeHistory history;               ///< of the image at hand
  std::optional<SharedState> awaited;  ///< what a link asks for, whose file is not there yet
  std::optional<SimulationState> simulated;
  std::optional<Truth> truth;
  std::optional<Score> score;  ///< of the labels against the truth
  DisplaySettings display;
  std::pair<float, float> own_window;  ///< of the values that are drawn, as the image was opened with
  ViewState view;
  StepId step = StepId::watershed;
  StepId wanted_step = step;  ///< the same, but for a step that waits until everything is loaded
  bool everything_loaded =
      false;  ///< before this nothing may be called that cmake/FloodlightSplit.cmake lists as deferred
  Comparison comparison = Comparison::after;
  bool threshold_on_raw = true;  ///< step 2 shows the method on the raw image; changes no recipe
  bool logarithmic = true;       ///< the histogram's counts
  bool labels_as_uint16 = false;
  Stories stories;
  Player scan;    ///< of the filter, over the image; its position is the pixel in raster order that is being made
  Player growth;  ///< of the labels
  Player flood;
  Landscape landscape;
  Many many;
  ManyView many_view;
  ManyLessons many_lessons;
  FieldPictures many_pictures;
  Tour tour;
  SeedEditor seed_editor;
  SectionLine section;
  bool drop_shown = false;                 ///< the way of a drop that falls on the pixel at hand, over the flood
  mutable std::optional<FallenDrop> drop;  ///< the last one that was asked for
  std::optional<std::pair<Layer, Layer>> layers_of_stop;  ///< in the place of the step's own
  bool two_windows = false;  ///< step 1 shows the image twice, the second time through a narrow window
  bool label_four = false;   ///< the labels grow with 4 neighbours; changes no recipe
  bool flood_forgets_minus = false;
  bool flood_forgets_mask = false;
  Wall wall;
  Experiment experiment;
  std::optional<PinnedResult> pinned_result;
  std::optional<OpenExercise> exercise;
  bool kernel_open = false;
  bool bits_open = false;
  bool profile_open = false;
  bool show_repairs = true;     ///< step 5 shows what was added and removed
  bool show_candidates = true;  ///< step 7 marks every candidate, not only the seeds
  bool coordinates_open = false;
  bool lost_open = false;
  bool lives_open = false;
  bool differences_open = false;  ///< step 8 marks what the watershed cut
  bool touching_open = true;
  bool plots_open = false;
  bool paper_open = false;
  int plot_x = 0;  ///< which measurements are plotted
  int plot_y = 1;
  int shape_shown = 0;  ///< which measurement is drawn on the nucleus at hand
  bool notebook_open = false;
  bool watch_out_open = false;
  bool fiji_values = false;  ///< masks as 255 and 0 instead of True and False
  float sorted = 1;          ///< of the median's strip: 0 as the values lie, 1 sorted
  bool sort_wanted = true;
  bool by_fate = false;  ///< nuclei in the colours of what became of them
  bool presenting = false;
  bool help_open = false;
  bool picker_open = false;
  bool lab_open = false;
  bool take_home_open = false;
  std::string taken_home;  ///< what was last taken, in words
  Picture pictures;        ///< those to be saved
  SampleGroup picker_group = SampleGroup::population;
  bool more_knobs = false;
  bool facts_open = true;
  bool display_open = false;
  bool score_open = false;
  bool palette_open = false;
  bool* dialog = nullptr;  ///< which of these and `wall.open` is shown
  std::string palette_query;
  std::size_t palette_choice = 0;
  int sort_column = 0;                ///< of the measurements
  std::optional<SummitPair> summits;  ///< near the pixel that is explained
  Label summits_of = 0;
  std::uint32_t summits_version = 0;
  std::optional<std::size_t> life_shown;  ///< of the diagnoses: which
  int explained_shape = 0;                ///< of the footprint that it was measured for
  bool panel_at_top = false;              ///< another step was opened: its panel begins at its beginning
  float explanation_height = 0;           ///< of the panel's lower part, the tallest since the step was opened
  std::string message;                    ///< what went wrong, until it is dismissed

  [[nodiscard]] const Recipe& recipe() const { return pipeline.recipe(); }
  [[nodiscard]] const StageValues& values() const { return pipeline.values(); }
  /// The pixel that is explained: the one that a running filter makes, else the pinned one, else the one under the pointer.
  [[nodiscard]] std::optional<Pixel> probed() const;
  [[nodiscard]] bool has(Stage stage) const { return pipeline.has(stage); }
  [[nodiscard]] bool has(Layer layer) const { return layers().has(layer); }
  [[nodiscard]] LayerImages layers() const;
  /// Of the truth and the labels: what each pixel belongs to; empty without a truth.
  [[nodiscard]] const Image<std::uint8_t>& fates() const { return fates_; }
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
  void take_picture();
  void describe_picture(const Simulated& picture);
  void forget_truth();
  /// What explains an image that is gone: its pixels may not even lie in the next one.
  void forget_explanations();
  void restore(const std::optional<Recipe>& recipe);
  bool tell_stories(std::chrono::microseconds time);
  void update_score();
  void update_experiment(std::chrono::microseconds time);
  void use_image(ImageSource source, Image<float> pixels, const Recipe& recipe);

  std::vector<void (*)(App&)> waiting_;  ///< until everything is loaded
  Simulator simulator_;
  std::optional<Sliced<Image<float>>> experiment_work_;  ///< reads the raw image
  Image<std::uint8_t> fates_;
  std::uint32_t photons_version_ = 0;
  std::uint32_t fates_version_ = 0;
  std::uint32_t truth_version_ = 0;
  std::uint32_t scored_version_ = 0;  ///< of the labels; 0: no score yet
  std::uint32_t experiment_version_ = 0;
  std::uint32_t experiment_of_ = 0;  ///< the raw image's version that it was made from
  std::uint32_t ghost_version_ = 0;
  std::uint32_t change_of_ = 0;  ///< the version of the layer that `change_` was computed for
  MaskChange change_;
};

/// The window that shows most of an image: from its 0.1st to its 99.9th percentile, so that a hot pixel darkens nothing.
std::pair<float, float> window_of(FloatView image);

/// The app, which lives as long as the page.
App& app();

}  // namespace floodlight::ui
