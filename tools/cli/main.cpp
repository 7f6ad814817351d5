// The command line program: segments images as the page does, scores results, and makes images with known truth.
#include <algorithm>
#include <cstdio>
#include <iterator>
#include <new>
#include <span>
#include <string>
#include <string_view>

#include "core/base/version.h"
#include "tools/cli/commands.h"

namespace {

using namespace floodlight;

constexpr std::string_view title =
    "floodlight: from an image of nuclei to labelled nuclei, as scikit-image does it.\n\n";
constexpr std::string_view ending = R"(floodlight --help, floodlight --version

Exit status: 0 all well, 1 an image failed, 2 wrong usage, an unusable recipe or parameter, 130 interrupted (Ctrl-C).
)";

/// Commands in the order in which the help tells of them; those that are told of together leave it to the last of them.
struct Command {
  std::string_view name;
  std::span<const cli::Option> options;
  int (*run)(const cli::Arguments&);
  std::string_view help;
};

constexpr Command commands[] = {
    {.name = "segment",
     .options = cli::segment_options,
     .run = cli::run_segment,
     .help = R"(floodlight segment IMAGE.tif... [--recipe R.json] [--out DIR] [--stages] [--uint16]
                   [--measurements TABLE.csv] [--outlines FOR] [--name PATTERN] [--jobs N]
    Segments each image and saves the labels as DIR/{stem}_labeled.tif (uint32; DIR is the current folder unless given).
    An image may be a pattern in quotes, 'plate_?/*.tif': * stands for any characters, ? for one.
    Prints one line an image, in the order given: file, threshold where there is one, nuclei, milliseconds. An image that
    cannot be read is reported and does not stop the others. On a terminal it shows how far it is.
    --recipe R.json  what to do, as `floodlight recipe` prints it or the page saves it; the lab's pipeline unless given
    --out DIR        the folder for the results; it is made when it is not there. A file in it that is a result of an
                     image of this run is not read as an image: *.tif in DIR itself finds them on the second run.
    --measurements TABLE.csv
                     also measures each nucleus: one table for all images, a line a nucleus, units in the first line
    --name PATTERN   what labels are saved as, with {stem} for the image's name without its ending;
                     {stem}_labeled.tif unless given
    --jobs N         N images at a time, 1 unless given; the results are the same. Each needs its own memory.
                     (Under Node the program does one at a time, whatever N is.)
    --stages         also saves {stem}_filtered.tif, _mask.tif, _refined.tif, _distance.tif and _seeds.tif
    --outlines FOR   also saves each nucleus' outline on the edges of pixels, for a program: imagej is an ROI set,
                     {stem}_outlines.zip; qupath is GeoJSON, {stem}_outlines.geojson
    --uint16         saves labels as uint16, while they fit
    Every file is written under another name and takes its own when it is whole. Ctrl-C ends the run: images that are
    done keep their labels, the table is not written.

)"},
    {.name = "train",
     .options = cli::train_options,
     .run = cli::run_train,
     .help = R"(floodlight train IMAGE.tif PAINT.tif [IMAGE.tif PAINT.tif]... [--trees N] [--seed N] > R.json
    Trains a pixel classifier on painted pixels and prints the lab's recipe with it in the place of filter and threshold,
    for segment --recipe. PAINT.tif is a label image of its image's size: 0 is not painted, 1 is a nucleus, 2 and more
    are other classes, such as the background. The recipe names the files, from which its Python trains the same forest.
    --trees N        how many trees the forest has, 1 to 1000; 20 unless given
    --seed N         of the forest's random numbers, 0 to 4294967295; 0 unless given. The same paint and the same seed
                     give the same forest, on every machine.

)"},
    {.name = "train-network",
     .options = cli::train_network_options,
     .run = cli::run_train_network,
     .help = R"(floodlight train-network [--seed N] [--steps N] [--images N] [--widths A,B,...] > R.json
    Trains a U-Net on simulated fields, whose truth is known, and prints a recipe whose mask and seeds come from it, for
    segment --recipe; the weights stand in it. The same options give the same weights, on every machine.
    --seed N         of all random numbers, the simulated fields among them; 1 unless given
    --steps N        how long it learns, 1 to 100000 steps of 8 patches; 400 unless given
    --images N       from how many fields, 1 to 1000; 120 unless given
    --widths A,B,... how many maps each level has, 2 to 4 levels of 1 to 64; 6,8,12,16 unless given

)"},
    {.name = "info",
     .options = cli::info_options,
     .run = cli::run_info,
     .help = R"(floodlight info IMAGE.tif... [--json]
    Prints what each file says: type, bits, size, channels, size of a pixel, and of its numbers the range and how many
    are saturated, NaN or infinite; a line a page. Pages count from 0, channels from 1.

)"},
    {.name = "python", .options = cli::python_options, .run = cli::run_python, .help = {}},
    {.name = "notebook", .options = cli::notebook_options, .run = cli::run_notebook, .help = {}},
    {.name = "macro", .options = {}, .run = cli::run_macro, .help = R"(floodlight python [R.json] [--image NAME]
floodlight python [R.json] --loop [--name PATTERN]
floodlight notebook [R.json] [--image NAME]
floodlight macro [R.json]
    Prints the recipe (the lab's unless given) as a program that does the same with scikit-image: a script for one image,
    with --loop for a folder; a Jupyter notebook; or, not exactly the same, an ImageJ macro.

)"},
    {.name = "score",
     .options = cli::score_options,
     .run = cli::run_score,
     .help = R"(floodlight score PREDICTED.tif TRUTH.tif [--iou T]
    Compares a segmentation with the truth, both label images, and prints how many nuclei are matched, missed, extra,
    split and merged, precision, recall and F1, the average precision (AP) at each IoU, and the Dice of the masks.
    --iou T          a match needs more overlap than this, common pixels by pixels of either; 0.5 unless given

)"},
    {.name = "simulate",
     .options = cli::simulate_options,
     .run = cli::run_simulate,
     .help = R"(floodlight simulate --out DIR [--images N] [--specimen-seed S] [--exposure-seed E] [--set NAME=VALUE]...
    Makes new images of nuclei: DIR/simulated_01.tif, its labels DIR/simulated_01_truth.tif (uint32), and so on.
    DIR/simulation.json keeps all parameters and seeds. Prints one line an image: file, nuclei, size of a pixel.
    --images N         how many, 1 to 999; 1 unless given
    --specimen-seed S  chooses the nuclei; the first image has S, the next S + 1, ...; 1 unless given
    --exposure-seed E  chooses the noise; the first image has E, the next E + 1, ...; 1 unless given. The same S with
                       another E is the same field, photographed again.
    --set NAME=VALUE   changes a parameter, as often as needed: --set light.exposure=0.2 --set file.stored_as=uint8
                       (simulation.json names all of them)

)"},
    {.name = "samples",
     .options = cli::samples_options,
     .run = cli::run_samples,
     .help = R"(floodlight samples --out DIR
    Saves the images that come with Floodlight as DIR/{name}.tif, and DIR/{name}_truth.tif where the truth is known.

)"},
    {.name = "recipe",
     .options = cli::recipe_options,
     .run = cli::run_recipe,
     .help = R"(floodlight recipe [--pipeline classic|deep_learning]
    Prints the default recipe as JSON: the lab's pipeline, or with --pipeline deep_learning that of the network that comes
    with Floodlight, its weights inside. (The recipe of machine_learning is what `floodlight train` makes of your paint.)

)"}};

int print_help() {
  std::string text(title);
  for (const Command& command : commands) text += command.help;
  std::fputs((text += ending).c_str(), stdout);
  return cli::all_well;
}

/// "segment, info and recipe".
std::string names_of_commands() {
  std::string names;
  for (const Command& command : commands) {
    if (!names.empty()) names += &command == std::end(commands) - 1 ? " and " : ", ";
    names += command.name;
  }
  return names;
}

int run(const Command& command, std::span<char* const> given) {
  const auto arguments = cli::read_arguments(given, command.options);
  if (!arguments) return cli::usage_error(arguments.error().message);
  if (arguments->help) return print_help();
  try {
    return command.run(*arguments);
  } catch (const std::bad_alloc&) {
    return cli::failed({"There is not enough memory for this; smaller images would do."});
  }
}

int answer(std::span<char* const> arguments) {
  if (arguments.empty()) return cli::usage_error("what is to be done?");
  const std::string_view name = arguments.front();
  if (name == "--help" || name == "-h" || name == "help") return print_help();
  if (name == "--version") {
    std::puts(("floodlight " + std::string(floodlight::version())).c_str());
    return cli::all_well;
  }
  const auto command = std::ranges::find(commands, name, &Command::name);
  if (command != std::end(commands)) return run(*command, arguments.subspan(1));
  return cli::usage_error("there is no command " + std::string(name) + "; there are " + names_of_commands() + ".");
}

}  // namespace

int main(int count, char** values) {
  const int status = answer({values + 1, count > 1 ? static_cast<std::size_t>(count - 1) : 0});
  // What is printed waits in memory: only now does a full disk show.
  const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (written || status != floodlight::cli::all_well) return status;
  return floodlight::cli::failed({"What was printed could not be written to its end; is the disk full?"});
}
