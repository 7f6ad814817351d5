// A process that is walked unit by unit: played, paused, stepped forwards and backwards, scrubbed.
#pragma once

#include <string_view>

#include "web/app/state/app.h"

namespace floodlight::ui {

/// The player of the step at hand, and how far it goes; null where there is none or nothing to play yet.
struct PlayerAtHand {
  Player* player = nullptr;
  double last = 0;  ///< its greatest position
};
/// The one that the keys and the film strip move.
[[nodiscard]] PlayerAtHand player_at_hand(App& app);

/// The actions behind the keys: opens the player if need be.
void toggle_player(App& app);
/// So many units on, or back if negative; it stops playing.
void step_player(App& app, int units);
/// To the nearest position that there is; at the last one it stops playing.
void move_player(App& app, double position);

/// Moves the step's player while it plays, whether or not its controls are in sight; once a frame.
void advance_player(App& app);
/// Play, back, on, speed and a slider. `unit` names what it walks by ("Pixel").
void player_controls(App& app, std::string_view unit, std::string_view help);

}  // namespace floodlight::ui
