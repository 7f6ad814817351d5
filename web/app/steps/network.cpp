// Step 2 of deep learning: the network as a drawing, every map and kernel, and how one value came about.
#include <string>

#include "web/app/state/app.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {

void network_controls(App& app) {
  if (app.recipe().network == nullptr) return;
  const TrainedNetwork& trained = *app.recipe().network;
  fact("Weights", number(static_cast<double>(trained.net.weights.size())));
}

std::string why_network(const App& app, Pixel p) {
  static_cast<void>(app);
  static_cast<void>(p);
  return {};
}

void explain_network(App& app, Pixel p) {
  static_cast<void>(app);
  static_cast<void>(p);
}

}  // namespace floodlight::ui
