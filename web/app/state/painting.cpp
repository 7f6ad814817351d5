#include "web/app/state/painting.h"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "web/app/platform/platform.h"
#include "web/app/state/app.h"

namespace floodlight::ui {
namespace {

constexpr std::string_view no_memory = "There is not enough memory to train on this image; a smaller one would do.";

/// What the image at hand is called among the painted ones.
std::string key_of(const App& app) {
  return app.image.sample ? "sample " + app.image.stem : "file " + app.image.digest;
}
std::string file_name(const App& app) { return app.image.sample ? app.image.stem + ".tif" : app.image.name; }
std::string paint_name(const App& app) { return app.image.stem + "_paint.tif"; }

void paint_anew(App& app) {
  const auto& raw = app.values().raw;
  app.painting.paint = paint_image(strokes_of(app.painting), raw.rows(), raw.cols());
}

void paint_changed(App& app) {
  app.painting.due = true;
  app.painting.problem.clear();
  app.painting.work.reset();
  platform::request_frame();
}

void append(TrainingSet& set, const TrainingSet& more) {
  set.features = more.features;
  set.values.insert(set.values.end(), more.values.begin(), more.values.end());
  set.labels.insert(set.labels.end(), more.labels.begin(), more.labels.end());
}

/// The others, then the image at hand. What the references name must stay as it is meanwhile.
Sliced<Result<Painting::Learnt>> learn_in_slices(std::vector<PaintedImage>& others, const ScaleSpace& space,
                                                 PaintImage paint, FeatureChoice features, ForestSettings settings,
                                                 std::vector<PaintedFile> files) {
  Painting::Learnt learnt;
  for (PaintedImage& other : others) {
    if (other.samples.size() == 0 || other.of != features) {
      auto its_space = co_await scale_space_in_slices(other.pixels, features);
      if (!its_space) co_return std::unexpected(std::move(its_space.error()));
      other.samples = co_await training_set_in_slices(*its_space, other.paint);
      other.of = features;
    }
    append(learnt.set, other.samples);
  }
  if (!paint.empty()) append(learnt.set, co_await training_set_in_slices(space, paint));
  auto classifier = co_await train_classifier_in_slices(learnt.set, features, settings, std::move(files));
  if (!classifier) co_return std::unexpected(std::move(classifier.error()));
  learnt.classifier = std::move(*classifier);
  co_return learnt;
}

std::vector<PaintedFile> painted_files(const App& app) {
  std::vector<PaintedFile> files;
  for (const PaintedImage& other : app.painting.others) files.push_back({other.name, other.paint_name});
  if (!app.painting.strokes.empty()) files.push_back({file_name(app), paint_name(app)});
  return files;
}

}  // namespace

Paint strokes_of(const Painting& painting) {
  Paint strokes;
  for (const StrokeMade& made : painting.strokes) strokes.push_back(made.stroke);
  return strokes;
}

std::size_t painted_with(const App& app, std::uint8_t label) {
  return static_cast<std::size_t>(std::ranges::count(app.painting.paint.pixels(), label));
}

bool can_learn(const App& app) {
  const Painting& p = app.painting;
  std::array<bool, 2> there{};  // nuclei, anything else
  const auto look = [&](PaintView paint) {
    for (const std::uint8_t label : paint.pixels()) {
      if (label > 0) there[label == label_of_nuclei ? 0 : 1] = true;
    }
  };
  look(p.paint);
  for (const PaintedImage& other : p.others) look(other.paint);
  return there[0] && there[1];
}

void add_stroke(App& app, Stroke stroke) {
  Painting& p = app.painting;
  if (p.paint.empty()) paint_anew(app);
  paint_stroke(p.paint, stroke);
  p.strokes.push_back({std::move(stroke), app.history.changes()});
  p.undone.clear();
  app.history.forget_undone();
  paint_changed(app);
}

void strokes_changed(App& app) {
  paint_anew(app);
  paint_changed(app);
}

void brush_at(App& app, Pixel pixel) {
  Painting& p = app.painting;
  if (!p.current) p.current = Stroke{.label = p.label, .radius = p.radius, .path = {}};
  auto& path = p.current->path;
  if (!path.empty() && path.back() == pixel) return;
  if (p.paint.empty()) paint_anew(app);
  // Seen at once: what has come since the last place.
  Stroke piece{.label = p.current->label, .radius = p.current->radius, .path = {pixel}};
  if (!path.empty()) piece.path.insert(piece.path.begin(), path.back());
  paint_stroke(p.paint, piece);
  path.push_back(pixel);
  platform::request_frame();
}

void lift_brush(App& app) {
  if (auto stroke = std::exchange(app.painting.current, std::nullopt)) add_stroke(app, std::move(*stroke));
}

void take_paint(App& app, const Paint& strokes) {
  app.painting.current.reset();
  for (const Stroke& stroke : strokes) add_stroke(app, stroke);
}

void edit_classifier(App& app, FeatureChoice features, ForestSettings settings) {
  Recipe recipe = app.recipe();
  const PixelClassifier& before = *recipe.classifier;
  if (before.features == features && before.settings == settings) return;
  // A forest asks for the features that it was trained on; with other settings it stays until the new one is there.
  PixelClassifier next = before;
  if (before.features != features) next.forest = {};
  next.features = std::move(features);
  next.settings = settings;
  // Every scale has its features in the same order, so that what is looked at may have moved.
  app.painting.feature = std::min(app.painting.feature, features_of(next.features).size() - 1);
  app.painting.node.reset();
  recipe.classifier = std::make_shared<const PixelClassifier>(std::move(next));
  app.edit_recipe(recipe);
  paint_changed(app);
}

void learn_now(App& app) { app.painting.due = true; }

bool learns(const App& app) {
  const Painting& p = app.painting;
  return p.due && p.live && !p.current && can_learn(app);
}

void learn(App& app, std::chrono::microseconds time) {
  Painting& p = app.painting;
  const auto end = std::chrono::steady_clock::now() + time;
  // The features first; nothing is predicted by a forest that is about to be another.
  while (!app.pipeline.current(Stage::filtered)) {
    p.work.reset();
    if (!app.pipeline.advance() || app.pipeline.failure()) return;
    if (std::chrono::steady_clock::now() >= end) return;
  }
  const auto start = std::chrono::steady_clock::now();
  try {
    if (!p.work) {
      const PixelClassifier& at_hand = *app.recipe().classifier;
      p.work.emplace(learn_in_slices(p.others, app.values().features, p.strokes.empty() ? PaintImage() : p.paint,
                                     at_hand.features, at_hand.settings, painted_files(app)));
      p.work_milliseconds = 0;
    }
    bool more = true;
    while (more && std::chrono::steady_clock::now() < end) more = p.work->advance();
    p.work_milliseconds += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (more) return;
  } catch (const std::exception&) {
    // Nothing but allocations throws.
    p.work.reset();
    p.due = false;
    p.problem = no_memory;
    return;
  }
  auto learnt = p.work->take();
  p.work.reset();
  p.due = false;
  p.milliseconds = p.work_milliseconds;
  if (!learnt) {
    p.problem = learnt.error().message;
    return;
  }
  p.problem.clear();
  p.learnt = std::move(learnt->set);
  ++p.trained;
  p.node.reset();
  Recipe recipe = app.recipe();
  recipe.classifier = std::make_shared<const PixelClassifier>(std::move(learnt->classifier));
  // What paint teaches is undone with the paint.
  app.pipeline.set_recipe(recipe);
  platform::request_frame();
}

void put_paint_aside(App& app) {
  Painting& p = app.painting;
  p.work.reset();
  if (!p.strokes.empty() && app.has(Stage::raw)) {
    p.others.push_back({.key = key_of(app),
                        .name = file_name(app),
                        .paint_name = paint_name(app),
                        .pixels = app.values().raw,
                        .strokes = strokes_of(p),
                        .paint = std::move(p.paint),
                        .samples = {},
                        .of = {}});
    if (std::ranges::all_of(p.others.back().paint.pixels(), [](std::uint8_t label) { return label == 0; }))
      p.others.pop_back();
  }
  p.strokes.clear();
  p.undone.clear();
  p.paint = {};
  p.current.reset();
  p.pen_down = false;
  p.node.reset();
}

void take_paint_up(App& app) {
  Painting& p = app.painting;
  const auto known = std::ranges::find(p.others, key_of(app), &PaintedImage::key);
  if (known == p.others.end()) return;
  p.paint = std::move(known->paint);
  for (Stroke& stroke : known->strokes) p.strokes.push_back({std::move(stroke), 0});
  p.others.erase(known);
  // Now it is learnt from last.
  p.due = true;
}

FloatView nuclei_probability(const App& app) {
  if (!app.classifies() || app.recipe().classifier == nullptr) return {};
  const Prediction& prediction = app.values().prediction;
  const auto place = std::ranges::find(prediction.classes, app.recipe().classifier->nuclei);
  if (place == prediction.classes.end()) return {};
  return prediction.probabilities[static_cast<std::size_t>(place - prediction.classes.begin())];
}

LabelImage labels_of_paint(PaintView paint) {
  LabelImage labels(paint.rows(), paint.cols());
  std::ranges::copy(paint.pixels(), labels.pixels().begin());
  return labels;
}

}  // namespace floodlight::ui
