#include "web/app/image_set/image_set.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/base/words.h"
#include "core/explain/field_statistics.h"
#include "core/export/measurements_csv.h"
#include "core/export/recipe_words.h"
#include "core/samples/samples.h"
#include "core/segment/thresholds.h"
#include "web/app/files/app_files.h"
#include "web/app/image_set/image_set_page.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/widgets/theme.h"

namespace floodlight::ui {
namespace {

Field* find(App& app, std::uint32_t id) {
  const auto found = std::ranges::find(app.image_set.set.fields, id, &Field::id);
  return found == app.image_set.set.fields.end() ? nullptr : &*found;
}

/// Whether a field's results are called so; on some disks "A.tif" is "a.tif".
bool is_taken(const ImageSet& set, const std::string& stem) {
  return std::ranges::any_of(set.fields, [&](const Field& f) { return lower_case(f.stem) == lower_case(stem); });
}

void results_changed(App& app) {
  ++app.image_set.set.version;
  app.image_set.set.saved.clear();
  platform::request_frame();
}

void forget_results(ImageSet& set) {
  for (Field& f : set.fields) {
    f.state = FieldState::waiting;
    f.problem.clear();
    f.result.reset();
    f.fixed.reset();
  }
  set.fixed_threshold.reset();
}

void summarise(FieldResult& result) {
  if (result.areas.empty()) return;
  result.median_area = median_of({result.areas.begin(), result.areas.end()});
  result.mean_intensity = std::accumulate(result.intensities.begin(), result.intensities.end(), 0.0) /
                          static_cast<double>(result.intensities.size());
}

/// Greys with the nuclei's colours over them.
std::vector<std::uint8_t> coloured(const std::vector<std::uint8_t>& picture) {
  const std::size_t pixels = picture.size() / 2;
  std::vector<std::uint8_t> result;
  result.reserve(4 * pixels);
  for (std::size_t i = 0; i < pixels; ++i) {
    const std::uint8_t colour = picture[pixels + i];
    const ImU32 tint = colour == 0 ? 0 : label_palette[static_cast<std::size_t>(colour - 1) % label_palette.size()];
    for (const int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT}) {
      const unsigned grey = picture[i];
      result.push_back(static_cast<std::uint8_t>(colour == 0 ? grey : (grey + ((tint >> shift) & 0xFFU)) / 2));
    }
    result.push_back(255);
  }
  return result;
}

/// The image that was opened from the list gets the list's recipe.
void take_list_recipe(App& app, const Recipe& recipe) {
  app.edit_recipe(recipe);
  app.opened_with = recipe;
  app.before = ImageBefore{"the list of step 10", recipe, false, true};
}

/// Sends the fields that lack a result to the workers.
void run(App& app, const Recipe& recipe, std::optional<FieldResult> Field::* missing) {
  Json::Array jobs;
  for (Field& f : app.image_set.set.fields) {
    if (f.*missing) continue;
    f.state = FieldState::waiting;
    f.problem.clear();
    Json::Object job = {{"id", static_cast<double>(f.id)}, {"name", f.name}};
    if (f.sample) job.emplace_back("sample", samples()[*f.sample].id);
    jobs.emplace_back(std::move(job));
  }
  if (jobs.empty()) return;
  app.image_set.set.running = true;
  app.image_set.set.paused = false;
  app.image_set.set.with_fixed = missing == &Field::fixed;
  ask_page("run",
           Json::Object{
               {"recipe", recipe_to_json(recipe)}, {"keep", !app.image_set.set.with_fixed}, {"jobs", std::move(jobs)}});
  results_changed(app);
}

}  // namespace

RunProgress run_progress(const ImageSet& set) {
  RunProgress progress{.all = set.fields.size()};
  for (const Field& f : set.fields) {
    if (f.state == FieldState::failed) ++progress.failed;
    if (set.with_fixed ? f.fixed.has_value() : f.result.has_value()) ++progress.done;
  }
  return progress;
}

Recipe recipe_for_image_set(const App& app) {
  Recipe recipe = app.recipe();
  // Every file tells its own.
  if (app.image.pixel_size_um == recipe.pixel_size_um) recipe.pixel_size_um = recipe.pixel_height_um = no_value;
  return recipe;
}

bool results_are_current(const App& app) {
  const bool any = std::ranges::any_of(app.image_set.set.fields, [](const Field& f) { return f.result.has_value(); });
  return !any || app.image_set.set.recipe == recipe_for_image_set(app);
}

void take_samples(App& app) {
  forget_fields(app);
  for (std::size_t i = 0; i < samples().size(); ++i) {
    const SampleInfo& info = samples()[i];
    if (info.group != SampleGroup::population) continue;
    Field field;
    field.id = ++app.image_set.set.last_id;
    field.name = info.title;
    field.stem = info.id;
    field.sample = i;
    app.image_set.set.fields.push_back(std::move(field));
  }
  results_changed(app);
}

std::string recipe_at_hand(const App& app) {
  const std::string words = differences_from_lab(app.recipe());
  if (words.empty()) return "the lab's.";
  const bool own = app.image.sample && app.recipe() == app.opened_with;
  return (own ? "the one that comes with " : "the one that you have at ") + app.image.name +
         ", not the lab's: " + words + ".";
}

void take_lab_recipe(App& app) { app.edit_recipe(lab_recipe_for(app.recipe())); }

void choose_fields(App& /*app*/, bool folder) { ask_page("choose", Json::Object{{"folder", folder}}); }

void forget_fields(App& app) {
  cancel_run(app);
  app.image_set.set.fields.clear();
  app.image_set.set.left_out = 0;
  app.image_set.set.fixed_threshold.reset();
  app.image_set.pictures.clear();
  ask_page("forget");
  results_changed(app);
}

void start_run(App& app) {
  if (app.image_set.set.running) return;
  const Recipe recipe = recipe_for_image_set(app);
  if (recipe.seeds == SeedMethod::by_hand) {
    app.message = "Seeds set by hand belong to one image. Choose peaks in step 7, which finds seeds in every image.";
    return;
  }
  if (recipe != app.image_set.set.recipe) forget_results(app.image_set.set);
  app.image_set.set.recipe = recipe;
  run(app, recipe, &Field::result);
}

void start_fixed_run(App& app, double threshold) {
  if (app.image_set.set.running) return;
  if (app.image_set.set.fixed_threshold != threshold) {
    for (Field& f : app.image_set.set.fields) f.fixed.reset();
  }
  app.image_set.set.fixed_threshold = threshold;
  Recipe recipe = app.image_set.set.recipe;
  recipe.threshold = thresholds::manual;
  recipe.threshold[cutoff_value] = threshold;
  run(app, recipe, &Field::fixed);
}

void pause_run(App& app, bool paused) {
  if (!app.image_set.set.running) return;
  app.image_set.set.paused = paused;
  ask_page("pause", Json::Object{{"paused", paused}});
  platform::request_frame();
}

void cancel_run(App& app) {
  if (!app.image_set.set.running) return;
  ask_page("cancel");
  run_ended(app);
}

std::optional<std::string> wrong_with_names(const App& app) {
  std::vector<std::string> inputs;
  for (const Field& f : app.image_set.set.fields) inputs.push_back(lower_case(f.name));
  std::ranges::sort(inputs);
  for (const Field& f : app.image_set.set.fields) {
    const auto name = output_name(app.image_set.view.pattern, f.stem, f.name);
    if (!name) return name.error().message;
    if (std::ranges::binary_search(inputs, lower_case(*name)))
      return "The labels of " + f.name + " would be called " + *name + ", as another image of the set is.";
  }
  return std::nullopt;
}

std::optional<Json> results_to_save(const App& app, bool into_folder) {
  if (wrong_with_names(app)) return std::nullopt;
  Json::Array files;
  for (const Field& f : app.image_set.set.fields) {
    if (!f.result) continue;
    files.emplace_back(Json::Object{{"id", static_cast<double>(f.id)},
                                    {"name", *output_name(app.image_set.view.pattern, f.stem, f.name)}});
  }
  if (files.empty()) return std::nullopt;
  return Json::Object{{"folder", into_folder},
                      {"archive", "floodlight_results.zip"},
                      {"files", std::move(files)},
                      {"header", measurements_csv_header()},
                      {"recipe", write_json(recipe_to_json(app.image_set.set.recipe), 2) + "\n"}};
}

void save_results(App& app, bool into_folder) {
  if (const auto wrong = wrong_with_names(app)) {
    app.message = *wrong;
    return;
  }
  const auto results = results_to_save(app, into_folder);
  if (!results) return;
  app.image_set.set.saved.clear();
  ask_page("save", *results);
}

void results_saved(App& app, const std::string& sentence) {
  app.image_set.set.saved = sentence;
  platform::request_frame();
}

void open_field(App& app, std::size_t index) {
  const Field& field = app.image_set.set.fields[index];
  if (!field.sample) {
    ask_page("open", Json::Object{{"id", static_cast<double>(field.id)}});
    return;
  }
  Recipe recipe = field.result ? app.image_set.set.recipe : recipe_for_image_set(app);
  app.open_sample(*field.sample);
  if (std::isnan(recipe.pixel_size_um)) take_pixel_size(recipe, app.recipe());
  take_list_recipe(app, recipe);
  app.go_to(lesson(*app.recipe().mask_from)[static_cast<std::size_t>(app.image_set.view.opens_at)]);
}

std::uint32_t field_added(App& app, const std::string& name) {
  ImageSet& set = app.image_set.set;
  if (std::ranges::any_of(set.fields, [](const Field& f) { return f.sample.has_value(); })) forget_fields(app);
  const std::string stem(stem_of(name));
  Field field;
  field.id = ++set.last_id;
  field.name = name;
  field.stem = stem;
  // The image keeps its name, in the table too; what is saved of it gets a number.
  for (int n = 2; is_taken(set, field.stem); ++n) field.stem = stem + "_" + std::to_string(n);
  // Of two files with the very same name, out of two folders, the table could not tell which is which.
  if (std::ranges::find(set.fields, name, &Field::name) != set.fields.end())
    field.name = field.stem + name.substr(stem.size());
  set.fields.push_back(std::move(field));
  app.go_to(StepId::image_set);
  results_changed(app);
  return set.last_id;
}

void files_left_out(App& app, std::size_t count) {
  app.image_set.set.left_out += count;
  app.go_to(StepId::image_set);
}

void field_started(App& app, std::uint32_t id) {
  Field* field = find(app, id);
  if (field == nullptr) return;
  field->state = FieldState::working;
  field->progress = 0;
  platform::request_frame();
}

void field_progressed(App& app, std::uint32_t id, float progress) {
  Field* field = find(app, id);
  if (field == nullptr) return;
  field->progress = progress;
  platform::request_frame();
}

void field_failed(App& app, std::uint32_t id, const std::string& problem) {
  Field* field = find(app, id);
  if (field == nullptr) return;
  field->state = FieldState::failed;
  field->problem = problem;
  results_changed(app);
}

void field_done(App& app, std::uint32_t id, const FieldShape& shape, FieldResult result,
                const std::vector<std::uint8_t>& picture) {
  Field* field = find(app, id);
  if (field == nullptr) return;
  field->state = FieldState::done;
  field->rows = shape.rows;
  field->cols = shape.cols;
  field->pixel_size_um = shape.pixel_size_um;
  field->pixel_height_um = shape.pixel_height_um;
  summarise(result);
  if (app.image_set.set.with_fixed) {
    field->fixed = std::move(result);
  } else {
    field->result = std::move(result);
    app.image_set.pictures.set(id, coloured(picture));
  }
  results_changed(app);
}

void run_ended(App& app) {
  app.image_set.set.running = false;
  app.image_set.set.paused = false;
  for (Field& f : app.image_set.set.fields) {
    if (f.state == FieldState::working || f.state == FieldState::waiting)
      f.state = f.result ? FieldState::done : FieldState::waiting;
  }
  results_changed(app);
}

void field_opened(App& app, std::uint32_t id, std::vector<std::uint8_t> bytes) {
  const Field* field = find(app, id);
  if (field == nullptr) return;
  Recipe recipe = field->result ? app.image_set.set.recipe : recipe_for_image_set(app);
  if (!open_file(app, field->name, std::move(bytes))) return;
  if (std::isnan(recipe.pixel_size_um)) take_pixel_size(recipe, app.recipe());
  const bool same_pixels = recipe.page == app.recipe().page && recipe.channel == app.recipe().channel;
  take_list_recipe(app, recipe);
  if (!same_pixels) app.reread_file();
  app.go_to(lesson(*app.recipe().mask_from)[static_cast<std::size_t>(app.image_set.view.opens_at)]);
}

}  // namespace floodlight::ui
