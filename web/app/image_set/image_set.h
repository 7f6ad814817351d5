// Many images: the list of fields, what became of each, and the run that walks them with one recipe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/pipeline/recipe.h"
#include "web/app/state/image_set.h"

namespace floodlight::ui {

class App;

/// How far the run at hand is, or the last one was.
struct RunProgress {
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t all = 0;
};
/// How many images the set has, how many have failed, and how many have a result of the kind that was asked for last.
[[nodiscard]] RunProgress run_progress(const ImageSet& set);
/// Whether the results there are were made with the recipe at hand; so when there are none.
[[nodiscard]] bool results_are_current(const App& app);
/// What a run made with the recipe at hand would take: the pixel size of the image at hand is that image's own.
[[nodiscard]] Recipe recipe_for_image_set(const App& app);

/// Which recipe a run would take, and where it comes from, in a sentence.
[[nodiscard]] std::string recipe_at_hand(const App& app);

// --- what the student does ------------------------------------------------------------------------------------------------

/// The set becomes the 25 fields of the experiment that comes with Floodlight.
void take_samples(App& app);
/// Opens the browser's chooser; what is chosen joins the set, in the place of samples.
void choose_fields(App& app, bool folder);
/// Empties the set, its results and its pictures; a run ends first.
void forget_fields(App& app);
/// Takes the lab's recipe in the place of the one at hand, as one change that can be undone.
void take_lab_recipe(App& app);
/// Runs the recipe at hand over every field that has no result of it.
void start_run(App& app);
/// The same recipe once more, with this threshold for all fields: makes their `fixed` results.
void start_fixed_run(App& app, double threshold);
/// A paused run finishes the images that it has begun.
void pause_run(App& app, bool paused);
/// Ends the run at once: images that were begun have no result.
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
/// So many of the chosen files were no images that Floodlight reads, and did not join.
void files_left_out(App& app, std::size_t count);
/// A worker has begun with an image.
void field_started(App& app, std::uint32_t id);
/// How far a worker is with it, from 0 to 1.
void field_progressed(App& app, std::uint32_t id, float progress);
/// An image could not be read or segmented; `problem` is the sentence that the list shows.
void field_failed(App& app, std::uint32_t id, const std::string& problem);
/// What is learnt of the field itself comes with every result.
struct FieldShape {
  int rows = 0;
  int cols = 0;
  std::optional<double> pixel_size_um;
  std::optional<double> pixel_height_um;  ///< where it is another than the width
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

}  // namespace floodlight::ui
