#include "web/app/picture/player.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "web/app/platform/platform.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

struct Pace {
  std::string_view name;
  double units_a_second;  ///< 0: all of it in ten seconds
};
constexpr std::array<Pace, 3> paces = {{{"1 a second", 1}, {"20 a second", 20}, {"All in 10 s", 0}}};

/// The step's player, whether or not it has something to play.
Player* player_of(App& app) {
  switch (app.step) {
    case StepId::filter:
      return &app.filter.scan;
    case StepId::label:
      return &app.label.growth;
    case StepId::watershed:
      return &app.watershed.flood;
    default:
      return nullptr;
  }
}

}  // namespace

PlayerAtHand player_at_hand(App& app) {
  Player* player = player_of(app);
  if (player == nullptr || !app.has(Stage::raw)) return {};
  switch (app.step) {
    case StepId::label: {
      const GrowthExplanation* explanation = app.explanations.growth.get();
      return explanation == nullptr ? PlayerAtHand{}
                                    : PlayerAtHand{player, static_cast<double>(explanation->growth.sequence.size())};
    }
    case StepId::watershed: {
      const FloodExplanation* explanation = app.explanations.flood.get();
      return explanation == nullptr ? PlayerAtHand{}
                                    : PlayerAtHand{player, static_cast<double>(explanation->flood.sequence.size())};
    }
    default:
      return {player, static_cast<double>(app.values().raw.size() - 1)};
  }
}

void move_player(App& app, double position) {
  const PlayerAtHand at_hand = player_at_hand(app);
  if (at_hand.player == nullptr) return;
  at_hand.player->position = std::clamp(position, 0.0, at_hand.last);
  if (at_hand.player->position >= at_hand.last) at_hand.player->playing = false;
  platform::request_frame();
}

void toggle_player(App& app) {
  Player* player = player_of(app);
  if (player == nullptr) return;
  player->open = true;
  player->playing = !player->playing;
  const PlayerAtHand at_hand = player_at_hand(app);
  if (player->playing && at_hand.player != nullptr && player->position >= at_hand.last) player->position = 0;
  platform::request_frame();
}

void step_player(App& app, int units) {
  Player* player = player_of(app);
  if (player == nullptr) return;
  player->open = true;
  player->playing = false;
  move_player(app, std::floor(player->position) + units);
  platform::request_frame();
}

void advance_player(App& app) {
  const PlayerAtHand at_hand = player_at_hand(app);
  if (at_hand.player == nullptr) return;
  Player& player = *at_hand.player;
  // What is played may have become shorter: another mask, another seed.
  player.position = std::min(player.position, at_hand.last);
  if (!player.playing) return;
  const double speed = paces[static_cast<std::size_t>(player.pace)].units_a_second;
  const double moved = static_cast<double>(ImGui::GetIO().DeltaTime) * (speed > 0 ? speed : at_hand.last / 10);
  move_player(app, player.position + moved);
  platform::request_frame(1);
}

void player_controls(App& app, std::string_view unit, std::string_view help) {
  const PlayerAtHand at_hand = player_at_hand(app);
  if (at_hand.player == nullptr) {
    note("Computing ...");
    return;
  }
  Player& player = *at_hand.player;
  const float width = px(60);
  if (button(player.playing ? "Pause" : "Play", {.help = help, .shortcut = "Space", .primary = true, .width = px(72)}))
    toggle_player(app);
  ImGui::SameLine(0, px(8));
  if (button("Back", {.help = "One back.", .shortcut = ",", .width = width})) step_player(app, -1);
  ImGui::SameLine(0, px(8));
  if (button("On", {.help = "One on.", .shortcut = ".", .width = width})) step_player(app, 1);
  std::array<std::string_view, paces.size()> names;
  std::ranges::transform(paces, names.begin(), &Pace::name);
  segmented("Speed", names, player.pace);
  double position = std::floor(player.position);
  if (slider(unit, position,
             {.minimum = 0,
              .maximum = at_hand.last,
              .step = 1,
              .help = "How far it has come.",
              .even = true,
              .whole = true}))
    move_player(app, position);
}

}  // namespace floodlight::ui
