// The recipe in ImageJ's macro language: the same steps, as near as ImageJ's own commands come.
#include <cmath>
#include <string>

#include "core/base/json.h"
#include "core/base/version.h"
#include "core/export/python_export.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/recipe_options.h"
#include "core/segment/row.h"

namespace floodlight {
namespace {

std::string recipe_comment(const Recipe& recipe) {
  return "// The recipe, as Floodlight opens it:\n// " + write_json(recipe_to_json(recipe)) + "\n";
}

/// A macro that says why there is none.
std::string without_equivalent(const Recipe& recipe) {
  const std::string why(recipe.mask_from->imagej_lacks);
  return "// " + why + "\n" + recipe_comment(recipe) + "\nexit(\"" + why + "\");\n";
}

/// The macro as it grows, and the reasons why its result is another.
class Macro {
 public:
  void step(std::string_view title) { body_ += "\n// " + std::string(title) + "\n"; }
  void line(std::string_view text) { body_ += std::string(text) + "\n"; }
  /// A command of the menu.
  void run(std::string_view command, std::string_view options = {}) {
    body_ += "run(\"" + std::string(command) + (options.empty() ? "" : "\", \"" + std::string(options)) + "\");\n";
  }
  /// Whole lines.
  void add(std::string_view lines) { body_ += lines; }
  /// Once for each reason; an empty one is none.
  void differs(std::string_view reason) {
    const std::string line = "// - " + std::string(reason) + "\n";
    if (!reason.empty() && !reasons_.contains(line)) reasons_ += line;
  }

  [[nodiscard]] std::string text(const Recipe& recipe) const {
    return "// Floodlight " + std::string(version()) +
           "'s steps as a macro for ImageJ or Fiji (1.52 or later): open an image, then run this.\n"
           "// The labels are not exactly Floodlight's and scikit-image's:\n" +
           reasons_ + recipe_comment(recipe) + body_;
  }

 private:
  std::string reasons_;
  std::string body_;
};

void load(Macro& macro, const Recipe& recipe) {
  macro.step("Load");
  macro.line(R"(if (nImages == 0) open(File.openDialog("Choose an image"));
folder = getDirectory("image");
stem = getTitle();
if (lastIndexOf(stem, ".") > 0) stem = substring(stem, 0, lastIndexOf(stem, "."));
setOption("BlackBackground", true);)");
  const std::string channel = std::to_string(static_cast<int>(recipe.channel));
  // A file has pages, or channels in a page: ImageJ shows either as slices, and never both.
  const bool by_channel = recipe.page == 0 && recipe.channel > Channel::first;
  const std::string slice = by_channel ? channel : std::to_string(recipe.page + 1);
  macro.line("if (nSlices > 1) setSlice(" + slice + ");");
  // Of channels shown together, Duplicate takes all.
  macro.line("if (is(\"composite\")) Stack.setDisplayMode(\"grayscale\");");
  macro.differs("Images of 1 bit, with a colour table or with white at 0 have other values there.");
  // ImageJ remembers the image to measure from the last run, and refuses when it is gone.
  macro.run("Set Measurements...", "area redirect=None decimal=6");
  macro.run("Duplicate...", "title=raw_image");
  if (recipe.channel == Channel::automatic) {
    macro.line("if (bitDepth() == 24) run(\"8-bit\");");
    macro.differs(
        "An RGB image becomes grey in 8 bits, with ImageJ's own weights; of 16 bits, its red channel is taken.");
  } else {
    macro.line("if (bitDepth() == 24) {\n  run(\"RGB Stack\");\n  setSlice(" + channel + R"();
  run("Duplicate...", "title=channel");
  close("raw_image");
  selectWindow("channel");
  rename("raw_image");
})");
  }
  macro.run("32-bit");
  if (std::isnan(recipe.pixel_size_um)) {
    macro.run("Set Scale...", "distance=0 known=0 unit=pixel");
  } else {
    const PixelSize size = pixel_size(recipe);
    const std::string ratio = size.square() ? "" : " pixel=" + shortest(size.height / size.width);
    macro.run("Set Scale...", "distance=1 known=" + shortest(size.width) + ratio + " unit=um");
  }
  if (recipe.nonfinite_as_zero) macro.run("Macro...", "code=[if (isNaN(v) || abs(v) > 3.4e38) v = 0]");
}

/// One of the steps that lead to the mask, on a copy of the image before it.
void mask_step(Macro& macro, const Recipe& recipe, Stage stage, std::string_view title, std::string_view result) {
  macro.step(title);
  macro.run("Duplicate...", "title=" + std::string(result));
  const ImagejStep step = recipe.mask_from->step(stage)->imagej(recipe);
  macro.add(step.lines);
  macro.differs(step.differs);
}

void threshold(Macro& macro, const Recipe& recipe) {
  mask_step(macro, recipe, Stage::mask, "Threshold", "binary_mask");
  macro.line("setThreshold(threshold, 1e30);");
  macro.run("Convert to Mask");
  macro.differs("A pixel that equals the threshold is foreground here, and background there.");
}

void refine(Macro& macro, const Recipe& recipe) {
  macro.step("Refine");
  for (const auto& r : recipe.refinements) {
    macro.add(imagej_lines(r));
    macro.differs(r->imagej_differs);
  }
}

void distance(Macro& macro) {
  macro.step("Distance transform");
  macro.run("Duplicate...", "title=distances");
  macro.run("Options...", "iterations=1 count=1 black edm=32-bit");
  macro.run("Distance Map");
  macro.line("rename(\"distance_transform\");\nclose(\"distances\");");
  macro.run("Options...", "iterations=1 count=1 black edm=Overwrite");
}

/// Splits what touches. ImageJ has no watershed from given seeds of its own.
void split(Macro& macro, const Recipe& recipe) {
  if (recipe.seeds != SeedMethod::by_hand) {
    macro.step("Seeds and watershed");
    macro.line("selectWindow(\"binary_mask\");");
    macro.run("Watershed");
    macro.differs(
        "ImageJ's watershed takes as seeds all maxima of the distance that rise 0.5 pixels above their saddles: a "
        "window, a minimum distance, the border and a lowest summit do not matter.");
    if (floods_intensity(recipe)) macro.differs("It floods the distance, not the intensity.");
    if (recipe.compactness > 0) macro.differs("It knows no compactness.");
  } else {
    macro.step("Seeds");
    std::string seeds = "seeds = newArray(";
    for (const Pixel seed : recipe.seeds_by_hand) {
      if (!seeds.ends_with('(')) seeds += ", ";
      seeds += std::to_string(seed.row) + ", " + std::to_string(seed.col);
    }
    macro.line(seeds + ");  // row, column, row, column ...");
    macro.line(R"(selectWindow("binary_mask");
getDimensions(width, height, channels, slices, frames);
newImage("seeds", "8-bit black", width, height, 1);
for (i = 0; i < seeds.length; i += 2) setPixel(seeds[i + 1], seeds[i], 255);
updateDisplay();)");
    macro.step("Every pixel goes to the nearest seed");
    macro.run("Voronoi");
    macro.line(R"(setThreshold(1, 255);
run("Convert to Mask");
imageCalculator("Subtract", "binary_mask", "seeds");
close("seeds");
selectWindow("binary_mask");)");
    macro.differs("ImageJ has no watershed from given seeds: each pixel goes to its nearest seed instead.");
  }
  macro.differs("Nuclei are parted by a line one pixel wide, which belongs to neither, and are numbered differently.");
}

void save(Macro& macro) {
  macro.step("Label, measure, save");
  macro.run("Set Measurements...", "area mean min centroid bounding fit shape perimeter redirect=raw_image decimal=6");
  macro.run("Analyze Particles...", "size=0-Infinity pixel show=[Count Masks] display clear");
  macro.line(R"(rename("labeled_ws_image");
if (folder == "") folder = getDirectory("Choose a folder for the results");
saveAs("Tiff", folder + stem + "_labeled_imagej.tif");
saveAs("Results", folder + stem + "_measurements_imagej.csv");)");
}

}  // namespace

std::string imagej_macro(const Recipe& recipe) {
  if (!recipe.mask_from->imagej_lacks.empty()) return without_equivalent(recipe);
  Macro macro;
  load(macro, recipe);
  mask_step(macro, recipe, Stage::filtered, "Filter", "filtered_image");
  threshold(macro, recipe);
  refine(macro, recipe);
  distance(macro);
  split(macro, recipe);
  save(macro);
  return macro.text(recipe);
}

}  // namespace floodlight
