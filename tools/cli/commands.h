// The commands, a file each. They print what they did and return the exit status.
#pragma once

#include "tools/cli/arguments.h"

namespace floodlight::cli {

inline constexpr Option segment_options[] = {{"--recipe", true}, {"--out", true},     {"--name", true},
                                             {"--stages"},       {"--uint16"},        {"--measurements", true},
                                             {"--jobs", true},   {"--outlines", true}};
inline constexpr Option train_options[] = {{"--trees", true}, {"--seed", true}};
inline constexpr Option train_network_options[] = {
    {"--seed", true}, {"--steps", true}, {"--images", true}, {"--widths", true}};
inline constexpr Option info_options[] = {{"--json"}};
inline constexpr Option python_options[] = {{"--image", true}, {"--loop"}, {"--name", true}};
inline constexpr Option notebook_options[] = {{"--image", true}};
inline constexpr Option simulate_options[] = {
    {"--out", true}, {"--images", true}, {"--specimen-seed", true}, {"--exposure-seed", true}, {"--set", true}};
inline constexpr Option score_options[] = {{"--iou", true}};
inline constexpr Option samples_options[] = {{"--out", true}};
inline constexpr Option recipe_options[] = {{"--pipeline", true}};

/// From image files to label files, and a table of what was measured.
int run_segment(const Arguments& arguments);
/// From painted images to a recipe with a pixel classifier.
int run_train(const Arguments& arguments);
/// From simulated fields to a recipe with a network.
int run_train_network(const Arguments& arguments);
/// What image files say, and what their numbers are.
int run_info(const Arguments& arguments);
/// A recipe as a Python script, a notebook, an ImageJ macro.
int run_python(const Arguments& arguments);
int run_notebook(const Arguments& arguments);
int run_macro(const Arguments& arguments);
/// New images of nuclei, with their truth.
int run_simulate(const Arguments& arguments);
/// How right one label image is, against another.
int run_score(const Arguments& arguments);
/// The images that come with the program, as files.
int run_samples(const Arguments& arguments);
/// The recipes that come with the program.
int run_recipe(const Arguments& arguments);

}  // namespace floodlight::cli
