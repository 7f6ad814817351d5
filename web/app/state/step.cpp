#include "web/app/state/step.h"

#include <algorithm>
#include <array>

namespace floodlight::ui {
namespace {

constexpr std::array<Step, step_count> list = {{
    {StepId::pixels, "Pixels", Stage::raw},
    {StepId::threshold, "Threshold", Stage::mask},
    {StepId::filter, "Filter", Stage::filtered},
    {StepId::label, "Label", Stage::components},
    {StepId::refine, "Refine", Stage::refined},
    {StepId::distance, "Distance", Stage::distance},
    {StepId::seeds, "Seeds", Stage::seeds},
    {StepId::watershed, "Watershed", Stage::labels},
    {StepId::measure, "Measure", Stage::measurements},
    {StepId::many, "Many images", Stage::measurements},
}};

}  // namespace

std::span<const Step> steps() { return list; }

const Step& step(StepId id) { return list[static_cast<std::size_t>(id)]; }

const Step& step_of(Stage stage) { return *std::ranges::find(list, stage, &Step::stage); }

}  // namespace floodlight::ui
