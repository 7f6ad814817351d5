#include "web/app/state/painting.h"

#include <algorithm>
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

PaintCounts counts_of(PaintView paint) {
  PaintCounts counts;
  for (const std::uint8_t label : paint.pixels()) {
    if (label != 0)
      ++(label == label_of_nuclei ? counts.nuclei : label == label_of_background ? counts.background : counts.others);
  }
  return counts;
}

void paint_anew(App& app) {
  const auto& raw = app.values().raw;
  app.painting.paint = paint_image(strokes_of(app.painting), raw.rows(), raw.cols());
}

/// Paint is as large as its image, also where a knob has made that another one; what lies outside is left out.
void fit_paint(App& app) {
  const auto& raw = app.values().raw;
  const PaintImage& paint = app.painting.paint;
  if (paint.rows() != raw.rows() || paint.cols() != raw.cols()) paint_anew(app);
}

void to_be_learnt(App& app) {
  app.painting.due = true;
  app.painting.problem.clear();
  app.painting.work.reset();
  platform::request_frame();
}

void paint_changed(App& app) {
  app.painting.counts = counts_of(app.painting.paint);
  to_be_learnt(app);
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
  if (app.painting.counts.all() > 0) files.push_back({file_name(app), paint_name(app)});
  return files;
}

}  // namespace

Paint strokes_of(const Painting& painting) {
  Paint strokes;
  for (const Painted& painted : painting.strokes) {
    if (painted.afresh) strokes.clear();
    strokes.insert(strokes.end(), painted.strokes.begin(), painted.strokes.end());
  }
  return strokes;
}

bool can_learn(const App& app) {
  PaintCounts all = app.painting.counts;
  for (const PaintedImage& other : app.painting.others) {
    all.nuclei += other.counts.nuclei;
    all.background += other.counts.background;
    all.others += other.counts.others;
  }
  return all.nuclei > 0 && all.background + all.others > 0;
}

void strokes_changed(App& app) {
  paint_anew(app);
  paint_changed(app);
}

void add_paint(App& app, Painted painted) {
  Painting& p = app.painting;
  painted.changes = app.history.changes();
  p.strokes.push_back(std::move(painted));
  p.undone.clear();
  app.history.forget_undone();
  strokes_changed(app);
}

void brush_at(App& app, Pixel pixel) {
  Painting& p = app.painting;
  if (!p.current) p.current = Stroke{.label = p.label, .radius = p.radius, .path = {}};
  auto& path = p.current->path;
  if (!path.empty() && path.back() == pixel) return;
  fit_paint(app);
  // Seen at once: what has come since the last place.
  Stroke piece{.label = p.current->label, .radius = p.current->radius, .path = {pixel}};
  if (!path.empty()) piece.path.insert(piece.path.begin(), path.back());
  paint_stroke(p.paint, piece);
  path.push_back(pixel);
  platform::request_frame();
}

void lift_brush(App& app) {
  if (auto stroke = std::exchange(app.painting.current, std::nullopt)) {
    Painted painted;
    painted.strokes.push_back(std::move(*stroke));
    add_paint(app, std::move(painted));
  }
}

void take_paint(App& app, Paint strokes) {
  app.painting.current.reset();
  add_paint(app, {.strokes = std::move(strokes), .afresh = true});
}

void choose_features(App& app, FeatureChoice features) {
  Recipe recipe = app.recipe();
  if (recipe.classifier == nullptr || recipe.classifier->features == features) return;
  // A forest asks for the features that it was trained on.
  PixelClassifier next = untrained_classifier(std::move(features), chosen_settings(app));
  app.painting.node.reset();
  recipe.classifier = std::make_shared<const PixelClassifier>(std::move(next));
  app.edit_recipe(recipe);
  to_be_learnt(app);
}

void choose_settings(App& app, const ForestSettings& settings) {
  if (settings == chosen_settings(app)) return;
  app.painting.wanted = settings;
  to_be_learnt(app);
}

ForestSettings chosen_settings(const App& app) {
  const auto& classifier = app.recipe().classifier;
  return app.painting.wanted.value_or(classifier == nullptr ? ForestSettings{} : classifier->settings);
}

std::size_t shown_feature(const App& app) {
  const auto& classifier = app.recipe().classifier;
  const std::size_t count = features_of(classifier == nullptr ? FeatureChoice{} : classifier->features).size();
  return std::min(app.painting.feature, count - 1);
}

const TrainingSet* samples_of_forest(const App& app) {
  const Painting& p = app.painting;
  return p.learnt_by != nullptr && p.learnt_by == app.recipe().classifier ? &p.learnt : nullptr;
}

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
      if (p.counts.all() > 0) fit_paint(app);
      p.work.emplace(learn_in_slices(p.others, app.values().features, p.counts.all() == 0 ? PaintImage() : p.paint,
                                     app.recipe().classifier->features, chosen_settings(app), painted_files(app)));
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
  p.wanted.reset();
  p.learnt = std::move(learnt->set);
  ++p.trained;
  p.node.reset();
  Recipe recipe = app.recipe();
  const bool made_otherwise = recipe.classifier->settings != learnt->classifier.settings;
  p.learnt_by = std::make_shared<const PixelClassifier>(std::move(learnt->classifier));
  recipe.classifier = p.learnt_by;
  if (made_otherwise) {
    app.edit_recipe(recipe);
    return;
  }
  // What paint teaches is undone with the paint.
  app.pipeline.set_recipe(recipe);
  platform::request_frame();
}

void put_paint_aside(App& app) {
  Painting& p = app.painting;
  p.work.reset();
  if (p.counts.all() > 0 && app.has(Stage::raw)) {
    p.others.push_back({.key = key_of(app),
                        .name = file_name(app),
                        .paint_name = paint_name(app),
                        .pixels = app.values().raw,
                        .strokes = strokes_of(p),
                        .paint = std::move(p.paint),
                        .counts = p.counts,
                        .samples = {},
                        .of = {}});
  }
  p.strokes.clear();
  p.undone.clear();
  p.paint = {};
  p.counts = {};
  p.current.reset();
  p.pen_down = false;
  p.node.reset();
}

void take_paint_up(App& app) {
  Painting& p = app.painting;
  const auto known = std::ranges::find(p.others, key_of(app), &PaintedImage::key);
  if (known == p.others.end()) return;
  p.paint = std::move(known->paint);
  p.counts = known->counts;
  Painted painted;
  painted.strokes = std::move(known->strokes);
  p.strokes.push_back(std::move(painted));
  p.others.erase(known);
  // Now it is learnt from last.
  p.due = true;
}

FloatView nuclei_probability(const App& app) {
  if (app.has_network()) {
    const auto& probabilities = app.values().network.probabilities;
    if (app.network.picture == NetworkPicture::interior && !probabilities.empty()) return probabilities.back();
    if (app.network.picture == NetworkPicture::rim && probabilities.size() > 2) return probabilities[1];
    return app.values().network_nuclei;
  }
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
