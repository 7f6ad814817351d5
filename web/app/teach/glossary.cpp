#include "web/app/teach/glossary.h"

#include <array>
#include <cstddef>

#include "core/base/words.h"

namespace floodlight::ui {
namespace {

struct Entry {
  std::string_view word;
  std::string_view meaning;
};

constexpr std::array entries = std::to_array<Entry>({
    {"f1",
     "F1: nuclei found against true ones. Twice the right ones, divided by all that were found and all that there are; "
     "1 is perfect, 0 is none right."},
    {"fate", "Fate: what became of a true nucleus: matched, merged with another, split, or missed."},
    {"otsu",
     "Otsu: a method that tries every cutoff and takes the one that sets the means of the two classes farthest apart, "
     "weighed by their sizes."},
    {"kernel", "Kernel: a small grid of weights that is laid on each pixel; products are summed up."},
    {"footprint", "Footprint: the shape of the neighbourhood that is looked at around each pixel."},
    {"convolution",
     "Convolution: each pixel becomes a weighted sum of its neighbours, with the same weights everywhere."},
    {"histogram", "Histogram: how many pixels there are of each value."},
    {"cutoff", "Cutoff, or threshold: the value above which a pixel counts as foreground."},
    {"foreground", "Foreground: the pixels that the mask selects; all others are background."},
    {"mask", "Mask: an image of two values, True where a pixel is selected and False elsewhere."},
    {"component", "Component: pixels of the mask that hang together; labelling gives each component a number."},
    {"seed", "Seed: a pixel at which a flood starts, one for each nucleus to come."},
    {"basin", "Basin: the part of the landscape whose water runs to the same deepest point."},
    {"saddle", "Saddle: the lowest place on the ridge between two basins, where their waters meet first."},
    {"summit", "Summit: a pixel of the distance transform that none of its neighbours exceeds."},
    {"solidity", "Solidity: an object's area divided by that of its convex hull; 1 has no dents."},
    {"semantic", "Semantic: every pixel gets a category, such as nucleus or not."},
    {"instance", "Instance: every nucleus gets a number of its own."},
    {"offset",
     "Offset: a constant that is added or taken away. The camera adds one to every pixel, also in the dark; a local "
     "threshold takes one from each mean."},
    {"pushed", "Pushed: put into the queue, where a pixel waits for its turn; taken: out of it, and flooded."},
    {"saturated", "Saturated: as bright as the camera can tell; how much brighter it was is lost."},
    {"bias", "Bias: what a unit of a network adds to its products, the same at every pixel."},
    {"relu", "ReLU: what is below 0 becomes 0, all else stays. Without it, layer upon layer would be one kernel."},
    {"pooling", "Pooling: of each 2 x 2 pixels the largest goes on; the next level has half the rows and columns."},
    {"loss",
     "Loss: how wrong a network is, a number: minus the logarithm of the probability that it gave the true class, on "
     "average over the pixels. 0 is certain and right."},
    {"recipe", "Recipe: everything that is set in steps 2 to 8; the same recipe gives the same labels."},
});

bool is_called(std::string_view word, std::string_view entry) {
  return word.size() == entry.size() && lower_case(word) == entry;
}

}  // namespace

std::string_view meaning_of(std::string_view word) {
  for (const Entry& e : entries) {
    if (is_called(word, e.word) || (word.ends_with('s') && is_called(word.substr(0, word.size() - 1), e.word)))
      return e.meaning;
  }
  return {};
}

}  // namespace floodlight::ui
