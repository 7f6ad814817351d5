#include "web/app/teach/wall.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "imgui_internal.h"

#include "core/learn/paint.h"
#include "core/learn/pixel_classifier.h"
#include "core/pipeline/network_recipe.h"
#include "core/samples/samples.h"
#include "core/samples/shipped_network.h"
#include "core/score/score.h"
#include "core/segment/filters.h"
#include "core/segment/label_colours.h"
#include "core/segment/row.h"
#include "core/segment/thresholds.h"
#include "web/app/files/picker.h"
#include "web/app/platform/platform.h"
#include "web/app/widgets/overlay.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr const char* name = "Side by side";
constexpr std::string_view noisy_case = "case_20_photons";
/// The place of a candidate's picture: the samples' come before.
std::size_t picture_slot(std::size_t candidate) { return samples().size() + candidate; }

/// Every setting that the rows of a table propose to compare.
template <auto member, typename Row>
void add_tried(std::vector<WallCandidate>& list, std::span<const Row* const> rows, const Recipe& base) {
  for (const Row* row : rows) {
    for (const Setting setting : row->tried) {
      Recipe recipe = base;
      recipe.*member = *row;
      for (const OptionValue& tried : setting) {
        if (tried.option != nullptr) (recipe.*member)[*tried.option] = tried.value;
      }
      list.push_back({.title = row_text(row->tried_title, recipe.*member, FilledFor::words), .recipe = recipe});
    }
  }
}

std::vector<WallCandidate> candidates_of(WallKind kind, const Recipe& base) {
  std::vector<WallCandidate> list;
  if (kind == WallKind::thresholds) {
    add_tried<&Recipe::threshold>(list, all_thresholds(), base);
  } else {
    add_tried<&Recipe::filter>(list, all_filters(), base);
  }
  return list;
}

/// What the lecture's three ways are tried on besides the image at hand: another exposure, out of focus, uneven light.
constexpr std::array<std::string_view, 3> unlike = {"case_20_photons", "case_out_of_focus", "case_uneven"};

/// A forest of the image's own sample paint, where the student has painted none; null where the truth is not known.
std::shared_ptr<const PixelClassifier> forest_of_sample_paint(const App& app) {
  if (!app.truth) return nullptr;
  const auto& raw = app.values().raw;
  TrainingSet samples;
  const PaintImage paint = paint_image(example_paint(app.truth->labels), raw.rows(), raw.cols());
  if (!append_painted_image(samples, raw, paint, FeatureChoice{})) return nullptr;
  auto trained = train_classifier(std::move(samples), FeatureChoice{}, ForestSettings{}, {});
  return trained ? std::make_shared<const PixelClassifier>(std::move(*trained)) : nullptr;
}

/// The recipe at hand with its mask from this way, and what follows the mask as that way has it.
Recipe recipe_of_way(const App& app, const MaskSource& way) {
  Recipe recipe = app.recipe();
  const bool network = &way == &mask_sources::network;
  if (network != app.has_network()) {
    const auto& kept = app.after_mask[network ? 1 : 0];
    put_after_mask(recipe, kept ? *kept : after_mask_of(network ? network_recipe(nullptr) : Recipe{}));
  }
  recipe.mask_from = &way;
  if (recipe.network == nullptr) recipe.network = shipped_network();
  return recipe;
}

std::vector<WallCandidate> ways_of(const App& app) {
  std::vector<Recipe> recipes;
  for (const MaskSource* way : {&mask_sources::classic, &mask_sources::classifier, &mask_sources::network})
    recipes.push_back(recipe_of_way(app, *way));
  auto& classifier = recipes[1].classifier;
  if (classifier == nullptr || !is_trained(*classifier)) classifier = forest_of_sample_paint(app);
  std::vector<WallCandidate> list;
  const auto add = [&](std::string_view image) {
    for (const Recipe& recipe : recipes) {
      WallCandidate& c = list.emplace_back();
      c.title = recipe.mask_from->label;
      if (!image.empty()) c.title += ": " + std::string(samples()[sample_place(image)].title);
      c.image = image;
      c.recipe = recipe;
      c.done = recipe.mask_from->learnt != nullptr && !recipe.mask_from->learnt->there(recipe);
      if (c.done) c.failure = "Nothing is painted yet.";
    }
  };
  add({});
  for (const std::string_view image : unlike) add(image);
  return list;
}

/// What each of the three asked of a person.
std::string needs_of(const App& app, const Recipe& recipe) {
  if (recipe.mask_from == &mask_sources::classic) return "Classic: a filter, a cutoff, and a person who chose them.";
  if (recipe.mask_from == &mask_sources::classifier) {
    if (recipe.classifier == nullptr) return "Machine learning: a few strokes of paint.";
    const bool own = app.recipe().classifier != nullptr && is_trained(*app.recipe().classifier);
    std::uint64_t painted = 0;
    const Forest& forest = recipe.classifier->forest;
    // A tree draws as many pixels as are painted.
    for (const std::uint32_t count : forest.counts(forest.trees.front(), 0)) painted += count;
    return "Machine learning: " + counted(painted, "painted pixel") + (own ? "." : ", sample paint of this image.");
  }
  const TrainedNetwork& network = *recipe.network;
  return "Network: " + counted(network.images, "simulated image") + " with their truth, " +
         counted(network.steps, "step") + ".";
}

/// Chooses the row with its options as they were tried; those of other rows stay as they are.
template <typename Row>
void take(Chosen<Row>& chosen, const Chosen<Row>& tried) {
  chosen = *tried.row;
  for (const Option* option : tried->options) chosen[*option] = tried[*option];
}

void start(App& app) {
  Wall& wall = app.wall;
  wall.work.reset();
  wall.image = {};
  wall.truth = {};
  Recipe base = app.recipe();
  if (wall.on_noisy_case) {
    const auto sample = make_sample(noisy_case);
    if (sample) {
      wall.image = sample->pixels;
      wall.truth = sample->truth;
      base = samples()[sample_place(noisy_case)].recipe;
    }
  } else {
    wall.image = app.values().raw;
    if (app.truth) wall.truth = app.truth->labels;
  }
  wall.candidates = wall.kind == WallKind::ways ? ways_of(app) : candidates_of(wall.kind, base);
}

/// Computes a little of the next candidate; true while one is left.
bool compute_next(App& app) {
  Wall& wall = app.wall;
  const auto next = std::ranges::find(wall.candidates, false, &WallCandidate::done);
  if (next == wall.candidates.end() || wall.image.empty()) return false;
  if (!wall.work) {
    wall.work = std::make_unique<Pipeline>();
    wall.work->set_recipe(next->recipe);
    wall.work_truth = wall.truth;
    if (next->image.empty()) {
      wall.work->set_image(wall.image);
    } else {
      auto sample = make_sample(next->image);
      wall.work_truth = std::move(sample->truth);
      wall.work->set_image(std::move(sample->pixels));
    }
  }
  if (wall.work->run_for(std::chrono::milliseconds(12))) return true;
  next->done = true;
  const auto work = std::move(wall.work);
  const Pipeline& pipeline = *work;
  if (!pipeline.has(Stage::mask)) {
    next->failure = pipeline.failure() ? pipeline.failure()->error.message : "No answer.";
    return true;
  }
  const bool of_raw = wall.kind == WallKind::thresholds && app.threshold.on_raw && !wall.on_noisy_case;
  const Thresholded& shown = of_raw ? pipeline.values().raw_thresholded : pipeline.values().thresholded;
  if (shown.mask.empty()) {
    next->failure = "No answer for the raw image.";
    return true;
  }
  next->lowest = shown.cutoff.lowest;
  next->highest = shown.cutoff.highest;
  next->above = shown.above;
  next->share = static_cast<double>(shown.above) / static_cast<double>(shown.mask.size());
  next->nuclei = pipeline.values().nuclei;
  next->milliseconds = pipeline.total_milliseconds();
  if (wall.work_truth && pipeline.has(Stage::labels)) {
    if (const auto scored = score(pipeline.values().labels, *wall.work_truth)) {
      next->f1 = scored->f1;
      next->mean_ap = scored->mean_ap;
    }
  }
  Image<float> mask(shown.mask.rows(), shown.mask.cols());
  if (wall.kind == WallKind::ways && pipeline.has(Stage::labels)) {
    // Neighbours in different greys: where one nucleus ends is half of the answer.
    const auto colours = label_colours(pipeline.values().labels);
    std::ranges::transform(pipeline.values().labels.pixels(), mask.pixels().begin(), [&](Label label) {
      return label == 0 ? 0.0F : 0.4F + 0.15F * static_cast<float>(colours[static_cast<std::size_t>(label)] % 5);
    });
  } else {
    std::ranges::copy(shown.mask.pixels(), mask.pixels().begin());
  }
  app.gpu.upload_picture(picture_slot(static_cast<std::size_t>(next - wall.candidates.begin())),
                         small_picture(mask, {0, 1}));
  return true;
}

/// How much lies above the cutoff. A mask that is as good as black is so because few pixels, the camera's hot ones, pulled the
/// cutoff up to their values: then their number says more than a share that is rounded to 0, and the cutoff belongs to it.
std::string above_of(const WallCandidate& c, bool with_cutoff) {
  constexpr double black = 0.001;
  if (c.share >= black) return number(std::round(c.share * 1000) / 10) + " % above";
  return counted(c.above, "pixel") + " above" + (with_cutoff ? " " + from_to(c.lowest, c.highest) : "");
}

std::string detail_of(const WallCandidate& c) {
  if (!c.done) return "...";
  if (!c.failure.empty()) return "no answer";
  std::string text = counted(c.nuclei, "nucleus", "nuclei");
  if (c.f1) text += ", F1 " + two_decimals(*c.f1);
  if (c.nuclei == 0) text += ": " + above_of(c, true);
  return text;
}

/// On stage all of them stand below the tour's sentence.
float picture_side(const App& app) { return px(app.presenting ? 60 : 84); }

bool card(App& app, std::size_t i, ImVec2 size, bool best) {
  const WallCandidate& c = app.wall.candidates[i];
  bool pressed = ImGui::InvisibleButton(c.title.c_str(), size);
  pressed = mirror().take_press(item_id()) || pressed;
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  auto* draw = ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered()) draw->AddRectFilled(rect.Min, rect.Max, theme().raised, px(6));
  const float inner = px(6);
  const ImRect picture(rect.Min + ImVec2(inner, inner),
                       rect.Min + ImVec2(inner + picture_side(app), inner + picture_side(app)));
  draw->AddRectFilled(picture.Min, picture.Max, theme().window, px(4));
  if (c.done && c.failure.empty() && app.gpu.has_picture(picture_slot(i))) {
    const auto t = app.gpu.picture(picture_slot(i));
    draw->AddImageRounded(t.texture, picture.Min, picture.Max, t.uv_min, t.uv_max, IM_COL32_WHITE, px(4));
  }
  draw->AddRect(picture.Min, picture.Max, best ? theme().accent : theme().line, px(4), 0, best ? px(2) : px(1));
  const float left = picture.Max.x + px(10);
  const float width = rect.Max.x - left - px(4);
  float y = picture.Min.y;
  {
    const FontScope face(Font::semibold, body_text);
    y += draw_wrapped({left, y}, width, c.title, best ? theme().accent : theme().text, 1.05F);
  }
  const FontScope face(Font::regular, small_text);
  std::string lines = detail_of(c);
  if (!c.failure.empty()) lines = c.failure;
  if (c.done && c.failure.empty() && app.wall.kind == WallKind::ways) {
    lines = counted(c.nuclei, "nucleus", "nuclei") + ", " + number(std::round(c.milliseconds)) + " ms";
    if (c.f1) lines += "\nF1 " + two_decimals(*c.f1) + ", AP " + two_decimals(*c.mean_ap) + (best ? "\nbest F1" : "");
  } else if (c.done && c.failure.empty()) {
    const bool with_cutoff = app.wall.kind == WallKind::thresholds;
    lines = (with_cutoff ? "cutoff " + from_to(c.lowest, c.highest) + "\n" : std::string()) +
            (app.presenting ? std::string() : above_of(c, !with_cutoff) + "\n") +
            counted(c.nuclei, "nucleus", "nuclei") + (c.f1 ? "\nF1 " + two_decimals(*c.f1) : "") +
            (best ? ", best" : "");
  }
  draw_wrapped({left, y + px(2)}, width, lines, theme().muted, 1.05F);
  registered({.role = Role::button, .name = c.title, .value_text = detail_of(c), .description = detail_of(c)});
  return pressed && c.done && c.failure.empty();
}

}  // namespace

void open_wall(App& app, WallKind kind) {
  app.wall.open = true;
  app.wall.kind = kind;
  app.wall.on_noisy_case = kind == WallKind::filters;
  start(app);
  platform::request_frame();
}

void wall_overlay(App& app) {
  Wall& wall = app.wall;
  if (!wall.open && !ImGui::IsPopupOpen(name)) return;
  const bool computed = wall.open && compute_next(app);
  const Overlay overlay = begin_overlay(name, px(900), 0.5F, app.tour.on ? app.tour.bottom : 0);
  if (overlay == Overlay::hidden) return;
  const WallCandidate* taken = nullptr;
  {
    const GroupScope dialog = dialog_group(name);
    const bool appearing = ImGui::IsWindowAppearing();
    const FontScope face(Font::regular, body_text);
    heading(wall.kind == WallKind::ways      ? "Three ways to the mask, one image"
            : wall.kind == WallKind::filters ? "Which filter gives the best mask?"
                                             : "Which way to choose the cutoff?",
            2);
    gap(4);
    if (wall.kind == WallKind::ways) {
      for (std::size_t way = 0; way < 3; ++way) note(needs_of(app, wall.candidates[way].recipe));
      note(
          "First the image at hand, then three unlike it, with nothing chosen, painted or trained anew. These three "
          "are simulated, "
          "as is all that the network that comes along has learnt from: real images are harder.");
    } else if (wall.kind == WallKind::filters) {
      if (!app.presenting) {
        paragraph(
            "Each is thresholded by the recipe's method. On a clear image the filter hardly matters; when light is "
            "scarce it does.");
      }
      constexpr std::array<std::string_view, 2> sources = {"Twenty photons", "The image at hand"};
      int source = wall.on_noisy_case ? 0 : 1;
      if (segmented("On which image", sources, source, px(360))) {
        wall.on_noisy_case = source == 0;
        start(app);
        platform::request_frame();
      }
    } else {
      paragraph(app.threshold.on_raw ? "Masks of the raw image. None of the methods is right by itself: look."
                                     : "Masks of the filtered image. None of the methods is right by itself: look.");
    }
    gap(4);
    // Of all; of the three ways, of those that were tried on the same image.
    const auto best_beside = [&](const WallCandidate& one) {
      double best = 0;
      for (const auto& c : wall.candidates)
        if (c.image == one.image) best = std::max(best, c.f1.value_or(0));
      return best;
    };
    const float width = available_width();
    const int most = width > px(app.presenting ? 640 : 780) ? 4 : width > px(420) ? 2 : 1;
    const int columns = wall.kind != WallKind::ways ? most : width > px(600) ? 3 : 1;
    const ImVec2 size(std::floor(width / static_cast<float>(columns)) - px(6), picture_side(app) + px(12));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    for (std::size_t i = 0; i < wall.candidates.size(); ++i) {
      const ImVec2 cell = grid_place(i, static_cast<std::size_t>(columns));
      ImGui::SetCursorScreenPos(at + cell * (size + ImVec2(px(6), px(6))));
      const auto& c = wall.candidates[i];
      const double best = best_beside(c);
      if (card(app, i, size, c.f1 && best > 0 && *c.f1 == best)) taken = &c;
      // Where the cards are many the last button lies far below, and would be scrolled to.
      if (appearing && i == 0 && wall.kind == WallKind::ways) mirror().focus(item_id());
    }
    gap(8);
    if (!app.presenting)
      note("A click takes one into the recipe. The best F1 is framed where the true nuclei are known.");
    if (button("Close", {.help = "Leaves the recipe as it is.", .shortcut = "Escape"})) wall.open = false;
    if (appearing && wall.kind != WallKind::ways) mirror().focus(item_id());
  }
  if (taken != nullptr || overlay == Overlay::left || ImGui::IsKeyPressed(ImGuiKey_Escape)) wall.open = false;
  if (!wall.open) {
    mirror().focus(0);
    wall.work.reset();
  }
  end_overlay(!wall.open);
  if (taken != nullptr) {
    Recipe chosen = taken->recipe;
    if (wall.on_noisy_case) {
      if (app.image.sample != sample_place(noisy_case)) app.open_sample(sample_place(noisy_case));
    }
    if (!taken->image.empty()) app.open_sample(sample_place(taken->image));
    Recipe recipe = app.recipe();
    if (wall.kind == WallKind::ways) {
      take_pixel_size(chosen, app.recipe());
      recipe = chosen;
    } else if (wall.kind == WallKind::filters) {
      take(recipe.filter, chosen.filter);
    } else {
      take(recipe.threshold, chosen.threshold);
    }
    app.edit_recipe(recipe);
  }
  if (computed || taken != nullptr) platform::request_frame(2);
}

}  // namespace floodlight::ui
