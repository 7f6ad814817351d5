// What results are saved as.
#include "core/files/output_name.h"

#include <string>

#include <gtest/gtest.h>

namespace floodlight {
namespace {

std::string complaint(std::string_view pattern, std::string_view input = "cells.tif") {
  const auto name = output_name(pattern, stem_of(input), input);
  return name ? "accepted: " + *name : name.error().message;
}

TEST(OutputName, TheStemTakesItsPlaceInThePattern) {
  EXPECT_EQ(output_name(default_output_pattern, "cells", "cells.tif"), "cells_labeled.tif");
  EXPECT_EQ(output_name("{stem}_.tif", "nuclei 03.ome", "nuclei 03.ome.tif"), "nuclei 03.ome_.tif");
  EXPECT_EQ(output_name("labels of {stem}", "Zellkerne_für_Übung", "x.tif"), "labels of Zellkerne_für_Übung");
  EXPECT_EQ(output_name("{stem}-{stem}.tif", "a", "a.tif"), "a-a.tif");
}

TEST(OutputName, AStemIsTakenAsItIsAlsoWithBraces) {
  EXPECT_EQ(output_name("{stem}_labeled.tif", "{stem}", "{stem}.tif"), "{stem}_labeled.tif");
  EXPECT_EQ(output_name("{stem}_labeled.tif", "a}{b", "a}{b.tif"), "a}{b_labeled.tif");
}

TEST(OutputName, PatternsThatWouldLoseResultsAreRefused) {
  EXPECT_EQ(
      complaint("labeled.tif"),
      "The name for results is labeled.tif; it must contain {stem}, or every image is saved under the same name.");
  EXPECT_NE(complaint("").find("must contain {stem}"), std::string::npos);
  for (const char* own : {"{stem}.tif", "{stem}.TIF"}) {
    EXPECT_NE(complaint(own).find("the result would take the image's place"), std::string::npos) << own;
    EXPECT_NE(complaint(own, "plate/cells.tif").find("the image's own name"), std::string::npos) << own;
  }
  EXPECT_EQ(output_name("{stem}.tif", "cells", ""), "cells.tif");
  EXPECT_EQ(output_name("{stem}.tif", "cells", "cells.tiff"), "cells.tif");
}

TEST(OutputName, PatternsWithFoldersOtherBracesOrControlCharactersAreRefused) {
  for (const char* folder : {"labels/{stem}.tif", "../{stem}.tif", "labels\\{stem}.tif"}) {
    EXPECT_NE(complaint(folder).find("without a folder"), std::string::npos) << folder;
  }
  for (const char* braces : {"{stem}_{n}.tif", "{stem", "{Stem}.tif", "{{stem}}.tif", "{stem}}.tif"}) {
    EXPECT_NE(complaint(braces).find("no braces but those of {stem}"), std::string::npos) << braces;
  }
  for (const char* control : {"{stem}\n.tif", "{stem}\x1f.tif", "{stem}\x7f.tif"}) {
    EXPECT_NE(complaint(control).find("no control characters"), std::string::npos) << control;
  }
  EXPECT_EQ(output_name("{stem} ~.tif", "cells", "cells.tif"), "cells ~.tif");
}

TEST(OutputName, AStemHasNeitherFolderNorLastExtension) {
  EXPECT_EQ(stem_of("b/nuclei 03.ome.tif"), "nuclei 03.ome");
  EXPECT_EQ(stem_of("cells"), "cells");
  EXPECT_EQ(stem_of("plate.1/cells"), "cells");
  EXPECT_EQ(stem_of(".tif"), ".tif");
  EXPECT_EQ(stem_of("a/.hidden.tif"), ".hidden");
  EXPECT_EQ(stem_of("cells."), "cells");
  EXPECT_EQ(stem_of("folder/"), "");
  EXPECT_EQ(stem_of(""), "");
}

}  // namespace
}  // namespace floodlight
