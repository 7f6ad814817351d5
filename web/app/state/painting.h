// Paint: what a student has said which pixels are, and the forest that learns from it while the page goes on.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/learn/features.h"
#include "core/learn/forest.h"
#include "core/learn/paint.h"
#include "core/learn/pixel_classifier.h"

namespace floodlight::ui {

class App;

/// How many pixels are painted, by class.
struct PaintCounts {
  std::size_t nuclei = 0;
  std::size_t background = 0;
  std::size_t others = 0;  ///< of any further class
  [[nodiscard]] std::size_t all() const { return nuclei + background + others; }
};

/// An image that was painted and is not at hand; it is learnt from like the one at hand, before it.
struct PaintedImage {
  std::string key;   ///< by which it is known again when it is opened anew
  std::string name;  ///< of its file, for those who train the same elsewhere
  std::string paint_name;
  Image<float> pixels;
  Paint strokes;
  PaintImage paint;
  PaintCounts counts;
  TrainingSet samples;  ///< of the features `of`
  FeatureChoice of;
};

/// What was painted in one go: a stroke, or all of a file; and how many changes of the recipe there were before it, so that
/// both are undone in their order.
struct Painted {
  Paint strokes;
  bool afresh = false;  ///< all earlier paint went
  std::size_t changes = 0;
};

/// What the forest's step shows.
enum class ForestPicture : std::uint8_t { probability, mask, uncertainty };

struct Painting {
  std::vector<Painted> strokes;      ///< on the image at hand
  std::vector<Painted> undone;       ///< the last one last
  PaintImage paint;                  ///< what they make, with the stroke that is being made; empty: nothing is painted
  PaintCounts counts;                ///< without it
  std::optional<Stroke> current;     ///< while it is made
  std::vector<PaintedImage> others;  ///< in the order in which they were left

  bool brushing = true;     ///< a drag over the picture paints, else it moves the picture
  bool pen_down = false;    ///< moving the pin paints
  std::uint8_t label = 1;   ///< what the brush paints: a class, 0 erases
  int radius = 1;           ///< of the brush
  bool awaited = false;     ///< the next labels that are opened are paint
  bool live = true;         ///< the forest learns after every stroke
  bool due = false;         ///< there is paint that it has not learnt from, or it is to be made otherwise
  std::string problem;      ///< why it could not
  double milliseconds = 0;  ///< that the last training took, frames between its slices not counted
  TrainingSet learnt;       ///< what the last forest was trained on ...
  std::shared_ptr<const PixelClassifier> learnt_by;  ///< ... and that forest
  std::uint32_t trained = 0;                         ///< counts up with every forest
  std::optional<ForestSettings> wanted;  ///< of the next forest; a recipe says how the one was made that it has

  std::size_t feature = 0;  ///< which one was chosen to be looked at
  ForestPicture picture = ForestPicture::probability;
  std::size_t tree = 0;             ///< which one is drawn
  std::optional<std::size_t> node;  ///< of it: whose pixels are shown
  bool bars_open = false;
  bool similar_open = false;
  bool importances_open = false;

  struct Learnt {
    PixelClassifier classifier;
    TrainingSet set;
  };
  std::optional<Sliced<Result<Learnt>>> work;
  double work_milliseconds = 0;
};

/// Whether there is paint of nuclei and of something else, in all images together.
[[nodiscard]] bool can_learn(const App& app);

/// Paints in one go, which is learnt from.
void add_paint(App& app, Painted painted);
/// Begins a stroke of the brush at a pixel, or goes on with it.
void brush_at(App& app, Pixel pixel);
/// The stroke that is being made is done.
void lift_brush(App& app);
/// Strokes were taken back, or done again.
void strokes_changed(App& app);
/// Other paint in the place of what there is; none: all is taken off.
void take_paint(App& app, Paint strokes);
/// The strokes that still show.
[[nodiscard]] Paint strokes_of(const Painting& painting);

/// Other features: a forest that knows them is learnt.
void choose_features(App& app, FeatureChoice features);
/// How the next forest is made; it is learnt at once where there is paint.
void choose_settings(App& app, const ForestSettings& settings);
/// The settings that were chosen last.
[[nodiscard]] ForestSettings chosen_settings(const App& app);
/// The place of the feature that is looked at, among those that there are.
[[nodiscard]] std::size_t shown_feature(const App& app);
/// What the forest at hand has learnt from; null where that is not known, since it came from a file.
[[nodiscard]] const TrainingSet* samples_of_forest(const App& app);

/// Where a classifier makes the mask: whether there is something to learn, and it is to be learnt.
[[nodiscard]] bool learns(const App& app);
/// Goes on learning for about this long, and gives the recipe the forest that came of it.
void learn(App& app, std::chrono::microseconds time);

/// Keeps the paint of the image at hand, which is about to be left.
void put_paint_aside(App& app);
/// Takes up the paint of the image that has come, if it was painted before.
void take_paint_up(App& app);

/// The probability that a pixel is of a nucleus, as an image; empty without a forest's answer.
[[nodiscard]] FloatView nuclei_probability(const App& app);

/// Paint as the label image that files hold.
[[nodiscard]] LabelImage labels_of_paint(PaintView paint);

}  // namespace floodlight::ui
