// The guided tour: prepared views, one after the other, read from assets/tour.json.
#pragma once

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Starts the tour, or returns to the stop at hand.
void start_tour(App& app);
/// The next stop or the one before; of the short path when that is chosen.
void move_tour(App& app, int stops);
/// Ends the tour; the last stop's view stays.
void leave_tour(App& app);
/// The sentence of the stop at hand with its controls, in a band of the window.
void tour_band(App& app, ImVec2 min, ImVec2 max);
/// How high the band is now, in CSS pixels, at least one line.
[[nodiscard]] float tour_band_height(const App& app);

}  // namespace floodlight::ui
