#include "web/app/teach/diagnosis.h"

#include <algorithm>

#include "core/pipeline/parameters.h"
#include "core/score/nucleus_life.h"
#include "web/app/state/app.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

void go_to_cause(App& app, const NucleusLife& life) {
  app.go_to(app.step_making(life.stage).id);
  app.show(life.place);
  if (app.view.target_zoom < px(6)) app.set_zoom(px(6));
  if (life.stage == Stage::mask) app.threshold.on_raw = false;
}

std::string subject_of(const NucleusLife& life) {
  return life.truth > 0 ? "True nucleus " + std::to_string(life.truth) : "Label " + std::to_string(life.predicted);
}

}  // namespace

const NucleusLife* life_at(const App& app, Pixel pixel) {
  const auto* lives = app.explanations.lives.get();
  if (lives == nullptr || !app.truth || !app.truth->labels.contains(pixel)) return nullptr;
  const Label truth = app.truth->labels[pixel];
  const Label predicted = app.values().labels[pixel];
  const NucleusLife* extra = nullptr;
  for (const NucleusLife& life : *lives) {
    if (truth > 0 && life.truth == truth) return &life;
    if (life.truth == 0 && predicted > 0 && life.predicted == predicted) extra = &life;
  }
  return extra;
}

void life_button(App& app, const NucleusLife& life) {
  const FontScope face(Font::regular, body_text);
  const Step& cause = app.step_making(life.stage);
  std::string what(cause.name);
  if (life.refinement >= 0) {
    what += ", repair " + std::to_string(life.refinement + 1);
  } else if (!life.parameter.empty() && recipe_parameter(life.parameter).label != cause.name) {
    what += ", " + std::string(recipe_parameter(life.parameter).label);
  }
  if (button("Go to " + what, {.help = "The step that decided, at this nucleus."})) go_to_cause(app, life);
}

void diagnosis_controls(App& app) {
  const auto* lives = app.explanations.lives.get();
  if (!app.truth || lives == nullptr) return;
  if (!fold("What went wrong, and where (" + std::to_string(lives->size()) + ")", app.panel.lives_open)) return;
  if (lives->empty()) {
    note("Every nucleus has its match.");
    return;
  }
  for (const CauseCount& cause : count_causes(*lives)) {
    const bool here = app.panel.life_shown && *app.panel.life_shown < lives->size() &&
                      (*lives)[*app.panel.life_shown].cause == cause.cause;
    if (!list_row(cause_name(cause.cause), std::to_string(cause.count), here)) continue;
    // Again and again: the next one of this cause.
    const auto of_cause = [&](std::size_t from) {
      while (from < lives->size() && (*lives)[from].cause != cause.cause) ++from;
      return from;
    };
    const std::size_t next = here ? of_cause(*app.panel.life_shown + 1) : of_cause(0);
    app.panel.life_shown = next < lives->size() ? next : of_cause(0);
    app.show((*lives)[*app.panel.life_shown].place);
  }
  if (!app.panel.life_shown || *app.panel.life_shown >= lives->size()) {
    note("A click shows one; another click the next.");
    return;
  }
  const NucleusLife& life = (*lives)[*app.panel.life_shown];
  paragraph(subject_of(life) + ". " + life.sentence);
  life_button(app, life);
}

}  // namespace floodlight::ui
