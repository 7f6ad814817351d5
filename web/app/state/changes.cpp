// Changes that the student takes back or makes again, of the recipe and of the paint, and the way to the mask.
#include <memory>
#include <utility>

#include "core/pipeline/network_recipe.h"
#include "core/samples/shipped_network.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"

namespace floodlight::ui {

void App::choose_way(const MaskSource& way) {
  Recipe next = recipe();
  next.mask_from = &way;
  const bool to_network = is_network(way);
  if (&way == &mask_sources::classifier && next.classifier == nullptr)
    next.classifier = std::make_shared<const PixelClassifier>(untrained_classifier());
  if (to_network && next.network == nullptr) next.network = shipped_network();
  if (to_network != has_network()) {
    // Repairs and seeds that suit a network are others than the lab's: neither is lost when a teacher goes to and fro.
    after_mask[has_network() ? 1 : 0] = after_mask_of(recipe());
    const auto& kept = after_mask[to_network ? 1 : 0];
    put_after_mask(next, kept ? *kept : after_mask_of(to_network ? network_recipe(nullptr) : Recipe{}));
  }
  edit_recipe(next);
}

void App::open_step(StepId next) {
  if (const MaskSource* way = ui::step(next).way; way != nullptr && way != &stepping_way(*recipe().mask_from))
    choose_way(*way);
  go_to(next);
}

void App::undo() {
  if (painting.strokes.empty() || painting.strokes.back().changes < history.changes())
    return restore(history.undo(recipe()));
  painting.undone.push_back(std::move(painting.strokes.back()));
  painting.strokes.pop_back();
  strokes_changed(*this);
}

void App::redo() {
  if (painting.undone.empty() || painting.undone.back().changes != history.changes())
    return restore(history.redo(recipe()));
  painting.strokes.push_back(std::move(painting.undone.back()));
  painting.undone.pop_back();
  strokes_changed(*this);
}

void App::restore(const std::optional<Recipe>& earlier) {
  if (!earlier) return;
  const bool other_pixels = earlier->page != recipe().page || earlier->channel != recipe().channel;
  Recipe next = *earlier;
  // What the paint has taught since stays; other features or settings are learnt with anew.
  if (next.classifier != nullptr && recipe().classifier != nullptr &&
      next.classifier->features == recipe().classifier->features &&
      next.classifier->settings == recipe().classifier->settings) {
    next.classifier = recipe().classifier;
  } else if (can_learn(*this)) {
    painting.work.reset();
    painting.due = true;
  }
  painting.wanted.reset();
  // A training goes on.
  if (is_training(training)) next.network = recipe().network;
  pipeline.set_recipe(next);
  go_to(wanted_step);
  if (other_pixels) reread_file();
  // Seeds by hand are there to be worked on.
  const bool by_hand = earlier->seeds == SeedMethod::by_hand;
  seeds.editor = by_hand ? SeedEditor{.on = true, .before = seeds.editor.before} : SeedEditor{};
  platform::request_frame();
}

}  // namespace floodlight::ui
