// The form of a repair's row: all that is known of a repair of the mask, in the file that computes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/option.h"
#include "core/base/sliced.h"
#include "core/segment/footprint.h"
#include "core/segment/row.h"

namespace floodlight {

/// Why a repair left one pixel as it is.
struct RepairAtPixel {
  bool value = false;  ///< of its result there
  std::string why;     ///< one sentence
  /// Of repairs with a footprint: where it lies for this pixel (over the pixel itself, or where it fits), and the pixels
  /// under it that decide.
  Pixel centre;
  std::vector<Pixel> deciding = {};
};

/// Whose sizes a repair looks at.
enum class Judges : std::uint8_t { no_sizes, objects, holes };

struct RepairRow {
  std::string_view name;   ///< in JSON and on the command line
  std::string_view label;  ///< on screen
  Options options = {};

  /// The repaired mask. The mask outlives the computation.
  Sliced<Mask> (*apply)(MaskView mask, const OptionValues& values) = nullptr;
  /// What is laid on every pixel; null: it looks at whole objects or holes.
  Footprint (*footprint)(const OptionValues& values) = nullptr;
  /// The footprint's radius; null without one.
  int (*reach)(const OptionValues& values) = nullptr;
  /// Why the repair left a pixel of the mask before it as it is.
  RepairAtPixel (*terms)(MaskView before, const OptionValues& values, Pixel pixel) = nullptr;
  Judges judges = Judges::no_sizes;
  const Option* limit = nullptr;  ///< the largest size that goes, where it judges sizes

  // Texts: `row_text` fills them in.
  std::string_view in_diagnosis = {};     ///< "closing with {footprint}"
  std::string_view removes = {};          ///< why a nucleus that it took is gone; empty: how much of it is left is told
  std::string_view python = {};           ///< the repaired mask, made from {mask}
  std::string_view python_program = {};   ///< the same in a program that any scikit-image may run; empty: as `python`
  std::string_view python_function = {};  ///< what that calls, if anything; it expects `skimage_version`
  std::string_view python_suffix = {};    ///< of the repaired mask's name: "_closed"
  ImagejLines imagej = {};                ///< on the selected mask `binary_mask`
  std::string_view imagej_differs = {};   ///< why ImageJ's result is another; empty: it is the same
  std::span<const RowPitfall> pitfalls = {};
};

/// Draws the objects that `Analyze Particles` has kept anew as `binary_mask`, in ImageJ's macro language.
inline constexpr std::string_view imagej_keeps_particles = R"(rename("kept");
if (is("Inverting LUT")) run("Invert LUT");
close("binary_mask");
selectWindow("kept");
rename("binary_mask");
)";

}  // namespace floodlight
