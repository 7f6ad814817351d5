// Scores for JavaScript.
#include "core/score/score.h"

#include <emscripten/bind.h>

#include "web/bindings/convert.h"

namespace floodlight::bindings {
namespace {

std::string fate_name(Fate fate) {
  switch (fate) {
    case Fate::matched:
      return "matched";
    case Fate::merged:
      return "merged";
    case Fate::split:
      return "split";
    case Fate::unmatched:
      break;
  }
  return "unmatched";
}

val nuclei_to_js(const std::vector<NucleusScore>& nuclei) {
  val result = val::array();
  for (const NucleusScore& n : nuclei) {
    val row = val::object();
    row.set("label", n.label);
    row.set("area", static_cast<double>(n.area));
    row.set("partner", n.partner);
    row.set("iou", n.iou);
    row.set("split", n.split);
    row.set("merged", n.merged);
    row.set("fate", fate_name(n.fate()));
    result.call<void>("push", row);
  }
  return result;
}

val score_of(val predicted, val truth, Maybe options) {
  only(options, {"iou"});
  ScoreOptions score_options;
  if (const Maybe iou = option(options, "iou")) score_options.iou = number(*iou, "iou");
  const auto s = value_or_throw(score(label_image(predicted, "predicted"), label_image(truth, "truth"), score_options));
  val result = val::object();
  result.set("matched", s.matched);
  result.set("missed", s.missed);
  result.set("extra", s.extra);
  result.set("split", s.split);
  result.set("merged", s.merged);
  result.set("precision", s.precision);
  result.set("recall", s.recall);
  result.set("f1", s.f1);
  result.set("meanAp", s.mean_ap);
  result.set("ap", typed_array("Float64Array", std::span<const double>(s.ap)));
  result.set("dice", s.dice);
  result.set("truth", nuclei_to_js(s.truth));
  result.set("predicted", nuclei_to_js(s.predicted));
  return result;
}

}  // namespace
}  // namespace floodlight::bindings

EMSCRIPTEN_BINDINGS(floodlight_score) {
  using namespace floodlight::bindings;  // NOLINT(google-build-using-namespace): names of what is bound
  emscripten::function("score", &Guarded<&score_of>::call);
}
