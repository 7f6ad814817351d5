// Training: a network that learns in a worker while the page goes on, and the moments of it that can be gone back to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/learn/network_training.h"
#include "core/learn/trained_network.h"
#include "core/simulate/varied_fields.h"
#include "web/app/plots/training_plot.h"

namespace floodlight::ui {

class App;

enum class TrainingPhase : std::uint8_t {
  none,       ///< nothing was trained yet
  preparing,  ///< no step was done since it was asked for: the worker starts, or makes the fields that it wants
  running,
  stopped,  ///< before its last step
  done,
  failed  ///< `problem` says why
};

/// How a network is trained.
struct TrainingChoice {
  TrainingSettings settings;
  FieldVariety variety;
  friend bool operator==(const TrainingChoice&, const TrainingChoice&) = default;
};

/// A moment that can be gone back to, and what the network was then, as a recipe holds it.
struct KeptMoment {
  int step = 0;
  std::shared_ptr<const TrainedNetwork> network;
};

struct Training {
  TrainingChoice chosen;   ///< for the next one: what the knobs say
  TrainingChoice at_work;  ///< of the one that there is
  TrainingPhase phase = TrainingPhase::none;
  std::string problem;
  int step = 0;    ///< how many are done
  int images = 0;  ///< that were made so far
  double milliseconds = 0;
  std::vector<double> losses;      ///< of the patches of each step
  std::vector<LossAtStep> unseen;  ///< of simulated fields that nothing is learnt from
  std::vector<KeptMoment> moments;

  /// What the image at hand is to be looked at with as soon as it is done with the network before: a newer one takes its place.
  std::shared_ptr<const TrainedNetwork> wanted;
  bool to_keep = false;                          ///< it is more than a preview: a change that can be undone ...
  std::shared_ptr<const TrainedNetwork> before;  ///< ... back to this; null: nothing is under way
  /// The one that the recipe had from here, or when a training began. Whoever has put another one there since keeps it.
  std::shared_ptr<const TrainedNetwork> given;

  bool network_open = true;  ///< folds of the panel
  bool learning_open = false;
  bool variety_open = false;
};

/// Whether a worker is at it.
[[nodiscard]] bool is_training(const Training& training);
/// The place of the moment whose network the recipe holds, if it holds one of them.
[[nodiscard]] std::optional<std::size_t> shown_moment(const App& app);
/// Whether there are steps left after the moment that is shown, or after the last where none is.
[[nodiscard]] bool can_go_on(const App& app);

/// Trains anew, as the knobs say, to the last step; or one step alone.
void start_training(App& app);
/// Goes on from the moment that is shown to the last step.
void go_on_training(App& app);
/// Does the step after the moment that is shown, or the first one of a new training where there is nothing to go on with.
void train_one_step(App& app);
/// The training ends after the step at hand.
void stop_training(App& app);
/// The training ends as well, and the recipe keeps the network that it has from now on.
void leave_training(App& app);
/// The recipe gets the network of a kept moment.
void show_moment(App& app, std::size_t moment);
/// The recipe gets the network that comes with the program; a training that runs is stopped.
void take_shipped_network(App& app);

/// Gives the recipe the network that is wanted, as soon as the image at hand is done with the one before.
void show_trained(App& app);

// What the worker tells, through web/page/training.js.
/// A report, as JSON: `step` and `images` that were done and made so far, `losses` and `unseen` (pairs of a step and a loss)
/// since the last report, `milliseconds` since then, the `network` as it is now (null where it has run away), `moments` to go
/// back to, each with its `step` and its `network`, and whether the training has `ended`.
void training_reported(App& app, std::string_view report);
/// There is no worker any more; why, in a sentence, which is empty where that was asked for.
void training_lost(App& app, const std::string& why);

}  // namespace floodlight::ui
