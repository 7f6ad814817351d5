#include "web/app/teach/lesson.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "imgui_internal.h"

#include "core/base/typed_number.h"
#include "core/exercises/exercise.h"
#include "core/samples/samples.h"
#include "core/segment/filters.h"
#include "core/segment/repairs.h"
#include "core/segment/thresholds.h"
#include "web/app/image_set/image_set_lessons.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::string_view solved_setting = "solved";

/// The ids of the exercises that were solved, as they are kept: with spaces between.
std::vector<std::string>& solved() {
  auto& ids = app().solved;
  if (ids) return *ids;
  ids.emplace();
  const std::string text = platform::setting(std::string(solved_setting)).value_or("");
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    if (end > start) ids->push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return *ids;
}

bool is_solved(std::string_view id) { return std::ranges::find(solved(), id) != solved().end(); }

void keep_solved() {
  std::string text;
  for (const auto& id : solved()) text += (text.empty() ? "" : " ") + id;
  platform::set_setting(std::string(solved_setting), text);
}

void open_exercise(App& app, std::string_view id) {
  const auto& raw = app.values().raw;
  const Pixel middle{raw.rows() / 2, raw.cols() / 2};
  const auto fields = fields_of_set(app);
  auto made = make_exercise(id, {.raw = raw,
                                 .values = app.pipeline.current(Stage::measurements) ? &app.values() : nullptr,
                                 .type_maximum = app.image.type_maximum,
                                 .recipe = &app.recipe(),
                                 .pixel = app.view.pinned.value_or(middle),
                                 .fields = fields});
  if (!made) {
    app.message = made.error().message;
    return;
  }
  app.exercise.emplace();
  app.exercise->exercise = std::move(*made);
  // The pixel that is asked for is pinned, so that it can be found; its read-outs are covered.
  if (app.exercise->exercise.pixel &&
      (app.exercise->exercise.teaching_image.empty() || app.exercise->exercise.teaching_image == app.image.stem))
    app.view.pinned = app.exercise->exercise.pixel;
  app.filter.scan = {};
  // Its picture is the one behind the divider, and its histogram the raw image's.
  if (app.exercise->exercise.picture != ExercisePicture::of_the_step) {
    if (app.comparison == Comparison::before) app.choose_comparison(Comparison::after);
    app.threshold.on_raw = true;
  }
  // A filter's value is worked out from the raw ones around it, which must be there to read.
  if (app.covers(Covers::filtered_value) && app.view.pinned) {
    if (app.view.target_zoom < px(28)) app.zoom_to_pixel();
  }
  platform::request_frame();
}

void answer(OpenExercise& open, double value) {
  open.judgement = judge(open.exercise, value);
  open.scroll_to = true;
  open.problem.clear();
  if (open.judgement->verdict == Verdict::right) {
    if (!is_solved(open.exercise.id)) solved().emplace_back(open.exercise.id);
    keep_solved();
  }
}

void number_answer(OpenExercise& open) {
  const std::string label = open.exercise.unit.empty() ? "Your answer" : "Your answer, in " + open.exercise.unit;
  const bool changed = text_input(label, open.typed, false);
  const bool entered = ImGui::IsKeyPressed(ImGuiKey_Enter) && !open.typed.empty();
  if (changed) open.judgement.reset();
  if (button("Check", {.help = "Says whether it is right, and if not, what may have gone wrong.",
                       .primary = true,
                       .disabled = open.typed.empty()}) ||
      (entered && !open.judgement)) {
    const auto value = parse_typed_number(open.typed);
    if (value) {
      answer(open, *value);
    } else {
      open.judgement.reset();
      open.problem = value.error().message;
    }
  }
}

void choice_answer(OpenExercise& open) {
  for (std::size_t i = 0; i < open.exercise.choices.size(); ++i) {
    const bool chosen = open.choice == static_cast<int>(i);
    if (list_row(open.exercise.choices[i], "", chosen)) {
      open.choice = static_cast<int>(i);
      answer(open, static_cast<double>(i));
    }
  }
}

/// What is said to an answer: a mark and a word beside the colour.
void verdict(const OpenExercise& open) {
  if (!open.problem.empty()) {
    paragraph(open.problem);
    return;
  }
  if (!open.judgement) return;
  const bool right = open.judgement->verdict == Verdict::right;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  auto* draw = ImGui::GetWindowDrawList();
  const ImU32 colour = right ? theme().border : theme().error;
  draw->ChannelsSplit(2);
  draw->ChannelsSetCurrent(1);
  ImGui::Indent(px(14));
  heading(right ? "Right" : "Not yet", 3);
  paragraph(open.judgement->sentence);
  ImGui::Unindent(px(14));
  draw->ChannelsSetCurrent(0);
  draw->AddRectFilled(at, {at.x + px(4), ImGui::GetCursorScreenPos().y - px(6)}, colour, px(2));
  draw->ChannelsMerge();
}

/// The sentence to an answer stands below it; where that is out of view, the panel follows.
void follow(OpenExercise& open) {
  if (!open.judgement || !std::exchange(open.scroll_to, false)) return;
  const float below = ImGui::GetCursorScreenPos().y + px(40) - (ImGui::GetWindowPos().y + ImGui::GetWindowHeight());
  if (below > 0) ImGui::SetScrollY(ImGui::GetScrollY() + below);
}

void exercise_card(App& app, std::span<const std::string_view> ids) {
  OpenExercise& open = *app.exercise;
  const GroupScope group("Exercise");
  if (!open.judgement && std::exchange(open.scroll_to, false)) ImGui::SetScrollHereY(0.05F);
  const std::size_t sample = sample_place(open.exercise.teaching_image);
  if (!open.exercise.teaching_image.empty() && app.image.sample != sample) {
    const bool grid = open.exercise.teaching_image == "lecture_grid";
    note(grid ? "The image at hand cannot serve; this is about the lecture's grid."
              : "The image at hand cannot serve; this is about the small field.");
    if (button(grid ? "Open the lecture's grid" : "Open the small field", {.help = "To look at its numbers."})) {
      const OpenExercise kept = open;
      app.open_sample(sample);
      app.exercise = kept;
      app.view.pinned = kept.exercise.pixel;
      return;
    }
  }
  if (open.exercise.with_its_recipe && app.image.sample == sample && app.recipe() != samples()[sample].recipe) {
    note("This is about the small field under its own recipe, and yours is another one.");
    if (button("Take its own recipe", {.help = "Undo brings yours back."})) app.edit_recipe(samples()[sample].recipe);
  }
  paragraph(open.exercise.question);
  if (open.exercise.kind == AnswerKind::number) {
    number_answer(open);
  } else {
    choice_answer(open);
  }
  verdict(open);
  follow(open);
  if (open.revealed) {
    heading("Worked answer", 3);
    paragraph(open.exercise.worked);
  } else if (button("Show how", {.help = "The worked answer. It does not count as solved.", .quiet = true})) {
    open.revealed = true;
  }
  ImGui::SameLine(0, px(8));
  const auto at = std::ranges::find(ids, open.exercise.id);
  if (at != ids.end() && at + 1 != ids.end()) {
    if (button("Next", {.help = "The next exercise of this step."})) {
      open_exercise(app, *(at + 1));
      return;
    }
    ImGui::SameLine(0, px(8));
  }
  if (button("Close##exercise", {.help = "Back to the list.", .quiet = true, .name = "Close the exercise"})) {
    app.exercise.reset();
    platform::request_frame();
  }
}

int solved_among(std::span<const std::string_view> ids) {
  return static_cast<int>(std::ranges::count_if(ids, [](std::string_view id) { return is_solved(id); }));
}

}  // namespace

void forget_progress() {
  solved().clear();
  keep_solved();
}

void open_exercise(App& app, std::size_t place) {
  const auto ids = exercises_of_step(app.step);
  if (place < ids.size()) open_exercise(app, ids[place]);
}

std::span<const std::string_view> exercises_of_step(StepId id) {
  const Step& s = step(id);
  if (id == StepId::image_set) return exercises_of_image_set();
  return s.way == nullptr ? exercises_of(s.stage) : exercises_of(s.stage, *s.way);
}

void exercises_panel(App& app, std::span<const std::string_view> ids) {
  if (ids.empty() || !app.has(Stage::raw)) return;
  const SectionScope section("exercises");
  gap(8);
  const int done = solved_among(ids);
  heading("Predict (" + std::to_string(done) + " of " + std::to_string(ids.size()) + " solved)", 3);
  if (app.exercise && std::ranges::find(ids, app.exercise->exercise.id) != ids.end()) {
    exercise_card(app, ids);
    return;
  }
  // An exercise of another step is left; its answer may now be looked at.
  app.exercise.reset();
  const FontScope face(Font::regular, body_text);
  const float right = ImGui::GetCursorScreenPos().x + available_width();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool done_before = is_solved(ids[i]);
    const std::string shown = std::to_string(i + 1) + (done_before ? " ok" : "");
    const float needed = px(6) + ImGui::CalcTextSize(shown.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
    if (i > 0 && ImGui::GetItemRectMax().x + needed <= right) ImGui::SameLine(0, px(6));
    const std::string label = shown + "##" + std::string(ids[i]);
    const std::string spoken = "Exercise " + std::to_string(i + 1) + (done_before ? ", solved" : "");
    if (button(label, {.help = "Opens this exercise; what gives its answer away is covered meanwhile.",
                       .pressed = done_before ? std::optional(true) : std::nullopt,
                       .name = spoken}))
      open_exercise(app, ids[i]);
  }
  if (done > 0) {
    const FontScope small(Font::regular, small_text);
    if (button("Forget what was solved", {.help = "On this machine, for all steps.", .quiet = true})) forget_progress();
  }
}

namespace {

/// A pitfall: what to watch out for, and a change of the recipe that shows it.
struct Pitfall {
  StepId step;
  std::string_view text;
  std::string_view action;  ///< the label of its button; empty where there is nothing to change
  void (*show)(App& app);
};

/// The specimen at hand, or the first of the population, seen through another objective.
void same_at_40x(App& app) {
  if (!app.simulated) app.open_sample(0);
  if (!app.simulated) return;
  app.simulated->parameters.magnification = 40;
  app.simulation_changed();
}

/// The same, farther out of focus than any field that a network learns from.
void out_of_focus(App& app) {
  if (!app.simulated) app.open_sample(0);
  if (!app.simulated) return;
  app.simulated->parameters.focus_offset_um = 12;
  app.simulation_changed();
}

/// Opens one of the lessons of step 10, and brings it into sight.
void open_lesson(App& app, bool ImageSetLessons::* lesson) {
  app.image_set.lessons.*lesson = true;
  reveal_fold(&(app.image_set.lessons.*lesson));
}

constexpr std::array pitfalls = {
    Pitfall{StepId::pixels, "The picture is not the data: a narrower window makes it brighter and changes no number.",
            "Narrow the window",
            [](App& a) {
              a.display.window_high = a.display.window_low + (a.display.window_high - a.display.window_low) / 3;
            }},
    Pitfall{StepId::pixels,
            "A value is not a photon count, and no light is not 0: offset and noise remain when the shutter is shut.",
            "Look at an empty field", [](App& a) { a.open_sample(sample_place("case_empty")); }},
    Pitfall{StepId::pixels,
            "A 12-bit camera in a 16-bit file never goes above 4095: the file's type says little about the levels.", "",
            nullptr},
    Pitfall{StepId::pixels,
            "Rows come first, and counting starts at 0: raw_image[5, 14] is the sixth row, the fifteenth column.",
            "Show it on the grid",
            [](App& a) {
              a.open_sample(sample_place("lecture_grid"));
              a.view.pinned = Pixel{5, 14};
            }},
    Pitfall{StepId::threshold,
            "> leaves out what is equal to the cutoff, >= takes it, and Fiji's range includes both ends.",
            "Show it at 83 on the grid",
            [](App& a) {
              a.open_sample(sample_place("lecture_grid"));
              Recipe r = a.recipe();
              r.threshold = thresholds::manual;
              r.threshold[cutoff_value] = 83;
              a.edit_recipe(r);
              a.threshold.on_raw = true;
              a.view.pinned = Pixel{18, 7};
            }},
    Pitfall{StepId::threshold,
            "gaussian turns a uint16 image into parts of 65535: cutoffs then read like 0.005. With astype(\"float32\") "
            "the units stay.",
            "", nullptr},
    Pitfall{StepId::filter,
            "Beyond the edge scikit-image repeats the edge pixel, while scipy's own filters mirror the image: corners "
            "differ.",
            "", nullptr},
    Pitfall{StepId::features,
            "At one scale only, a bright speck and a nucleus' middle are alike: several scales tell small from large.",
            "With sigma 1 alone", [](App& a) { choose_features(a, {.sigmas = {1}}); }},
    Pitfall{StepId::features,
            "More features are not better: of 24, twelve do as well on these images, in half the time.", "", nullptr},
    Pitfall{StepId::features, "Features have the image's units: a forest trained at one exposure is lost at another.",
            "A tenth of the light",
            [](App& a) {
              if (!a.simulated) a.open_sample(0);
              if (!a.simulated) return;
              a.simulated->parameters.exposure /= 10;
              a.simulation_changed();
            }},
    Pitfall{StepId::features, "A feature that is high on nuclei here may be high on debris there: look at its picture.",
            "", nullptr},
    Pitfall{StepId::forest,
            "Strokes on easy pixels teach little: the middle of a nucleus and the far background were never in doubt.",
            "Show where it is unsure", [](App& a) { a.painting.picture = ForestPicture::uncertainty; }},
    Pitfall{StepId::forest,
            "Painting all over does not help: 600 pixels do, if they are the right ones. Paint where it is wrong.", "",
            nullptr},
    Pitfall{StepId::forest,
            "A probability is what the trees agree on, not the truth: they agree as firmly where nothing like it was "
            "painted.",
            "Show the probabilities", [](App& a) { a.painting.picture = ForestPicture::probability; }},
    Pitfall{StepId::forest,
            "A forest knows the image that it was painted on. Try it on another one before you trust it.",
            "On another field",
            [](App& a) { a.open_sample(sample_place(a.image.stem == "nuclei_02" ? "nuclei_03" : "nuclei_02")); }},
    Pitfall{StepId::forest,
            "Touching nuclei stay one object in the best mask: no feature of a pixel says which nucleus it belongs to.",
            "Look at the labels' step", [](App& a) { a.go_to(StepId::label); }},
    Pitfall{StepId::forest,
            "Classes are numbered 1 and 2, not False and True: in Python the mask is seg == 1, if nuclei came first.",
            "", nullptr},
    Pitfall{StepId::forest,
            "A single tree down to pure leaves remembers its pixels, noise and all; many that differ even it out.",
            "One deep tree",
            [](App& a) {
              ForestSettings one = chosen_settings(a);
              one.trees = 1;
              one.max_depth.reset();
              choose_settings(a, one);
            }},
    Pitfall{StepId::network,
            "A kernel that was learnt need not be like any that has a name: nobody chose it, and another seed gives "
            "another.",
            "", nullptr},
    Pitfall{
        StepId::network,
        "A network sees every image on a scale of its own: cut a piece out, and every value that it sees is another.",
        "", nullptr},
    Pitfall{StepId::network,
            "Beyond the edge it sees zeros, the mean on its scale, and no repeated pixels: at the border it decides by "
            "less.",
            "A field that is mostly border", [](App& a) { a.open_sample(sample_place("case_border")); }},
    Pitfall{StepId::network,
            "Levels see far, weights do not: with four levels a score depends on 46 or 54 pixels across, with three on "
            "22 or 26.",
            "", nullptr},
    Pitfall{
        StepId::network,
        "It knows nuclei of the sizes that it learnt from: of the small field's five, 9 pixels wide, it makes three.",
        "On the small field", [](App& a) { a.open_sample(sample_place("small_field")); }},
    Pitfall{StepId::network, "The best mask does not part what touches: the interiors that a network sees do.",
            "Seeds from the mask alone", [](App& a) { a.choose_way(mask_sources::network_mask); }},
    Pitfall{
        StepId::training,
        "A network always answers, and never says that an image is unlike what it learnt from: it finds nuclei in an "
        "empty field.",
        "Where there is nothing", [](App& a) { a.open_sample(sample_place("case_empty")); }},
    Pitfall{
        StepId::training,
        "It knows what it was shown, fields up to 8 um out of focus: at 12 um the shipped one's F1 falls from 0.97 to "
        "0.61.",
        "12 um out of focus", out_of_focus},
    Pitfall{
        StepId::training,
        "Bright nuclei on dark ground are what it learnt: of an inverted image not one nucleus is right, and nothing "
        "warns of it.",
        "", nullptr},
    Pitfall{
        StepId::training,
        "Shown one exposure alone, it does as well on these fields, and at a fiftieth of the light it finds next to "
        "nothing.",
        "", nullptr},
    Pitfall{StepId::training,
            "Five images are learnt by heart: after 400 steps their loss is 0.10, that of unseen fields 0.44; with 120 "
            "images both are 0.21.",
            "", nullptr},
    Pitfall{StepId::training,
            "Without a rim class, nuclei that touch are one interior: after 400 steps F1 is 0.89 where with it, it is "
            "0.97.",
            "", nullptr},
    Pitfall{
        StepId::training,
        "Ten times the learning rate does not learn ten times as fast: the loss of unseen fields ends at 0.27, not at "
        "0.21.",
        "", nullptr},
    Pitfall{StepId::training, "A loss that falls is not yet low: after 40 steps F1 is 0.80, after 400 it is 0.97.", "",
            nullptr},
    Pitfall{StepId::training,
            "The cutoff says where outlines lie: at 0.5 where the simulated truth has them, at 0.15 farther in, where "
            "people draw them.",
            "At 0.5",
            [](App& a) {
              Recipe r = a.recipe();
              r.background_below = 0.5;
              a.edit_recipe(r);
            }},
    Pitfall{StepId::label, "A label is a name: label 4 is neither brighter nor larger than label 3.", "", nullptr},
    Pitfall{StepId::label, "Separate blobs in a mask are not yet objects: every pixel says True until it is labelled.",
            "", nullptr},
    Pitfall{StepId::label,
            "With 4 neighbours a shared corner does not join, with 8 it does. label takes 8, size limits 4.",
            "On corners", [](App& a) { a.open_sample(sample_place("diagonal_neighbours")); }},
    Pitfall{StepId::label, "A uint8 label image ends at 255: nucleus 256 becomes 0, background.", "", nullptr},
    Pitfall{StepId::refine, "Radii and sizes are pixels: at 40x the same nucleus is twice as wide.",
            "The same specimen at 40x", same_at_40x},
    Pitfall{StepId::distance, "The distance transform knows nothing of brightness: the mask forgot it.", "", nullptr},
    Pitfall{StepId::distance, "It is not the distance to the centre but to the nearest background pixel.", "On a bar",
            [](App& a) { a.open_sample(sample_place("plateau")); }},
    Pitfall{StepId::seeds,
            "Window and minimum distance are pixels: made for nuclei 25 px wide, they fail on small ones.",
            "On the small field",
            [](App& a) {
              a.open_sample(sample_place("small_field"));
              Recipe r = a.recipe();
              r.window = Recipe{}.window;
              r.min_distance = Recipe{}.min_distance;
              a.edit_recipe(r);
            }},
    Pitfall{StepId::seeds, "The excluded border takes seeds away without a word.", "On a small field of view",
            [](App& a) { a.open_sample(sample_place("case_border")); }},
    Pitfall{StepId::seeds, "image[coords] without .T and tuple sets whole rows.", "", nullptr},
    Pitfall{StepId::watershed, "More seeds are not safer: each one too many cuts a nucleus.", "Every local maximum",
            [](App& a) {
              Recipe r = a.recipe();
              r.seeds = SeedMethod::every_maximum;
              a.edit_recipe(r);
            }},
    Pitfall{StepId::watershed, "The minus is no formality: without it seeds stand on summits and keep a pixel or so.",
            "Without the minus",
            [](App& a) {
              a.watershed.flood.open = true;
              a.watershed.forgets_minus = true;
              a.watershed.flood.position = 1e9;
            }},
    Pitfall{StepId::watershed, "The border lies at the neck, not halfway between the seeds.", "On two discs",
            [](App& a) { a.open_sample(sample_place("touching_discs")); }},
    Pitfall{StepId::watershed, "A right count is not a right segmentation.", "Gaussian on the small field",
            [](App& a) {
              a.open_sample(sample_place("small_field"));
              Recipe r = a.recipe();
              r.filter = filters::gaussian;
              r.refinements.front()[size_limit] = 4;
              a.edit_recipe(r);
            }},
    Pitfall{StepId::measure, "Measure on the raw image: a filter changes intensities.", "", nullptr},
    Pitfall{StepId::measure, "Area scales with the square of the pixel size.", "", nullptr},
    Pitfall{StepId::measure, "A nucleus cut by the border has no true area; count it by a rule, or not.", "", nullptr},
    Pitfall{StepId::image_set, "The same method is not the same threshold: Otsu answers anew in every image.",
            "Show the thresholds", [](App& a) { open_lesson(a, &ImageSetLessons::distributions_open); }},
    Pitfall{StepId::image_set,
            "Many nuclei in one image are no big sample: they share a dish, a focus and a staining. Fields vary.",
            "Show the running mean", [](App& a) { open_lesson(a, &ImageSetLessons::enough_open); }},
    Pitfall{
        StepId::image_set,
        "If the loop ran, the results need not be fine: one bad image, one name written twice, one result read again.",
        "Run it twice in one folder",
        [](App& a) {
          a.image_set.lessons.loop = {.output = OutputPlace::same};
          a.image_set.lessons.runs = 2;
          open_lesson(a, &ImageSetLessons::loop_open);
        }},
};

void choose(Recipe& recipe, const FilterRow& row) { recipe.filter = row; }
void choose(Recipe& recipe, const ThresholdRow& row) { recipe.threshold = row; }
void choose(Recipe& recipe, const RepairRow& row) { recipe.refinements.emplace_back(row); }
OptionValues& values_of(Recipe& recipe, const FilterRow& /*unused*/) { return recipe.filter.values; }
OptionValues& values_of(Recipe& recipe, const ThresholdRow& /*unused*/) { return recipe.threshold.values; }
OptionValues& values_of(Recipe& recipe, const RepairRow& /*unused*/) { return recipe.refinements.back().values; }

/// What a row's pitfall says to try.
template <typename Row>
void show(App& app, const Row& row, const RowPitfall& pitfall) {
  if (!pitfall.sample.empty()) app.open_sample(sample_place(pitfall.sample));
  if (!pitfall.chooses) return;
  Recipe recipe = app.recipe();
  choose(recipe, row);
  for (const auto& [option, value] : pitfall.setting) values_of(recipe, row)[*option] = value;
  app.edit_recipe(recipe);
}

/// Its sentence, and its button if it has one; true when that was pressed.
bool pitfall(std::string_view text, std::string_view action) {
  paragraph(text);
  if (!action.empty() && button(std::string(action), {.help = "Try it.", .quiet = false})) {
    platform::request_frame(2);
    return true;
  }
  gap(4);
  return false;
}

/// Those that the rows of a step's table know of; true when one is shown.
template <typename Row>
bool pitfalls_of_rows(App& app, std::span<const Row* const> rows) {
  for (const Row* row : rows) {
    for (const RowPitfall& p : row->pitfalls) {
      if (!pitfall(p.text, p.action)) continue;
      show(app, *row, p);
      return true;
    }
  }
  return false;
}

bool pitfalls_of_rows(App& app, StepId step) {
  if (step == StepId::threshold) return pitfalls_of_rows(app, all_thresholds());
  if (step == StepId::filter) return pitfalls_of_rows(app, all_filters());
  return step == StepId::refine && pitfalls_of_rows(app, all_repairs());
}

}  // namespace

std::vector<std::pair<StepId, std::string_view>> pitfall_texts() {
  std::vector<std::pair<StepId, std::string_view>> texts;
  const auto add_rows = [&](StepId step, auto rows) {
    for (const auto* row : rows) {
      for (const RowPitfall& p : row->pitfalls) texts.emplace_back(step, p.text);
    }
  };
  add_rows(StepId::threshold, all_thresholds());
  add_rows(StepId::filter, all_filters());
  add_rows(StepId::refine, all_repairs());
  for (const Pitfall& p : pitfalls) texts.emplace_back(p.step, p.text);
  return texts;
}

void watch_out_panel(App& app, StepId step) {
  if (std::ranges::find(pitfalls, step, &Pitfall::step) == pitfalls.end()) return;
  const SectionScope section("pitfalls");
  if (!fold("Watch out", app.panel.watch_out_open)) return;
  if (pitfalls_of_rows(app, step)) return;
  for (const Pitfall& p : pitfalls) {
    if (p.step != step || !pitfall(p.text, p.action)) continue;
    p.show(app);
    return;
  }
}

}  // namespace floodlight::ui
