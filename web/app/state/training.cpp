#include "web/app/state/training.h"

#include <algorithm>
#include <utility>

#include "core/base/json.h"
#include "core/samples/shipped_network.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/state/training_page.h"

namespace floodlight::ui {
namespace {

/// Between two kept moments lie a multiple of ten steps, so that there are at most 60 of them.
constexpr int grain = 10;
constexpr int most_intervals = 58;

int steps_between_moments(int steps) {
  return grain * ((steps + grain * most_intervals - 1) / (grain * most_intervals));
}

/// As `core.NetworkTraining` takes them.
Json options_of(const TrainingChoice& choice) {
  const TrainingSettings& s = choice.settings;
  const FieldVariety& v = choice.variety;
  Json::Array widths;
  for (const int width : s.shape.widths) widths.emplace_back(width);
  return Json::Object{{"widths", std::move(widths)},
                      {"skips", s.shape.skips},
                      {"rim", s.shape.rim},
                      {"seed", static_cast<double>(s.seed)},
                      {"images", s.images},
                      {"steps", s.schedule.steps},
                      {"rate", s.schedule.rate},
                      {"variety", Json::Object{{"exposure", v.exposure},
                                               {"focus", v.focus},
                                               {"illumination", v.illumination},
                                               {"magnification", v.magnification},
                                               {"cells", v.cells}}}};
}

int steps_of(const Training& t) { return t.at_work.settings.schedule.steps; }

/// The moment that is gone on from: the one that is shown, else the last one.
const KeptMoment* moment_at_hand(const App& app) {
  const Training& t = app.training;
  if (t.moments.empty()) return nullptr;
  const auto shown = shown_moment(app);
  return shown ? &t.moments[*shown] : &t.moments.back();
}

/// What comes after a step is forgotten: it is about to be done again.
void forget_after(Training& t, int step) {
  std::erase_if(t.moments, [step](const KeptMoment& m) { return m.step > step; });
  std::erase_if(t.unseen, [step](const LossAtStep& u) { return u.step > step; });
  t.losses.resize(std::min(t.losses.size(), static_cast<std::size_t>(step)));
  t.step = step;
}

/// What undo will come back to, unless a change is still under way.
void remember_network(App& app) {
  if (!app.training.to_keep && !is_training(app.training)) app.training.before = app.recipe().network;
  app.training.given = app.recipe().network;
}

/// `from`: null for a new training.
void train(App& app, const KeptMoment* from, int until) {
  Training& t = app.training;
  remember_network(app);
  Json start;
  if (from != nullptr) {
    start = from->step;
    forget_after(t, from->step);
  } else {
    t.at_work = t.chosen;
    t.milliseconds = 0;
    t.images = 0;
    t.moments.clear();
    forget_after(t, 0);
  }
  t.phase = TrainingPhase::preparing;
  t.problem.clear();
  ask_training("train", Json::Object{{"options", options_of(t.at_work)},
                                     {"from", std::move(start)},
                                     {"until", until < 0 ? steps_of(t) : until},
                                     {"every", steps_between_moments(steps_of(t))}});
  platform::request_frame();
}
constexpr int to_the_end = -1;

/// The network that the recipe is to have, for good or as a preview.
void want(App& app, std::shared_ptr<const TrainedNetwork> network, bool to_keep) {
  app.training.wanted = std::move(network);
  app.training.to_keep = to_keep;
  platform::request_frame();
}

void give_recipe(App& app, std::shared_ptr<const TrainedNetwork> network) {
  Recipe recipe = app.recipe();
  recipe.network = std::move(network);
  app.training.given = recipe.network;
  app.pipeline.set_recipe(recipe);
  platform::request_frame();
}

/// Nothing is wanted any more, and nothing under way.
void want_nothing(Training& t) {
  t.wanted.reset();
  t.to_keep = false;
  t.before.reset();
}

std::shared_ptr<const TrainedNetwork> network_in(const Json& json) {
  if (json.is_null()) return nullptr;
  auto read = network_from_json(json);
  return read ? std::make_shared<const TrainedNetwork>(std::move(*read)) : nullptr;
}

int whole(const Json& report, std::string_view name) { return static_cast<int>(*report.find(name)->number()); }

/// Of moments between two that are always kept there is only the last: where it was stopped.
void keep_moment(Training& t, KeptMoment moment) {
  const int every = steps_between_moments(steps_of(t));
  const auto between = [every](const KeptMoment& m) { return m.step % every != 0; };
  if (between(moment)) std::erase_if(t.moments, between);
  std::erase_if(t.moments, [&](const KeptMoment& m) { return m.step == moment.step; });
  const auto place = std::ranges::upper_bound(t.moments, moment.step, {}, &KeptMoment::step);
  t.moments.insert(place, std::move(moment));
}

void take_report(Training& t, const Json& report) {
  t.step = whole(report, "step");
  t.images = whole(report, "images");
  t.milliseconds += *report.find("milliseconds")->number();
  for (const Json& loss : *report.find("losses")->array()) t.losses.push_back(*loss.number());
  for (const Json& look : *report.find("unseen")->array()) {
    const Json::Array& pair = *look.array();
    t.unseen.push_back({.step = static_cast<int>(*pair[0].number()), .loss = *pair[1].number()});
  }
  for (const Json& moment : *report.find("moments")->array()) {
    if (auto network = network_in(*moment.find("network")))
      keep_moment(t, {.step = whole(moment, "step"), .network = std::move(network)});
  }
}

}  // namespace

bool is_training(const Training& training) {
  return training.phase == TrainingPhase::preparing || training.phase == TrainingPhase::running;
}

std::optional<std::size_t> shown_moment(const App& app) {
  const auto& moments = app.training.moments;
  const auto& network = app.training.wanted != nullptr ? app.training.wanted : app.recipe().network;
  const auto place = std::ranges::find(moments, network, &KeptMoment::network);
  if (place == moments.end()) return std::nullopt;
  return static_cast<std::size_t>(place - moments.begin());
}

bool can_go_on(const App& app) {
  const KeptMoment* moment = moment_at_hand(app);
  return moment != nullptr && !is_training(app.training) && moment->step < steps_of(app.training);
}

void start_training(App& app) { train(app, nullptr, to_the_end); }

void go_on_training(App& app) {
  if (can_go_on(app)) train(app, moment_at_hand(app), to_the_end);
}

void train_one_step(App& app) {
  if (!can_go_on(app)) return train(app, nullptr, 1);
  const KeptMoment* moment = moment_at_hand(app);
  train(app, moment, moment->step + 1);
}

void stop_training(App& app) {
  if (is_training(app.training)) ask_training("stop");
}

void leave_training(App& app) {
  stop_training(app);
  want_nothing(app.training);
  app.training.given.reset();
}

void show_moment(App& app, std::size_t moment) {
  remember_network(app);
  want(app, app.training.moments[moment].network, true);
}

void take_shipped_network(App& app) {
  stop_training(app);
  remember_network(app);
  want(app, shipped_network(), true);
}

void show_trained(App& app) {
  Training& t = app.training;
  if (t.wanted == nullptr) return;
  // Opened, undone or taken from elsewhere meanwhile: that stays, and the moments can still be gone back to.
  if (app.recipe().network != t.given) return want_nothing(t);
  // A handle that is held still asks for one network after the other: together they are one change.
  if (t.to_keep && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    give_recipe(app, std::exchange(t.before, nullptr));
    Recipe recipe = app.recipe();
    recipe.network = std::exchange(t.wanted, nullptr);
    t.to_keep = false;
    // Taken while one trains, it is what the training is no more followed for.
    t.given = is_training(t) ? nullptr : recipe.network;
    app.edit_recipe(recipe);
    return;
  }
  if (app.computes() || app.recipe().network == t.wanted) return;
  give_recipe(app, t.wanted);
  if (!t.to_keep) t.wanted.reset();
}

void training_reported(App& app, std::string_view text) {
  Training& t = app.training;
  const auto report = parse_json(text);
  if (!report || !is_training(t)) return;
  take_report(t, *report);
  const bool ended = *report->find("ended")->boolean();
  if (ended) {
    t.phase = t.step == steps_of(t) ? TrainingPhase::done : TrainingPhase::stopped;
  } else if (!report->find("losses")->array()->empty()) {
    t.phase = TrainingPhase::running;
  }
  auto network = network_in(*report->find("network"));
  // The moment that it ended at is known by its network.
  if (ended && !t.moments.empty()) network = t.moments.back().network;
  // What was asked for by hand comes first.
  if (network != nullptr && !t.to_keep) want(app, std::move(network), ended);
  platform::request_frame();
}

void training_lost(App& app, const std::string& why) {
  Training& t = app.training;
  if (!is_training(t)) return;
  t.phase = why.empty() ? TrainingPhase::stopped : TrainingPhase::failed;
  t.problem = why;
  if (t.moments.empty()) {
    // Nothing was trained: there is nothing to go on with, and nothing was shown.
    if (why.empty()) t.phase = TrainingPhase::none;
    want_nothing(t);
  } else {
    t.step = t.moments.back().step;
    want(app, t.moments.back().network, true);
  }
  platform::request_frame();
}

}  // namespace floodlight::ui
