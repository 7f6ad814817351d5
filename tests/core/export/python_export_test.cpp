// What is exported reads as it should; that it also runs, and gives the same labels, is tested with a real scikit-image.
#include "core/export/python_export.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/export/python.h"
#include "tests/core/random_inputs.h"

namespace floodlight {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string joined(const Json& source) {
  std::string text;
  for (const Json& line : *source.array()) text += *line.string();
  return text;
}

TEST(PythonExport, ScriptHoldsEveryLineOfThePanelThatNeedsNoHelp) {
  const Recipe recipe;
  const std::string script = python_script(recipe, "nuclei.tif");
  for (const Stage stage : {Stage::filtered, Stage::mask, Stage::components, Stage::distance, Stage::seeds,
                            Stage::labels, Stage::measurements}) {
    EXPECT_TRUE(contains(script, "\n" + python_lines(recipe, stage) + "\n")) << python_lines(recipe, stage);
  }
}

TEST(PythonExport, ScriptReadsTheNamedImageUnlessToldOtherwiseAndSavesUnderItsStem) {
  const std::string script = python_script({}, "nuclei.tif");
  EXPECT_TRUE(contains(script, "image_path = Path(\"nuclei.tif\")\nif len(sys.argv) > 1:\n"));
  EXPECT_TRUE(contains(script, "output_filepath = Path(f\"{image_path.stem}_labeled.tif\")\n"));
  EXPECT_TRUE(contains(script, "labeled_ws_image.astype(\"uint32\")"));
  EXPECT_TRUE(contains(script, "f\"{image_path.stem}_measurements.csv\""));
}

TEST(PythonExport, NamesOfFilesBecomePythonTextWhateverTheyHold) {
  EXPECT_TRUE(contains(python_script({}, "a\"b\\c\nd.tif"), "Path(\"a\\\"b\\\\c\\x0ad.tif\")"));
  EXPECT_TRUE(contains(python_loop({}, "{stem}_.tif"), "output_dir / f\"{image_path.stem}_.tif\"\n"));
  EXPECT_TRUE(contains(python_loop({}, "a{b}\"{stem}-{stem}"),
                       "output_dir / f\"a{{b}}\\\"{image_path.stem}-{image_path.stem}\"\n"));
}

TEST(PythonExport, RefusesOldVersionsInASentence) {
  for (const std::string& program : {python_script({}, "a.tif"), python_loop({}, "{stem}_labeled.tif")}) {
    EXPECT_TRUE(contains(program, "if skimage_version < (0, 25, 2) or Version(np.__version__).release < (2,):\n"));
    EXPECT_TRUE(contains(program, "raise SystemExit("));
  }
}

TEST(PythonExport, SizesAreSpelledByVersionAndOnlyWhereTheyAreUsed) {
  Recipe recipe;
  const std::string script = python_script(recipe, "a.tif");
  EXPECT_TRUE(contains(script, "\nbinary_mask_sized = remove_small_objects(binary_mask, max_size=10)\n"));
  EXPECT_TRUE(contains(script, "skimage.morphology.remove_small_objects(mask, max_size=max_size)\n"));
  EXPECT_TRUE(contains(script, "skimage.morphology.remove_small_objects(mask, min_size=max_size + 1)\n"));
  EXPECT_FALSE(contains(script, "remove_small_holes"));
  recipe.refinements = {{RefinementOperation::remove_small_holes, 64, {}}};
  const std::string other = python_script(recipe, "a.tif");
  EXPECT_TRUE(contains(other, "skimage.morphology.remove_small_holes(mask, area_threshold=max_size + 1)\n"));
  EXPECT_FALSE(contains(other, "remove_small_objects"));
}

TEST(PythonExport, LoadsTheRecipesPageAndChannelOrTheLuminance) {
  Recipe recipe;
  recipe.page = 2;
  EXPECT_TRUE(contains(python_script(recipe, "a.tif"), "page = tif.pages[0 if stack else 2]\n"));
  EXPECT_TRUE(contains(python_script(recipe, "a.tif"), "0.7154 * image[..., 1]"));
  recipe.channel = Channel::third;
  EXPECT_TRUE(contains(python_script(recipe, "a.tif"), "image = image[..., 2]\n"));
  EXPECT_FALSE(contains(python_script(recipe, "a.tif"), "0.7154"));
}

TEST(PythonExport, LoopGoesOverTheFolderAndKeepsItsResultsElsewhere) {
  const std::string loop = python_loop({}, "{stem}_labeled.tif");
  EXPECT_TRUE(contains(loop, "\nfor image_path in sorted(input_dir.glob(\"*.tif\")):\n"));
  EXPECT_TRUE(contains(loop, "    if image_path.name.startswith(\".\"):\n        continue"));
  EXPECT_TRUE(contains(loop, "    output_filepath = output_dir / f\"{image_path.stem}_labeled.tif\"\n"));
  EXPECT_TRUE(contains(loop, "if output_dir.resolve().is_relative_to(input_dir.resolve()):\n"));
  EXPECT_TRUE(contains(loop, "\n    labeled_ws_image = skimage.segmentation.watershed("));
}

TEST(PythonExport, NamesStandInTheScriptAsTheyAreAndOnlyControlCharactersAsCodes) {
  EXPECT_TRUE(contains(python_script({}, "my nuclei~1.tif"), "Path(\"my nuclei~1.tif\")"));
  EXPECT_TRUE(contains(python_script({}, "a\x1f\x7f.tif"), "Path(\"a\\x1f\\x7f.tif\")"));
}

TEST(PythonExport, NotebookIsWrittenAsJupyterWritesIt) {
  EXPECT_TRUE(notebook({}, "a.tif").starts_with("{\n \"cells\": [\n  {\n   \""));
  EXPECT_TRUE(notebook({}, "a.tif").ends_with("\n}\n"));
}

TEST(PythonExport, NotebookIsNbformat4WithTextBeforeEveryStep) {
  testing::Dice dice(7);
  for (int i = 0; i < 20; ++i) {
    const Recipe recipe = i == 0 ? Recipe{} : testing::random_recipe(dice);
    const auto json = parse_json(notebook(recipe, "nuclei \"1\".tif"));
    ASSERT_TRUE(json) << json.error().message;
    EXPECT_EQ(*json->find("nbformat")->number(), 4);
    const auto& cells = *json->find("cells")->array();
    bool text_before = false;
    std::string code;
    for (const Json& cell : cells) {
      const bool is_code = *cell.find("cell_type")->string() == "code";
      EXPECT_EQ(cell.find("outputs") != nullptr, is_code);
      EXPECT_FALSE(is_code && !text_before) << cell.text();
      EXPECT_FALSE(cell.find("source")->array()->empty());
      EXPECT_FALSE(cell.find("source")->array()->back().string()->ends_with('\n'));
      text_before = !is_code;
      if (is_code) code += joined(*cell.find("source")) + "\n";
    }
    for (const Stage stage : stages) {
      EXPECT_TRUE(contains(code, python_lines(recipe, stage, PythonFor::program) + "\n"));
    }
    EXPECT_EQ(recipe_from_json(*json->find("metadata")->find("floodlight")), recipe);
  }
}

TEST(PythonExport, MacroSaysWhyItIsNotTheSameAndNamesEveryStep) {
  Recipe recipe;
  const std::string macro = imagej_macro(recipe);
  EXPECT_TRUE(contains(macro, "// The labels are not exactly Floodlight's"));
  EXPECT_LT(macro.find("not exactly"), macro.find("\nrun("));
  EXPECT_TRUE(contains(macro, "run(\"Gaussian Blur...\", \"sigma=1\");\n"));
  EXPECT_TRUE(contains(macro, "setAutoThreshold(\"Otsu dark\");\n"));
  EXPECT_TRUE(contains(macro, "run(\"Analyze Particles...\", \"size=11-Infinity pixel show=Masks\");\n"));
  EXPECT_TRUE(contains(macro, "run(\"Maximum...\", \"radius=1\");\nrun(\"Minimum...\", \"radius=1\");\n"));
  EXPECT_TRUE(contains(macro, "run(\"Watershed\");\n"));
  EXPECT_LT(macro.find("redirect=None"), macro.find("Analyze Particles"))
      << "ImageJ remembers the last run's image, which is gone";
  recipe.filter_size = 7;
  recipe.filter = FilterMethod::mean;
  EXPECT_TRUE(contains(imagej_macro(recipe), "run(\"Mean...\", \"radius=3\");\n"));
  recipe.filter = FilterMethod::median;
  EXPECT_TRUE(contains(imagej_macro(recipe), "run(\"Median...\", \"radius=3\");\n"));
  recipe.seeds = SeedMethod::by_hand;
  recipe.seeds_by_hand = {{3, 4}, {10, 0}};
  EXPECT_TRUE(contains(imagej_macro(recipe), "seeds = newArray(3, 4, 10, 0);"));
  EXPECT_TRUE(contains(imagej_macro(recipe), "// - ImageJ has no watershed from given seeds: "));
}

}  // namespace
}  // namespace floodlight
