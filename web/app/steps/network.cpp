// Step 2 of deep learning: the network as a drawing, every map and kernel, and how one value came about.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "web/app/picture/network_drawing.h"
#include "web/app/plots/lens.h"
#include "web/app/state/at_pixel.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

std::string shown(float value) {
  const double exact = static_cast<double>(value);
  return number(std::round(exact * 1000) / 1000);
}

std::string side_by_side(int rows, int cols) { return std::to_string(rows) + " x " + std::to_string(cols); }

/// What the chosen unit is made of, and how far it sees.
void unit_facts(const App& app) {
  const UNet& net = app.recipe().network->net;
  const Unit unit = shown_unit(app);
  const WeightedLayer layer = layers_of(net.shape)[static_cast<std::size_t>(unit.layer)];
  heading(unit_name(net.shape, unit), 3);
  fact("Inputs, numbers of a kernel", std::to_string(layer.inputs) + ", " + std::to_string(layer.kernel));
  fact("Weights of the layer",
       app.covers(Covers::weights) ? "?" : number(static_cast<double>(layer.end() - layer.first)));
  // How many depends on where in the blocks of all levels the pixel lies.
  const MapWindow field = receptive_field(net.shape, unit.layer, app.probed().value_or(Pixel{0, 0}));
  fact("Sees of the image",
       app.covers(Covers::footprint) ? "?" : side_by_side(field.bottom - field.top, field.right - field.left) + " px");
  if (layer.inputs > 1 || layer.kernel == 1) return;
  // Of a kernel over the image itself it can be said what it is like.
  const std::span<const float> weights(net.weights);
  const auto kernel = layer.kernels(weights).subspan(static_cast<std::size_t>(unit.map) * 9, 9);
  const KernelLikeness best = kernel_likeness(kernel).front();
  fact("Most like the filter step's",
       std::string(best.name) + (best.cosine < 0 ? ", negative, " : ", ") + two_decimals(std::abs(best.cosine)));
}

/// One input's nine products, as the filter step's lens draws them.
TermsAtPixel products_of(const InputTerms& input, Pixel place, int kernel) {
  FilterTerms terms;
  terms.rows = terms.cols = kernel == 1 ? 1 : 3;
  for (std::size_t k = 0; k < 9; ++k) {
    if (kernel == 1 && k != 4) continue;
    const Pixel at{place.row + static_cast<int>(k / 3) - 1, place.col + static_cast<int>(k % 3) - 1};
    const auto value = static_cast<double>(input.values[k]);
    const auto weight = static_cast<double>(input.weights[k]);
    terms.terms.push_back({.place = at, .source = at, .value = value, .weight = weight, .product = value * weight});
  }
  terms.sum = terms.result = static_cast<double>(input.sum);
  TermsAtPixel all;
  all.result = terms.result;
  all.parts.push_back({beginning_a_sentence(input_name(input.input)) + ", value times weight:", std::move(terms)});
  return all;
}

bool is_there(const App& app) {
  return app.has_network() && app.recipe().network != nullptr && app.pipeline.current(Stage::filtered) &&
         !app.values().filtered.empty();
}

}  // namespace

void network_controls(App& app) {
  if (app.recipe().network == nullptr) return;
  const TrainedNetwork& trained = *app.recipe().network;
  if (is_there(app)) {
    network_drawing(app);
    note("Around the pin, else in the middle of the image. Press a map to see all of it.");
    gap(8);
    unit_facts(app);
    gap(8);
  }
  heading("The network", 3);
  fact("Levels, weights",
       std::to_string(trained.net.shape.levels()) + ", " + number(static_cast<double>(trained.net.weights.size())));
  fact("Trained on, for", counted(static_cast<std::size_t>(trained.images), "image", "images") + ", " +
                              counted(static_cast<std::size_t>(trained.steps), "step", "steps"));
}

void network_on_stage(App& app) {
  if (app.recipe().network == nullptr || !is_there(app)) return;
  network_drawing(app);
}

std::string why_network(const App& app, Pixel p) {
  if (!is_there(app)) return {};
  if (app.covers(Covers::filtered_value, p)) return "Which value? That is for you to say.";
  const UNet& net = app.recipe().network->net;
  const UnitTerms& terms = unit_terms_at(app, p);
  const LayerPlace place = place_of_layer(net.shape, shown_unit(app).layer);
  const bool head = place.way == LayerWay::head;
  std::string text = unit_name(net.shape, shown_unit(app));
  if (place.level > 0) {
    const std::string side = std::to_string(1 << place.level);
    text += ", at its pixel " + in_brackets(terms.place) + ", which is " + side + " x " + side + " pixels of the image";
  }
  const bool of_image = terms.inputs.size() == 1 && terms.inputs.front().input.image;
  text += ": " + shown(terms.bias) + " (bias) and the products of " +
          (of_image ? std::string("the image") : counted(terms.inputs.size(), "map")) + " make " + shown(terms.sum) +
          ". ";
  if (!head) text += terms.sum > 0 ? "ReLU leaves it as it is." : "ReLU makes it 0.";
  if (terms.pooled) {
    const PooledFrom& pooled = *terms.pooled;
    text += " Of its 2 x 2 pixels the pooling takes the " +
            std::string(std::array<std::string_view, 4>{"upper left", "upper right", "lower left",
                                                        "lower right"}[static_cast<std::size_t>(pooled.taken)]) +
            " one, " + shown(pooled.values[static_cast<std::size_t>(pooled.taken)]) + ".";
  }
  return text;
}

void explain_network(App& app, Pixel p) {
  if (!is_there(app) || app.covers(Covers::filtered_value, p)) return;
  const UnitTerms& terms = unit_terms_at(app, p);
  if (terms.inputs.size() > 1) note("What each input adds, under its kernel; press one.");
  app.network.input = std::min(app.network.input, terms.inputs.size() - 1);
  app.network.input = kernel_strip(terms, app.network.input);
  const InputTerms& input = terms.inputs[app.network.input];
  terms_at_pixel(products_of(input, terms.place, terms.kernel), app.filter.lens);
}

}  // namespace floodlight::ui
