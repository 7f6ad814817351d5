// The recipe as Python: the lines a student would type, with the lab's variable names.
#pragma once

#include <cstdint>
#include <string>

#include "core/files/tiff.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/stage.h"

namespace floodlight {

/// What the lines are written for.
enum class PythonFor : std::uint8_t {
  typing,  ///< to read and to type, for the image at hand
  program  ///< an exported program: any image, any scikit-image >= 0.25.2, with the help of `python_functions`
};

/// The line or lines of one stage, for scikit-image 0.26, joined by newlines. Every name they use is set by the lines of
/// an earlier stage. `np`, `skimage`, `scipy`, `tifffile`, `pd` and, for a classifier, `RandomForestClassifier` are imported
/// elsewhere. `page` is the image at hand as its file keeps it, for the line that is typed to read it: that line reads
/// exactly the pixels that `read_tiff` gives.
std::string python_lines(const Recipe& recipe, Stage stage, PythonFor what = PythonFor::typing,
                         const TiffPage& page = {});

/// The threshold step on `raw_image`, as the lecture first does it; of a way to the mask without a cutoff, its usual lines.
std::string python_raw_threshold(const Recipe& recipe);

/// The variable that holds the refined mask: "binary_mask_closed".
std::string python_refined_mask(const Recipe& recipe);

/// The functions that the lines for a program call, with an empty line between them: `load_image` and those that hide
/// how spellings have changed. They expect `skimage_version`, a tuple of numbers.
std::string python_functions(const Recipe& recipe);

}  // namespace floodlight
