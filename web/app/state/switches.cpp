#include "web/app/state/switches.h"

#include <cstddef>

#include "web/app/state/app.h"

namespace floodlight::ui {
namespace {

template <auto part, auto member>
consteval Switch row(std::string_view name, bool named, bool opens_part = false) {
  return {name, named, opens_part, [](const App& a) { return a.*part.*member; },
          [](App& a) -> bool& { return a.*part.*member; }};
}

constexpr std::array<Switch, shared_parts.size()> list = {
    row<&App::threshold, &ThresholdState::on_raw>("filtered-threshold", false),
    row<&App::pixels, &PixelsState::two_windows>("two-windows", true),
    row<&App::panel, &Panel::profile_open>("profile", true, true),
    row<&App::seeds, &SeedsState::show_candidates>("candidates-hidden", false),
    row<&App::refine, &RefineState::show_repairs>("repairs-hidden", false),
    row<&App::seeds, &SeedsState::lost_open>("lost", true, true),
    row<&App::panel, &Panel::lives_open>("lives", true, true),
    row<&App::measure, &MeasureState::plots_open>("plots", true, true),
    row<&App::watershed, &WatershedState::by_fate>("fates", true),
    row<&App::watershed, &WatershedState::differences_open>("differences", true),
};

consteval bool in_order() {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].name != shared_parts[i]) return false;
  }
  return true;
}
static_assert(in_order(), "the switches are not those of shared_parts, in its order");

}  // namespace

const std::array<Switch, shared_parts.size()>& switches() { return list; }

}  // namespace floodlight::ui
