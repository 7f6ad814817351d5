#include "web/app/steps/steps.h"

#include "web/app/image_set/image_set_lessons.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::array<StepPanel, all_step_count> panels = {{
    {StepId::pixels,
     "An image is a grid of numbers. Each is an intensity value: what the camera made of the light at one place, with "
     "an offset, a gain and noise. Zoom in until you can read them: nothing else reaches the computer.",
     pixels_controls, why_pixels},
    {StepId::threshold,
     "A threshold asks every pixel one question: are you brighter than the cutoff? The answers, True or False, make a "
     "binary mask. The cutoff is set by hand, or by an algorithm that looks at the histogram.",
     threshold_controls, why_threshold, explain_threshold, nullptr, threshold_on_stage},
    {StepId::filter,
     "A filter replaces each number by one made from its neighbours. That evens out noise, so that the mask gets fewer "
     "specks and smoother edges. Too strong a filter also moves edges and melts neighbours together.",
     filter_controls, why_filter, explain_filter},
    {StepId::label,
     "Labelling counts islands: pixels of the mask that touch get the same number. Two nuclei that touch are one "
     "island, and get one number.",
     label_controls, why_label},
    {StepId::refine,
     "Small repairs of the mask: specks go, holes and notches close. Every repair has a price, so look at what else it "
     "changed.",
     refine_controls, why_refine},
    {StepId::distance,
     "How deep inside the mask am I? Every foreground pixel gets its distance to the nearest background pixel. Two "
     "nuclei that touch have two summits, with a saddle between.",
     distance_controls, why_distance},
    {StepId::seeds,
     "The summits of the distance transform become seeds, one for each nucleus to come. No seed, no nucleus; two "
     "seeds, and a nucleus is cut in two.",
     seeds_controls, why_seeds},
    {StepId::watershed,
     "Turn the hills into lakes: with a minus sign, summits become the deepest points. Water rises from every seed, "
     "and where two waters meet, a border is drawn. Each seed's water is a label: a nucleus, if the seed was right.",
     watershed_controls, why_watershed, explain_watershed},
    {StepId::measure,
     "Each labelled nucleus can be measured: how large, how bright, how round. Brightness is read from the raw image, "
     "since a filter changes it.",
     measure_controls, why_measure, nullptr, measure_table},
    {StepId::image_set,
     "One image is an anecdote. The same steps, with the same parameters, run over every image of a folder; what they "
     "find together can be counted, compared and repeated.",
     image_set_controls, why_image_set, nullptr, image_set_lessons},
    {StepId::features,
     "A pixel's own value says little, its surroundings more. Each feature is the image computed otherwise: smoothed, "
     "its "
     "edges, its curvature, at several scales. A person chooses the list; what the numbers mean, the forest learns.",
     features_controls, why_features, explain_features},
    {StepId::forest,
     "Paint a few pixels of nuclei and of background. A forest of decision trees learns what their features look like "
     "and "
     "says of every pixel how probable a nucleus is. Look where it is wrong, and paint there.",
     forest_controls, why_forest, explain_forest},
    {StepId::network,
     "A network is the kernels of a filter, layer upon layer, with weights that nobody chose. Every little picture is "
     "what one kernel makes of the pictures before it; down the levels it sees more, and less sharply.",
     network_controls, why_network, explain_network, nullptr, network_on_stage, true},
    {StepId::training,
     "Training shows the network images whose truth is known, measures how wrong it is, and moves every weight a "
     "little the other way. Thousands of times, until the loss no longer falls.",
     training_controls, why_training, explain_training, nullptr, training_on_stage},
}};

}  // namespace

const StepPanel& panel_of(StepId id) { return panels[static_cast<std::size_t>(id)]; }

void recipe_widget(App& app, std::string_view key) {
  const auto& p = recipe_parameter(key);
  if (!p.matters(app.recipe())) return;
  Recipe recipe = app.recipe();
  if (parameter(p, recipe)) app.edit_recipe(recipe);
}

void recipe_widgets(App& app, Stage stage, std::initializer_list<std::string_view> but) {
  for (const auto& p : recipe_parameters()) {
    if (p.stage == stage && !std::ranges::contains(but, p.key)) recipe_widget(app, p.key);
  }
}

}  // namespace floodlight::ui
