// The comparison wall: the same image under several filters or thresholds, side by side, each with its mask and score.
#pragma once

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Opens it with candidates of one kind, all of which are still to be computed.
void open_wall(App& app, WallKind kind);
/// Draws it while it is open, and computes what is missing, one candidate a frame.
void wall_overlay(App& app);

}  // namespace floodlight::ui
