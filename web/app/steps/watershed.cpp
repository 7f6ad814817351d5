// Step 8: flooding from the seeds.
#include <algorithm>
#include <string>

#include "web/app/picture/flood_view.h"
#include "web/app/picture/image_view.h"
#include "web/app/picture/seed_editor.h"
#include "web/app/platform/platform.h"
#include "web/app/steps/steps.h"
#include "web/app/teach/diagnosis.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// How right the labels are, in full.
void whole_score(App& app) {
  if (!app.truth) {
    note("The true nuclei of this image are not known.");
    if (button("Open true labels...", {.help = "A TIFF of the same size with a number for each true nucleus, 0 for "
                                               "background."})) {
      app.painting.awaited = false;
      platform::open_file_dialog(platform::FilePurpose::truth);
    }
    return;
  }
  if (!app.score) return;
  const Score& s = *app.score;
  const auto count = [](int n) { return std::to_string(n); };
  fact("Matched, of true nuclei", count(s.matched) + " of " + std::to_string(s.truth.size()));
  fact("Missed, extra", count(s.missed) + ", " + count(s.extra));
  fact("Split, merged", count(s.split) + ", " + count(s.merged));
  fact("Precision, recall", two_decimals(s.precision) + ", " + two_decimals(s.recall));
  fact("Mean AP (IoU 0.50 to 0.95)", two_decimals(s.mean_ap));
  fact("Dice of the masks", two_decimals(s.dice));
  note("A match needs an IoU above 0.5: the pixels in common, divided by the pixels of either.");
  note(
      "These counts overlap: a pair that matches may also be split or merged. In the picture each label has one "
      "colour, so that matched, merged, split and extra add up to the labels; a true nucleus is missed there where no "
      "label is its own, in part or in whole.");
  if (!app.truth->name.empty()) note("Truth: " + app.truth->name);
}

std::string differences_in_words(const ComponentsAndLabels& found) {
  std::string text =
      counted(found.components, "component", "components") + ", " + counted(found.labels, "label", "labels") + ": ";
  if (found.cut == 0 && found.unlabelled == 0) return text + "each component holds one label, nothing was cut.";
  text += found.cut == 0
              ? "no component was cut"
              : counted(found.cut, "component was cut in ", "components were cut in ") + std::to_string(found.pieces);
  if (found.unlabelled > 0)
    text += ", " + counted(found.unlabelled, "component holds no label", "components hold no label");
  return text + ".";
}

/// Before and after: what touched was one component, and is several labels.
void differences(App& app) {
  const DifferencesExplanation* explanation = app.explanations.differences.get();
  if (explanation == nullptr) {
    note("Computing ...");
    return;
  }
  const ComponentsAndLabels& found = explanation->found;
  paragraph(differences_in_words(found));
  note("Before: semantic, nucleus or not; what touches is one. After: instance, each nucleus by itself.");
  const FontScope face(Font::regular, small_text);
  if (found.differences.empty()) return;
  if (button("Next difference", {.help = "On to the next component that was cut, or holds no label."})) {
    const Pixel from = app.view.pinned.value_or(Pixel{-1, 0});
    const auto later = std::ranges::find_if(found.differences, [&](const ComponentDifference& d) {
      return d.first.row > from.row || (d.first.row == from.row && d.first.col > from.col);
    });
    app.show(later == found.differences.end() ? found.differences.front().first : later->first);
  }
  ImGui::SameLine(0, px(8));
  const bool beside = app.comparison == Comparison::side_by_side;
  if (button("Side by side", {.help = "The components on the left, the labels on the right.", .pressed = beside}))
    app.comparison = beside ? Comparison::after : Comparison::side_by_side;
}

/// Its fold; of it and the flood's, one is open: they show different pictures.
void differences_fold(App& app) {
  if (app.covers(Covers::counts)) return;
  const bool flooding = app.watershed.flood.open;
  if (flooding) app.watershed.differences_open = false;
  if (!fold("Before and after", app.watershed.differences_open)) return;
  if (flooding) app.watershed.flood.open = app.watershed.flood.playing = false;
  differences(app);
}

std::string fate_of(const Score& score, Label label) {
  const auto found = std::ranges::lower_bound(score.predicted, label, {}, &NucleusScore::label);
  if (found == score.predicted.end() || found->label != label) return {};
  switch (found->fate()) {
    case Fate::matched:
      return " Matched with true nucleus " + std::to_string(found->partner) + ": IoU " + two_decimals(found->iou) + ".";
    case Fate::merged:
      return " Merged: it covers more than half of two or more true nuclei.";
    case Fate::split:
      return " Split: it is one of several pieces of one true nucleus.";
    case Fate::unmatched:
      break;
  }
  return " Extra: its best IoU with a true nucleus is " + two_decimals(found->iou) +
         ", and a match needs more than 0.5.";
}

}  // namespace

void watershed_controls(App& app) {
  if (app.has(Stage::labels)) {
    fact("Nuclei",
         app.covers(Covers::labels) || app.covers(Covers::counts) ? "?" : std::to_string(app.values().nuclei));
    if (const auto* explanation = app.explanations.differences.get();
        explanation != nullptr && !app.covers(Covers::counts))
      fact(app.recipe().connectivity == Connectivity::four ? "Components before (4 neighbours)"
                                                           : "Components before (8 neighbours)",
           std::to_string(explanation->found.components));
    if (app.score) {
      fact("F1 against the truth", two_decimals(app.score->f1));
      toggle("Colour nuclei by fate", app.watershed.by_fate,
             "Matched, missed, extra, split and merged nuclei each in a colour and a hatch of their own.");
    }
    gap(4);
  }
  if (app.everything_loaded && !app.covers(Covers::labels)) {
    flood_controls(app);
    differences_fold(app);
    seed_controls(app);
    diagnosis_controls(app);
  }
  for (const char* key : {"watershed.flooded", "watershed.neighbours", "watershed.line", "watershed.compactness"})
    recipe_widget(app, key);
  if (fold("Score against the truth", app.watershed.score_open)) whole_score(app);
  toggle("Save labels as uint16", app.labels_as_uint16,
         "Also for OpenCV, ImageMagick and Octave, which read uint32 as zeros. Up to 65535 labels.");
}

void explain_watershed(App& app, Pixel p) {
  if (app.watershed.flood.open || !app.everything_loaded) return;
  if (const NucleusLife* life = life_at(app, p)) life_button(app, *life);
}

std::string why_watershed(const App& app, Pixel p) {
  if (!app.has(Stage::labels)) return {};
  if (app.covers(Covers::labels)) return "Which water came first? That is for you to say.";
  const Label label = app.values().labels[p];
  if (const DifferencesExplanation* explanation = app.explanations.differences.get();
      app.watershed.differences_open && explanation != nullptr) {
    const Label island = explanation->islands.labels[p];
    if (island == 0) return "Background before and after: the mask is False here.";
    const auto different = std::ranges::find(explanation->found.differences, island, &ComponentDifference::component);
    const std::string name = "Component " + std::to_string(island);
    if (different == explanation->found.differences.end())
      return name + " is one nucleus, label " + std::to_string(label) + ".";
    if (different->labels == 0) return name + " holds no seed: no water came, and it has no label.";
    return name + " was cut in " + std::to_string(different->labels) + ": this pixel is label " +
           std::to_string(label) + ".";
  }
  if (app.watershed.flood.open && app.explanations.flood.get() != nullptr)
    return why_flooded(app, *app.explanations.flood.get(), p);
  if (app.everything_loaded) {
    if (const NucleusLife* life = life_at(app, p)) return life->sentence;
  }
  if (label > 0)
    return "Label " + std::to_string(label) + ": the water of seed " + std::to_string(label) +
           " reached this pixel first." + (app.score ? fate_of(*app.score, label) : std::string());
  if (app.score && app.fates()[p] == static_cast<std::uint8_t>(FatePixel::missed))
    return "0, but the truth has a nucleus here: it was missed.";
  if (app.values().refined[p] == 0) return "Background: 0. The mask is False here, so no water comes.";
  return "0, although the mask is True: no water came here. The object has no seed, or this is a watershed line.";
}

}  // namespace floodlight::ui
