// The parts of the app's state: one for each step, and what the steps share. Each is a plain value whose default is how the
// app begins, so that it is reset by assigning a new one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "imgui.h"

#include "core/exercises/exercise.h"
#include "core/explain/distance_terms.h"
#include "core/explain/flood.h"
#include "core/explain/flood_section.h"
#include "core/files/tiff.h"
#include "core/learn/network_units.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/recipe.h"
#include "core/samples/samples.h"
#include "core/segment/convolve.h"
#include "core/simulate/simulate.h"
#include "web/app/gpu/field_pictures.h"
#include "web/app/gpu/gpu.h"
#include "web/app/plots/lens.h"
#include "web/app/state/image_set.h"

namespace floodlight::ui {

// --- the image at hand -----------------------------------------------------------------------------------------------------

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
  int camera_bits = 0;  ///< of a camera whose most the values end at, in a file that holds more; 0: not known
  std::int64_t saturated = 0;
  std::int64_t nonfinite = 0;
  bool rounded = false;
  double minimum = 0;
  double maximum = 0;
  std::optional<double> pixel_size_um;
  std::optional<double> pixel_height_um;  ///< where it is another than the width
};

/// The image that was there before, and its recipe.
struct ImageBefore {
  std::string name;
  Recipe recipe;
  bool changed = false;     ///< by the student, from the recipe that it was opened with
  bool came_along = false;  ///< the recipe: the image at hand has it too
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

/// What follows the mask and suits one way to it better than another: repairs and seeds.
struct AfterMask {
  std::vector<Refinement> refinements;
  int window = 0;
  int min_distance = 0;
  bool exclude_border = false;
  double threshold_abs = 0;
};

/// The true labels of the image at hand.
struct Truth {
  LabelImage labels;
  std::string name;  ///< of the file that they were read from; empty for a sample's own
};

struct ViewState {
  ImVec2 centre;          ///< of the view, in pixels of the image (x: column, y: row)
  float zoom = 1;         ///< CSS pixels per pixel
  bool fitted = true;     ///< the whole image is shown, also after the window has changed
  float target_zoom = 1;  ///< where a smooth zoom is going
  float close = 0;        ///< so large are pixels kept, whatever the window and its scale, until somebody zooms; 0: not
  ImVec2 anchor;          ///< the point of the screen that stays put meanwhile
  float approach = 1;     ///< of a fitted view that comes closer: the share of its zoom that is reached
  float split = 0.5F;     ///< where the divider stands, as a share of the width
  std::optional<Pixel> hovered;
  std::optional<Pixel> pinned;
  ImVec2 area_min;  ///< the image area on the screen, set by each frame
  ImVec2 area_max;
};

/// An earlier result whose outline stays on screen.
struct PinnedResult {
  LabelImage labels;
  Layer layer = Layer::labels;
  std::string name;
};

// --- what several steps have -----------------------------------------------------------------------------------------------

/// A process that is walked unit by unit.
struct Player {
  bool open = false;
  bool playing = false;
  double position = 0;  ///< how many units are done
  int pace = 1;         ///< which of the speeds
};

/// A look beside the recipe, which it does not change: fewer bits in step 1, a kernel of one's own in step 3.
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

/// An exercise that is being answered.
struct OpenExercise {
  Exercise exercise;
  std::string typed;
  int choice = -1;
  std::optional<Judgement> judgement;
  std::string problem;  ///< what is wrong with what was typed, if it is no number
  bool revealed = false;
  bool scroll_to = true;  ///< it has just been opened or answered: into the panel's view
  /// Whether it was answered rightly, or its answer was shown.
  [[nodiscard]] bool solved() const { return revealed || (judgement && judgement->verdict == Verdict::right); }
};

/// The guided tour.
struct Tour {
  bool on = false;
  std::size_t stop = 0;
  bool notes = false;
  bool short_path = false;  ///< only the stops for 45 minutes
  float height = 0;         ///< of its band, as its words need
  float bottom = 0;         ///< where its band ends on the screen
};

/// The panel beside the image, whichever step it shows.
struct Panel {
  bool beginning = false;        ///< nothing was done yet: how to begin is offered
  bool at_top = false;           ///< another step was opened: its panel begins at its beginning
  float explanation_height = 0;  ///< of the panel's lower part, the tallest since the step was opened
  int explained_shape = 0;       ///< of the footprint that this was measured for
  bool profile_open = false;     ///< steps 3 and 6
  bool watch_out_open = false;
  bool lives_open = false;                ///< what went wrong, and where
  std::optional<std::size_t> life_shown;  ///< of the diagnoses: which
};

/// A setting on the comparison wall, and what came of it.
struct WallCandidate {
  std::string title;
  std::string image = {};  ///< the sample that it is tried on; empty: the wall's
  Recipe recipe;
  bool done = false;
  std::string failure = {};
  double lowest = 0;       ///< cutoff of all pixels; where there is one for all, it is ...
  double highest = 0;      ///< ... the highest, too
  std::int64_t above = 0;  ///< pixels above it, and their share
  double share = 0;
  int nuclei = 0;
  double milliseconds = 0;
  std::optional<double> f1 = {};
  std::optional<double> mean_ap = {};
};
enum class WallKind : std::uint8_t { thresholds, filters, ways };
struct Wall {
  bool open = false;
  WallKind kind = WallKind::filters;
  bool on_noisy_case = true;  ///< rather than on the image at hand
  Image<float> image;
  std::optional<LabelImage> truth;
  std::vector<WallCandidate> candidates;
  std::unique_ptr<Pipeline> work;  ///< of the first candidate that is not done
  std::optional<LabelImage> work_truth;
};

/// What is laid over the page.
struct Dialogs {
  bool* shown = nullptr;  ///< which of these and the comparison wall's `open` it is
  bool help_open = false;
  bool lab_open = false;
  bool picker_open = false;
  SampleGroup picker_group = SampleGroup::population;
  bool take_home_open = false;
  std::string taken_home;  ///< what was last taken, in words
  bool palette_open = false;
  bool menu_open = false;
  std::string palette_query;
  std::size_t palette_choice = 0;
};

/// A picture that is to be saved, from when it is asked for until the frame after.
enum class PictureOf : std::uint8_t {
  view,        ///< as large as on the screen, as it stands there
  whole_image  ///< every pixel of the image the same whole number of times
};
struct WantedPicture {
  std::optional<PictureOf> wanted;
  std::unique_ptr<ImDrawList> list;
  ImVec2 size;  ///< in CSS pixels
  float ratio = 1;
};

// --- one for each step -----------------------------------------------------------------------------------------------------

struct PixelsState {
  bool two_windows = false;  ///< the image is shown twice, the second time through a narrow window
  bool facts_open = true;
  bool display_open = false;
  bool bits_open = false;
  bool more_knobs = false;
};

struct ThresholdState {
  bool on_raw = true;        ///< shows the method on the raw image; changes no recipe
  bool logarithmic = true;   ///< the histogram's counts
  bool fiji_values = false;  ///< masks as 255 and 0 instead of True and False
  bool notebook_open = false;
  double axis_high = 0;  ///< where the histogram's axis ends
  bool dragged = false;  ///< the cutoff, in the frame before
};

struct FilterState {
  Player scan;         ///< of the filter, over the image; its position is the pixel in raster order that is being made
  bool beside = true;  ///< where a pixel is explained, what goes in and what comes out stand side by side
  bool kernel_open = false;
  LensChoices lens;
};

struct LabelState {
  Player growth;
  bool four = false;  ///< the labels grow with 4 neighbours; changes no recipe
  bool touching_open = true;
};

struct RefineState {
  bool show_repairs = true;  ///< what was added and removed is coloured
};

struct DistanceState {
  std::optional<SummitPair> summits;  ///< near the pixel that is explained
  Label summits_of = 0;
  std::uint32_t summits_version = 0;
};

/// Seeds that are set with the mouse.
struct SeedEditor {
  bool on = false;
  int grabbed = -1;  ///< the seed under a pressed button; -1: none
  bool moved = false;
  SeedMethod before = SeedMethod::peaks;  ///< the method to go back to
};
struct SeedsState {
  bool show_candidates = true;  ///< every candidate is marked, not only the seeds
  bool coordinates_open = false;
  bool lost_open = false;
  SeedEditor editor;
};

/// How the flood is looked at in 3D. Position and zoom are the image view's own, so that from straight above it is the flat
/// picture.
struct Landscape {
  bool on = false;
  float turn = 0;  ///< degrees, around the vertical
  float tilt = 0;  ///< degrees from straight above
  float wanted_turn = 0;
  float wanted_tilt = 0;
  /// Whether it looks as the flat picture does.
  [[nodiscard]] bool from_above() const { return turn == 0 && tilt == 0; }
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

struct WatershedState {
  Player flood;
  Landscape landscape;
  SectionLine section;
  bool drop_shown = false;                 ///< the way of a drop that falls on the pixel at hand, over the flood
  mutable std::optional<FallenDrop> drop;  ///< the last one that was asked for
  bool forgets_minus = false;              ///< changes no recipe
  bool forgets_mask = false;               ///< changes no recipe
  bool by_fate = false;                    ///< nuclei in the colours of what became of them
  bool differences_open = false;           ///< what the watershed cut is marked
  bool score_open = false;
};

struct MeasureState {
  int sort_column = 0;
  bool plots_open = false;
  int plot_x = 0;  ///< which measurements are plotted
  int plot_y = 1;
  bool paper_open = false;
  int shape_shown = 0;  ///< which measurement is drawn on the nucleus at hand
};

/// What the network's steps show of its answer.
enum class NetworkPicture : std::uint8_t { nuclei, rim, interior, mask };
inline constexpr std::uint32_t network_picture_count = 4;
struct NetworkState {
  Unit unit;                    ///< whose map is looked at
  std::optional<Unit> pointed;  ///< the one that the pointer is at
  NetworkPicture picture = NetworkPicture::nuclei;
  std::size_t input = 0;          ///< of the unit's inputs: whose products are written out
  MapWindow part;                 ///< of the image, that the little pictures show
  FieldPictures pictures;         ///< of all units, by their places
  std::uint32_t pictures_of = 0;  ///< the explanation's version that they were made from; 0: none yet
  /// How the unit's value came about at the pixel that was last asked for.
  struct Terms {
    Unit unit;
    Pixel pixel;
    std::shared_ptr<const TrainedNetwork> network;
    std::uint32_t run = 0;  ///< of the stage that the network sees
    UnitTerms terms;
  };
  mutable std::optional<Terms> terms;
};

struct ImageSetState {
  ImageSet set;
  ImageSetView view;
  ImageSetLessons lessons;
  FieldPictures pictures;
};

}  // namespace floodlight::ui
