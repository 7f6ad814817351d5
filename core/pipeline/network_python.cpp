#include "core/pipeline/network_python.h"

#include <cmath>
#include <vector>

#include "core/base/json.h"
#include "core/pipeline/recipe.h"

namespace floodlight {
namespace {

/// "(8, 1, 3, 3), (12, 8, 3, 3), ...": outputs, inputs and sides of every layer's kernels.
std::string shapes(const UNetShape& shape) {
  std::string text;
  for (const WeightedLayer& layer : layers_of(shape)) {
    const std::string side = layer.kernel == 1 ? "1" : "3";
    text += (text.empty() ? "(" : ", (") + std::to_string(layer.outputs) + ", " + std::to_string(layer.inputs) + ", " +
            side + ", " + side + ")";
  }
  return text;
}

std::string functions(const Recipe& recipe) {
  const UNetShape& shape = recipe.network->net.shape;
  const std::string levels = std::to_string(shape.levels());
  const std::string block = std::to_string(shape.block());
  return R"(def read_layers(text):
    """Kernels and biases of every layer, from half-precision weights in base64."""
    weights = np.frombuffer(base64.b64decode(text), "<f2").astype("float32")
    layers, first = [], 0
    for shape in ()" +
         shapes(shape) + R"():
        end = first + int(np.prod(shape))
        layers.append((weights[first:end].reshape(shape), weights[end:end + shape[0]]))
        first = end + shape[0]
    return layers


def convolve(maps, kernels, bias):
    """Every output map is its bias plus all input maps under their kernels; outside there are zeros."""
    reach = kernels.shape[-1] // 2
    rows, cols = maps.shape[1:]
    padded = np.pad(maps, ((0, 0), (reach, reach), (reach, reach)))
    out = np.empty((len(kernels), rows, cols), "float32")
    for sums, kernel, start in zip(out, kernels, bias):
        sums[:] = start
        for i, row, col in np.ndindex(kernel.shape):
            sums += kernel[i, row, col] * padded[i, row:row + rows, col:col + cols]
    return out


def network_input(image):
    """An image on the network's scale: the logarithm above the background, less its mean, divided by its deviation."""
    ordered = np.sort(image, axis=None)
    low = float(ordered[(image.size - 1) // 100])
    spread = 4 * max(float(ordered[(image.size - 1) // 20]) - low, 1.0)
    logs = np.log(1 + np.maximum(image.astype("float64") - low, 0) / spread).astype("float32")
    mean = logs.astype("float64").sum(axis=1).sum() / image.size
    centred = (logs - mean).astype("float32")
    deviation = np.sqrt((centred.astype("float64") ** 2).sum(axis=1).sum() / image.size)
    return (centred / (deviation if deviation > 0 else 1.0)).astype("float32")


def predict(image, layers):
    """How probably every pixel is )" +
         (shape.rim ? "background, rim and interior" : "background and interior") + R"(: a U-Net's answer."""
    rows, cols = image.shape
    maps = np.pad(image, ((0, -rows % )" +
         block + R"(), (0, -cols % )" + block + R"()), mode="edge")[np.newaxis]
    seen = []
    for level, layer in enumerate(layers[:)" +
         levels + R"(]):
        if level > 0:  # the largest of each 2 x 2 pixels
            maps = maps.reshape(len(maps), maps.shape[1] // 2, 2, maps.shape[2] // 2, 2).max(axis=(2, 4))
        maps = np.maximum(convolve(maps, *layer), 0)
        seen.append(maps)
    for layer, skip in zip(layers[)" +
         levels + R"(:-1], seen[-2::-1]):
        maps = maps.repeat(2, axis=1).repeat(2, axis=2)
)" + (shape.skips ? "        maps = np.concatenate([maps, skip])\n" : "") +
         R"(        maps = np.maximum(convolve(maps, *layer), 0)
    scores = convolve(maps, *layers[-1])[:, :rows, :cols].astype("float64")
    powers = np.exp(scores - scores.max(axis=0))
    return (powers / powers.sum(axis=0)).astype("float32")
)";
}

std::string set_up(const Recipe& recipe) {
  constexpr std::size_t characters_a_line = 100;
  const std::string text = base64_of(weight_bytes(recipe.network->net));
  std::string lines = "# The weights, which were learnt from " + std::to_string(recipe.network->images) +
                      " simulated images.\nlayers = read_layers(\n";
  for (std::size_t i = 0; i < text.size(); i += characters_a_line)
    lines += "    \"" + text.substr(i, characters_a_line) + "\"\n";
  return lines + ")\n";
}

}  // namespace

std::string python_of_network_input(const Recipe& /*unused*/, std::string_view /*image*/, bool in_program) {
  return std::string(in_program ? "" : "# network_input, predict and layers stand in the script\n") +
         "filtered_image = network_input(raw_image)";
}

std::string python_of_network(const Recipe& recipe, std::string_view /*image*/, bool /*in_program*/) {
  return "probabilities = predict(filtered_image, layers)\nbinary_mask = probabilities[0] < " +
         shortest(recipe.background_below);
}

std::string python_of_network_seeds(const Recipe& recipe, std::string_view /*image*/, bool /*in_program*/) {
  std::string options;
  if (recipe.seeds == SeedMethod::every_maximum) {
    options = "min_distance=1, exclude_border=False";
  } else {
    const std::string side = std::to_string(recipe.window);
    options = "footprint=np.ones((" + side + ", " + side + ")), min_distance=" + std::to_string(recipe.min_distance);
    if (!recipe.exclude_border) options += ", exclude_border=False";
    if (!std::isnan(recipe.threshold_abs)) options += ", threshold_abs=" + shortest(recipe.threshold_abs);
  }
  return "interior = probabilities.argmax(axis=0) == " + std::to_string(recipe.network->net.shape.classes() - 1) +
         "\ninterior_distance = scipy.ndimage.distance_transform_edt(interior).astype(\"float32\")"
         "\nlandscape = skimage.filters.gaussian(interior_distance, sigma=" +
         shortest(interior_smoothing) + ")\nlocal_maxima_coords = skimage.feature.peak_local_max(landscape, " +
         options +
         ")"
         "\nlocal_maxima_image = np.zeros(binary_mask.shape, dtype=bool)"
         "\nlocal_maxima_image[tuple(local_maxima_coords.T)] = True"
         "\nseeds = skimage.measure.label(local_maxima_image)";
}

constinit const MaskProgram network_program = {
    .package = "", .imports = "import base64\n", .functions = functions, .set_up = set_up};

}  // namespace floodlight
