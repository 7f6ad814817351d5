// Step 3 of deep learning: how the network learns, what it says of every pixel, and why at one of them.
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "web/app/plots/forest_plots.h"
#include "web/app/state/app.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// What the picture shows of the network's answer, and where the mask ends.
void answer_controls(App& app) {
  const bool rim = app.recipe().network->net.shape.rim;
  constexpr std::array<std::string_view, 4> with_rim = {"Nuclei", "Rim", "Interior", "Mask"};
  constexpr std::array<std::string_view, 2> without = {"Nuclei", "Mask"};
  int picture = static_cast<int>(app.network.picture);
  if (!rim) picture = app.network.picture == NetworkPicture::mask ? 1 : 0;
  const auto names = rim ? std::span<const std::string_view>(with_rim) : std::span<const std::string_view>(without);
  if (segmented("Picture", names, picture))
    app.network.picture = rim            ? static_cast<NetworkPicture>(picture)
                          : picture == 1 ? NetworkPicture::mask
                                         : NetworkPicture::nuclei;
  recipe_widgets(app, Stage::mask);
}

}  // namespace

void training_controls(App& app) {
  training_run(app);
  if (app.recipe().network != nullptr) answer_controls(app);
  training_knobs(app);
}

void training_on_stage(App& app) {
  const FontScope face(Font::regular, body_text);
  training_run(app);
}

std::string why_training(const App& app, Pixel p) {
  const auto& probabilities = app.values().network.probabilities;
  if (!app.pipeline.current(Stage::mask) || probabilities.empty()) return {};
  if (app.covers(Covers::mask_value, p)) return "What does the network say? That is for you to say.";
  const float background = probabilities.front()[p];
  const double below = app.recipe().background_below;
  const bool foreground = app.values().thresholded.mask[p] != 0;
  const auto shown = [](float value) { return number(std::round(static_cast<double>(value) * 1000) / 1000); };
  std::string text = "Probability of background " + shown(background);
  if (probabilities.size() > 2) text += ", of rim " + shown(probabilities[1][p]);
  text += ", of interior " + shown(probabilities.back()[p]) + ". ";
  return text + "Background is " + (foreground ? "less" : "not less") + " probable than " + shortest(below) +
         ": the mask is " + (foreground ? "True." : "False.");
}

void explain_training(App& app, Pixel p) {
  const auto& probabilities = app.values().network.probabilities;
  if (!app.pipeline.current(Stage::mask) || probabilities.empty() || app.covers(Covers::mask_value, p)) return;
  std::vector<std::string> names = {"Background", "Interior"};
  if (probabilities.size() > 2) names.insert(names.begin() + 1, "Rim");
  std::vector<double> shares;
  for (const Image<float>& probability : probabilities) shares.push_back(static_cast<double>(probability[p]));
  share_bars(names, shares, true);
  note("How these came about: the scores of the last layer, in step 2.");
}

}  // namespace floodlight::ui
