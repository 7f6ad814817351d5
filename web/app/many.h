// Many images: the list of fields, what became of each, and the run that walks them with one recipe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/output_name.h"
#include "core/recipe.h"

namespace floodlight::ui {

class App;

/// What one recipe made of one field.
struct FieldResult {
  double threshold = 0;
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
  std::optional<FieldResult> result;  ///< with the recipe
  std::optional<FieldResult> fixed;   ///< with the same recipe, but one fixed threshold for all
};

/// The set and its run.
struct Many {
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

/// How far the run at hand is, or the last one was.
struct RunProgress {
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t all = 0;
};
[[nodiscard]] RunProgress run_progress(const Many& many);
/// Whether the results there are were made with the recipe at hand; so when there are none.
[[nodiscard]] bool results_are_current(const App& app);
/// What a run made with the recipe at hand would take: the pixel size of the image at hand is that image's own.
[[nodiscard]] Recipe recipe_for_many(const App& app);

// --- what the student does ------------------------------------------------------------------------------------------------

/// The set becomes the 25 fields of the experiment that comes with Floodlight.
void take_samples(App& app);
/// Opens the browser's chooser; what is chosen joins the set, in the place of samples.
void choose_fields(App& app, bool folder);
void forget_fields(App& app);
/// Runs the recipe at hand over every field that has no result of it.
void start_run(App& app);
/// The same recipe once more, with this threshold for all fields: makes their `fixed` results.
void start_fixed_run(App& app, double threshold);
/// A paused run finishes the images that it has begun.
void pause_run(App& app, bool paused);
void cancel_run(App& app);
/// Why the results cannot be saved under names of the pattern at hand; nothing where they can.
[[nodiscard]] std::optional<std::string> wrong_with_names(const App& app);
/// What the page is asked to save of the results there are; none where there are none, or their names are wrong.
[[nodiscard]] std::optional<Json> results_to_save(const App& app, bool into_folder);
/// Saves what is done, as one ZIP or into a folder that the browser asks for: each label image, measurements.csv, recipe.json.
void save_results(App& app, bool into_folder);
/// Makes a field the image at hand, with the run's recipe.
void open_field(App& app, std::size_t index);

// --- what the page tells --------------------------------------------------------------------------------------------------

/// A file has joined the set; under which id.
[[nodiscard]] std::uint32_t field_added(App& app, const std::string& name);
void files_left_out(App& app, std::size_t count);
void field_started(App& app, std::uint32_t id);
void field_progressed(App& app, std::uint32_t id, float progress);
void field_failed(App& app, std::uint32_t id, const std::string& problem);
/// What is learnt of the field itself comes with every result.
struct FieldShape {
  int rows = 0;
  int cols = 0;
  std::optional<double> pixel_size_um;
};
/// `picture`: FieldPictures::size rows of as many greys, then as many colours: 0 for background, else 1 and on; or nothing.
void field_done(App& app, std::uint32_t id, const FieldShape& shape, FieldResult result,
                const std::vector<std::uint8_t>& picture);
/// No field is worked on any more.
void run_ended(App& app);
/// The results lie where the sentence says.
void results_saved(App& app, const std::string& sentence);
/// A file of the set was read again, to be looked at.
void field_opened(App& app, std::uint32_t id, std::vector<std::uint8_t> bytes);

// --- the screen -----------------------------------------------------------------------------------------------------------

/// How the set is shown and saved.
struct ManyView {
  int sort_column = 0;
  bool descending = false;
  int opens_at = 7;                             ///< the step at which a field is opened
  std::string pattern{default_output_pattern};  ///< of the label images' names
  bool save_open = false;
};

}  // namespace floodlight::ui
