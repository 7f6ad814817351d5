#include "web/app/picture/flood_view.h"

#include <algorithm>
#include <cmath>

#include "core/explain/flood.h"
#include "web/app/picture/landscape.h"
#include "web/app/picture/player.h"
#include "web/app/picture/section_view.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

Pixel taken_at(const Flood& flood, std::size_t step) { return pixel_at(flood, flood.sequence[step]); }

/// From a moment, the next (or the last) step at which the water stands at another level.
std::size_t other_level(const App& app, const Flood& flood, std::size_t step, bool onwards) {
  const std::size_t last = flood.sequence.size();
  const auto height = [&](std::size_t at) { return app.landscape_value(taken_at(flood, at)); };
  if (onwards) {
    if (step >= last) return last;
    const std::string here = height(step);
    while (step < last && height(step) == here) ++step;
    return step;
  }
  if (step == 0) return 0;
  --step;
  const std::string before = height(step);
  while (step > 0 && height(step - 1) == before) --step;
  return step;
}

std::string drop_sentence(const FallenDrop& drop) {
  const DropPath& path = drop.path;
  if (path.run.empty() || path.label == 0) return "The drop falls on dry ground.";
  const auto pixels = [](std::size_t n) { return std::to_string(n) + (n == 1 ? " pixel" : " pixels"); };
  const std::string label = "label " + std::to_string(path.label);
  std::string text = "The drop runs " + pixels(path.run.size() - 1) + " downhill";
  if (path.reached_seed) {
    text += " to the seed of " + label + ".";
  } else {
    text += " into a pit without a seed. The water rises and flows over its lowest rim, at " +
            row_and_column(path.rim) + ", on to " + label + ".";
  }
  if (path.flooded != path.label) {
    text += " The flood gave this pixel " + std::to_string(path.flooded) +
            (path.crossed_plateau ? ": on level ground the queue's age decides, not the slope."
                                  : ": the queue's order decides between equals, not the slope.");
  }
  if (const Ridge& ridge = drop.ridge; !ridge.pixels.empty()) {
    const double away = std::hypot(ridge.nearest.row - drop.pixel.row, ridge.nearest.col - drop.pixel.col);
    text += " The ridge that decides is " + with_unit(std::round(away * 10) / 10, "px") +
            " away: beyond it lies label " + std::to_string(ridge.other) + ".";
  }
  return text;
}

void queue_list(const App& app, const Flood& flood, std::int32_t time) {
  constexpr int most = 5;
  const auto entries = queue_at(flood, time, most);
  if (entries.empty()) {
    note("The queue is empty: all that can be reached is flooded.");
    return;
  }
  heading("Next out of the queue", 3);
  note("(Row, column), label, value, waiting since step. Lowest value first, then the oldest.");
  bool head = true;
  for (const QueueEntry& e : entries) {
    fact((head ? "> " : "   ") + in_brackets(e.pixel) + " label " + std::to_string(e.label),
         app.landscape_value(e.pixel) + ", " + std::to_string(e.waits_since));
    head = false;
  }
}

}  // namespace

void flood_controls(App& app) {
  if (!fold("Watch the flood", app.watershed.flood.open)) {
    app.watershed.flood.playing = false;
    return;
  }
  player_controls(app, "Pixels flooded", "Takes the lowest pixel from the queue, again and again.");
  const FloodExplanation* explanation = app.explanations.flood.get();
  if (explanation == nullptr) return;
  landscape_controls(app);
  section_controls(app);
  const Flood& flood = explanation->flood;
  const auto step = static_cast<std::size_t>(app.watershed.flood.position);
  {
    const FontScope face(Font::regular, small_text);
    const auto jump = [&](std::size_t to) { move_player(app, static_cast<double>(to)); };
    if (button("Level back", {.help = "Back to where the water rose to this level."}))
      jump(other_level(app, flood, step, false));
    ImGui::SameLine(0, px(8));
    if (button("Next level", {.help = "On until the water rises."})) jump(other_level(app, flood, step, true));
    ImGui::SameLine(0, px(8));
    const auto meeting =
        std::ranges::upper_bound(flood.meetings, static_cast<std::int32_t>(step), {}, &FloodMeeting::time);
    if (button("Next meeting",
               {.help = "On to where two waters meet next.", .disabled = meeting == flood.meetings.end()})) {
      jump(static_cast<std::size_t>(meeting->time));
      app.show(meeting->at);
    }
  }
  const auto time = static_cast<std::int32_t>(step);
  if (step < flood.sequence.size()) {
    const bool intensity = app.recipe().flooded == FloodedImage::intensity;
    fact("Water level", app.landscape_value(taken_at(flood, step)) + (intensity ? "" : " px"));
  }
  fact("Waiting in the queue", std::to_string(explanation->queue_lengths[step]));
  const auto met = std::ranges::upper_bound(flood.meetings, time, {}, &FloodMeeting::time) - flood.meetings.begin();
  fact("Pairs of waters that have met", std::to_string(met) + " of " + std::to_string(flood.meetings.size()));
  if (met > 0 && flood.meetings[static_cast<std::size_t>(met) - 1].time == time) {
    const FloodMeeting& m = flood.meetings[static_cast<std::size_t>(met) - 1];
    note("Here labels " + std::to_string(std::min(m.first, m.second)) + " and " +
         std::to_string(std::max(m.first, m.second)) + " meet. Neither enters the other: this is the border.");
  }
  toggle("Let a drop fall", app.watershed.drop_shown,
         "On the pixel under the pointer, or the pinned one: which basin does it end in?");
  queue_list(app, flood, time);
  note("What everybody forgets, to see what happens:");
  toggle("Without the minus", app.watershed.forgets_minus,
         "watershed(distance): seeds stand on summits, and the water starts at the rims.");
  toggle("Without mask=", app.watershed.forgets_mask, "Everything is flooded, background as well.");
}

const FallenDrop& fallen_drop(const App& app, const FloodExplanation& explanation, Pixel pixel) {
  const std::uint32_t version = app.explanations.flood.version();
  if (!app.watershed.drop || app.watershed.drop->pixel != pixel || app.watershed.drop->version != version) {
    const MaskView mask = app.watershed.forgets_mask ? MaskView() : app.values().refined.view();
    app.watershed.drop = {pixel, version,
                          drop<float>(explanation.landscape.view(), mask, app.values().seeds.labels, explanation.flood, pixel,
                                      app.recipe().connectivity),
                          nearest_ridge(explanation.flood, pixel)};
  }
  return *app.watershed.drop;
}

std::string why_flooded(const App& app, const FloodExplanation& explanation, Pixel p) {
  if (app.watershed.drop_shown) return drop_sentence(fallen_drop(app, explanation, p));
  const Flood& flood = explanation.flood;
  const Label label = flood.labels[p];
  if (flood.taken[p] < 0) return "Dry: no water comes here.";
  const auto from = flood.from[flood.labels.view().index(p.row, p.col)];
  const std::string step = std::to_string(flood.taken[p]);
  const auto way = flood_path(flood, p);
  if (way.size() < 2)
    return "A seed: the water of label " + std::to_string(label) + " starts here, at step " + step + ".";
  const std::string source = row_and_column(pixel_at(flood, from));
  return (label > 0 ? "Label " + std::to_string(label) : "A line") + ": pushed by " + source + " at step " +
         std::to_string(flood.pushed[p] - 1) + ", taken at step " + step + ", " + std::to_string(way.size() - 1) +
         " pixels from its seed.";
}

}  // namespace floodlight::ui
