// What a link or a file carries of the screen, so that another person sees the same: image, step, recipe, view, pixel.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/json.h"
#include "core/pipeline/recipe.h"
#include "core/samples/samples.h"

namespace floodlight {

inline constexpr int shared_state_version = 1;

// How what is chosen is called in a link; each choice travels as its place in these lists.
inline constexpr std::array<std::string_view, 14> shared_steps = {
    "pixels",    "threshold", "filter", "label",    "refine", "distance", "seeds",
    "watershed", "measure",   "many",   "features", "forest", "network",  "training"};
inline constexpr std::array<std::string_view, 4> shared_comparisons = {"before", "split", "side-by-side", "after"};
inline constexpr std::array<std::string_view, 5> shared_maps = {"grey", "inverted", "viridis", "magma", "inferno"};
/// What can be shown beside the step's own picture; any of them at once.
inline constexpr std::array<std::string_view, 10> shared_parts = {"filtered-threshold",
                                                                  "two-windows",
                                                                  "profile",
                                                                  "candidates-hidden",
                                                                  "repairs-hidden",
                                                                  "lost",
                                                                  "lives",
                                                                  "plots",
                                                                  "fates",
                                                                  "differences"};

struct SharedView {
  std::optional<double> zoom;  ///< CSS pixels a pixel; none: the whole image
  double centre_row = 0;       ///< in the middle of the view, where there is a zoom
  double centre_col = 0;
  std::size_t comparison = 3;                       ///< of shared_comparisons
  double split = 0.5;                               ///< where the divider stands, as a share of the width
  std::size_t map = 0;                              ///< of shared_maps
  std::optional<std::pair<double, double>> window;  ///< drawn darkest and brightest; none: the image's own
  std::array<bool, shared_parts.size()> parts{};
  std::optional<double> growth;                        ///< how many units of the labelling are done, where it is shown
  std::optional<double> flood;                         ///< and of the flood
  std::optional<std::pair<double, double>> landscape;  ///< the flood in 3D: turned and tilted by so many degrees
};

struct SharedState {
  std::string sample;  ///< the id of an image that comes with the program; empty for a file
  std::string file;    ///< the name of a file, which only the sender has
  std::string digest;  ///< of its bytes, as `digest_of` makes it
  std::size_t step = 7;
  Recipe recipe;
  bool own_pixel_size = false;                 ///< the recipe's pixel size was set by hand, else it is the image's
  std::optional<SampleSimulation> simulation;  ///< of a simulated sample, where a knob was turned
  std::optional<Pixel> pixel;                  ///< the pinned one
  SharedView view;
};

/// Eight hexadecimal digits by which a file is known again. O(bytes).
std::string digest_of(std::span<const std::uint8_t> bytes);

/// "v=1&image=case_crowded&step=seeds&filter.sigma=2": what stands behind the # of an address, with only what differs from
/// how the image opens. A state that differs in nothing is "v=1&image=nuclei_01". What a recipe has learnt is
/// packed into it where it is short, the network that comes with the program as the word "shipped-1"; where it is left out, the
/// link is refused, in a sentence that says so.
std::string shared_state_fragment(const SharedState& state);
/// Reads that, with or without the #. Refuses what is unknown or out of range, naming it and what is allowed.
Result<SharedState> shared_state_from_fragment(std::string_view fragment);

/// The same as a JSON object whose "recipe" is whole.
Json shared_state_to_json(const SharedState& state);
/// Whether the object says that it is one.
bool is_shared_state(const Json& json);
Result<SharedState> shared_state_from_json(const Json& json);

}  // namespace floodlight
