#include "tests/interface/no_trainer.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/learn/network_training.h"
#include "core/learn/trained_network.h"
#include "core/simulate/varied_fields.h"
#include "web/app/state/app.h"
#include "web/app/state/training.h"
#include "web/app/state/training_page.h"

namespace floodlight::test {
namespace {

constexpr int unseen_every = 20;

struct Trainer {
  std::unique_ptr<NetworkTraining> training;
  FieldVariety variety;
  std::vector<TruthImage> unseen;
  std::map<int, NetworkTraining::Moment> moments;
  int until = 0;
  int every = 1;
  int held_at = held_nowhere;
  bool running = false;
  bool stopped = false;
};

Trainer& trainer() {
  static Trainer instance;
  return instance;
}

int whole(const Json& json, std::string_view name) { return static_cast<int>(*json.find(name)->number()); }
bool flag(const Json& json, std::string_view name) { return *json.find(name)->boolean(); }

TrainingSettings settings_of(const Json& options) {
  TrainingSettings settings;
  settings.shape.widths.clear();
  for (const Json& width : *options.find("widths")->array())
    settings.shape.widths.push_back(static_cast<int>(*width.number()));
  settings.shape.skips = flag(options, "skips");
  settings.shape.rim = flag(options, "rim");
  settings.seed = static_cast<std::uint64_t>(*options.find("seed")->number());
  settings.images = whole(options, "images");
  settings.schedule.steps = whole(options, "steps");
  settings.schedule.rate = *options.find("rate")->number();
  settings.schedule.warm_up = std::min(settings.schedule.warm_up, settings.schedule.steps);
  return settings;
}

FieldVariety variety_of(const Json& options) {
  const Json& chosen = *options.find("variety");
  return {.exposure = flag(chosen, "exposure"),
          .focus = flag(chosen, "focus"),
          .illumination = flag(chosen, "illumination"),
          .magnification = flag(chosen, "magnification"),
          .cells = flag(chosen, "cells")};
}

struct News {
  Json::Array losses = {};
  Json::Array unseen = {};
  bool keeps = false;
  bool ended = false;
};

void report(News news) {
  Trainer& t = trainer();
  const NetworkTraining& training = *t.training;
  const auto kept = kept_network(training);
  if (!kept) {
    t.running = false;
    ui::training_lost(ui::app(), kept.error().message);
    return;
  }
  const Json network = network_to_json(*kept);
  Json::Array moments;
  if (news.keeps) {
    t.moments.insert_or_assign(training.steps(), training.moment());
    moments.emplace_back(Json::Object{{"step", training.steps()}, {"network", network}});
  }
  ui::training_reported(ui::app(), write_json(Json::Object{{"step", training.steps()},
                                                           {"images", training.images()},
                                                           {"losses", std::move(news.losses)},
                                                           {"unseen", std::move(news.unseen)},
                                                           {"milliseconds", 20.0},
                                                           {"network", network},
                                                           {"moments", std::move(moments)},
                                                           {"ended", news.ended}}));
}

double unseen_loss() {
  Trainer& t = trainer();
  const bool rim = t.training->settings().shape.rim;
  if (t.unseen.empty()) t.unseen.push_back(simulated_truth_image(kept_back_field(1, 1), rim));
  return loss_in_slices(t.training->network(), t.unseen.front()).finish();
}

void begin(const Json& request) {
  Trainer& t = trainer();
  const Json& options = *request.find("options");
  const Json& from = *request.find("from");
  if (t.training == nullptr || from.is_null()) {
    t.training = std::make_unique<NetworkTraining>(settings_of(options));
    t.variety = variety_of(options);
    t.unseen.clear();
  }
  if (from.is_null()) {
    t.moments.clear();
  } else {
    t.training->go_to(t.moments.at(static_cast<int>(*from.number())));
  }
  t.until = whole(request, "until");
  t.every = whole(request, "every");
  t.running = true;
  t.stopped = false;
}

}  // namespace

void start_trainer() { trainer() = {}; }

bool trainer_is_busy() {
  const Trainer& t = trainer();
  return t.running && (t.stopped || t.training->steps() < t.held_at);
}

void hold_trainer(int step) { trainer().held_at = step; }

bool train_once() {
  if (!trainer_is_busy()) return false;
  Trainer& t = trainer();
  NetworkTraining& training = *t.training;
  if (t.moments.empty()) {
    report({.keeps = true});
  } else if (t.stopped || training.steps() >= t.until) {
    t.running = false;
    report({.keeps = true, .ended = true});
  } else if (training.images() < training.images_wanted()) {
    const TrainingSettings& settings = training.settings();
    const VariedField field = varied_field(t.variety, settings.seed, training.images());
    training.add(simulated_truth_image(field, settings.shape.rim)).value();
  } else {
    News news;
    news.losses.emplace_back(training.step());
    if (training.steps() % unseen_every == 0) news.unseen.emplace_back(Json::Array{training.steps(), unseen_loss()});
    news.keeps = training.steps() % t.every == 0;
    report(std::move(news));
  }
  return true;
}

void lose_trainer(const std::string& why) {
  Trainer& t = trainer();
  t.training.reset();
  t.running = false;
  ui::training_lost(ui::app(), why);
}

}  // namespace floodlight::test

namespace floodlight::ui {

void ask_training(std::string_view command, const Json& request) {
  if (command == "train") {
    test::begin(request);
  } else if (command == "stop") {
    test::trainer().stopped = true;
  }
}

}  // namespace floodlight::ui
