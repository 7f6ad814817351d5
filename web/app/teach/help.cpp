#include "web/app/teach/help.h"

#include "web/app/widgets/widgets.h"

namespace floodlight::ui {

void help_words() {
  heading("Help", 2);
  gap(4);
  paragraph(
      "The ten steps at the top lead from the numbers of an image to measured nuclei; the film strip below the image "
      "shows what each makes for the next. Point at a pixel, or click to pin it: the panel says why it has its value. "
      "What you change is followed by all later steps, and Undo takes it back.");
  note(
      "Words with a dotted line are explained on the spot. Search (/) finds steps, functions, exercises and images. "
      "The tour (T) shows it all in sixteen views.");
  gap(12);
}

}  // namespace floodlight::ui
