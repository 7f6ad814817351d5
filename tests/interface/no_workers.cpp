#include "tests/interface/no_workers.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <utility>

#include "core/files/tiff.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/recipe.h"
#include "core/samples/samples.h"
#include "core/score/score.h"
#include "core/segment/label_colours.h"
#include "web/app/gpu/field_pictures.h"
#include "web/app/image_set/image_set.h"
#include "web/app/image_set/image_set_page.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/state/image_file.h"

namespace floodlight::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

struct Job {
  std::uint32_t id = 0;
  std::string name;
  std::string sample;
};

struct Workers {
  std::map<std::uint32_t, Bytes> files;
  std::vector<Job> jobs;
  Recipe recipe;
  bool keep = false;
  bool running = false;
  bool paused = false;
  std::vector<std::string> saved;
};

Workers& workers() {
  static Workers instance;
  return instance;
}

/// A square of the image's pixels and of its labels' colours, as a worker of the page makes it.
Bytes small_picture(FloatView image, LabelView labels) {
  constexpr int size = ui::FieldPictures::size;
  const auto [low, high] = ui::window_of(image);
  const auto colours = label_colours(labels);
  const int side = std::min(image.rows(), image.cols());
  Bytes greys;
  Bytes tints;
  for (int row = 0; row < size; ++row) {
    for (int col = 0; col < size; ++col) {
      const Pixel pixel{(image.rows() - side) / 2 + row * side / size, (image.cols() - side) / 2 + col * side / size};
      const float share = std::clamp((image[pixel] - low) / (high - low), 0.0F, 1.0F);
      const Label label = labels[pixel];
      greys.push_back(static_cast<std::uint8_t>(share * 255));
      tints.push_back(label == 0 ? 0 : static_cast<std::uint8_t>(1 + colours[static_cast<std::size_t>(label)]));
    }
  }
  greys.insert(greys.end(), tints.begin(), tints.end());
  return greys;
}

/// The image of a job, as a sample is.
Result<Sample> read(const Job& job) {
  if (!job.sample.empty()) return make_sample(job.sample);
  auto read = read_tiff(std::as_bytes(std::span(workers().files.at(job.id))), job.name, ui::selection_of(workers().recipe));
  if (!read) return std::unexpected(read.error());
  Sample image;
  image.pixels = std::move(read->pixels);
  image.pixel_size_um = read->pixel_size_um;
  return image;
}

void run(const Job& job) {
  ui::App& app = ui::app();
  ui::field_started(app, job.id);
  auto image = read(job);
  if (!image) return ui::field_failed(app, job.id, image.error().message);
  Pipeline pipeline;
  pipeline.set_recipe(workers().recipe);
  const Image<float> pixels = image->pixels;
  pipeline.set_image(std::move(image->pixels));
  pipeline.finish();
  if (pipeline.failure()) return ui::field_failed(app, job.id, pipeline.failure()->error.message);
  const StageValues& values = pipeline.values();
  ui::FieldResult result;
  result.threshold = values.thresholded.threshold;
  result.nuclei = values.nuclei;
  for (const auto& row : values.measurements) {
    result.areas.push_back(static_cast<float>(row.area));
    result.intensities.push_back(static_cast<float>(row.mean_intensity));
  }
  if (image->truth) {
    if (const auto scored = score(values.labels, *image->truth)) {
      result.f1 = scored->f1;
      result.mean_ap = scored->mean_ap;
    }
  }
  ui::field_done(app, job.id, {values.labels.rows(), values.labels.cols(), image->pixel_size_um}, std::move(result),
                 workers().keep ? small_picture(pixels, values.labels) : Bytes{});
}

void begin_run(const Json& request) {
  Workers& w = workers();
  w.recipe = *recipe_from_json(*request.find("recipe"));
  w.keep = *request.find("keep")->boolean();
  w.running = true;
  w.paused = false;
  w.jobs.clear();
  for (const Json& job : *request.find("jobs")->array()) {
    const Json* sample = job.find("sample");
    w.jobs.push_back({static_cast<std::uint32_t>(*job.find("id")->number()), *job.find("name")->string(),
                      sample != nullptr ? *sample->string() : std::string()});
  }
}

}  // namespace

void start_workers() { workers() = {}; }

bool workers_are_busy() { return workers().running && !workers().paused; }

bool work_once() {
  Workers& w = workers();
  if (!workers_are_busy()) return false;
  if (w.jobs.empty()) {
    w.running = false;
    ui::run_ended(ui::app());
    return true;
  }
  const Job job = w.jobs.front();
  w.jobs.erase(w.jobs.begin());
  run(job);
  return true;
}

void join_set(const std::string& name, Bytes bytes) {
  const std::uint32_t id = ui::field_added(ui::app(), name);
  workers().files[id] = std::move(bytes);
  platform::request_frame();
}

const std::vector<std::string>& saved_results() { return workers().saved; }

}  // namespace floodlight::test

namespace floodlight::ui {

void ask_page(std::string_view command, const Json& request) {
  test::Workers& w = test::workers();
  if (command == "run") {
    test::begin_run(request);
  } else if (command == "pause") {
    w.paused = *request.find("paused")->boolean();
  } else if (command == "cancel") {
    w.running = false;
    w.jobs.clear();
  } else if (command == "forget") {
    w.files.clear();
  } else if (command == "save") {
    for (const Json& file : *request.find("files")->array()) w.saved.push_back(*file.find("name")->string());
    results_saved(app(), "Saved in a folder.");
  } else if (command == "open") {
    const auto id = static_cast<std::uint32_t>(*request.find("id")->number());
    if (w.files.contains(id)) field_opened(app(), id, w.files.at(id));
  }
  // Where a file is chosen, nobody chooses one: "choose".
}

bool page_has_folders() { return false; }

}  // namespace floodlight::ui
