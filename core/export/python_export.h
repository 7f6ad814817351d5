// The whole recipe as programs to take home: a Python script, a loop over a folder, a notebook, an ImageJ macro.
#pragma once

#include <string>
#include <string_view>

#include "core/pipeline/recipe.h"

namespace floodlight {

/// A complete script for one image, with the lab's variable names: reads `image_name`, gives the labels that the pipeline
/// gives, saves them as `{stem}_labeled.tif` and the measurements as CSV. For scikit-image >= 0.25.2, whose version it checks.
std::string python_script(const Recipe& recipe, std::string_view image_name);

/// The same as a function, and the loop over a folder's `*.tif`; `pattern` names each result, with `{stem}` in it.
std::string python_loop(const Recipe& recipe, std::string_view pattern);

/// The script as a Jupyter notebook (nbformat 4): its JSON text, with a paragraph before each step.
std::string notebook(const Recipe& recipe, std::string_view image_name);

/// The same steps in ImageJ's macro language; its first lines say that the result is not exactly the same, and why. Of a way
/// to the mask that cannot be said in it, a macro that says so and no more.
std::string imagej_macro(const Recipe& recipe);

}  // namespace floodlight
