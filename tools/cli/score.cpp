// `floodlight score`: how right one label image is, against another.
#include "core/score/score.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/files/tiff.h"
#include "core/score/truth_check.h"
#include "tools/cli/commands.h"
#include "tools/cli/files.h"

namespace floodlight::cli {
namespace {

Result<ScoreOptions> read_options(const Arguments& arguments) {
  ScoreOptions options;
  if (arguments.operands.size() != 2) {
    return fail("score needs two label images: floodlight score cells_labeled.tif cells_truth.tif");
  }
  if (const std::string* text = arguments.value("--iou")) {
    char* end = nullptr;
    options.iou = std::strtod(text->c_str(), &end);
    if (*end != '\0' || !(options.iou >= 0 && options.iou <= 1)) {
      return fail("--iou is " + *text + "; it must be a number from 0 to 1.");
    }
  }
  return options;
}

Result<Score> score_files(const std::string& predicted_file, const std::string& truth_file,
                          const ScoreOptions& options) {
  const auto predicted = read_labels(predicted_file);
  if (!predicted) return std::unexpected(predicted.error());
  const auto truth = read_labels(truth_file);
  if (!truth) return std::unexpected(truth.error());
  const TruthCheck check = check_truth(*truth, *predicted, truth_file);
  if (check.kind == TruthKind::mask) return fail(check.sentence + " Label its pieces first.");
  if (check.kind == TruthKind::intensities) return fail(check.sentence);
  if (!check.sentence.empty()) std::fprintf(stderr, "%s\n", check.sentence.c_str());
  return score(*predicted, *truth, options);
}

void print(const Score& score) {
  const auto count = [](const char* name, int value) { std::printf("%-10s %d\n", name, value); };
  const auto ratio = [](const char* name, double value) { std::printf("%-10s %.4f\n", name, value); };
  count("matched", score.matched);
  count("missed", score.missed);
  count("extra", score.extra);
  count("split", score.split);
  count("merged", score.merged);
  ratio("precision", score.precision);
  ratio("recall", score.recall);
  ratio("F1", score.f1);
  ratio("mean AP", score.mean_ap);
  int percent = 50;
  for (const double ap : score.ap) {
    ratio(("AP 0." + std::to_string(percent)).c_str(), ap);
    percent += 5;
  }
  ratio("Dice", score.dice);
}

}  // namespace

int run_score(const Arguments& arguments) {
  const auto options = read_options(arguments);
  if (!options) return usage_error(options.error().message);
  const auto score = score_files(arguments.operands[0], arguments.operands[1], *options);
  if (!score) return failed(score.error());
  print(*score);
  return all_well;
}

}  // namespace floodlight::cli
