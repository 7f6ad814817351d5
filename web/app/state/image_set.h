// A set of images: the list of fields, what became of each, and how the set and its lessons are shown.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/explain/field_statistics.h"
#include "core/explain/folder_loop.h"
#include "core/files/output_name.h"
#include "core/pipeline/recipe.h"

namespace floodlight::ui {

/// What one recipe made of one field.
struct FieldResult {
  double lowest_threshold = 0;   ///< of all pixels, NaN where the mask has none; where there is one for all, it is ...
  double highest_threshold = 0;  ///< ... the highest, too
  int nuclei = 0;
  std::vector<float> areas;              ///< of each nucleus, in pixels, ascending by label
  std::vector<float> intensities;        ///< their mean intensities in the raw image
  std::optional<double> median_area;     ///< of its nuclei, where there are any
  std::optional<double> mean_intensity;  ///< the mean of `intensities`
  std::optional<double> f1;              ///< where the truth is known
  std::optional<double> mean_ap;
  double milliseconds = 0;
};

enum class FieldState : std::uint8_t { waiting, working, done, failed };

/// One image of the set. Its pixels are read when they are needed and let go; only this stays.
struct Field {
  std::uint32_t id = 0;  ///< under which the page's JavaScript knows its file
  std::string name;      ///< of the file, or the sample's title; no two are equal
  std::string stem;      ///< what its results are named after; no two are equal
  std::optional<std::size_t> sample;
  FieldState state = FieldState::waiting;
  float progress = 0;   ///< while it is worked on, 0 to 1
  std::string problem;  ///< why it failed: one sentence
  int rows = 0;
  int cols = 0;
  std::optional<double> pixel_size_um;
  std::optional<double> pixel_height_um;  ///< where it is another than the width
  std::optional<FieldResult> result;      ///< with the recipe
  std::optional<FieldResult> fixed;       ///< with the same recipe, but one fixed threshold for all
};

/// The set and its run.
struct ImageSet {
  std::vector<Field> fields;
  Recipe recipe;                          ///< of the results there are
  std::optional<double> fixed_threshold;  ///< of the `fixed` results there are
  bool running = false;
  bool paused = false;
  bool with_fixed = false;    ///< the run at hand makes the `fixed` results
  std::size_t left_out = 0;   ///< files of the folder that are no TIFFs by their names
  std::string saved;          ///< where the results were last saved, in a sentence
  std::uint32_t version = 0;  ///< counts up whenever a result has come or gone
  std::uint32_t last_id = 0;
};

/// How the set is shown and saved.
struct ImageSetView {
  int sort_column = 0;
  bool descending = false;
  int opens_at = 7;                             ///< the step at which a field is opened
  std::string pattern{default_output_pattern};  ///< of the label images' names
  bool save_open = false;
};

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
struct ImageSetLessons {
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

}  // namespace floodlight::ui
