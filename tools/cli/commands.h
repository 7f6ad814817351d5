// The commands, a file each. They print what they did and return the exit status.
#pragma once

#include "tools/cli/arguments.h"

namespace floodlight::cli {

inline constexpr Option segment_options[] = {{"--recipe", true}, {"--out", true}, {"--stages"}, {"--uint16"}};
inline constexpr Option simulate_options[] = {
    {"--out", true}, {"--images", true}, {"--specimen-seed", true}, {"--exposure-seed", true}, {"--set", true}};
inline constexpr Option score_options[] = {{"--iou", true}};
inline constexpr Option samples_options[] = {{"--out", true}};

/// From image files to label files.
int run_segment(const Arguments& arguments);
/// New images of nuclei, with their truth.
int run_simulate(const Arguments& arguments);
/// How right one label image is, against another.
int run_score(const Arguments& arguments);
/// The images that come with the program, as files.
int run_samples(const Arguments& arguments);

}  // namespace floodlight::cli
