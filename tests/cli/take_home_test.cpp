// `floodlight python`, `notebook` and `macro`: the recipe as a program, as the core writes it.
#include <string>

#include <gtest/gtest.h>

#include "core/export/python_export.h"
#include "tests/cli/run_cli.h"
#include "tests/core/files/tiff_fixtures.h"

namespace floodlight {
namespace {

class CliTakeHome : public Cli {
 protected:
  CliTakeHome() {
    recipe_.filter = FilterMethod::median;
    recipe_.filter_size = 5;
    save("median.json", test::bytes_of_text(write_json(recipe_to_json(recipe_))));
  }
  [[nodiscard]] std::string printed(const std::string& arguments) const {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    return outcome.out;
  }
  [[nodiscard]] const Recipe& recipe() const { return recipe_; }

 private:
  Recipe recipe_;
};

std::string line_ended(const std::string& text) { return text.ends_with('\n') ? text : text + "\n"; }

TEST_F(CliTakeHome, PythonPrintsTheScriptOrTheLoop) {
  EXPECT_EQ(printed("python median.json"), line_ended(python_script(recipe(), "nuclei.tif")));
  EXPECT_EQ(printed("python median.json --image 'my cells.tif'"), line_ended(python_script(recipe(), "my cells.tif")));
  EXPECT_EQ(printed("python"), line_ended(python_script({}, "nuclei.tif")));
  EXPECT_EQ(printed("python median.json --loop"), line_ended(python_loop(recipe(), "{stem}_labeled.tif")));
  EXPECT_EQ(printed("python --loop --name '{stem}_.tif'"), line_ended(python_loop({}, "{stem}_.tif")));
}

TEST_F(CliTakeHome, NotebookAndMacroPrintTheirs) {
  EXPECT_EQ(printed("notebook median.json"), line_ended(notebook(recipe(), "nuclei.tif")));
  EXPECT_EQ(printed("notebook --image a.tif"), line_ended(notebook({}, "a.tif")));
  EXPECT_EQ(printed("macro median.json"), line_ended(imagej_macro(recipe())));
}

}  // namespace
}  // namespace floodlight
