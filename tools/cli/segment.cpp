// `floodlight segment`: from image files to label files, and a table of what was measured.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/words.h"
#include "core/export/measurements_csv.h"
#include "core/files/output_name.h"
#include "core/pipeline/recipe.h"
#include "tools/cli/commands.h"
#include "tools/cli/files.h"
#include "tools/cli/in_order.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/paths.h"
#include "tools/cli/progress.h"
#include "tools/cli/recipe_file.h"
#include "tools/cli/segment_image.h"
#include "tools/cli/segment_plan.h"

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

struct Order {
  SegmentOptions options;
  std::string pattern{default_output_pattern};
  std::optional<fs::path> table;
  std::size_t jobs = 1;
};

/// A name that is an image's is a slip: `--measurements *.tif`, where the shell puts the first image in that place.
bool called_as_an_image(const std::string& name) {
  const std::string ending = lower_case(fs::path(name).extension().string());
  return ending == ".tif" || ending == ".tiff";
}

Result<Order> read_order(const Arguments& arguments) {
  Order order;
  if (arguments.operands.empty()) return fail("segment needs at least one image: floodlight segment cells.tif");
  if (const std::string* folder = arguments.value("--out")) order.options.folder = *folder;
  if (const std::string* pattern = arguments.value("--name")) order.pattern = *pattern;
  if (const auto name = output_name(order.pattern, "cells", ""); !name) return std::unexpected(name.error());
  order.options.stages = arguments.value("--stages") != nullptr;
  if (arguments.value("--uint16") != nullptr) order.options.depth = LabelDepth::u16;
  if (const std::string* table = arguments.value("--measurements")) {
    if (called_as_an_image(*table)) {
      return fail("--measurements is " + *table + ", an image's name; it must be a table's, as measurements.csv.");
    }
    order.table = *table;
    order.options.measurements = true;
  }
  if (const std::string* name = arguments.value("--outlines")) {
    const auto format = find_outline_format(*name, "--outlines");
    if (!format) return std::unexpected(format.error());
    order.options.outlines = *format;
  }
  const auto jobs = whole_number(arguments, "--jobs", 1, 1024, 1);
  if (!jobs) return std::unexpected(jobs.error());
  order.jobs = static_cast<std::size_t>(*jobs);
  if (const std::string* file = arguments.value("--recipe")) {
    auto recipe = read_recipe(*file);
    if (!recipe) return std::unexpected(std::move(recipe.error()));
    order.options.recipe = std::move(*recipe);
  }
  return order;
}

void tell_of_own_results(const SegmentPlan& plan) {
  if (plan.own_results.empty()) return;
  const auto& [file, image] = plan.own_results.front();
  const std::size_t count = plan.own_results.size();
  const std::string what = count == 1 ? file + " is a result of " + image + " and was not read as an image"
                                      : std::to_string(count) + " files are results of this run's images (" + file +
                                            " of " + image + ", ...) and were not read as images";
  std::fprintf(stderr, "%s; give results a folder of their own with --out.\n", what.c_str());
}

/// "threshold 83.2, ", or nothing where the mask has no cutoff.
std::string cutoff_of(const Segmented& done) {
  if (std::isnan(done.lowest_threshold)) return {};
  return "threshold " + from_to(done.lowest_threshold, done.highest_threshold, shortest) + ", ";
}

/// Does the jobs; the status says whether all went well. Nothing when it was interrupted. `table` may be null.
std::optional<int> run(const SegmentPlan& plan, const Order& order, FileInTheMaking* table) {
  Progress progress(plan.jobs.size());
  int status = all_well;
  std::size_t told = 0;
  in_order(
      plan.jobs.size(), order.jobs, [&](std::size_t i) { return segment_image(plan.jobs[i], order.options); },
      [&](std::size_t i, const Result<Segmented>& done) {
        progress.clear();
        if (done) {
          std::printf("%s: %s%s, %.1f ms\n", plan.jobs[i].image.c_str(), cutoff_of(*done).c_str(),
                      counted(done->nuclei, "nucleus", "nuclei").c_str(), done->milliseconds);
          std::fflush(stdout);
          if (!done->note.empty()) std::fprintf(stderr, "%s\n", done->note.c_str());
          if (table != nullptr) table->write(done->rows);
        } else {
          status = failed(done.error());
        }
        progress.show(++told);
      });
  progress.clear();
  if (told == plan.jobs.size()) return status;
  std::fprintf(stderr, "floodlight: interrupted after %zu of %zu images%s.\n", told, plan.jobs.size(),
               table != nullptr ? "; the table of measurements is not written" : "");
  return std::nullopt;
}

}  // namespace

int run_segment(const Arguments& arguments) {
  const auto order = read_order(arguments);
  if (!order) return usage_error(order.error().message);
  std::vector<std::string_view> endings;
  if (order->options.stages) endings.assign(std::begin(stage_endings), std::end(stage_endings));
  if (order->options.outlines != nullptr) endings.push_back(order->options.outlines->ending);
  const SegmentPlan plan = plan_segmentation(arguments.operands, order->options.folder, order->pattern, endings);
  tell_of_own_results(plan);
  listen_for_interrupts();
  if (!order->table) return run(plan, *order, nullptr).value_or(interrupted_status());
  // Often in the results' folder, which only the first result would make.
  if (order->table->has_parent_path()) {
    if (const auto made = make_folder(order->table->parent_path()); !made) return failed(made.error());
  }
  FileInTheMaking table(*order->table);
  table.write(measurements_csv_header());
  if (const auto begun = table.state(); !begun) return failed(begun.error());
  const auto status = run(plan, *order, &table);
  if (!status) return interrupted_status();
  const auto written = table.finish();
  return written ? *status : failed(written.error());
}

}  // namespace floodlight::cli
