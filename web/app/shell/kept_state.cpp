#include "web/app/shell/kept_state.h"

#include <utility>

#include "core/base/json.h"
#include "core/pipeline/recipe.h"
#include "web/app/files/share.h"
#include "web/app/image_set/image_set.h"
#include "web/app/state/app.h"

namespace floodlight::ui {

std::string state_to_keep(const App& app) {
  Json::Object kept = {{"fragment", fragment_of(app)},
                       {"recipe", write_json(recipe_to_json(app.recipe()), 2) + "\n"},
                       {"stem", app.image.stem}};
  if (!app.image.sample) kept.emplace_back("file", app.image.name);
  if (app.pipeline.current(Stage::labels) && !app.keeps_back(Stage::labels)) {
    Json::Object options = {{"bits", app.labels_as_uint16 ? 16.0 : 32.0}};
    if (app.image.pixel_size_um) options.emplace_back("pixelSizeUm", *app.image.pixel_size_um);
    if (app.image.pixel_height_um) options.emplace_back("pixelHeightUm", *app.image.pixel_height_um);
    kept.emplace_back("labels", Json::Object{{"version", static_cast<double>(app.pipeline.version(Stage::labels))},
                                             {"nuclei", static_cast<double>(app.values().nuclei)},
                                             {"options", std::move(options)}});
  }
  if (auto results = results_to_save(app, false)) kept.emplace_back("image_set", std::move(*results));
  return write_json(Json(std::move(kept)));
}

}  // namespace floodlight::ui
