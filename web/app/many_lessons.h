// The lessons of step 10: how the images of a set differ, how many are enough, one threshold for all, and the loop's traps.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/exercise.h"
#include "core/field_statistics.h"
#include "core/folder_loop.h"

namespace floodlight::ui {

class App;

/// Statistics of the results there are, kept until these or the order change.
struct SetStatistics {
  static constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t version = never;  ///< of the set
  std::uint64_t order_seed = 0;
  std::vector<std::string> names;          ///< of all fields, as in all lists of this struct but these two:
  std::vector<std::size_t> order;          ///< the places of the fields with results, shuffled
  std::array<std::vector<double>, 2> all;  ///< areas and mean intensities of every nucleus
  std::string_view area_unit;              ///< of `all[0]` and `of_fields[0]`
  std::array<std::optional<Quartiles>, 2> population;
  std::array<std::vector<std::optional<Quartiles>>, 2> of_fields;
  struct Settling {
    std::vector<double> running;
    MeanBand band;
    std::size_t needed = 0;
  };
  std::array<Settling, 2> settling;  ///< of the count and of the mean area in pixels
  std::optional<VarianceComponents> of_area;
};

/// How the lessons are shown.
struct ManyLessons {
  bool distributions_open = true;
  bool enough_open = false;
  bool threshold_open = false;
  bool loop_open = false;
  std::optional<std::size_t> at_hand;  ///< the field that is marked in every plot and in the list
  int property = 0;                    ///< whose distribution is shown: area or mean intensity
  int mean = 0;                        ///< which mean runs: of the count or of the area
  std::uint64_t order_seed = 2;        ///< of the running mean; this one begins with samples that mislead
  std::size_t fields_read = 0;         ///< of the running mean
  std::optional<double> fixed;         ///< the one threshold; none: the median of those there are
  LoopSettings loop;
  bool other_files = false;  ///< the loop's folder holds a text and images with other endings
  double densest = 300;      ///< nuclei in the loop's last image
  int runs = 1;
  bool program_open = false;
  SetStatistics statistics;
};

/// Draws all of them.
void many_lessons(App& app);
/// What of it is shown on stage: the mean that settles.
void many_on_stage(App& app);
/// The lesson of the loop, in loop_lesson.cpp.
void loop_lesson(App& app);
/// What exercises are made from: the fields with results, in the order of the running mean. Holds no values of its own.
std::vector<FieldOfSet> fields_of_set(App& app);

}  // namespace floodlight::ui
